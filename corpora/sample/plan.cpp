#include "plan.hpp"

#include <array>
#include <initializer_list>
#include <optional>
#include <stdexcept>

#include "random.hpp"

namespace sample {
namespace {

constexpr std::uint64_t kSeed = 20241101;
constexpr int kRestMonths = 7;  ///< a sentence used in January comes again in August at the earliest

enum class Part : std::uint64_t { kBase = 1, kSeason, kSudden, kCreeping, kLocal };

/// Every part and month has its own stream, so that changing one leaves the others as they are.
Random stream(Part part, int month) {
  return Random(kSeed + 1000 * static_cast<std::uint64_t>(part) + static_cast<std::uint64_t>(month));
}

class Planner {
 public:
  Planner(const Material& material, const std::vector<Place>& places)
      : material_(material), places_(places), sources_(sources()), used_(material.base.size(), -kRestMonths) {
    for (std::size_t index = 0; index < places.size(); ++index) {
      const bool local = places[index].kind == Kind::kCommune || places[index].kind == Kind::kWard;
      std::uint64_t rate = 0;
      for (const Source& source : sources_)
        if (source.unit == places[index].id) rate = source.rate;
      local_rates_.push_back(local ? rate : 0);
    }
  }

  Plan run() {
    for (int month = 0; month < kMonths; ++month) usual_talk(month);
    season();
    sudden();
    creeping();
    local();
    return std::move(plan_);
  }

 private:
  struct Cell {
    std::size_t source, topic;
  };

  std::size_t place_index(std::string_view id) const {
    for (std::size_t index = 0; index < places_.size(); ++index)
      if (places_[index].id == id) return index;
    throw std::runtime_error("places.tsv lacks " + std::string(id));
  }

  bool takes_part(const Source& source, int month) const {
    if (silent(source.unit, month)) return false;
    for (const Copied& copy : copies())
      if (copy.month == month && copy.by == source.unit) return false;
    return true;
  }

  bool copied_from(const Source& source, int month) const {
    for (const Copied& copy : copies())
      if (copy.month == month && copy.from == source.unit) return true;
    return false;
  }

  std::size_t place_of(const Source& source, Random& random) const {
    return source.unit.empty() ? random.weighted(local_rates_) : place_index(source.unit);
  }

  void tell(const Sentence& sentence, int month, std::size_t source, std::size_t place, Origin origin, Random& random) {
    // A department names one of the communes.
    const std::size_t named = places_[place].kind == Kind::kDepartment ? random.weighted(local_rates_) : place;
    plan_.told.push_back({month, source, place, sentence.topic, said_in(sentence, places_[named].name), origin});
  }

  // The usual talk

  void usual_talk(int month) {
    Random random = stream(Part::kBase, month);
    std::vector<Cell> cells;
    for (std::size_t s = 0; s < sources_.size(); ++s) {
      const std::uint64_t rate = sources_[s].rate * (month == kDoubledMonth ? 2 : 1);
      for (std::size_t topic = 0; topic < topics().size(); ++topic) {
        const int count = random.poisson(rate * sources_[s].shares[topic] * 100);
        if (!takes_part(sources_[s], month)) continue;
        for (int each = 0; each < count; ++each) cells.push_back({s, topic});
      }
    }
    random.shuffle(cells);  // so that no unit has the first choice of sentences
    for (const Cell& cell : cells) say_something(cell, month, random);
    for (const Copied& copy : copies())
      if (copy.month == month) repeat(copy);
  }

  void say_something(const Cell& cell, int month, Random& random) {
    const Source& source = sources_[cell.source];
    const std::size_t place = place_of(source, random);
    std::vector<std::size_t> fitting;
    for (std::size_t index = 0; index < material_.base.size(); ++index) {
      const Sentence& sentence = material_.base[index];
      if (sentence.topic != cell.topic || month - used_[index] < kRestMonths) continue;
      if (!suits(sentence, month) || !suits(sentence, places_[place].kind)) continue;
      // Copied word for word, a paragraph with the commune's own name would give itself away.
      if (sentence.slot && copied_from(source, month)) continue;
      fitting.push_back(index);
    }
    if (fitting.empty()) {
      ++plan_.unplaced;
      return;
    }
    const std::size_t chosen = fitting[choice(fitting, source.channel, random)];
    used_[chosen] = month;
    tell(material_.base[chosen], month, cell.source, place, Origin::kBase, random);
  }

  /// Petitions ask for something, calls to the hotline do not speak of voters: the best of three draws.
  std::size_t choice(const std::vector<std::size_t>& fitting, Channel channel, Random& random) const {
    std::size_t drawn = random.below(fitting.size());
    if (channel == Channel::kReport) return drawn;
    for (int again = 0; again < 3; ++again) {
      const std::string& text = material_.base[fitting[drawn]].text;
      const bool voters = text.find("Cử tri") != std::string::npos;
      const bool asks =
          voters || text.find("ề nghị") != std::string::npos || text.find("iến nghị") != std::string::npos;
      if (channel == Channel::kPetition ? asks : !voters) break;
      drawn = random.below(fitting.size());
    }
    return drawn;
  }

  void repeat(const Copied& copy) {
    std::size_t by = 0;
    while (sources_[by].unit != copy.by) ++by;
    std::vector<Told> repeated;
    for (const Told& told : plan_.told)
      if (told.month == copy.month && sources_[told.source].unit == copy.from) repeated.push_back(told);
    for (Told& told : repeated) {
      told.source = by;
      told.place = place_index(copy.by);
      told.origin = Origin::kCopy;
      plan_.told.push_back(std::move(told));
    }
  }

  // What is planted

  /// A source and place that the sentence suits; sources talk of it as much as they talk of its topic.
  void plant(const Sentence& sentence, int month, Origin origin, Random& random) {
    std::vector<std::uint64_t> weights;
    for (const Source& source : sources_)
      weights.push_back(
          takes_part(source, month) && !copied_from(source, month) ? source.rate * source.shares[sentence.topic] : 0);
    for (;;) {
      const std::size_t source = random.weighted(weights), place = place_of(sources_[source], random);
      if (!suits(sentence, places_[place].kind)) continue;
      return tell(sentence, month, source, place, origin, random);
    }
  }

  /// Takes a random sentence of the topic, one told after Tết or before as asked, as long as there are any.
  static Sentence take(std::vector<Sentence>& from, std::size_t topic, std::optional<bool> after_tet, Random& random) {
    std::vector<std::size_t> wanted, others;
    for (std::size_t index = 0; index < from.size(); ++index)
      if (from[index].topic == topic)
        (!after_tet || from[index].after_tet == *after_tet ? wanted : others).push_back(index);
    const std::vector<std::size_t>& list = wanted.empty() ? others : wanted;
    const std::size_t chosen = list.at(random.below(list.size()));
    Sentence sentence = from[chosen];
    from.erase(from.begin() + static_cast<std::ptrdiff_t>(chosen));
    return sentence;
  }

  /// Tết fell on 29 January 2025 and on 17 February 2026; about the same was said of both.
  void season() {
    struct Batch {
      int month;
      bool split, after;
      std::array<int, 4> counts;
    };
    constexpr std::array<std::string_view, 4> kAbout = {"prices", "transport", "welfare", "order"};
    constexpr std::array<Batch, 3> kBatches = {{
        {month_index(2025, 1), true, false, {8, 4, 5, 2}},
        {month_index(2025, 2), true, true, {4, 3, 0, 2}},
        {month_index(2026, 2), false, false, {12, 7, 5, 4}},
    }};
    std::vector<Sentence> left = material_.season;
    for (const Batch& batch : kBatches) {
      if (year_of(batch.month) == 2026) left = material_.season;
      Random random = stream(Part::kSeason, batch.month);
      for (std::size_t topic = 0; topic < kAbout.size(); ++topic)
        for (int each = 0; each < batch.counts[topic]; ++each)
          plant(take(left, topic_index(kAbout[topic]), batch.split ? std::optional(batch.after) : std::nullopt, random),
                batch.month, Origin::kSeason, random);
    }
  }

  void sudden() {
    std::vector<Sentence> left = material_.sudden;
    int month = month_index(2026, 6);
    for (const int count : {20, 14, 6}) {
      Random random = stream(Part::kSudden, month);
      for (int each = 0; each < count; ++each)
        plant(take(left, topic_index("order"), std::nullopt, random), month, Origin::kSudden, random);
      ++month;
    }
  }

  /// In the order of the file, which leads from the first signs to the worst; each sentence once.
  void creeping() {
    std::size_t next = 0;
    int month = month_index(2026, 4);
    for (const int count : {8, 14, 18, 18, 14, 10, 8}) {
      Random random = stream(Part::kCreeping, month);
      for (int each = 0; each < count; ++each) plant(material_.creeping.at(next++), month, Origin::kCreeping, random);
      ++month;
    }
  }

  void local() {
    struct Batch {
      int month;
      std::string_view place;
      int count;
    };
    constexpr std::array<Batch, 6> kBatches = {{{month_index(2026, 8), "an-tram", 11},
                                                {month_index(2026, 8), "thuong-tram", 10},
                                                {month_index(2026, 9), "an-tram", 8},
                                                {month_index(2026, 9), "thuong-tram", 7},
                                                {month_index(2026, 10), "an-tram", 4},
                                                {month_index(2026, 10), "thuong-tram", 4}}};
    std::size_t next = 0;
    for (const Batch& batch : kBatches) {
      Random random = stream(Part::kLocal, batch.month * 2 + (batch.place == "an-tram" ? 0 : 1));
      for (int each = 0; each < batch.count; ++each) {
        constexpr std::array<std::uint64_t, 3> kByChannel = {6, 2, 1};  // report, hotline, petition
        const auto channel = static_cast<Channel>(random.weighted(kByChannel));
        std::size_t source = 0;
        while (sources_[source].channel != channel ||
               (channel == Channel::kReport && sources_[source].unit != batch.place))
          ++source;
        tell(material_.local.at(next++), batch.month, source, place_index(batch.place), Origin::kLocal, random);
      }
    }
  }

  const Material& material_;
  const std::vector<Place>& places_;
  std::vector<Source> sources_;
  std::vector<std::uint64_t> local_rates_;  ///< by place; 0 unless a commune or ward
  std::vector<int> used_;                   ///< month of the last use, by base sentence
  Plan plan_;
};

}  // namespace

Plan make_plan(const Material& material, const std::vector<Place>& places) { return Planner(material, places).run(); }

}  // namespace sample
