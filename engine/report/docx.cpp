// .docx: a zip container with the text in word/document.xml; beside it headers, notes, and the fonts of styles.
#include <map>
#include <pugixml.hpp>
#include <utility>

#include "report/readers.hpp"
#include "report/zip.hpp"

namespace duluan::report {
namespace {

constexpr int kDeepest = 512;  // Word nests tables some 20 deep

Error not_docx(const std::string& where, std::string what) {
  return {ErrorCode::kMalformed, std::move(what), where, "open it in Word or LibreOffice and save it again as .docx"};
}

using Parts = std::map<std::string, std::string>;

bool is_wanted(std::string_view name) {
  return name == "word/document.xml" || name == "word/styles.xml" || name == "word/footnotes.xml" ||
         name == "word/endnotes.xml" || (name.starts_with("word/header") && name.ends_with(".xml"));
}

Result<Parts> parts_of(std::string_view bytes, const std::string& where) {
  constexpr std::size_t kMostParts = 256;
  auto parts = zip_parts(bytes, is_wanted, kMostParts);
  if (!parts)
    return parts.error().code == ErrorCode::kTooLarge
               ? Error{ErrorCode::kTooLarge, parts.error().what, where, parts.error().remedy}
               : not_docx(where, parts.error().what);
  if (!parts->contains("word/document.xml")) return not_docx(where, "the container holds no Word document");
  return std::move(*parts);
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  for (const std::string_view one : names)
    if (name == one) return true;
  return false;
}

// The font of each style: its own, or that of the style it is based on.
class Styles {
 public:
  explicit Styles(const pugi::xml_node& styles) {
    std::map<std::string, pugi::xml_node> nodes;
    for (const pugi::xml_node style : styles.children("w:style")) {
      nodes.insert_or_assign(style.attribute("w:styleId").value(), style);
      const bool normal = std::string_view(style.attribute("w:type").value()) == "paragraph";
      if (normal && style.attribute("w:default").as_bool()) normal_ = style.attribute("w:styleId").value();
    }
    const std::string everywhere = font_of(styles.child("w:docDefaults").child("w:rPrDefault"));
    for (const auto& [name, style] : nodes) {
      std::string font;
      auto from = nodes.find(name);
      for (int steps = 0; steps < 12 && font.empty() && from != nodes.end(); ++steps) {
        font = font_of(from->second);
        from = nodes.find(from->second.child("w:basedOn").attribute("w:val").value());
      }
      const bool letters = std::string_view(style.attribute("w:type").value()) == "character";
      if (font.empty() && !letters) font = everywhere;
      if (!font.empty()) encodings_.insert_or_assign(name, encoding_of_font(font));
    }
  }

  /// Of a run or the mark of a paragraph, if it names one.
  static std::string font_of(const pugi::xml_node& node) {
    const pugi::xml_node fonts = node.child("w:rPr").child("w:rFonts");
    return fonts.attribute("w:ascii").as_string(fonts.attribute("w:hAnsi").value());
  }
  /// Of a style's letters; `otherwise` for one that is not known or has no font.
  [[nodiscard]] Encoding encoding(const std::string& style, Encoding otherwise) const {
    const auto found = encodings_.find(style);
    return found == encodings_.end() ? otherwise : found->second;
  }
  [[nodiscard]] const std::string& normal() const noexcept { return normal_; }

 private:
  std::map<std::string, Encoding> encodings_;
  std::string normal_;
};

// Text of the elements in document order. A paragraph ends its line; one inside another (a text box) gets lines of its
// own before it, a note after it. Depth is bounded: it is the sender's to choose.
class Paragraphs {
 public:
  using Notes = std::map<std::string, pugi::xml_node>;  // by their kind and number

  Paragraphs(const Styles& styles, const Notes& notes) : styles_(styles), notes_(notes) {}
  [[nodiscard]] bool too_deep() const noexcept { return too_deep_; }
  Extract take() { return text_.take(); }

  void walk(const pugi::xml_node& node, int depth) {
    if (depth > kDeepest) {
      too_deep_ = true;
      return;
    }
    for (const pugi::xml_node child : node.children()) {
      const std::string_view name = child.name();
      // What was deleted or moved away, field codes, and the copy of a text box for old readers are not text.
      if (is_one_of(name, {"w:del", "w:moveFrom", "w:instrText", "w:delText", "mc:Fallback", "w:pPr", "w:rPr",
                           "w:tblPr", "w:sectPr"}))
        continue;
      if (name == "w:t") add(child.text().get());
      else if (name == "w:tab" || name == "w:ptab") add("\t");
      else if (name == "w:br" || name == "w:cr") add("\n");
      else if (name == "w:noBreakHyphen") add("-");
      else if (name == "w:softHyphen") add("\u00AD");  // ư in the fonts of TCVN3
      else if (name == "w:p") paragraph(child, depth);
      else if (name == "w:r") run(child, depth);
      else if (name == "w:footnoteReference" || name == "w:endnoteReference") note(child, depth);
      else walk(child, depth + 1);
    }
  }

 private:
  void add(std::string_view utf8) { text_.add(utf8, encoding_); }

  void run(const pugi::xml_node& node, int depth) {
    const std::string font = Styles::font_of(node);
    const char* const style = node.child("w:rPr").child("w:rStyle").attribute("w:val").value();
    encoding_ = font.empty() ? styles_.encoding(style, of_paragraph_) : encoding_of_font(font);
    walk(node, depth + 1);
  }

  // A note inside a note would be a trick.
  void note(const pugi::xml_node& reference, int depth) {
    const auto found = notes_.find(reference.name() + std::string(reference.attribute("w:id").value()));
    if (found == notes_.end() || in_note_) return;
    in_note_ = true;
    text_.begin_aside(true);
    const bool inside = std::exchange(inside_, false);
    const Encoding around = of_paragraph_;
    walk(found->second, depth + 1);
    of_paragraph_ = around;
    inside_ = inside;
    text_.end_aside();
    in_note_ = false;
  }

  void paragraph(const pugi::xml_node& node, int depth) {
    const bool inside = inside_;
    if (inside) text_.begin_aside(false);
    inside_ = true;
    const Encoding around = of_paragraph_;
    const char* const style =
        node.child("w:pPr").child("w:pStyle").attribute("w:val").as_string(styles_.normal().c_str());
    of_paragraph_ = styles_.encoding(style, Encoding::kUtf8);
    encoding_ = of_paragraph_;
    walk(node, depth + 1);
    text_.end_line();
    if (inside) text_.end_aside();
    inside_ = inside;
    of_paragraph_ = around;
  }

  const Styles& styles_;
  const Notes& notes_;
  FontText text_;
  Encoding encoding_ = Encoding::kUtf8;
  Encoding of_paragraph_ = Encoding::kUtf8;
  bool in_note_ = false;
  bool inside_ = false;  // a paragraph
  bool too_deep_ = false;
};

}  // namespace

Container container_of(std::string_view bytes) {
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) return Container::kZip;
  if (bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) return Container::kOle;
  if (bytes.starts_with("%PDF-")) return Container::kPdf;
  if (bytes.starts_with("{\\rtf")) return Container::kRtf;
  return Container::kNone;
}

Result<Extract> docx_text(std::string_view bytes, const std::string& where) {
  auto parts = parts_of(bytes, where);
  if (!parts) return parts.error();
  std::map<std::string, pugi::xml_document> documents;
  for (auto& [name, xml] : *parts) {
    const auto parsed =
        documents[name].load_buffer_inplace(xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata);
    if (!parsed) return not_docx(where, name + " is damaged: " + parsed.description());
  }
  Paragraphs::Notes notes;
  for (const char* const kind : {"footnote", "endnote"})
    for (const pugi::xml_node note : documents["word/" + std::string(kind) + "s.xml"].document_element().children())
      notes.insert_or_assign("w:" + std::string(kind) + "Reference" + note.attribute("w:id").value(), note);
  const Styles styles(documents["word/styles.xml"].document_element());
  Paragraphs paragraphs(styles, notes);
  for (const auto& [name, header] : documents)
    if (name.starts_with("word/header")) paragraphs.walk(header, 0);
  paragraphs.walk(documents["word/document.xml"], 0);
  if (paragraphs.too_deep()) return not_docx(where, "word/document.xml is nested too deeply for a document");
  return paragraphs.take();
}

}  // namespace duluan::report
