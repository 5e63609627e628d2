#include "outline.hpp"

#include <algorithm>
#include <array>

namespace sample {
namespace {

/// How the office of a kind of unit heads its paper, numbers it and signs.
struct Office {
  std::string above, heading, number, seat, signed_for, signs;
};

/// Capitals of Vietnamese letters in NFC UTF-8.
std::string capitals(std::string text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) {
      if (lead >= 'a' && lead <= 'z') text[at] = static_cast<char>(lead - 0x20);
      continue;
    }
    char& last = text[at += lead < 0xE0 ? 1 : 2];
    const auto low = static_cast<unsigned char>(last);
    const bool odd = (lead == 0xC4 || lead == 0xC5 || lead == 0xE1) && low % 2 == 1;  // ă đ ĩ ũ, ạ … ỹ
    const bool horn = lead == 0xC6 && (low == 0xA1 || low == 0xB0);                   // ơ ư
    if (lead == 0xC3 && low >= 0xA0) last = static_cast<char>(low - 0x20);            // à … ý
    else if (odd || horn) last = static_cast<char>(low - 1);
  }
  return text;
}

Office office_of(const Place& unit) {
  const std::string province = "Lam Châu";
  if (unit.kind == Kind::kDepartment) {
    const std::string heading = capitals(unit.name);
    if (unit.name.starts_with("Sở"))
      return {"ỦY BAN NHÂN DÂN TỈNH LAM CHÂU", heading, "/BC-SNNMT", province, "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"};
    if (unit.id == "mat-tran")
      return {"MẶT TRẬN TỔ QUỐC VIỆT NAM", heading, "/BC-MTTQ-BTT", province, "TM. BAN THƯỜNG TRỰC", "PHÓ CHỦ TỊCH"};
    const std::string mark = unit.id == "lien-doan-lao-dong" ? "LĐLĐ" : unit.id == "hoi-nong-dan" ? "HNDT" : "HPN";
    return {
        "ỦY BAN MTTQ VIỆT NAM TỈNH LAM CHÂU", heading, "/BC-" + mark, province, "TM. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH"};
  }
  const std::string seat = unit.name.substr(unit.name.find(' ') + 1);
  return {"ỦY BAN NHÂN DÂN", capitals(unit.name), "/BC-UBND", seat, "TM. ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH"};
}

std::uint64_t mixed(const Place& unit, int month, std::uint64_t salt) {
  std::uint64_t hash = 1469598103934665603U ^ salt;
  for (const char c : unit.id + label_of(month)) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash ^ (hash >> 29);
}

std::string dated(const std::string& seat, const Place& unit, int month) {
  const int when = late(unit.id, month) ? month + 1 : month;
  const int day =
      static_cast<int>(late(unit.id, month) ? 4 + mixed(unit, month, 1) % 5 : 20 + mixed(unit, month, 1) % 9);
  const std::string padded = (day < 10 ? "0" : "") + std::to_string(day);
  const std::string named = (month_of(when) < 3 ? "0" : "") + std::to_string(month_of(when));
  return seat + ", ngày " + padded + " tháng " + named + " năm " + std::to_string(year_of(when));
}

/// What is foreseen of the field that most was said about, and what is asked for; two wordings of each.
std::string_view forecast_of(Section section, bool other) {
  constexpr std::array<std::array<std::string_view, 2>, kSections> kWordings = {{
      {"Thời gian tới, các vấn đề thuộc lĩnh vực kinh tế tiếp tục được quan tâm nhiều nhất.",
       "Dự báo ý kiến về lĩnh vực kinh tế sẽ còn xuất hiện ở mức tương tự trong kỳ sau."},
      {"Dự báo lĩnh vực văn hóa – xã hội vẫn là nội dung được bàn luận nhiều trong tháng tới.",
       "Các ý kiến về lĩnh vực xã hội khả năng còn kéo dài nếu chưa được giải thích thỏa đáng."},
      {"Dư luận tiếp tục theo dõi diễn biến của lĩnh vực an ninh – quốc phòng trên địa bàn.",
       "Các vấn đề an ninh dự kiến còn được nhắc tới trong kỳ báo cáo sau."},
      {"Công tác xây dựng Đảng, chính quyền dự kiến còn là nội dung được trao đổi nhiều.",
       "Thời gian tới, dư luận chờ đợi kết quả cụ thể của các nội dung đã tiếp thu."},
      {"Tình hình quốc tế dự báo còn phức tạp, tiếp tục được dư luận theo dõi.",
       "Dư luận sẽ còn quan tâm đến diễn biến ngoài nước trong tháng tới."},
  }};
  return kWordings[static_cast<std::size_t>(section)][other ? 1 : 0];
}

std::string_view proposal(std::uint64_t choice) {
  constexpr std::array<std::string_view, 5> kWordings = {
      "Đề nghị các cơ quan chức năng xem xét, trả lời những nội dung nêu trên trong kỳ báo cáo tới.",
      "Kính đề nghị cấp trên tiếp tục định hướng thông tin kịp thời để cơ sở có căn cứ giải thích.",
      "Đề nghị các ngành liên quan phối hợp với địa phương xử lý dứt điểm những việc thuộc thẩm quyền.",
      "Đề nghị duy trì việc thông báo kết quả xử lý ý kiến phản ánh cho đơn vị báo cáo.",
      "Đề nghị tổ chức giao ban cộng tác viên dư luận xã hội đúng kỳ để trao đổi kinh nghiệm.",
  };
  return kWordings[choice % kWordings.size()];
}

constexpr std::array<std::string_view, 8> kNumerals = {"I", "II", "III", "IV", "V", "VI", "VII", "VIII"};

Section section_of(const Told& told) { return topics()[told.topic].section; }

class Writer {
 public:
  void add(std::string text, Look look = Look::kPlain) { paragraphs_.push_back({std::move(text), look}); }
  void head(std::string_view heading) {
    add(std::string(kNumerals[sections_++]) + ". " + std::string(heading), Look::kBold);
  }
  std::vector<Paragraph> done() { return std::move(paragraphs_); }

 private:
  std::vector<Paragraph> paragraphs_;
  std::size_t sections_ = 0;
};

void write_head(Writer& writer, const Office& office, const Place& unit, int month) {
  const int number = 7 + (month_of(month) - 1) * 9 + static_cast<int>(mixed(unit, month, 2) % 8);
  writer.add("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", Look::kTitle);
  writer.add("Độc lập – Tự do – Hạnh phúc", Look::kTitle);
  writer.add(office.above, Look::kCentred);
  writer.add(office.heading, Look::kTitle);
  writer.add("Số: " + std::to_string(number) + office.number, Look::kCentred);
  writer.add(dated(office.seat, unit, month), Look::kRight);
  writer.add("BÁO CÁO", Look::kTitle);
  writer.add(
      "Tình hình dư luận xã hội tháng " + std::to_string(month_of(month)) + " năm " + std::to_string(year_of(month)),
      Look::kTitle);
}

void write_opinions(Writer& writer, const std::vector<const Told*>& told) {
  for (int field = 0; field < kSections; ++field) {
    const auto section = static_cast<Section>(field);
    bool headed = false;
    for (const Told* each : told) {
      if (section_of(*each) != section) continue;
      if (!headed) writer.head(heading_of(section));
      headed = true;
      writer.add("- " + each->text);
    }
  }
}

void write_end(Writer& writer, const Office& office, const Place& unit, int month,
               const std::vector<const Told*>& told) {
  std::array<int, kSections> counts{};
  for (const Told* each : told) ++counts[static_cast<std::size_t>(section_of(*each))];
  const auto most = static_cast<Section>(std::max_element(counts.begin(), counts.end()) - counts.begin());
  writer.head("Dự báo tình hình dư luận");
  writer.add(std::string(forecast_of(most, mixed(unit, month, 3) % 2 == 1)));
  writer.head("Kiến nghị, đề xuất");
  writer.add(std::string(proposal(mixed(unit, month, 4))));
  writer.add(office.signed_for, Look::kRight);
  writer.add(office.signs, Look::kRight);
  writer.add("(Đã ký, đóng dấu)", Look::kRight);
  writer.add("Nơi nhận:", Look::kBold);
  writer.add("- Ban Tuyên giáo và Dân vận Tỉnh ủy;");
  writer.add(unit.kind == Kind::kDepartment ? "- Lãnh đạo cơ quan;" : "- Thường trực Đảng ủy;");
  writer.add("- Lưu: VT.");
}

}  // namespace

std::vector<Paragraph> make_report(const Place& unit, int month, const std::vector<const Told*>& told) {
  const Office office = office_of(unit);
  Writer writer;
  write_head(writer, office, unit, month);
  if (told.empty()) writer.add("Trong tháng, đơn vị không ghi nhận ý kiến mới.");
  write_opinions(writer, told);
  write_end(writer, office, unit, month, told);
  return writer.done();
}

std::string as_text(const std::vector<Paragraph>& paragraphs) {
  std::string text;
  for (const Paragraph& paragraph : paragraphs) {
    if (paragraph.look == Look::kBold || paragraph.text == "BÁO CÁO") text += '\n';
    text += paragraph.text + '\n';
  }
  return text;
}

}  // namespace sample
