#include "cli/series.hpp"

#include <cstdio>

#include "cli/files.hpp"

namespace duluan::cli {

Result<Exit> with_series(const Arguments& arguments,
                         const std::function<Result<std::size_t>(const trend::SeriesFile&)>& work) {
  const std::string path = arguments.get("SERIES");
  auto text = read_all(path);
  if (!text) return text.error();
  auto file = trend::parse_series(*text, path.empty() ? "standard input" : path);
  if (!file) return file.error();
  for (const Error& problem : file->problems) std::fprintf(stderr, "duluan: %s; skipped\n", problem.message().c_str());
  auto refused = work(*file);
  if (!refused) return refused.error();
  const std::size_t skipped = file->problems.size() + *refused;
  if (skipped > 0) std::fprintf(stderr, "duluan: %zu series skipped\n", skipped);
  return kDone;
}

}  // namespace duluan::cli
