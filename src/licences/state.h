// What one object of `licences` holds, and its inner verbs.
#pragma once

#include "licences/api.h"
#include "licences/decide.h"
#include "licences/rows.h"
#include "licences/studio.h"

namespace tongban::licences {

/// A seal with its key, opened for one use.
struct Seal {
    std::string body_name, line, key_pem, certificate_pem, issuer_pem;
};

struct Form {
    sign::Template form;
    std::string fingerprint;
};

/// A document ready to be kept.
struct Document {
    Bytes bytes;
    std::string sha256, template_fingerprint;
};

struct Licences::State_ {
    State_(store::Store& store, Clock const& clock, org::Org& org, identity::Identity& identity,
           files::Files& files, notify::Notify& notify, std::string fonts_directory)
        : store_(store),
          clock_(clock),
          org_(org),
          identity_(identity),
          files_(files),
          notify_(notify),
          studio_(std::move(fonts_directory)) {}

    // issue.cpp
    Result<Issued> issue(Order const& order);
    Result<Licence> reserve(Order const& order);
    Result<Licence> reserve_new(store::Tx& tx, Order const& order, Type const& type);
    Result<Document> make_document(Licence const& licence, Order const& order, Type const& type);
    Result<Issued> finish(Licence const& licence, Document const& document);
    Result<Bytes> preview(Order const& order);
    [[nodiscard]] sign::Values values_of(Licence const& licence, Order const& order) const;

    // document.cpp
    Result<Form> form(std::string const& name);
    Result<Type> type(std::string const& key);
    Result<Seal> seal_of(BodyId const& body);
    Result<Bytes> draw(Form const& form, sign::Values const& values, sign::Metadata const& metadata,
                       std::optional<Seal> const& seal);
    Result<sign::SealPicture> picture_of(sign::Renderer& renderer, Seal const& seal);
    Result<Bytes> letter(LetterOrder const& order);
    Result<std::string> authorities_pem(store::Reader& reader);

    // verify.cpp
    Result<std::optional<Licence>> find(store::Reader& reader, store::Query const& query,
                                        std::string const& by);
    Result<api::Verification> verify(std::optional<Licence> const& found, std::string const& actor,
                                     http::Language language);
    Result<api::Verification> verify_number(api::VerifyNumber const& asked, std::string const& actor,
                                            http::Language language);
    Result<api::Verification> verify_token(std::string const& token, std::string const& actor,
                                           http::Language language);
    Result<api::FileVerification> verify_file(Bytes const& file, std::string const& token,
                                              std::string const& actor, http::Language language);

    // service.cpp
    Result<api::Licences> mine(PersonId const& holder, http::Language language);
    Result<Licence> own(store::Reader& reader, PersonId const& holder, LicenceId const& id);
    Result<api::Licence> detail(PersonId const& holder, LicenceId const& id, http::Language language);
    /// As it is told on screens: in English the names of its type, issuer and rows, where the pack has them.
    Result<Licence> told(store::Reader& reader, Licence licence, http::Language language) const;
    Result<std::pair<Licence, Bytes>> download(Actor const& by, LicenceId const& id);
    Result<api::DeskLicence> find_for_desk(Actor const& by, std::string const& number,
                                           http::Language language);
    Result<api::DeskLicence> revoke_at_desk(Actor const& by, LicenceId const& id, api::Revocation const& wish,
                                            http::Language language);
    Result<Revoked> revoked(store::Reader& reader, LicenceId const& id);
    Result<void> revoke(store::Tx& tx, Actor const& by, LicenceId const& id, api::Revocation const& wish);
    void add_use(store::Tx& tx, LicenceId const& id, std::string_view what, std::string const& actor) const;

    // held.cpp
    Result<void> import_held(Pack const& pack);
    Result<std::vector<Held>> held_elsewhere(store::Reader& reader, std::string_view holder_blind,
                                             std::string_view type) const;

    [[nodiscard]] std::string address_of(std::string_view path) const;  ///< https://<site>/v/…
    Result<void> import(Pack const& pack);

    store::Store& store_;
    Clock const& clock_;
    org::Org& org_;
    identity::Identity& identity_;
    files::Files& files_;
    notify::Notify& notify_;
    std::mutex pictures_mutex_;
    std::map<std::string, sign::SealPicture> pictures_;
    Studio studio_;  // last: its threads use the above
};

Error licence_is_unknown();
api::Card card_of(Licence const& licence, Day today);
std::vector<api::FaceRow> shown_face(Licence const& licence, Viewer viewer);
std::optional<api::Revoked> revoked_of(Licence const& licence);

}  // namespace tongban::licences
