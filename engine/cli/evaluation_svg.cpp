#include "cli/evaluation_svg.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace duluan::cli {
namespace {

struct Words {
  const char *title, *reliability, *said, *happened, *ideal, *interval, *curve, *coverage, *accuracy, *texts, *error,
      *with_abstained;
  char point;
};

constexpr Words kVietnamese{"Đánh giá mô hình chủ đề",
                            "Độ tin cậy của xác suất",
                            "xác suất mô hình nêu (%)",
                            "thực tế đúng (%)",
                            "nêu bao nhiêu, đúng bấy nhiêu",
                            "khoảng tin cậy 95 %",
                            "Độ chính xác theo tỷ lệ ý kiến được trả lời",
                            "phần ý kiến chắc chắn nhất (%)",
                            "chủ đề chính đúng (%)",
                            "ý kiến",
                            "sai số hiệu chuẩn",
                            ", kể cả những ý kiến mô hình không trả lời",
                            ','};
constexpr Words kEnglish{"Evaluation of a topic model",
                         "Reliability of the probabilities",
                         "probability stated (%)",
                         "true in fact (%)",
                         "stated = true",
                         "95 % interval",
                         "Accuracy by share of opinions answered",
                         "the surest share of opinions (%)",
                         "main topic right (%)",
                         "opinions",
                         "calibration error",
                         ", those it abstains from included",
                         '.'};

constexpr const char* kStyle =
    "svg{color-scheme:light dark;--page:#fff;--ink:#1a1a1a;--soft:#4a4a4a;--grid:#ddd;--mark:#1d4f8c;--band:#a9c4e4}"
    "@media (prefers-color-scheme:dark){svg{--page:#16181b;--ink:#ececec;--soft:#b9bcc0;--grid:#34383d;--mark:#8fbcf0;"
    "--band:#35557d}}"
    "text{fill:var(--ink);font:13px \"Noto Sans\",\"Segoe UI\",Roboto,Arial,sans-serif}"
    ".h{font-size:16px;font-weight:600}.s{fill:var(--soft);font-size:12px}.p{fill:var(--page)}"
    ".g{stroke:var(--grid);fill:none}.i{stroke:var(--soft);stroke-dasharray:5 4;fill:none}"
    ".b{stroke:var(--band);stroke-width:9;fill:none}.l{stroke:var(--mark);stroke-width:2;fill:none}.d{fill:var(--mark)"
    "}";

std::string number(double value, int digits, const Words& words) {
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.*f", digits, value);
  std::string out = buffer.data();
  std::replace(out.begin(), out.end(), '.', words.point);
  return out;
}

std::string px(double value) { return number(value, 1, kEnglish); }

// A plot of percentages: x and y from their least value to 100.
class Plot {
 public:
  Plot(double left, double least_x, double least_y) : left_(left), least_x_(least_x), least_y_(least_y) {}

  static constexpr double kTop = 84, kSide = 340;

  [[nodiscard]] double x(double percent) const { return left_ + kSide * (percent - least_x_) / (100 - least_x_); }
  [[nodiscard]] double y(double percent) const {
    return kTop + kSide * (100 - std::max(percent, least_y_)) / (100 - least_y_);
  }
  void path(const char* kind, const std::string& d) {
    out_ += "<path class=\"" + std::string(kind) + "\" d=\"" + d + "\"/>";
  }
  [[nodiscard]] std::string at(double px_x, double px_y) const { return px(px_x) + "," + px(px_y); }
  void text(const char* kind, double px_x, double px_y, const char* anchor, const std::string& words,
            const std::string& more = "") {
    out_ += "<text class=\"" + std::string(kind) + "\" x=\"" + px(px_x) + "\" y=\"" + px(px_y) + "\" text-anchor=\"" +
            anchor + "\"" + more + ">" + words + "</text>";
  }
  void dot(double percent_x, double percent_y, double radius, const std::string& tip) {
    out_ += "<circle class=\"d\" cx=\"" + px(x(percent_x)) + "\" cy=\"" + px(y(percent_y)) + "\" r=\"" + px(radius) +
            "\"><title>" + tip + "</title></circle>";
  }

  void frame(const std::string& heading, const std::string& below, const std::string& along) {
    text("h", left_, 30, "start", heading);
    const auto lines = [](double least) { return (100 - least) / 5 >= 19 ? 20.0 : 10.0; };
    for (double v = least_y_; v <= 100; v += lines(least_y_)) {
      path("g", "M" + at(left_, y(v)) + "h" + px(kSide));
      text("s", left_ - 8, y(v) + 4, "end", px(v).substr(0, px(v).find('.')));
    }
    for (double v = least_x_; v <= 100; v += lines(least_x_)) {
      path("g", "M" + at(x(v), kTop) + "v" + px(kSide));
      text("s", x(v), kTop + kSide + 18, "middle", px(v).substr(0, px(v).find('.')));
    }
    text("s", left_ + kSide / 2, kTop + kSide + 38, "middle", below);
    const double middle = kTop + kSide / 2;
    text("s", left_ - 40, middle, "middle", along,
         " transform=\"rotate(-90 " + px(left_ - 40) + " " + px(middle) + ")\"");
  }
  [[nodiscard]] double left() const { return left_; }
  std::string take() { return std::move(out_); }

 private:
  double left_, least_x_, least_y_;
  std::string out_;
};

std::string reliability(const TopicEvaluation& e, const Words& words) {
  Plot plot(62, 0, 0);
  plot.frame(words.reliability, words.said, words.happened);
  plot.text("s", 62, 50, "start",
            std::string(words.error) + " " + number(100 * e.calibration_error, 1, words) + " % · " +
                std::to_string(e.texts - e.abstained) + " " + words.texts);
  plot.path("i", "M62,64h22");
  plot.text("s", 90, 68, "start", words.ideal);
  plot.path("b", "M286.5,58v13");
  plot.text("s", 296, 68, "start", words.interval);
  plot.path("i", "M" + plot.at(plot.x(0), plot.y(0)) + "L" + plot.at(plot.x(100), plot.y(100)));
  std::string line;
  for (const ReliabilityBin& bin : e.reliability) {
    if (bin.count == 0) continue;
    plot.path("b", "M" + plot.at(plot.x(100 * bin.said), plot.y(100 * bin.lower)) + "V" + px(plot.y(100 * bin.upper)));
    line += (line.empty() ? "M" : "L") + plot.at(plot.x(100 * bin.said), plot.y(100 * bin.happened));
  }
  if (!line.empty()) plot.path("l", line);
  for (const ReliabilityBin& bin : e.reliability) {
    if (bin.count == 0) continue;
    plot.dot(100 * bin.said, 100 * bin.happened, 5,
             number(100 * bin.said, 0, words) + " % → " + number(100 * bin.happened, 0, words) + " %, " +
                 std::to_string(bin.count) + " " + words.texts);
  }
  return plot.take();
}

std::string coverage(const TopicEvaluation& e, const Words& words) {
  double least = 100;
  for (const CoveragePoint& point : e.coverage) least = std::min(least, 100 * point.accuracy);
  least = std::max(0.0, std::floor((least - 4) / 10) * 10);
  Plot plot(492, 50, least);
  plot.frame(words.curve, words.coverage, words.accuracy);
  plot.text("s", 492, 50, "start", std::to_string(e.texts) + " " + words.texts + words.with_abstained);
  std::string line;
  for (const CoveragePoint& point : e.coverage)
    line += (line.empty() ? "M" : "L") + plot.at(plot.x(100 * point.coverage), plot.y(100 * point.accuracy));
  if (!line.empty()) plot.path("l", line);
  for (const CoveragePoint& point : e.coverage) {
    const std::string percent = number(100 * point.accuracy, 1, words);
    plot.dot(100 * point.coverage, 100 * point.accuracy, 4,
             number(100 * point.coverage, 0, words) + " %: " + percent + " %, " + std::to_string(point.texts) + " " +
                 words.texts + ", p ≥ " + number(point.least, 2, words));
    if (std::lround(100 * point.coverage) % 10 != 0) continue;  // 95 % stands too close to its neighbours
    const bool last = point.coverage > 0.99;                    // its line comes from above
    plot.text("", plot.x(100 * point.coverage), plot.y(100 * point.accuracy) + (last ? 20 : -10),
              last                    ? "end"
              : point.coverage < 0.51 ? "start"
                                      : "middle",
              percent);
  }
  return plot.take();
}

// The picture in words, for who does not see it.
std::string description(const TopicEvaluation& e, const Words& words) {
  std::string out = std::string(words.reliability) + ": " + words.error + " " +
                    number(100 * e.calibration_error, 1, words) + " %. " + words.curve + ":";
  for (const CoveragePoint& point : e.coverage)
    out += " " + number(100 * point.coverage, 0, words) + " % → " + number(100 * point.accuracy, 1, words) + " %;";
  out.back() = '.';
  return out;
}

}  // namespace

std::string evaluation_svg(const TopicEvaluation& evaluation, const std::string& language) {
  const Words& words = language == "en" ? kEnglish : kVietnamese;
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 860 480\" width=\"860\" height=\"480\" role=\"img\" "
         "lang=\"" +
         language + "\" aria-labelledby=\"title desc\"><title id=\"title\">" + words.title +
         "</title><desc id=\"desc\">" + description(evaluation, words) + "</desc><style>" + kStyle +
         "</style><rect class=\"p\" width=\"860\" height=\"480\"/>" + reliability(evaluation, words) +
         coverage(evaluation, words) + "</svg>\n";
}

}  // namespace duluan::cli
