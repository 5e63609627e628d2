// Invented archives in numbers, with a surge planted at a known level: for tests and benchmarks of where and what.
//
// Places are real communes of the map before July 2025, `communes` in each of `districts` of `provinces`, so that the
// gazetteer gives the tree. A place's volume is lognormal (sd 0.5), a topic's share of the archive uniform in
// 0.5 … 1.5 of the mean, a place's leaning to a topic gamma with sd 0.5; a third of the topics have a yearly wave of
// 0.3. Counts are negative binomial, variance 1.5 x mean. The surge adds Poisson(strength x sd of the level's sum)
// opinions in the last `periods`, spread over its places by their volume. Seeded; own random numbers.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "concern/cells.hpp"
#include "duluan/place.hpp"
#include "unit/trend_draw.hpp"

namespace space_time {

struct Shape {
  std::size_t provinces = 2, districts = 3, communes = 4;
  int topics = 12, months = 36;
  double mean = 1;  ///< opinions of a topic in a place and month
};

struct Surge {
  std::vector<std::size_t> places;  ///< indexes into Map::names; none: no surge
  double strength = 6;
  int periods = 1;
};

/// The places, by province, then district.
struct Map {
  std::vector<std::string> names;
  std::vector<std::string> districts, provinces;  ///< of each place
  std::vector<std::vector<std::size_t>> members;  ///< [province x districts + district]
};

inline Map map_of(const duluan::Gazetteer& gazetteer, const Shape& shape) {
  using namespace duluan;
  Map map;
  std::vector<std::vector<PlaceId>> communes(gazetteer.size());
  std::vector<std::vector<PlaceId>> districts(gazetteer.size());
  std::vector<PlaceId> provinces;
  for (std::size_t i = 0; i < gazetteer.size(); ++i) {
    const PlaceId id{static_cast<std::uint16_t>(i)};
    const Place place = gazetteer.place(id);
    if (place.after) continue;
    if (place.level == PlaceLevel::kProvince) provinces.push_back(id);
    else (place.level == PlaceLevel::kDistrict ? districts : communes)[place.parent->index].push_back(id);
  }
  std::size_t taken = 0;
  for (const PlaceId province : provinces) {
    std::vector<PlaceId> usable;
    for (const PlaceId district : districts[province.index])
      if (communes[district.index].size() >= shape.communes) usable.push_back(district);
    if (usable.size() < shape.districts || taken++ == shape.provinces) continue;
    for (std::size_t d = 0; d < shape.districts; ++d) {
      auto& members = map.members.emplace_back();
      for (std::size_t c = 0; c < shape.communes; ++c) {
        members.push_back(map.names.size());
        map.provinces.push_back(gazetteer.full_name(province));
        map.districts.push_back(gazetteer.full_name(usable[d]));
        map.names.push_back(gazetteer.full_name(communes[usable[d].index][c]) + ", " + map.districts.back() + ", " +
                            map.provinces.back());
      }
    }
    if (taken == shape.provinces) break;
  }
  return map;
}

inline duluan::Taxonomy taxonomy(int topics) {
  std::string tsv = "id\tlabel_vi\tlabel_en\tdescription\n";
  for (int i = 0; i < topics; ++i) tsv += "t" + std::to_string(i) + "\tLĩnh vực\tTopic\twhat\n";
  return *duluan::Taxonomy::parse(tsv + "other\tKhác\tOther\tnone\n", "invented");
}

/// Months from January 2021; the surge, if any, is of topic 0.
inline duluan::concern::Material material(const Map& map, const Shape& shape, const Surge& surge, std::uint64_t seed) {
  constexpr double kDispersion = 1.5;
  Draw random{std::mt19937_64(seed)};
  const auto topics = static_cast<std::size_t>(shape.topics);
  std::vector<double> share, wave, volume;
  for (std::size_t topic = 0; topic < topics; ++topic) {
    share.push_back(0.5 + random.uniform());
    wave.push_back(topic % 3 == 2 ? 0.3 : 0);
  }
  std::vector<std::vector<double>> leaning(map.names.size());
  for (auto& row : leaning) {
    volume.push_back(shape.mean * std::exp(0.5 * random.normal() - 0.125));
    for (std::size_t topic = 0; topic < topics; ++topic) row.push_back(random.gamma(4) / 4);
  }
  double sum = 0, spread = 0;  // of the surge's places: usual opinions of its topic, and volume
  for (const std::size_t place : surge.places)
    sum += volume[place] * share[0] * leaning[place][0], spread += volume[place];

  duluan::concern::Material material;
  for (int t = 0; t < shape.months; ++t) {
    const duluan::Period month = duluan::Period::containing(duluan::Period::Unit::kMonth, 2021, 1, 1).next(t);
    for (std::size_t place = 0; place < map.names.size(); ++place) {
      int all = 0;
      const bool surges = t >= shape.months - surge.periods &&
                          std::find(surge.places.begin(), surge.places.end(), place) != surge.places.end();
      for (std::size_t topic = 0; topic < topics; ++topic) {
        const double season = std::exp(wave[topic] * std::cos(6.283185307179586 * t / 12));
        int n =
            static_cast<int>(random.count(volume[place] * share[topic] * leaning[place][topic] * season, kDispersion));
        if (surges && topic == 0)
          n += static_cast<int>(random.poisson(surge.strength * std::sqrt(kDispersion * sum) * volume[place] / spread));
        all += n;
        if (n > 0) material.counts.push_back({"t" + std::to_string(topic), map.names[place], month, n, 1, 1});
      }
      if (all > 0) material.coverage.push_back({map.names[place], month, all, 2});
    }
  }
  return material;
}

}  // namespace space_time
