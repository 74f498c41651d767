#define POINTERHOLDER_TRANSITION 4  // qpdf 11 asks each user to say which smart pointer it means
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <set>

#include "files/inspect.h"

namespace tongban::files {

namespace {
constexpr int nesting_max = 100;

/// ISO 32000-1, 12.6.4: actions that run something, send something or open something else. Links to a page
/// (GoTo) and to a web address (URI) only act when a person follows them.
bool is_active_action(std::string const& name) {
    static std::set<std::string> const active{
        "/JavaScript", "/Launch", "/SubmitForm", "/ImportData",       "/GoToR",     "/GoToE",
        "/Rendition",  "/Movie",  "/Sound",      "/RichMediaExecute", "/ResetForm", "/GoTo3DView"};
    return active.contains(name);
}

bool is_active_key(std::string const& key) {
    static std::set<std::string> const active{"/JS",  "/JavaScript", "/AA", "/EmbeddedFiles",
                                              "/XFA", "/RichMedia",  "/EF"};
    return active.contains(key);
}

bool is_active(QPDFObjectHandle object, int depth);

bool has_active_entry(QPDFObjectHandle dictionary, int depth) {
    for (auto const& key : dictionary.getKeys()) {
        auto value = dictionary.getKey(key);
        if (is_active_key(key) && !value.isNull()) return true;
        if (key == "/S" && value.isName() && is_active_action(value.getName())) return true;
        if (key == "/Type" && value.isName() && value.getName() == "/EmbeddedFile") return true;
        // Indirect objects are looked at in their own turn.
        if (!value.isIndirect() && is_active(value, depth + 1)) return true;
    }
    return false;
}

bool is_active(QPDFObjectHandle object, int depth) {
    if (depth > nesting_max) return true;
    if (object.isStream()) return has_active_entry(object.getDict(), depth);
    if (object.isDictionary()) return has_active_entry(object, depth);
    if (!object.isArray()) return false;
    for (auto const& item : object.aitems()) {
        if (!item.isIndirect() && is_active(item, depth + 1)) return true;
    }
    return false;
}
}  // namespace

Result<Checked> inspect_pdf(std::string const& bytes) {
    if (!bytes.starts_with("%PDF-")) return refusal("file_is_damaged");
    try {
        QPDF pdf;
        pdf.setSuppressWarnings(true);
        // What one reader repairs, another reads differently: a damaged file is refused, not guessed at.
        pdf.setAttemptRecovery(false);
        pdf.processMemoryFile("upload", bytes.data(), bytes.size());
        if (pdf.isEncrypted()) return refusal("pdf_is_encrypted");
        for (auto const& object : pdf.getAllObjects()) {
            if (is_active(object, 0)) return refusal("pdf_has_active_content");
        }
        auto pages = pdf.getAllPages().size();
        if (pages == 0) return refusal("file_is_damaged");
        if (pages > pdf_pages_max) return refusal("pdf_has_too_many_pages");
        return Checked{"pdf", static_cast<int>(pages), 0, 0, {}};
    } catch (QPDFExc const& failed) {
        return refusal(failed.getErrorCode() == qpdf_e_password ? "pdf_is_encrypted" : "file_is_damaged");
    } catch (std::exception const&) {
        return refusal("file_is_damaged");
    }
}

}  // namespace tongban::files
