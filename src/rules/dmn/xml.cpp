#include "rules/dmn/xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "base/xml_text.h"

namespace tongban::rules::dmn {

namespace {

std::string_view view(xmlChar const* text) {
    return text == nullptr ? std::string_view() : reinterpret_cast<char const*>(text);
}

std::string_view view(xmlChar const* begin, xmlChar const* end) {
    return {reinterpret_cast<char const*>(begin), static_cast<std::size_t>(end - begin)};
}

/// What libxml2 calls back. It stops the parser at the first thing it does not like.
class Reader {
public:
    explicit Reader(XmlLimits const& limits) : limits_(limits) {}

    Result<XmlDocument> read(std::string_view text) {
        parser_ = xmlNewParserCtxt();
        ensure(parser_ != nullptr, "no memory for a parser");
        set_handlers(*parser_->sax);
        parser_->userData = this;
        // No network, no catalogue, no file: and no document type, so NOENT expands nothing but &lt; and its
        // four kin. Without HUGE the library's own limits hold beside ours.
        xmlCtxtReadMemory(parser_, text.data(), static_cast<int>(text.size()), nullptr, nullptr,
                          XML_PARSE_NOENT | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
        auto refused = refusal();
        if (parser_->myDoc != nullptr) xmlFreeDoc(parser_->myDoc);
        xmlFreeParserCtxt(parser_);
        if (refused) return *refused;
        return std::move(document_);
    }

private:
    static Reader& of(void* data) { return *static_cast<Reader*>(data); }

    static void set_handlers(xmlSAXHandler& sax) {
        sax = {};
        sax.initialized = XML_SAX2_MAGIC;
        sax.internalSubset = [](void* data, xmlChar const*, xmlChar const*, xmlChar const*) {
            of(data).stop("xml_has_a_document_type", "模型文件里不能有文档类型声明（DOCTYPE）");
        };
        sax.startElementNs = [](void* data, xmlChar const* name, xmlChar const* prefix, xmlChar const* space,
                                int spaces, xmlChar const** declared, int count, int,
                                xmlChar const** attributes) {
            of(data).begin({name, prefix, space, spaces, declared, count, attributes});
        };
        sax.endElementNs = [](void* data, xmlChar const*, xmlChar const*, xmlChar const*) { of(data).end(); };
        sax.characters = [](void* data, xmlChar const* text, int size) {
            of(data).characters(view(text, text + size));
        };
        sax.cdataBlock = sax.characters;
        sax.ignorableWhitespace = sax.characters;
        sax.comment = [](void* data, xmlChar const* text) {
            of(data).add(XmlComment{std::string(view(text))});
        };
        sax.processingInstruction = [](void* data, xmlChar const* target, xmlChar const* text) {
            of(data).add(XmlInstruction{std::string(view(target)), std::string(view(text))});
        };
    }

    struct Tag {
        xmlChar const *name, *prefix, *space;
        int spaces;
        xmlChar const** declared;
        int count;
        xmlChar const** attributes;
    };

    void begin(Tag const& tag) {
        if (refused_) return;
        if (static_cast<int>(open_.size()) >= limits_.depth)
            return stop("xml_is_too_deep", "元素嵌套超过 " + std::to_string(limits_.depth) + " 层");
        if (++elements_ > limits_.elements)
            return stop("xml_has_too_many_elements", "元素超过 " + std::to_string(limits_.elements) + " 个");
        auto made = std::make_unique<XmlElement>();
        made->name = view(tag.name);
        made->prefix = view(tag.prefix);
        made->space = view(tag.space);
        made->line = xmlSAX2GetLineNumber(parser_);
        made->column = xmlSAX2GetColumnNumber(parser_);
        for (int i = 0; i < tag.spaces; ++i)
            made->declared.emplace_back(view(tag.declared[2 * i]), view(tag.declared[2 * i + 1]));
        for (int i = 0; i < tag.count; ++i) {
            auto const* at = tag.attributes + static_cast<std::ptrdiff_t>(5) * i;
            auto value = view(at[3], at[4]);
            if (value.size() > limits_.text_bytes) return too_long();
            made->attributes.push_back({std::string(view(at[0])), std::string(view(at[2])),
                                        std::string(view(at[1])), std::string(value)});
        }
        auto* element = made.get();
        if (open_.empty())
            document_.root = std::move(made);
        else
            open_.back()->parts.emplace_back(std::move(made));
        open_.push_back(element);
    }

    void end() {
        if (!refused_ && !open_.empty()) open_.pop_back();
    }

    void characters(std::string_view text) {
        if (refused_ || open_.empty()) return;
        auto& parts = open_.back()->parts;
        if (parts.empty() || !std::holds_alternative<std::string>(parts.back()))
            parts.emplace_back(std::string());
        auto& whole = std::get<std::string>(parts.back());
        if (whole.size() + text.size() > limits_.text_bytes) return too_long();
        whole += text;
    }

    void add(XmlPart part) {
        if (refused_) return;
        if (++elements_ > limits_.elements)
            return stop("xml_has_too_many_elements", "元素超过 " + std::to_string(limits_.elements) + " 个");
        auto& parts = !open_.empty()   ? open_.back()->parts
                      : document_.root ? document_.after
                                       : document_.before;
        parts.push_back(std::move(part));
    }

    void too_long() {
        stop("xml_text_is_too_long", "一段文字超过 " + std::to_string(limits_.text_bytes) + " 字节");
    }

    void stop(char const* code, std::string const& why) {
        if (refused_) return;
        refused_ = Error{ErrorKind::invalid, code,
                         "第 " + std::to_string(xmlSAX2GetLineNumber(parser_)) + " 行：" + why + "。"};
        xmlStopParser(parser_);
    }

    std::optional<Error> refusal() {
        if (refused_) return refused_;
        auto const& last = parser_->lastError;
        if (parser_->wellFormed != 0 && parser_->nsWellFormed != 0 && document_.root) return std::nullopt;
        std::string why = last.message == nullptr ? "unreadable" : last.message;
        while (!why.empty() && (why.back() == '\n' || why.back() == ' ')) why.pop_back();
        return Error{ErrorKind::invalid, "xml_is_malformed",
                     "第 " + std::to_string(std::max(1, last.line)) + " 行不是合规的 XML：" + why};
    }

    XmlLimits const& limits_;
    xmlParserCtxtPtr parser_ = nullptr;
    XmlDocument document_;
    std::vector<XmlElement*> open_;
    std::size_t elements_ = 0;
    std::optional<Error> refused_;
};

std::string prefixed(std::string const& prefix, std::string const& name) {
    return prefix.empty() ? name : prefix + ":" + name;
}

void write(std::string& out, XmlPart const& part);

void write(std::string& out, XmlElement const& element) {
    auto name = prefixed(element.prefix, element.name);
    out += "<" + name;
    for (auto const& [prefix, space] : element.declared) {
        out += prefix.empty() ? " xmlns=\"" : " xmlns:" + prefix + "=\"";
        out += xml_text(space, XmlPlace::attribute);
        out += '"';
    }
    for (auto const& attribute : element.attributes) {
        out += " " + prefixed(attribute.prefix, attribute.name) + "=\"";
        out += xml_text(attribute.value, XmlPlace::attribute);
        out += '"';
    }
    if (element.parts.empty()) {
        out += "/>";
        return;
    }
    out += '>';
    for (auto const& part : element.parts) write(out, part);
    out += "</" + name + ">";
}

void write(std::string& out, XmlPart const& part) {
    if (auto const* text = std::get_if<std::string>(&part))
        out += xml_text(*text, XmlPlace::element);
    else if (auto const* comment = std::get_if<XmlComment>(&part))
        out += "<!--" + comment->text + "-->";
    else if (auto const* element = std::get_if<std::unique_ptr<XmlElement>>(&part))
        write(out, **element);
    else if (auto const* told = std::get_if<XmlInstruction>(&part))
        out += "<?" + told->target + (told->text.empty() ? "" : " " + told->text) + "?>";
}

}  // namespace

std::string_view XmlElement::attribute(std::string_view wanted) const {
    for (auto const& attribute : attributes)
        if (attribute.space.empty() && attribute.name == wanted) return attribute.value;
    return {};
}

bool XmlElement::has_attribute(std::string_view wanted) const {
    return std::any_of(attributes.begin(), attributes.end(), [&](XmlAttribute const& attribute) {
        return attribute.space.empty() && attribute.name == wanted;
    });
}

std::string XmlElement::text() const {
    std::string whole;
    for (auto const& part : parts)
        if (auto const* text = std::get_if<std::string>(&part)) whole += *text;
    return whole;
}

Result<XmlDocument> read_xml(std::string_view text, XmlLimits const& limits) {
    if (text.size() > limits.bytes)
        return Error{ErrorKind::invalid, "xml_is_too_large",
                     "文件超过 " + std::to_string(limits.bytes) + " 字节，未读取。"};
    return Reader(limits).read(text);
}

std::string write_xml(XmlDocument const& document) {
    std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    for (auto const& part : document.before) write(out, part), out += '\n';
    write(out, *document.root);
    out += '\n';
    for (auto const& part : document.after) write(out, part), out += '\n';
    return out;
}

}  // namespace tongban::rules::dmn
