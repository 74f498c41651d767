// An answer as it came over the wire, whatever its format: records, and what stands at a place in them. Made
// of hostile bytes: nothing is fetched, no entity is opened, depth and size are bounded. No I/O.
#pragma once

#include "exchange/model.h"

namespace tongban::exchange {

/// Text, numbers or truth values as the format has them; XML and CSV know text only.
using Found = std::vector<Json>;

class Document {
public:
    virtual ~Document() = default;
    /// What stands at a place of the whole answer.
    [[nodiscard]] virtual Found at(std::string const& place) const = 0;
    /// How many records stand at the place; they are numbered from 0 for `in_record`.
    virtual std::size_t open_records(std::string const& place) = 0;
    /// Several where the place is a list; `each`: where in its elements.
    [[nodiscard]] virtual Found in_record(std::size_t record, std::string const& place,
                                          std::string const& each) const = 0;
};

/// Refuses: answer_cannot_be_read (also a document type, which may bring entities).
Result<std::unique_ptr<Document>> read_json_document(std::string_view bytes);
Result<std::unique_ptr<Document>> read_xml_document(std::string_view bytes, Texts const& namespaces);

bool is_json_pointer(std::string_view text);
bool is_xpath(std::string const& text, Texts const& namespaces);
/// Every text of elements and attributes, in order, comments and CDATA left out; nothing for what is not
/// well-formed. For looking at templates.
std::optional<std::vector<std::string>> texts_of_xml(std::string_view bytes);

/// RFC 4180; a byte order mark is read over. Lines whose count of cells differs from the first come empty.
std::vector<std::vector<std::string>> read_csv(std::string_view bytes);

}  // namespace tongban::exchange
