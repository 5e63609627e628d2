// Detection compares readings of the same bytes by how Vietnamese each makes them. Readings are weighed over the
// whole text first (its telling lines); a line alone has little to say, so it follows the whole unless it speaks
// clearly for another reading.
#include <algorithm>
#include <array>
#include <utility>

#include "duluan/encoding.hpp"
#include "text/decoders.hpp"
#include "text/look.hpp"
#include "text/weigh.hpp"

namespace duluan {
namespace {

constexpr Reading kClean{};
constexpr std::size_t kSample = std::size_t{64} << 10;  // bytes of telling lines that the whole is judged by

constexpr std::array<Reading, 6> kRawReadings{{{Encoding::kTcvn3, Flaw::kNone},
                                               {Encoding::kVni, Flaw::kNone},
                                               {Encoding::kWindows1258, Flaw::kNone},
                                               {Encoding::kViscii, Flaw::kNone},
                                               {Encoding::kVps, Flaw::kNone},
                                               {Encoding::kTcvn5712, Flaw::kNone}}};
constexpr std::array<Reading, 6> kFlawedReadings{{{Encoding::kTcvn3, Flaw::kMisSaved},
                                                  {Encoding::kVni, Flaw::kMisSaved},
                                                  {Encoding::kUtf8, Flaw::kMojibake},
                                                  {Encoding::kViscii, Flaw::kMisSaved},
                                                  {Encoding::kVps, Flaw::kMisSaved},
                                                  {Encoding::kWindows1258, Flaw::kMisSaved}}};
constexpr std::array<Reading, 1> kEntityReadings{{{Encoding::kUtf8, Flaw::kEntities}}};
constexpr std::array<Reading, 1> kViqrReadings{{{Encoding::kViqrTyped, Flaw::kNone}}};

struct Readings {
  const Reading* first = nullptr;
  std::size_t count = 0;
};

// The readings that a kind of line may need.
Readings readings_of(LineKind kind) {
  switch (kind) {
    case LineKind::kRaw: return {kRawReadings.data(), kRawReadings.size()};
    case LineKind::kSuspect: return {kFlawedReadings.data(), kFlawedReadings.size()};
    case LineKind::kEntities: return {kEntityReadings.data(), kEntityReadings.size()};
    case LineKind::kViqr: return {kViqrReadings.data(), kViqrReadings.size()};
    case LineKind::kPlain:
    case LineKind::kClean: break;
  }
  return {};
}

Weight weigh_as(std::string_view bytes, const Reading& reading) {
  Text text;
  append_decoded(text, bytes, 0, reading, OnBadBytes::kReplace);
  return weigh(text.str());
}

struct Choice {
  Reading reading;
  Weight weight;
};

// How much it takes to believe a reading: a whole text may be as short as a word.
enum class Evidence { kWhole, kLine };

// Whether a reading is Vietnamese enough to be believed against `as_is`.
bool is_believed(const Choice& choice, LineKind kind, const Weight& as_is, Evidence evidence) {
  const Weight& weight = choice.weight;
  const bool spelled = weight.firm > 0 && weight.confidence() >= 0.75 && weight.varied();
  const bool words = 2 * weight.sound >= weight.words;
  switch (kind) {
    case LineKind::kRaw:
      return spelled && words &&
             (weight.firm > 2 || (evidence == Evidence::kWhole && weight.firm > 0 && weight.wrong() == 0));
    case LineKind::kSuspect:
      return spelled && words && weight.firm > 1 && weight.own > 0 && weight.bits + 10 < as_is.bits;
    case LineKind::kEntities: return spelled && weight.firm > 1 && weight.own > 0;
    // Dots and question marks make syllables of English words; the marks of ^ ( + and dd do not.
    case LineKind::kViqr:
      return spelled && weight.firm > 2 && weight.shaped > 1 && 5 * weight.shaped > weight.firm &&
             5 * weight.sound >= 3 * weight.words;
    case LineKind::kPlain:
    case LineKind::kClean: break;
  }
  return false;
}

// The cheapest reading of pieces of one kind; kClean if none is believed.
Choice choose(const std::vector<std::string_view>& pieces, LineKind kind, Evidence evidence) {
  const auto weigh_all = [&](const Reading& reading) {
    Weight weight;
    for (const std::string_view piece : pieces) weight += weigh_as(piece, reading);
    return weight;
  };
  const Weight as_is = weigh_all(kClean);
  const Readings readings = readings_of(kind);
  Choice best{kClean, as_is};
  for (std::size_t i = 0; i < readings.count; ++i) {
    const Choice choice{readings.first[i], weigh_all(readings.first[i])};
    if (!is_believed(choice, kind, as_is, evidence)) continue;
    if (best.reading == kClean || choice.weight.bits < best.weight.bits) best = choice;
  }
  return best;
}

struct LineLook {
  Span span;  // with its end
  LineKind kind;
};

std::vector<LineLook> look_at_lines(std::string_view bytes) {
  std::vector<LineLook> lines;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size() - 1) + 1;
    lines.push_back({{at, end}, look_at(bytes.substr(at, end - at))});
    at = end;
  }
  return lines;
}

// What the whole says for each kind of line.
struct Prior {
  std::array<Choice, 6> choices;
  bool mostly_legacy = false;  // more of the text is legacy than clean
  [[nodiscard]] const Choice& of(LineKind kind) const { return choices[static_cast<std::size_t>(kind)]; }
  // Some reading of legacy bytes or letters holds for the whole, so clean-looking lines are looked at again.
  [[nodiscard]] const Choice* legacy() const {
    for (const LineKind kind : {LineKind::kRaw, LineKind::kSuspect})
      if (of(kind).reading != kClean) return &of(kind);
    return nullptr;
  }
};

Prior prior_of(std::string_view bytes, const std::vector<LineLook>& lines) {
  Prior prior;
  for (const LineKind kind : {LineKind::kSuspect, LineKind::kEntities, LineKind::kViqr, LineKind::kRaw}) {
    std::vector<std::string_view> pieces;
    std::size_t size = 0;
    for (const LineLook& line : lines) {
      if (line.kind != kind || size >= kSample) continue;
      pieces.push_back(line.span.of(bytes).substr(0, kSample));
      size += pieces.back().size();
    }
    if (!pieces.empty()) prior.choices[static_cast<std::size_t>(kind)] = choose(pieces, kind, Evidence::kWhole);
  }
  std::array<std::size_t, 6> sizes{};
  for (const LineLook& line : lines) sizes[static_cast<std::size_t>(line.kind)] += line.span.size();
  const auto size = [&](LineKind kind) { return sizes[static_cast<std::size_t>(kind)]; };
  prior.mostly_legacy = size(LineKind::kRaw) + size(LineKind::kSuspect) > size(LineKind::kClean);
  return prior;
}

Detected detected(const Choice& choice) {
  return {choice.reading, choice.reading == kClean ? 1 : choice.weight.confidence()};
}

// A line of a kind that has a reading for the whole.
Choice read_line(std::string_view line, LineKind kind, const Choice& whole) {
  const bool whole_known = whole.reading != kClean;
  if (whole_known) {
    const Choice same{whole.reading, weigh_as(line, whole.reading)};
    if (5 * same.weight.wrong() <= same.weight.marked) return same;
    const Choice other = choose({line}, kind, Evidence::kLine);
    const bool better =
        other.reading != kClean && other.weight.sound_marked > 2 && other.weight.bits < 0.7 * same.weight.bits;
    if (better) return other;
    // Bytes that are no UTF-8 can but be what the others are.
    if (kind == LineKind::kRaw || same.weight.wrong() < weigh(line).wrong()) return same;
    return {};
  }
  return choose({line}, kind, Evidence::kLine);
}

// A line that shows nothing by itself, in a text that is legacy elsewhere. "Sè" may be itself or Số in TCVN3: if
// both are words, the rest of the text decides.
Choice read_quiet_line(std::string_view line, const Choice& legacy, bool mostly_legacy) {
  const Choice as_is{kClean, weigh(line)};
  if (as_is.weight.wrong() == 0 && as_is.weight.own > 0) return as_is;
  const Choice same{legacy.reading, weigh_as(line, legacy.reading)};
  const bool both = as_is.weight.wrong() == 0 && same.weight.wrong() == 0;
  if (both) return mostly_legacy && same.weight.firm > 0 ? same : as_is;
  return same.weight.wrong() < as_is.weight.wrong() ? same : as_is;
}

Choice read_line(std::string_view line, LineKind kind, const Prior& prior) {
  const Choice* legacy = prior.legacy();
  if (kind == LineKind::kPlain) return {};
  if (kind == LineKind::kClean)
    return legacy != nullptr ? read_quiet_line(line, *legacy, prior.mostly_legacy) : Choice{};
  // Letters that make no sense may be raw bytes that happen to be UTF-8.
  if (kind == LineKind::kSuspect && prior.of(kind).reading == kClean && legacy != nullptr)
    return read_quiet_line(line, *legacy, prior.mostly_legacy);
  return read_line(line, kind, prior.of(kind));
}

// Zero bytes at every other place, as UTF-16 without a mark has them.
bool is_utf16(std::string_view bytes, Encoding& encoding) {
  const std::string_view head = bytes.substr(0, 4096);
  if (head.size() < 4 || bytes.size() % 2 != 0) return false;
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < head.size(); ++i)
    if (head[i] == '\0') ++zeros[i % 2];
  const bool little = zeros[1] > zeros[0];
  encoding = little ? Encoding::kUtf16Le : Encoding::kUtf16Be;
  const std::size_t units = head.size() / 2;
  if (4 * zeros[little ? 1 : 0] < units || 50 * zeros[little ? 0 : 1] > units) return false;
  Text text;
  return append_utf16(text, head, 0, little, OnBadBytes::kFail) == std::string_view::npos;
}

// Lines in ASCII alone read the same in the readings that add letters beyond it.
bool joins(const DetectedLines& before, LineKind kind, const Reading& reading) {
  if (before.detected.reading == reading) return true;
  return kind == LineKind::kPlain && before.detected.reading.encoding != Encoding::kViqrTyped;
}

// A byte-order mark or zero bytes settle it before any line is looked at.
bool is_settled(std::string_view bytes, Encoding& encoding) {
  std::size_t bom = 0;
  encoding = encoding_by_mark(bytes, bom);
  return encoding != Encoding::kUtf8 || is_utf16(bytes, encoding);
}

}  // namespace

std::vector<DetectedLines> detect_lines(std::string_view bytes) {
  const Span all{0, bytes.size()};
  Encoding encoding = Encoding::kUtf8;
  if (is_settled(bytes, encoding)) return {{all, {{encoding, Flaw::kNone}, 1}}};
  if (find_bad_utf8(bytes) == std::string_view::npos && shows_nothing(bytes)) return {{all, {}}};
  const std::vector<LineLook> lines = look_at_lines(bytes);
  const Prior prior = prior_of(bytes, lines);
  std::vector<DetectedLines> found;
  for (const LineLook& line : lines) {
    const Choice choice = read_line(line.span.of(bytes), line.kind, prior);
    if (!found.empty() && joins(found.back(), line.kind, choice.reading)) {
      found.back().lines.end = line.span.end;
      found.back().detected.confidence = std::min(found.back().detected.confidence, detected(choice).confidence);
    } else {
      found.push_back({line.span, detected(choice)});
    }
  }
  return found;
}

Detected detect_encoding(std::string_view bytes) {
  Encoding encoding = Encoding::kUtf8;
  if (is_settled(bytes, encoding)) return {{encoding, Flaw::kNone}, 1};
  if (find_bad_utf8(bytes) == std::string_view::npos && shows_nothing(bytes)) return {};
  const std::vector<LineLook> lines = look_at_lines(bytes);
  const Prior prior = prior_of(bytes, lines);
  // The kind of line that most of what is beyond ASCII belongs to.
  std::array<std::size_t, 6> sizes{};
  for (const LineLook& line : lines) sizes[static_cast<std::size_t>(line.kind)] += line.span.size();
  Detected most;
  std::size_t size = sizes[static_cast<std::size_t>(LineKind::kClean)];
  for (const LineKind kind : {LineKind::kSuspect, LineKind::kEntities, LineKind::kViqr, LineKind::kRaw}) {
    if (sizes[static_cast<std::size_t>(kind)] <= size || prior.of(kind).reading == kClean) continue;
    size = sizes[static_cast<std::size_t>(kind)];
    most = detected(prior.of(kind));
  }
  return most;
}

namespace {

Text decode_lines(std::string_view bytes, const std::vector<DetectedLines>& lines) {
  Text text;
  text.reserve(bytes.size() + bytes.size() / 2);
  std::size_t bom = 0;
  (void)encoding_by_mark(bytes, bom);
  for (const DetectedLines& part : lines) {
    const std::size_t begin = std::max(part.lines.begin, bom);
    if (begin >= part.lines.end) continue;
    append_decoded(text, bytes.substr(begin, part.lines.end - begin), begin, part.detected.reading,
                   OnBadBytes::kReplace);
  }
  return text;
}

}  // namespace

Decoded decode_any(std::string_view bytes) {
  Decoded decoded;
  decoded.read_as = detect_lines(bytes);
  decoded.text = decode_lines(bytes, decoded.read_as);
  const Encoding outer = decoded.read_as.empty() ? Encoding::kUtf8 : decoded.read_as[0].detected.reading.encoding;
  if (outer != Encoding::kUtf16Le && outer != Encoding::kUtf16Be) return decoded;
  // Word's "Unicode text" of legacy fonts: mis-saved letters in UTF-16.
  const std::vector<DetectedLines> inner = detect_lines(decoded.text.str());
  const bool clean = std::all_of(inner.begin(), inner.end(),
                                 [](const DetectedLines& part) { return part.detected.reading == kClean; });
  if (clean) return decoded;
  Text mended = decode_lines(decoded.text.str(), inner);
  decoded.read_as.clear();
  std::size_t reached = 0;  // the first part takes the byte-order mark along
  for (const DetectedLines& part : inner) {
    const std::size_t end = decoded.text.source(part.lines).end;
    decoded.read_as.push_back({{reached, end}, part.detected});
    reached = end;
  }
  mended.map_through(decoded.text);
  decoded.text = std::move(mended);
  return decoded;
}

Reading Decoded::main_reading() const {
  std::vector<std::pair<Reading, std::size_t>> sizes;
  for (const DetectedLines& part : read_as) {
    const Reading& reading = part.detected.reading;
    const auto same = std::find_if(sizes.begin(), sizes.end(), [&](const auto& one) { return one.first == reading; });
    if (same != sizes.end()) same->second += part.lines.size();
    else if (reading != kClean) sizes.emplace_back(reading, part.lines.size());
  }
  const auto most =
      std::max_element(sizes.begin(), sizes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == sizes.end() ? kClean : most->first;
}

}  // namespace duluan
