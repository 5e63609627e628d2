// Word lists of the finders. Families: the commonest of the Kinh and of the larger peoples;
// together they cover nearly everybody. Places: those whose name begins like a person's.
#include <algorithm>
#include <array>

#include "duluan/text.hpp"
#include "privacy/finders.hpp"

namespace duluan::privacy {
namespace {

template <std::size_t N>
bool in(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 76> kFamilies{
    "nguyễn", "trần",  "lê",   "phạm",  "hoàng", "huỳnh", "phan",  "vũ",    "võ",    "đặng",   "bùi",
    "đỗ",     "hồ",    "ngô",  "dương", "lý",    "đào",   "đoàn",  "vương", "trịnh", "trương", "đinh",
    "lâm",    "phùng", "mai",  "tô",    "hà",    "tạ",    "châu",  "lương", "lưu",   "thái",   "cao",
    "quách",  "la",    "đàm",  "thạch", "kim",   "sơn",   "danh",  "chu",   "nông",  "hứa",    "giàng",
    "âu",     "ma",    "lò",   "quàng", "vi",    "khuất", "thân",  "tôn",   "tăng",  "kiều",   "văn",
    "bạch",   "cù",    "doãn", "đồng",  "đới",   "hàn",   "khổng", "lại",   "lục",   "nghiêm", "ninh",
    "phí",    "thẩm",  "tống", "triệu", "từ",    "ung",   "viên",  "sùng",  "vàng",  "thào"};

constexpr std::array<std::string_view, 25> kHonorifics{
    "ông", "bà",   "anh",   "chị", "em",       "cô",  "chú", "bác",     "dì",        "cậu",    "thầy",   "cháu", "cụ",
    "mợ",  "thím", "dượng", "bé",  "đồng chí", "đ/c", "đc",  "cô giáo", "thầy giáo", "bác sĩ", "bác sỹ", "y sĩ"};

constexpr std::array<std::string_view, 62> kRoles{
    "chủ tịch",    "bí thư",     "giám đốc",   "hiệu trưởng", "hiệu phó",    "trưởng thôn",  "trưởng ấp", "trưởng bản",
    "trưởng khóm", "trưởng khu", "tổ trưởng",  "trưởng ban",  "phó ban",     "trưởng phòng", "phó phòng", "bộ trưởng",
    "thứ trưởng",  "thủ tướng",  "đại biểu",   "kỹ sư",       "luật sư",     "nhà báo",      "cán bộ",    "công chức",
    "công dân",    "cử tri",     "nông dân",   "công nhân",   "giáo viên",   "đại úy",       "thượng úy", "trung úy",
    "thiếu úy",    "đại tá",     "thượng tá",  "trung tá",    "thiếu tá",    "chiến sĩ",     "nạn nhân",  "bị can",
    "bị cáo",      "đối tượng",  "nghi phạm",  "gia đình",    "hộ dân",      "con trai",     "con gái",   "người vợ",
    "người chồng", "người mẹ",   "người cha",  "chủ hộ",      "học sinh",    "sinh viên",    "bệnh nhân", "y tá",
    "tài xế",      "lái xe",     "trưởng xóm", "trưởng buôn", "tổng bí thư", "tên là"};

constexpr std::array<std::string_view, 46> kOffices{
    "ủy",   "ban",       "hội",    "sở",     "phòng", "công",     "chủ",   "bí",  "xã",    "thủ",   "mặt",    "đảng",
    "bộ",   "chi",       "phường", "trường", "huyện", "tỉnh",     "thành", "thị", "quốc",  "giám",  "trưởng", "phó",
    "tổng", "thường",    "trung",  "tòa",    "viện",  "hội đồng", "liên",  "nhà", "chính", "khmer", "chăm",   "việt",
    "nước", "văn phòng", "tổ",     "cục",    "đội",   "ấp",       "thôn",  "khu", "đại",   "thứ"};

constexpr std::array<std::string_view, 75> kThings{
    "đường",  "phố",   "ngõ",  "hẻm",     "cầu",       "chợ",      "trường", "thpt",   "thcs",   "ptth",  "học",
    "non",    "viên",  "viện", "xã",      "phường",    "huyện",    "quận",   "tỉnh",   "trấn",   "tp",    "tp.",
    "thôn",   "ấp",    "bản",  "khu",     "kênh",      "kinh",     "rạch",   "sông",   "núi",    "hồ",    "đảo",
    "kè",     "chùa",  "đền",  "lăng",    "đài",       "giải",     "quỹ",    "ty",     "bổng",   "lộ",    "vành",
    "giao",   "lô",    "cảng", "bến",     "phà",       "xóm",      "khóm",   "buôn",   "làng",   "đình",  "miếu",
    "mộ",     "tượng", "trại", "đồn",     "xí nghiệp", "cụm",      "tuyến",  "hẻm",    "đập",    "thành", "nhà thờ",
    "thuyết", "tưởng", "đh",   "đại học", "chuyên",    "bán công", "ngã ba", "ngã tư", "ngã năm"};

constexpr std::array<std::string_view, 77> kPlacePairs{
    "hà nội",    "hà nam",     "hà giang",   "hà tĩnh",     "hà tây",    "hà tiên",   "hà đông",    "hà lan",
    "lâm đồng",  "lâm hà",     "thái bình",  "thái nguyên", "thái lan",  "thái thụy", "cao bằng",   "cao lãnh",
    "cao thắng", "châu đốc",   "châu thành", "châu phú",    "châu âu",   "châu á",    "châu phi",   "hồ tây",
    "mai châu",  "mai sơn",    "kim sơn",    "kim bôi",     "kim thành", "sơn la",    "sơn tây",    "sơn trà",
    "lai châu",  "phan rang",  "phan thiết", "vũ thư",      "vũ quang",  "vi thanh",  "lục nam",    "lục ngạn",
    "ninh bình", "ninh thuận", "ninh hòa",   "ninh kiều",   "lý sơn",    "lý nhân",   "thạch thất", "thạch hà",
    "đồng nai",  "đồng tháp",  "đồng hới",   "đồng xoài",   "từ sơn",    "từ liêm",   "triệu sơn",  "triệu phong",
    "văn giang", "văn lâm",    "văn yên",    "văn bàn",     "bà rịa",    "bà nà",     "bà đen",     "bà chiểu",
    "bà điểm",   "bà hom",     "bà trưng",   "bà triệu",    "cô tô",     "anh quốc",  "anh sơn",    "bác ái",
    "ông đốc",   "việt nam",   "cù lao",     "lâm thao",    "hồ gươm"};

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80; });
}

}  // namespace

bool is_family(std::string_view lower) {
  if (in(kFamilies, lower)) return true;
  // "van" and "tu" without marks are anything but families.
  if (!is_ascii(lower) || lower.size() < 2 || lower == "van" || lower == "tu" || lower == "ma") return false;
  static const std::vector<std::string> kPlain = [] {
    std::vector<std::string> plain;
    plain.reserve(kFamilies.size());
    for (const std::string_view family : kFamilies) plain.push_back(fold(family));
    return plain;
  }();
  return std::find(kPlain.begin(), kPlain.end(), lower) != kPlain.end();
}

bool is_honorific(std::string_view lower) { return in(kHonorifics, lower); }
bool is_role(std::string_view pair) { return in(kRoles, pair); }
bool is_office(std::string_view lower) { return in(kOffices, lower); }
bool names_a_thing(std::string_view lower) { return in(kThings, lower); }
bool is_place_pair(std::string_view pair) { return in(kPlacePairs, pair); }

}  // namespace duluan::privacy
