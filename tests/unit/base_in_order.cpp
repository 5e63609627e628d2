#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/in_order.hpp"

using duluan::InOrder;

TEST_CASE("jobs done by threads at their own pace are used in their order, each once") {
  for (const unsigned threads : {1U, 2U, 5U}) {
    std::vector<int> used;
    InOrder<int, int> pool(
        threads,
        [] {
          return [](int& job, int& done) {
            // The first of every seven takes longest.
            std::this_thread::sleep_for(std::chrono::microseconds(job % 7 == 0 ? 2000 : 50));
            done = job;
          };
        },
        [&](const int& done) { used.push_back(done); });
    for (int i = 0; i < 200; ++i) pool.add(int(i));
    pool.finish();
    REQUIRE(used.size() == 200);
    for (int i = 0; i < 200; ++i) CHECK(used[static_cast<std::size_t>(i)] == i);
  }
}

TEST_CASE("no more jobs are under way than allowed, however slow the use of their results") {
  constexpr unsigned kThreads = 2;
  std::atomic<int> alive = 0, most = 0;
  struct Job {
    std::shared_ptr<void> keep;
  };
  using Pool = InOrder<Job, Job>;
  auto pool = std::make_unique<Pool>(
      kThreads, [] { return [](Job& job, Job& done) { done.keep = std::move(job.keep); }; },
      [](const Job&) { std::this_thread::sleep_for(std::chrono::microseconds(200)); });
  for (int i = 0; i < 300; ++i) {
    int now = ++alive;
    for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) continue;
    pool->add({std::shared_ptr<void>(nullptr, [&alive](void*) { --alive; })});
  }
  pool->finish();
  pool.reset();  // it keeps results to use their memory again
  CHECK(alive == 0);
  CHECK(most <= static_cast<int>(Pool::kWaiting * kThreads) * 2 +
                    2);  // with used results, the one being added, the one being used
}

TEST_CASE("each thread has a worker of its own, and a pool without jobs ends") {
  std::atomic<int> made = 0;
  {
    InOrder<int, int> pool(
        3, [&] { return ++made, [](int&, int&) {}; }, [](int&) {});
  }
  CHECK(made == 3);
}
