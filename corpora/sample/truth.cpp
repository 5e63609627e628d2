#include "truth.hpp"

#include <map>

namespace sample {
namespace {

constexpr std::string_view kProvince = "lam-chau";

/// "14,10,4": what an event has in each month from first to last.
std::string counts_of(const Plan& plan, Origin origin, int first, int last) {
  std::string counts;
  for (int month = first; month <= last; ++month) {
    int count = 0;
    for (const Told& told : plan.told)
      if (told.origin == origin && told.month == month) ++count;
    counts += (counts.empty() ? "" : ",") + std::to_string(count);
  }
  return counts;
}

std::string by_place(const Plan& plan, const std::vector<Place>& places, Origin origin, int month) {
  std::map<std::string, int> counts;
  for (const Told& told : plan.told)
    if (told.origin == origin && told.month == month) ++counts[places[told.place].id];
  std::string text = label_of(month);
  for (const auto& [place, count] : counts) text += " " + place + " " + std::to_string(count);
  return text;
}

std::string row(std::string_view kind, std::string_view topic, std::string_view places, std::string_view units,
                int first, int last, std::string_view counts, std::string_view note) {
  std::string line;
  for (const std::string_view field : {kind, topic, places, units}) line += std::string(field) + '\t';
  line += label_of(first) + '\t' + label_of(last) + '\t';
  return line + std::string(counts) + '\t' + std::string(note) + '\n';
}

std::string event(const Plan& plan, std::string_view kind, Origin origin, std::string_view topic,
                  std::string_view places, int first, int last, std::string_view note) {
  return row(kind, topic, places, "", first, last, counts_of(plan, origin, first, last), note);
}

std::string copied(const Plan& plan, const Copied& copy) {
  int count = 0;
  for (const Told& told : plan.told)
    if (told.origin == Origin::kCopy && told.month == copy.month) ++count;
  const std::string both = std::string(copy.from) + "," + std::string(copy.by);
  return row("copied", "", both, copy.by, copy.month, copy.month, std::to_string(count),
             "every paragraph is that of " + std::string(copy.from));
}

}  // namespace

std::string truth_table(const Plan& plan, const std::vector<Place>& places) {
  std::string table = "kind\ttopic\tplaces\tunits\tfirst\tlast\tcounts\tnote\n";
  table += event(plan, "sudden", Origin::kSudden, "order", kProvince, month_index(2026, 6), month_index(2026, 8),
                 "calls of false policemen");
  table += event(plan, "creeping", Origin::kCreeping, "employment", kProvince, month_index(2026, 4),
                 month_index(2026, 10), "orders and jobs lost at the industrial park");
  std::string split;
  for (int month = month_index(2026, 8); month <= month_index(2026, 10); ++month)
    split += (split.empty() ? "" : "; ") + by_place(plan, places, Origin::kLocal, month);
  table += event(plan, "local", Origin::kLocal, "environment", "an-tram,thuong-tram", month_index(2026, 8),
                 month_index(2026, 10), split);
  table += event(plan, "season", Origin::kSeason, "prices,transport,welfare,order", kProvince, month_index(2025, 1),
                 month_index(2025, 2), "Tết of 2025-01-29; not a concern to flag");
  table += event(plan, "season", Origin::kSeason, "prices,transport,welfare,order", kProvince, month_index(2026, 2),
                 month_index(2026, 2), "Tết of 2026-02-17; not a concern to flag");
  table += row("trap", "", kProvince, "", kDoubledMonth, kDoubledMonth,
               counts_of(plan, Origin::kBase, kDoubledMonth, kDoubledMonth),
               "every unit sends twice as much, the topics as usual; the count is of the usual talk alone");
  for (const Irregular& gap : silences())
    table += row("silent", "", gap.unit, gap.unit, gap.first, gap.last, "", "no report");
  for (const Irregular& delay : delays())
    table += row("late", "", delay.unit, delay.unit, delay.first, delay.last, "", "in the folder of the month after");
  for (const Copied& copy : copies()) table += copied(plan, copy);
  return table;
}

std::string count_table(const Plan& plan) {
  std::vector<std::vector<int>> counts(topics().size() + 1, std::vector<int>(kMonths + 1));
  for (const Told& told : plan.told) {
    if (told.origin == Origin::kCopy) continue;
    for (const std::size_t topic : {told.topic, topics().size()})
      for (const int month : {told.month, kMonths}) ++counts[topic][static_cast<std::size_t>(month)];
  }
  std::string table = "topic";
  for (int month = 0; month < kMonths; ++month) table += '\t' + label_of(month);
  table += "\tall\n";
  for (std::size_t topic = 0; topic <= topics().size(); ++topic) {
    table += topic < topics().size() ? topics()[topic].id : "all";
    for (const int count : counts[topic]) table += '\t' + std::to_string(count);
    table += '\n';
  }
  return table;
}

}  // namespace sample
