// QR codes as squares of modules (GB/T 18284).
#pragma once

#include "sign/sign.h"

namespace tongban::sign {

struct QrModules {
    int side = 0;
    std::string dark;  ///< side × side characters, '1' where dark, row by row
    bool at(int x, int y) const { return dark[std::size_t(y * side + x)] == '1'; }
};
constexpr int qr_quiet_zone = 4;  ///< modules, on each side

/// Error correction M. Up to version 10: what a phone still reads at 25 mm from an ordinary print.
Result<QrModules> qr_modules(std::string_view text);

}  // namespace tongban::sign
