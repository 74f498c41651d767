// Until when what we sign with is valid: for whoever looks after the platform.
#include "licences/sql.h"
#include "licences/state.h"

namespace tongban::licences {

Result<std::vector<Validity>> Licences::validity(store::Reader& reader) const {
    auto rows = TRY(reader.rows(sql::seal_validity));
    std::vector<Validity> all;
    for (auto row : rows) all.push_back({row.id<BodyId>("holder"), row.instant("valid_until")});
    return all;
}

}  // namespace tongban::licences
