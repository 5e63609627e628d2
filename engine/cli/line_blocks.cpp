#include "cli/line_blocks.hpp"

#include <utility>

#include "cli/files.hpp"

namespace duluan::cli {
namespace {
constexpr std::size_t kBlock = 1U << 18;   // small, so that the last one does not keep one thread waiting
constexpr std::size_t kBlocksAThread = 4;  // under way: waiting, worked on, or not yet written
}  // namespace

LineBlocks::LineBlocks(unsigned threads, std::function<Work()> make,
                       std::function<void(std::size_t, std::size_t)> report)
    : threads_(threads), make_(std::move(make)), report_(std::move(report)) {
  if (threads_ == 1) own_ = make_();
  else
    for (unsigned i = 0; i < threads_; ++i) workers_.emplace_back([this] { run(); });
}

LineBlocks::~LineBlocks() { finish(); }

void LineBlocks::add(std::string_view line, std::size_t number) {
  // A number that does not go on opens another file.
  if (gathering_.lines.empty() || number == 1) {
    hand_over();
    gathering_.first = number;
  }
  gathering_.lines.append(line) += '\n';
  if (gathering_.lines.size() >= kBlock) hand_over();
}

void LineBlocks::finish() {
  hand_over();
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
  workers_.clear();
}

void LineBlocks::hand_over() {
  if (gathering_.lines.empty()) return;
  if (threads_ == 1) {
    own_(gathering_, own_result_);
    write(own_result_);
    gathering_.lines.clear();
    return;
  }
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return handed_ - written_ < kBlocksAThread * threads_; });
  waiting_.push_back({handed_++, std::exchange(gathering_, {})});
  if (!spare_.empty()) {
    gathering_.lines = std::move(spare_.back());
    gathering_.lines.clear();
    spare_.pop_back();
  }
  lock.unlock();
  changed_.notify_all();
}

void LineBlocks::run() {
  const Work work = make_();
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    Numbered next = std::move(waiting_.front());
    waiting_.pop_front();
    BlockResult result;
    if (!spare_results_.empty()) {
      result = std::move(spare_results_.back());
      spare_results_.pop_back();
    }
    lock.unlock();
    work(next.block, result);
    lock.lock();
    spare_.push_back(std::move(next.block.lines));
    finished_.emplace(next.number, std::move(result));
    write_finished(lock);
  }
}

// Nobody waits for a turn: who finds the next result finished writes it, and those that come after.
void LineBlocks::write_finished(std::unique_lock<std::mutex>& lock) {
  if (writing_) return;
  writing_ = true;
  for (auto next = finished_.find(written_); next != finished_.end(); next = finished_.find(written_)) {
    BlockResult result = std::move(next->second);
    finished_.erase(next);
    lock.unlock();
    write(result);
    lock.lock();
    spare_results_.push_back(std::move(result));
    ++written_;
    changed_.notify_all();
  }
  writing_ = false;
}

void LineBlocks::write(const BlockResult& result) {
  for (const auto& [line, byte] : result.bad) report_(line, byte);
  write_out(result.out);
}

}  // namespace duluan::cli
