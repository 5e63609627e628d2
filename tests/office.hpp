// Small files in the formats of offices, made from their parts: zip containers, compound files, and in these the least
// that makes a Word document or a workbook. For tests that need them whole, damaged or cut off.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace office {

using Parts = std::vector<std::pair<std::string, std::string>>;

inline std::string zip(const Parts& parts) {
  std::size_t room = 1U << 16;
  for (const auto& [name, content] : parts) room += content.size() + 2 * name.size() + 512;
  std::string out(room, '\0');
  std::size_t used = 0;
  archive* writer = archive_write_new();
  archive_write_set_format_zip(writer);
  if (archive_write_open_memory(writer, out.data(), out.size(), &used) != ARCHIVE_OK) throw std::runtime_error("zip");
  for (const auto& [name, content] : parts) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(writer, entry);
    archive_write_data(writer, content.data(), content.size());
    archive_entry_free(entry);
  }
  archive_write_close(writer);
  archive_write_free(writer);
  out.resize(used);
  return out;
}

/// Little-endian bytes that grow.
class Writer {
 public:
  Writer& u8(unsigned value) { return put(value, 1); }
  Writer& u16(unsigned value) { return put(value, 2); }
  Writer& u32(std::uint64_t value) { return put(value, 4); }
  Writer& f64(double value) { return put(std::bit_cast<std::uint64_t>(value), 8); }
  Writer& bytes(std::string_view value) { return out_ += value, *this; }
  Writer& utf16(std::u16string_view text) {
    for (const char16_t unit : text) u16(unit);
    return *this;
  }
  Writer& fill(std::size_t size, char with = '\0') { return out_.resize(size, with), *this; }
  void set32(std::size_t at, std::uint64_t value) { out_.replace(at, 4, Writer().u32(value).str()); }
  void set16(std::size_t at, unsigned value) { out_.replace(at, 2, Writer().u16(value).str()); }
  [[nodiscard]] std::size_t size() const { return out_.size(); }
  [[nodiscard]] const std::string& str() const { return out_; }

 private:
  Writer& put(std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out_ += static_cast<char>(static_cast<unsigned char>(value >> (8 * i)));
    return *this;
  }
  std::string out_;
};

/// A compound file with these streams, none in the small sectors: each is filled up to 4096 bytes.
inline std::string compound(const Parts& streams) {
  constexpr std::size_t kSector = 512;
  constexpr std::uint64_t kFree = 0xFFFFFFFF, kEnd = 0xFFFFFFFE, kTable = 0xFFFFFFFD;
  Writer content, table, directory;
  table.u32(kTable).u32(kEnd);  // sector 0 the table, sector 1 the directory
  const auto entry = [&directory](std::string_view name, unsigned kind, std::uint64_t right, std::uint64_t child,
                                  std::uint64_t start, std::size_t size) {
    const std::size_t at = directory.size();
    for (const char c : name) directory.u16(static_cast<unsigned char>(c));
    directory.fill(at + 64).u16(static_cast<unsigned>(2 * name.size() + 2)).u8(kind).u8(1);
    directory.u32(kFree).u32(right).u32(child).fill(at + 116).u32(start).u32(size).fill(at + 128);
  };
  entry("Root Entry", 5, kFree, 1, kEnd, 0);
  std::size_t next = 2;
  for (std::size_t i = 0; i < streams.size(); ++i) {
    const std::size_t size = std::max<std::size_t>(streams[i].second.size(), 4096);
    entry(streams[i].first, 2, i + 1 < streams.size() ? i + 2 : kFree, kFree, next, size);
    const std::size_t sectors = (size + kSector - 1) / kSector;
    content.bytes(streams[i].second).fill(content.size() - streams[i].second.size() + sectors * kSector);
    for (std::size_t s = 0; s + 1 < sectors; ++s) table.u32(++next);
    table.u32(kEnd);
    ++next;
  }
  table.fill(kSector, '\xFF');
  directory.fill(kSector);
  Writer header;
  header.bytes(std::string_view("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8))
      .fill(24)
      .u16(62)
      .u16(3)
      .u16(0xFFFE)
      .u16(9)
      .u16(6);
  header.fill(44).u32(1).u32(1).fill(56).u32(4096).u32(kEnd).u32(0).u32(kEnd).u32(0).u32(0).fill(kSector, '\xFF');
  return header.str() + table.str() + directory.str() + content.str();
}

/// A run of a Word document: letters as Word keeps them, the index of its font.
struct Run {
  std::u16string text;
  unsigned font = 0;
};

/// Word 97: one piece of two bytes a character, the runs each with their font.
inline std::string doc(const std::vector<std::u16string>& fonts, const std::vector<Run>& runs) {
  Writer main, table;
  main.u16(0xA5EC).u16(0xC1).fill(0x600);
  const std::size_t text = main.size();
  std::vector<std::size_t> ends;
  for (const Run& run : runs) ends.push_back(main.utf16(run.text).size());
  const std::size_t characters = (main.size() - text) / 2;
  main.set32(0x4C, characters);
  main.fill((main.size() + 511) / 512 * 512);
  // A page with the fonts of the runs.
  const std::size_t page = main.size();
  main.u32(text);
  for (const std::size_t end : ends) main.u32(end);
  for (std::size_t i = 0; i < runs.size(); ++i) main.u8(static_cast<unsigned>(200 + 4 * i));
  for (std::size_t i = 0; i < runs.size(); ++i) main.fill(page + 400 + 8 * i).u8(4).u16(0x4A4F).u16(runs[i].font);
  main.fill(page + 511).u8(static_cast<unsigned>(runs.size()));
  const auto add = [&](std::size_t at, const Writer& part) {
    main.set32(at, table.size());
    main.set32(at + 4, part.size());
    table.bytes(part.str());
  };
  add(0xFA, Writer().u32(text).u32(ends.back()).u32(page / 512));
  Writer names;
  names.u16(static_cast<unsigned>(fonts.size())).u16(0);
  for (const std::u16string& font : fonts)
    names.u8(static_cast<unsigned>(39 + 2 * font.size() + 2)).bytes(std::string(39, '\0')).utf16(font).u16(0);
  add(0x112, names);
  add(0x1A2, Writer().u8(2).u32(16).u32(0).u32(characters).u16(0).u32(text).u16(0));
  return compound({{"WordDocument", main.str()}, {"0Table", table.str()}});
}

inline std::string record(unsigned kind, const Writer& body) {
  return Writer().u16(kind).u16(static_cast<unsigned>(body.size())).bytes(body.str()).str();
}

/// Excel 97: fonts by index (there is no number 4), cell formats (font, number format), strings in the first font of
/// their cell, then records of the cells of one sheet.
inline std::string xls(const std::vector<std::u16string>& fonts,
                       const std::vector<std::pair<unsigned, unsigned>>& looks,
                       const std::vector<std::u16string>& strings, const std::string& cells) {
  std::string book = record(0x809, Writer().u16(0x600).u16(5).fill(16));
  for (const std::u16string& font : fonts)
    book += record(0x31, Writer().fill(14).u8(static_cast<unsigned>(font.size())).u8(1).utf16(font));
  for (const auto& [font, format] : looks) book += record(0xE0, Writer().u16(font).u16(format).fill(20));
  Writer shared;
  shared.u32(strings.size()).u32(strings.size());
  for (const std::u16string& string : strings) shared.u16(static_cast<unsigned>(string.size())).u8(1).utf16(string);
  const std::string tail = record(0xFC, shared) + record(0x0A, Writer());
  const std::u16string name = u"Tháng 3";
  Writer sheet;
  const std::size_t length = 4 + 8 + 2 * name.size();
  sheet.u32(book.size() + length + tail.size()).u16(0).u8(static_cast<unsigned>(name.size())).u8(1).utf16(name);
  book += record(0x85, sheet) + tail;
  book += record(0x809, Writer().u16(0x600).u16(0x10).fill(16)) + cells + record(0x0A, Writer());
  return compound({{"Workbook", book}});
}

inline std::string string_cell(unsigned row, unsigned column, unsigned look, unsigned string) {
  return record(0xFD, Writer().u16(row).u16(column).u16(look).u32(string));
}

inline std::string number_cell(unsigned row, unsigned column, unsigned look, double number) {
  return record(0x203, Writer().u16(row).u16(column).u16(look).f64(number));
}

/// A workbook of Excel 2007 with these sheets (the XML of their rows), shared strings and styles.
inline std::string xlsx(const Parts& sheets, const std::string& strings, const std::string& styles) {
  std::string names, relations;
  Parts parts;
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    names.append("<sheet name=\"").append(sheets[i].first).append("\" sheetId=\"").append(number);
    names.append("\" r:id=\"rId").append(number).append("\"/>");
    relations.append("<Relationship Id=\"rId")
        .append(number)
        .append("\" Type=\"http://x/worksheet\" Target=\"worksheets/sheet");
    relations.append(number).append(".xml\"/>");
    parts.emplace_back("xl/worksheets/sheet" + number + ".xml",
                       "<worksheet><sheetData>" + sheets[i].second + "</sheetData></worksheet>");
  }
  parts.emplace_back("xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets>" + names + "</sheets></workbook>");
  parts.emplace_back("xl/_rels/workbook.xml.rels", "<Relationships>" + relations + "</Relationships>");
  parts.emplace_back("xl/sharedStrings.xml", "<sst>" + strings + "</sst>");
  parts.emplace_back("xl/styles.xml", "<styleSheet>" + styles + "</styleSheet>");
  return zip(parts);
}

/// A PDF of one page with lines in two fonts: F1 as named, F2 Times-Roman.
inline std::string pdf(const std::string& font, const std::string& content) {
  std::string out = "%PDF-1.4\n";
  std::vector<std::size_t> places;
  const auto object = [&](const std::string& body) {
    places.push_back(out.size());
    out += std::to_string(places.size()) + " 0 obj\n" + body + "\nendobj\n";
  };
  object("<< /Type /Catalog /Pages 2 0 R >>");
  object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
  object(
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R /F2 6 0 R "
      ">> >> >>");
  object("<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "\nendstream");
  object("<< /Type /Font /Subtype /TrueType /BaseFont /" + font + " /Encoding /WinAnsiEncoding >>");
  object("<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>");
  const std::size_t table = out.size();
  out += "xref\n0 7\n0000000000 65535 f \n";
  for (const std::size_t place : places) {
    const std::string digits = std::to_string(place);
    out += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
  }
  return out + "trailer\n<< /Size 7 /Root 1 0 R >>\nstartxref\n" + std::to_string(table) + "\n%%EOF\n";
}

}  // namespace office
