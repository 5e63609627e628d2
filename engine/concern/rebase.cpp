#include "concern/rebase.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace duluan::concern {
namespace {

// The parts of a unit and what each has got so far.
class Parts {
 public:
  explicit Parts(std::vector<double> weights) : weights_(std::move(weights)), got_(weights_.size()) {}

  // Gives out `n` opinions, to no part more than `most` while any has room.
  std::vector<int> give(int n, const std::vector<int>& most) {
    std::vector<int> given(weights_.size());
    for (int i = 0; i < n; ++i) {
      const std::size_t part = furthest_behind([&](std::size_t p) { return given[p] < most[p]; });
      ++given[part];
      ++got_[part];
      ++sum_;
    }
    return given;
  }

 private:
  template <typename HasRoom>
  [[nodiscard]] std::size_t furthest_behind(const HasRoom& has_room) const {
    std::size_t best = 0;
    bool room = false;
    double largest = -1e300;
    for (std::size_t part = 0; part < weights_.size(); ++part) {
      const double owed = weights_[part] * (sum_ + 1) - got_[part];
      if (room && !has_room(part)) continue;
      if ((!room && has_room(part)) || owed > largest + 1e-9) best = part, largest = owed;
      room = room || has_room(part);
    }
    return best;
  }

  std::vector<double> weights_, got_;
  double sum_ = 0;
};

class Rebaser {
 public:
  Rebaser(const Material& material, bool after, PlaceNames& names) : after_(after), names_(&names) {
    // A unit is told as the archive names it, if that is its name on this map.
    for (const Coverage& c : material.coverage)
      if (const auto unit = names.unit(c.place, day(c.period));
          unit && on_map(*unit) && official(*unit).starts_with(c.place))
        told_.try_emplace(*unit, c.place), taken_.insert(c.place);
  }

  // Where the opinions of a place and period go: names and weights. Itself if it is of the map, or unknown.
  const std::vector<std::pair<std::string, double>>& targets(const std::string& place, const Period& period) {
    const bool is_after = day(period) >= Gazetteer::kMergerDay;
    const auto [entry, fresh] = targets_.try_emplace({place, is_after});
    if (!fresh) return entry->second;
    const auto unit = names_->unit(place, day(period));
    if (!unit) return entry->second = {{place, 1}};
    if (on_map(*unit)) return entry->second = {{name_of(*unit, place), 1}};
    std::vector<PlaceShare> shares;
    names_->gazetteer()->rebase(*unit, map_day(), shares);
    std::erase_if(shares, [](const PlaceShare& share) { return share.weight <= 0; });
    if (shares.empty()) return entry->second = {{place, 1}};
    ++reform_.places;
    reform_.names.insert(place);
    reform_.split += shares.size() > 1 ? 1 : 0;
    reform_.estimated +=
        std::any_of(shares.begin(), shares.end(), [](const PlaceShare& share) { return share.estimated; }) ? 1 : 0;
    for (const PlaceShare& share : shares) entry->second.emplace_back(name_of(share.unit, place), share.weight);
    return entry->second;
  }

  [[nodiscard]] const Reform& reform() const { return reform_; }

 private:
  static int day(const Period& period) { return period.days_since_epoch(); }
  [[nodiscard]] int map_day() const { return after_ ? Gazetteer::kMergerDay : Gazetteer::kMergerDay - 1; }
  [[nodiscard]] bool on_map(PlaceId unit) const { return names_->gazetteer()->place(unit).after == after_; }

  // The name with those of the units it lies in.
  [[nodiscard]] std::string official(PlaceId unit) const {
    std::vector<PlaceId> above;
    names_->gazetteer()->ancestors(unit, above);
    std::string name = names_->gazetteer()->full_name(unit);
    for (const PlaceId id : above) name += ", " + names_->gazetteer()->full_name(id);
    return name;
  }

  // As the archive names the unit, or as it would: with the units it lies in if the old name had them, or if the name
  // is another's.
  const std::string& name_of(PlaceId unit, const std::string& like) {
    const auto [entry, fresh] = told_.try_emplace(unit);
    if (!fresh) return entry->second;
    const std::string plain = names_->gazetteer()->full_name(unit);
    const std::string name = like.find(',') != std::string::npos || taken_.contains(plain) ? official(unit) : plain;
    taken_.insert(name);
    return entry->second = name;
  }

  bool after_;
  PlaceNames* names_;
  Reform reform_;
  std::map<PlaceId, std::string> told_;
  std::set<std::string> taken_;
  std::map<std::pair<std::string, bool>, std::vector<std::pair<std::string, double>>> targets_;
};

using Key = std::tuple<Period, std::string, std::string>;  // period, topic, place

template <typename Row, typename Topic>
std::vector<const Row*> in_order(const std::vector<Row>& rows, const Topic& topic) {
  std::vector<const Row*> order;
  for (const Row& row : rows) order.push_back(&row);
  std::stable_sort(order.begin(), order.end(), [&](const Row* a, const Row* b) {
    return std::tuple(a->period, topic(*a), a->place) < std::tuple(b->period, topic(*b), b->place);
  });
  return order;
}

std::vector<double> weights_of(const std::vector<std::pair<std::string, double>>& targets) {
  std::vector<double> weights;
  for (const auto& [name, weight] : targets) weights.push_back(weight);
  return weights;
}

using Given = std::map<std::pair<Period, std::string>, std::vector<int>>;  // opinions of a place's parts

// Reports are not parted: a report of the whole was a report of each part.
std::vector<Coverage> rebase_coverage(const Material& material, Rebaser& rebaser, Given& given) {
  std::map<std::pair<Period, std::string>, Coverage> sums;
  std::map<std::string, Parts> parts;
  const auto none = [](const Coverage&) { return std::string(); };
  for (const Coverage* row : in_order(material.coverage, none)) {
    const auto& targets = rebaser.targets(row->place, row->period);
    const std::string side = row->period.days_since_epoch() >= Gazetteer::kMergerDay ? "+" : "-";
    Parts& of = parts.try_emplace(side + row->place, weights_of(targets)).first->second;
    const auto shares = of.give(row->opinions, std::vector<int>(targets.size(), row->opinions));
    given[{row->period, row->place}] = shares;
    for (std::size_t part = 0; part < targets.size(); ++part) {
      if (shares[part] == 0 && targets.size() > 1) continue;
      auto& sum = sums.try_emplace({row->period, targets[part].first}, Coverage{targets[part].first, row->period, 0, 0})
                      .first->second;
      sum.opinions += shares[part];
      sum.reports += row->reports;
    }
  }
  std::vector<Coverage> all;
  for (auto& [key, sum] : sums) all.push_back(std::move(sum));
  return all;
}

// No part can have more opinions of a topic than it has opinions.
std::vector<Count> rebase_counts(const Material& material, Rebaser& rebaser, const Given& given) {
  std::map<Key, Count> sums;
  std::map<std::pair<std::string, std::string>, Parts> parts;
  for (const Count* row : in_order(material.counts, [](const Count& c) { return c.topic; })) {
    const auto& targets = rebaser.targets(row->place, row->period);
    const std::string side = row->period.days_since_epoch() >= Gazetteer::kMergerDay ? "+" : "-";
    Parts& of = parts.try_emplace({row->topic, side + row->place}, weights_of(targets)).first->second;
    const auto room = given.find({row->period, row->place});
    const std::vector<int> unlimited(targets.size(), row->opinions);
    const auto shares = of.give(row->opinions, room == given.end() || targets.size() == 1 ? unlimited : room->second);
    for (std::size_t part = 0; part < targets.size(); ++part) {
      if (shares[part] == 0) continue;
      const std::string& name = targets[part].first;
      auto& sum = sums.try_emplace({row->period, row->topic, name}, Count{row->topic, name, row->period, 0, 0, 0})
                      .first->second;
      sum.opinions += shares[part];
      sum.reports += row->reports;
      sum.units += row->units;
    }
  }
  std::vector<Count> all;
  for (auto& [key, sum] : sums) all.push_back(std::move(sum));
  return all;
}

}  // namespace

Rebased rebase(const Material& all, bool after, const Period& period, PlaceNames& names) {
  Material material = all;
  std::erase_if(material.counts, [&](const Count& c) { return c.period > period; });
  std::erase_if(material.coverage, [&](const Coverage& c) { return c.period > period; });
  Rebaser rebaser(material, after, names);
  Rebased result;
  Given given;
  result.material.coverage = rebase_coverage(material, rebaser, given);
  result.material.counts = rebase_counts(material, rebaser, given);
  result.reform = rebaser.reform();
  result.reform.after = after;
  for (const Coverage& c : material.coverage)
    if (c.period == period)
      for (const auto& [name, weight] : rebaser.targets(c.place, c.period)) result.origins[name].push_back(c.place);
  return result;
}

}  // namespace duluan::concern
