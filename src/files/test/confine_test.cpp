#include "files/confine.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <thread>

using namespace tongban::files;

namespace {
/// Runs `act` in a confined process and gives what it exits with.
int confined(int (*act)()) {
    auto child = fork();
    if (child == 0) {
        confine_resources();
        confine_calls();
        _exit(act());
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}
}  // namespace

TEST(confine, the_child_opens_no_file) {
    EXPECT_EQ(confined([] { return open("/etc/passwd", O_RDONLY) < 0 ? errno : 0; }), EACCES);
}

TEST(confine, the_child_reaches_no_network) {
    EXPECT_EQ(confined([] { return socket(AF_INET, SOCK_STREAM, 0) < 0 ? errno : 0; }), EACCES);
}

TEST(confine, the_child_starts_no_process_but_may_use_threads) {
    EXPECT_EQ(confined([] { return fork() < 0 ? errno : 0; }), EACCES);
    EXPECT_EQ(confined([] { return execl("/bin/true", "true", nullptr) < 0 ? errno : 0; }), EACCES);
    EXPECT_EQ(confined([] {
                  int ran = 0;
                  std::thread([&] { ran = 7; }).join();
                  return ran;
              }),
              7);
}

TEST(confine, the_child_inherits_no_descriptor) {
    static int leaked = open("/etc/hostname", O_RDONLY);
    ASSERT_GE(leaked, 3);
    EXPECT_EQ(confined([] { return fcntl(leaked, F_GETFD) < 0 ? errno : 0; }), EBADF);
    close(leaked);
}
