// Documents of tests/golden/report against the opinions a reader finds in them (FILE.expected.tsv).
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "duluan/report.hpp"

using namespace duluan;

namespace {

std::string escaped(std::string text) {
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos;) text.replace(at, 1, "\\n");
  return text;
}

std::string table_of(const Document& document) {
  std::string out = "place\tperiod\tunit\tsection\ttext\n";
  for (const Opinion& o : document.opinions)
    out += o.place + '\t' + (o.period ? o.period->label() : "") + '\t' + o.unit + '\t' + o.section + '\t' +
           escaped(o.text) + '\n';
  return out;
}

std::string content(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("golden reports: every opinion with its section, unit, place and period, and nothing else") {
  const std::filesystem::path folder = std::string(DULUAN_SOURCE_DIR) + "/tests/golden/report";
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().string().ends_with(".expected.tsv")) continue;
    ++files;
    CAPTURE(entry.path().filename().string());
    const auto document = read_document(entry.path().string(), {});
    REQUIRE(document);
    CHECK(table_of(*document) == content(entry.path().string() + ".expected.tsv"));
    CHECK(document->skipped.empty());
    for (const Opinion& opinion : document->opinions) {
      if (opinion.source.find('#') != std::string::npos) continue;  // a record's offset is in the record
      std::string there = document->text.substr(opinion.offset, opinion.text.size());
      std::replace(there.begin(), there.end(), '\n', ' ');
      CHECK(there == opinion.text);
    }
  }
  CHECK(files >= 12);
}
