// Small-cell suppression: examples, and that no hidden number can be worked out, on random tables.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "duluan/privacy.hpp"

using namespace duluan;

namespace {

bool small(const Cell& cell) { return cell.reports < kLeastReports || cell.units < kLeastUnits; }

}  // namespace

TEST_CASE("small cells: fewer than five reports or three units, and the smallest other with them") {
  using Cells = std::vector<Cell>;
  const auto cells = [](const Cells& given, Cell total) { return shown_cells(given, total).cells; };
  CHECK(cells({{5, 3}, {9, 4}}, {14, 4}) == std::vector<bool>{true, true});
  CHECK(cells({{4, 3}, {9, 4}, {8, 4}}, {21, 4}) == std::vector<bool>{false, true, false});
  CHECK(cells({{50, 2}, {9, 4}}, {59, 4}) == std::vector<bool>{false, false});
  CHECK(cells({{1, 1}, {2, 1}, {7, 3}}, {10, 4}) == std::vector<bool>{false, false, false});
  CHECK(shown_cells({}, {5, 3}).total);
  CHECK_FALSE(shown_cells({}, {4, 9}).total);
  CHECK_FALSE(shown_cells({}, {9, 2}).total);
}

TEST_CASE("small cells: what a total leaves over is no small number, on random tables") {
  std::mt19937 random(3);
  for (int round = 0; round < 20000; ++round) {
    std::vector<Cell> cells(1 + random() % 6);
    Cell total;
    for (Cell& cell : cells) {
      cell = {static_cast<int>(1 + random() % 12), 0};
      cell.units = static_cast<int>(1 + random() % static_cast<unsigned>(std::min(cell.reports, 4)));
      total.reports += cell.reports;
      total.units = std::max(total.units, cell.units);
    }
    const Shown shown = shown_cells(cells, total);
    REQUIRE(shown.cells.size() == cells.size());
    REQUIRE((!shown.total || !small(total)));
    Cell left;
    int hidden = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      REQUIRE((!shown.cells[i] || !small(cells[i])));
      if (shown.cells[i]) continue;
      ++hidden;
      left.reports += cells[i].reports;
      left.units = std::max(left.units, cells[i].units);
    }
    const bool only_small = std::all_of(cells.begin(), cells.end(), small);
    if (hidden > 0 && !only_small && shown.total) REQUIRE((hidden >= 2 && !small(left)));
  }
}
