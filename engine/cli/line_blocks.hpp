// Lines gathered into blocks of a quarter of a megabyte, worked on by several threads, written in the
// order they came. Memory is a few blocks a thread, whatever the input's size.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/in_order.hpp"

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
  using Pool = InOrder<LineBlock, BlockResult>;

  /// `report` is called in order with the bad lines of a block.
  LineBlocks(unsigned threads, std::function<Pool::Work()> make,
             std::function<void(std::size_t line, std::size_t byte)> report);

  void add(std::string_view line, std::size_t number);
  /// Waits until everything is written.
  void finish();

 private:
  void hand_over();

  LineBlock gathering_;
  Pool pool_;
};

}  // namespace duluan::cli
