// Quotations for concerns, and how much they rest on.
#include <algorithm>
#include <set>
#include <string_view>

#include "concern/diverse.hpp"
#include "concern/judge.hpp"

namespace duluan::concern {
namespace {

constexpr int kMostRead = 100000;  // opinions of one concern and place

struct Found {
  Evidence evidence;
  std::string report;  ///< the source without its record
};

double probability_of(const StoredOpinion& opinion, const std::string& topic) {
  for (std::size_t i = 0; i < opinion.topics.size() && i < opinion.probabilities.size(); ++i)
    if (opinion.topics[i] == topic) return opinion.probabilities[i];
  return 0;
}

Result<std::vector<Found>> collect(const Concern& concern, const Period& period, const OpinionSource& source) {
  std::vector<Found> all;
  std::set<std::int64_t> seen;
  for (const std::string& place : concern.places.empty() ? std::vector<std::string>{""} : concern.places) {
    auto opinions = source(concern.topic, place, period, kMostRead);
    if (!opinions) return opinions.error();
    for (StoredOpinion& stored : *opinions) {
      if (stored.copy_of != 0 || !seen.insert(stored.id).second) continue;
      Opinion& o = stored.opinion;
      std::string report = report_of(o.source);
      all.push_back({{stored.id, std::move(o.text), std::move(o.source), std::move(o.place), std::move(o.unit),
                      probability_of(stored, concern.topic)},
                     std::move(report)});
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Found& a, const Found& b) { return a.evidence.probability > b.evidence.probability; });
  return all;
}

std::vector<Evidence> pick(std::vector<Found> found, int most) {
  std::vector<Quotable> quotable;
  for (const Found& f : found) quotable.push_back({f.evidence.text, f.report, f.evidence.probability});
  std::vector<Evidence> picked;
  for (const std::size_t i : pick_diverse(quotable, static_cast<std::size_t>(most)))
    picked.push_back(found[i].evidence);
  return picked;
}

}  // namespace

std::string report_of(const std::string& source) { return source.substr(0, source.rfind('#')); }

Result<void> attach_evidence(ConcernReport& report, int most, const OpinionSource& source) {
  for (Concern& concern : report.concerns) {
    auto found = collect(concern, report.period, source);
    if (!found) return found.error();
    std::set<std::string> reports, units;
    for (const Found& f : *found) {
      reports.insert(f.report);
      // Opinions that name no unit came from somewhere all the same.
      units.insert(f.evidence.unit.empty() ? f.evidence.place : f.evidence.unit);
    }
    concern.reports = static_cast<int>(reports.size());
    concern.units = static_cast<int>(units.size());
    concern.evidence = pick(std::move(*found), most);
  }
  return {};
}

}  // namespace duluan::concern
