#include "report/ole.hpp"

#include <algorithm>
#include <bit>

#include "report/extract.hpp"

namespace duluan::report {
namespace {

constexpr std::uint32_t kLastSector = 0xFFFFFFFA;  // what follows are signs, no sectors
constexpr std::uint32_t kNoEntry = 0xFFFFFFFF;
constexpr std::size_t kSmallSector = 64;
constexpr std::size_t kEntrySize = 128;

Error damaged(std::string what) { return {ErrorCode::kMalformed, std::move(what), "", ""}; }

std::vector<std::uint32_t> numbers(std::string_view bytes) {
  const Bytes in(bytes);
  std::vector<std::uint32_t> result(bytes.size() / 4);
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = in.u32(4 * i);
  return result;
}

}  // namespace

double Bytes::f64(std::size_t at) const noexcept {
  return std::bit_cast<double>(u32(at) | (static_cast<std::uint64_t>(u32(at + 4)) << 32));
}

Result<OleFile> OleFile::open(std::string_view bytes) {
  OleFile file(bytes);
  if (auto table = file.read_table(); !table) return table.error();
  if (auto directory = file.read_directory(); !directory) return directory.error();
  return file;
}

// The table of sectors; its own sectors are listed in the header and, past 109, in a chain.
Result<void> OleFile::read_table() {
  const Bytes header(bytes_);
  if (bytes_.size() < 512) return damaged("the file ends in its header");
  const unsigned shift = header.u16(30);
  if (shift != 9 && shift != 12) return damaged("the header of the container is damaged");
  sector_ = std::size_t{1} << shift;
  cutoff_ = header.u32(56);
  const std::size_t most = bytes_.size() / sector_ + 1;
  std::vector<std::uint32_t> sectors;
  for (std::size_t i = 0; i < 109; ++i) sectors.push_back(header.u32(76 + 4 * i));
  std::uint32_t more = header.u32(68);
  for (std::size_t read = 0; more < kLastSector && read < most; ++read) {
    const std::size_t at = (std::size_t{more} + 1) * sector_;
    if (at >= bytes_.size()) break;
    for (std::size_t i = 0; i + 4 < sector_; i += 4) sectors.push_back(header.u32(at + i));
    more = header.u32(at + sector_ - 4);
  }
  for (const std::uint32_t sector : sectors) {
    const std::size_t at = (std::size_t{sector} + 1) * sector_;
    if (sector >= kLastSector || at >= bytes_.size() || next_.size() > most) continue;
    const auto part = numbers(bytes_.substr(at, sector_));
    next_.insert(next_.end(), part.begin(), part.end());
  }
  return {};
}

std::string OleFile::chain(std::uint32_t start, std::size_t most) const {
  std::string content;
  std::size_t left = next_.size() + 1;  // a chain that is longer runs in a circle
  for (std::uint32_t sector = start; sector < kLastSector && content.size() < most && left > 0; --left) {
    const std::size_t at = (std::size_t{sector} + 1) * sector_;
    if (at >= bytes_.size()) break;
    content.append(bytes_.substr(at, sector_));
    sector = sector < next_.size() ? next_[sector] : kLastSector;
  }
  if (content.size() > most) content.resize(most);
  return content;
}

// Entries are a tree of names within each storage; only what hangs on the root counts here, since documents put into
// others have streams of the same names.
Result<void> OleFile::read_directory() {
  const Bytes header(bytes_);
  const std::string directory = chain(header.u32(48), bytes_.size());
  const Bytes in(directory);
  const std::size_t count = directory.size() / kEntrySize;
  if (count == 0 || in.u8(66) != 5) return damaged("the container has no directory");
  const auto start_of = [&](std::size_t entry) { return in.u32(entry * kEntrySize + 116); };
  small_ = chain(start_of(0), in.u32(120));
  small_next_ = numbers(chain(header.u32(60), bytes_.size()));
  std::vector<bool> seen(count);
  std::vector<std::uint32_t> open{in.u32(76)};
  while (!open.empty()) {
    const std::uint32_t entry = open.back();
    open.pop_back();
    if (entry == kNoEntry || entry >= count || seen[entry]) continue;
    seen[entry] = true;
    const std::size_t at = entry * kEntrySize;
    open.push_back(in.u32(at + 68));
    open.push_back(in.u32(at + 72));
    if (in.u8(at + 66) != 2) continue;
    Entry stream{"", start_of(entry), in.u32(at + 120)};
    for (std::size_t i = 0; i + 2 < std::min<std::size_t>(in.u16(at + 64), 64); i += 2)
      append_code(stream.name, in.u16(at + i));
    entries_.push_back(std::move(stream));
  }
  return {};
}

std::optional<std::string> OleFile::stream(std::string_view name) const {
  const auto entry = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.name == name; });
  if (entry == entries_.end()) return std::nullopt;
  if (entry->size >= cutoff_) return chain(entry->start, entry->size);
  std::string content;
  std::size_t left = small_next_.size() + 1;
  for (std::uint32_t sector = entry->start; sector < kLastSector && content.size() < entry->size && left > 0; --left) {
    const std::size_t at = std::size_t{sector} * kSmallSector;
    if (at >= small_.size()) break;
    content.append(small_, at, kSmallSector);
    sector = sector < small_next_.size() ? small_next_[sector] : kLastSector;
  }
  if (content.size() > entry->size) content.resize(entry->size);
  return content;
}

}  // namespace duluan::report
