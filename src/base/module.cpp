#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/base.h"

namespace tongban {

namespace fs = std::filesystem;

Result<std::string> Pack::read(std::string_view path) const {
    std::ifstream file(fs::path(directory) / path, std::ios::binary);
    std::error_code ignored;
    if (!file || !fs::is_regular_file(fs::path(directory) / path, ignored))
        return Error{ErrorKind::not_found, "pack_file_is_missing",
                     "地区包中没有文件 " + std::string(path) + "。"};
    return std::string(std::istreambuf_iterator<char>(file), {});
}

std::vector<std::string> Pack::list(std::string_view folder, std::string_view suffix) const {
    std::vector<std::string> found;
    std::error_code failed;
    auto root = fs::path(directory);
    for (fs::recursive_directory_iterator it(root / folder, failed), end; !failed && it != end;
         it.increment(failed)) {
        if (it->is_regular_file() && it->path().filename().string().ends_with(suffix))
            found.push_back(it->path().lexically_relative(root).generic_string());
    }
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace tongban
