/// \file
/// Documents to opinions.
///
///     auto document = read_document("bao-cao-03.docx", {});
///     for (const Opinion& opinion : document->opinions) std::cout << opinion.text << '\n';
///
/// Formats: txt, csv, tsv, jsonl, docx, xlsx, rtf, pdf, doc, xls; text in any encoding that duluan/encoding.hpp
/// recognises, line by line, runs in the fonts of TCVN3 (.VnTime), VNI, VPS and VISCII by their font. A PDF is read by
/// poppler's program pdftohtml, which may be absent. Errors name the file, the cause and the remedy; a bad record
/// inside a table is left out and listed in Document::skipped. Cost: one pass; a line longer than kLongestLine is
/// skipped. Thread-safety: pure functions.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "duluan/encoding.hpp"
#include "duluan/period.hpp"
#include "duluan/place.hpp"
#include "duluan/result.hpp"
#include "duluan/span.hpp"

namespace duluan {

/// A reported opinion: what is said, about where and when, by which unit. No person, by type.
struct Opinion {
  std::string text;        ///< NFC; redacted once it is in an archive
  std::string source;      ///< the file, with "#line" or "#id" for a record of a table
  std::size_t offset = 0;  ///< byte offset of the opinion in the document's text (--text) or record
  /// Bytes of the file it came from; of a record its row or line. Of a container (.docx, .xls) bytes of the text in it.
  Span bytes;
  std::string section;  ///< heading it stands under, or empty
  std::string place;    ///< "xã An Trầm", or empty
  std::string unit;     ///< the reporting unit, or empty
  std::optional<Period> period;
};

/// What was left out of a document, and why.
struct Skipped {
  std::string where;  ///< "items.csv:17"
  std::string reason;
};

struct Document {
  std::string source;
  std::string text;  ///< the whole text, NFC
  std::vector<Opinion> opinions;
  std::vector<Skipped> skipped;
  /// Of a table: the fields and the names of the columns they were taken from. {"text", "Nội dung phản ánh"}
  std::vector<std::pair<std::string, std::string>> columns;
  std::size_t replaced = 0;  ///< bad byte sequences that became U+FFFD
  Reading reading;           ///< what most of the text beyond clean UTF-8 was recognised as
};

inline constexpr std::size_t kLongestLine = 16u << 20;  ///< bytes

struct ReadOptions {
  Period::Unit period_unit = Period::Unit::kMonth;
  /// Names of table columns; guessed from the header when empty ("nội dung", "text", "xã", "kỳ" …).
  std::string text_column, place_column, unit_column, period_column;
  /// Places it knows get its names; without it, and if unknown, they stay as written.
  const Gazetteer* gazetteer = nullptr;
};

/// Reads a file by its content, or by its extension where that is text.
Result<Document> read_document(const std::string& path, const ReadOptions& options);
/// The same over bytes already in memory; `name` gives format and source.
Result<Document> read_bytes(std::string_view bytes, const std::string& name, const ReadOptions& options);

/// How much of a zip file is unpacked; bytes and entries of those inside one another count together.
struct UnpackLimits {
  std::size_t entries = 10'000;
  std::size_t entry = std::size_t{256} << 20;  ///< bytes
  std::size_t total = std::size_t{2} << 30;    ///< bytes
  int depth = 4;                               ///< of zip files in one another
};

/// Whether these bytes are a zip file of documents, and not a document in such a container.
bool is_zip_of_documents(std::string_view bytes, const std::string& name);

/// Gives `use` each document in a zip file, and in those inside it, as ZIP/PATH with its bytes; or, for what cannot
/// be read, with an Error that names it. What systems add (hidden files, __MACOSX) is passed over. Nothing is written;
/// one document at a time is in memory.
void unpack(std::string_view bytes, const std::string& name, const UnpackLimits& limits,
            const std::function<void(const std::string& name, Result<std::string> bytes)>& use);

}  // namespace duluan
