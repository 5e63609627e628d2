// Every unit of both maps, named in sentences of several shapes: accented and not, with the province as context.
#include <doctest/doctest.h>

#include <array>
#include <map>
#include <set>
#include <string>

#include "duluan/place.hpp"
#include "duluan/text.hpp"
#include "places.hpp"
#include "text/letters.hpp"

using namespace duluan;

namespace {

const Gazetteer& gazetteer() { return released_gazetteer(); }

// "@" is the unit with its level word.
constexpr std::array<const char*, 7> kShapes{
    "Bà con @ đề nghị sớm sửa đường liên thôn.",   "Tại @, nhiều hộ dân băn khoăn về giá nước sạch.",
    "UBND @ đã họp với nhân dân ngày 12/3.",       "Theo phản ánh của cử tri @ thì rác thải chưa được thu gom.",
    "Ô nhiễm kéo dài (@) khiến người dân bức xúc", "Đảng ủy @ báo cáo tình hình tháng 3",
    "Đoạn đường qua @ và vùng lân cận hay ngập."};

PlaceId province_of(PlaceId id) {
  std::vector<PlaceId> up;
  gazetteer().ancestors(id, up);
  return up.empty() ? id : up.back();
}

// What the written form cannot tell apart: kind, name and province.
std::string key(PlaceId id, bool accents) {
  const Place place = gazetteer().place(id);
  const std::string name = gazetteer().full_name(id);
  std::string key = accents ? lower_case(name) : fold(name);
  for (const auto& [from, to] : {std::pair{"qui", "quy"}, {"qưới", "quới"}})
    if (const auto at = key.find(from); at != std::string::npos) key.replace(at, std::string(from).size(), to);
  return key + (place.after ? "|a" : "|b") + std::to_string(province_of(id).index);
}

char32_t fold_letter(const Letter& letter) {
  std::string one;
  append_code(one, letter.plain);
  return static_cast<unsigned char>(fold(one)[0]);
}

// Without marks, capitals kept. Names hold no letter outside the Vietnamese alphabet.
std::string bare(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code = next_code(text, at);
    const Letter letter = letter_of(code);
    if (letter.plain == 0) append_code(out, code);
    else append_code(out, fold_letter(letter) - (letter.upper ? 32 : 0));
  }
  return out;
}

struct Tally {
  std::size_t asked = 0, right = 0;
  std::size_t homonyms = 0, homonyms_right = 0;  // borne in other provinces too
  std::string misses;
  [[nodiscard]] double share() const { return static_cast<double>(right) / static_cast<double>(asked); }
};

bool found_whole(const std::string& sentence, const std::string& written, PlaceId expected, const PlaceContext& context,
                 Mentions& out) {
  gazetteer().find(sentence, context, out);
  for (const Mention& mention : out.found)
    if (mention.span.of(sentence) == written && mention.unit == expected) return true;
  return false;
}

// `accents`: as written, else without diacritics. Homonyms of one province are asked with their district.
Tally sweep(bool after, bool accents) {
  std::map<std::string, int> bearers;
  std::map<std::string, std::set<std::uint16_t>> provinces;
  for (std::size_t i = 0; i < gazetteer().size(); ++i) {
    const PlaceId id{static_cast<std::uint16_t>(i)};
    if (gazetteer().place(id).after == after) provinces[gazetteer().full_name(id)].insert(province_of(id).index);
  }
  for (std::size_t i = 0; i < gazetteer().size(); ++i) ++bearers[key(PlaceId{static_cast<std::uint16_t>(i)}, accents)];
  Tally tally;
  Mentions out;
  for (std::size_t i = 0; i < gazetteer().size(); ++i) {
    const PlaceId id{static_cast<std::uint16_t>(i)};
    const Place place = gazetteer().place(id);
    if (place.after != after || place.level == PlaceLevel::kProvince) continue;
    const bool homonym = bearers[key(id, accents)] > 1;
    const PlaceContext context{homonym ? *place.parent : province_of(id),
                               after ? Gazetteer::kMergerDay : Gazetteer::kMergerDay - 100};
    for (const char* shape : kShapes) {
      std::string written = gazetteer().full_name(id);
      std::string sentence = shape;
      if (!accents) {
        written = bare(written);
        sentence = bare(sentence);
      }
      sentence.replace(sentence.find('@'), 1, written);
      const bool elsewhere = !homonym && provinces[gazetteer().full_name(id)].size() > 1;
      ++tally.asked;
      tally.homonyms += elsewhere ? 1 : 0;
      if (found_whole(sentence, written, id, context, out)) {
        ++tally.right;
        tally.homonyms_right += elsewhere ? 1 : 0;
      } else if (tally.misses.size() < 3000) tally.misses += sentence + " [" + std::string(place.code) + "]\n";
    }
  }
  return tally;
}

}  // namespace

TEST_CASE("every unit in seven sentences, accented") {
  for (const bool after : {true, false}) {
    const Tally tally = sweep(after, true);
    MESSAGE(std::string(after ? "after: " : "before: ") << tally.right << " of " << tally.asked);
    MESSAGE("names of several provinces: " << tally.homonyms_right << " of " << tally.homonyms);
    CHECK_MESSAGE(tally.share() >= 0.995, tally.misses);
    CHECK(tally.homonyms > 1000);
    CHECK(tally.homonyms_right == tally.homonyms);
  }
}

TEST_CASE("every unit in seven sentences, without diacritics") {
  for (const bool after : {true, false}) {
    const Tally tally = sweep(after, false);
    MESSAGE(std::string(after ? "after: " : "before: ") << tally.right << " of " << tally.asked);
    CHECK_MESSAGE(tally.share() >= 0.97, tally.misses);
  }
}

TEST_CASE("every unit is the same in NFC and NFD, with old and new tone marks") {
  Mentions expected;
  Mentions out;
  std::size_t broken = 0;
  for (std::size_t i = 0; i < gazetteer().size(); ++i) {
    const PlaceId id{static_cast<std::uint16_t>(i)};
    const PlaceContext context{province_of(id), std::nullopt};
    const std::string written = gazetteer().full_name(id);
    const std::string sentence = "Bà con " + written + " đề nghị";
    gazetteer().find(sentence, context, expected);
    for (const ToneStyle style : {ToneStyle::kOld, ToneStyle::kNew})
      for (const bool composed : {true, false}) {
        const auto form = [&](const std::string& text) {
          const std::string styled = normalize(text, style).str();
          return composed ? styled : decomposed(styled);
        };
        const std::string other = form(sentence);
        gazetteer().find(other, context, out);
        const bool same = out.found.size() == 1 && expected.found.size() == 1 &&
                          out.found[0].unit == expected.found[0].unit && out.found[0].span.of(other) == form(written);
        broken += same ? 0 : 1;
        if (!same && broken < 10) MESSAGE(other);
      }
  }
  CHECK(broken == 0);
}
