// Fits the conditional random field of restore_model.hpp by AdaGrad, drops what is worth least, fits the rest again.
#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "duluan/restore.hpp"
#include "syllable/restore_corpus.hpp"
#include "syllable/restore_lattice.hpp"
#include "syllable/restore_pack.hpp"
#include "syllable/restore_weights.hpp"

namespace duluan {
namespace {

using namespace diacritics;  // NOLINT(google-build-using-namespace): the trainer lives in the model's terms

constexpr std::size_t kLongestRun = 100;
constexpr float kLeastGradient = 2e-3F;

// Tokens [begin, end) with a choice of readings each, between tokens without.
struct Run {
  std::uint32_t begin;
  std::uint32_t end;
};

std::vector<Run> runs_of(const Weights& w) {
  std::vector<Run> runs;
  for (std::size_t i = kReach; i + kReach < w.places.size(); ++i) {
    if (!w.open(i)) continue;
    std::size_t stop = i + 1;
    while (w.open(stop) && stop - i < kLongestRun) ++stop;
    runs.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(stop)});
    i = stop - 1;
  }
  return runs;
}

class Learner {
 public:
  Learner(Weights& w, float damping) : w_(w), damping_(damping) {}

  void set_rate(float rate) { rate_ = rate; }

  /// Sets the weights of a later run on their way to the cache.
  void fetch(const Run& run) const {
    for (std::size_t i = run.begin; i < run.end; ++i)
      w_.each_run(i, [&](std::size_t at) { __builtin_prefetch(&w_.weights[at]); });
  }

  void learn(const Run& run) {
    score(run);
    lattice_.solve();
    for (std::size_t i = run.begin; i < run.end; ++i) {
      const auto posterior = lattice_.posterior(i - run.begin);
      const auto& place = w_.places[i];
      if (1.0F - posterior[place.reading] >= kLeastGradient)
        w_.each_run(i, [&](std::size_t at) {
          for (unsigned c = 0; c < place.width; ++c)
            step(w_.weights[at + c], posterior[c] - (c == place.reading ? 1.0F : 0.0F));
        });
      if (i > run.begin && w_.places[i].block[kPair] != 0) learn_joint(run, i);
    }
  }

 private:
  void score(const Run& run) {
    lattice_.clear();
    for (std::size_t i = run.begin; i < run.end; ++i) {
      const unsigned width = w_.places[i].width;
      lattice_.push(width);
      float* const scores = lattice_.scores(i - run.begin);
      w_.each_run(i, [&](std::size_t at) {
        for (unsigned c = 0; c < width; ++c) scores[c] += w_.weights[at + c].value;
      });
      if (i == run.begin || w_.places[i].block[kPair] == 0) continue;
      const Weight* joint = &w_.weights[joint_at(i)];
      float* const factors = lattice_.factors(i - run.begin);
      const std::size_t size = std::size_t{w_.places[i - 1].width} * width;
      for (std::size_t k = 0; k < size; ++k) factors[k] = exp_of(joint[k].value);
    }
  }

  [[nodiscard]] std::size_t joint_at(std::size_t i) const {
    return w_.places[i].block[kPair] + std::size_t{w_.places[i - 1].width} + w_.places[i].width;
  }

  void learn_joint(const Run& run, std::size_t i) {
    const unsigned left = w_.places[i - 1].reading;
    const unsigned right = w_.places[i].reading;
    const unsigned width = w_.places[i].width;
    const std::size_t at = i - run.begin;
    if (1.0F - lattice_.pair_posterior(at, left, right) < kLeastGradient) return;
    Weight* joint = &w_.weights[joint_at(i)];
    for (unsigned l = 0; l < w_.places[i - 1].width; ++l)
      for (unsigned r = 0; r < width; ++r)
        step(joint[l * width + r], lattice_.pair_posterior(at, l, r) - (l == left && r == right ? 1.0F : 0.0F));
  }

  void step(Weight& weight, float gradient) const {
    if (std::fabs(gradient) < kLeastGradient) return;
    weight.squares += gradient * gradient;
    weight.value -= rate_ * gradient / std::sqrt(weight.squares + damping_);
  }

  Weights& w_;
  float rate_ = 0;
  float damping_;
  Lattice lattice_;
};

// The runs in a scattered order, the same in every training: a step of the golden section through them,
// shortened until it meets each once.
std::vector<Run> scattered(const std::vector<Run>& runs) {
  std::size_t step = std::max<std::size_t>(static_cast<std::size_t>(double(runs.size()) * 0.6180339887), 1);
  while (step > 1 && std::gcd(step, runs.size()) != 1) --step;
  std::vector<Run> order;
  order.reserve(runs.size());
  for (std::size_t n = 0, at = 0; n < runs.size(); ++n, at = (at + step) % runs.size()) order.push_back(runs[at]);
  return order;
}

// One pass over the runs; `rate` gives the learning rate by the share of the pass that is done.
template <class Rate>
void pass(Learner& learner, const Weights& weights, const std::vector<Run>& runs, Rate rate) {
  for (std::size_t n = 0; n < runs.size(); ++n) {
    if (n + 4 < runs.size())
      for (std::size_t i = runs[n + 4].begin; i < runs[n + 4].end; ++i) __builtin_prefetch(&weights.places[i]);
    if (n + 2 < runs.size()) learner.fetch(runs[n + 2]);
    if (n % 1024 == 0) learner.set_rate(rate(float(n) / float(runs.size())));
    learner.learn(runs[n]);
  }
}

std::string recipe_of(const DiacriticTraining& training) {
  return "conditional random field over readings; passes " + std::to_string(training.passes) + " + " +
         std::to_string(training.passes_after) + ", rate " + std::to_string(training.rate);
}

}  // namespace

Result<void> train_diacritics(const DiacriticTraining& training, const std::string& path, const Progress& progress) {
  Corpus corpus;
  if (auto read = corpus.read(training.text); !read) return read;
  const std::string readings = corpus.readings(training.least_reading);
  auto lexicon = Lexicon::parse(readings, path);
  if (!lexicon) return lexicon.error();
  if (lexicon->size() == 0)
    return Error{ErrorCode::kEmpty, "the text holds no syllables with marks",
                 training.text.empty() ? "" : training.text.front(), "train on accented Vietnamese text"};
  corpus.drop_unmarked(*lexicon);
  Weights weights(
      corpus, *lexicon,
      {training.least_shape, training.least_pair, training.least_skip, training.least_triple, training.least_quad});
  const std::vector<Run> runs = scattered(runs_of(weights));
  const auto passes = static_cast<std::uint64_t>(training.passes) + static_cast<std::uint64_t>(training.passes_after);
  std::unique_ptr<Packer> packer;
  for (std::uint64_t p = 0; p < passes; ++p) {
    if (p == static_cast<std::uint64_t>(training.passes)) {
      packer = std::make_unique<Packer>(weights, training.buckets, training.joint_buckets);
      packer->drop_others(weights);
    }
    Learner learner(weights, training.damping);
    pass(learner, weights, runs, [&](float done) {
      return training.rate * (1.0F - 0.95F * (static_cast<float>(p) + done) / static_cast<float>(passes));
    });
    if (progress && !progress(p + 1, passes))
      return Error{ErrorCode::kInvalidArgument, "training was stopped", path, ""};
  }
  if (!packer) packer = std::make_unique<Packer>(weights, training.buckets, training.joint_buckets);
  return packer->write(weights, *lexicon, readings, recipe_of(training), path);
}

}  // namespace duluan
