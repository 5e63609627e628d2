// Lines gathered into blocks of a quarter of a megabyte, worked on by several threads, written in
// the order they came. Memory is a few blocks a thread, whatever the input's size.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace duluan::cli {

/// Lines of one file, each with its end; `first` is the number of the first.
struct LineBlock {
  std::string lines;
  std::size_t first = 1;
};

/// What a worker makes of a block.
struct BlockResult {
  std::string out;                                       ///< for standard output
  std::vector<std::pair<std::size_t, std::size_t>> bad;  ///< line number and byte of what is not UTF-8
};

class LineBlocks {
 public:
  using Work = std::function<void(const LineBlock&, BlockResult&)>;

  /// `make` makes each thread's own worker, which replaces the content of the result.
  /// `report` is called in order with the bad lines of a block. One thread: all is done by add().
  LineBlocks(unsigned threads, std::function<Work()> make,
             std::function<void(std::size_t line, std::size_t byte)> report);
  LineBlocks(const LineBlocks&) = delete;
  LineBlocks& operator=(const LineBlocks&) = delete;
  ~LineBlocks();

  void add(std::string_view line, std::size_t number);
  /// Waits until everything is written.
  void finish();

 private:
  struct Numbered {
    std::size_t number;
    LineBlock block;
  };
  void hand_over();
  void run();
  void write_finished(std::unique_lock<std::mutex>& lock);
  void write(const BlockResult& result);

  unsigned threads_;
  std::function<Work()> make_;
  std::function<void(std::size_t, std::size_t)> report_;
  Work own_;  // the only worker if there is one thread
  BlockResult own_result_;
  LineBlock gathering_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Numbered> waiting_;
  std::map<std::size_t, BlockResult> finished_;  // by number
  std::vector<std::string> spare_;               // memory of blocks and results to use again
  std::vector<BlockResult> spare_results_;
  bool writing_ = false;
  std::size_t handed_ = 0;
  std::size_t written_ = 0;
  bool closed_ = false;
  std::vector<std::jthread> workers_;
};

}  // namespace duluan::cli
