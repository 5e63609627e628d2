#include "cli/line_blocks.hpp"

#include <utility>

#include "cli/files.hpp"

namespace duluan::cli {
namespace {
constexpr std::size_t kBlock = 1U << 20;
}

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
    BlockResult result;
    own_(gathering_, result);
    write(result);
    gathering_.lines.clear();
    return;
  }
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return waiting_.size() < threads_; });
  waiting_.push_back({handed_++, std::exchange(gathering_, {})});
  lock.unlock();
  changed_.notify_all();
}

void LineBlocks::run() {
  const Work work = make_();
  BlockResult result;
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    const Numbered next = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    changed_.notify_all();
    work(next.block, result);
    lock.lock();
    changed_.wait(lock, [&] { return written_ == next.number; });
    write(result);
    ++written_;
    lock.unlock();
    changed_.notify_all();
  }
}

void LineBlocks::write(const BlockResult& result) {
  for (const auto& [line, byte] : result.bad) report_(line, byte);
  write_out(result.out);
}

}  // namespace duluan::cli
