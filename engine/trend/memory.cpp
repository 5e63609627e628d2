#include "trend/memory.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "trend/count_tail.hpp"

namespace duluan::trend {
namespace {

constexpr double kHighest = 2.5;  // a remembered score lies from 0 to this
constexpr std::array<double, Memory::kPeriods> kWeights = {0.4, 0.2};

constexpr double kFrom = -8, kTo = 48;
constexpr int kPerUnit = 32;
constexpr std::size_t kPoints = static_cast<std::size_t>(kTo - kFrom) * kPerUnit + 1;
using LogTail = std::array<double, kPoints>;

double read(const LogTail& table, double s) {
  const double at = std::clamp((s - kFrom) * kPerUnit, 0.0, static_cast<double>(kPoints - 1) - 1e-6);
  const std::size_t i = static_cast<std::size_t>(at);
  const double part = at - static_cast<double>(i);
  return table[i] * (1 - part) + table[i + 1] * part;
}

// Adds one remembered score of this weight to the sum.
LogTail with(const LogTail& before, double weight) {
  constexpr int kSteps = 20;
  constexpr double kWidth = kHighest / kSteps;
  LogTail after{};
  for (std::size_t i = 0; i < kPoints; ++i) {
    const double s = kFrom + static_cast<double>(i) / kPerUnit;
    double sum = 0;
    for (int j = 0; j <= kSteps; ++j) {  // Simpson
      const double u = kWidth * j;
      const double share = j == 0 || j == kSteps ? 1 : j % 2 == 1 ? 4 : 2;
      sum += share * std::exp(-0.5 * u * u + read(before, s - weight * u));
    }
    after[i] = std::log(sum * kWidth / 3 * 0.39894228040143267794 + 0.5 * std::exp(before[i]) +
                        normal_tail(kHighest) * std::exp(read(before, s - weight * kHighest)));
  }
  return after;
}

using Tables = std::array<LogTail, 1U << Memory::kPeriods>;  // by which periods are known

Tables make_tables() {
  Tables tables;
  for (std::size_t i = 0; i < kPoints; ++i) {
    const double s = kFrom + static_cast<double>(i) / kPerUnit;
    // Beyond 37 the tail leaves the range of a double; its logarithm goes on.
    tables[0][i] = s < 37 ? std::log(normal_tail(s)) : -0.5 * s * s - std::log(s) - 0.91893853320467274178;
  }
  for (std::size_t mask = 1; mask < tables.size(); ++mask) {
    std::size_t last = Memory::kPeriods - 1;
    while ((mask >> last & 1U) == 0) --last;
    tables[mask] = with(tables[mask & ~(std::size_t{1} << last)], kWeights[last]);
  }
  return tables;
}

// All sums of a value of one and a value of the other.
using Values = std::vector<std::pair<double, double>>;
Values sums(const Values& a, const Values& b) {
  Values all;
  all.reserve(a.size() * b.size());
  for (const auto& [x, p] : a)
    for (const auto& [y, q] : b) all.emplace_back(x + y, p * q);
  return all;
}

}  // namespace

PossibleScores::PossibleScores(const Mixture& mixture) {
  constexpr double kFew = 4;  // expected counts from here on are as good as continuous
  constexpr std::size_t kMost = 24;
  constexpr double kRest = 1e-4;
  if (mean(mixture) > kFew) return;
  std::array<double, kMost> probability{};
  for (const Component& c : mixture) {
    const Ratio ratio(c.mean, c.phi);
    double p = c.weight * std::exp(log_density(0, c.mean, c.phi));
    for (std::size_t y = 0; y < kMost && p > 1e-9; ++y) {
      probability[y] += p;
      p *= ratio.up(static_cast<double>(y));
    }
  }
  double above = 1;
  for (double p : probability) {
    if (above < kRest) break;
    above = std::max(above - p, 1e-12);
    scores_.push_back({normal_score(std::clamp(above + p / 2, 1e-300, 1 - 1e-9)), p, above});
  }
}

double PossibleScores::tail(double x) const {
  constexpr double kSame = 1e-6;
  if (x > scores_.back().value + kSame) return normal_tail(x);
  double tail = 1;
  for (const Score& s : scores_) {
    if (s.value > x + kSame) break;
    tail = s.above;
    if (s.value >= x - kSame) tail += s.probability / 2;
  }
  return tail;
}

Values PossibleScores::bounded(double highest, double weight) const {
  Values values = {{0, 0}, {weight * highest, scores_.back().above}};
  for (const Score& s : scores_)
    if (s.value <= 0) values[0].second += s.probability;
    else if (s.value >= highest) values[1].second += s.probability;
    else values.emplace_back(weight * s.value, s.probability);
  return values;
}

double Memory::p_value(double score, const PossibleScores& possible) const {
  static const Tables kTables = make_tables();
  std::size_t continuous = 0;
  Values before = {{0, 1}};
  for (std::size_t i = 0; i < kPeriods; ++i) {
    if (!past_[i].known) continue;
    score += kWeights[i] * past_[i].score;
    if (past_[i].possible.few()) before = sums(before, past_[i].possible.bounded(kHighest, kWeights[i]));
    else continuous |= std::size_t{1} << i;
  }
  double p = 0;
  for (const auto& [value, probability] : before)
    p += probability * (possible.few() && continuous == 0 ? possible.tail(score - value)
                                                          : std::exp(read(kTables[continuous], score - value)));
  return std::clamp(p, 1e-300, 1.0);
}

void Memory::remember(double score, PossibleScores possible) {
  skip();
  past_[0] = {true, std::clamp(score, 0.0, kHighest), std::move(possible)};
}

void Memory::skip() {
  std::move_backward(past_.begin(), past_.end() - 1, past_.end());
  past_[0] = {};
}

}  // namespace duluan::trend
