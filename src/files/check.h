// The parent's side of checking: starts the child process, waits, reads its verdict without trusting it.
#pragma once

#include <semaphore>

#include "files/model.h"

namespace tongban::files {

class Checker {
public:
    /// `program` is this program itself; it answers the verb `check-upload`.
    explicit Checker(std::string program, int places = 4,
                     std::chrono::milliseconds wait = std::chrono::seconds{15})
        : program_(std::move(program)), wait_(wait), places_(places) {}
    /// Refuses as api.yaml lists, and file_check_is_busy when no place came free.
    Result<Checked> check(std::string_view name, Bytes bytes);

private:
    Result<Bytes> run_child(std::string_view bytes) const;

    std::string program_;
    std::chrono::milliseconds wait_;
    std::counting_semaphore<8> places_;
};

}  // namespace tongban::files
