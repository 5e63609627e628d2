// .xlsx: a zip container with a workbook, its shared strings, formats and sheets.
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <optional>
#include <pugixml.hpp>

#include "report/readers.hpp"
#include "report/sheet.hpp"
#include "report/zip.hpp"

namespace duluan::report {
namespace {

using Parts = std::map<std::string, std::string>;

Error not_xlsx(const std::string& where, std::string what) {
  return {ErrorCode::kMalformed, std::move(what), where,
          "open it in Excel or LibreOffice and save it again as .xlsx or .csv"};
}

// Names of elements may bear a prefix ("x:row").
std::string_view local(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  return name.substr(name.find(':') == std::string_view::npos ? 0 : name.find(':') + 1);
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node one : node.children())
    if (local(one) == name) return one;
  return {};
}

pugi::xml_node first_child(const pugi::xml_document& document) { return document.document_element(); }

// "BC12" -> row 11, column 54.
std::optional<std::pair<std::uint32_t, std::uint32_t>> place_of(std::string_view reference) {
  std::uint32_t column = 0;
  std::size_t at = 0;
  for (; at < reference.size() && at < 4 && reference[at] >= 'A' && reference[at] <= 'Z'; ++at)
    column = column * 26 + static_cast<std::uint32_t>(reference[at] - 'A' + 1);
  std::uint32_t row = 0;
  const auto read = std::from_chars(reference.data() + at, reference.data() + reference.size(), row);
  if (column == 0 || row == 0 || read.ec != std::errc{}) return std::nullopt;
  return std::pair{row - 1, column - 1};
}

class Workbook {
 public:
  Workbook(Parts parts, std::string where) : parts_(std::move(parts)), where_(std::move(where)) {}

  Result<Extract> read() {
    pugi::xml_document workbook;
    if (auto loaded = load("xl/workbook.xml", workbook); !loaded) return loaded.error();
    if (auto formats = read_formats(); !formats) return formats.error();
    if (auto strings = read_strings(); !strings) return strings.error();
    from_1904_ = child(first_child(workbook), "workbookPr").attribute("date1904").as_bool();
    auto targets = read_targets();
    if (!targets) return targets.error();
    for (const pugi::xml_node sheet : child(first_child(workbook), "sheets").children()) {
      const auto target = targets->find(relation_of(sheet));
      if (target == targets->end()) continue;  // a chart
      sheets_.begin(sheet.attribute("name").value());
      if (auto read = read_sheet(target->second); !read) return read.error();
    }
    return sheets_.take();
  }

 private:
  Result<void> load(const std::string& name, pugi::xml_document& document) {
    const auto part = parts_.find(name);
    if (part == parts_.end()) return not_xlsx(where_, "the workbook has no part " + name);
    const auto parsed = document.load_buffer_inplace(part->second.data(), part->second.size(),
                                                     pugi::parse_default | pugi::parse_ws_pcdata);
    if (!parsed) return not_xlsx(where_, name + " is damaged: " + parsed.description());
    return {};
  }

  static std::string relation_of(const pugi::xml_node& sheet) {
    for (const pugi::xml_attribute attribute : sheet.attributes())
      if (std::string_view(attribute.name()).ends_with(":id")) return attribute.value();
    return "";
  }

  // Where the sheets lie, by the name of their relation.
  Result<std::map<std::string, std::string>> read_targets() {
    pugi::xml_document relations;
    if (auto loaded = load("xl/_rels/workbook.xml.rels", relations); !loaded) return loaded.error();
    std::map<std::string, std::string> targets;
    for (const pugi::xml_node relation : first_child(relations).children()) {
      if (!std::string_view(relation.attribute("Type").value()).ends_with("/worksheet")) continue;
      const std::string target = relation.attribute("Target").value();
      targets[relation.attribute("Id").value()] = target.starts_with('/') ? target.substr(1) : "xl/" + target;
    }
    return targets;
  }

  // Fonts and number formats of the cells.
  Result<void> read_formats() {
    if (!parts_.contains("xl/styles.xml")) return {};
    pugi::xml_document styles;
    if (auto loaded = load("xl/styles.xml", styles); !loaded) return loaded;
    std::map<unsigned, std::string> patterns;
    for (const pugi::xml_node format : child(first_child(styles), "numFmts").children())
      patterns[format.attribute("numFmtId").as_uint()] = format.attribute("formatCode").value();
    std::vector<Encoding> fonts;
    for (const pugi::xml_node font : child(first_child(styles), "fonts").children())
      fonts.push_back(encoding_of_font(child(font, "name").attribute("val").value()));
    for (const pugi::xml_node cell : child(first_child(styles), "cellXfs").children()) {
      const unsigned font = cell.attribute("fontId").as_uint();
      const unsigned number = cell.attribute("numFmtId").as_uint();
      encodings_.push_back(font < fonts.size() ? fonts[font] : Encoding::kUtf8);
      const auto pattern = patterns.find(number);
      days_.push_back(shows_day(number, pattern == patterns.end() ? "" : pattern->second));
    }
    return {};
  }

  Result<void> read_strings() {
    if (!parts_.contains("xl/sharedStrings.xml")) return {};
    if (auto loaded = load("xl/sharedStrings.xml", strings_document_); !loaded) return loaded;
    for (const pugi::xml_node string : first_child(strings_document_).children())
      if (local(string) == "si") strings_.push_back(string);
    return {};
  }

  // Text of a string: its runs each in their font, the first and those without in the cell's.
  std::string text_of(const pugi::xml_node& string, Encoding of_cell) {
    FontText text(sheets_.reading());
    for (const pugi::xml_node part : string.children()) {
      if (local(part) == "t") text.add(part.text().get(), of_cell);
      if (local(part) != "r") continue;
      const pugi::xml_node font = child(child(part, "rPr"), "rFont");
      text.add(child(part, "t").text().get(), font ? encoding_of_font(font.attribute("val").value()) : of_cell);
    }
    Extract extract = text.take();
    sheets_.note(extract.reading);
    if (extract.text.ends_with('\n')) extract.text.pop_back();
    return std::move(extract.text);
  }

  std::string text_of_cell(const pugi::xml_node& cell) {
    const unsigned style = cell.attribute("s").as_uint();
    const Encoding encoding = style < encodings_.size() ? encodings_[style] : Encoding::kUtf8;
    const std::string_view type = cell.attribute("t").value();
    const pugi::xml_node value = child(cell, "v");
    if (type == "inlineStr") return text_of(child(cell, "is"), encoding);
    if (type == "s") {
      const unsigned index = value.text().as_uint(~0U);
      return index < strings_.size() ? text_of(strings_[index], encoding) : "";
    }
    if (type == "b") return value.text().as_bool() ? "TRUE" : "FALSE";
    if (type == "str" || type == "e" || type == "d" || value.text().empty()) return value.text().get();
    char* end = nullptr;
    const char* const written = value.text().get();
    const double number = std::strtod(written, &end);
    if (end == written) return written;
    return style < days_.size() && days_[style] ? day_text(number, from_1904_) : number_text(number);
  }

  Result<void> read_sheet(const std::string& name) {
    pugi::xml_document sheet;
    if (auto loaded = load(name, sheet); !loaded) return loaded;
    std::uint32_t row = 0;
    for (const pugi::xml_node line : child(first_child(sheet), "sheetData").children()) {
      if (local(line) != "row") continue;
      // References may be left out: then a row or cell follows the one before.
      row = std::max(line.attribute("r").as_uint(row + 1), 1U);
      std::uint32_t column = 0;
      for (const pugi::xml_node cell : line.children()) {
        if (local(cell) != "c" || sheets_.too_large()) continue;
        const auto place = place_of(cell.attribute("r").value());
        if (place) column = place->second;
        if (const std::string text = text_of_cell(cell); !text.empty()) sheets_.set(row - 1, column, text);
        ++column;
      }
    }
    if (!sheets_.end())
      return Error{ErrorCode::kTooLarge, "the workbook's text is larger than 256 MB", where_, "save its sheet as .csv"};
    return {};
  }

  Parts parts_;
  std::string where_;
  pugi::xml_document strings_document_;
  std::vector<pugi::xml_node> strings_;
  std::vector<Encoding> encodings_;  // of the fonts of cells, by style
  std::vector<bool> days_;           // whether a style shows numbers as days
  bool from_1904_ = false;
  Sheets sheets_;
};

}  // namespace

Result<Extract> xlsx_text(std::string_view bytes, const std::string& where) {
  const auto wanted = [](std::string_view name) { return name.starts_with("xl/") && !name.starts_with("xl/media/"); };
  auto parts = zip_parts(bytes, wanted, 4096);
  if (!parts) {
    const Error& error = parts.error();
    return error.code == ErrorCode::kTooLarge ? Error{error.code, error.what, where, error.remedy}
                                              : not_xlsx(where, error.what);
  }
  return Workbook(std::move(*parts), where).read();
}

}  // namespace duluan::report
