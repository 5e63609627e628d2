// Documents of offices through the program: zip files, columns of tables, a PDF without the program that reads it.
#include <doctest/doctest.h>

#include <string>

#include "office.hpp"
#include "program.hpp"

namespace {

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const char* const kTable = "nội dung;kỳ\nNước máy đục cả tuần nay;2026-03\n";

}  // namespace

TEST_CASE("documents: a zip file gives all that can be read, and names what cannot") {
  const Workplace work("zip");
  work.write("r/a.zip", office::zip({{"xã/a.csv", kTable},
                                     {"../b.csv", kTable},
                                     {"c.rtf", "{\\rtf1 {"},
                                     {"d.zip", office::zip({{"e.csv", "nội dung;kỳ\nCầu treo đã mục;2026-03\n"}})}}));
  const Outcome got = duluan("ingest a.duluan r", work.path());
  CAPTURE(got.err);
  CHECK(got.exit == 1);
  CHECK(has(got.out, "documents read: 2\n"));
  CHECK(has(got.out, "refused: 2\n"));
  CHECK(has(got.out, "columns of 2 tables: text = nội dung, period = kỳ\n"));
  CHECK(has(got.err, "r/a.zip: an entry has the name of a file outside it; left out"));
  CHECK(has(got.err, "r/a.zip/c.rtf: the rich text is damaged"));
  CHECK(has(duluan("read r", work.path()).out, "\"source\":\"r/a.zip/d.zip/e.csv#2\""));
  CHECK(duluan("purge a.duluan --source r/a.zip/xã/a.csv", work.path()).out == "opinions removed: 1\n");
}

TEST_CASE("documents: columns of tables are guessed, shown, and can be named") {
  const Workplace work("columns");
  work.write("a.csv", "Ghi chép;Thôn;Tháng\nNước máy đục cả tuần nay;Đông;2026-03\n");
  const Outcome guessed = duluan("read a.csv", work.path());
  CHECK(guessed.exit == 1);
  CHECK(has(guessed.err, "no column with the text of the opinions among: Ghi chép, Thôn, Tháng"));
  const std::string named = " --column 'text=Ghi chép' --column place=thôn a.csv";
  CHECK(has(duluan("read" + named, work.path()).out, "\"place\":\"Đông\",\"period\":\"2026-03\""));
  CHECK(duluan("read --columns" + named, work.path()).out == "a.csv: text = Ghi chép, place = Thôn, period = Tháng\n");
  CHECK(has(duluan("ingest a.duluan" + named, work.path()).out,
            "columns of 1 tables: text = Ghi chép, place = Thôn, period = Tháng\n"));
  const Outcome wrong = duluan("read --column author=Tên a.csv", work.path());
  CHECK(wrong.exit == 2);
  CHECK(has(wrong.err, "write FIELD=NAME, FIELD one of text, place, unit, period"));
}

TEST_CASE("documents: a PDF where pdftohtml is not installed") {
  const Workplace work("pdf");
  work.write("a.pdf", office::pdf(".VnTime", "BT /F1 12 Tf 72 700 Td (Nhi\\322u h\\351) Tj ET"));
  work.write("b.csv", kTable);
  const Outcome got = run_in(work.path(), "PATH=/nowhere '" DULUAN_PROGRAM "' read a.pdf b.csv");
  CHECK(got.exit == 1);
  CHECK(has(got.err,
            "a.pdf: the file is a PDF, and the program pdftohtml is not installed; install poppler-utils, or save"));
  CHECK(has(got.out, "Nước máy đục cả tuần nay"));
}
