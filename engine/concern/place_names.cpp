#include "concern/place_names.hpp"

#include <set>
#include <string_view>
#include <vector>

namespace duluan::concern {
namespace {

constexpr float kCertain = 0.85F;

// The province of today that a unit of either map lies in.
PlaceId province_of(const Gazetteer& gazetteer, PlaceId unit) {
  std::vector<PlaceId> above;
  gazetteer.ancestors(unit, above);
  const PlaceId province = above.empty() ? unit : above.back();
  std::vector<PlaceShare> now;
  gazetteer.rebase(province, Gazetteer::kMergerDay, now);
  return now.empty() ? province : now.front().unit;
}

}  // namespace

PlaceNames::PlaceNames(const Gazetteer* gazetteer, std::span<const std::string> names) : gazetteer_(gazetteer) {
  if (gazetteer_ != nullptr) context_.within = home_province(names);
}

std::optional<PlaceId> PlaceNames::home_province(std::span<const std::string> names) {
  std::map<PlaceId, std::size_t> votes;
  std::size_t known = 0;
  for (const std::string& name : names) {
    gazetteer_->find(name, {}, mentions_);
    if (mentions_.found.empty() || mentions_.found.front().span.begin != 0) continue;
    ++known;
    std::set<PlaceId> provinces;
    for (const PlaceId candidate : mentions_.of(mentions_.found.front()))
      provinces.insert(province_of(*gazetteer_, candidate));
    for (const PlaceId province : provinces) ++votes[province];
  }
  for (const auto& [province, n] : votes)
    if (n * 10 >= known * 7) return province;
  return std::nullopt;
}

std::optional<PlaceId> PlaceNames::unit(const std::string& name, int day) {
  if (gazetteer_ == nullptr || name.empty()) return std::nullopt;
  const auto [entry, fresh] = known_.try_emplace({name, day >= Gazetteer::kMergerDay}, std::nullopt);
  if (!fresh) return entry->second;
  context_.day = day;
  gazetteer_->find(name, context_, mentions_);
  if (mentions_.found.empty()) return std::nullopt;
  const Mention& first = mentions_.found.front();
  // What follows may only be the units it lies in.
  const bool whole = first.span.begin == 0 && mentions_.found.back().span.end == name.size();
  if (whole && first.unit && first.confidence >= kCertain) entry->second = first.unit;
  return entry->second;
}

bool PlaceNames::names_province(const std::string& name, int day) {
  if (name.starts_with("tỉnh ")) return true;
  const auto known = unit(name, day);
  return known && gazetteer_->place(*known).level == PlaceLevel::kProvince;
}

}  // namespace duluan::concern
