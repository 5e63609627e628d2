// The automaton at work: a block is cut into lanes at spaces, and the lanes are read in turns, so that
// the processor has something to do while a step waits for the one before.
#include <algorithm>
#include <array>

#include "text/clean.hpp"

namespace duluan {
namespace {

constexpr std::size_t kLanes = 6;
constexpr std::size_t kTurns = 64;         // bytes of each lane between two looks at the states
constexpr std::size_t kWorthLanes = 1024;  // shorter text is read in one go

bool is_space(char byte) { return static_cast<unsigned char>(byte) <= ' '; }

// End of the stretch without spaces that `at` stands in, or where it starts.
std::size_t stretch_end(std::string_view text, std::size_t at) {
  while (at < text.size() && !is_space(text[at])) ++at;
  return at;
}
std::size_t stretch_begin(std::string_view text, std::size_t at) {
  while (at > 0 && !is_space(text[at - 1])) --at;
  return at;
}

}  // namespace

// Part of a block that starts after a space and ends after one; the last byte of the text counts as one.
struct CleanText::Lane {
  std::size_t at = 0;
  std::size_t end = 0;
  std::uint16_t state = 0;
  std::vector<Span> suspects;
};

// The automaton refuses at the byte before lane.at: notes the stretch and goes on behind it.
void CleanText::refuse(std::string_view block, Lane& lane) const {
  const std::size_t refusing = lane.at - 1;
  const std::size_t end = stretch_end(block, refusing);
  lane.suspects.push_back({stretch_begin(block, refusing), end});
  lane.at = end;
  lane.state = start_;
}

// Reads the lanes in turns until one is at its end; whether the limit was kept.
bool CleanText::read_lanes(std::string_view block, Lane* lanes, std::size_t limit) const {
  const std::uint16_t* const next = next_.data();
  std::size_t found = 0;
  for (;;) {
    std::size_t turns = kTurns;
    for (std::size_t k = 0; k < kLanes; ++k) turns = std::min(turns, lanes[k].end - lanes[k].at);
    if (turns == 0 || found > limit) return found <= limit;
    std::array<const unsigned char*, kLanes> bytes{};
    std::array<std::size_t, kLanes> states{};
    for (std::size_t k = 0; k < kLanes; ++k) {
      bytes[k] = reinterpret_cast<const unsigned char*>(block.data()) + lanes[k].at;
      states[k] = lanes[k].state;
    }
    for (std::size_t i = 0; i < turns; ++i)
      for (std::size_t k = 0; k < kLanes; ++k) states[k] = next[states[k] + bytes[k][i]];
    for (std::size_t k = 0; k < kLanes; ++k) {
      Lane& lane = lanes[k];
      if (states[k] != refused_) {
        lane.at += turns;
        lane.state = static_cast<std::uint16_t>(states[k]);
        continue;
      }
      // Again, to see where.
      while (lane.state != refused_) lane.state = next[lane.state + static_cast<unsigned char>(block[lane.at++])];
      refuse(block, lane);
      ++found;
    }
  }
}

void CleanText::find_suspects(std::string_view block, std::size_t limit, std::vector<Span>& suspects) const {
  std::array<Lane, kLanes> lanes;
  std::size_t begin = 0;
  const std::size_t parts = block.size() < kWorthLanes ? 1 : kLanes;
  for (std::size_t k = 0; k < kLanes; ++k) {
    lanes[k].at = begin;
    if (k < parts)
      begin = std::max(begin, k + 1 == parts ? block.size() : stretch_end(block, block.size() / parts * (k + 1)));
    // The space itself tells the automaton that the word has ended.
    if (begin < block.size() && begin > lanes[k].at) ++begin;
    lanes[k].end = begin;
    lanes[k].state = start_;
  }
  const bool go_on = parts == 1 || read_lanes(block, lanes.data(), limit);
  for (Lane& lane : lanes) {
    while (go_on && lane.at < lane.end && lane.suspects.size() <= limit) {
      lane.state = next_[lane.state + static_cast<unsigned char>(block[lane.at++])];
      if (lane.state == refused_) refuse(block, lane);
    }
    if (lane.at == block.size() && next_[lane.state + static_cast<unsigned char>(' ')] == refused_ && lane.end > 0) {
      lane.suspects.push_back({stretch_begin(block, lane.at), lane.at});
      lane.state = start_;
    }
    suspects.insert(suspects.end(), lane.suspects.begin(), lane.suspects.end());
  }
}

}  // namespace duluan
