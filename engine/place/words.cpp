#include "place/words.hpp"

namespace duluan::place {
namespace {

constexpr std::uint8_t kProvince = 1, kDistrict = 2, kCommune = 4;

}  // namespace

Words::Words() {
  const auto add = [this](std::string_view first, std::string_view second, PlaceKind kind, int of,
                          decltype(LevelWord::form) form) {
    const Atom a = atom_of(first);
    const Atom b = second.empty() ? Atom{} : atom_of(second);
    levels.push_back({a.accented, b.accented, a.bare, b.bare, kind, static_cast<std::uint8_t>(of), form});
    level_filter |= std::uint64_t{1} << (a.bare & 63U);
  };
  constexpr auto kWhole = LevelWord::kWhole;
  // Two words before one: "thị xã" is no "xã".
  add("thành", "phố", PlaceKind::kThanhPho, kProvince | kDistrict, kWhole);
  add("thành", "ủy", PlaceKind::kThanhPho, kProvince | kDistrict, kWhole);
  add("thủ", "đô", PlaceKind::kThanhPho, kProvince, kWhole);
  add("thị", "xã", PlaceKind::kThiXa, kDistrict, kWhole);
  add("thị", "ủy", PlaceKind::kThiXa, kDistrict, kWhole);
  add("thị", "trấn", PlaceKind::kThiTran, kCommune, kWhole);
  add("đặc", "khu", PlaceKind::kDacKhu, kCommune, kWhole);
  add("tỉnh", "", PlaceKind::kTinh, kProvince, kWhole);
  add("huyện", "", PlaceKind::kHuyen, kDistrict, kWhole);
  add("quận", "", PlaceKind::kQuan, kDistrict, kWhole);
  add("phường", "", PlaceKind::kPhuong, kCommune, kWhole);
  add("xã", "", PlaceKind::kXa, kCommune, kWhole);
  add("TP", "", PlaceKind::kThanhPho, kProvince | kDistrict, LevelWord::kShort);
  add("TX", "", PlaceKind::kThiXa, kDistrict, LevelWord::kShort);
  add("TT", "", PlaceKind::kThiTran, kCommune, LevelWord::kShort);
  add("H", "", PlaceKind::kHuyen, kDistrict, LevelWord::kInitial);
  add("Q", "", PlaceKind::kQuan, kDistrict, LevelWord::kInitial);
  add("P", "", PlaceKind::kPhuong, kCommune, LevelWord::kInitial);
  add("X", "", PlaceKind::kXa, kCommune, LevelWord::kInitial);
}

}  // namespace duluan::place
