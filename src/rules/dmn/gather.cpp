// A model and those it imports, and those they import (DMN 1.5, 6.3.3).
#include <set>

#include "rules/dmn/program.h"

namespace tongban::rules::dmn {

namespace {

class Gatherer {
public:
    Gatherer(Finder const& finder, LoadOptions const& options, std::vector<Finding>& findings)
        : finder_(finder), options_(options), findings_(findings) {}

    std::vector<std::unique_ptr<Definitions>> gather(ModelText const& main) {
        auto first = read_definitions(main.file, main.text, options_.xml, findings_);
        if (!first.ok()) {
            unreadable(main.file, first.error());
            return {};
        }
        take(std::move(*first));
        // In rounds rather than by recursion: a chain of imports may be long.
        for (std::size_t at = 0; at < models_.size(); ++at)
            for (auto const& import : models_[at]->imports) follow(*models_[at], import);
        refuse_circles();
        return std::move(models_);
    }

private:
    void take(Definitions model) {
        spaces_.insert(model.space);
        models_.push_back(std::make_unique<Definitions>(std::move(model)));
    }

    void say(char const* code, Definitions const& model, Import const& import, std::string zh,
             std::string en) {
        auto where = where_of(model.file, *import.at);
        findings_.push_back({Severity::error, code, where, std::move(zh), std::move(en)});
    }

    void unreadable(std::string const& file, Error const& error) {
        Where where;
        where.file = file;
        findings_.push_back({Severity::error, error.code, where, error.detail,
                             "The model cannot be read (" + error.code + ")."});
    }

    void follow(Definitions const& model, Import const& import) {
        if (import.space == model.space)
            return say("model_imports_itself", model, import, "模型引入了它自己。",
                       "The model imports itself.");
        if (!import.type.empty() && !is_model_space(import.type)) {
            findings_.push_back({Severity::warning, "import_is_not_of_a_model",
                                 where_of(model.file, *import.at), "引入的不是 DMN 模型，已略过。",
                                 "What is imported is no DMN model; it is left out."});
            return;
        }
        if (spaces_.contains(import.space)) return;
        if (models_.size() >= options_.models_most)
            return say("too_many_models_are_imported", model, import,
                       "引入的模型超过 " + std::to_string(options_.models_most) + " 个。",
                       "More than " + std::to_string(options_.models_most) + " models are imported.");
        auto found = finder_ ? finder_({import.space, import.location}) : std::nullopt;
        if (!found)
            return say("imported_model_is_not_there", model, import,
                       "找不到引入的模型「" + import.space + "」。",
                       "The imported model " + import.space + " is not there.");
        auto read = read_definitions(found->file, found->text, options_.xml, findings_);
        if (!read.ok()) return unreadable(found->file, read.error());
        if (read->space != import.space)
            return say("imported_model_has_another_namespace", model, import,
                       found->file + " 的命名空间是「" + read->space + "」。",
                       found->file + " has the namespace " + read->space + ".");
        take(std::move(*read));
    }

    /// Takes away what needs nothing any more; what is left imports in a circle.
    void refuse_circles() {
        std::set<std::string> done;
        for (bool moved = true; moved;) {
            moved = false;
            for (auto const& model : models_) {
                if (done.contains(model->space)) continue;
                bool const waits =
                    std::any_of(model->imports.begin(), model->imports.end(), [&](Import const& import) {
                        return import.space != model->space && spaces_.contains(import.space) &&
                               !done.contains(import.space);
                    });
                if (!waits) moved = done.insert(model->space).second;
            }
        }
        for (auto const& model : models_)
            for (auto const& import : model->imports)
                if (!done.contains(model->space) && !done.contains(import.space) &&
                    spaces_.contains(import.space) && import.space != model->space)
                    say("models_import_each_other", *model, import, "几个模型互相引入，成了一个圈。",
                        "Models import each other in a circle.");
    }

    Finder const& finder_;
    LoadOptions const& options_;
    std::vector<Finding>& findings_;
    std::vector<std::unique_ptr<Definitions>> models_;
    std::set<std::string> spaces_;
};

}  // namespace

std::vector<std::unique_ptr<Definitions>> gather(ModelText const& main, Finder const& finder,
                                                 LoadOptions const& options, std::vector<Finding>& findings) {
    return Gatherer(finder, options, findings).gather(main);
}

}  // namespace tongban::rules::dmn
