#include "sim/xml.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>

#include <mutex>

namespace tongban::sim {

struct XmlText::Document {
    xmlDocPtr tree = nullptr;
    ~Document() { xmlFreeDoc(tree); }
};

namespace {

struct Found {
    xmlXPathContextPtr context;
    xmlXPathObjectPtr object;
    Found(xmlDocPtr tree, std::string_view xpath) : context(xmlXPathNewContext(tree)), object(nullptr) {
        auto const text = std::string(xpath);
        object = xmlXPathEvalExpression(reinterpret_cast<xmlChar const*>(text.c_str()), context);
    }
    Found(Found const&) = delete;
    Found& operator=(Found const&) = delete;
    ~Found() {
        xmlXPathFreeObject(object);
        xmlXPathFreeContext(context);
    }
    [[nodiscard]] int count() const {
        return object == nullptr || object->nodesetval == nullptr ? 0 : object->nodesetval->nodeNr;
    }
};

}  // namespace

Result<XmlText> XmlText::read(std::string_view text) {
    static std::once_flag once;
    std::call_once(once, [] { xmlInitParser(); });
    XmlText out;
    out.document_ = std::make_shared<Document>();
    auto options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    out.document_->tree =
        xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, nullptr, options);
    if (out.document_->tree == nullptr || out.document_->tree->intSubset != nullptr) {
        return Error{ErrorKind::bad_request, "xml_is_malformed", "请求参数有误"};
    }
    return out;
}

std::optional<std::string> XmlText::at(std::string_view xpath) const {
    Found const found(document_->tree, xpath);
    if (found.count() == 0) return std::nullopt;
    auto* text = xmlNodeGetContent(found.object->nodesetval->nodeTab[0]);
    std::string out = text == nullptr ? "" : reinterpret_cast<char const*>(text);
    xmlFree(text);
    return out;
}

int XmlText::count(std::string_view xpath) const {
    return Found(document_->tree, xpath).count();
}

}  // namespace tongban::sim
