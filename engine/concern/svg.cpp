#include "concern/svg.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "concern/display.hpp"
#include "concern/strings.hpp"
#include "concern/wording.hpp"

namespace duluan::concern {
namespace {

constexpr double kSmallLevel = (kSmallestShown - 1) / 2.0;  // where hidden counts are drawn

std::string coordinate(double value) { return fixed(value, 1); }

double level(int count) { return shown(count) ? count : kSmallLevel; }

// 1, 2 or 5 times a power of ten, so that about three lines cross the chart.
double step_of(double top) {
  const double power = std::pow(10, std::floor(std::log10(top / 3)));
  const double lead = top / 3 / power;
  return std::max(1.0, (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10) * power);
}

class Canvas {
 public:
  Canvas(const std::vector<SeriesPoint>& points, const ChartSize& size, Language language)
      : points_(points), size_(size), language_(language) {
    for (const SeriesPoint& p : points) top_ = std::max({top_, level(p.observed) * 1.1, p.judged ? p.upper * 1.05 : 0});
    bottom_ = size.height - (size.large ? 26 : 22);
    above_ = size.large ? 22 : 8;
  }

  void grid();
  void reform();
  void band();
  void expected();
  void observed(bool flagged);
  void dates();
  std::string take() { return std::move(out_); }

 private:
  [[nodiscard]] double column(std::size_t i) const {
    const double right = size_.width - 14, n = static_cast<double>(points_.size());
    return kLeft + (right - kLeft) * (static_cast<double>(i) + 0.5) / n;
  }
  [[nodiscard]] std::string x(std::size_t i) const { return coordinate(column(i)); }
  [[nodiscard]] double height(double value) const { return bottom_ - (bottom_ - above_) * value / top_; }
  [[nodiscard]] std::string y(double value) const { return coordinate(height(value)); }
  [[nodiscard]] std::string at(std::size_t i, double value) const { return x(i) + "," + y(value); }
  void text(const std::string& px, const std::string& py, const char* anchor, const std::string& content,
            const char* kind = "t") {
    out_ += "<text class=\"" + std::string(kind) + "\" x=\"" + px + "\" y=\"" + py + "\" text-anchor=\"" + anchor +
            "\">" + escape_html(content) + "</text>";
  }
  // Stretches of points for which `has` holds, as (first, one past the last).
  template <class Has>
  [[nodiscard]] std::vector<std::pair<std::size_t, std::size_t>> stretches(Has has) const {
    std::vector<std::pair<std::size_t, std::size_t>> all;
    for (std::size_t i = 0; i < points_.size(); ++i) {
      if (!has(points_[i])) continue;
      if (all.empty() || all.back().second != i) all.emplace_back(i, i);
      all.back().second = i + 1;
    }
    return all;
  }

  static constexpr double kLeft = 44;
  const std::vector<SeriesPoint>& points_;
  ChartSize size_;
  Language language_;
  double top_ = 8, bottom_ = 0, above_ = 0;  ///< the largest value drawn; pixels
  std::string out_;
};

void Canvas::grid() {
  const double step = step_of(top_);
  for (double v = 0; v <= top_; v += step) {
    out_ += "<path class=\"g\" d=\"M44," + y(v) + "H" + std::to_string(size_.width - 14) + "\"/>";
    text("39", coordinate(height(v) + 4), "end", number(v, 0, language_));
  }
}

// Between the last point on the old administrative map and the first on the new.
void Canvas::reform() {
  for (std::size_t i = 1; i < points_.size(); ++i)
    if (points_[i].breaks)
      out_ += "<path class=\"r\" d=\"M" + coordinate((column(i - 1) + column(i)) / 2) + "," + coordinate(above_) + "V" +
              coordinate(bottom_) + "\"/>";
}

void Canvas::band() {
  for (const auto& [from, to] : stretches([](const SeriesPoint& p) { return p.judged; })) {
    std::string path;
    for (std::size_t i = from; i < to; ++i) path += (i == from ? "M" : "L") + at(i, points_[i].upper);
    for (std::size_t i = to; i-- > from;) path += "L" + at(i, points_[i].lower);
    // A lone period has no width of its own.
    if (to == from + 1) out_ += "<path class=\"b1\" d=\"" + path + "\"/>";
    else out_ += "<path class=\"b\" d=\"" + path + "Z\"/>";
  }
}

void Canvas::expected() {
  for (const auto& [from, to] : stretches([](const SeriesPoint& p) { return p.judged; })) {
    std::string path;
    for (std::size_t i = from; i < to; ++i) path += (i == from ? "M" : "L") + at(i, points_[i].expected);
    out_ += "<path class=\"e\" d=\"" + path + "\"/>";
  }
}

void Canvas::observed(bool flagged) {
  for (const auto& [from, to] : stretches([](const SeriesPoint& p) { return p.reported; })) {
    std::string path;
    for (std::size_t i = from; i < to; ++i) path += (i == from ? "M" : "L") + at(i, level(points_[i].observed));
    out_ += "<path class=\"o\" d=\"" + path + "\"/>";
  }
  for (std::size_t i = 0; i < points_.size(); ++i) {
    if (!points_[i].reported) continue;
    const bool last = flagged && i + 1 == points_.size();
    const char* kind = last ? "f" : shown(points_[i].observed) ? "d" : "s";
    out_ +=
        "<circle class=\"" + std::string(kind) + "\" cx=\"" + x(i) + "\" cy=\"" + y(level(points_[i].observed)) +
        "\" r=\"" + (last ? "5" : "2.6") + "\"><title>" +
        escape_html(period_short(points_[i].period, language_) + ": " + shown_count(points_[i].observed, language_)) +
        "</title></circle>";
  }
  if (flagged && size_.large && points_.back().reported)
    text(x(points_.size() - 1), coordinate(height(level(points_.back().observed)) - 9), "middle",
         shown_count(points_.back().observed, language_), "v");
}

void Canvas::dates() {
  const std::size_t n = points_.size();
  const std::string base = coordinate(bottom_ + (size_.large ? 20 : 15));
  text(coordinate(kLeft), base, "start", period_short(points_.front().period, language_));
  if (n > 8 && size_.large) text(x(n / 2), base, "middle", period_short(points_[n / 2].period, language_));
  if (n > 1) text(std::to_string(size_.width - 14), base, "end", period_short(points_.back().period, language_));
}

}  // namespace

std::string chart(const std::vector<SeriesPoint>& points, std::string_view about, bool flagged, const ChartSize& size,
                  Language language) {
  if (points.empty()) return {};
  const std::string title =
      fill(phrases(language).chart, {std::string(about), period_short(points.front().period, language),
                                     period_short(points.back().period, language)});
  Canvas canvas(points, size, language);
  canvas.grid();
  canvas.reform();
  canvas.band();
  canvas.expected();
  canvas.observed(flagged);
  canvas.dates();
  return "<svg class=\"" + std::string(size.large ? "large" : "small") + "\" role=\"img\" viewBox=\"0 0 " +
         std::to_string(size.width) + " " + std::to_string(size.height) + "\" aria-label=\"" + escape_html(title) +
         "\"><title>" + escape_html(title) + "</title><desc>" + escape_html(last_point(points, language)) + "</desc>" +
         canvas.take() + "</svg>";
}

}  // namespace duluan::concern
