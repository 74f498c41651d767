#include "app/doctor_lines.h"

#include <condition_variable>
#include <mutex>

#include "client/client.h"

namespace tongban::app {

namespace {
using Findings = std::vector<Finding>;
using exchange::Standing;
using std::chrono::hours;

constexpr int health_deadline_ms = 3000;

/// Which sources say themselves that they are well.
std::map<std::string, bool> ask_health(std::vector<Standing> const& sources) {
    std::mutex mutex;
    std::condition_variable answered;
    std::map<std::string, bool> well;
    std::size_t asked = 0;
    client::Client client;
    for (auto const& source : sources) {
        if (source.health_url.empty()) continue;
        ++asked;
        client::Call call;
        call.url = source.health_url;
        call.deadline_ms = health_deadline_ms;
        client.start(std::move(call), [&, name = source.source](client::Reply reply) {
            std::scoped_lock lock(mutex);
            well[name] = reply.answered() && reply.status >= 200 && reply.status < 300;
            answered.notify_all();
        });
    }
    std::unique_lock lock(mutex);
    answered.wait(lock, [&] { return well.size() == asked; });
    return well;
}

Words since_words(std::optional<Instant> since) {
    if (!since) return {"", ""};
    return {"，自" + chinese_time(*since) + "起", ", since " + tongban::to_text(*since)};
}

void tell_unreachable(Findings& all, Standing const& source, Instant now) {
    auto since = since_words(source.failing_since);
    bool old = source.failing_since && *source.failing_since + hours{24} < now;
    all.push_back(
        {"sources",
         old ? Health::bad : Health::attention,
         {source.name + "连不上" + since.zh + "。" +
              (source.is_paused ? "连续失败太多次，程序已暂停询问，好了会自动恢复。" : ""),
          source.name_en + " is not reachable" + since.en + "." +
              (source.is_paused ? " It failed so often that it is not asked for a while." : "")},
         {"查一查网络和地址 " + source.health_url + "，请对方单位处理；这期间群众可以自己填写、上传或承诺。",
          "See to the network and the address " + source.health_url +
              ", and tell the department; meanwhile people fill in, upload or promise."}});
}

/// It says that it is well, or says nothing of itself; what is kept tells how it answered people.
void tell_failing(Findings& all, Standing const& source) {
    auto since = since_words(source.failing_since);
    all.push_back(
        {"sources",
         Health::attention,
         {source.name + "最近一次询问没有成功（" + source.failure + "）" + since.zh + "。",
          source.name_en + ": the last question failed (" + source.failure_en + ")" + since.en + "."},
         {"有人再问、对方答了，就不再提示；若一直这样，请看接口配置和密钥是否与对方一致。",
          "This goes with the next answer; if it stays, compare connector and key with the department."}});
}

void tell_list(Findings& all, Standing const& source) {
    auto const& list = *source.overdue_list;
    bool never = !list.fetched_at;
    all.push_back({"sources",
                   Health::attention,
                   {source.name + "的名单“" + list.name +
                        (never ? "”还没有取到过。"
                               : "”很久没有取到新的，现在用的是" + chinese_time(*list.fetched_at) + "的。"),
                    source.name_en + (never ? ": its list was never fetched: " : ": its list is old: ") +
                        list.name_en + "."},
                   {"看服务是否在运行；日志里有取不到的原因。程序每小时会再取。",
                    "See whether a server runs; the log says why. It is fetched again every hour."}});
}

void tell_address(Findings& all, std::vector<Standing> const& sources) {
    std::string names, names_en;
    std::size_t without = 0;
    for (auto const& source : sources) {
        if (source.has_address) continue;
        ++without;
        names += (names.empty() ? "" : "、") + source.name;
        names_en += (names_en.empty() ? "" : ", ") + source.name_en;
    }
    if (without == 0) return;
    all.push_back(
        {"sources",
         Health::attention,
         {std::to_string(without) + " 个数据来源没有设置地址：" + names + "。",
          std::to_string(without) + " sources have no address: " + names_en + "."},
         {"在地区包 exchange/connectors/ 里写上地址再 tongban import；用 $SIM 的，serve 和 doctor 都要带 "
          "--exchange-at。",
          "Write their addresses into exchange/connectors/ of the pack and import it; where they say $SIM, "
          "give --exchange-at to serve and to doctor."}});
}

void tell_keys(Findings& all, std::vector<Standing> const& sources) {
    for (auto const& source : sources) {
        if (source.has_key) continue;
        all.push_back(
            {"sources",
             Health::bad,
             {source.name + "的密钥没有，谁也问不了它。", "The key of " + source.name_en + " is missing."},
             {"把与对方约定的密钥放进 keys/（文件名见 exchange/connectors/" + source.source +
                  ".json 的 key_name），权限 600；不用重启。",
              "Put the agreed key into keys/ under the key_name of exchange/connectors/" + source.source +
                  ".json, mode 600; no restart is needed."}});
    }
}

}  // namespace

void look_at_sources(Findings& all, House& house, Clock const& clock) {
    auto reader = house.store().reader();
    if (!reader.ok()) return;
    auto sources = house.exchange().standings(**reader);
    if (!sources.ok()) return;
    reader->reset();
    if (sources->empty())
        return good(all, "sources", "没有配置数据来源，材料都由群众提供。",
                    "No sources are configured; people give every paper.");
    auto well = ask_health(*sources);
    auto before = all.size();
    tell_keys(all, *sources);
    tell_address(all, *sources);
    for (auto const& source : *sources) {
        if (!source.has_key || !source.has_address) continue;
        auto said = well.find(source.source);
        if (said != well.end() && !said->second)
            tell_unreachable(all, source, clock.now());
        else if (source.failing_since)
            tell_failing(all, source);
        else if (source.overdue_list)
            tell_list(all, source);
    }
    if (all.size() == before)
        good(all, "sources", std::to_string(sources->size()) + " 个数据来源都通。",
             "All " + std::to_string(sources->size()) + " sources answer.");
}

std::vector<cases::LetterForm> letters_without_template(House& house) {
    auto reader = house.store().reader();
    if (!reader.ok()) return {};
    auto known = house.licences().letters_with_template(**reader);
    if (!known.ok()) return {};
    auto lacking = cases::letter_forms();
    std::erase_if(lacking, [&](auto const& each) { return known->contains(each.key); });
    return lacking;
}

void look_at_letters(Findings& all, House& house) {
    auto const lacking = letters_without_template(house);
    if (lacking.empty()) return good(all, "letters", "每种文书都有模板。", "Every letter has its template.");
    std::int64_t waiting = 0;
    if (auto failing = house.store().failing(); failing.ok())
        for (auto const& each : *failing)
            if (each.code == "letter_has_no_template") waiting += each.count;
    std::string names, files;
    for (auto const& each : lacking) {
        names += (names.empty() ? "" : "、") + each.title;
        files += (files.empty() ? "" : " ") + each.key + ".json";
    }
    auto count = std::to_string(waiting);
    all.push_back(
        {"letters",
         waiting > 0 ? Health::bad : Health::attention,
         {"导入的地区包里没有这些文书的模板：" + names + "；等着它们的文书有 " + count + " 份。",
          "The imported pack has no template for these letters: " + files + "; " + count +
              " letters wait for one."},
         {"换上随新版程序来的地区包，或者在本地区的 cases/letters/ 里补上 " + files +
              "，再 tongban import；等着的文书一小时内自动做好，重启服务就马上做。",
          "Take the pack that came with the program, or add them to cases/letters/ of your own, and run "
          "tongban import; what waits is made within the hour, or at once after a restart."}});
}

void look_at_sms(Findings& all, House& house, Clock const& clock) {
    auto reader = house.store().reader();
    if (!reader.ok()) return;
    auto sms = house.notify().sms_standing(**reader);
    if (!sms.ok()) return;
    auto tell = [&](Health health, Words says, Words fix) {
        all.push_back({"sms", health, std::move(says), std::move(fix)});
    };
    if (!sms->has_gateway)
        return good(all, "sms", "没有配置短信网关，只发站内消息。",
                    "There is no SMS gateway; messages stay in the app.");
    if (!sms->has_key)
        return tell(Health::bad, {"短信网关的密钥没有。", "The key of the SMS gateway is missing."},
                    {"把约定的密钥放进 keys/（文件名见 notify/sms.json 的 key_name），权限 600。",
                     "Put the agreed key into keys/ under the key_name of notify/sms.json, mode 600."});
    if (!sms->has_address)
        return tell(
            Health::attention,
            {"短信网关没有设置地址，不发短信。", "The SMS gateway has no address; no SMS are sent."},
            {"在 notify/sms.json 里写上地址再 tongban import；用 $SIM 的要带 --exchange-at。",
             "Write it into notify/sms.json and import the pack; where it says $SIM, give --exchange-at."});
    auto waiting = std::to_string(sms->waiting), failing = std::to_string(sms->failing);
    if (sms->failing > 0) {
        bool old = *sms->waiting_since + hours{1} < clock.now();
        return tell(
            old ? Health::bad : Health::attention,
            {failing + " 条短信发不出去（" + sms->failure + "），最早的从" +
                 chinese_time(*sms->waiting_since) + "等起。",
             failing + " SMS cannot be handed over (" + sms->failure_en + "), the oldest of " +
                 tongban::to_text(*sms->waiting_since) + "."},
            {"请短信服务商处理，或核对地址和密钥；好了会自动重发，过了时效的不再发，站内消息都在。",
             "Ask the provider, or compare address and key; they are sent by themselves then. Messages in "
             "the app are there anyway."});
    }
    if (sms->failed_day >= 5 && sms->failed_day * 2 > sms->sent_day)
        return tell(Health::attention,
                    {"一天里 " + std::to_string(sms->sent_day) + " 条短信有 " +
                         std::to_string(sms->failed_day) + " 条没有送到。",
                     std::to_string(sms->failed_day) + " of " + std::to_string(sms->sent_day) +
                         " SMS of a day did not arrive."},
                    {"请短信服务商查签名和模板是否被拦。",
                     "Ask the provider whether signature or texts are blocked."});
    good(all, "sms", "短信网关已接，在等的有 " + waiting + " 条。",
         "The SMS gateway is set; " + waiting + " wait.");
}

}  // namespace tongban::app
