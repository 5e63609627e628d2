#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include "duluan/topic.hpp"

using namespace duluan;

namespace {

const std::string kModel = std::string(DULUAN_SOURCE_DIR) + "/models/topics.model";

}  // namespace

TEST_CASE("the released topic model tells plain cases") {
  const auto classifier = Classifier::load(kModel);
  REQUIRE(classifier);
  CHECK(std::filesystem::file_size(kModel) < 10'000'000);
  const auto main_of = [&](const char* text) {
    const TopicResult result = classifier->classify(text);
    return result.main < 0 ? std::string("-")
                           : classifier->taxonomy().topics()[static_cast<std::size_t>(result.main)].id;
  };
  CHECK(main_of("Bệnh viện huyện thiếu thuốc, bệnh nhân phải ra ngoài mua.") == "health");
  CHECK(main_of("benh vien huyen thieu thuoc, benh nhan phai ra ngoai mua") == "health");
  CHECK(main_of("Đường liên xã xuống cấp nghiêm trọng, ổ gà chi chít, xe máy ngã liên tục.") == "transport");
  CHECK(main_of("Giá lúa rớt thê thảm, phân bón thuốc trừ sâu lại tăng, nông dân thua lỗ.") == "agriculture");
  CHECK(main_of("Học phí đại học tăng gấp đôi, phụ huynh lo lắng trước năm học mới.") == "education");
  CHECK(classifier->classify("…").abstained);
}

TEST_CASE("tone style and NFD do not change the topics") {
  const auto classifier = Classifier::load(kModel);
  REQUIRE(classifier);
  const auto old_style = classifier->classify("Hòa giải cơ sở");
  CHECK(classifier->classify("Hoà giải cơ sở").probabilities == old_style.probabilities);
  CHECK(classifier
            ->classify("Ho\xCC\x80"
                       "a gia\xCC\x89i c\xC6\xA1 s\xC6\xA1\xCC\x89")
            .probabilities == old_style.probabilities);
}
