/// \file
/// The gazetteer: administrative units before and after 1 July 2025, their mentions in text, and what became of them.
///
///     auto gazetteer = Gazetteer::load("corpora/places");
///     Mentions mentions;
///     PlaceContext context{.within = gazetteer->province("Hưng Yên", Gazetteer::kMergerDay), .day =
///     Gazetteer::kMergerDay}; gazetteer->find("Bà con xã Tân Hòa, huyện Vũ Thư phấn khởi.", context, mentions);
///     gazetteer->full_name(*mentions.found[0].unit);              // "xã Tân Hòa"
///     gazetteer->rebase(*mentions.found[0].unit, Gazetteer::kMergerDay, shares);
///
/// A mention needs a level word ("xã", "TX.", "P.3", "UBND PHƯỜNG"), but for provinces, for names whose parent stands
/// beside them ("An Bình, Châu Thành, Đồng Tháp"), and for names certain by the context. Diacritics may be missing, NFC
/// or NFD, tone marks of either style, any case. Homonyms are told apart by the parent beside them, then by the
/// context, then by the places said before; what remains open has no `unit` but lists its candidates.
///
/// Errors of load: kNotFound, kUnreadable, kMalformed (file and line). Cost: tests/bench/RESULTS.md; find is one pass
/// and allocates nothing once the caller's buffer has grown. Thread-safety: immutable after load, buffers are the
/// caller's. Sources: General Statistics Office's codes of units; the decrees of 2025, as corpora/places/README.md
/// tells.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "duluan/result.hpp"
#include "duluan/span.hpp"

namespace duluan {

enum class PlaceLevel : std::uint8_t { kProvince, kDistrict, kCommune };

/// In the order of the names that kind_name gives.
enum class PlaceKind : std::uint8_t {
  kTinh,
  kThanhPho,
  kQuan,
  kHuyen,
  kThiXa,
  kPhuong,
  kXa,
  kThiTran,
  kDacKhu,
};

/// "tỉnh", "thành phố", "quận", "huyện", "thị xã", "phường", "xã", "thị trấn", "đặc khu".
std::string_view kind_name(PlaceKind kind) noexcept;

/// A unit of one of the two maps; valid for the gazetteer it came from.
struct PlaceId {
  std::uint16_t index = 0;
  friend auto operator<=>(const PlaceId&, const PlaceId&) = default;
};

/// One unit. `code` is the General Statistics Office's; units of the two maps may share one.
struct Place {
  std::string_view code, name;  ///< name in NFC, tone marks in the old style
  PlaceLevel level = PlaceLevel::kCommune;
  PlaceKind kind = PlaceKind::kXa;
  bool after = false;             ///< of the map in force since 1 July 2025
  std::optional<PlaceId> parent;  ///< none for provinces
};

/// How much of a unit belongs to another: of an old one that a new one took, or of a new one that came from an old one.
struct PlaceShare {
  PlaceId unit;
  double weight = 1;       ///< of one unit's shares they sum to 1
  bool estimated = false;  ///< the source names no figures: equal parts
};

/// What is known of a text before it is read.
struct PlaceContext {
  std::optional<PlaceId> within;  ///< the report's province, district or commune, of either map
  std::optional<int> day;         ///< days since 1970-01-01 (Period::days_since_epoch); none counts as after the merger
};

struct Mention {
  Span span;                ///< of the caller's text, with the level word
  Span name;                ///< the name alone
  std::uint32_t first = 0;  ///< candidates: Mentions::candidates[first, first + count)
  std::uint32_t count = 0;
  std::optional<PlaceKind> written;  ///< the level word
  std::optional<PlaceId> unit;       ///< the chosen candidate; none if several fit alike
  float confidence = 0;  ///< 0…1; above 0.9: level word and name as written in the gazetteer, one unit fits
};

/// The caller's buffer: results, and scratch that find reuses.
struct Mentions {
  std::vector<Mention> found;  ///< in order, disjoint
  std::vector<PlaceId> candidates;
  [[nodiscard]] std::span<const PlaceId> of(const Mention& mention) const {
    return {candidates.data() + mention.first, mention.count};
  }

  /// A run of letters or digits.
  struct Atom {
    std::uint32_t begin = 0, end = 0;
    std::uint64_t bare = 0, accented = 0;  // hashes without and with diacritics
    std::uint8_t gap = 0, flags = 0, letters = 0;
  };
  /// What the search knows of the mention with the same index.
  struct Sighting {
    std::uint32_t first_atom = 0, end_atom = 0, exact = 0;  // exact: candidates whose diacritics agree, they come first
    std::uint8_t kinds = 0;  // of the level word, a bit for each level; 0: none was written
    bool number = false, joined = false, certain = false;  // joined: "P3", "Q 1"
    float quality = 1;
  };
  std::vector<Atom> atoms;
  std::vector<Sighting> sightings;
};

class Gazetteer {
 public:
  /// 1 July 2025 in days since 1970-01-01.
  static constexpr int kMergerDay = 20270;

  /// Reads units.tsv, merges.tsv and aliases.tsv of a folder.
  static Result<Gazetteer> load(const std::string& folder);

  /// Replaces the content of `out` by the mentions of `utf8` (any bytes). Texts of 4 GB and more find nothing.
  void find(std::string_view utf8, const PlaceContext& context, Mentions& out) const;

  [[nodiscard]] std::size_t size() const noexcept;
  [[nodiscard]] Place place(PlaceId id) const;
  /// "xã Tân Hòa", "thành phố Hà Nội".
  [[nodiscard]] std::string full_name(PlaceId id) const;
  /// The province of this name on the map of that day; either tone style, with diacritics.
  [[nodiscard]] std::optional<PlaceId> province(std::string_view name, int day) const;
  /// The unit with this code on the map of that day; codes of different levels differ in length.
  [[nodiscard]] std::optional<PlaceId> by_code(std::string_view code, int day) const;

  /// Parent, then its parent.
  void ancestors(PlaceId id, std::vector<PlaceId>& out) const;
  /// New units that took an old one, as of kMergerDay; of a district, those of its communes. Empty for a new one.
  void successors(PlaceId old_unit, std::vector<PlaceShare>& out) const;
  /// Old units a new one was formed from; the weight is the part of the OLD unit that came. Empty for an old one.
  void predecessors(PlaceId new_unit, std::vector<PlaceShare>& out) const;
  /// The unit on the map of that day: itself, or its successors, or its predecessors with weights that sum to 1.
  void rebase(PlaceId id, int day, std::vector<PlaceShare>& out) const;

 private:
  struct Tables;
  friend class PlaceFinder;
  friend class PlaceLoader;
  explicit Gazetteer(std::shared_ptr<const Tables> tables) : tables_(std::move(tables)) {}
  std::shared_ptr<const Tables> tables_;
};

}  // namespace duluan
