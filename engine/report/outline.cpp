// The outline of a report (domain terms): national emblem, unit, number, place and date, title,
// sections with their opinions, forecast, proposals, signature, recipients (Nơi nhận).
//
// Each line is judged by its form and its neighbours. Lines that carry no opinion are left out; a
// heading names the section of the lines under it; every other line is one opinion or a list of
// them. A text without any sign of an outline is a plain list: every line is an opinion.
#include "report/outline.hpp"

#include <algorithm>

#include "duluan/syllable.hpp"
#include "duluan/text.hpp"
#include "report/lines.hpp"

namespace duluan::report {
namespace {

enum class LineKind { kFurniture, kHeading, kRecipients, kAnnex, kTitle, kOpinion };

// "Số: 15-BC/BTGHU", "Số 15/BC", "Số: …/BC".
bool is_number_line(const Line& line) {
  if (!starts_with_any(line.folded, {"so:", "so "}) || line.words > 12) return false;
  const std::size_t at = line.folded.find_first_not_of(" :.", 2);
  if (at == std::string::npos) return true;
  const bool digit = line.folded[at] >= '0' && line.folded[at] <= '9';
  return line.folded[2] == ':' || (digit && contains_any(line.folded, {"/bc", "-bc", "/tb", "-tb", "/ub"}));
}

// Navigation of the web page the report was taken from.
bool is_web(const Line& line) {
  if (line.words > 12 || line.ended) return false;
  return starts_with_any(line.folded, {"truy cap hien tai", "so lan xem", "trang chu", "dang nhap", "copyright",
                                       "ban quyen", "tin lien quan", "tags:", "chia se", "tin khac", "quay lai",
                                       "luot xem", "luot truy cap", "in trang"}) ||
         (line.folded.starts_with("dang co") && contains_any(line.folded, {"khach", "thanh vien", "online"}));
}

bool is_emblem(const Line& line) {
  return line.words <= 12 &&
         starts_with_any(line.folded, {"cong hoa xa hoi chu nghia", "doc lap - tu do", "doc lap-tu do",
                                       "doc lap – tu do", "dang cong san viet nam"});
}

bool is_date_line(const Line& line) {
  return line.words <= 14 && contains_any(line.folded, {", ngay "}) && contains_any(line.folded, {"thang ", "/"}) &&
         !line.ended;
}

bool is_signature(const Line& line) {
  return line.words <= 12 && starts_with_any(line.folded, {"t/m ", "tm.", "tm ", "kt.", "tl.", "tuq.", "(da ky", "(ky",
                                                           "da ky", "nguoi bao cao", "nguoi tong hop"});
}

// "Hội nghị đã nêu nhiều vấn đề, cụ thể như sau:" leads to what follows and says nothing itself.
bool is_lead_in(const Line& line) {
  return line.marker == 0 && line.words >= 4 &&
         (line.folded.ends_with(" sau:") || line.folded.ends_with(" sau day:") || line.folded.ends_with(" nhu:"));
}

// "(TGAG)- Vừa qua, …": the lead of a press notice tells of a meeting, not of opinions.
bool is_press_lead(const Line& line) {
  const std::size_t close = line.text.find(')');
  if (!line.text.starts_with('(') || close == std::string_view::npos || close > 12) return false;
  const std::string_view agency = line.text.substr(1, close - 1);
  const auto capital = [](char c) { return (c >= 'A' && c <= 'Z') || c == '.'; };
  const std::size_t mark = line.text.find_first_not_of(' ', close + 1);
  return agency.size() >= 2 && std::all_of(agency.begin(), agency.end(), capital) && mark != std::string_view::npos &&
         starts_with_any(line.text.substr(mark), {"-", "–", "—"});
}

// Whether the line has the form of an outline's part, whatever else the text is.
bool is_outline_sign(const Line& line) {
  return is_emblem(line) || is_number_line(line) || is_web(line) || is_date_line(line) || line.capitals ||
         line.marker > 0 || starts_with_any(line.folded, {"kinh gui", "noi nhan", "bao cao"});
}

// A line of capitals that goes on with the title: "TÌNH HÌNH DƯ LUẬN QUÝ I NĂM 2026".
bool is_of_title(const Line& line) { return contains_any(line.folded, {"du luan", "bao cao", " nam 20", "/20"}); }

// A numbered line is a heading if short and open; in a row of such lines it is an item.
bool is_numbered_heading(const Line& line, const Line* next) {
  if (line.numbering == 0 || line.words > 14 || line.text.ends_with('.') || line.text.ends_with(';')) return false;
  const bool in_row = next != nullptr && next->numbering == line.numbering && line.numbering != Line::kRoman &&
                      line.words >= 5 && !line.capitals && !line.text.ends_with(':');
  return !in_row;
}

LineKind kind_of(const Line& line, const Line* next, bool in_heading, bool titled) {
  if (line.folded.starts_with("noi nhan")) return LineKind::kRecipients;
  if (line.words <= 8 && line.folded.starts_with("phu luc")) return LineKind::kAnnex;
  if (line.words == 0 || is_emblem(line) || is_number_line(line) || is_web(line) || is_signature(line))
    return LineKind::kFurniture;
  if (line.words <= 30 && starts_with_any(line.folded, {"kinh gui"})) return LineKind::kFurniture;
  if (is_lead_in(line) || (in_heading && is_press_lead(line))) return LineKind::kFurniture;
  if (in_heading && is_date_line(line)) return LineKind::kTitle;
  if (is_numbered_heading(line, next)) return LineKind::kHeading;
  if (line.capitals && line.words <= 30)
    return in_heading && (!titled || is_of_title(line)) ? LineKind::kTitle : LineKind::kHeading;
  const bool bulleted = line.marker > 0;
  if (bulleted) return line.words >= 4 || (line.words >= 2 && line.ended) ? LineKind::kOpinion : LineKind::kFurniture;
  // A short line without an end is a title, a menu entry or a signature.
  if (in_heading && !line.ended && line.words < 30) return LineKind::kTitle;
  if (line.ended && line.text.ends_with(':') && line.words < 8) return LineKind::kHeading;
  return line.words < 6 || (!line.ended && line.words < 12) ? LineKind::kFurniture : LineKind::kOpinion;
}

// Clauses joined by ";" that stand alone: at least three, for one ";" joins the halves of an opinion.
std::vector<Span> split_list(std::string_view text) {
  constexpr std::size_t kLeastWords = 6;
  constexpr std::size_t kLeastParts = 3;
  std::vector<Token> tokens;
  tokenize(text, tokens);
  std::vector<Span> parts;
  std::size_t first = 0;
  std::size_t words = 0;
  int depth = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind == TokenKind::kWord) ++words;
    const std::string_view word = tokens[i].of(text);
    if (word == "(") ++depth;
    if (word == ")") depth = std::max(0, depth - 1);
    if (word != ";" || depth > 0 || i + 1 == tokens.size()) continue;
    if (words < kLeastWords) return {{0, text.size()}};
    parts.push_back({tokens[first].begin, tokens[i].begin});
    first = i + 1;
    words = 0;
  }
  if (parts.size() + 1 < kLeastParts || words < kLeastWords) return {{0, text.size()}};
  parts.push_back({tokens[first].begin, text.size()});
  return parts;
}

// Forecast and proposals are the reporting unit's own words, not reported opinions.
bool is_own_section(std::string_view heading) {
  return contains_any(fold(heading), {"du bao", "de xuat", "phuong huong", "nhiem vu trong tam"});
}

// A forecast that lists concerns clause by clause tells what people are worried about already.
bool is_list_of_concerns(std::string_view heading, std::size_t clauses) {
  return clauses > 1 && fold(heading).starts_with("du bao");
}

// Length of "Kết quả đạt được: " before a paragraph's text, or 0. Only heads that say what part
// of the report it is; "Về giá điện: …" tells the topic and stays with its opinion.
std::size_t run_in_heading(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon > 140 || colon + 2 >= text.size() || text[colon + 1] != ' ') return 0;
  const std::string head = fold(text.substr(0, colon));
  const bool part =
      starts_with_any(head, {"ket qua dat duoc", "nhung ket qua", "nhung han che", "han che", "ton tai", "nguyen nhan",
                             "du bao", "phuong huong", "nhiem vu", "kien nghi", "de xuat", "uu diem", "khuyet diem",
                             "nhan xet", "danh gia chung", "tinh hinh chung", "thuan loi", "kho khan"});
  return part && std::count(head.begin(), head.end(), ' ') < 16 ? colon + 2 : 0;
}

class Outline {
 public:
  Outline(Document& document, const ReadOptions& options) : document_(document), heading_(options.period_unit) {}

  void read() {
    const std::vector<Line> lines = lines_of(document_.text);
    if (is_plain_list(lines)) {
      for (const Line& line : lines)
        if (line.words >= 2) add(line.text, line.offset, "");
    } else {
      for (std::size_t i = 0; i < lines.size(); ++i) take(lines[i], i + 1 < lines.size() ? &lines[i + 1] : nullptr);
    }
    const std::string_view name = std::string_view(document_.source).substr(document_.source.find_last_of('/') + 1);
    const Heading heading = heading_.finish(name);
    for (Opinion& opinion : document_.opinions) {
      opinion.place = heading.place;
      opinion.unit = heading.unit;
      opinion.period = heading.period;
    }
  }

 private:
  static bool is_plain_list(const std::vector<Line>& lines) {
    const auto open = std::count_if(lines.begin(), lines.end(), [](const Line& line) { return !line.ended; });
    return std::none_of(lines.begin(), lines.end(), is_outline_sign) &&
           (lines.size() == 1 || static_cast<std::size_t>(open) * 2 > lines.size());
  }

  void take(const Line& line, const Line* next) {
    const bool in_heading = document_.opinions.empty() && section_.empty();
    switch (kind_of(line, next, in_heading, titled_)) {
      case LineKind::kFurniture: return in_heading ? learn(line) : void();
      case LineKind::kTitle: return learn(line);
      case LineKind::kRecipients: recipients_ = true; return;
      case LineKind::kAnnex: recipients_ = false; return;
      case LineKind::kHeading:
        section_ = std::string(line.text);
        recipients_ = recipients_ && line.numbering != Line::kRoman;
        return;
      case LineKind::kOpinion: break;
    }
    if (recipients_ || is_own_section(section_)) return;
    const std::string_view body = line.text.substr(line.marker);
    const std::size_t head = run_in_heading(body);
    const std::string section = head > 0 ? std::string(body.substr(0, head - 2)) : section_;
    const std::string_view said = body.substr(head);
    const std::vector<Span> parts = split_list(said);
    if (head > 0 && is_own_section(section) && !is_list_of_concerns(section, parts.size())) return;
    for (const Span part : parts) add(part.of(said), line.offset + line.marker + head + part.begin, section);
  }

  void learn(const Line& line) {
    heading_.learn(line.text, line.capitals);
    titled_ = titled_ || starts_with_any(line.folded, {"bao cao", "tong hop"}) ||
              contains_any(line.folded, {"du luan xa hoi", "tinh hinh"});
  }

  void add(std::string_view text, std::size_t offset, const std::string& section) {
    while (text.ends_with(' ')) text.remove_suffix(1);
    Opinion opinion;
    opinion.text = std::string(text);
    std::replace(opinion.text.begin(), opinion.text.end(), '\n', ' ');  // of a wrapped paragraph
    opinion.offset = offset;
    opinion.bytes = {offset, offset + text.size()};
    opinion.section = section;
    opinion.source = document_.source;
    document_.opinions.push_back(std::move(opinion));
  }

  Document& document_;
  HeadingReader heading_;
  std::string section_;
  bool recipients_ = false;
  bool titled_ = false;
};

}  // namespace

void read_outline(Document& document, const ReadOptions& options) { Outline(document, options).read(); }

}  // namespace duluan::report
