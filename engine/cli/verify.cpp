#include <cstdio>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "duluan/archive.hpp"

namespace duluan::cli {
namespace {

Result<Exit> run(const Arguments& arguments) {
  const std::string path = arguments.get("ARCHIVE");
  const auto archive = Archive::open(path, Archive::Mode::kReadOnly);
  if (!archive) return archive.error();
  const auto findings = archive->verify();
  if (!findings) return findings.error();
  for (const std::string& finding : *findings) std::fprintf(stderr, "duluan: %s: %s\n", path.c_str(), finding.c_str());
  if (!findings->empty())
    return Error{ErrorCode::kMalformed, "the archive is not sound", path, "restore it from a copy"};
  write_out("sound\n");
  return kDone;
}

}  // namespace

Command verify_command() {
  return {"verify",
          "Check an archive: the file, its references, copies, search index and audit trail",
          {{.name = "ARCHIVE", .help = "archive made by `duluan ingest`", .required = true}},
          run};
}

}  // namespace duluan::cli
