// Work shared out to threads, its results used in the order in which the work came.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace duluan {

/// What waits, is worked on or waits to be used is at most kWaiting jobs a thread: memory does not grow with the
/// number of jobs. `Job` and `Done` are values that can be moved. add() and finish() belong to one thread.
///
///     InOrder<std::string, std::size_t> pool(2, [] { return [](std::string& line, std::size_t& n) { n = line.size();
///     }; },
///                                            [](std::size_t& n) { std::printf("%zu\n", n); });
///     for (…) pool.add(std::move(line));
///     pool.finish();
template <class Job, class Done>
class InOrder {
 public:
  using Work = std::function<void(Job&, Done&)>;
  static constexpr std::size_t kWaiting = 4;

  /// `make` makes each thread's own worker, in that thread; the Done it gets may be a used one, whose memory serves
  /// again. `use` is called by one thread at a time, in order. One thread: all is done by add(), and the job stays the
  /// caller's.
  InOrder(unsigned threads, std::function<Work()> make, std::function<void(Done&)> use)
      : make_(std::move(make)), use_(std::move(use)), most_(kWaiting * threads) {
    if (threads == 1) own_ = make_();
    else
      for (unsigned i = 0; i < threads; ++i) workers_.emplace_back([this] { run(); });
  }
  InOrder(const InOrder&) = delete;
  InOrder& operator=(const InOrder&) = delete;
  ~InOrder() { finish(); }

  /// Waits while too much is under way.
  void add(Job&& job) {
    if (own_) {
      own_(job, own_done_);
      return use_(own_done_);
    }
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return handed_ - used_ < most_; });
    waiting_.emplace_back(handed_++, std::move(job));
    lock.unlock();
    come_.notify_one();
  }

  /// Waits until everything is used; nothing may be added any more.
  void finish() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    come_.notify_all();
    workers_.clear();
  }

 private:
  void run() {
    const Work work = make_();
    std::unique_lock lock(mutex_);
    for (;;) {
      come_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      std::pair<std::size_t, Job> next = std::move(waiting_.front());
      waiting_.pop_front();
      Done done;
      if (!spare_.empty()) {
        done = std::move(spare_.back());
        spare_.pop_back();
      }
      lock.unlock();
      work(next.second, done);
      lock.lock();
      finished_.emplace(next.first, std::move(done));
      use_finished(lock);
    }
  }

  // Whoever finishes the job whose turn it is uses it and those behind it, while the others work on.
  void use_finished(std::unique_lock<std::mutex>& lock) {
    if (using_) return;
    using_ = true;
    for (auto next = finished_.find(used_); next != finished_.end(); next = finished_.find(used_)) {
      Done done = std::move(next->second);
      finished_.erase(next);
      lock.unlock();
      use_(done);
      lock.lock();
      spare_.push_back(std::move(done));
      ++used_;
      room_.notify_one();
    }
    using_ = false;
  }

  std::function<Work()> make_;
  std::function<void(Done&)> use_;
  std::size_t most_;
  Work own_;  // the only worker if there is one thread
  Done own_done_;
  std::mutex mutex_;
  std::condition_variable come_, room_;
  std::deque<std::pair<std::size_t, Job>> waiting_;
  std::map<std::size_t, Done> finished_;
  std::vector<Done> spare_;
  std::size_t handed_ = 0, used_ = 0;
  bool using_ = false, closed_ = false;
  std::vector<std::jthread> workers_;
};

}  // namespace duluan
