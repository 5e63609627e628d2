// find_concerns: load, judge, quote.
#include "concern/judge.hpp"
#include "concern/novelty.hpp"
#include "concern/silence.hpp"

namespace duluan {
namespace {

// The settings by which whoever fills an archive says with what it was done.
constexpr const char* kModelSettings[] = {"program", "taxonomy", "model.topics", "model.words", "model.diacritics"};

}  // namespace

Result<ConcernReport> find_concerns(const Archive& archive, const Taxonomy& taxonomy, const ConcernOptions& options) {
  concern::Material material;
  if (auto counts = archive.counts(options.unit); counts) material.counts = std::move(*counts);
  else return counts.error();
  if (auto coverage = archive.coverage(options.unit); coverage) material.coverage = std::move(*coverage);
  else return coverage.error();
  auto report = concern::judge(material, taxonomy, options);
  if (!report) return report;
  const auto opinions = [&](const std::string& topic, const std::string& place, const Period& period, int limit) {
    return archive.opinions(topic, place, period, limit);
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
