// find_concerns: load, judge, quote.
#include <iterator>

#include "concern/judge.hpp"
#include "concern/novelty.hpp"
#include "concern/silence.hpp"

namespace duluan {
namespace {

// The settings by which whoever fills an archive says with what it was done.
constexpr const char* kModelSettings[] = {"program", "taxonomy", "model.topics", "model.words", "model.diacritics"};

}  // namespace

std::vector<std::string> concern::names_held(const ConcernReport& report, const std::string& place) {
  const auto origins = report.origins.find(place);
  return origins == report.origins.end() ? std::vector<std::string>{place} : origins->second;
}

Result<concern::Material> concern::load(const Archive& archive, Period::Unit unit) {
  Material material;
  if (auto counts = archive.counts(unit); counts) material.counts = std::move(*counts);
  else return counts.error();
  if (auto coverage = archive.coverage(unit); coverage) material.coverage = std::move(*coverage);
  else return coverage.error();
  return material;
}

Result<ConcernReport> find_concerns(const Archive& archive, const Taxonomy& taxonomy, const ConcernOptions& options) {
  auto material = concern::load(archive, options.unit);
  if (!material) return material.error();
  auto report = concern::judge(*material, taxonomy, options);
  if (!report) return report;
  // A place may be held under the names it had on the other map.
  const auto opinions = [&](const std::string& topic, const std::string& place, const Period& period,
                            int limit) -> Result<std::vector<StoredOpinion>> {
    std::vector<StoredOpinion> all;
    for (const std::string& name : concern::names_held(*report, place)) {
      auto some = archive.opinions(topic, name, period, limit);
      if (!some) return some;
      all.insert(all.end(), std::make_move_iterator(some->begin()), std::make_move_iterator(some->end()));
    }
    return all;
  };
  if (auto bad = concern::attach_evidence(*report, options.evidence, opinions); !bad.ok()) return bad.error();
  if (auto bad = concern::attach_silence(*report, archive, options); !bad.ok()) return bad.error();
  if (auto bad = concern::attach_novelty(*report, archive, options); !bad.ok()) return bad.error();
  for (const char* key : kModelSettings) {
    auto version = archive.setting(key);
    if (!version) return version.error();
    if (!version->empty()) report->models.emplace_back(key, std::move(*version));
  }
  return report;
}

}  // namespace duluan
