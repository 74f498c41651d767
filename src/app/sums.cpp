#include "app/sums.h"

#include <openssl/evp.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>

namespace tongban::app {

namespace {
namespace fs = std::filesystem;

constexpr char const* list_name = "SHA256SUMS";

Error damaged(std::string const& what) {
    return {ErrorKind::invalid, "backup_is_damaged", "备份不完整或已被改动：" + what + "。"};
}

/// Of files that may be larger than memory; nullopt when it cannot be read to its end.
std::optional<std::string> hash_of(fs::path const& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return std::nullopt;
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr);
    std::string block(1 << 18, '\0');
    while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0)
        EVP_DigestUpdate(digest.get(), block.data(), static_cast<std::size_t>(in.gcount()));
    if (!in.eof()) return std::nullopt;
    std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
    unsigned length = 0;
    EVP_DigestFinal_ex(digest.get(), sum.data(), &length);
    return to_hex({reinterpret_cast<char const*>(sum.data()), length});
}

/// Relative names of all files but the list itself, sorted.
std::vector<std::string> names_in(fs::path const& folder) {
    std::vector<std::string> names;
    std::error_code failed;
    for (fs::recursive_directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed))
        if (!it->is_directory(failed))
            names.push_back(it->path().lexically_relative(folder).generic_string());
    std::erase(names, list_name);
    std::ranges::sort(names);
    return names;
}

}  // namespace

Result<void> write_sums(std::string const& folder) {
    std::ofstream out(fs::path(folder) / list_name, std::ios::binary | std::ios::trunc);
    for (auto const& name : names_in(folder)) {
        auto sum = hash_of(fs::path(folder) / name);
        if (sum) out << *sum << "  " << name << '\n';
        if (!sum) out.setstate(std::ios::failbit);
    }
    out.close();
    if (!out)
        return Error{ErrorKind::unavailable, "disk_cannot_be_written",
                     "写不进 " + folder + "，请看磁盘是否已满。"};
    return {};
}

Result<void> check_sums(std::string const& folder) {
    std::ifstream in(fs::path(folder) / list_name, std::ios::binary);
    if (!in) return damaged("没有 SHA256SUMS");
    std::map<std::string, std::string> listed;
    for (std::string line; std::getline(in, line);) {
        if (line.size() < 67 || line.substr(64, 2) != "  ") return damaged("SHA256SUMS 读不懂");
        listed.emplace(line.substr(66), line.substr(0, 64));
    }
    for (auto const& name : names_in(folder)) {
        auto found = listed.find(name);
        if (found == listed.end()) return damaged("多出文件 " + name);
        if (hash_of(fs::path(folder) / name) != found->second) return damaged(name + " 的内容变了");
        listed.erase(found);
    }
    if (!listed.empty()) return damaged("缺少文件 " + listed.begin()->first);
    return {};
}

}  // namespace tongban::app
