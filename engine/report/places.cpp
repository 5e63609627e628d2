#include "report/places.hpp"

#include <algorithm>

namespace duluan::report {
namespace {

constexpr std::size_t kLongestHeading = 1000;  // bytes: emblem, offices, date, title
constexpr float kCertain = 0.89F;

// The one name of the units that a mention may be: homonyms of one level are written alike.
std::string common_name(const Gazetteer& gazetteer, const Mentions& mentions, const Mention& mention) {
  if (mention.unit) return mention.confidence >= kCertain ? gazetteer.full_name(*mention.unit) : "";
  std::string name;
  for (const PlaceId candidate : mentions.of(mention)) {
    if (gazetteer.place(candidate).kind != mention.written) continue;
    const std::string here = gazetteer.full_name(candidate);
    if (!name.empty() && here != name) return "";
    name = here;
  }
  return name;
}

bool only_signs(std::string_view text) { return text.find_first_not_of(" ,.-()\t") == std::string_view::npos; }

std::string name_of(const Gazetteer& gazetteer, const PlaceContext& context, const std::string& place,
                    Mentions& mentions) {
  gazetteer.find(place, context, mentions);
  std::string name;
  std::size_t reached = 0;
  for (const Mention& mention : mentions.found) {
    const std::string unit = common_name(gazetteer, mentions, mention);
    if (unit.empty() || !only_signs(std::string_view(place).substr(reached, mention.span.begin - reached)))
      return place;
    name += (name.empty() ? "" : ", ") + unit;
    reached = mention.span.end;
  }
  return name.empty() || !only_signs(std::string_view(place).substr(reached)) ? place : name;
}

// What the heading of a report names; tables have none.
struct Named {
  std::optional<PlaceId> province;
  std::vector<std::string> units;
};

Named names_of_heading(const Gazetteer& gazetteer, const Document& document, Mentions& mentions) {
  Named named;
  if (document.opinions.empty() || document.opinions.front().source != document.source) return named;
  const std::size_t heading = std::min(document.opinions.front().offset, kLongestHeading);
  gazetteer.find(std::string_view(document.text).substr(0, heading), {}, mentions);
  for (const Mention& mention : mentions.found) {
    if (mention.unit && gazetteer.place(*mention.unit).level == PlaceLevel::kProvince && !named.province)
      named.province = mention.unit;
    if (mention.written) named.units.push_back(common_name(gazetteer, mentions, mention));
  }
  return named;
}

// "xã Cư M" and "phường Văn Miếu" are what the outline makes of names with signs in them.
std::string whole_name(const std::vector<std::string>& units, const std::string& place) {
  for (const std::string& unit : units) {
    if (unit == place) return place;
    const std::string_view rest = unit.starts_with(place) ? std::string_view(unit).substr(place.size()) : "";
    if (rest.starts_with(" -") || rest.starts_with("'")) return unit;
  }
  return place;
}

}  // namespace

void name_places(Document& document, const Gazetteer& gazetteer) {
  Mentions mentions;
  PlaceContext context;
  const Named heading = names_of_heading(gazetteer, document, mentions);
  context.within = heading.province;
  std::string last;
  std::string name;
  std::optional<Period> period;
  for (Opinion& opinion : document.opinions) {
    if (opinion.place.empty()) continue;
    if (opinion.place != last || opinion.period != period) {
      last = opinion.place;
      period = opinion.period;
      context.day = period ? std::optional(period->days_since_epoch()) : std::nullopt;
      name = name_of(gazetteer, context, whole_name(heading.units, last), mentions);
    }
    opinion.place = name;
  }
}

}  // namespace duluan::report
