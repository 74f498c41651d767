#include "store/pool.h"

#include <atomic>
#include <thread>

#include "kit/kit.h"

using namespace tongban;

namespace {

struct Line {
    int number = 0;
    bool answers = true, good = true;
    [[nodiscard]] bool is_alive() const { return answers; }
    [[nodiscard]] bool may_be_kept() const { return good; }
};

class Pools : public testing::Test {
protected:
    store::Pool<Line>::Maker maker() {
        return [this]() -> Result<std::unique_ptr<Line>> {
            if (broken_) return Error{ErrorKind::unavailable, "nobody_answers", ""};
            return std::make_unique<Line>(Line{++made_});
        };
    }
    std::atomic<int> made_ = 0;
    std::atomic<bool> broken_ = false;
};

}  // namespace

TEST_F(Pools, give_a_crowd_no_more_than_they_have) {
    constexpr int most = 3, crowd = 24, turns = 400;
    store::Pool<Line> pool(most, maker());
    std::atomic<int> held = 0, too_many = 0, refused = 0;
    std::vector<std::thread> people;
    for (int i = 0; i < crowd; ++i)
        people.emplace_back([&] {
            for (int turn = 0; turn < turns; ++turn) {
                auto line = pool.take();
                if (!line.ok()) {
                    ++refused;
                    continue;
                }
                if (++held > most) ++too_many;
                std::this_thread::yield();
                --held;
                (*line)->good = turn % 50 != 7;
                pool.give_back(std::move(*line));
            }
        });
    for (auto& one : people) one.join();
    EXPECT_EQ(too_many, 0);
    EXPECT_EQ(refused, 0) << "everybody gets a turn";
    EXPECT_LE(made_, most + crowd * turns / 50) << "a new one only where one was not kept";
}

TEST_F(Pools, replace_what_no_longer_answers) {
    store::Pool<Line> pool(1, maker());
    auto line = MUST(pool.take());
    line->answers = false;
    pool.give_back(std::move(line));
    auto second = MUST(pool.take());
    EXPECT_EQ(second->number, 2);
    second->good = false;
    pool.give_back(std::move(second));
    EXPECT_EQ(MUST(pool.take())->number, 3);
}

TEST_F(Pools, lose_no_place_to_a_failure) {
    store::Pool<Line> pool(1, maker());
    broken_ = true;
    EXPECT_EQ(pool.take().error().code, "nobody_answers");
    broken_ = false;
    auto line = MUST(pool.take());
    line->answers = false;
    pool.give_back(std::move(line));
    broken_ = true;
    EXPECT_EQ(pool.take().error().code, "nobody_answers") << "the old one is gone, and no new one came";
    broken_ = false;
    EXPECT_EQ(MUST(pool.take())->number, 2);
}

TEST_F(Pools, hand_the_place_of_a_failure_to_who_waits) {
    store::Pool<Line> pool(1, maker());
    auto line = MUST(pool.take());
    std::thread other([&] { EXPECT_EQ(MUST(pool.take())->number, 2); });
    line->good = false;
    pool.give_back(std::move(line));
    other.join();
}
