#include "identity/decide.h"

#include <algorithm>

namespace tongban::identity {

Attempt judge_attempt(Limits const& limits, int count, Instant last_at, Instant now) {
    auto opens_at = last_at + limits.lock;
    auto wait = static_cast<int>((opens_at.ms - now.ms + 999) / 1000);
    return {count <= limits.wrong_passwords_max, std::max(limits.wrong_passwords_max - count, 0),
            std::max(wait, 1)};
}

Instant session_ends_at(Limits const& limits, Session const& session) {
    auto idle = session.audience == Audience::staff ? limits.idle_staff : limits.idle_resident;
    return std::min(session.last_seen_at + idle, session.started_at + limits.session);
}

bool session_has_ended(Limits const& limits, Session const& session, Instant now) {
    return now >= session_ends_at(limits, session);
}

bool wants_touch(Session const& session, Instant now) {
    return now >= session.last_seen_at + std::chrono::minutes{1};
}

Error account_is_locked(int retry_after_seconds) {
    auto minutes = (retry_after_seconds + 59) / 60;
    return {ErrorKind::too_many,
            "account_is_locked",
            "密码错误次数太多，账号已锁定，" + std::to_string(minutes) + " 分钟后再试。急用请打 12345。",
            {},
            retry_after_seconds};
}

Error account_or_password_is_wrong(int attempts_left, std::chrono::minutes lock) {
    return {ErrorKind::unauthenticated, "account_or_password_is_wrong",
            "账号或密码不对。还可以试 " + std::to_string(attempts_left) + " 次，都不对就锁定 " +
                std::to_string(lock.count()) + " 分钟。"};
}

Error session_ended() {
    return {ErrorKind::unauthenticated, "session_ended", "登录已结束，请重新登录。填过的内容已经保存。"};
}

}  // namespace tongban::identity
