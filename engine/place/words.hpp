// The words around place names that decide whether they are places.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "place/atoms.hpp"

namespace duluan::place {

/// What a level word says.
struct LevelWord {
  std::uint64_t first = 0, second = 0;  // accented hashes; second 0: one atom
  std::uint64_t bare_first = 0, bare_second = 0;
  PlaceKind kind = PlaceKind::kXa;
  std::uint8_t levels = 0;                          // bit 1 << PlaceLevel
  enum { kWhole, kShort, kInitial } form = kWhole;  // "huyện"; "TP"; "H.", "Q1"
};

/// A set of words, by accented hash.
class WordSet {
 public:
  WordSet(std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words) hashes_.push_back(atom_of(word).accented);
  }
  [[nodiscard]] bool holds(const Atom& atom) const noexcept {
    for (const std::uint64_t hash : hashes_)
      if (hash == atom.accented) return true;
    return false;
  }

 private:
  std::vector<std::uint64_t> hashes_;
};

/// All of them, hashed once a load.
struct Words {
  Words();
  std::vector<LevelWord> levels;
  std::uint64_t level_filter = 0;  // a bit for the low six bits of each bare first atom
  WordSet committee{"ủy"};         // "huyện ủy Vũ Thư"
  WordSet plural{"các", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "những", "số", "nhiều", "cac"};
  WordSet conjunction{"và", "va"};
  WordSet linking{"thuộc", "của", "ở", "tại", "thuoc", "cua", "o", "tai"};
  WordSet locative{"ở", "tại", "bàn", "về", "dân", "tới", "xuống"};
  WordSet openers{"tại",   "ở",   "từ",  "đến", "về",  "và",  "của",  "cả", "riêng", "người", "dân",
                  "trước", "sau", "với", "qua", "khi", "nếu", "theo", "ra", "vào",   "hiện",  "như"};
  // Before a name these make it a person, a street, a river or a firm.
  WordSet no_place_before{"đường", "phố", "ngõ", "hẻm", "làng", "ông", "bà",  "anh", "chị", "em", "cô",  "chú", "bác",
                          "cháu",  "bé",  "cụ",  "cầu", "sông", "hồ",  "sạn", "ty",  "tàu", "ga", "rạp", "lộ"};
  WordSet family{"Nguyễn", "Trần", "Lê",  "Phạm", "Hoàng", "Huỳnh", "Phan",  "Vũ",
                 "Võ",     "Đặng", "Bùi", "Đỗ",   "Hồ",    "Ngô",   "Dương", "Lý"};
};

}  // namespace duluan::place
