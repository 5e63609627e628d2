// find: spans inside the text and on its characters, disjoint; NFC, NFD and both tone styles find the same units.
#include "duluan/place.hpp"
#include "duluan/text.hpp"
#include "fuzzing.hpp"

using namespace duluan;
using fuzzing::require;

namespace {

const Gazetteer& gazetteer() {
  static const auto loaded = Gazetteer::load(DULUAN_SOURCE_DIR "/corpora/places");
  require(loaded.ok(), "the gazetteer loads");
  return *loaded;
}

// Names and what stands around them.
constexpr auto kPlaces = std::to_array<std::string_view>({"xã ",
                                                          "phường ",
                                                          "huyện ",
                                                          "quận ",
                                                          "TP.",
                                                          "TX. ",
                                                          "Q.",
                                                          "P",
                                                          "tỉnh ",
                                                          "thành phố ",
                                                          "thị trấn ",
                                                          "xa ",
                                                          "huyen ",
                                                          "Tân Hòa",
                                                          "Tân Hoà",
                                                          "Vũ Thư",
                                                          "Hòa Bình",
                                                          "Châu Thành",
                                                          "Hà Nội",
                                                          "TPHCM",
                                                          "Hồ Chí Minh",
                                                          "Thừa Thiên - Huế",
                                                          "1",
                                                          "12",
                                                          "Cư M'gar",
                                                          "Tan Hoa",
                                                          "Thủy Nguyên",
                                                          "các ",
                                                          ", ",
                                                          " và ",
                                                          " thuộc ",
                                                          " (",
                                                          ")",
                                                          " - ",
                                                          ". ",
                                                          "\n",
                                                          "ở ",
                                                          "ông ",
                                                          " "});

std::string text_of(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || data[0] % 3 != 2) return fuzzing::text_of(data, size);
  std::string text;
  for (std::size_t i = 1; i < size; ++i) text += kPlaces[data[i] % kPlaces.size()];
  return text;
}

PlaceContext context_of(const std::uint8_t* data, std::size_t size) {
  PlaceContext context;
  if (size < 2) return context;
  if (data[1] % 3 != 0) context.within = PlaceId{static_cast<std::uint16_t>(data[1] * 55)};
  if (data[1] % 2 != 0) context.day = Gazetteer::kMergerDay - (data[1] % 4 == 1 ? 1 : 0);
  return context;
}

bool at_character(std::string_view text, std::size_t at) {
  if (at == 0 || at >= text.size()) return true;
  std::size_t start = at;
  U8_SET_CP_START(reinterpret_cast<const std::uint8_t*>(text.data()), 0, start);
  return start == at;
}

void check_spans(std::string_view text, const Mentions& mentions) {
  std::size_t reached = 0;
  for (const Mention& mention : mentions.found) {
    require(mention.span.begin >= reached && mention.span.begin < mention.span.end && mention.span.end <= text.size(),
            "mentions stand in order", text);
    require(mention.name.begin >= mention.span.begin && mention.name.end <= mention.span.end, "the name is inside",
            text);
    for (const std::size_t at : {mention.span.begin, mention.span.end, mention.name.begin, mention.name.end})
      require(at_character(text, at), "no character is cut", text);
    require(mention.count > 0 && mention.first + mention.count <= mentions.candidates.size(), "it has candidates",
            text);
    require(mention.confidence > 0 && mention.confidence <= 1, "confidence is a share", text);
    reached = mention.span.end;
  }
}

bool same_units(const Mentions& a, const Mentions& b) {
  if (a.found.size() != b.found.size()) return false;
  for (std::size_t i = 0; i < a.found.size(); ++i)
    if (a.found[i].unit != b.found[i].unit || a.found[i].count != b.found[i].count) return false;
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input = text_of(data, size);
  const PlaceContext context = context_of(data, size);
  Mentions mentions;
  Mentions other;
  gazetteer().find(input, context, mentions);
  check_spans(input, mentions);
  // The other forms of what people write; random marks on random letters compose to letters nobody knows.
  if (size == 0 || data[0] % 3 != 2) return 0;
  for (const bool composed : {true, false}) {
    for (const ToneStyle style : {ToneStyle::kOld, ToneStyle::kNew}) {
      const std::string form = fuzzing::icu_normalized(normalize(input, style).str(), composed);
      gazetteer().find(form, context, other);
      check_spans(form, other);
      require(same_units(mentions, other), "every form finds the same", form);
    }
  }
  return 0;
}
