// Rows of any table, read and written as they are: what copies.cpp multiplies.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace tongban::bench {

struct Cell {
    enum class Kind { null, integer, text, blob } kind = Kind::null;
    std::string bytes;  ///< integers in decimal
    bool operator==(Cell const&) const = default;
};
using Cells = std::vector<Cell>;

struct Table {
    std::string name;
    std::vector<std::string> columns;
    std::vector<Cells> rows;
};

class Database {
public:
    virtual ~Database() = default;
    virtual std::vector<std::string> tables() = 0;
    virtual Table read(std::string const& name) = 0;
    virtual void begin() = 0;
    virtual void append(Table const& rows) = 0;
    virtual void commit() = 0;
    virtual void settle() = 0;  ///< statistics for the planner
};
std::unique_ptr<Database> open_sqlite(std::string const& file);
std::unique_ptr<Database> open_postgres(std::string const& url);

}  // namespace tongban::bench
