// Inner words of `exchange`: what a connector says about asking one source. No I/O.
#pragma once

#include <map>

#include "exchange/exchange.h"

namespace tongban::exchange {

using tongban::to_text;
using Texts = std::vector<std::pair<std::string, std::string>>;

enum class Format { json, xml, csv };

/// Holds when all that is named fits.
struct Condition {
    std::optional<int> status{};
    std::optional<std::string> at{};
    std::vector<std::string> equals{};  ///< empty: something stands at `at`
};

enum class Gather { first, list, count };

/// Where a field of the resource stands in a record, and what its values mean.
struct FieldMap {
    std::string key;
    FieldType type = FieldType::string;
    std::optional<std::string> at{};
    std::string each{};
    Gather gather = Gather::first;
    std::map<std::string, Json, std::less<>> values{};  ///< theirs → ours; empty: as it stands
    std::string date{};
    bool required = false;
};

struct AnswerMap {
    Format format = Format::json;
    Texts namespaces{};
    std::optional<Condition> found{}, none{}, refused{};
    std::string records{};
    bool many = false;
    Texts same{};  ///< parameter → place in the record
    std::optional<std::string> data_at{};
    std::string data_at_date{};
    std::vector<FieldMap> fields{};
};

enum class ListMode { full, changes };

/// A resource that is a list, fetched whole and answered from here.
struct List {
    std::string parameter, column;
    std::chrono::hours every{24};
    ListMode mode = ListMode::full;
    std::string operation{};
    std::size_t answer_bytes_max = 64U << 20;
};

enum class Content { none, json, xml, form };

/// How one resource is asked.
struct Endpoint {
    std::string resource, method, path;
    Texts query{}, headers{};
    Content content = Content::none;
    std::string content_type{};
    Json body{};
    std::optional<List> list{};
    AnswerMap answer{};
};

struct BreakerLimits {
    int failures = 5;
    std::chrono::seconds pause{30};
};

struct Connector {
    std::string source, name, name_en, provider;
    std::string base_url, health_path;
    client::Scheme scheme = client::Scheme::none;
    std::string key_id, key_name, demo_secret;
    int deadline_ms = 2000, late_after_ms = 30000, retries = 1;
    BreakerLimits breaker{};
    std::chrono::seconds cache{0};
    std::size_t answer_bytes_max = 1U << 20;
    std::string corrections_path;
    std::map<std::string, Endpoint, std::less<>> endpoints;
};

/// All that may be asked, and how. Immutable once made.
struct Catalogue {
    std::map<std::string, std::shared_ptr<Resource const>, std::less<>> resources;
    std::map<std::string, std::shared_ptr<Connector const>, std::less<>> connectors;
    [[nodiscard]] Resource const* resource(std::string_view code) const;
    [[nodiscard]] Connector const* connector(std::string_view source) const;
    /// Null when the resource has no connector.
    [[nodiscard]] Endpoint const* endpoint(Resource const& resource) const;
};

/// Reads a moment as the pattern has it (`yyyy-MM-dd'T'HH:mm`); what stands behind it is read over.
std::optional<Instant> read_moment(std::string_view text, std::string_view pattern);
/// Has a year, a month and a day, and nothing unknown.
bool is_date_pattern(std::string_view pattern);

/// Why there is no answer, in words for operators: `source_is_paused` → 连续失败，暂停询问.
std::string why_text(std::string_view code, Language language);

}  // namespace tongban::exchange
