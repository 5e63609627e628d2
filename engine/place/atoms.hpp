// Text as atoms: runs of letters or digits, hashed so that neither NFC or NFD, nor the place of the tone mark,
// nor case, nor a final i or y after a consonant (Quí, Quý) matters.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "duluan/place.hpp"

namespace duluan::place {

using Atom = Mentions::Atom;

/// What stands before an atom, spaces aside.
enum Gap : std::uint8_t { kNone, kSpace, kDot, kComma, kHyphen, kOpen, kColon, kNewline, kOther };

enum Flag : std::uint8_t {
  kUpper = 1,     // the first letter is a capital
  kAllUpper = 2,  // all of them are
  kDigit = 4,
  kAbbreviation = 16,  // letters, no vowel among them
  kMarked = 8,         // some letter bears a diacritic, or is đ
};

/// Replaces the content of `atoms`.
void read_atoms(std::string_view utf8, std::vector<Atom>& atoms);

/// The atom a word makes; for tables of words.
Atom atom_of(std::string_view word);

/// Hash of a name: those of its atoms, chained from 0.
constexpr std::uint64_t chain(std::uint64_t name, std::uint64_t atom) noexcept {
  return (name ^ atom) * 0x9E3779B97F4A7C15U + (name >> 29U) + 1;
}

}  // namespace duluan::place
