// Counts of an archive arranged for judging: topic x place x period, and the exposure.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "duluan/archive.hpp"
#include "duluan/topic.hpp"
#include "duluan/trend.hpp"

namespace duluan::concern {

/// What an archive says, in numbers.
struct Material {
  std::vector<Count> counts;
  std::vector<Coverage> coverage;
};

int periods_per_year(Period::Unit unit);

/// The latest period with at least half the usual number of reports; see ConcernOptions::period.
/// Error kEmpty without any report.
Result<Period> last_complete(const std::vector<Coverage>& coverage, Period::Unit unit);

/// Everything up to the judged period, which is the last; what is later is left out.
/// Topics are those of the taxonomy without `other`; places are in the order of their names.
class Cells {
 public:
  Cells(const Material& material, const Taxonomy& taxonomy, const Period& judged);

  [[nodiscard]] std::size_t periods() const { return periods_; }
  [[nodiscard]] Period period(std::size_t t) const { return first_.next(static_cast<int>(t)); }
  [[nodiscard]] const std::vector<Topic>& topics() const { return topics_; }
  [[nodiscard]] const std::vector<std::string>& places() const { return places_; }

  /// Opinions of a topic and place in the judged period.
  [[nodiscard]] int count(std::size_t topic, std::size_t place) const;
  /// All opinions of a place in a period: nothing can be counted where nothing was received.
  [[nodiscard]] int exposure(std::size_t place, std::size_t t) const { return exposure_[place * periods_ + t]; }
  [[nodiscard]] int reports(std::size_t place, std::size_t t) const { return reports_[place * periods_ + t]; }
  /// In how many periods before the judged one a place has reported.
  [[nodiscard]] std::size_t history(std::size_t place) const { return history_[place]; }

  /// The topic in these places together, with the effect of Tết.
  [[nodiscard]] Series series(std::size_t topic, std::span<const std::size_t> places) const;
  [[nodiscard]] Series series(std::size_t topic) const;  ///< of the whole archive

  /// The same with the periods in another order, each with all that it holds and its effect of Tết; periods that
  /// `order` does not name are left out. The last is the judged one. Places and topics stay.
  [[nodiscard]] Cells reordered(const std::vector<std::size_t>& order) const;

 private:
  [[nodiscard]] std::size_t at(const Period& period) const {
    return static_cast<std::size_t>(period.index - first_.index);
  }
  void count_history();
  void find_range(const Material& material, const Period& judged);
  void fill(const Material& material);
  void learn_tet();

  Period first_;
  std::size_t periods_ = 0;
  std::vector<Topic> topics_;
  std::vector<std::string> places_;
  std::vector<int> exposure_, reports_;                     // [place][period]
  std::vector<std::size_t> history_;                        // [place]
  using Sparse = std::vector<std::pair<std::size_t, int>>;  // (period, opinions)
  std::vector<Sparse> counts_;                              // [topic][place]
  std::vector<std::vector<double>> tet_;                    // [topic][period], empty: no effect
};

}  // namespace duluan::concern
