#include "cli/line_blocks.hpp"

#include "cli/files.hpp"

namespace duluan::cli {
namespace {
constexpr std::size_t kBlock = 1U << 18;  // small, so that the last one does not keep one thread waiting
}

LineBlocks::LineBlocks(unsigned threads, std::function<Pool::Work()> make,
                       std::function<void(std::size_t, std::size_t)> report)
    : pool_(threads, std::move(make), [report = std::move(report)](BlockResult& result) {
        for (const auto& [line, byte] : result.bad) report(line, byte);
        write_out(result.out);
      }) {}

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
  pool_.finish();
}

void LineBlocks::hand_over() {
  if (gathering_.lines.empty()) return;
  pool_.add(std::move(gathering_));
  gathering_.lines.clear();
}

}  // namespace duluan::cli
