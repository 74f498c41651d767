#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "exchange/document.h"

namespace tongban::exchange {

namespace {
/// What one XPath may spend on one answer.
constexpr unsigned long steps_max = 2'000'000;

struct ParserEnd {
    void operator()(xmlParserCtxt* parser) const { xmlFreeParserCtxt(parser); }
};
struct DocumentEnd {
    void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
struct PathsEnd {
    void operator()(xmlXPathContext* paths) const { xmlXPathFreeContext(paths); }
};
struct ObjectEnd {
    void operator()(xmlXPathObject* object) const { xmlXPathFreeObject(object); }
};
struct ExpressionEnd {
    void operator()(xmlXPathCompExpr* expression) const { xmlXPathFreeCompExpr(expression); }
};
struct TextEnd {
    void operator()(xmlChar* text) const { xmlFree(text); }
};
using Parser = std::unique_ptr<xmlParserCtxt, ParserEnd>;
using Tree = std::unique_ptr<xmlDoc, DocumentEnd>;
using Paths = std::unique_ptr<xmlXPathContext, PathsEnd>;
using Object = std::unique_ptr<xmlXPathObject, ObjectEnd>;
using Owned = std::unique_ptr<xmlChar, TextEnd>;

xmlChar const* raw(std::string const& text) {
    return reinterpret_cast<xmlChar const*>(text.c_str());
}
std::string text_of(xmlChar const* text) {
    return text == nullptr ? "" : trimmed(reinterpret_cast<char const*>(text));
}

/// A document type may declare entities and point at files: no department needs one, so it ends the reading
/// before any entity is known (XML 1.0, 2.8).
void refuse_document_type(void* context, xmlChar const*, xmlChar const*, xmlChar const*) {
    auto* parser = static_cast<xmlParserCtxt*>(context);
    *static_cast<bool*>(parser->_private) = true;
    xmlStopParser(parser);
}

void be_quiet(void*, xmlError*) {}

Tree read_tree(std::string_view bytes, int more_options) {
    static bool const ready = [] {
        xmlInitParser();
        return true;
    }();
    ensure(ready, "libxml2 begins");
    Parser parser(xmlNewParserCtxt());
    ensure(parser != nullptr, "there is memory for a parser");
    bool has_document_type = false;
    parser->_private = &has_document_type;
    parser->sax->internalSubset = refuse_document_type;
    // No XML_PARSE_HUGE, NOENT or DTDLOAD: depth, names and texts stay bounded, nothing is fetched.
    auto options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | more_options;
    Tree tree(xmlCtxtReadMemory(parser.get(), bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr,
                                options));
    if (has_document_type) return nullptr;
    return tree;
}

Paths paths_for(xmlDoc* tree, Texts const& namespaces) {
    Paths paths(xmlXPathNewContext(tree));
    ensure(paths != nullptr, "there is memory for a path");
    paths->opLimit = steps_max;
    paths->error = be_quiet;
    for (auto const& [prefix, name] : namespaces) xmlXPathRegisterNs(paths.get(), raw(prefix), raw(name));
    return paths;
}

class XmlDocument final : public Document {
public:
    XmlDocument(Tree tree, Texts const& namespaces)
        : tree_(std::move(tree)), paths_(paths_for(tree_.get(), namespaces)) {}

    [[nodiscard]] Found at(std::string const& place) const override {
        return found(reinterpret_cast<xmlNode*>(tree_.get()), place);
    }

    std::size_t open_records(std::string const& place) override {
        records_.clear();
        auto object = evaluate(reinterpret_cast<xmlNode*>(tree_.get()), place.empty() ? "/*" : place);
        if (object == nullptr || object->type != XPATH_NODESET || object->nodesetval == nullptr) return 0;
        auto* nodes = object->nodesetval;
        for (int i = 0; i < nodes->nodeNr; ++i)
            if (nodes->nodeTab[i]->type == XML_ELEMENT_NODE) records_.push_back(nodes->nodeTab[i]);
        return records_.size();
    }

    [[nodiscard]] Found in_record(std::size_t record, std::string const& place,
                                  std::string const& each) const override {
        return found(records_.at(record), each.empty() ? place : place + "/" + each);
    }

private:
    [[nodiscard]] Object evaluate(xmlNode* from, std::string const& place) const {
        paths_->opCount = 0;
        paths_->node = from;
        return Object(xmlXPathEvalExpression(raw(place), paths_.get()));
    }

    [[nodiscard]] Found found(xmlNode* from, std::string const& place) const {
        auto object = evaluate(from, place);
        if (object == nullptr) return {};
        Found all;
        if (object->type != XPATH_NODESET) {
            Owned text(xmlXPathCastToString(object.get()));
            all.emplace_back(text_of(text.get()));
            return all;
        }
        auto* nodes = object->nodesetval;
        for (int i = 0; nodes != nullptr && i < nodes->nodeNr; ++i) {
            Owned text(xmlNodeGetContent(nodes->nodeTab[i]));
            all.emplace_back(text_of(text.get()));
        }
        return all;
    }

    Tree tree_;
    Paths paths_;
    std::vector<xmlNode*> records_{};
};

void collect(xmlNode* node, std::vector<std::string>& texts) {
    for (; node != nullptr; node = node->next) {
        if (node->type == XML_TEXT_NODE && !xmlIsBlankNode(node)) texts.push_back(text_of(node->content));
        if (node->type != XML_ELEMENT_NODE) continue;
        for (auto* attribute = node->properties; attribute != nullptr; attribute = attribute->next) {
            Owned text(xmlNodeGetContent(reinterpret_cast<xmlNode*>(attribute)));
            texts.push_back(text_of(text.get()));
        }
        collect(node->children, texts);
    }
}
}  // namespace

Result<std::unique_ptr<Document>> read_xml_document(std::string_view bytes, Texts const& namespaces) {
    auto tree = read_tree(bytes, XML_PARSE_NOCDATA);
    if (tree == nullptr) return Error{ErrorKind::invalid, "answer_cannot_be_read", "答复不是可以读的 XML。"};
    return std::unique_ptr<Document>(std::make_unique<XmlDocument>(std::move(tree), namespaces));
}

bool is_xpath(std::string const& text, Texts const& namespaces) {
    auto paths = paths_for(nullptr, namespaces);
    return std::unique_ptr<xmlXPathCompExpr, ExpressionEnd>(xmlXPathCtxtCompile(paths.get(), raw(text))) !=
           nullptr;
}

std::optional<std::vector<std::string>> texts_of_xml(std::string_view bytes) {
    auto tree = read_tree(bytes, 0);
    if (tree == nullptr) return std::nullopt;
    std::vector<std::string> texts;
    collect(xmlDocGetRootElement(tree.get()), texts);
    return texts;
}

}  // namespace tongban::exchange
