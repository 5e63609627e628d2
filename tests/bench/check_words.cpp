// Reads text files line by line and checks that segmenting changes no character and that every span is
// exact (word_check.hpp). Prints violations and a count; exit 1 if there were any.
//
//     build/release/tests/duluan_check_words MODEL FILE…
#include <cstdio>
#include <fstream>
#include <string>

#include "word_check.hpp"

namespace {

using namespace duluan;

struct Count {
  std::size_t lines = 0;
  std::size_t bytes = 0;
  std::size_t words = 0;
  std::size_t violations = 0;
};

bool check_file(const Segmenter& segmenter, const char* path, Count& count) {
  constexpr std::size_t kMostPrinted = 20;
  std::ifstream in(path, std::ios::binary);
  Words words;
  std::string out;
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    const char* const wrong = word_check::wrong_line(segmenter, line, words, out);
    if (wrong != nullptr && ++count.violations <= kMostPrinted) std::printf("%s:%zu: %s\n", path, number, wrong);
    count.bytes += line.size() + 1;
    count.words += words.size();
  }
  count.lines += number;
  return in.eof() && number > 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) {
    std::fprintf(stderr, "usage: duluan_check_words MODEL FILE...\n");
    return 2;
  }
  const auto segmenter = Segmenter::load(arguments[1]);
  if (!segmenter) {
    std::fprintf(stderr, "%s\n", segmenter.error().message().c_str());
    return 1;
  }
  Count all;
  for (int i = 2; i < count; ++i)
    if (!check_file(*segmenter, arguments[i], all)) {
      std::fprintf(stderr, "cannot read '%s', or it is empty\n", arguments[i]);
      return 1;
    }
  std::printf("%zu lines, %zu bytes, %zu words: %zu violations\n", all.lines, all.bytes, all.words, all.violations);
  return all.violations == 0 ? 0 : 1;
}
