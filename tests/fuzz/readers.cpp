// The readers of office formats on damaged files: a document or an error that names the file and a remedy; the text is
// UTF-8, and opinions lie inside it. The first byte picks the format, the second how the rest is used: as the file
// itself after the format's first bytes, or as changes of a whole one (two bytes of place, one of value).
#include "report/readers.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "duluan/report.hpp"
#include "fuzzing.hpp"
#include "office.hpp"

using namespace duluan;
using fuzzing::require;

namespace {

const std::string kRtf =
    R"({\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\froman\fcharset0{\*\panose 0202}Times New Roman;}{\f1 .VnTime;}{\f2 VNI-Times;}{\f3\fcharset204 Arial Cyr;}{\f4\fcharset2 Symbol;}}{\info{\title x}}{\header\pard\plain\f1 Nhi\'d2u\par}\pard\plain{\f1 b\-\'edc\par}{\f2 nöôùc}{\f3\'cc\'e8}{\f4\'b7\tab}{\footnote\pard a\par}\u272?\u-10179?\u-8704?\par\trowd\intbl a\cell b\cell\row{\v x}{\field{\*\fldinst PAGE}{\fldrslt 1}}\bin2 }}\par})";

const std::string kXml =
    "<pdf2xml><page number=\"1\" top=\"0\"><fontspec id=\"0\" size=\"18\" family=\"ABCDEF+.VnTimeH,Bold\"/>\n"
    "<text top=\"101\" left=\"229\" width=\"105\" height=\"24\" font=\"0\"><b>Ch\xC3\x9Dnh &amp; ph&#241;</b></text>\n"
    "<text top=\"101\" left=\"400\" width=\"5\" height=\"24\" font=\"1\"> x</text></page></pdf2xml>\n";

std::string doc() {
  return office::doc({u"Arial", u".VnTime", u".VnTimeH", u"VNI-Times"}, {{u"Nhi\u00D2u h\u00E9\r", 1},
                                                                         {u"\x13PAGE\x14"
                                                                          u"7\x15\x07",
                                                                          0},
                                                                         {u"\x1F\x1E\x0B\u01B0", 3}});
}

std::string xls() {
  using namespace office;
  return office::xls({u"Arial", u".VnTime"}, {{0, 0}, {1, 0}, {0, 14}}, {u"N\u1ED9i dung", u"Nhi\u00D2u", u"K\u1EF3"},
                     string_cell(0, 0, 0, 0) + string_cell(0, 1, 0, 2) + string_cell(1, 0, 1, 1) +
                         number_cell(1, 1, 2, 46086) + record(0x27E, Writer().u16(2).u16(0).u16(0).u32(7)) +
                         record(0x06, Writer().u16(3).u16(0).u16(0).u32(0).u16(0).u16(0xFFFF).fill(22)) +
                         record(0x207, Writer().u16(2).u8(0).bytes("ab")) +
                         record(0xBD, Writer().u16(4).u16(0).u16(0).u32(7).u16(2).u32(6).u16(1)));
}

constexpr std::string_view kRows =
    "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\"><c r=\"A2\" s=\"1\" t=\"s\"><v>1</v></c>"
    "<c r=\"B2\" s=\"2\"><v>46086</v></c><c t=\"inlineStr\"><is><t>x</t></is></c></row>";
constexpr std::string_view kStrings =
    "<si><t>N\u1ED9i dung</t></si><si><r><rPr><rFont val=\".VnTime\"/></rPr><t>Nhi\u00D2u</t></r><r><t>x</t></r></si>";
constexpr std::string_view kStyles =
    "<numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm\"/></numFmts><fonts><font><name val=\"A\"/></font></fonts>"
    "<cellXfs><xf fontId=\"0\"/><xf fontId=\"0\"/><xf numFmtId=\"164\"/></cellXfs>";

std::string changed(std::string whole, std::string_view changes) {
  for (std::size_t at = 0; at + 2 < changes.size(); at += 3) {
    const auto byte = [&](std::size_t i) {
      return static_cast<std::size_t>(static_cast<unsigned char>(changes[at + i]));
    };
    const std::size_t place = (byte(0) << 8 | byte(1)) % (whole.size() + 1);
    if (place == whole.size()) whole.resize(byte(2) * whole.size() / 256 + 1);
    else whole[place] = changes[at + 2];
  }
  return whole;
}

void check(const std::string& bytes, const std::string& name) {
  const auto document = read_bytes(bytes, name, {});
  if (!document) {
    require(document.error().where.starts_with(name), "an error names the file", bytes);
    require(!document.error().what.empty() && !document.error().remedy.empty(), "it says what to do", bytes);
    return;
  }
  require(find_bad_utf8(document->text) == std::string::npos, "the text is UTF-8", bytes);
  for (const Opinion& opinion : document->opinions)
    require(!opinion.text.empty() && find_bad_utf8(opinion.text) == std::string::npos, "an opinion is text", bytes);
}

void check_zip(const std::string& bytes) {
  std::size_t given = 0;
  unpack(bytes, "a.zip", {.entries = 20, .entry = 1U << 16, .total = 1U << 18, .depth = 2},
         [&](const std::string& name, const Result<std::string>& document) {
           ++given;
           require(name.starts_with("a.zip"), "a document is named after its zip file", bytes);
           require(document || document.error().where == name, "an error names its document", bytes);
         });
  require(given <= 64, "limits hold", bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 2, size - 2);
  const bool raw = data[1] % 2 == 0;
  const auto made = [&](const std::string& whole, std::string_view first) {
    return raw ? std::string(first).append(rest) : changed(whole, rest);
  };
  static const std::string kDoc = doc();
  static const std::string kXls = xls();
  static const std::string kZip =
      office::zip({{"a.txt", "a"}, {"b/c.rtf", kRtf}, {"d.zip", office::zip({{"e", "f"}})}});
  switch (data[0] % 6) {
    case 0: check(made(kRtf, R"({\rtf1{\fonttbl{\f0 .VnTime;}{\f1\fcharset163 A;}}\f0 )"), "a.rtf"); break;
    case 1: check(changed(kDoc, rest), "a.doc"); break;
    case 2: check(changed(kXls, rest), "a.xls"); break;
    case 3: {
      const std::string all =
          changed(std::string(kRows).append("\n").append(kStrings).append("\n").append(kStyles), rest);
      const std::size_t first = std::min(all.find('\n'), all.size());
      const std::size_t second = std::min(all.find('\n', first + 1), all.size());
      const std::string rows = raw ? std::string(rest) : all.substr(0, first);
      check(office::xlsx({{"a", rows}, {"b", rows}}, all.substr(first, second - first), all.substr(second)), "a.xlsx");
      break;
    }
    case 4: check_zip(made(kZip, "PK\x03\x04")); break;
    default: {
      const report::Extract lines = report::pdf_lines(made(kXml, "<page ><text "));
      require(lines.text.size() <= 16 * (kXml.size() + rest.size()), "lines hold no more than the XML", rest);
    }
  }
  return 0;
}
