// documents ROUNDS: what one sealed page costs, step by step, on one core. Prints one JSON object.
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "sign/sign.h"

using namespace tongban;

namespace {

double cpu_ms() {
    timespec t{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return double(t.tv_sec) * 1e3 + double(t.tv_nsec) / 1e6;
}

sign::Values kinship_values(int n) {
    sign::Values values;
    auto serial = std::to_string(100000 + n);
    values.text = {{"number", "示街办证〔2026〕第" + serial + "号"},
                   {"person_name", "周桂兰"},
                   {"person_id", "990102195603120029"},
                   {"relative_name", "李晓燕"},
                   {"relative_id", "99010219810725024X"},
                   {"relation", "母子（女）"},
                   {"checked_by", "本机关"},
                   {"purpose", "办理银行业务"},
                   {"receiving_unit", "示例银行示例支行"},
                   {"body_name", "示例市示例区人民政府示例街道办事处"},
                   {"date", "二〇二六年十一月二十一日"},
                   {"verify_code", "7KQ2M9XA"},
                   {"verify_url_shown", "https://tongban.example/verify"},
                   {"verify_url", "HTTPS://TONGBAN.EXAMPLE/V/" + serial + "/7KQ2M9XA"}};
    return values;
}

struct Step {
    char const* name;
    double spent = 0;
};

template <class Work>
auto timed(Step& step, Work&& work) {
    double from = cpu_ms();
    auto made = work();
    step.spent += cpu_ms() - from;
    return made;
}

}  // namespace

int main(int count, char** words) {
    int rounds = count > 1 ? std::atoi(words[1]) : 50;
    auto fonts = MUST(sign::Fonts::open(TONGBAN_FONTS));
    auto renderer = MUST(sign::Renderer::open(fonts));
    auto form =
        MUST(sign::Template::read(MUST(Pack{TONGBAN_PACK}.read("licences/templates/kinship_proof.json"))));
    constexpr Instant noon{1795233600000};
    sign::Validity validity{noon - std::chrono::hours(24 * 30), noon + std::chrono::hours(24 * 3650)};
    auto authority = sign::make_demonstration_ca("通办演示根证书", validity);
    auto key = MUST(sign::make_seal_certificate(authority, "示例街道办事处", "11990102MB0D20011R", validity));
    auto signer = MUST(sign::software_signer(key.key_pem, key.certificate_pem, authority.certificate_pem));
    auto picture = MUST(renderer.draw_seal({"示例街道办事处", "行政服务专用章"}));
    Step lay{"lay_out"}, draw{"draw"}, seal{"sign"}, verify{"verify"};
    std::size_t bytes = 0;
    for (int n = -5; n < rounds; ++n) {
        if (n == 0) lay.spent = draw.spent = seal.spent = verify.spent = 0;
        auto layout = timed(lay, [&] { return MUST(renderer.lay_out(form, kinship_values(n + 5))); });
        auto pdf = timed(draw, [&] {
            return MUST(renderer.render_pdf(
                layout, {"亲属关系情况证明", "示街证〔2026〕1号", "示例街道办事处", noon}));
        });
        auto sealed = timed(
            seal, [&] { return MUST(sign::sign_pdf(pdf, *signer, picture, *layout.seal_spot(), noon)); });
        auto genuine =
            timed(verify, [&] { return sign::verify_pdf(sealed, authority.certificate_pem).genuine(); });
        if (!genuine) return 1;
        bytes = sealed.size();
        if (n == 0 && count > 2) std::fwrite(sealed.data(), 1, sealed.size(), std::fopen(words[2], "wb"));
    }
    std::printf("{\"rounds\":%d,\"bytes\":%zu", rounds, bytes);
    for (auto const& step : {lay, draw, seal, verify})
        std::printf(",\"%s_ms\":%.3f", step.name, step.spent / rounds);
    std::printf("}\n");
    return 0;
}
