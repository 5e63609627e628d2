// .doc of Word 97 to 2003 ([MS-DOC]): the pieces of the text, and the font of each of its characters.
//
// The text lies in pieces of one or two bytes a character. What a character looks like is said in pages of 512 bytes by
// its place in the file: for paragraphs the style, for runs what differs from it. Of all that only fonts, hidden and
// deleted text matter here.
#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <vector>

#include "report/ole.hpp"
#include "report/readers.hpp"
#include "text/code_pages.hpp"

namespace duluan::report {
namespace {

constexpr std::size_t kPage = 512;

Error not_doc(const std::string& where, std::string what) {
  return {ErrorCode::kMalformed, std::move(what), where, "open it in Word or LibreOffice and save it again as .docx"};
}

// What changes of a character's look: [MS-DOC] 2.6.1.
struct Look {
  std::optional<std::uint16_t> font, style;
  std::optional<bool> hidden;
  std::optional<std::uint16_t> symbol;  // a sign of the font `font`

  void apply(std::string_view changes) {
    const Bytes in(changes);
    for (std::size_t at = 0; at + 2 < changes.size();) {
      const std::uint16_t code = in.u16(at);
      at += 2;
      switch (code) {
        case 0x4A4F:    // letters of ASCII
        case 0x4A51: {  // the others of the West, which legacy letters count as
          font = in.u16(at);
          break;
        }
        case 0x4A30: style = in.u16(at); break;
        case 0x083C:    // hidden
        case 0x0800: {  // deleted, but for the record
          hidden = in.u8(at) == 1 || hidden.value_or(false);
          break;
        }
        case 0x6A09: {
          font = in.u16(at);
          symbol = in.u16(at + 2);
          break;
        }
        default: break;
      }
      at += operand_size(code, in, at);
    }
  }

 private:
  static std::size_t operand_size(std::uint16_t code, const Bytes& in, std::size_t at) {
    constexpr std::array<std::size_t, 8> kSizes{1, 1, 2, 4, 2, 2, 0, 3};
    if (code == 0xD608) return std::size_t{in.u16(at)} + 1;
    return code >> 13 == 6 ? std::size_t{in.u8(at)} + 1 : kSizes[code >> 13];
  }
};

// A stretch of the file with its changes, from the pages that the table of a kind lists.
struct Stretch {
  std::uint32_t end = 0;
  std::uint16_t style = 0;  // of a paragraph
  std::string_view changes;
};
using Stretches = std::map<std::uint32_t, Stretch>;  // by where they begin

class Doc {
 public:
  Doc(std::string main, std::string table) : main_text_(std::move(main)), table_text_(std::move(table)) {}

  Result<Extract> read(const std::string& where) {
    read_fonts();
    read_styles();
    read_stretches(0xFA, false, runs_);
    read_stretches(0x102, true, paragraphs_);
    if (!read_pieces()) return not_doc(where, "the table of its text is damaged or cut off");
    if (text_.too_large()) return not_doc(where, "its text is larger than 256 MB");
    return text_.take();
  }

 private:
  // A table by the place of its offset in the header.
  [[nodiscard]] std::string_view table(std::size_t at) const { return table_.sub(main_.u32(at), main_.u32(at + 4)); }

  void read_fonts() {
    const Bytes in(table(0x112));
    std::size_t at = 4;
    for (std::size_t i = 0; i < in.u16(0) && at < in.size(); ++i) {
      const std::size_t length = std::size_t{in.u8(at)} + 1;
      std::string name;
      for (std::size_t c = at + 40; c + 1 < at + length && in.u16(c) != 0; c += 2) append_code(name, in.u16(c));
      fonts_.push_back({encoding_of_font(name), in.u8(at + 4) == 2});
      at += length;
    }
  }

  // The font of each style: its own, or that of the style it is based on.
  void read_styles() {
    const Bytes in(table(0xA2));
    const std::size_t count = in.u16(2);
    const std::size_t base = in.u16(4);
    default_font_ = in.u16(14);
    std::size_t at = std::size_t{2} + in.u16(0);
    std::vector<std::uint16_t> based;
    for (std::size_t i = 0; i < count && at < in.size(); ++i) {
      const std::size_t length = in.u16(at);
      styles_.emplace_back();
      based.push_back(length == 0 ? 0xFFF : static_cast<std::uint16_t>(in.u16(at + 4) >> 4));
      if (length > 0) styles_.back().apply(changes_of_style(in, at + 2, length, base));
      at += 2 + length;
    }
    for (std::size_t i = 0; i < styles_.size(); ++i) {
      std::size_t from = i;
      for (int steps = 0; steps < 12 && !styles_[i].font && from < styles_.size(); ++steps) {
        styles_[i].font = styles_[from].font;
        from = based[from];
      }
    }
  }

  static std::string_view changes_of_style(const Bytes& in, std::size_t at, std::size_t length, std::size_t base) {
    const unsigned kind = in.u16(at + 2) & 15U;
    std::size_t part = at + base + 2 + 2 * std::size_t{in.u16(at + base)} + 2;
    // A paragraph's style has the changes of paragraphs first.
    if (kind == 1) {
      part += 2 + std::size_t{in.u16(part)};
      part += (part - at) % 2;
    }
    if (kind > 2 || part >= at + length) return "";
    return in.sub(part + 2, std::min<std::size_t>(in.u16(part), at + length - part));
  }

  void read_stretches(std::size_t header, bool paragraphs, Stretches& stretches) {
    const Bytes list(table(header));
    if (list.size() < 4) return;
    const std::size_t count = (list.size() - 4) / 8;
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t at = std::size_t{list.u32(4 * (count + 1) + 4 * i) & 0x3FFFFFU} * kPage;
      if (at + kPage <= main_.size()) read_page(main_.sub(at, kPage), paragraphs, stretches);
    }
  }

  static void read_page(std::string_view page, bool paragraphs, Stretches& stretches) {
    const Bytes in(page);
    const std::size_t count = in.u8(kPage - 1);
    const std::size_t step = paragraphs ? 13 : 1;
    for (std::size_t i = 0; i < count && 4 * (i + 2) <= kPage; ++i) {
      Stretch stretch{in.u32(4 * i + 4), 0, ""};
      const std::size_t at = 2 * std::size_t{in.u8(4 * (count + 1) + step * i)};
      if (at != 0 && !paragraphs) {
        stretch.changes = in.sub(at + 1, in.u8(at));
      } else if (at != 0) {
        const bool wide = in.u8(at) == 0;
        const std::size_t length = wide ? 2 * std::size_t{in.u8(at + 1)} : 2 * std::size_t{in.u8(at)} - 1;
        stretch.style = in.u16(at + (wide ? 2 : 1));
        (void)length;  // what else a paragraph changes is no matter of its letters
      }
      stretches.insert_or_assign(in.u32(4 * i), stretch);
    }
  }

  static const Stretch* stretch_at(const Stretches& stretches, std::uint32_t place) {
    auto after = stretches.upper_bound(place);
    if (after == stretches.begin()) return nullptr;
    --after;
    return place < after->second.end ? &after->second : nullptr;
  }

  // The pieces come in the order of the text; what they hold ends where the header says.
  bool read_pieces() {
    const Bytes in(table(0x1A2));
    std::size_t at = 0;
    while (in.u8(at) == 1) at += 3 + std::size_t{in.u16(at + 1)};
    if (in.u8(at) != 2) return false;
    const std::size_t size = in.u32(at + 1);
    at += 5;
    if (size < 16 || at + size > in.size()) return false;
    const std::size_t count = (size - 4) / 12;
    const std::size_t annotations = position(0x4C) + position(0x50) + position(0x54) + position(0x58);
    comments_ = {annotations, annotations + position(0x5C)};
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t begin = in.u32(at + 4 * i);
      const std::uint32_t end = in.u32(at + 4 * i + 4);
      const std::uint32_t place = in.u32(at + 4 * (count + 1) + 8 * i + 2);
      if (end < begin || !read_piece(begin, end - begin, place)) return false;
    }
    return true;
  }
  [[nodiscard]] std::size_t position(std::size_t at) const { return main_.u32(at); }

  bool read_piece(std::size_t position, std::size_t length, std::uint32_t place) {
    const bool narrow = (place & 0x40000000U) != 0;
    const std::size_t width = narrow ? 1 : 2;
    const std::size_t from = narrow ? (place & 0x3FFFFFFFU) / 2 : place & 0x3FFFFFFFU;
    if (from > main_.size() || length * width > main_.size() - from) return false;
    std::uint32_t valid = 0;  // up to there the look found last holds
    for (std::size_t i = 0; i < length && !text_.too_large(); ++i) {
      if (comments_.begin <= position + i && position + i < comments_.end) continue;
      const auto at = static_cast<std::uint32_t>(from + i * width);
      if (at >= valid) valid = find_look(at);
      const unsigned unit = narrow ? main_.u8(at) : main_.u16(at);
      character(narrow && unit >= 0x80 ? western_code(static_cast<unsigned char>(unit)) : unit);
    }
    return true;
  }

  // The look of the character at `place`; gives the place up to which it holds.
  std::uint32_t find_look(std::uint32_t place) {
    const Stretch* const paragraph = stretch_at(paragraphs_, place);
    const Stretch* const run = stretch_at(runs_, place);
    Look own;
    if (run != nullptr) own.apply(run->changes);
    const std::size_t style = paragraph != nullptr ? paragraph->style : 0;
    font_ = style < styles_.size() ? styles_[style].font.value_or(default_font_) : default_font_;
    if (own.style && *own.style < styles_.size() && styles_[*own.style].font) font_ = *styles_[*own.style].font;
    font_ = own.font.value_or(font_);
    hidden_ = own.hidden.value_or(false);
    symbol_ = own.symbol;
    std::uint32_t valid = place + 1;
    if (run != nullptr && paragraph != nullptr) valid = std::min(run->end, paragraph->end);
    return valid;
  }

  void character(char32_t unit) {
    // Between 13 and 14 stands what a field computes, between 14 and 15 what it shows.
    if (unit == 0x13) return fields_.push_back(true);
    if (unit == 0x14 && !fields_.empty()) return void(fields_.back() = false);
    if (unit == 0x15) return fields_.empty() ? void() : fields_.pop_back();
    if (unit == '\r' || unit == 7 || unit == 0x0C) return high_ = 0, text_.end_line();
    if (hidden_ || std::find(fields_.begin(), fields_.end(), true) != fields_.end()) return;
    const Font font = font_ < fonts_.size() ? fonts_[font_] : Font{};
    std::string utf8;
    if (symbol_) append_code(utf8, symbol_code(static_cast<unsigned char>(*symbol_ & 0xFF)));
    else if (unit >= 0xF020 && unit <= 0xF0FF && font.signs)
      append_code(utf8, symbol_code(static_cast<unsigned char>(unit & 0xFF)));
    else append_text(utf8, unit);
    text_.add(utf8, font.encoding);
  }

  void append_text(std::string& utf8, char32_t unit) {
    const char32_t high = std::exchange(high_, 0);
    if (unit >= 0xD800 && unit < 0xDC00) high_ = unit;
    else if (unit >= 0xDC00 && unit < 0xE000 && high != 0)
      append_code(utf8, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
    else if (unit == 0x0B) utf8 += '\n';
    else if (unit == 0x1E) utf8 += '-';
    else if (unit == 0x1F) append_code(utf8, 0xAD);  // ư in the fonts of TCVN3
    else if (unit == '\t' || unit >= ' ') append_code(utf8, unit);
  }

  struct Font {
    Encoding encoding = Encoding::kUtf8;
    bool signs = false;
  };
  struct Range {
    std::size_t begin = 0, end = 0;
  };

  std::string main_text_, table_text_;
  Bytes main_{main_text_}, table_{table_text_};
  std::vector<Font> fonts_;
  std::vector<Look> styles_;
  std::uint16_t default_font_ = 0;
  Stretches runs_, paragraphs_;
  Range comments_;  // of readers; they are no part of the text
  std::uint16_t font_ = 0;
  bool hidden_ = false;
  std::optional<std::uint16_t> symbol_;
  std::vector<bool> fields_;  // that are open; whether in their instruction
  char32_t high_ = 0;
  FontText text_;
};

}  // namespace

Result<Extract> doc_text(std::string_view bytes, const std::string& where) {
  const auto file = OleFile::open(bytes);
  if (!file) return not_doc(where, file.error().what);
  auto main = file->stream("WordDocument");
  if (!main) return not_doc(where, "the container holds no Word document, or one with a password");
  const Bytes header(*main);
  const unsigned version = header.u16(2);
  if (header.u16(0) != 0xA5EC || version < 0xC1)
    return Error{ErrorCode::kUnsupported, "the file is of a Word before 97", where, "save it as .docx"};
  if ((header.u16(0x0A) & 0x100) != 0)
    return Error{ErrorCode::kUnsupported, "the file is protected by a password", where, "save it without one"};
  auto table = file->stream((header.u16(0x0A) & 0x200) != 0 ? "1Table" : "0Table");
  if (!table) return not_doc(where, "the container is damaged: the tables of the document are missing");
  return Doc(std::move(*main), std::move(*table)).read(where);
}

}  // namespace duluan::report
