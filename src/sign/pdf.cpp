#include "sign/pdf.h"

#define POINTERHOLDER_TRANSITION 4  // qpdf with std::shared_ptr only
#include <lcms2.h>

#include <array>
#include <cstdio>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>

#include "base/xml_text.h"
#include "sign/display.h"

namespace tongban::sign {

namespace {

constexpr char const* maker = "Tongban";

/// The colour space that red means red in. The header's date is fixed: the same input gives the same file.
Bytes srgb_profile() {
    auto* profile = cmsCreate_sRGBProfile();
    cmsSetProfileVersion(profile, 2.1);
    cmsUInt32Number size = 0;
    cmsSaveProfileToMem(profile, nullptr, &size);
    Bytes made(size, '\0');
    cmsSaveProfileToMem(profile, made.data(), &size);
    cmsCloseProfile(profile);
    static constexpr std::array<char, 12> day{7, char(0xd0), 0, 1, 0, 1,
                                              0, 0,          0, 0, 0, 0};  // 2000-01-01, ICC.1 7.2.1
    std::copy(day.begin(), day.end(), made.begin() + 24);
    return made;
}

std::string xmp(Metadata const& about) {
    auto escaped = [](std::string const& text) { return xml_text(text, XmlPlace::element); };
    auto title = escaped(about.title), number = escaped(about.number), author = escaped(about.author);
    auto at = to_text(about.made_at);
    auto words = [](std::string const& text) {
        return "<rdf:Alt><rdf:li xml:lang=\"x-default\">" + text + "</rdf:li></rdf:Alt>";
    };
    return "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
           "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF "
           "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
           "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
           " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
           " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">"
           "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>"
           "<dc:format>application/pdf</dc:format><dc:title>" +
           words(title) +
           "</dc:title>"
           "<dc:creator><rdf:Seq><rdf:li>" +
           author +
           "</rdf:li></rdf:Seq></dc:creator>"
           "<dc:description>" +
           words(number) +
           "</dc:description>"
           "<xmp:CreateDate>" +
           at + "</xmp:CreateDate><xmp:ModifyDate>" + at +
           "</xmp:ModifyDate>"
           "<xmp:CreatorTool>" +
           maker + "</xmp:CreatorTool><pdf:Producer>" + maker +
           "</pdf:Producer>"
           "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>";
}

void set_information(QPDF& pdf, Metadata const& about) {
    auto text = [](std::string const& words) { return QPDFObjectHandle::newUnicodeString(words); };
    auto info = QPDFObjectHandle::newDictionary();
    info.replaceKey("/Title", text(about.title));
    info.replaceKey("/Author", text(about.author));
    info.replaceKey("/Subject", text(about.number));
    info.replaceKey("/Creator", text(maker));
    info.replaceKey("/Producer", text(maker));
    info.replaceKey("/CreationDate", QPDFObjectHandle::newString(pdf_time(about.made_at)));
    info.replaceKey("/ModDate", QPDFObjectHandle::newString(pdf_time(about.made_at)));
    pdf.getTrailer().replaceKey("/Info", pdf.makeIndirectObject(info));
    auto metadata = QPDFObjectHandle::newStream(&pdf, xmp(about));
    metadata.getDict().replaceKey("/Type", QPDFObjectHandle::newName("/Metadata"));
    metadata.getDict().replaceKey("/Subtype", QPDFObjectHandle::newName("/XML"));
    pdf.getRoot().replaceKey("/Metadata", metadata);
}

void set_output_intent(QPDF& pdf) {
    auto profile = QPDFObjectHandle::newStream(&pdf, srgb_profile());
    profile.getDict().replaceKey("/N", QPDFObjectHandle::newInteger(3));
    auto intent = QPDFObjectHandle::newDictionary();
    intent.replaceKey("/Type", QPDFObjectHandle::newName("/OutputIntent"));
    intent.replaceKey("/S", QPDFObjectHandle::newName("/GTS_PDFA1"));
    intent.replaceKey("/OutputConditionIdentifier", QPDFObjectHandle::newString("sRGB IEC61966-2.1"));
    intent.replaceKey("/Info", QPDFObjectHandle::newString("sRGB IEC61966-2.1"));
    intent.replaceKey("/DestOutputProfile", profile);
    auto intents = QPDFObjectHandle::newArray();
    intents.appendItem(pdf.makeIndirectObject(intent));
    pdf.getRoot().replaceKey("/OutputIntents", intents);
    pdf.getRoot().replaceKey("/Lang", QPDFObjectHandle::newString("zh-CN"));
}

/// cairo writes transparency groups it does not need, and leaves out an entry that ISO 19005-2, 6.2.11.3.2
/// wants.
void mend(QPDF& pdf) {
    for (auto& object : pdf.getAllObjects()) {
        if (object.isDictionary() && object.isDictionaryOfType("/Page")) object.removeKey("/Group");
        if (object.isStream() && object.getDict().getKey("/Subtype").isNameAndEquals("/Form"))
            object.getDict().removeKey("/Group");
        if (object.isDictionary() && object.getKey("/Subtype").isNameAndEquals("/CIDFontType2") &&
            !object.hasKey("/CIDToGIDMap"))
            object.replaceKey("/CIDToGIDMap", QPDFObjectHandle::newName("/Identity"));
    }
}

Bytes written(QPDF& pdf) {
    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    writer.setMinimumPDFVersion("1.7");
    writer.setObjectStreamMode(qpdf_o_disable);
    writer.setStreamDataMode(qpdf_s_compress);
    writer.setNewlineBeforeEndstream(true);
    writer.setDeterministicID(true);
    writer.write();
    auto buffer = writer.getBufferSharedPointer();
    return Bytes(reinterpret_cast<char const*>(buffer->getBuffer()), buffer->getSize());
}

void load(QPDF& pdf, std::string_view bytes) {
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("document", bytes.data(), bytes.size());
}

Error cannot_be_signed(std::string why) {
    return {ErrorKind::invalid, "pdf_cannot_be_signed", std::move(why)};
}

QPDFObjectHandle signature_dictionary(QPDF& pdf, std::string_view signer_name, Instant at) {
    auto made = QPDFObjectHandle::newDictionary();
    made.replaceKey("/Type", QPDFObjectHandle::newName("/Sig"));
    made.replaceKey("/Filter", QPDFObjectHandle::newName("/Adobe.PPKLite"));
    made.replaceKey("/SubFilter", QPDFObjectHandle::newName("/ETSI.CAdES.detached"));
    made.replaceKey("/Contents", QPDFObjectHandle::newString(std::string(signature_room, '\0')));
    auto ranges = QPDFObjectHandle::newArray();
    ranges.appendItem(QPDFObjectHandle::newInteger(0));
    for (int i = 0; i < 3; ++i) ranges.appendItem(QPDFObjectHandle::newInteger(9999999999));
    made.replaceKey("/ByteRange", ranges);
    made.replaceKey("/M", QPDFObjectHandle::newString(pdf_time(at)));
    made.replaceKey("/Name", QPDFObjectHandle::newUnicodeString(std::string(signer_name)));
    return pdf.makeIndirectObject(made);
}

QPDFObjectHandle seal_widget(QPDF& pdf, QPDFObjectHandle page, QPDFObjectHandle signature,
                             QPDFObjectHandle look, QPDFObjectHandle::Rectangle const& place) {
    auto appearance = QPDFObjectHandle::newDictionary();
    appearance.replaceKey("/N", look);
    auto made = QPDFObjectHandle::newDictionary();
    made.replaceKey("/Type", QPDFObjectHandle::newName("/Annot"));
    made.replaceKey("/Subtype", QPDFObjectHandle::newName("/Widget"));
    made.replaceKey("/FT", QPDFObjectHandle::newName("/Sig"));
    made.replaceKey("/T", QPDFObjectHandle::newString("Seal1"));
    made.replaceKey("/V", signature);
    made.replaceKey("/P", page);
    made.replaceKey("/Rect", QPDFObjectHandle::newFromRectangle(place));
    made.replaceKey("/F", QPDFObjectHandle::newInteger(132));  // printed, locked
    made.replaceKey("/AP", appearance);
    return pdf.makeIndirectObject(made);
}

/// Finds the empty signature in the written file and writes its true byte ranges.
Result<Unsigned> with_ranges(Bytes bytes) {
    Unsigned made;
    std::string const zeros(2 * signature_room, '0');
    auto gap = bytes.find("<" + zeros + ">");
    std::string const placeholder = "9999999999 9999999999 9999999999";
    auto ranges = bytes.find(placeholder);
    if (gap == bytes.npos || ranges == bytes.npos)
        return cannot_be_signed("the empty signature was not found");
    made.gap_from = gap;
    made.gap_until = gap + zeros.size() + 2;
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%zu %zu %zu", made.gap_from, made.gap_until,
                  bytes.size() - made.gap_until);
    std::string padded(text.data());
    padded.resize(placeholder.size(), ' ');
    bytes.replace(ranges, placeholder.size(), padded);
    made.pdf = std::move(bytes);
    return made;
}

}  // namespace

std::string pdf_time(Instant at) {
    auto iso = to_text(at);  // 2026-11-21T09:30:00+08:00
    std::string digits;
    for (char c : iso.substr(0, 19))
        if (c >= '0' && c <= '9') digits += c;
    return "D:" + digits + "+08'00'";
}

Result<Bytes> with_archive_furniture(Bytes const& bytes, Metadata const& metadata) try {
    QPDF pdf;
    load(pdf, bytes);
    set_information(pdf, metadata);
    set_output_intent(pdf);
    mend(pdf);
    return written(pdf);
} catch (std::exception const& problem) {
    return cannot_be_signed(problem.what());
}

Result<Unsigned> with_signature_place(std::string_view bytes, SealPicture const& picture,
                                      SealSpot const& spot, std::string_view signer_name,
                                      Instant signing_time) try {
    QPDF pdf, seal;
    load(pdf, bytes);
    load(seal, picture.pdf);
    auto pages = QPDFPageDocumentHelper(pdf).getAllPages();
    auto looks = QPDFPageDocumentHelper(seal).getAllPages();
    if (spot.page < 1 || std::size_t(spot.page) > pages.size() || looks.size() != 1)
        return cannot_be_signed("no such page");
    if (pdf.getRoot().hasKey("/AcroForm")) return cannot_be_signed("it has a form or a signature already");
    auto page = pages[std::size_t(spot.page) - 1].getObjectHandle();
    auto media = pages[std::size_t(spot.page) - 1].getMediaBox().getArrayAsRectangle();
    double half = picture.side_mm / 2 * points_per_mm;
    double x = media.llx + spot.x_mm * points_per_mm, y = media.ury - spot.y_mm * points_per_mm;
    QPDFObjectHandle::Rectangle place(x - half, y - half, x + half, y + half);
    if (place.llx < media.llx || place.lly < media.lly || place.urx > media.urx || place.ury > media.ury)
        return cannot_be_signed("the seal reaches beyond the page");
    auto look = pdf.copyForeignObject(looks[0].getFormXObjectForPage());
    look.getDict().removeKey("/Group");
    auto signature = signature_dictionary(pdf, signer_name, signing_time);
    auto widget = seal_widget(pdf, page, signature, look, place);
    auto notes = QPDFObjectHandle::newArray();
    notes.appendItem(widget);
    page.replaceKey("/Annots", notes);
    auto form = QPDFObjectHandle::newDictionary();
    form.replaceKey("/Fields", QPDFObjectHandle::newArray({widget}));
    form.replaceKey("/SigFlags", QPDFObjectHandle::newInteger(3));
    pdf.getRoot().replaceKey("/AcroForm", pdf.makeIndirectObject(form));
    return with_ranges(written(pdf));
} catch (std::exception const& problem) {
    return cannot_be_signed(problem.what());
}

}  // namespace tongban::sign
