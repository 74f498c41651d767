// Inserts of many transactions in one statement: which, and what moves where.
#include "store/postgres_inserts.h"

#include <gtest/gtest.h>

#include "store/test/ledger.h"

using namespace tongban;
using store::PostgresStep;
using store::RowInsert;

namespace {
constexpr auto page = ledger::same("page", "INSERT INTO page (id, words) VALUES ($1, $2)");
constexpr auto note = ledger::same("note", "INSERT INTO note (id) VALUES ($1)");
constexpr auto other = ledger::same("other", "UPDATE other SET n = n + 1 WHERE id = $1");
constexpr auto change = ledger::same("change", "UPDATE page SET words = $2 WHERE id = $1");
constexpr auto pages = ledger::same("pages", "UPDATE pages SET n = 1 WHERE id = $1");

using List = std::vector<PostgresStep>;

PostgresStep step(store::Query const& query, std::string id) {
    return {query, {std::move(id)}};
}

/// `page[a b] other[a]`: each statement with the first parameters of its rows.
std::string order_of(std::vector<List> const& lists) {
    store::PostgresInserts inserts;
    std::vector<List const*> all;
    for (auto const& list : lists) all.push_back(&list);
    std::string out;
    auto first_of = [](PostgresStep const& one) { return std::get<std::string>(one.parameters.at(0)); };
    for (auto const* one : inserts.joined(all)) {
        out += (out.empty() ? "" : " ") + std::string(one->query.name) + "[";
        if (one->rows.empty()) out += first_of(*one);
        for (auto const* row : one->rows) out += (row == one->rows.front() ? "" : " ") + first_of(*row);
        out += "]";
    }
    return out;
}
}  // namespace

TEST(row_insert, is_taken_apart_and_put_together_for_several_rows) {
    auto found = RowInsert::of(
        "-- Says (why) it is so; $9.\n"
        "INSERT INTO page (id, words,\n    at) VALUES\n    ($1, lower($3), $2 + 1);\n");
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->named, std::vector<std::string>{"page"});
    EXPECT_EQ(found->parameters, 3);
    EXPECT_EQ(found->for_rows(1), "INSERT INTO page (id, words, at) VALUES ($1, lower($3), $2 + 1)");
    EXPECT_EQ(found->for_rows(2),
              "INSERT INTO page (id, words, at) VALUES ($1, lower($3), $2 + 1), ($4, lower($6), $5 + 1)");
}

TEST(row_insert, may_do_nothing_on_a_conflict_but_not_change_a_row) {
    auto nothing = RowInsert::of("INSERT INTO page (id) VALUES ($1) ON CONFLICT (id) DO NOTHING");
    ASSERT_TRUE(nothing.has_value());
    EXPECT_EQ(nothing->for_rows(2), "INSERT INTO page (id) VALUES ($1), ($2) ON CONFLICT (id) DO NOTHING");
    for (auto const* sql :
         {"INSERT INTO page (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET id = $1",
          "INSERT INTO page (id) VALUES ($1) RETURNING id", "INSERT INTO page (id) VALUES ($1), ($2)",
          "INSERT INTO page (id) SELECT id FROM note WHERE id = $1",
          "INSERT INTO page (id) VALUES ((SELECT max(id) FROM note))", "INSERT INTO page (id) VALUES (')')",
          "UPDATE page SET id = $1", "DELETE FROM page", "INSERT INTO page (id) VALUES ($1", ""})
        EXPECT_FALSE(RowInsert::of(sql).has_value()) << sql;
}

TEST(postgres_inserts, of_one_table_go_together_where_the_first_of_them_stands) {
    List const a{step(other, "a"), step(page, "a"), step(note, "a")};
    List const b{step(other, "b"), step(page, "b"), step(note, "b")};
    EXPECT_EQ(order_of({a, b}), "other[a] page[a b] note[a b] other[b]");
    EXPECT_EQ(order_of({a}), "other[a] page[a] note[a]");
    EXPECT_EQ(order_of({}), "");
}

TEST(postgres_inserts, stay_where_they_are_when_something_else_names_their_table) {
    List const changes{step(change, "a"), step(page, "a"), step(note, "a")};
    List const inserts{step(page, "b"), step(note, "b")};
    EXPECT_EQ(order_of({changes, inserts}), "change[a] page[a] note[a b] page[b]");
    EXPECT_EQ(order_of({{step(pages, "a"), step(page, "a")}, {step(page, "b")}}), "pages[a] page[a b]")
        << "another table whose name begins alike";
}

TEST(postgres_inserts, that_must_touch_a_row_stay_where_they_are) {
    auto must = step(page, "a");
    must.guarded = store::guarded_for(1, page);
    EXPECT_EQ(order_of({{must}, {step(page, "b")}}), "page[a] page[b]");
}

TEST(postgres_inserts, come_in_few_sizes) {
    List many;
    for (int i = 0; i < 23; ++i) many.push_back(step(page, std::to_string(i)));
    EXPECT_EQ(order_of({many}),
              "page[0 1 2 3 4 5 6 7] page[8 9 10 11 12 13 14 15] page[16 17 18 19] page[20 21] page[22]");
}

namespace {
constexpr store::Query keyed(char const* name, char const* text, char const* key) {
    return {name, text, text, key};
}
constexpr auto advance = keyed(
    "advance", "INSERT INTO book (id, n) VALUES ($1, 1) ON CONFLICT (id) DO UPDATE SET n = book.n + 1", "1");
constexpr auto leaf =
    keyed("leaf", "INSERT INTO leaf (id, n) VALUES ($1, (SELECT n FROM book WHERE id = $1))", "1");
constexpr auto count = ledger::same("count", "UPDATE book SET counted = 1 WHERE id = $1");
}  // namespace

TEST(row_insert, with_a_key_may_read_and_change) {
    auto changes = RowInsert::of(advance.postgres, advance.key);
    ASSERT_TRUE(changes.has_value());
    EXPECT_TRUE(changes->changes);
    EXPECT_EQ(changes->key, std::vector<std::size_t>{0});
    auto reads = RowInsert::of(leaf.postgres, "2,1");
    ASSERT_TRUE(reads.has_value());
    EXPECT_FALSE(reads->changes);
    EXPECT_EQ(reads->named, (std::vector<std::string>{"leaf", "book"}));
    EXPECT_EQ(reads->key, (std::vector<std::size_t>{1, 0}));
    EXPECT_FALSE(RowInsert::of("INSERT INTO a (b) VALUES ($1) ON CONFLICT (b) DO UPDATE SET b = $2", "1"))
        << "values of one row for all";
    EXPECT_EQ(reads->for_rows(2),
              "INSERT INTO leaf (id, n) VALUES ($1, (SELECT n FROM book WHERE id = $1)), "
              "($2, (SELECT n FROM book WHERE id = $2))");
}

TEST(postgres_inserts, with_keys_go_together_and_what_reads_goes_behind_what_it_reads) {
    List const a{step(advance, "a"), step(leaf, "a"), step(leaf, "a"), step(other, "a")};
    List const b{step(advance, "b"), step(leaf, "b"), step(other, "b")};
    EXPECT_EQ(order_of({a, b}), "advance[a b] other[a] leaf[a a] leaf[b] other[b]");
    EXPECT_EQ(order_of({{step(leaf, "c")}, a, b}), "advance[a b] other[a] leaf[c a a b] other[b]");
}

TEST(postgres_inserts, of_one_key_in_two_lists_stay_where_they_are) {
    List const a{step(advance, "a"), step(leaf, "a"), step(page, "a")};
    EXPECT_EQ(order_of({a, a}), "advance[a] leaf[a] page[a a] advance[a] leaf[a]");
    EXPECT_EQ(order_of({{step(advance, "a"), step(advance, "a")}, {step(advance, "b")}}),
              "advance[a] advance[a] advance[b]")
        << "one statement may not change a row twice";
    EXPECT_EQ(order_of({{step(leaf, "a"), step(leaf, "a")}}), "leaf[a a]");
}

TEST(postgres_inserts, with_keys_stay_where_something_else_names_what_they_read) {
    List const a{step(advance, "a"), step(leaf, "a")};
    EXPECT_EQ(order_of({a, {step(count, "b")}, {step(advance, "c"), step(leaf, "c")}}),
              "advance[a] leaf[a] count[b] advance[c] leaf[c]");
}
