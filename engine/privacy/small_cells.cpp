#include <algorithm>

#include "duluan/privacy.hpp"

namespace duluan {
namespace {

bool is_large(const Cell& cell) { return cell.reports >= kLeastReports && cell.units >= kLeastUnits; }

}  // namespace

Shown shown_cells(std::span<const Cell> cells, const Cell& total) {
  Shown shown{.cells = {}, .total = is_large(total)};
  bool hidden = false;
  std::size_t smallest = cells.size();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    shown.cells.push_back(is_large(cells[i]));
    if (!shown.cells[i]) hidden = true;
    else if (smallest == cells.size() || cells[i].reports < cells[smallest].reports) smallest = i;
  }
  if (hidden && smallest < cells.size()) shown.cells[smallest] = false;
  return shown;
}

}  // namespace duluan
