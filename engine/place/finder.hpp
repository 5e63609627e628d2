// The search for mentions: sightings in one pass over the atoms, then the choice among homonyms.
#pragma once

#include "place/tables.hpp"
#include "place/words.hpp"

namespace duluan {

class PlaceFinder {
 public:
  PlaceFinder(const Gazetteer::Tables& tables, const PlaceContext& context, Mentions& out)
      : tables_(tables), words_(tables.words), context_(context), out_(out) {}

  /// Fills found, candidates and sightings from atoms.
  void sight();
  /// Chooses units and drops numbers that exist nowhere near (resolve.cpp).
  void resolve();

 private:
  using Atom = Mentions::Atom;
  struct Match {
    std::size_t end = 0;  // atom after the name
    std::uint32_t first = 0;
    std::uint16_t count = 0;  // of tables_.names
    std::uint64_t accented = 0;
    bool exact = false, capital = false, all_capital = false, number = false, marked = false;
    std::size_t size = 0;
  };

  [[nodiscard]] const Atom* at(std::size_t i) const { return i < out_.atoms.size() ? &out_.atoms[i] : nullptr; }
  [[nodiscard]] bool is(std::size_t i, std::uint8_t flag) const {
    return i < out_.atoms.size() && (out_.atoms[i].flags & flag) != 0;
  }
  [[nodiscard]] std::uint8_t gap(std::size_t i) const {
    return i < out_.atoms.size() ? out_.atoms[i].gap : std::uint8_t{place::kNewline};
  }

  const place::LevelWord* level_word(std::size_t i, std::size_t& next) const;
  [[nodiscard]] bool match(std::size_t i, std::uint8_t levels, bool alone, Match& match) const;
  [[nodiscard]] bool accepts(const place::Name& name, const Match& match, std::uint8_t levels, bool alone) const;
  [[nodiscard]] bool goes_on(const Match& match) const;
  std::size_t with_level(std::size_t i);
  std::size_t rest_of_list(std::size_t end, const place::LevelWord& word);
  std::size_t without_level(std::size_t i);
  [[nodiscard]] bool parent_follows(const Match& match) const;
  [[nodiscard]] bool child_precedes(std::size_t i, const Match& match) const;
  [[nodiscard]] bool certain_by_context(std::size_t i, const Match& match) const;
  [[nodiscard]] bool may_stand_alone(std::size_t i) const;
  void add(std::size_t begin, std::size_t name, const Match& match, const place::LevelWord* word, float quality,
           bool alone);

  [[nodiscard]] int score(std::size_t mention, std::uint16_t unit, std::size_t parent, std::uint16_t last) const;
  [[nodiscard]] std::size_t parent_of(std::size_t mention) const;
  void choose(std::size_t mention, std::size_t parent, std::uint16_t last);

  const Gazetteer::Tables& tables_;
  const place::Words& words_;
  const PlaceContext& context_;
  Mentions& out_;
  bool bare_ = false;  // the text is written without diacritics
};

}  // namespace duluan
