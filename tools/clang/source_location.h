// For clang 14, which tidies and fuzzes: libstdc++ 12 offers std::source_location where the compiler has __builtin_source_location, which
// came with Clang 15. The program that people run is never compiled with this.
#pragma once
#if defined(__clang__) && !__has_builtin(__builtin_source_location)
namespace std {
struct source_location {
    unsigned line_ = 0;
    char const* file_ = "";
    static constexpr source_location current(unsigned line = __builtin_LINE(), char const* file = __builtin_FILE()) noexcept {
        source_location here;
        here.line_ = line;
        here.file_ = file;
        return here;
    }
    constexpr unsigned line() const noexcept { return line_; }
    constexpr unsigned column() const noexcept { return 0; }
    constexpr char const* file_name() const noexcept { return file_; }
    constexpr char const* function_name() const noexcept { return ""; }
};
}  // namespace std
#endif
