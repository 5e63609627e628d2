// What the tests of room `text` share: ICU as oracle, dice, and Vietnamese in pieces.
#pragma once

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace duluan::text_material {

inline std::string icu_form(std::string_view utf8, bool composed) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* form = composed ? icu::Normalizer2::getNFCInstance(status) : icu::Normalizer2::getNFDInstance(status);
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  form->normalizeUTF8(0, icu::StringPiece(utf8.data(), static_cast<int32_t>(utf8.size())), sink, nullptr, status);
  return out;
}

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::size_t below(std::size_t bound) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>(state_ >> 33) % bound;
  }

 private:
  std::uint64_t state_;
};

inline constexpr std::string_view kProse =
    "Cử tri xã Hòa Thuận phản ánh: đường liên ấp xuống cấp, mưa là ngập; nhiều ý kiến đề nghị tỉnh sớm bố trí vốn. "
    "Người dân phấn khởi vì giá lúa tăng 5%, nhưng còn băn khoăn về việc thu hồi đất, bồi thường và tái định cư.\n"
    "TP.HCM có 1.234 hộ chưa được cấp sổ đỏ; UBND quận Thủ Đức nói “đã giải quyết xong”, dư luận chưa đồng tình.\n"
    "Quý vị xem thêm ở https://vi.example.org/hoà-bình?x=1 hoặc thư a.b@example.vn – cảm ơn "
    "😀👍🏽!\n"
    "ĐẢNG ỦY PHƯỜNG KHUYẾN CÁO: không đốt pháo; giữ gìn trật tự, vệ sinh môi trường khi tổ chức lễ hội đầu năm.\n";

/// Pieces that make text go wrong in all the ways that normalize knows.
inline constexpr auto kTrouble = std::to_array<std::string_view>({"à",
                                                                  "ế",
                                                                  "ợ",
                                                                  "ừơ",
                                                                  "qúa",
                                                                  "gìa",
                                                                  "hoà",
                                                                  "uý",
                                                                  "oà",
                                                                  "e",
                                                                  "u",
                                                                  "y",
                                                                  "i",
                                                                  "q",
                                                                  "g",
                                                                  "n",
                                                                  "ng",
                                                                  "c",
                                                                  "h",
                                                                  "Đ",
                                                                  "Ð",
                                                                  "ð",
                                                                  "\u0300",
                                                                  "\u0301",
                                                                  "\u0302",
                                                                  "\u0306",
                                                                  "\u031B",
                                                                  "\u0323",
                                                                  "\u0338",
                                                                  "\u00A0",
                                                                  "\u200B",
                                                                  "\u200D",
                                                                  "\uFEFF",
                                                                  "\u3000",
                                                                  "ａ",
                                                                  "Ｈ",
                                                                  "，",
                                                                  "а",
                                                                  "о",
                                                                  "Н",
                                                                  "ό",
                                                                  "中",
                                                                  "😀",
                                                                  "한",
                                                                  "क्",
                                                                  " ",
                                                                  "\n",
                                                                  ".",
                                                                  "://",
                                                                  "www.",
                                                                  "@",
                                                                  "<",
                                                                  "\x80",
                                                                  "\xC3",
                                                                  "\xE1\xBA",
                                                                  "\xCC",
                                                                  "\xF0\x9F",
                                                                  "\xED\xA0\x80",
                                                                  "\u1100\u1161",
                                                                  "ü"});

}  // namespace duluan::text_material
