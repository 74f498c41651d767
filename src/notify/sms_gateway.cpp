// The gateway of a pack.
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "notify/sms.h"

namespace tongban::notify {

namespace {
constexpr char const* file = "notify/sms.json";

void read_signing(org::PackNode const& node, Gateway& gateway) {
    node.only({"scheme", "key_id", "key_name", "demo_secret"});
    auto scheme = node.one_of("scheme", {"none", "bearer", "hmac_sha256", "hmac_sm3"});
    gateway.scheme = client::read_scheme(scheme).value_or(client::Scheme::none);
    gateway.key_id = node.text_or("key_id", "", 60);
    gateway.key_name = node.text_or("key_name", "", 60);
    gateway.demo_secret = node.text_or("demo_secret", "");
    auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    if (!std::all_of(gateway.key_name.begin(), gateway.key_name.end(), plain))
        node.wrong("key_name", "pack_id_is_malformed", "文件名只用小写字母、数字、- 和 _。");
    if (gateway.scheme != client::Scheme::none && gateway.key_name.empty())
        node.wrong("key_name", "pack_value_is_missing", "缺少 key_name。");
}

void read_code(org::PackNode const& node, Gateway& gateway) {
    node.only({"kind", "zh", "en"});
    auto text = node.text("zh", 70);
    bool code = false;
    fill(text, [&](std::string_view name) {
        code = code || name == "code";
        if (name != "code" && name != "minutes")
            node.wrong("zh", "template_names_no_value", "只能用 {code} 和 {minutes}。");
        return std::string();
    });
    if (!code) node.wrong("zh", "template_names_no_value", "缺少 {code}。");
    gateway.codes.emplace(node.text("kind", 40), std::move(text));
}
}  // namespace

Result<Gateway> read_gateway(std::string_view text) {
    auto json = TRY(read_json(text));
    org::Troubles troubles;
    org::PackNode node(json, "notify/sms.json#", troubles);
    node.only({"url", "receipts", "callback", "sign", "sender", "deadline_ms", "demo", "codes"});
    Gateway gateway;
    gateway.url = node.text("url", 300);
    for (auto const* key : {"url", "receipts", "callback"}) {
        auto address = node.text_or(key, "$SIM", 300);
        if (!address.starts_with("$SIM") && !address.starts_with("http://") &&
            !address.starts_with("https://"))
            node.wrong(key, "address_is_malformed", "地址以 http://、https:// 或 $SIM 开头。");
    }
    gateway.receipts = node.text_or("receipts", "", 300);
    gateway.callback = node.text_or("callback", "", 300);
    read_signing(node.object("sign"), gateway);
    gateway.sender = node.text("sender", 20);
    gateway.deadline_ms = static_cast<int>(node.number_or("deadline_ms", 3000, 500, 20000));
    gateway.demo = node.flag_or_no("demo");
    for (auto const& each : node.list_or_none("codes")) read_code(each, gateway);
    TRY(troubles.verdict());
    return gateway;
}

Result<void> Sms::import(Pack const& pack) {
    auto text = pack.read(file);
    auto tx = TRY(store_.begin());
    if (!text.ok()) {
        tx->write(sql::drop_gateway);
        return tx->commit();
    }
    auto gateway = TRY(read_gateway(*text));
    tx->write(sql::save_gateway, *text);
    tx->audit({Actor::system("import").text(), "notify.import_gateway", "gateway", {}});
    TRY(tx->commit());
    return make_key(gateway);
}

Result<void> Sms::make_key(Gateway const& gateway) const {
    if (!line_ || gateway.demo_secret.empty() || gateway.key_name.empty()) return {};
    if (!line_->org.picture()->site().demonstration) return {};
    auto path = store_.data_directory() + "/keys/" + gateway.key_name;
    if (std::filesystem::exists(path)) return {};
    auto key = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    auto const& secret = gateway.demo_secret;
    bool written =
        key >= 0 && ::write(key, secret.data(), secret.size()) == static_cast<ssize_t>(secret.size());
    if (key >= 0) ::close(key);
    if (written) return {};
    return Error{ErrorKind::unavailable, "key_cannot_be_written", "密钥文件写不进去：" + path};
}

Result<void> Sms::load(store::Reader& reader) {
    auto rows = TRY(reader.rows(sql::gateway));
    std::shared_ptr<Gateway const> loaded;
    if (!rows.empty())
        loaded = std::make_shared<Gateway const>(TRY(read_gateway(rows[0].text("definition"))));
    std::scoped_lock lock(mutex_);
    gateway_ = std::move(loaded);
    return {};
}

std::shared_ptr<Gateway const> Sms::gateway() const {
    std::scoped_lock lock(mutex_);
    return gateway_;
}

std::string Sms::address_of(std::string const& url) const {
    constexpr std::string_view placeholder = "$SIM";
    if (!url.starts_with(placeholder)) return url;
    return line_->address.empty() ? "" : line_->address + url.substr(placeholder.size());
}

client::Signing Sms::signing(Gateway const& gateway) const {
    std::ifstream key(store_.data_directory() + "/keys/" + gateway.key_name, std::ios::binary);
    return {gateway.scheme, gateway.key_id, trimmed(Bytes(std::istreambuf_iterator<char>(key), {}))};
}

bool Sms::is_connected() const {
    auto present = gateway();
    return line_ && present && !address_of(present->url).empty();
}

}  // namespace tongban::notify
