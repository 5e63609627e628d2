// Search: blind to accents and tone style, all words found, filters, purged words gone.
#include <fstream>
#include <iterator>

#include "archive_material.hpp"

using namespace duluan;

namespace {

std::vector<std::int64_t> ids(const Archive& archive, const Query& query) {
  const auto found = archive.search(query);
  REQUIRE_MESSAGE(found.ok(), (found.ok() ? "" : found.error().message()));
  std::vector<std::int64_t> out;
  for (const StoredOpinion& stored : *found) out.push_back(stored.id);
  return out;
}

using Ids = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("archive search: words in any spelling, filters, order and limit") {
  const Desk desk;
  Archive archive = made(desk.file("a.duluan"));
  REQUIRE(archive
              .add("a", "1",
                   {opinion("Ngân hàng ở Đà Nẵng siết tín dụng", "xã A", "2026-03", {"economy"}, {0.9}),
                    opinion("Nước thuỷ lợi (“kênh N2”) cạn, lúa HOÀ Bình khô", "xã B", "2026-W14",
                            {"agriculture", "water"}, {0.9, 0.5}),
                    opinion("hàng quán lấn ngân hạnh", "xã A", "2026-04", {"order"}, {0.9}),
                    opinion("Giá xăng tăng 4,8% ở TP.HCM", "", "", {"economy"}, {0.9})})
              .ok());
  for (const char* bank : {"ngân hàng", "ngan hang", "NGÂN HÀNG", "ngân hàng"})
    CHECK(ids(archive, {.phrases = {bank}}) == Ids{1});
  CHECK(ids(archive, {.phrases = {"da nang"}}) == Ids{1});
  for (const char* irrigation : {"thủy lợi", "thuỷ lợi", "thuy loi"})
    CHECK(ids(archive, {.phrases = {irrigation}}) == Ids{2});
  CHECK(ids(archive, {.phrases = {"kênh N2", "hòa bình"}}) == Ids{2});
  CHECK(ids(archive, {.phrases = {"hàng", "ngân"}}) == Ids{3, 1});
  CHECK(ids(archive, {.phrases = {"hàng", "ngân"}, .limit = 1}) == Ids{3});
  CHECK(ids(archive, {.phrases = {"hàng"}, .place = "xã A", .period = *Period::parse("2026-03")}) == Ids{1});
  CHECK(ids(archive, {.phrases = {"hàng"}, .topic = "order"}) == Ids{3});
  CHECK(ids(archive, {.phrases = {"nước"}, .topic = "water", .period = *Period::parse("2026-Q2")}) == Ids{2});
  CHECK(ids(archive, {.phrases = {"nước"}, .period = *Period::parse("2026-03")}).empty());
  CHECK(ids(archive, {.phrases = {"4,8%"}}) == Ids{4});
  CHECK(ids(archive, {.phrases = {"hcm"}}) == Ids{4});
  CHECK(ids(archive, {.phrases = {"hang ngan hang"}}).empty());
  CHECK(ids(archive, {.phrases = {"\"ngân\" OR hàng* NOT -x (a"}}).empty());  // nothing of FTS5's own language
  for (const char* nothing : {"", " ", "\"", "…–“”"})
    CHECK(archive.search({.phrases = {nothing}}).error().code == ErrorCode::kInvalidArgument);
}

TEST_CASE("archive search: what is purged is found no more, nor its words in the file") {
  const Desk desk;
  const std::string path = desk.file("a.duluan");
  {
    Archive archive = made(path);
    for (int i = 0; i < 40; ++i)
      REQUIRE(
          archive.add("b" + std::to_string(i), std::to_string(i), {opinion("Đường xóm lầy lội", "", "2026-03")}).ok());
    REQUIRE(archive.add("a", "a", {opinion("Chuyện zxqvjwkpy phải quên đi", "", "2026-03")}).ok());
    REQUIRE(archive.add("c", "c", {opinion("Đường xóm đã sửa", "", "2026-03")}).ok());
  }
  const auto holds = [&] {
    std::ifstream in(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {}).find("zxqvjwkpy") != std::string::npos;
  };
  CHECK(holds());
  {
    Archive archive = made(path);
    CHECK(ids(archive, {.phrases = {"zxqvjwkpy"}}).size() == 1);
    REQUIRE(archive.purge("a").ok());
    CHECK(ids(archive, {.phrases = {"zxqvjwkpy"}}).empty());
    CHECK(ids(archive, {.phrases = {"lầy lội"}, .limit = -1}).size() == 40);
  }
  CHECK_FALSE(holds());
}
