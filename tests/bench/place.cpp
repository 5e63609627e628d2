// Mentions of places in lines of text, or how fast they are found.
//
//     duluan_place_bench FOLDER mentions [PROVINCE] < text   // line, span, unit, confidence, left and right context
//     duluan_place_bench FOLDER speed < text                 // MB a CPU second, median of five
//     duluan_place_bench FOLDER load                         // CPU milliseconds of a load, median of eleven
#include "duluan/place.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

using namespace duluan;

namespace {

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void print(const Gazetteer& gazetteer, const std::string& line, std::size_t number, const Mentions& mentions) {
  constexpr std::size_t kAround = 60;
  for (const Mention& mention : mentions.found) {
    const std::size_t from = mention.span.begin > kAround ? mention.span.begin - kAround : 0;
    std::cout << number << '\t' << mention.confidence << '\t' << mention.count << '\t'
              << (mention.unit ? gazetteer.full_name(*mention.unit) : std::string("?")) << '\t'
              << line.substr(from, mention.span.begin - from) << "[[" << mention.span.of(line) << "]]"
              << line.substr(mention.span.end, kAround) << '\n';
  }
}

int speed(const Gazetteer& gazetteer, const std::vector<std::string>& lines) {
  std::size_t bytes = 0;
  for (const std::string& line : lines) bytes += line.size();
  Mentions mentions;
  std::vector<double> seconds;
  std::size_t found = 0;
  for (int run = 0; run < 5; ++run) {
    const double start = cpu_seconds();
    for (const std::string& line : lines) {
      gazetteer.find(line, {}, mentions);
      found += mentions.found.size();
    }
    seconds.push_back(cpu_seconds() - start);
  }
  std::printf("%.1f MB/s over %zu bytes, %zu mentions\n", static_cast<double>(bytes) / 1e6 / median(seconds), bytes,
              found / 5);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const std::string what = argv[2];
  std::vector<double> seconds;
  for (int run = 0; run < (what == "load" ? 10 : 0); ++run) {
    const double start = cpu_seconds();
    if (!Gazetteer::load(argv[1])) return 1;
    seconds.push_back(cpu_seconds() - start);
  }
  const double start = cpu_seconds();
  const auto gazetteer = Gazetteer::load(argv[1]);
  seconds.push_back(cpu_seconds() - start);
  if (!gazetteer) {
    std::fprintf(stderr, "%s\n", gazetteer.error().message().c_str());
    return 1;
  }
  if (what == "load") return std::printf("%.2f ms a load\n", median(seconds) * 1e3), 0;
  std::vector<std::string> lines;
  for (std::string line; std::getline(std::cin, line);) lines.push_back(line);
  if (what == "speed") return speed(*gazetteer, lines);
  PlaceContext context;
  if (argc > 3) context.within = gazetteer->province(argv[3], Gazetteer::kMergerDay);
  context.day = Gazetteer::kMergerDay - 1;
  Mentions mentions;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    gazetteer->find(lines[i], context, mentions);
    print(*gazetteer, lines[i], i + 1, mentions);
  }
  return 0;
}
