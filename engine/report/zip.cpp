#include "report/zip.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <memory>

#include "duluan/report.hpp"
#include "duluan/text.hpp"
#include "report/extract.hpp"
#include "report/readers.hpp"

namespace duluan {
namespace report {
namespace {

struct FreeArchive {
  void operator()(archive* a) const { archive_read_free(a); }
};
using Zip = std::unique_ptr<archive, FreeArchive>;

Error damaged(std::string what) { return {ErrorCode::kMalformed, std::move(what), "", "pack it or save it again"}; }

Result<Zip> open_zip(std::string_view bytes) {
  Zip zip(archive_read_new());
  archive_read_support_format_zip(zip.get());
  if (archive_read_open_memory(zip.get(), bytes.data(), bytes.size()) != ARCHIVE_OK)
    return damaged("the file is no zip container");
  return zip;
}

// The name as UTF-8: zip files from old Windows bear names in the code pages of their day.
std::string name_of_entry(archive_entry* entry) {
  const char* name = archive_entry_pathname_utf8(entry);
  if (name == nullptr) name = archive_entry_pathname(entry);
  if (name == nullptr) return "";
  const std::string_view bytes(name);
  return find_bad_utf8(bytes) == std::string_view::npos ? std::string(bytes) : decode_any(bytes).text.str();
}

// What the entry holds, up to `most` bytes.
Result<std::string> content_of(archive* zip, archive_entry* entry, std::size_t most) {
  if (archive_entry_is_encrypted(entry) != 0)
    return Error{ErrorCode::kUnsupported, "it is protected by a password", "", "save it without one"};
  std::string content;
  std::string block(1U << 16, '\0');
  la_ssize_t got = 0;
  while ((got = archive_read_data(zip, block.data(), block.size())) > 0) {
    content.append(block, 0, static_cast<std::size_t>(got));
    if (content.size() > most)
      return Error{ErrorCode::kTooLarge, "it unpacks to more than " + std::to_string(most >> 20) + " MB", "",
                   "check where it comes from"};
  }
  if (got < 0) return damaged("the container is damaged");
  return content;
}

}  // namespace

Result<std::map<std::string, std::string>> zip_parts(std::string_view bytes,
                                                     const std::function<bool(std::string_view)>& wanted,
                                                     std::size_t most) {
  auto zip = open_zip(bytes);
  if (!zip) return zip.error();
  std::map<std::string, std::string> parts;
  std::size_t room = kLargestText;
  archive_entry* entry = nullptr;
  int state = ARCHIVE_OK;
  while (parts.size() < most && (state = archive_read_next_header(zip->get(), &entry)) == ARCHIVE_OK) {
    const std::string name = name_of_entry(entry);
    if (!wanted(name)) continue;
    auto content = content_of(zip->get(), entry, room);
    if (!content) return content.error();
    room -= content->size();
    parts.insert_or_assign(name, std::move(*content));
  }
  if (state != ARCHIVE_OK && state != ARCHIVE_EOF) return damaged("the container is damaged or truncated");
  return parts;
}

ZipKind zip_kind(std::string_view bytes) {
  auto zip = open_zip(bytes);
  if (!zip) return ZipKind::kDocuments;
  archive_entry* entry = nullptr;
  ZipKind kind = ZipKind::kDocuments;
  while (archive_read_next_header(zip->get(), &entry) == ARCHIVE_OK) {
    const std::string name = name_of_entry(entry);
    if (name.starts_with("word/")) return ZipKind::kWord;
    if (name.starts_with("xl/")) return ZipKind::kExcel;
    if (name.starts_with("ppt/")) return ZipKind::kPresentation;
    if (name == "META-INF/manifest.xml") kind = ZipKind::kOpenDocument;
  }
  return kind;
}

namespace {

// Where a name in a container must not lead; it is never used as a path, but whoever made it meant harm or erred.
bool leads_astray(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.front() == '\\' || (name.size() > 1 && name[1] == ':')) return true;
  if (std::any_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; })) return true;
  for (std::size_t at = 0; at <= name.size();) {
    const std::size_t end = std::min(name.find_first_of("/\\", at), name.size());
    if (name.substr(at, end - at) == "..") return true;
    at = end + 1;
  }
  return false;
}

// What systems put beside the documents.
bool is_clutter(std::string_view name) {
  const std::string_view base = name.substr(name.rfind('/') + 1);
  return name.ends_with('/') || base.starts_with('.') || base.starts_with("~$") || name.starts_with("__MACOSX/") ||
         base == "Thumbs.db" || base == "desktop.ini";
}

class Unpacking {
 public:
  Unpacking(const UnpackLimits& limits, const std::function<void(const std::string&, Result<std::string>)>& use)
      : limits_(limits), use_(use), room_(limits.total) {}

  void unpack(std::string_view bytes, const std::string& name, int depth) {
    auto zip = open_zip(bytes);
    if (!zip) return give(name, zip.error());
    archive_entry* entry = nullptr;
    int state = ARCHIVE_OK;
    while ((state = archive_read_next_header(zip->get(), &entry)) == ARCHIVE_OK) {
      const std::string inside = name_of_entry(entry);
      if (leads_astray(inside)) {
        give(name, {ErrorCode::kMalformed, "an entry has the name of a file outside it; left out", "",
                    "check where it comes from"});
        continue;
      }
      if (is_clutter(inside)) continue;
      if (++entries_ > limits_.entries)
        return give(name, {ErrorCode::kTooLarge,
                           "it holds more than " + std::to_string(limits_.entries) + " documents; the rest is left out",
                           "", "unpack it into a folder"});
      if (room_ == 0) return give(name, no_room());
      use(zip->get(), entry, name + "/" + inside, depth);
    }
    if (state != ARCHIVE_EOF) give(name, damaged("the container is damaged or truncated; what stands before is read"));
  }

 private:
  [[nodiscard]] Error no_room() const {
    return {ErrorCode::kTooLarge,
            "it unpacks to more than " + std::to_string(limits_.total >> 20) + " MB; the rest is left out", "",
            "check where it comes from"};
  }

  void use(archive* zip, archive_entry* entry, const std::string& name, int depth) {
    const std::size_t most = std::min(room_, limits_.entry);
    auto content = content_of(zip, entry, most);
    if (!content) {
      // What was unpacked in vain counts as well: a thousand bombs are one.
      if (content.error().code == ErrorCode::kTooLarge) room_ -= most;
      return give(name, content.error());
    }
    room_ -= content->size();
    if (!is_zip_of_documents(*content, name)) return use_(name, std::move(*content));
    if (depth >= limits_.depth)
      return give(
          name, {ErrorCode::kTooLarge, "zip files lie in one another deeper than " + std::to_string(limits_.depth), "",
                 "unpack it into a folder"});
    unpack(*content, name, depth + 1);
  }

  void give(const std::string& name, Error error) {
    error.where = name;
    use_(name, std::move(error));
  }

  UnpackLimits limits_;
  const std::function<void(const std::string&, Result<std::string>)>& use_;
  std::size_t room_;
  std::size_t entries_ = 0;
};

}  // namespace
}  // namespace report

bool is_zip_of_documents(std::string_view bytes, const std::string& name) {
  const auto is_office = [&name](std::string_view extension) { return name.ends_with(extension); };
  if (is_office(".docx") || is_office(".xlsx")) return false;  // damaged ones are still no zip of documents
  return report::container_of(bytes) == report::Container::kZip &&
         report::zip_kind(bytes) == report::ZipKind::kDocuments;
}

void unpack(std::string_view bytes, const std::string& name, const UnpackLimits& limits,
            const std::function<void(const std::string& name, Result<std::string> bytes)>& use) {
  report::Unpacking(limits, use).unpack(bytes, name, 1);
}

}  // namespace duluan
