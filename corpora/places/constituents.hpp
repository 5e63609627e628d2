// What a new commune was formed from: the sentence of the decree taken apart.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace duluan::places {

struct Constituent {
  std::string kind;         // "xã", "phường", "thị trấn", or empty
  std::string name;         // as key_of gives it
  std::string district;     // "quang trung (quận đống đa)": the district's name, or empty
  bool all_people = false;  // "một phần diện tích, toàn bộ quy mô dân số của …"
};

/// "Phường Quán Thánh, một phần diện tích … của các phường Cửa Nam, Điện Biên (quận Ba Đình) và Xã …"
std::vector<Constituent> constituents(std::string_view formed_from);

}  // namespace duluan::places
