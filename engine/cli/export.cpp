#include <cstdio>
#include <map>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/json.hpp"
#include "duluan/archive.hpp"
#include "duluan/privacy.hpp"

namespace duluan::cli {
namespace {

Cell cell_of(const Count& count) { return {count.reports, count.units}; }

// A field of a table: in quotes where it has to be.
std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + '"';
}

std::string csv_row(const Count& count, bool shown) {
  const std::string head = count.period.label() + ',' + csv_field(count.topic) + ',' + csv_field(count.place) + ',';
  if (!shown) return head + ",,,yes\n";
  return head + std::to_string(count.opinions) + ',' + std::to_string(count.reports) + ',' +
         std::to_string(count.units) + ",\n";
}

std::string json_row(const Count& count, bool shown) {
  const auto number = [shown](int value) { return shown ? std::to_string(value) : std::string("null"); };
  return "{\"period\":" + json_string(count.period.label()) + ",\"topic\":" + json_string(count.topic) +
         ",\"place\":" + json_string(count.place) + ",\"opinions\":" + number(count.opinions) +
         ",\"reports\":" + number(count.reports) + ",\"units\":" + number(count.units) +
         ",\"suppressed\":" + (shown ? "false" : "true") + "}\n";
}

Period::Unit unit_of(const std::string& name) {
  if (name == "day") return Period::Unit::kDay;
  if (name == "week") return Period::Unit::kWeek;
  return name == "quarter" ? Period::Unit::kQuarter : Period::Unit::kMonth;
}

Result<Exit> run(const Arguments& arguments) {
  const auto archive = Archive::open(arguments.get("ARCHIVE"), Archive::Mode::kReadOnly);
  if (!archive) return archive.error();
  const Period::Unit unit = unit_of(arguments.get("--unit"));
  const auto counts = archive->counts(unit);
  if (!counts) return counts.error();
  auto totals = archive->totals(unit);
  if (!totals) return totals.error();
  std::map<std::pair<int, std::string>, std::vector<const Count*>> rows;  // by period and topic
  for (const Count& count : *counts) rows[{count.period.index, count.topic}].push_back(&count);
  const bool jsonl = arguments.get("--format") == "jsonl";
  const auto write = jsonl ? json_row : csv_row;
  if (!jsonl) write_out("period,topic,place,opinions,reports,units,suppressed\n");
  std::size_t hidden = 0, all = 0;
  for (Count& total : *totals) {
    const auto& places = rows[{total.period.index, total.topic}];
    std::vector<Cell> cells;
    for (const Count* count : places) cells.push_back(cell_of(*count));
    const Shown shown = shown_cells(cells, cell_of(total));
    total.place = "*";
    write_out(write(total, shown.total));
    for (std::size_t i = 0; i < places.size(); ++i) write_out(write(*places[i], shown.cells[i]));
    for (const bool cell : shown.cells) hidden += cell ? 0 : 1;
    hidden += shown.total ? 0 : 1;
    all += places.size() + 1;
  }
  std::fprintf(stderr, "duluan: %zu of %zu counts suppressed (fewer than %d reports or %d units, or telling of such)\n",
               hidden, all, kLeastReports, kLeastUnits);
  return kDone;
}

}  // namespace

Command export_command() {
  return {"export",
          "Counts of opinions by period, topic and place (* for all places), small ones suppressed",
          {{.name = "ARCHIVE", .help = "archive made by `duluan ingest`", .required = true},
           {.name = "--format", .help = "form of the output", .fallback = "csv", .choices = {"csv", "jsonl"}},
           {.name = "--unit",
            .help = "length of the periods; export one of an archive, two can tell what each hides",
            .fallback = "month",
            .choices = {"day", "week", "month", "quarter"}}},
          run};
}

}  // namespace duluan::cli
