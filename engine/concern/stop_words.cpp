// Words that tell nothing about what is spoken of: of grammar, of time, of number, and of the language of reports.
#include <algorithm>
#include <array>
#include <string_view>

#include "concern/terms.hpp"

namespace duluan::concern {
namespace {

// In the order of their bytes.
constexpr auto kStopWords = std::to_array<std::string_view>(
    {"ai",          "ai cũng",    "anh",        "ba",        "bao",       "bao giờ",    "bao lâu",
     "bao nhiêu",   "biết",       "buổi",       "bà",        "bà con",    "bác",        "bên",
     "bên cạnh",    "băn khoăn",  "bản",        "bảo",       "bảy",       "bất",        "bất bình",
     "bằng",        "bị",         "bọn",        "bỏ",        "bốn",       "bộ",         "bởi",
     "bởi vì",      "bức xúc",    "cao",        "chiếc",     "chiều",     "cho",        "cho biết",
     "cho hay",     "cho nên",    "cho rằng",   "cho đến",   "cháu",      "chín",       "chính quyền",
     "chú",         "chúng ta",   "chúng tôi",  "chưa",      "chả",       "chắc",       "chẳng",
     "chẳng ai",    "chẳng hạn",  "chỉ",        "chị",       "chỗ",       "chục",       "chủ nhật",
     "chứ",         "chức năng",  "con",        "cung",      "cuối",      "cuối cùng",  "cuối năm",
     "cuộc",        "cx",         "càng",       "cá biệt",   "các",       "các cấp",    "cái",
     "cán bộ và",   "còn",        "có",         "có lẽ",     "có thể",    "cô",         "cùng",
     "cũng",        "cơ quan",    "cả",         "cả năm",    "cấp",       "cần",        "cụ thể",
     "của",         "cứ",         "cử tri",     "dc",        "do",        "do đó",      "dài",
     "dân",         "dù",         "dư luận",    "dưới",      "dường như", "dạ",         "dịp",
     "em",          "giống",      "giờ",        "giữa",      "gì",        "gần",        "gần đây",
     "hai",         "hay",        "hiện",       "hiện nay",  "hiện tại",  "hoá ra",     "hoặc",
     "huyện",       "hãy",        "hình như",   "hóa ra",    "hôm",       "hôm nay",    "hôm qua",
     "hơn",         "hơn nữa",    "hết",        "họ",        "hồi",       "k",          "khi",
     "khoảng",      "khu",        "khu phố",    "khá",       "khác",      "khóm",       "không",
     "không ai",    "không thể",  "không ít",   "kia",       "kiến nghị", "kiểu",       "ko",
     "kể",          "kể cả",      "kịp thời",   "kỳ",        "kỳ vọng",   "liên quan",  "lo",
     "lo lắng",     "lo ngại",    "loại",       "luon",      "luôn",      "là",         "làm",
     "làm sao",     "lên",        "lúc",        "lũ",        "lại",       "lần",        "lắm",
     "lớn",         "mn",         "mong",       "mong muốn", "muốn",      "mà",         "mãi",
     "mình",        "mươi",       "mười",       "mấy",       "mặc dù",    "mọi",        "mỗi",
     "một",         "một số",     "mới",        "ng",        "ngay",      "nghìn",      "nghĩ",
     "ngoài",       "ngoài ra",   "ngàn",       "ngành",     "ngày",      "người",      "người dân",
     "ngắn",        "ngỡ",        "nha",        "nhau",      "nhe",       "nhiêu",      "nhiều",
     "nhung",       "nhân dân",   "nhé",        "như",       "như thế",   "như vậy",    "nhưng",
     "nhất",        "nhất là",    "nhỉ",        "nhỏ",       "nhờ",       "những",      "nào",
     "này",         "nên",        "nó",         "năm",       "năm nay",   "năm ngoái",  "năm trước",
     "nơi",         "nằm",        "nếu",        "nọ",        "nỗi",       "nữa",        "ok",
     "phía",        "phút",       "phường",     "phải",      "phản ánh",  "phấn khởi",  "phần lớn",
     "qua",         "qua đó",     "quan tâm",   "quá",       "quý",       "quần chúng", "ra",
     "riêng",       "rất",        "rằng",       "rốt cuộc",  "rồi",       "sai",        "sang",
     "sao",         "sau",        "song",       "sáng",      "sáu",       "sắp",        "sẽ",
     "số",          "sớm",        "sự",         "ta",        "theo",      "theo đó",    "thoi",
     "thui",        "thành phố",  "tháng",      "tháng ba",  "tháng bảy", "tháng chín", "tháng chạp",
     "tháng giêng", "tháng hai",  "tháng mười", "tháng một", "tháng này", "tháng năm",  "tháng sáu",
     "tháng trước", "tháng tám",  "tháng tư",   "thêm",      "thì",       "thì ra",     "thôi",
     "thôn",        "thường",     "thấp",       "thấy",      "thậm chí",  "thật",       "thằng",
     "thế",         "thế mà",     "thế nào",    "thị trấn",  "thị xã",    "thời gian",  "thứ",
     "thứ ba",      "thứ bảy",    "thứ hai",    "thứ năm",   "thứ sáu",   "thứ tư",     "thực hiện",
     "tin tưởng",   "tiếp tục",   "to",         "toàn",      "triệu",     "trong",      "trong khi",
     "trong đó",    "trung ương", "trên",       "trăm",      "trưa",      "trước",      "trở lên",
     "trở lại",     "tuy",        "tuy nhiên",  "tuần",      "tuần này",  "tuần trước", "tám",
     "tình hình",   "tôi",        "tăng cường", "tưởng",     "tại",       "tại sao",    "tất",
     "tỉ",          "tỉnh",       "tối",        "tốt",       "tổ",        "tổ dân phố", "tới",
     "tụi",         "tức",        "từ",         "từng",      "tỷ",        "việc",       "việc này",
     "vs",          "và",         "vài",        "vào",       "vâng",      "vì",         "vì sao",
     "vì thế",      "vì vậy",     "ví dụ",      "vấn đề",    "vẫn",       "vậy",        "vậy mà",
     "về",          "về việc",    "với",        "vừa",       "vừa qua",   "vừa rồi",    "xin",
     "xong",        "xuống",      "xã",         "xấu",       "à",         "ít",         "ông",
     "ý kiến",      "đa số",      "đang",       "đc",        "đi",        "điều",       "đâu",
     "đâu có",      "đâu phải",   "đây",        "đã",        "đêm",       "đó",         "đông",
     "đúng",        "được",       "được không", "đại đa số", "đấy",       "đầu",        "đầu năm",
     "đằng",        "đặc biệt",   "đến",        "đề nghị",   "đề xuất",   "đều",        "để",
     "địa phương",  "đối với",    "đồng thời",  "đồng tình", "đứa",       "đừng",       "ơi",
     "ạ",           "ấp",         "ấy",         "ở",         "ừ"});
static_assert(std::is_sorted(kStopWords.begin(), kStopWords.end()));

}  // namespace

bool is_stop_word(std::string_view word) { return std::binary_search(kStopWords.begin(), kStopWords.end(), word); }

}  // namespace duluan::concern
