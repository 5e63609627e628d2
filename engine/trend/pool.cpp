#include <algorithm>
#include <cmath>
#include <vector>

#include "trend/baseline.hpp"
#include "trend/count_tail.hpp"
#include "trend/moving.hpp"
#include "trend/pick.hpp"
#include "trend/rows.hpp"

namespace duluan {
namespace {

using trend::Fit;
using trend::kTerms;
using trend::Row;
using trend::Terms;

constexpr std::size_t kMostSeries = 2000, kMostPeriods = 240000;
constexpr double kPriorSeries = 10;   // how many series the standard kinds count for
constexpr std::size_t kHalfYear = 4;  // first term of the half-yearly wave
constexpr std::size_t kMostLevels = 6;
constexpr double kSeriesPerLevel = 15;
constexpr std::size_t kBrief = 30;  // up to this length the quadratic form of the likelihood is too rough
constexpr int kRounds = 12, kRough = 6, kSecondLook = 8;

// No series stands quite still: a hundredth a year is what a long history of large counts can tell.
constexpr double kSteady = 0.01;

/// What a kind may contain: means and standard deviations of its terms.
struct Shape {
  double slope, slope_sd, season_sd, half_sd;
};
// Where learning starts from; means and deviations then move to what the series show.
constexpr std::array<Shape, 7> kStartShapes = {{{0, kSteady, 0, 0},
                                                {0.15, 0.15, 0, 0},
                                                {-0.15, 0.15, 0, 0},
                                                {0, kSteady, 0.35, 0},
                                                {0, 0.2, 0.35, 0},
                                                {0, kSteady, 0.35, 0.35},
                                                {0, 0.2, 0.35, 0.35}}};

// Counts of opinions cluster: a report brings several. Most series are mildly overdispersed.
trend::DispersionWeights standard_dispersions() {
  trend::DispersionWeights weights{};
  double total = 0;
  for (std::size_t k = 0; k < trend::kDispersions; ++k) {
    const double d = std::log(trend::kDispersionGrid[k]);
    total += weights[k] = std::exp(-0.5 * (d - 0.4) * (d - 0.4) / 0.49);
  }
  for (double& w : weights) w /= total;
  return weights;
}

SeriesKind kind_of(const Shape& shape, double level, double level_sd, double weight) {
  SeriesKind kind;
  kind.weight = weight;
  kind.mean = {level, shape.slope, 0, 0, 0, 0};
  kind.sd = {level_sd, shape.slope_sd, shape.season_sd, shape.season_sd, shape.half_sd, shape.half_sd};
  kind.dispersion_weights = standard_dispersions();
  return kind;
}

double level_of(const std::vector<Row>& rows) {
  double total = 0.5, base = 0;
  for (const Row& row : rows) total += row.count, base += std::exp(row.offset);
  return std::log(total / base);
}

/// Expectation and maximisation over the kinds of series.
class Learner {
 public:
  explicit Learner(const std::vector<std::vector<Row>>& histories) : histories_(&histories) {
    std::size_t seen = 1;
    for (const auto& rows : histories) seen = std::max(seen, trend::seen_terms(rows));
    keep_seen(pool_ = Pool::standard(), seen);
    standard_ = pool_;
    pool_.series = histories.size();
    std::vector<double> levels;
    for (const auto& rows : histories) levels.push_back(level_of(rows));
    std::sort(levels.begin(), levels.end());
    const double n = static_cast<double>(levels.size());
    double mean = 0, square = 0;
    for (double l : levels) mean += l / n, square += l * l / n;
    const double trust = n / (n + kPriorSeries), variance = std::max(0.25, square - mean * mean);
    standing_ = pool_.kinds.size();
    for (SeriesKind& kind : pool_.kinds) {
      kind.mean[0] = mean;
      kind.sd[0] = std::sqrt(trust * variance + (1 - trust) * kind.sd[0] * kind.sd[0]);
      kind.weight *= 1 - 0.7 * trust;
    }
    const std::size_t groups = std::clamp<std::size_t>(static_cast<std::size_t>(n / kSeriesPerLevel), 1, kMostLevels);
    const double spread = std::sqrt(variance) / static_cast<double>(groups) + 0.1;
    for (std::size_t g = 0; g < groups; ++g)
      for (const Shape& shape : kStartShapes)
        if (shape.half_sd <= 0 || seen > kHalfYear)
          pool_.kinds.push_back(kind_of(shape, levels[(2 * g + 1) * levels.size() / (2 * groups)], spread,
                                        0.7 * trust / static_cast<double>(groups * kStartShapes.size())));
  }

  Pool run() {
    for (int round = 0; round < kRounds; ++round) {
      if (round == 0 || round == kSecondLook) look();
      step(round >= kRough);
      drop_rare();
    }
    return pool_;
  }

 private:
  struct Sums {
    double weight = 0;
    Terms mode{}, square{};
    trend::DispersionWeights dispersions{};
  };

  static bool brief(const trend::Survey& survey) { return survey.rows.size() <= kBrief; }

  // Without half-yearly waves where nothing can be seen of them.
  static void keep_seen(Pool& pool, std::size_t seen) {
    if (seen > kHalfYear) return;
    std::erase_if(pool.kinds, [](const SeriesKind& kind) { return kind.sd[kHalfYear] > 0; });
    double left = 0;
    for (const SeriesKind& kind : pool.kinds) left += kind.weight;
    for (SeriesKind& kind : pool.kinds) kind.weight /= left;
  }

  // Who belongs to a surge, as the pool sees it now.
  void look() {
    surveys_.clear();
    nearby_.clear();
    double surges = 0;
    for (const auto& rows : *histories_) {
      const trend::Survey& survey = surveys_.emplace_back(rows, pool_);
      surges += survey.surge_share();
      if (brief(survey)) nearby_.emplace_back(survey);
    }
    const double n = static_cast<double>(histories_->size());
    pool_.surge_rate = std::clamp((surges + 0.01 * kPriorSeries) / (n + kPriorSeries), 0.002, 0.1);
  }

  void step(bool exact) {
    std::vector<Sums> sums(pool_.kinds.size());
    auto nearby = nearby_.begin();
    for (const trend::Survey& survey : surveys_)
      if (exact && brief(survey)) add(trend::kinds_by_evidence(survey, *nearby++, pool_), sums);
      else add(trend::candidates(survey, pool_, 6), sums);
    maximise(sums);
  }

  // A kind of less than half a series is none.
  void drop_rare() {
    const double least = 0.5 / (static_cast<double>(histories_->size()) + kPriorSeries);
    double left = 0;
    std::size_t kept = 0;
    for (std::size_t j = 0; j < pool_.kinds.size(); ++j) {
      if (j >= standing_ && pool_.kinds[j].weight < least) continue;
      left += pool_.kinds[j].weight;
      pool_.kinds[kept++] = pool_.kinds[j];
    }
    pool_.kinds.resize(kept);
    for (SeriesKind& kind : pool_.kinds) kind.weight /= left;
  }

  static void add(const std::vector<Fit>& fits, std::vector<Sums>& sums) {
    double best = -1e300, total = 0;
    for (const Fit& f : fits) best = std::max(best, *std::max_element(f.log_weight.begin(), f.log_weight.end()));
    for (const Fit& f : fits)
      for (double w : f.log_weight) total += std::exp(w - best);
    for (const Fit& f : fits) {
      Sums& s = sums[f.kind];
      double share = 0, dispersion = 0;
      for (std::size_t k = 0; k < trend::kDispersions; ++k) {
        const double w = std::exp(f.log_weight[k] - best) / total;
        share += w, dispersion += w * trend::kDispersionGrid[k];
        s.dispersions[k] += w;
      }
      if (share < 1e-4) continue;
      s.weight += share;
      auto a = trend::posterior_precision(f.information, f.prior, dispersion / share);
      trend::cholesky(a, f.terms);
      const auto c = trend::covariance(a, f.prior, f.terms);
      for (std::size_t i = 0; i < f.terms; ++i) {
        if (f.prior[i] <= 0) continue;
        s.mode[i] += share * f.mode[i];
        s.square[i] += share * (f.mode[i] * f.mode[i] + c[i][i]);
      }
    }
  }

  void maximise(const std::vector<Sums>& sums) {
    constexpr double kMeanTrust = 0.5, kSdTrust = 2, kDispersionTrust = 30;
    constexpr Terms kUsualSd = {0.4, 0.1, 0.15, 0.15, 0.15, 0.15};
    const double n = static_cast<double>(histories_->size());
    trend::DispersionWeights all = standard_dispersions();
    for (double& w : all) w *= kPriorSeries / (n + kPriorSeries);
    for (const Sums& s : sums)
      for (std::size_t k = 0; k < trend::kDispersions; ++k) all[k] += s.dispersions[k] / (n + kPriorSeries);
    for (std::size_t j = 0; j < sums.size(); ++j) {
      const Sums& s = sums[j];
      SeriesKind& kind = pool_.kinds[j];
      kind.weight = (s.weight + (j < standing_ ? kPriorSeries * standard_.kinds[j].weight : 0)) / (n + kPriorSeries);
      for (std::size_t k = 0; k < trend::kDispersions; ++k)
        kind.dispersion_weights[k] = (s.dispersions[k] + kDispersionTrust * all[k]) / (s.weight + kDispersionTrust);
      if (j < standing_) continue;
      for (std::size_t i = 0; i < kTerms; ++i) {
        if (kind.sd[i] <= kSteady) continue;
        const double mean = (s.mode[i] + kMeanTrust * kind.mean[i]) / (s.weight + kMeanTrust);
        const double around = s.square[i] - 2 * mean * s.mode[i] + s.weight * mean * mean;
        kind.mean[i] = mean;
        kind.sd[i] = std::sqrt((std::max(0.0, around) + kSdTrust * kUsualSd[i] * kUsualSd[i]) / (s.weight + kSdTrust));
      }
    }
  }

  const std::vector<std::vector<Row>>* histories_;
  Pool pool_, standard_;
  std::vector<trend::Survey> surveys_;
  std::vector<trend::LikelihoodNearby> nearby_;  ///< of the brief ones
  std::size_t standing_ = 0;                     ///< the standard kinds come first; their shapes stay
};

// How well each drift foretells the last third of a history from what came before.
void learn_drift(const std::vector<std::vector<Row>>& histories, Pool& pool) {
  constexpr std::array<double, 6> kDrifts = {0, 0.1, 0.2, 0.35, 0.6, 1};
  constexpr std::size_t kShortest = 9;
  // As if a few series had spoken for a little drift: without evidence it is not none.
  std::array<double, kDrifts.size()> evidence = {0, 1, 0, -1, -2, -4};
  std::vector<trend::Component> mixture;
  for (const auto& rows : histories) {
    if (rows.size() < kShortest) continue;
    const std::size_t cut = rows.size() - rows.size() / 3;
    const trend::Baselines baselines(
        trend::Survey({rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(cut)}, pool), pool);
    for (std::size_t t = cut; t < rows.size(); ++t) {
      baselines.predict(rows[t], mixture);
      const double years = rows[t].x[1] - rows[cut - 1].x[1];
      for (std::size_t d = 0; d < kDrifts.size(); ++d) {
        double density = 1e-12;
        for (const trend::Component& c : mixture)
          density += c.weight * std::exp(trend::log_density(rows[t].count, c.mean,
                                                            c.phi + kDrifts[d] * kDrifts[d] * years * c.mean));
        evidence[d] += std::log(density);
      }
    }
  }
  pool.drift = 0;
  double total = 0;
  const double best = *std::max_element(evidence.begin(), evidence.end());
  for (std::size_t d = 0; d < kDrifts.size(); ++d) {
    const double w = std::exp(evidence[d] - best);
    pool.drift += w * kDrifts[d], total += w;
  }
  pool.drift /= total;
}

}  // namespace

Pool Pool::standard() {
  constexpr std::array<double, 3> kSlopes = {kSteady, 0.1, 0.3}, kSlopeWeights = {0.4, 0.35, 0.25};
  constexpr std::array<std::array<double, 3>, 6> kSeasons = {{{0, 0, 0.35},
                                                              {0.1, 0, 0.15},
                                                              {0.3, 0, 0.2},
                                                              {0.7, 0, 0.1},
                                                              {0.25, 0.25, 0.1},
                                                              {0.7, 0.7, 0.1}}};  // sd, sd of the half-yearly, weight
  Pool pool;
  for (std::size_t i = 0; i < kSlopes.size(); ++i)
    for (const auto& [season, half, weight] : kSeasons)
      pool.kinds.push_back(kind_of({0, kSlopes[i], season, half}, 0, 3, kSlopeWeights[i] * weight));
  trend::standard_movements(pool);
  return pool;
}

Result<Pool> fit_pool(std::span<const Series> series, std::span<const std::size_t> first,
                      const DetectorOptions& options, PoolUse use) {
  if (series.size() != first.size())
    return Error{ErrorCode::kInvalidArgument, "as many first periods as series are needed", "", "give one per series"};
  std::vector<std::vector<Row>> histories;
  std::size_t periods = 0;
  for (const Series& s : series) periods += s.counts.size();
  const std::size_t usual_length = std::max<std::size_t>(1, periods / std::max<std::size_t>(1, series.size()));
  for (const std::size_t i : trend::pick(series.size(), std::min(kMostSeries, kMostPeriods / usual_length + 1))) {
    if (first[i] > series[i].counts.size() || !trend::check(series[i]).ok()) continue;
    std::vector<Row> rows = trend::RowMaker(series[i], first[i]).history(options.history_years);
    if (rows.size() >= options.minimum_history) histories.push_back(std::move(rows));
  }
  if (histories.empty()) return Pool::standard();
  Pool pool = Learner(histories).run();
  learn_drift(histories, pool);
  if (use == PoolUse::kForecast) trend::learn_movements(histories, pool);
  return pool;
}

}  // namespace duluan
