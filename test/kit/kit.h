// The test kit for everything that has a database. Every test gets its own migrated database, cloned from one
// that this process migrated once; every test sets the clock.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/store.h"

namespace tongban::kit {

/// For INSTANTIATE_TEST_SUITE_P(all, my_test, testing::ValuesIn(kit::databases()), kit::database_name).
std::vector<store::Dialect> databases();
std::string database_name(testing::TestParamInfo<store::Dialect> const& info);

/// A directory of its own below the system's temporary one; removed with everything in it.
class TempDir {
public:
    TempDir();
    ~TempDir();
    TempDir(TempDir&& other) noexcept;
    TempDir& operator=(TempDir&&) = delete;
    [[nodiscard]] std::string const& path() const { return path_; }

private:
    std::string path_;
};

/// "2026-10-15 09:24" or "2026-10-15 09:24:05", in Beijing.
Instant at(std::string_view beijing_time);

/// An empty PostgreSQL database, dropped at the end. Needs TONGBAN_TEST_POSTGRES.
class PostgresDatabase {
public:
    enum class Sorting { by_bytes, by_language };
    explicit PostgresDatabase(Sorting sorting = Sorting::by_bytes);
    explicit PostgresDatabase(PostgresDatabase const& template_database);
    ~PostgresDatabase();
    PostgresDatabase(PostgresDatabase&& other) noexcept;
    PostgresDatabase& operator=(PostgresDatabase&&) = delete;
    [[nodiscard]] std::string const& url() const { return url_; }

private:
    std::string name_, url_;
};

/// A migrated store and the place it lives in; both go with this object.
class FreshStore {
public:
    FreshStore(TempDir directory, std::unique_ptr<PostgresDatabase> database, Clock const& clock,
               std::vector<store::Schema> schemas);
    store::Store& operator*() { return *store_; }
    store::Store* operator->() { return store_.get(); }
    [[nodiscard]] std::string const& directory() const { return directory_.path(); }
    [[nodiscard]] store::Options options() const;
    /// Closes the store and opens it again on the same data: what a restart does. Consumers must be added
    /// again.
    void reopen();
    void close() { store_.reset(); }

private:
    TempDir directory_;
    std::unique_ptr<PostgresDatabase> database_;
    Clock const& clock_;
    std::vector<store::Schema> schemas_;
    std::unique_ptr<store::Store> store_;
};

/// `schemas` as the module needs them, in order: {org::schema(), identity::schema()}. The store's own come by
/// itself.
FreshStore fresh_store(store::Dialect dialect, Clock const& clock, std::vector<store::Schema> const& schemas);

}  // namespace tongban::kit
