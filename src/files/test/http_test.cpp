#include <filesystem>
#include <fstream>

#include "files/api.h"
#include "files/files.h"
#include "files/sql.h"
#include "kit/by_cookie.h"
#include "kit/kit.h"
#include "kit/scenario.h"
#include "samples.h"

using namespace tongban;
using namespace tongban::files;
using namespace tongban::files::testing;
using std::chrono::hours;

namespace {
Actor known_as(std::string const& who) {
    if (who == "supervisor") return kit::staff_in_role(who);
    return kit::resident(who);
}

class files_http : public ::testing::TestWithParam<store::Dialect> {
protected:
    files_http() {
        files_.routes(routes_);
        files_.jobs(store_->jobs());
        dispatcher_ = std::make_unique<http::Dispatcher>(routes_, authenticator_, clock_, http::Settings{});
    }
    kit::Answer upload(std::string const& who, std::string_view name, std::string_view bytes) {
        kit::Browser at(*dispatcher_);
        at.keep_cookie("who", who);
        return at.send("POST", "/api/files/uploads", body(name, bytes),
                       {{"Content-Type", "multipart/form-data; boundary=xyz"}, {"X-CSRF-Token", "t"}});
    }
    static std::string body(std::string_view name, std::string_view bytes) {
        return "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + std::string(name) +
               "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + std::string(bytes) +
               "\r\n--xyz--\r\n";
    }
    kit::Answer ask(std::string const& who, std::string method, std::string const& id) {
        kit::Browser at(*dispatcher_);
        at.keep_cookie("who", who);
        return at.send(std::move(method), "/api/files/uploads/" + id, "", {{"X-CSRF-Token", "t"}});
    }
    Result<std::vector<File>> attach(std::string const& who, std::string const& id,
                                     std::string const& aggregate) {
        auto tx = MUST(store_->begin());
        auto files = TRY(files_.attach(*tx, known_as(who), {FileId{id}}, aggregate));
        TRY(tx->commit());
        return files;
    }
    [[nodiscard]] std::vector<std::string> on_disk() const {
        std::vector<std::string> found;
        std::error_code ignored;
        for (auto const& each :
             std::filesystem::recursive_directory_iterator(store_.directory() + "/files", ignored))
            if (each.is_regular_file()) found.push_back(each.path().string());
        return found;
    }

    SetClock clock_{SystemClock().now()};  // the age of bytes on disk is measured by the machine's clock
    kit::FreshStore store_ = kit::fresh_store(GetParam(), clock_, {files::schema()});
    Files files_{*store_, clock_};
    http::Routes routes_;
    kit::ByCookie authenticator_{"who", known_as};
    std::unique_ptr<http::Dispatcher> dispatcher_;
    std::string const picture_ = png(60, 40);
};
}  // namespace

INSTANTIATE_TEST_SUITE_P(all, files_http, ::testing::ValuesIn(kit::databases()), kit::database_name);

TEST_P(files_http, the_routes_are_those_of_the_contract_and_every_query_prepares) {
    auto same = http::check_contract(routes_, api::contract());
    EXPECT_TRUE(same.ok()) << same.error().detail;
    auto prepared = store_->check_queries();
    EXPECT_TRUE(prepared.ok()) << prepared.error().detail;
}

TEST_P(files_http, an_upload_is_for_its_owner_only) {
    auto made = upload("zhou", "户口簿 第1页.png", picture_);
    ASSERT_EQ(made.status, 201) << made;
    EXPECT_EQ(made.text("/name"), "户口簿 第1页.png");
    EXPECT_EQ(made.text("/kind"), "png");
    EXPECT_EQ(made.integer("/pages"), 1);
    EXPECT_EQ(made.integer("/width"), 60);
    auto id = made.text("/id");
    auto own = ask("zhou", "GET", id);
    EXPECT_EQ(own.status, 200);
    EXPECT_EQ(own.type, "image/png");
    EXPECT_TRUE(own.body.starts_with("\x89PNG"));
    EXPECT_EQ(static_cast<std::int64_t>(own.body.size()), made.integer("/size"));
    EXPECT_EQ(ask("li", "GET", id).code, "file_is_unknown");
    EXPECT_EQ(ask("li", "DELETE", id).code, "file_is_unknown");
    EXPECT_EQ(ask("zhou", "GET", "nosuch").code, "file_is_unknown");
    EXPECT_EQ(ask("", "GET", id).status, 401);
    EXPECT_EQ(ask("supervisor", "GET", id).status, 403);
}

TEST_P(files_http, refusals_come_with_their_status) {
    EXPECT_EQ(upload("zhou", "a.pdf", "").code, "file_is_empty");
    EXPECT_EQ(upload("zhou", "a.pdf", "").status, 422);
    EXPECT_EQ(upload("zhou", "a.exe", program()).status, 415);
    auto large = upload("zhou", "a.pdf", std::string(20 * 1024 * 1024 + 1, 'x'));
    EXPECT_EQ(large.status, 413);
    EXPECT_EQ(large.code, "file_is_too_large");
    kit::Browser at(*dispatcher_);
    at.keep_cookie("who", "zhou");
    EXPECT_EQ(at.post("/api/files/uploads", nullptr, {{"X-CSRF-Token", "t"}}).code, "file_is_missing");
}

TEST_P(files_http, bytes_and_names_lie_sealed) {
    upload("zhou", "周桂兰.png", picture_);
    auto paths = on_disk();
    ASSERT_EQ(paths.size(), 1U);
    auto stored =
        MUST(Pack{store_.directory()}.read(std::filesystem::relative(paths[0], store_.directory()).string()));
    EXPECT_EQ(stored.find("PNG"), std::string::npos);
    auto const* sql = "SELECT name_sealed FROM files_file";
    auto reader = MUST(store_->reader());
    EXPECT_EQ(MUST(reader->rows(store::Query{"test.name", sql, sql}))[0].bytes("name_sealed").find("周桂兰"),
              std::string::npos);
}

TEST_P(files_http, dropping_erases_row_and_bytes) {
    auto id = upload("zhou", "a.png", picture_).text("/id");
    EXPECT_EQ(ask("zhou", "DELETE", id).status, 204);
    EXPECT_TRUE(on_disk().empty());
    EXPECT_EQ(ask("zhou", "GET", id).code, "file_is_unknown");
}

TEST_P(files_http, a_case_takes_own_loose_files_once) {
    auto id = upload("zhou", "a.png", picture_).text("/id");
    EXPECT_EQ(attach("li", id, "case1").error().code, "file_is_unknown");
    EXPECT_EQ(attach("zhou", "nosuch", "case1").error().code, "file_is_unknown");
    EXPECT_EQ(MUST(attach("zhou", id, "case1"))[0].attached_to, "case1");
    EXPECT_TRUE(attach("zhou", id, "case1").ok()) << "again for the same case is fine";
    EXPECT_EQ(attach("zhou", id, "case2").error().code, "file_is_unknown");
    EXPECT_EQ(ask("zhou", "DELETE", id).code, "file_is_attached");
    auto reader = MUST(store_->reader());
    auto of_case = MUST(files_.of(*reader, "case1"));
    ASSERT_EQ(of_case.size(), 1U);
    EXPECT_EQ(of_case[0].owner, "resident:zhou");
    EXPECT_EQ(MUST(files_.bytes(of_case[0])).size(), static_cast<std::size_t>(of_case[0].size));
    EXPECT_EQ(MUST(files_.look(*reader, known_as("zhou"), {FileId{id}}))[0].attached_to, "case1");
    EXPECT_EQ(files_.look(*reader, known_as("li"), {FileId{id}}).error().code, "file_is_unknown");
}

TEST_P(files_http, loose_files_are_erased_after_seven_days_and_attached_ones_kept) {
    MUST(files_.start());
    auto loose = upload("zhou", "a.png", picture_).text("/id"),
         kept = upload("zhou", "b.png", picture_).text("/id");
    MUST(attach("zhou", kept, "case1"));
    clock_.advance(hours{7 * 24 - 1});
    MUST(store_->run_pending());
    EXPECT_EQ(ask("zhou", "GET", loose).status, 200);
    clock_.advance(hours{1});
    EXPECT_EQ(attach("zhou", loose, "case1").error().code, "file_is_unknown") << "past its time, job or not";
    clock_.advance(hours{1});
    MUST(store_->run_pending());
    EXPECT_EQ(on_disk().size(), 1U);
    EXPECT_EQ(ask("zhou", "GET", kept).status, 200);
}

TEST_P(files_http, files_of_a_dropped_draft_are_erased_at_once) {
    auto id = upload("zhou", "a.png", picture_).text("/id");
    MUST(attach("zhou", id, "draft1"));
    auto tx = MUST(store_->begin());
    files_.detach_all(*tx, "draft1");
    MUST(tx->commit());
    MUST(store_->run_pending());
    EXPECT_TRUE(on_disk().empty());
}

TEST_P(files_http, what_a_draft_no_longer_names_goes_a_day_later) {
    auto one = upload("zhou", "a.png", picture_).text("/id"),
         two = upload("zhou", "b.png", picture_).text("/id");
    MUST(attach("zhou", one, "draft1"));
    MUST(attach("zhou", two, "draft1"));
    auto tx = MUST(store_->begin());
    MUST(files_.keep_only(*tx, "draft1", {FileId{two}}));
    MUST(tx->commit());
    auto reader = MUST(store_->reader());
    EXPECT_EQ(MUST(files_.of(*reader, "draft1")).size(), 1U);
    EXPECT_EQ(MUST(files_.file(*reader, FileId{one})).attached_to, "");
}

TEST_P(files_http, a_made_document_appears_with_its_verb_or_not_at_all) {
    auto made = MUST(files_.put_bytes("亲属关系情况证明.pdf", "pdf", 1, pdf()));
    {
        auto tx = MUST(store_->begin());
        files_.attach_made(*tx, made, "licence1");
    }
    auto reader = MUST(store_->reader());
    EXPECT_EQ(files_.file(*reader, made.id).error().code, "file_is_unknown") << "the verb was rolled back";
    reader.reset();
    auto tx = MUST(store_->begin());
    files_.attach_made(*tx, made, "licence1");
    MUST(tx->commit());
    reader = MUST(store_->reader());
    auto file = MUST(files_.file(*reader, made.id));
    EXPECT_EQ(file.owner, "made");
    EXPECT_EQ(sha256_hex(MUST(files_.bytes(file))), file.sha256);
}

TEST_P(files_http, bytes_without_a_row_are_swept_up) {
    MUST(files_.put_bytes("a.pdf", "pdf", 1, pdf()));
    MUST(files_.start());
    ASSERT_EQ(on_disk().size(), 1U);
    for (int hour = 0; hour < 256 + 26 && !on_disk().empty(); ++hour) {
        clock_.advance(hours{1});
        MUST(store_->run_pending());
    }
    EXPECT_TRUE(on_disk().empty());
}

TEST_P(files_http, bytes_that_were_changed_on_disk_do_not_open) {
    auto id = upload("zhou", "a.png", picture_).text("/id");
    auto path = on_disk().at(0);
    std::filesystem::resize_file(path, std::filesystem::file_size(path) - 1);
    auto answer = ask("zhou", "GET", id);
    EXPECT_EQ(answer.code, "file_does_not_open");
    EXPECT_EQ(answer.status, 503);
}

TEST_P(files_http, a_disk_that_cannot_be_written_takes_no_file) {
    std::ofstream(store_.directory() + "/files") << "in the way";
    auto answer = upload("zhou", "a.png", picture_);
    EXPECT_EQ(answer.code, "disk_cannot_be_written");
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(files_.put_bytes("a.pdf", "pdf", 1, pdf()).error().code, "disk_cannot_be_written");
}
