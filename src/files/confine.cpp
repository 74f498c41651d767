#include "files/confine.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <vector>

namespace tongban::files {

namespace {
constexpr rlim_t memory_max = 1536UL * 1024 * 1024;
constexpr rlim_t output_max = 64UL * 1024 * 1024;
constexpr rlim_t cpu_seconds_max = 10;

void limit(__rlimit_resource what, rlim_t value) {
    rlimit both{value, value};
    setrlimit(what, &both);
}

#if defined(__x86_64__)
constexpr unsigned own_architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned own_architecture = AUDIT_ARCH_AARCH64;
#else
constexpr unsigned own_architecture = 0;
#endif

/// Calls that reach out of the process. Refused with EACCES, as if the file or network were not for us.
std::vector<unsigned> forbidden_calls() {
    std::vector<unsigned> calls{SYS_openat,
                                SYS_openat2,
                                SYS_socket,
                                SYS_socketpair,
                                SYS_connect,
                                SYS_bind,
                                SYS_listen,
                                SYS_accept,
                                SYS_accept4,
                                SYS_sendto,
                                SYS_sendmsg,
                                SYS_execve,
                                SYS_execveat,
                                SYS_ptrace,
                                SYS_process_vm_readv,
                                SYS_process_vm_writev,
                                SYS_unlinkat,
                                SYS_renameat2,
                                SYS_mkdirat,
                                SYS_linkat,
                                SYS_symlinkat,
                                SYS_fchmodat,
                                SYS_fchownat,
                                SYS_mount,
                                SYS_bpf,
                                SYS_io_uring_setup,
                                SYS_keyctl,
                                SYS_add_key,
                                SYS_memfd_create,
                                SYS_pidfd_open,
                                SYS_pidfd_getfd,
                                SYS_setns,
                                SYS_unshare,
                                SYS_perf_event_open,
                                SYS_userfaultfd};
#if defined(__x86_64__)
    calls.insert(calls.end(), {SYS_open, SYS_creat, SYS_fork, SYS_vfork, SYS_unlink, SYS_rename, SYS_mkdir,
                               SYS_link, SYS_symlink, SYS_chmod, SYS_chown});
#endif
    return calls;
}

sock_filter load(unsigned offset) {
    return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offset);
}
sock_filter answer(unsigned what) {
    return BPF_STMT(BPF_RET | BPF_K, what);
}

/// If the loaded word equals `value`, the next instruction decides; otherwise it is skipped.
sock_filter when(unsigned value) {
    return BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
}

std::vector<sock_filter> filter() {
    std::vector<sock_filter> code;
    code.push_back(load(offsetof(seccomp_data, arch)));
    code.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, own_architecture, 1, 0));
    code.push_back(answer(SECCOMP_RET_KILL_PROCESS));
    code.push_back(load(offsetof(seccomp_data, nr)));
    // x32 numbers would be a way around the list.
    code.push_back(BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000U, 0, 1));
    code.push_back(answer(SECCOMP_RET_KILL_PROCESS));
    for (auto call : forbidden_calls()) {
        code.push_back(when(call));
        code.push_back(answer(SECCOMP_RET_ERRNO | EACCES));
    }
    // Threads are needed, processes are not. The flags of clone3 lie in memory out of a filter's sight: the C
    // library then falls back on clone.
    code.push_back(when(SYS_clone3));
    code.push_back(answer(SECCOMP_RET_ERRNO | ENOSYS));
    code.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 3));
    code.push_back(load(offsetof(seccomp_data, args)));
    code.push_back(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, CLONE_THREAD, 1, 0));
    code.push_back(answer(SECCOMP_RET_ERRNO | EACCES));
    code.push_back(answer(SECCOMP_RET_ALLOW));
    return code;
}
}  // namespace

void confine_resources() {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_DUMPABLE, 0);
    syscall(SYS_close_range, 3U, ~0U, 0U);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, cpu_seconds_max);
    limit(RLIMIT_FSIZE, output_max);
#if !defined(__SANITIZE_ADDRESS__)
    limit(RLIMIT_AS, memory_max);  // the sanitizer reserves terabytes of address space
#endif
}

void confine_calls() {
    limit(RLIMIT_NOFILE, 3);
    if (own_architecture == 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return;
    auto code = filter();
    sock_fprog program{static_cast<unsigned short>(code.size()), code.data()};
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}

}  // namespace tongban::files
