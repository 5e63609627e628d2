// The readers of office formats: files made here from their parts, whole, damaged and cut off.
#include <doctest/doctest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "duluan/report.hpp"
#include "office.hpp"
#include "report/extract.hpp"
#include "report/process.hpp"
#include "report/sheet.hpp"
#include "text/code_pages.hpp"

using namespace duluan;

namespace {

// Letters as a legacy font shows them, as Office keeps them.
std::u16string legacy(const std::string& text, Encoding encoding) {
  const auto bytes = encode(text, encoding);
  REQUIRE(bytes);
  std::u16string units;
  for (const char c : *bytes) {
    const auto byte = static_cast<unsigned char>(c);
    units += static_cast<char16_t>(byte < 0x80 ? byte : western_code(byte));
  }
  return units;
}

std::string utf8(std::u16string_view units) {
  std::string text;
  for (const char16_t unit : units) report::append_code(text, unit);
  return text;
}

std::string text_of(const std::string& bytes, const std::string& name) {
  const auto document = read_bytes(bytes, name, {});
  if (!document) return "error: " + document.error().message();
  return document->text;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

const std::vector<std::u16string> kFonts{u"Times New Roman", u".VnTime", u".VnTimeH", u"VNI-Times"};

std::string word_document() {
  return office::doc(kFonts, {{legacy("về kinh tế", Encoding::kTcvn3) + u"\r", 2},
                              {legacy("Nhiều hộ lo ", Encoding::kTcvn3), 1},
                              {legacy("giá phân bón ", Encoding::kVni), 3},
                              {u"tăng trước vụ hè thu.\r", 0},
                              {u"\x13HYPERLINK \x14", 0},
                              {legacy("Nước máy đục.", Encoding::kTcvn3), 1},
                              {u"\x15\x07", 0}});
}

std::string workbook() {
  using namespace office;
  const std::string cells = string_cell(0, 0, 1, 0) + string_cell(1, 0, 0, 1) + string_cell(1, 1, 0, 2) +
                            string_cell(2, 0, 1, 3) + number_cell(2, 1, 2, 46086) + string_cell(3, 0, 3, 4);
  return xls({u"Arial", u".VnTime", u".VnTimeH", u"VNI-Times"}, {{0, 0}, {1, 0}, {0, 14}, {3, 0}},
             {legacy("Tổng hợp ý kiến", Encoding::kTcvn3), u"Nội dung", u"Ngày",
              legacy("Nước máy đục cả tuần nay", Encoding::kTcvn3), legacy("Cầu treo đã mục", Encoding::kVni)},
             cells);
}

const char* const kStyles =
    "<fonts><font><name val=\"Arial\"/></font><font><name val=\".VnTime\"/></font></fonts>"
    "<cellXfs><xf fontId=\"0\" numFmtId=\"0\"/><xf fontId=\"1\" numFmtId=\"0\"/><xf fontId=\"0\" "
    "numFmtId=\"14\"/></cellXfs>";

std::string new_workbook() {
  const std::string strings =
      "<si><t>Nội dung phản ánh</t></si><si><t>Kỳ</t></si><si><t>" + utf8(legacy("Nước máy đục", Encoding::kTcvn3)) +
      "</t></si><si><r><rPr><rFont val=\".VnTime\"/></rPr><t>" + utf8(legacy("Cầu treo ", Encoding::kTcvn3)) +
      "</t></r><r><rPr><rFont val=\"Arial\"/></rPr><t>đã mục</t></r></si>";
  return office::xlsx(
      {{"Xã",
        "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>BẢNG TỔNG HỢP</t></is></c></row>"
        "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\" t=\"s\"><v>1</v></c></row>"
        "<row r=\"4\"><c r=\"A4\" s=\"1\" t=\"s\"><v>2</v></c><c r=\"B4\" s=\"2\"><v>46086</v></c></row>"
        "<row r=\"5\"><c r=\"A5\" t=\"s\"><v>3</v></c></row>"},
       {"Số liệu", "<row><c><v>1.5</v></c><c><v>2</v></c></row>"}},
      strings, kStyles);
}

// Every beginning of the file and many with one byte changed give a document or an error that says what to do.
void check_damaged(const std::string& whole, const std::string& name) {
  const auto check = [&](const std::string& bytes) {
    const auto document = read_bytes(bytes, name, {});
    if (document) return;
    CHECK(document.error().where.starts_with(name));
    CHECK(!document.error().what.empty());
    CHECK(!document.error().remedy.empty());
  };
  for (std::size_t size = 1; size < whole.size(); size += 1 + whole.size() / 300) check(whole.substr(0, size));
  for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 600) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ (at % 2 == 0 ? 0xFF : 0x04));
    check(changed);
  }
}

struct Unpacked {
  std::vector<std::string> names, errors;
};

Unpacked unpacked(const std::string& zip, const UnpackLimits& limits = {}) {
  Unpacked result;
  unpack(zip, "a.zip", limits, [&](const std::string& name, const Result<std::string>& bytes) {
    if (bytes) result.names.push_back(name);
    else result.errors.push_back(bytes.error().message());
  });
  return result;
}

}  // namespace

TEST_CASE("fonts: what their letters stand for") {
  using report::encoding_of_font;
  CHECK(encoding_of_font(".VnTime") == Encoding::kTcvn3);
  CHECK(encoding_of_font(".VnArial NarrowH") == Encoding::kTcvn3Capitals);
  CHECK(encoding_of_font(".VnTimeH Tur") == Encoding::kTcvn3Capitals);
  CHECK(encoding_of_font("BADEPR+.VnTimeH,Bold") == Encoding::kTcvn3Capitals);
  CHECK(encoding_of_font("VNI-Times") == Encoding::kVni);
  CHECK(encoding_of_font("VPS Times") == Encoding::kVps);
  CHECK(encoding_of_font("VI Times") == Encoding::kViscii);
  CHECK(encoding_of_font("Times New Roman") == Encoding::kUtf8);
  CHECK(encoding_of_font("Vivaldi") == Encoding::kUtf8);
  CHECK(encoding_of_font("") == Encoding::kUtf8);
}

TEST_CASE("days and numbers as workbooks keep them") {
  using report::day_text;
  CHECK(day_text(1, false) == "1900-01-01");
  CHECK(day_text(59, false) == "1900-02-28");
  CHECK(day_text(61, false) == "1900-03-01");
  CHECK(day_text(36526, false) == "2000-01-01");
  CHECK(day_text(46086.75, false) == "2026-03-05 18:00");
  CHECK(day_text(46086 - 1462, true) == "2026-03-05");
  CHECK(day_text(0.5, false) == "12:00");
  CHECK(day_text(-1, false) == "-1");
  CHECK(day_text(1e300, false) == "1e+300");
  CHECK(report::number_text(5900000) == "5900000");
  CHECK(report::number_text(33.746687250) == "33.74668725");
  CHECK(report::shows_day(14, ""));
  CHECK(report::shows_day(164, "dd/mm/yyyy"));
  CHECK(!report::shows_day(164, "#,##0\" đồng/ngày\""));
  CHECK(!report::shows_day(164, "[Red]0.00"));
  CHECK(!report::shows_day(2, ""));
}

TEST_CASE("rich text: characters, destinations and code pages") {
  const auto body = [](const std::string& text) {
    return text_of(
        R"({\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}{\f1 .VnTime;}{\f2\fcharset204 Arial Cyr;}})" + text + "}",
        "a.rtf");
  };
  CHECK(body(R"(\u272?\uc0\u432 \u7843 \uc1 x\par)") == "Đưảx\n");
  CHECK(body(R"(\u-10179?\u-8704?\par)") == "😀\n");
  CHECK(body(R"({\f2\'cc\'e8\'f0}\par)") == "Мир\n");
  CHECK(body(R"({\f1 n\-\'edc s\u184?ch}\par)") == "nước sách\n");
  CHECK(body("a\\\nb\\par") == "a\nb\n");
  CHECK(body(R"(a{\*\generator x}{\info{\title b}}{\pict 00ff}{\field{\*\fldinst PAGE}{\fldrslt 7}}\par)") == "a7\n");
  CHECK(body(R"(\trowd a\cell b\cell\row c\par)") == "a\nb\nc\n");
  CHECK(body(R"(a{\footnote b}c\par d\par)") == "ac\nb\nd\n");
  CHECK(body("a{\\bin3 }}}b}\\par") == "ab\n");
  CHECK(has(body("{a"), "error: a.rtf: the rich text is damaged: it ends in the middle"));
  CHECK(has(text_of("{\\rtf1" + std::string(100000, '{'), "a.rtf"), "nested too deeply"));
}

TEST_CASE("a Word document of 97: pieces, fonts, fields") {
  const auto document = read_bytes(word_document(), "a.doc", {});
  REQUIRE(document);
  CHECK(document->text == "VỀ KINH TẾ\nNhiều hộ lo giá phân bón tăng trước vụ hè thu.\nNước máy đục.\n");
  check_damaged(word_document(), "a.doc");
}

TEST_CASE("a Word document of 2007: headers, notes, fonts of styles") {
  const std::string small = utf8(legacy("nước máy đục", Encoding::kTcvn3));
  const auto run = [](const std::string& text) { return "<w:r><w:t>" + text + "</w:t></w:r>"; };
  const std::string docx = office::zip(
      {{"word/document.xml", "<w:document><w:body><w:p><w:pPr><w:pStyle w:val=\"H\"/></w:pPr>" + run(small) +
                                 "</w:p><w:p>" + run(small) + "<w:r><w:footnoteReference w:id=\"2\"/></w:r>" +
                                 run(".") + "</w:p></w:body></w:document>"},
       {"word/styles.xml",
        "<w:styles><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"N\"><w:rPr><w:rFonts w:ascii=\".VnTime\"/>"
        "</w:rPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"G\"><w:basedOn w:val=\"N\"/><w:rPr><w:rFonts "
        "w:ascii=\".VnTimeH\"/></w:rPr></w:style><w:style w:type=\"paragraph\" w:styleId=\"H\"><w:basedOn w:val=\"G\"/>"
        "</w:style></w:styles>"},
       {"word/footnotes.xml", "<w:footnotes><w:footnote w:id=\"2\"><w:p>" + run("a") +
                                  "<w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p></w:footnote></w:footnotes>"},
       {"word/header1.xml", "<w:hdr><w:p>" + run("Xã An Trầm") + "</w:p></w:hdr>"}});
  CHECK(text_of(docx, "a.docx") == "Xã An Trầm\nNƯỚC MÁY ĐỤC\nnước máy đục.\na\n");
  check_damaged(docx, "a.docx");
}

TEST_CASE("a workbook of Excel 97: fonts, days, a title above the header") {
  const auto document = read_bytes(workbook(), "a.xls", {});
  REQUIRE(document);
  CHECK(document->text == "Tổng hợp ý kiến\nNội dung\tNgày\nNước máy đục cả tuần nay\t2026-03-05\nCầu treo đã mục\n");
  REQUIRE(document->opinions.size() == 2);
  CHECK(document->opinions[0].text == "Nước máy đục cả tuần nay");
  CHECK(document->opinions[0].source == "a.xls#3");
  REQUIRE(document->opinions[0].period);
  CHECK(document->opinions[0].period->label() == "2026-03");
  CHECK(document->columns ==
        std::vector<std::pair<std::string, std::string>>{{"text", "Nội dung"}, {"period", "Ngày"}});
  check_damaged(workbook(), "a.xls");
}

TEST_CASE("a workbook of Excel 2007: shared and inline strings, runs, days, sheets") {
  const auto document = read_bytes(new_workbook(), "a.xlsx", {});
  REQUIRE(document);
  CHECK(document->text ==
        "BẢNG TỔNG HỢP\n\nNội dung phản ánh\tKỳ\nNước máy đục\t2026-03-05\nCầu treo đã mục\n\f1.5\t2\n");
  REQUIRE(document->opinions.size() == 2);
  CHECK(document->opinions[0].source == "a.xlsx#Xã:4");
  CHECK(document->opinions[1].text == "Cầu treo đã mục");
  REQUIRE(document->skipped.size() == 1);
  CHECK(document->skipped[0].where == "a.xlsx:Số liệu");
  for (const Opinion& opinion : document->opinions)
    CHECK(has(document->text.substr(opinion.bytes.begin, opinion.bytes.end - opinion.bytes.begin), opinion.text));
  ReadOptions options;
  options.text_column = "không có";
  const auto none = read_bytes(new_workbook(), "a.xlsx", options);
  REQUIRE(none);
  CHECK(none->opinions.empty());
  CHECK(has(none->skipped[0].reason, "no column 'không có'"));
  check_damaged(new_workbook(), "a.xlsx");
}

TEST_CASE("cells far apart are a bomb, not a workbook") {
  std::string rows;
  for (int row = 1; row < 20000; ++row)
    rows.append("<row r=\"")
        .append(std::to_string(row))
        .append("\"><c r=\"A")
        .append(std::to_string(row))
        .append("\"><v>1</v></c><c r=\"XFD")
        .append(std::to_string(row))
        .append("\"><v>1</v></c></row>");
  CHECK(has(text_of(office::xlsx({{"a", rows}}, "", kStyles), "a.xlsx"), "the workbook's text is larger than 256 MB"));
}

TEST_CASE("an Office file with a password says so") {
  CHECK(has(text_of(office::compound({{"EncryptedPackage", "x"}, {"EncryptionInfo", "x"}}), "a.docx"),
            "protected by a password; save it without one"));
}

TEST_CASE("zip files of documents: folders, zip files inside, clutter, tricks and limits") {
  const std::string inner = office::zip({{"b.txt", "Nước máy đục\n"}, {".DS_Store", "x"}});
  const std::string zip = office::zip({{"xã/a.txt", "Cầu treo đã mục\n"},
                                       {"__MACOSX/xã/._a.txt", "x"},
                                       {"../../etc/passwd", "x"},
                                       {"/tmp/x.txt", "x"},
                                       {"c:\\x.txt", "x"},
                                       {"b.zip", inner},
                                       {"c.xlsx", new_workbook()}});
  CHECK(is_zip_of_documents(zip, "a.zip"));
  CHECK(!is_zip_of_documents(new_workbook(), "a"));
  const Unpacked all = unpacked(zip);
  CHECK(all.names == std::vector<std::string>{"a.zip/xã/a.txt", "a.zip/b.zip/b.txt", "a.zip/c.xlsx"});
  REQUIRE(all.errors.size() == 3);
  CHECK(all.errors[0] == "a.zip: an entry has the name of a file outside it; left out; check where it comes from");

  const Unpacked few = unpacked(zip, {.entries = 1});
  CHECK(few.names.size() == 1);
  CHECK(has(few.errors.back(), "more than 1 documents; the rest is left out"));
  const Unpacked flat = unpacked(zip, {.depth = 1});
  CHECK(flat.names.size() == 2);
  CHECK(has(flat.errors.back(), "a.zip/b.zip: zip files lie in one another deeper than 1"));
  const Unpacked cut = unpacked(zip.substr(0, zip.size() / 2));
  CHECK(cut.names.front() == "a.zip/xã/a.txt");
  CHECK(has(cut.errors.back(), "damaged"));
}

TEST_CASE("a zip bomb is refused and nothing else is lost") {
  const std::string bomb(3U << 20, '0');
  const std::string zip =
      office::zip({{"a.txt", "Cầu treo đã mục\n"}, {"bomb.txt", bomb}, {"b.txt", "Nước máy đục\n"}});
  CHECK(zip.size() < (64U << 10));
  const Unpacked result = unpacked(zip, {.entry = 1U << 20, .total = 8U << 20});
  CHECK(result.names == std::vector<std::string>{"a.zip/a.txt", "a.zip/b.txt"});
  REQUIRE(result.errors.size() == 1);
  CHECK(result.errors[0] == "a.zip/bomb.txt: it unpacks to more than 1 MB; check where it comes from");
  const Unpacked small = unpacked(zip, {.total = 1U << 20});
  CHECK(small.names.size() == 1);
  CHECK(has(small.errors.back(), "it unpacks to more than 1 MB; the rest is left out"));
}

TEST_CASE("a PDF: lines in the letters of their fonts") {
  const std::string content =
      "BT /F1 12 Tf 72 700 Td (Nhi\\322u h\\351 lo gi\\270 ph\\251n b\\343n t\\250ng.) Tj ET\n"
      "BT /F2 12 Tf 72 680 Td (Left) Tj ET\nBT /F2 12 Tf 300 680 Td (right) Tj ET";
  const std::string pdf = office::pdf(".VnTime", content);
  const auto document = read_bytes(pdf, "a.pdf", {});
  if (!document && has(document.error().what, "not installed")) {
    MESSAGE("skipped: no pdftohtml (poppler-utils)");
    CHECK(document.error().remedy == "install poppler-utils, or save the text as .txt or .docx");
    return;
  }
  REQUIRE_MESSAGE(document, document.error().message());
  CHECK(document->text == "Nhiều hộ lo giá phân bón tăng.\nLeft\tright\n");
  CHECK(has(text_of(office::pdf(".VnTime", ""), "a.pdf"), "has no text"));
  CHECK(has(text_of("%PDF-1.4\nchỉ là chữ", "a.pdf"), "the PDF"));
}

TEST_CASE("programs of others: absent, failing, endless, too much") {
  using report::run_process;
  CHECK(run_process({"cat"}, "chữ", {}).value() == "chữ");
  const auto absent = run_process({"no-such-program-of-duluan"}, "", {});
  REQUIRE(!absent);
  CHECK(absent.error().code == ErrorCode::kNotFound);
  CHECK(run_process({"false"}, "", {}).error().code == ErrorCode::kMalformed);
  CHECK(has(run_process({"sleep", "100"}, "", {.seconds = 1}).error().what, "longer than 1 seconds"));
  CHECK(has(run_process({"cat", "/dev/zero"}, "", {.output = 1U << 20}).error().what, "larger than 1 MB"));
  // No shell reads the words.
  CHECK(run_process({"echo", "$HOME; ls"}, "", {}).value() == "$HOME; ls\n");
}
