// Silence from deliveries and counts: pure but for attach_silence.
#pragma once

#include <string>
#include <vector>

#include "duluan/archive.hpp"
#include "duluan/concern.hpp"

namespace duluan::concern {

/// Units that stopped, sent little, late or empty reports, as seen from a period. Of late reports those of that
/// period, and those of earlier ones that came with its own.
std::vector<Silence> find_silences(const std::vector<Delivery>& deliveries, const Period& judged);

/// Topics with fewer opinions than usual, `other` left out. `counts` are by reporter.
std::vector<Fall> find_falls(const std::vector<Count>& counts, const std::vector<Delivery>& deliveries,
                             const Period& judged);

/// Who has not reported but usually speaks of the concern's topic.
void add_missing(Concern& concern, const std::vector<Count>& counts, const std::vector<Delivery>& deliveries,
                 const Period& judged);

/// Fills ConcernReport::silences and falls, and what its concerns may miss.
Result<void> attach_silence(ConcernReport& report, const Archive& archive, const ConcernOptions& options);

}  // namespace duluan::concern
