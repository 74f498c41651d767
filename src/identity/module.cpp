#include "identity/rows.h"
#include "identity/sql.h"

namespace tongban::identity {

namespace {
constexpr std::string_view erase_job = "identity.erase_sessions";
constexpr auto erase_every = std::chrono::hours{1};
}  // namespace

Identity::Identity(store::Store& store, Clock const& clock, org::Org& org, Cookies cookies)
    : state_(std::make_unique<State>(store, clock, org, cookies)) {}
Identity::~Identity() = default;

void Identity::jobs(store::Jobs& jobs) {
    jobs.add(std::string(erase_job),
             [this](store::Tx& tx, std::string const& key, json::object const&, Instant) -> Result<void> {
                 TRY(state_->erase(tx));
                 tx.plan(erase_job, key, state_->clock_.now() + erase_every);
                 return {};
             });
}

Result<void> Identity::start() {
    auto tx = TRY(state_->store_.begin());
    tx->plan(erase_job, "all", state_->clock_.now() + erase_every);
    return tx->commit();
}

Result<void> Identity::import(Pack const& pack) {
    TRY(state_->import(pack));
    return state_->import_firms(pack);
}

Result<Actor> Identity::authenticate(http::Request const& request) {
    auto session = TRY(state_->session_of(request));
    if (!session) return Actor{};
    return state_->actor_of(*session);
}

std::string Identity::csrf_token(http::Request const& request) {
    auto token = request.cookie(session_cookie);
    return token.empty() ? "" : state_->csrf_of(sha256_hex(token));
}

Result<Person> Identity::person(store::Reader& reader, PersonId const& id) const {
    auto found = TRY(reader.maybe_one(sql::person, id));
    if (!found) return Error{ErrorKind::not_found, "person_is_unknown", "没有找到这个人。"};
    return read_person(state_->store_.sealer(), (*found)[0]);
}

void Identity::foresee_person(store::Reader& reader, PersonId const& id) const {
    reader.foresee(sql::person, id);
}

Result<std::optional<PersonId>> Identity::find(store::Reader& reader,
                                               std::string_view id_number_or_phone) const {
    return state_->find_person(reader, id_number_or_phone);
}

}  // namespace tongban::identity
