// The door of `sign`: documents from templates, the seal's picture, signatures on PDF, their check, QR codes.
// Values in, bytes out: no SQL, no clock; random numbers only for keys and signatures. README.md says more.
#pragma once

#include <map>
#include <memory>

#include "base/base.h"

namespace tongban::sign {

// Documents
using Row = std::map<std::string, std::string, std::less<>>;

/// What a document says: single values, and lists of rows (gaps, materials).
struct Values {
    Row text;
    std::map<std::string, std::vector<Row>, std::less<>> lists;
};

/// The values a template asks for. `optional` ones switch a block on, and belong to it.
struct Needs {
    std::vector<std::string> text, optional;
    std::map<std::string, std::vector<std::string>> lists;  ///< list -> its columns
};

/// A document's form, as data (packs/schemas/template.schema.json).
class Template {
public:
    /// Refuses: template_cannot_be_read, `detail` says where.
    static Result<Template> read(std::string_view json_text);
    std::string const& id() const;
    std::string const& title() const;
    int version() const;
    Needs needs() const;

private:
    friend class Renderer;
    std::shared_ptr<struct TemplateBody const> body_;
};

/// The folder of faces made by tools/fonts.sh; the machine's own fonts are never used. Shared by all threads.
class Fonts {
public:
    static Result<Fonts> open(std::string const& dir);  ///< refuses: fonts_are_missing
private:
    friend class Renderer;
    std::shared_ptr<struct FontFolder const> folder_;
};

/// Where the seal goes: its centre, from the top left corner of a page (the first page is 1).
struct SealSpot {
    int page = 1;
    double x_mm = 0, y_mm = 0;
};

/// A document laid out on pages, not yet drawn.
class Layout {
public:
    int pages() const;
    std::optional<SealSpot> seal_spot() const;  ///< none when the template has no seal
private:
    friend class Renderer;
    std::shared_ptr<struct LayoutBody const> body_;
};

/// What file viewers show about the document.
struct Metadata {
    std::string title, number, author;
    Instant made_at;
};

/// The words of a round seal. `mark` stands on every seal that no certified device made (电子签名法;
/// domain 6.4).
struct SealFace {
    std::string body_name;  ///< on the arc
    std::string line;       ///< 行政服务专用章; may be empty
    std::string mark = "演示";
};

struct SealPicture {
    Bytes pdf;  ///< one page, paths only
    double side_mm = 40;
};

/// Draws. Owns Pango and cairo objects: one per thread, never shared; the first document warms it up.
class Renderer {
public:
    static Result<Renderer> open(Fonts const& fonts);
    Renderer(Renderer&&) noexcept;
    Renderer& operator=(Renderer&&) noexcept;
    ~Renderer();
    /// Refuses: template_value_is_missing (fields name each), character_cannot_be_drawn (detail `U+20BB7`),
    /// text_is_too_long_for_its_place, qr_text_is_too_long.
    Result<Layout> lay_out(Template const& form, Values const& values);
    Result<Bytes> render_pdf(Layout const& layout, Metadata const& metadata);  ///< PDF/A-2u, not yet signed
    Result<SealPicture> draw_seal(SealFace const& face);  ///< refuses: character_cannot_be_drawn
private:
    struct Body;
    explicit Renderer(std::unique_ptr<Body> body);
    std::unique_ptr<Body> body_;
};

std::string formal_date(Day day);  ///< 二〇二六年十一月二十一日

// Seals and signatures
enum class Algorithm { ecdsa_p256_sha256 };
/// Holds a seal's key, or knows the device that does. Called by one thread at a time.
class Signer {
public:
    virtual ~Signer() = default;
    virtual Algorithm algorithm() const = 0;
    virtual Bytes certificate_der() const = 0;
    virtual std::vector<Bytes> issuers_der() const = 0;  ///< from its issuer up to the root
    /// The signature (DER of r, s) over the hash of `message`. Refuses: seal_device_does_not_answer …
    virtual Result<Bytes> sign(std::string_view message) = 0;
};

/// A key in memory: for demonstrations and tests. Refuses: seal_key_cannot_be_read,
/// seal_certificate_does_not_match_key.
Result<std::unique_ptr<Signer>> software_signer(std::string_view key_pem, std::string_view certificate_pem,
                                                std::string_view issuers_pem);

struct CertifiedKey {
    std::string key_pem, certificate_pem;
};
struct Validity {
    Instant from, until;
};
CertifiedKey make_demonstration_ca(std::string_view name, Validity validity);
/// Refuses: seal_key_cannot_be_read (the authority's), certificate_cannot_be_made (a name too long …).
Result<CertifiedKey> make_seal_certificate(CertifiedKey const& authority, std::string_view body_name,
                                           std::string_view credit_code, Validity validity);

/// Puts the seal on its spot and signs the whole file (PAdES, ETSI.CAdES.detached). Refuses:
/// pdf_cannot_be_signed, and what the signer refuses.
Result<Bytes> sign_pdf(std::string_view pdf, Signer& signer, SealPicture const& picture, SealSpot const& spot,
                       Instant signing_time);

// Verification
enum class Outcome { passed, failed, not_reached };
/// One check. `name` says what is proved, `code` (empty when passed) what is wrong: listed in README.md.
struct Step {
    std::string name;
    Outcome outcome = Outcome::not_reached;
    std::string code;
};
struct Report {
    std::vector<Step> steps;                      ///< always all of them, in order
    std::string signer_name, signer_credit_code;  ///< from the certificate; believe them only when genuine()
    std::optional<Instant> signed_at;
    bool genuine() const;  ///< every step passed
};
Report verify_pdf(std::string_view pdf, std::string_view trusted_authority_pem);

// QR codes
/// Scheme and host in capitals (they mean the same), so that the code gets smaller; the path stays as it is.
std::string url_for_qr(std::string_view url);
Result<std::string> qr_svg(std::string_view text);  ///< refuses: qr_text_is_too_long
Result<Bytes> qr_png(std::string_view text, int pixels_per_module);

}  // namespace tongban::sign
