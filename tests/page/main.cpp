// Skipped, with the reason, where there is no browser.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <cstdio>
#include <string_view>

#include "browser.hpp"

int main(int argc, char** argv) {
  constexpr int kSkipped = 77;  // SKIP_RETURN_CODE of the tests
  bool listing = false;
  for (int i = 1; i < argc; ++i) listing |= std::string_view(argv[i]).find("list-test") != std::string_view::npos;
  if (const std::string missing = Browser::missing(); !listing && !missing.empty()) {
    std::printf("skipped: page tests: %s\n", missing.c_str());
    return kSkipped;
  }
  return doctest::Context(argc, argv).run();
}
