// Mentions of places: abbreviations, lists, parents, contexts; what is no place; the map across the merger.
#include "duluan/place.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "duluan/report.hpp"
#include "duluan/text.hpp"
#include "places.hpp"

using namespace duluan;

namespace {

constexpr int kBefore = Gazetteer::kMergerDay - 1;
constexpr int kAfter = Gazetteer::kMergerDay;

PlaceContext in(const char* province, int day = kBefore) { return {released_gazetteer().province(province, day), day}; }

// "xã Tân Hòa (Vũ Thư)" of each mention, parts by "; "; "?" where several fit.
std::string found(std::string_view text, const PlaceContext& context = {std::nullopt, kBefore}) {
  const Gazetteer& gazetteer = released_gazetteer();
  Mentions mentions;
  gazetteer.find(text, context, mentions);
  std::string out;
  for (const Mention& mention : mentions.found) {
    if (!out.empty()) out += "; ";
    if (!mention.unit) out += "?";
    else {
      out += gazetteer.full_name(*mention.unit);
      const Place place = gazetteer.place(*mention.unit);
      if (place.parent) out += " (" + std::string(gazetteer.place(*place.parent).name) + ")";
    }
  }
  return out;
}

void check(std::initializer_list<std::pair<const char*, const char*>> cases,
           const PlaceContext& context = {std::nullopt, kBefore}) {
  for (const auto& [text, expected] : cases) CHECK_MESSAGE(found(text, context) == expected, text);
}

}  // namespace

TEST_CASE("levels, abbreviations and capitals") {
  check({{"Cử tri TP.HCM kiến nghị", "thành phố Hồ Chí Minh"},
         {"tại TPHCM và Tp. Hồ Chí Minh", "thành phố Hồ Chí Minh; thành phố Hồ Chí Minh"},
         {"o tphcm, q1 tp hcm", "thành phố Hồ Chí Minh; quận 1 (Hồ Chí Minh); thành phố Hồ Chí Minh"},
         {"người dân Q.1, TP.HCM", "quận 1 (Hồ Chí Minh); thành phố Hồ Chí Minh"},
         {"ở P.14, Q.10", "phường 14 (10); quận 10 (Hồ Chí Minh)"},
         {"H. Châu Thành, tỉnh Tiền Giang", "huyện Châu Thành (Tiền Giang); tỉnh Tiền Giang"},
         {"TX. Tân Châu (An Giang)", "thị xã Tân Châu (An Giang); tỉnh An Giang"},
         {"UBND HUYỆN VŨ THƯ", "huyện Vũ Thư (Thái Bình)"},
         {"Huyện ủy Vũ Thư", "huyện Vũ Thư (Thái Bình)"},
         {"Tỉnh ủy Thừa Thiên - Huế", "thành phố Huế"},
         {"bà con xã Cư M’gar, tỉnh Đắk Lắk", "xã Cư M'gar (Cư M'gar); tỉnh Đắk Lắk"},
         {"dân phường Mỹ Đình 1 kêu", "phường Mỹ Đình 1 (Nam Từ Liêm)"},
         {"ở quận 01", "quận 1 (Hồ Chí Minh)"},
         {"bà con Qui Nhơn, Bình Định", "thành phố Quy Nhơn (Bình Định); tỉnh Bình Định"}});
}

TEST_CASE("a parent beside the name, or said before or after it, tells homonyms apart") {
  check({{"xã Tân Hòa, huyện Vũ Thư", "xã Tân Hòa (Vũ Thư); huyện Vũ Thư (Thái Bình)"},
         {"xã Tân Hoà thuộc huyện Buôn Đôn", "xã Tân Hòa (Buôn Đôn); huyện Buôn Đôn (Đắk Lắk)"},
         {"Ở huyện Vũ Thư mưa to. Xã Tân Hòa ngập.", "huyện Vũ Thư (Thái Bình); xã Tân Hòa (Vũ Thư)"},
         {"dân Long Hưng, Châu Thành, Tiền Giang kêu",
          "xã Long Hưng (Châu Thành); huyện Châu Thành (Tiền Giang); tỉnh Tiền Giang"},
         {"xã Minh Quang (Vũ Thư)", "xã Minh Quang (Vũ Thư); huyện Vũ Thư (Thái Bình)"},
         {"xã Minh Quang thuộc Vũ Thư", "xã Minh Quang (Vũ Thư); huyện Vũ Thư (Thái Bình)"},
         {"Phường 1, Thành phố Cao Lãnh, Đồng Tháp",
          "phường 1 (Cao Lãnh); thành phố Cao Lãnh (Đồng Tháp); tỉnh Đồng Tháp"},
         {"dân xã Tân Hòa kêu", "?"}});
}

TEST_CASE("the report's place and its day decide") {
  check({{"bà con xã Tân Hòa kêu", "xã Tân Hòa (Buôn Đôn)"}}, in("Đắk Lắk"));
  check({{"huyện Châu Thành", "huyện Châu Thành (Bến Tre)"}}, in("Bến Tre"));
  check({{"phường Ba Đình", "phường Ba Đình (Hà Nội)"}}, in("Hà Nội", kAfter));
  check({{"UBND quận 1", ""},
         {"UBND phường 3", ""},
         {"ra quận 1, TP.HCM", "quận 1 (Hồ Chí Minh); thành phố Hồ Chí Minh"}},
        in("Hà Nội"));
  check({{"tỉnh Hưng Yên", "tỉnh Hưng Yên"}}, in("Hưng Yên", kAfter));
  const Gazetteer& gazetteer = released_gazetteer();
  for (const int day : {kBefore, kAfter}) {
    Mentions mentions;
    gazetteer.find("tỉnh Cao Bằng", {std::nullopt, day}, mentions);
    REQUIRE(mentions.found.size() == 1);
    CHECK(gazetteer.place(*mentions.found[0].unit).after == (day == kAfter));
  }
}

TEST_CASE("names without level word only where they are certain") {
  check({{"mong một nền hòa bình lâu dài", ""},
         {"Ông Nguyễn Hòa Bình nói", ""},
         {"anh Thái Bình vui", ""},
         {"đường Hà Giang hỏng", ""},
         {"biển Thái Bình Dương", ""},
         {"đối tượng Dũng “Huế” bị bắt", ""},
         {"cuộc sống an bình, tân tiến", ""},
         {"An Bình là mong ước", ""},
         {"Chủ tịch Hồ Chí Minh", ""},
         {"Hà Nội và Đà Nẵng", "thành phố Hà Nội; thành phố Đà Nẵng"}});
  check({{"bà con ở Buôn Đôn kêu", "huyện Buôn Đôn (Đắk Lắk)"}, {"bà con ở Tân Hòa kêu", ""}, {"anh Buôn Đôn kêu", ""}},
        in("Đắk Lắk"));
}

TEST_CASE("lists after a plural level word") {
  check({{"các huyện Vũ Thư, Kiến Xương và Tiền Hải",
          "huyện Vũ Thư (Thái Bình); huyện Kiến Xương (Thái Bình); huyện Tiền Hải (Thái Bình)"},
         {"các huyện: Vũ Thư, Tiền Hải", "huyện Vũ Thư (Thái Bình); huyện Tiền Hải (Thái Bình)"},
         {"huyện Vũ Thư, Kiến Xương vui", "huyện Vũ Thư (Thái Bình)"}},
        in("Thái Bình"));
}

TEST_CASE("other words are no places") {
  check({{"cúm H5N1, máy P4, đường Q1A", ""},
         {"vấn đề xã hội và quận", ""},
         {"hải quan Đà Lạt", ""},
         {"xã Thái Bình Thượng Hạ", ""},
         {"phường Đông Lam, tỉnh Lam Châu", ""},
         {"xã An Trầm", ""},
         {"", ""}});
}

TEST_CASE("missing diacritics, NFD and new tone marks find the same") {
  const std::string text = "Bà con xã Tân Hòa, huyện Vũ Thư và phường Thủy Xuân, TP. Huế phấn khởi.";
  const std::string expected = found(text);
  CHECK(expected == "xã Tân Hòa (Vũ Thư); huyện Vũ Thư (Thái Bình); phường Thủy Xuân (Thuận Hóa); thành phố Huế");
  CHECK(found(decomposed(text)) == expected);
  CHECK(found(normalize(text, ToneStyle::kNew).str()) == expected);
  CHECK(found(decomposed(normalize(text, ToneStyle::kNew).str())) == expected);
  CHECK(found("Ba con xa Tan Hoa, huyen Vu Thu phan khoi") == "xã Tân Hòa (Vũ Thư); huyện Vũ Thư (Thái Bình)");
  CHECK(found("ba con xa tan hoa, huyen vu thu phan khoi") == "xã Tân Hòa (Vũ Thư); huyện Vũ Thư (Thái Bình)");
}

TEST_CASE("the counts of both maps") {
  const Gazetteer& gazetteer = released_gazetteer();
  std::map<std::pair<bool, PlaceLevel>, int> counts;
  for (std::size_t i = 0; i < gazetteer.size(); ++i) {
    const Place place = gazetteer.place({static_cast<std::uint16_t>(i)});
    ++counts[{place.after, place.level}];
  }
  CHECK(counts[{false, PlaceLevel::kProvince}] == 63);
  CHECK(counts[{false, PlaceLevel::kDistrict}] == 696);
  CHECK(counts[{false, PlaceLevel::kCommune}] == 10035);
  CHECK(counts[{true, PlaceLevel::kProvince}] == 34);
  CHECK(counts[{true, PlaceLevel::kDistrict}] == 0);
  CHECK(counts[{true, PlaceLevel::kCommune}] == 3321);
}

TEST_CASE("across the merger: every old unit has successors, shares sum to one, both ways agree") {
  const Gazetteer& gazetteer = released_gazetteer();
  std::vector<PlaceShare> shares;
  std::vector<PlaceShare> back;
  std::vector<PlaceId> up;
  std::size_t split = 0;
  for (std::size_t i = 0; i < gazetteer.size(); ++i) {
    const PlaceId id{static_cast<std::uint16_t>(i)};
    const Place place = gazetteer.place(id);
    gazetteer.rebase(id, place.after ? kBefore : kAfter, shares);
    REQUIRE_MESSAGE(!shares.empty(), gazetteer.full_name(id));
    double sum = 0;
    for (const PlaceShare& share : shares) {
      sum += share.weight;
      CHECK(gazetteer.place(share.unit).after != place.after);
    }
    CHECK(sum == doctest::Approx(1));
    gazetteer.rebase(id, place.after ? kAfter : kBefore, back);
    CHECK((back.size() == 1 && back[0].unit == id));
    if (place.after || place.level != PlaceLevel::kCommune) continue;
    split += shares.size() > 1 ? 1 : 0;
    for (const PlaceShare& share : shares) {
      gazetteer.predecessors(share.unit, back);
      CHECK(std::count_if(back.begin(), back.end(),
                          [&](const PlaceShare& s) { return s.unit == id && s.weight == share.weight; }) == 1);
      // The commune's new province is the one its old province became.
      gazetteer.ancestors(id, up);
      gazetteer.successors(up.back(), back);
      CHECK(gazetteer.place(share.unit).parent == back.at(0).unit);
    }
  }
  CHECK(split == 442);
}

TEST_CASE("successors of a district are those of its communes") {
  const Gazetteer& gazetteer = released_gazetteer();
  std::vector<PlaceShare> shares;
  Mentions mentions;
  gazetteer.find("huyện Kiên Hải, tỉnh Kiên Giang", {std::nullopt, kBefore}, mentions);
  REQUIRE(mentions.found.size() == 2);
  gazetteer.successors(*mentions.found[0].unit, shares);
  REQUIRE(shares.size() == 1);
  CHECK(gazetteer.full_name(shares[0].unit) == "đặc khu Kiên Hải");
  CHECK(shares[0].weight == doctest::Approx(1));
}

TEST_CASE("broken tables are refused with file and line") {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / ("duluan-places-" + std::to_string(::getpid()));
  CHECK(Gazetteer::load(folder.string()).error().code == ErrorCode::kNotFound);
  const fs::path source = DULUAN_SOURCE_DIR "/corpora/places";
  fs::create_directories(folder);
  for (const char* name : {"units.tsv", "merges.tsv", "aliases.tsv"}) fs::copy_file(source / name, folder / name);
  CHECK(Gazetteer::load(folder.string()));
  for (const char* name : {"units.tsv", "merges.tsv", "aliases.tsv"}) {
    const auto size = fs::file_size(folder / name);
    std::ofstream(folder / name, std::ios::app) << "1\tmột hàng hỏng\n";
    const auto broken = Gazetteer::load(folder.string());
    CHECK_MESSAGE((!broken && broken.error().code == ErrorCode::kMalformed), name);
    if (!broken) CHECK(broken.error().where.find(name) != std::string::npos);
    std::ofstream(folder / name, std::ios::trunc).close();
    CHECK_FALSE(Gazetteer::load(folder.string()));
    fs::remove(folder / name);
    fs::copy_file(source / name, folder / name);
    CHECK(fs::file_size(folder / name) == size);
  }
  fs::remove_all(folder);
}

TEST_CASE("a report's places get the gazetteer's names, unknown ones stay") {
  ReadOptions options;
  options.gazetteer = &released_gazetteer();
  const auto table = read_bytes(
      "ngày,xã/phường,nội dung\n3/3/2025,P. BẾN NGHÉ - Q1,Đường hỏng lâu chưa sửa\n3/3/2025,Xã Tân Hoà,Đường hỏng lâu "
      "chưa sửa\n"
      "3/3/2025,xã An Trầm,Đường hỏng lâu chưa sửa\n3/3/2025,TP.HCM,Đường hỏng lâu chưa sửa\n3/3/2025,tổ 3 xã Tân "
      "Hoà,Đường hỏng\n",
      "a.csv", options);
  REQUIRE(table);
  REQUIRE(table->opinions.size() == 5);
  CHECK(table->opinions[0].place == "phường Bến Nghé, quận 1");
  CHECK(table->opinions[1].place == "xã Tân Hòa");
  CHECK(table->opinions[2].place == "xã An Trầm");
  CHECK(table->opinions[3].place == "thành phố Hồ Chí Minh");
  CHECK(table->opinions[4].place == "tổ 3 xã Tân Hòa");
}

TEST_CASE("a report's heading with signs in the name") {
  ReadOptions options;
  options.gazetteer = &released_gazetteer();
  const auto place_of = [&](const std::string& office, const std::string& province) {
    const auto report = read_bytes(
        "UBND TỈNH " + province + "\n" + office + "\n\nBÁO CÁO\nDư luận xã hội tháng 9 năm 2025\n\n" +
            "I. KINH TẾ\n- Bà con phấn khởi vì giá cà phê tăng cao.\n- Bà con lo lắng vì đường hỏng lâu chưa sửa.\n",
        "bc.txt", options);
    REQUIRE(report);
    REQUIRE(!report->opinions.empty());
    return report->opinions.front().place;
  };
  CHECK(place_of("UBND XÃ CƯ M'GAR", "ĐẮK LẮK") == "xã Cư M'gar");
  CHECK(place_of("UBND PHƯỜNG XUÂN HƯƠNG - ĐÀ LẠT", "LÂM ĐỒNG") == "phường Xuân Hương - Đà Lạt");
  CHECK(place_of("UBND XÃ HOÀ THẮNG", "LÂM ĐỒNG") == "xã Hòa Thắng");
  CHECK(place_of("UBND XÃ AN TRẦM", "LAM CHÂU") == "xã An Trầm");
}
