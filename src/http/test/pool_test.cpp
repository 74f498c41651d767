// Threads and seats.
#include "http/pool.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <latch>
#include <map>
#include <ranges>

using namespace tongban;
using http::Pool;
using namespace std::chrono_literals;

namespace {
constexpr std::size_t room = 1000;
}

TEST(Pool, lets_no_more_work_at_a_time_than_there_are_seats) {
    std::atomic<int> at_work = 0, most = 0, done = 0;
    Pool pool(16, 3, room);
    for (int i = 0; i < 300; ++i)
        pool.submit([&] {
            auto now = ++at_work;
            for (auto seen = most.load(); seen < now && !most.compare_exchange_weak(seen, now);) {
            }
            std::this_thread::yield();
            --at_work;
            ++done;
        });
    pool.stop();
    EXPECT_EQ(done, 300);
    EXPECT_LE(most, 3);
}

TEST(Pool, lets_another_one_work_while_somebody_is_out_of_the_seat) {
    std::latch other_came(1);
    std::atomic<bool> went_on = false;
    Pool pool(4, 1, room);
    pool.submit([&] {
        OutOfSeat const others_go_on;
        other_came.wait();  // for ever, did the other have to wait for this one's seat
        went_on = true;
    });
    pool.submit([&] { other_came.count_down(); });
    pool.stop();
    EXPECT_TRUE(went_on);
}

TEST(Pool, gives_no_seat_to_new_work_until_those_who_came_back_are_done) {
    std::latch second_works(1), first_is_back(1), may_end(2);
    std::atomic<int> at_work = 0, third_saw = -1;
    Pool pool(4, 1, room);
    pool.submit([&] {
        {
            OutOfSeat const others_go_on;
            second_works.wait();
        }
        ++at_work;
        first_is_back.count_down();
        may_end.arrive_and_wait();
        --at_work;
    });
    pool.submit([&] {
        ++at_work;
        second_works.count_down();
        first_is_back.wait();
        may_end.arrive_and_wait();
        --at_work;
    });
    pool.submit([&] { third_saw = at_work.load(); });
    pool.stop();
    EXPECT_EQ(third_saw, 0) << "both gave up more than the one seat there is";
}

TEST(Pool, serves_who_came_first_first) {
    std::vector<int> order;
    Pool pool(8, 1, room);
    for (int i = 0; i < 100; ++i) pool.submit([&order, i] { order.push_back(i); });
    pool.stop();
    ASSERT_EQ(order.size(), 100U);
    EXPECT_TRUE(std::ranges::is_sorted(order));
}

TEST(Pool, calls_first_who_lay_down_last) {
    Pool pool(8, 8, room);
    auto thread_of_one_work = [&] {
        std::promise<std::thread::id> done;
        pool.submit([&] { done.set_value(std::this_thread::get_id()); });
        return done.get_future().get();
    };
    std::map<std::thread::id, int> times;
    constexpr int works = 200;
    for (int i = 0; i < works; ++i) ++times[thread_of_one_work()];
    // Who has just said that it is done may not lie yet: two or three take turns then, but not all eight.
    EXPECT_GT(std::ranges::max(times | std::views::values), works / 4);
}

TEST(Pool, is_crowded_while_work_waits_for_a_seat) {
    std::latch inside(1), leave(1);
    Pool pool(4, 1, room, 0ms);
    EXPECT_FALSE(pool.is_crowded());
    pool.submit([&] {
        inside.count_down();
        leave.wait();
    });
    inside.wait();
    EXPECT_FALSE(pool.is_crowded()) << "it is being served";
    pool.submit([] {});
    EXPECT_TRUE(pool.is_crowded());
    leave.count_down();
    pool.stop();
    EXPECT_FALSE(pool.is_crowded());
    EXPECT_FALSE(pool.submit([] {})) << "it has stopped";
}

TEST(Pool, is_crowded_also_for_a_while_after_the_last_had_to_wait) {
    std::latch inside(1), leave(1);
    Pool pool(4, 1, room, 1h);
    pool.submit([&] {
        inside.count_down();
        leave.wait();
    });
    inside.wait();
    EXPECT_FALSE(pool.is_crowded()) << "nobody had to wait yet";
    pool.submit([] {});
    leave.count_down();
    pool.stop();
    EXPECT_TRUE(pool.is_crowded());
}

TEST(Pool, is_crowded_while_more_goes_on_than_there_are_seats_be_it_outside) {
    Pool pool(4, 2, room, 0ms);
    pool.goes_on_outside();
    pool.goes_on_outside();
    EXPECT_FALSE(pool.is_crowded()) << "as many as there are seats";
    std::latch inside(1), leave(1);
    pool.submit([&] {
        inside.count_down();
        leave.wait();
    });
    inside.wait();
    EXPECT_TRUE(pool.is_crowded());
    pool.is_done_outside();
    EXPECT_FALSE(pool.is_crowded());
    leave.count_down();
    pool.is_done_outside();
}

TEST(Pool, stops_when_what_goes_on_outside_has_ended) {
    std::atomic<bool> ended = false;
    Pool pool(4, 2, room);
    pool.goes_on_outside();
    std::thread other([&] {
        std::this_thread::sleep_for(20ms);
        ended = true;
        pool.is_done_outside();
    });
    pool.stop();
    EXPECT_TRUE(ended);
    other.join();
}

TEST(Pool, does_what_is_queued_before_it_stops_and_refuses_what_does_not_fit) {
    std::latch inside(1), leave(1);
    std::atomic<int> done = 0;
    Pool pool(2, 1, 100);
    pool.submit([&] {
        inside.count_down();
        leave.wait();
    });
    inside.wait();
    for (int i = 0; i < 100; ++i) EXPECT_TRUE(pool.submit([&] { ++done; }));
    EXPECT_FALSE(pool.submit([&] { ++done; })) << "the queue is full";
    leave.count_down();
    pool.stop();
    EXPECT_EQ(done, 100);
}
