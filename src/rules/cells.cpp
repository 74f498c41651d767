// Evaluating the tests of a table's cell (DMN 1.5, 7.3.7 and 10.3.2.8).
#include <algorithm>

#include "rules/evaluator.h"

namespace tongban::rules {

namespace {

using detail::Cell;
using detail::CellTest;

class Cells {
public:
    Cells(UnaryTests const& tests, Value const& input, Frame const& frame, Run& run)
        : tests_(tests), tree_(tests.tree()), cell_(tree_.cell), input_(input), frame_(frame), run_(run) {}

    Value all() {
        if (cell_.any) return Value(true);
        if (input_.is_undetermined()) return input_;
        Value out(false);
        for (auto const& test : cell_.tests) {
            auto held = one(test);
            if (held.is_true()) {
                out = std::move(held);
                break;
            }
            if (held.boolean() == nullptr && out.boolean() != nullptr) out = std::move(held);
        }
        if (run_.exhausted()) return run_.spent();
        return cell_.negated && out.boolean() != nullptr ? Value(!*out.boolean()) : out;
    }

    Value one(CellTest const& test) {
        if (!run_.spend(1)) return run_.spent();
        switch (test.kind) {
            case CellTest::Kind::null_constant:
                return Value(input_.is_null());
            case CellTest::Kind::equal_constant:
                if (auto const* a = input_.number(), *b = test.value.number(); a != nullptr && b != nullptr)
                    return Value(*a == *b);
                if (auto const* a = input_.string(), *b = test.value.string(); a != nullptr && b != nullptr)
                    return Value(*a == *b);
                if (input_.is_null() && run_.strict()) return missing(test);
                // A bare true or false is the answer unless the input is one too.
                if (test.value.boolean() != nullptr && input_.boolean() == nullptr && !input_.is_null())
                    return test.value;
                if (input_.list() != nullptr && test.value.list() == nullptr) return member(test.value, test);
                return equal(input_, test.value, run_, test.at);
            case CellTest::Kind::range_constant:
                if (input_.is_null() && !asks_null(test)) return missing(test);
                return range(test);
            case CellTest::Kind::list_constant:
                if (input_.is_null() && run_.strict()) return missing(test);
                return detail::among(input_, test.value, run_, test.at);
            case CellTest::Kind::expression:
                break;
        }
        return expression(test);
    }

private:
    Value missing(CellTest const& test) { return run_.trouble("datum_is_missing", test.at, "?"); }

    static bool asks_null(CellTest const& test) {
        auto const& range = *test.value.range();
        return range.low.is_null() && range.high.is_null();
    }

    Value range(CellTest const& test) {
        auto const& range = *test.value.range();
        auto const* number = input_.number();
        if (number == nullptr || range.form == Range::Form::equal || range.form == Range::Form::not_equal)
            return includes(range, input_, run_, test.at);
        // Numbers between numbers, the common case, without more ado.
        auto const *low = range.low.number(), *high = range.high.number();
        if ((low == nullptr && range.form != Range::Form::below) ||
            (high == nullptr && range.form != Range::Form::above))
            return includes(range, input_, run_, test.at);
        if (low != nullptr) {
            auto const found = *number <=> *low;
            if (found < 0 || (found == 0 && range.low_end == Range::End::open)) return Value(false);
        }
        if (high != nullptr) {
            auto const found = *number <=> *high;
            if (found > 0 || (found == 0 && range.high_end == Range::End::open)) return Value(false);
        }
        return Value(true);
    }

    /// An input that is a list holds the value.
    Value member(Value const& sought, CellTest const& test) {
        return detail::among(sought, input_, run_, test.at);
    }

    /// With `?` it answers itself. Otherwise its value is compared: equal, within a range, in a list; a
    /// boolean is an answer unless the input is one too.
    Value expression(CellTest const& test) {
        auto& locals = run_.locals();
        std::size_t const base = locals.size();
        locals.resize(base + std::max<std::size_t>(tree_.locals, 1), Value::unset());
        locals[base + cell_.input] = input_;
        auto const& node = tree_.nodes[test.node];
        auto out = detail::Evaluator(tests_.held(), &frame_, run_, base).of(test.node);
        run_.locals().resize(base);
        if (out.is_undetermined()) return out;
        if (out.boolean() != nullptr && (test.asks_input || input_.boolean() == nullptr)) return out;
        if (node.op == detail::Op::test) {
            if (input_.is_null() && out.range()->form != Range::Form::equal) return missing(test);
            return includes(*out.range(), input_, run_, test.at);
        }
        if (out.is_null()) {
            if (!run_.strict()) return Value(input_.is_null());
            return run_.trouble("datum_is_missing", test.at, node.word);
        }
        if (input_.is_null() && run_.strict()) return missing(test);
        if (out.list() == nullptr && input_.list() != nullptr) return member(out, test);
        return detail::among(input_, out, run_, test.at);
    }

    UnaryTests const& tests_;
    detail::Tree const& tree_;
    Cell const& cell_;
    Value const& input_;
    Frame const& frame_;
    Run& run_;
};

void put_against(TestTrace::Part& part, Value const& value) {
    if (auto const* range = value.range()) {
        for (auto const* end : {&range->low, &range->high}) {
            if (!end->is_null()) part.against.push_back(*end);
        }
    } else if (auto const* list = value.list()) {
        part.against = *list;
    } else if (!value.is_null()) {
        part.against.push_back(value);
    }
}

}  // namespace

Value test(UnaryTests const& tests, Value const& input, Frame const& frame, Run& run) {
    return Cells(tests, input, frame, run).all();
}

TestTrace explain(UnaryTests const& tests, Value const& input, Frame const& frame, Run& run) {
    TestTrace out;
    Cells cells(tests, input, frame, run);
    out.outcome = cells.all();
    out.input = input;
    auto const& tree = tests.tree();
    out.negated = tree.cell.negated;
    if (input.is_undetermined()) return out;
    for (auto const& one : tree.cell.tests) {
        TestTrace::Part part;
        part.text = tree.text.substr(one.begin, one.end - one.begin);
        part.place = one.at;
        part.outcome = cells.one(one);
        if (one.kind != CellTest::Kind::expression) put_against(part, one.value);
        out.parts.push_back(std::move(part));
    }
    return out;
}

}  // namespace tongban::rules
