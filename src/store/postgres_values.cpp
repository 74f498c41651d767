#include "store/postgres_values.h"

#include <charconv>
#include <cstring>
#include <limits>

namespace tongban::store {

namespace {
// pg_type.dat of PostgreSQL; these numbers never change.
constexpr Oid type_bool = 16, type_bytea = 17, type_int8 = 20, type_int2 = 21, type_int4 = 23,
              type_float4 = 700, type_float8 = 701, type_numeric = 1700;

std::string big_endian(std::uint64_t number, int bytes) {
    std::string out;
    for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
        out += static_cast<char>(number >> shift & 0xFF);
    return out;
}

/// Two's complement of 1, 2, 4 or 8 bytes.
std::int64_t signed_number(std::string_view bytes) {
    std::uint64_t number = 0;
    for (unsigned char byte : bytes) number = number << 8 | byte;
    auto unused = 64 - 8 * static_cast<int>(bytes.size());
    return static_cast<std::int64_t>(number << unused) >> unused;
}

std::string printed(double number) {
    char buffer[32];
    return {buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr};
}

/// numeric: int16 count, weight, sign, scale, then base-10000 digits. sum() of BIGINT gives it.
Value from_numeric(std::string_view bytes) {
    auto field = [&](std::size_t i) { return signed_number(bytes.substr(i * 2, 2)); };
    auto count = field(0), weight = field(1), sign = field(2) & 0xFFFF, scale = field(3);
    if (sign != 0 && sign != 0x4000) return Null{};  // NaN and infinities
    auto digit = [&](std::int64_t i) {
        return i >= 0 && i < count ? field(static_cast<std::size_t>(4 + i)) : 0;
    };
    std::string text;
    for (std::int64_t i = 0; i <= weight; ++i) {
        auto four = std::to_string(digit(i));
        text += text.empty() ? (four == "0" ? "" : four) : std::string(4 - four.size(), '0') + four;
    }
    if (text.empty()) text = "0";
    if (sign != 0) text.insert(0, "-");
    if (scale == 0) {
        std::int64_t whole = 0;
        if (std::from_chars(text.data(), text.data() + text.size(), whole).ec == std::errc{}) return whole;
        return text;
    }
    std::string fraction;
    for (auto i = weight + 1; std::ssize(fraction) < scale; ++i) {
        auto four = std::to_string(digit(i));
        fraction += std::string(4 - four.size(), '0') + four;
    }
    fraction.resize(static_cast<std::size_t>(scale));
    return text + "." + fraction;
}

Value from_postgres(std::string_view bytes, Oid type) {
    switch (type) {
        case type_int2:
        case type_int4:
        case type_int8:
            return signed_number(bytes);
        case type_bool:
            return std::int64_t{bytes[0]};
        case type_bytea:
            return Blob{Bytes(bytes)};
        case type_numeric:
            return from_numeric(bytes);
        case type_float8: {
            auto bits = static_cast<std::uint64_t>(signed_number(bytes));
            double number = 0;
            std::memcpy(&number, &bits, sizeof number);
            return printed(number);
        }
        case type_float4: {
            auto bits = static_cast<std::uint32_t>(signed_number(bytes));
            float number = 0;
            std::memcpy(&number, &bits, sizeof number);
            return printed(number);
        }
        default:
            return std::string(bytes);
    }
}

template <class Narrow>
Result<PostgresParameter> narrowed(std::int64_t number) {
    if (number < std::numeric_limits<Narrow>::min() || number > std::numeric_limits<Narrow>::max())
        return Error{ErrorKind::invalid, "number_is_out_of_range", "数字超出可以保存的范围。"};
    return PostgresParameter{false, big_endian(static_cast<std::uint64_t>(number), sizeof(Narrow))};
}
}  // namespace

Result<PostgresParameter> to_postgres(Value const& value, Oid type) {
    if (auto const* number = std::get_if<std::int64_t>(&value)) {
        switch (type) {
            case type_int8:
                return narrowed<std::int64_t>(*number);
            case type_int4:
                return narrowed<std::int32_t>(*number);
            case type_int2:
                return narrowed<std::int16_t>(*number);
            case type_bool:
                return PostgresParameter{false, std::string(1, *number != 0 ? '\1' : '\0')};
            default:
                return PostgresParameter{false, std::to_string(*number), 0};
        }
    }
    if (auto const* text = std::get_if<std::string>(&value)) {
        // Binary text carries its length. Where a number is wanted, PostgreSQL shall read (and refuse) the
        // text.
        auto wants_number = type == type_int8 || type == type_int4 || type == type_int2 ||
                            type == type_bool || type == type_numeric || type == type_float8 ||
                            type == type_float4;
        return PostgresParameter{false, *text, wants_number ? 0 : 1};
    }
    if (auto const* blob = std::get_if<Blob>(&value)) return PostgresParameter{false, blob->bytes};
    return PostgresParameter{true};
}

Rows::Columns columns_of(PGresult const* described) {
    std::vector<std::string> columns;
    for (int c = 0; c < PQnfields(described); ++c) columns.emplace_back(PQfname(described, c));
    return std::make_shared<std::vector<std::string> const>(std::move(columns));
}

Rows rows_of(PGresult const* answer, Rows::Columns const& columns) {
    std::vector<std::vector<Value>> cells;
    for (int r = 0; r < PQntuples(answer); ++r) {
        auto& row = cells.emplace_back();
        row.reserve(columns->size());
        for (int c = 0; c < PQnfields(answer); ++c) {
            std::string_view bytes(PQgetvalue(answer, r, c),
                                   static_cast<std::size_t>(PQgetlength(answer, r, c)));
            row.push_back(PQgetisnull(answer, r, c) != 0 ? Value{Null{}}
                                                         : from_postgres(bytes, PQftype(answer, c)));
        }
    }
    return {columns, std::move(cells)};
}

}  // namespace tongban::store
