// .xls of Excel 5 to 2003 ([MS-XLS], BIFF 5 and 8): a stream of records; first the workbook's fonts, formats and
// strings, then a substream for each sheet.
#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>
#include <set>
#include <vector>

#include "report/ole.hpp"
#include "report/readers.hpp"
#include "report/sheet.hpp"
#include "text/code_pages.hpp"

namespace duluan::report {
namespace {

namespace record {
constexpr std::uint16_t kFormula = 0x06, kEof = 0x0A, kDates = 0x22, kPassword = 0x2F, kFont = 0x31, kContinue = 0x3C,
                        kSheet = 0x85, kManyRk = 0xBD, kRichLabel = 0xD6, kLook = 0xE0, kStrings = 0xFC,
                        kStringLabel = 0xFD, kNumber = 0x203, kLabel = 0x204, kBool = 0x205, kString = 0x207,
                        kRk = 0x27E, kFormat = 0x41E, kBof = 0x809;
}  // namespace record

Error not_xls(const std::string& where, std::string what) {
  return {ErrorCode::kMalformed, std::move(what), where,
          "open it in Excel or LibreOffice and save it again as .xlsx or .csv"};
}

struct Run {
  std::size_t begin = 0;  // in units of the text
  std::size_t font = 0;
};

// A string as the file has it: the runs say from which unit on which font is used.
struct RichString {
  std::u16string units;
  std::vector<Run> runs;
};

// The strings shared by the cells. Their records go on in others; inside a string's letters the continuation begins
// with a byte that says anew how wide they are.
class SharedStrings {
 public:
  explicit SharedStrings(std::vector<std::string_view> parts) : parts_(std::move(parts)) {}

  std::vector<RichString> read() {
    skip(4);
    const std::size_t count = number(4);
    std::vector<RichString> strings;
    while (strings.size() < count && !ended()) strings.push_back(string());
    return strings;
  }

 private:
  [[nodiscard]] bool ended() {
    while (part_ < parts_.size() && at_ >= parts_[part_].size()) {
      ++part_;
      at_ = 0;
    }
    return part_ >= parts_.size();
  }
  std::uint8_t byte() { return ended() ? std::uint8_t{0} : static_cast<std::uint8_t>(parts_[part_][at_++]); }
  std::size_t number(int bytes) {
    std::size_t value = 0;
    for (int i = 0; i < bytes; ++i) value |= std::size_t{byte()} << (8 * i);
    return value;
  }
  void skip(std::size_t bytes) {
    while (bytes > 0 && !ended()) {
      const std::size_t step = std::min(bytes, parts_[part_].size() - at_);
      at_ += step;
      bytes -= step;
    }
  }

  RichString string() {
    RichString result;
    const std::size_t length = number(2);
    const unsigned flags = byte();
    const std::size_t runs = (flags & 8U) != 0 ? number(2) : 0;
    const std::size_t extra = (flags & 4U) != 0 ? number(4) : 0;
    bool wide = (flags & 1U) != 0;
    while (result.units.size() < length) {
      if (part_ < parts_.size() && at_ >= parts_[part_].size()) {
        if (ended()) break;
        wide = (byte() & 1U) != 0;
      }
      if (ended()) break;
      result.units += static_cast<char16_t>(number(wide ? 2 : 1));
    }
    for (std::size_t i = 0; i < runs && !ended(); ++i) {
      const std::size_t begin = number(2);
      result.runs.push_back({begin, number(2)});
    }
    skip(extra);
    return result;
  }

  std::vector<std::string_view> parts_;
  std::size_t part_ = 0;
  std::size_t at_ = 0;
};

// A number in 30 bits: the upper ones of a double or an integer, maybe times 100.
double rk_number(std::uint32_t bits) {
  double value = 0;
  if ((bits & 2U) != 0) {
    value = static_cast<std::int32_t>(bits) >> 2;
  } else {
    const std::uint64_t wide = static_cast<std::uint64_t>(bits & ~3U) << 32;
    value = std::bit_cast<double>(wide);
  }
  return (bits & 1U) != 0 ? value / 100 : value;
}

class Workbook {
 public:
  explicit Workbook(std::string stream) : stream_(std::move(stream)), in_(stream_) {}

  Result<Extract> read(const std::string& where) {
    if (in_.u16(0) != record::kBof) return not_xls(where, "the workbook does not begin as one");
    wide_ = in_.u16(4) >= 0x600;
    read_globals();
    if (password_)
      return Error{ErrorCode::kUnsupported, "the file is protected by a password", where, "save it without one"};
    if (sheets_at_.empty()) return not_xls(where, "the workbook is damaged or cut off: it lists no sheets");
    std::set<std::size_t> read;  // two names for one sheet are a trick
    for (const auto& [name, at] : sheets_at_) {
      if (at >= stream_.size()) return not_xls(where, "the workbook is cut off before its sheet " + name);
      if (!read.insert(at).second) continue;
      sheets_.begin(name);
      if (!read_sheet(at)) return not_xls(where, "the workbook is cut off inside its sheet " + name);
      if (!sheets_.end())
        return Error{ErrorCode::kTooLarge, "the workbook's text is larger than 256 MB", where,
                     "save its sheet as .csv"};
    }
    return sheets_.take();
  }

 private:
  struct Record {
    std::uint16_t kind = 0;
    std::string_view body;
  };
  std::optional<Record> next(std::size_t& at) const {
    if (at + 4 > stream_.size()) return std::nullopt;
    Record record{in_.u16(at), in_.sub(at + 4, in_.u16(at + 2))};
    at += 4 + std::size_t{in_.u16(at + 2)};
    return record;
  }

  void read_globals() {
    std::size_t at = 0;
    std::vector<std::string_view> strings;
    bool more = false;  // a continuation belongs to the strings
    while (const auto found = next(at)) {
      const Bytes body(found->body);
      if (found->kind == record::kEof) break;
      more = found->kind == record::kStrings || (found->kind == record::kContinue && more);
      if (more) strings.push_back(found->body);
      switch (found->kind) {
        case record::kPassword: password_ = true; break;
        case record::kDates: from_1904_ = body.u16(0) == 1; break;
        case record::kFont: fonts_.push_back(encoding_of_font(short_string(found->body, 14))); break;
        case record::kLook: looks_.push_back({body.u16(0), body.u16(2)}); break;
        case record::kFormat:
          patterns_[body.u16(0)] = wide_ ? utf8_of(long_string(found->body, 2)) : short_string(found->body, 2);
          break;
        // Macros and charts are no sheets of cells.
        case record::kSheet:
          if (body.u8(5) == 0) sheets_at_.emplace_back(short_string(found->body, 6), body.u32(0));
          break;
        default: break;
      }
    }
    if (!strings.empty()) strings_ = SharedStrings(std::move(strings)).read();
  }

  // The length in a byte; in Excel 97 and later then how wide the letters are.
  [[nodiscard]] std::string short_string(std::string_view body, std::size_t at) const {
    const Bytes in(body);
    return utf8_of(letters(body, at + 1, in.u8(at)));
  }
  [[nodiscard]] std::u16string long_string(std::string_view body, std::size_t at) const {
    return letters(body, at + 2, Bytes(body).u16(at));
  }
  [[nodiscard]] std::u16string letters(std::string_view body, std::size_t at, std::size_t length) const {
    const Bytes in(body);
    bool two = false;
    if (wide_) two = (in.u8(at++) & 1U) != 0;
    std::u16string units;
    for (std::size_t i = 0; i < length && at < body.size(); ++i, at += two ? 2 : 1)
      units += static_cast<char16_t>(two ? in.u16(at) : in.u8(at));
    return units;
  }

  // Bytes of old workbooks are in the code page of the West; units below 100 of new ones are Unicode.
  [[nodiscard]] std::string utf8_of(std::u16string_view units) const {
    std::string text;
    char32_t high = 0;
    for (const char16_t unit : units) {
      if (unit >= 0xD800 && unit < 0xDC00) high = unit;
      else if (unit >= 0xDC00 && unit < 0xE000) append_code(text, 0x10000 + ((high & 0x3FF) << 10) + (unit & 0x3FFU));
      else append_code(text, !wide_ && unit >= 0x80 ? western_code(static_cast<unsigned char>(unit)) : unit);
    }
    return text;
  }

  // Fonts count from 0, but there is none of number 4.
  [[nodiscard]] Encoding encoding_of(std::size_t font) const {
    const std::size_t index = font > 4 ? font - 1 : font;
    return index < fonts_.size() && font != 4 ? fonts_[index] : Encoding::kUtf8;
  }

  void set_text(std::string_view body, const RichString& string) {
    const Bytes in(body);
    const std::size_t look = in.u16(4);
    FontText text(sheets_.reading());
    Encoding encoding = look < looks_.size() ? encoding_of(looks_[look].font) : Encoding::kUtf8;
    const std::u16string_view units = string.units;
    std::size_t at = 0;
    for (std::size_t i = 0; i <= string.runs.size(); ++i) {
      const std::size_t end = i < string.runs.size() ? std::min(string.runs[i].begin, units.size()) : units.size();
      if (end > at) text.add(utf8_of(units.substr(at, end - at)), encoding);
      at = std::max(at, end);
      if (i < string.runs.size()) encoding = encoding_of(string.runs[i].font);
    }
    Extract extract = text.take();
    if (extract.text.ends_with('\n')) extract.text.pop_back();
    sheets_.note(extract.reading);
    if (!extract.text.empty()) sheets_.set(in.u16(0), in.u16(2), extract.text);
  }

  void set_number(std::uint32_t row, std::uint32_t column, std::size_t look, double number) {
    bool day = false;
    if (look < looks_.size()) {
      const auto pattern = patterns_.find(looks_[look].format);
      day = shows_day(looks_[look].format, pattern == patterns_.end() ? "" : pattern->second);
    }
    sheets_.set(row, column, day ? day_text(number, from_1904_) : number_text(number));
  }

  void set_formula(std::string_view body) {
    const Bytes in(body);
    pending_ = {};
    if (in.u16(12) != 0xFFFF) return set_number(in.u16(0), in.u16(2), in.u16(4), in.f64(6));
    if (in.u8(6) == 0) pending_ = body.substr(0, 6);  // the text follows in a record of its own
    else if (in.u8(6) == 1) sheets_.set(in.u16(0), in.u16(2), in.u8(8) != 0 ? "TRUE" : "FALSE");
  }

  void set_rich_label(std::string_view body) {
    RichString string{long_string(body, 6), {}};
    const Bytes in(body);
    std::size_t at = 8 + string.units.size();  // old workbooks alone have this record, a byte a letter
    const std::size_t runs = in.u8(at++);
    for (std::size_t i = 0; i < runs && at + 1 < body.size(); ++i, at += 2)
      string.runs.push_back({in.u8(at), in.u8(at + 1)});
    set_text(body, string);
  }

  bool read_sheet(std::size_t at) {
    int depth = 0;  // charts stand inside
    while (const auto found = next(at)) {
      if (found->kind == record::kBof) ++depth;
      if (found->kind == record::kEof && --depth <= 0) return true;
      if (depth == 1) cell(found->kind, found->body);
      if (sheets_.too_large()) return true;
    }
    return false;
  }

  void cell(std::uint16_t kind, std::string_view body) {
    const Bytes in(body);
    switch (kind) {
      case record::kStringLabel:
        if (const std::size_t index = in.u32(6); index < strings_.size()) set_text(body, strings_[index]);
        break;
      case record::kLabel: set_text(body, {long_string(body, 6), {}}); break;
      case record::kRichLabel: set_rich_label(body); break;
      case record::kNumber: set_number(in.u16(0), in.u16(2), in.u16(4), in.f64(6)); break;
      case record::kRk: set_number(in.u16(0), in.u16(2), in.u16(4), rk_number(in.u32(6))); break;
      case record::kManyRk:
        for (std::size_t i = 0; 4 + 6 * i + 8 <= body.size(); ++i)
          set_number(in.u16(0), in.u16(2) + static_cast<std::uint32_t>(i), in.u16(4 + 6 * i),
                     rk_number(in.u32(6 + 6 * i)));
        break;
      case record::kBool:
        if (in.u8(7) == 0) sheets_.set(in.u16(0), in.u16(2), in.u8(6) != 0 ? "TRUE" : "FALSE");
        break;
      case record::kFormula: set_formula(body); break;
      case record::kString:
        if (!pending_.empty()) set_text(pending_, {long_string(body, 0), {}});
        pending_ = {};
        break;
      default: break;
    }
  }

  struct Look {
    std::uint16_t font = 0, format = 0;
  };

  std::string stream_;
  Bytes in_;
  bool wide_ = true;  // Excel 97 and later
  bool password_ = false;
  bool from_1904_ = false;
  std::vector<Encoding> fonts_;
  std::vector<Look> looks_;
  std::map<std::uint16_t, std::string> patterns_;
  std::vector<std::pair<std::string, std::size_t>> sheets_at_;
  std::vector<RichString> strings_;
  std::string_view pending_;  // the cell of a formula whose text follows
  Sheets sheets_;
};

}  // namespace

Result<Extract> xls_text(std::string_view bytes, const std::string& where) {
  const auto file = OleFile::open(bytes);
  if (!file) return not_xls(where, file.error().what);
  auto stream = file->stream("Workbook");
  if (!stream) stream = file->stream("Book");
  if (!stream) return not_xls(where, "the container holds no workbook, or one with a password");
  return Workbook(std::move(*stream)).read(where);
}

}  // namespace duluan::report
