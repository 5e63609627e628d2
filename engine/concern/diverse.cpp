#include "concern/diverse.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <numeric>
#include <set>

#include "topic/terms.hpp"

namespace duluan::concern {
namespace {

constexpr double kRelevance = 0.6;  // the rest goes to being unlike what is chosen already

using Features = std::vector<std::uint32_t>;  // sorted

Features features_of(std::string_view text) {
  const topics::Terms terms = topics::terms_of(text);
  Features features;
  for (std::size_t i = 0; i < terms.folded.size(); ++i) {
    const std::string next = i + 1 < terms.folded.size() ? " " + terms.folded[i + 1] : "";
    features.push_back(topics::term_key(terms.folded[i] + next, 0));
  }
  std::sort(features.begin(), features.end());
  features.erase(std::unique(features.begin(), features.end()), features.end());
  return features;
}

double likeness(const Features& a, const Features& b) {
  if (a.empty() || b.empty()) return a.empty() && b.empty() ? 1 : 0;
  std::size_t common = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (*i == *j) ++common, ++i, ++j;
    else if (*i < *j) ++i;
    else ++j;
  }
  return static_cast<double>(common) / static_cast<double>(a.size() + b.size() - common);
}

std::vector<std::size_t> most_relevant(const std::vector<Quotable>& all) {
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return all[a].relevance > all[b].relevance; });
  if (order.size() > kMostQuotable) order.resize(kMostQuotable);
  return order;
}

struct Candidate {
  std::size_t index = 0;
  Features features;
  double nearest = 0;  ///< likeness to the most alike of the chosen
  bool gone = false;
};

}  // namespace

std::vector<std::size_t> pick_diverse(const std::vector<Quotable>& all, std::size_t most) {
  std::vector<Candidate> candidates;
  for (const std::size_t i : most_relevant(all)) candidates.push_back({i, features_of(all[i].text), 0, false});
  std::vector<std::size_t> picked;
  std::set<std::string_view> reports;
  while (picked.size() < most) {
    Candidate* best = nullptr;
    double best_score = 0;
    for (Candidate& c : candidates) {
      if (c.gone) continue;
      const Quotable& q = all[c.index];
      const double score =
          kRelevance * q.relevance - (1 - kRelevance) * c.nearest - (reports.contains(q.report) ? 1 : 0);
      if (best == nullptr || score > best_score) best = &c, best_score = score;
    }
    if (best == nullptr) break;
    best->gone = true;
    picked.push_back(best->index);
    if (!reports.insert(all[best->index].report).second && reports.size() > 0) {
      // Each report has had its turn as often as the others: the next round begins.
      const bool left = std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& c) {
        return !c.gone && !reports.contains(all[c.index].report);
      });
      if (!left) reports = {all[best->index].report};
    }
    for (Candidate& c : candidates) {
      if (c.gone) continue;
      c.nearest = std::max(c.nearest, likeness(c.features, best->features));
      c.gone = all[c.index].text == all[best->index].text;
    }
  }
  return picked;
}

}  // namespace duluan::concern
