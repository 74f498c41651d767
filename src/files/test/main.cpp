// This program checks uploads too: the tests start it as their child, as the server starts itself.
#include <gtest/gtest.h>

#include <cstring>

#include "files/files.h"

int main(int argc, char** argv) {
    if (argc == 2 && std::strcmp(argv[1], "check-upload") == 0) return tongban::files::check_upload_child();
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
