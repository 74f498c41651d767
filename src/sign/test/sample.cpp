#include "sample.h"

#include <gtest/gtest.h>

namespace tongban::sign::testing {

Renderer& renderer() {
    static auto fonts = MUST(Fonts::open(fonts_dir()));
    static auto made = MUST(Renderer::open(fonts));
    return made;
}

Template pack_template(std::string const& path) {
    return MUST(Template::read(read_file(packs_dir() + "/demo-city/" + path + ".json")));
}

Template template_of(std::string const& blocks_json) {
    return MUST(Template::read(R"({"id":"t","title":"试","blocks":[)" + blocks_json + "]}"));
}

Values kinship_values() {
    Values values;
    values.text = {{"number", "示街办证〔2026〕第000017号"},
                   {"person_name", "周桂䶮"},
                   {"person_id", "990102195601010028"},
                   {"relative_name", "𠮷·买买提江"},
                   {"relative_id", "990102198003150017"},
                   {"relation", "母子"},
                   {"checked_by", "临江社区居民委员会"},
                   {"purpose", "办理不动产继承登记"},
                   {"body_name", "示例街道办事处"},
                   {"date", chinese_date(beijing_day(noon))},
                   {"verify_code", "7KQ2M9XA"},
                   {"verify_url_shown", "https://tongban.example/verify"},
                   {"verify_url", "HTTPS://TONGBAN.EXAMPLE/V/990102000017/7KQ2M9XA"}};
    return values;
}

SealedSample& sample_seal() {
    static auto made = [] {
        Validity validity{noon - std::chrono::hours(24 * 30), noon + std::chrono::hours(24 * 3650)};
        SealedSample sample;
        sample.authority = make_demonstration_ca("通办演示根证书", validity);
        auto key =
            MUST(make_seal_certificate(sample.authority, "示例街道办事处", "11990102MB0DEM025U", validity));
        sample.signer =
            MUST(software_signer(key.key_pem, key.certificate_pem, sample.authority.certificate_pem));
        sample.picture = MUST(renderer().draw_seal({"示例街道办事处", "行政服务专用章"}));
        return sample;
    }();
    return made;
}

Bytes rendered(Layout const& layout) {
    return MUST(renderer().render_pdf(
        layout, {"亲属关系情况证明", "示街办证〔2026〕第000017号", "示例街道办事处", noon}));
}

Bytes sealed(Layout const& layout) {
    auto& seal = sample_seal();
    return MUST(sign_pdf(rendered(layout), *seal.signer, seal.picture, *layout.seal_spot(), noon));
}

Bytes const& sealed_proof() {
    static auto const made =
        sealed(MUST(renderer().lay_out(pack_template("licences/templates/kinship_proof"), kinship_values())));
    return made;
}

std::string text_of_pdf(Bytes const& pdf) {
    Scratch scratch;
    return output_of("pdftotext -layout " + scratch.write("a.pdf", pdf) + " -");
}

}  // namespace tongban::sign::testing
