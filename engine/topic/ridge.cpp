// With a few texts a topic there is too little to descend along: the weights come from kernel ridge regression in
// closed form (C. Saunders, A. Gammerman, V. Vovk 1998), one score a topic, 1 for its texts and -1 for the others.
#include <Eigen/Dense>

#include "topic/linear.hpp"

namespace duluan::topics {
namespace {

constexpr double kRidge = 3.0;      // chosen, as the next, on validation texts of two corpora, ten a topic
constexpr double kDense = 0.2;      // weight of the word vectors in the kernel
constexpr float kSharpness = 4.0F;  // from scores about -1 and 1 to the logits of a softmax

double product(const Sample& a, const Sample& b) {
  double sum = 1.0;  // the bias
  auto i = a.text.features.begin();
  auto k = b.text.features.begin();
  while (i != a.text.features.end() && k != b.text.features.end()) {
    if (*i < *k) ++i;
    else if (*k < *i) ++k;
    else
      sum += double(a.text.values[std::size_t(i++ - a.text.features.begin())]) *
             double(b.text.values[std::size_t(k++ - b.text.features.begin())]);
  }
  for (std::size_t d = 0; d < a.dense.size(); ++d) sum += kDense * double(a.dense[d]) * double(b.dense[d]);
  return sum;
}

}  // namespace

LinearWeights fit_ridge(std::span<const Sample> samples, const std::vector<std::uint32_t>& order, std::size_t features,
                        std::size_t topics, std::size_t dimension) {
  const auto n = static_cast<Eigen::Index>(order.size());
  Eigen::MatrixXd kernel(n, n);
  Eigen::MatrixXd wanted = Eigen::MatrixXd::Constant(n, static_cast<Eigen::Index>(topics), -1.0);
  for (Eigen::Index i = 0; i < n; ++i) {
    const Sample& sample = samples[order[static_cast<std::size_t>(i)]];
    for (const std::uint8_t topic : sample.topics) wanted(i, topic) = 1.0;
    for (Eigen::Index k = 0; k <= i; ++k) kernel(i, k) = product(sample, samples[order[static_cast<std::size_t>(k)]]);
    kernel(i, i) += kRidge / double(sample.weight);
  }
  const Eigen::MatrixXd alpha =
      static_cast<double>(kSharpness) * Eigen::LLT<Eigen::MatrixXd, Eigen::Lower>(kernel).solve(wanted);
  LinearWeights w{topics, dimension, std::vector<float>(features * topics), std::vector<float>(dimension * topics),
                  std::vector<float>(topics)};
  for (Eigen::Index i = 0; i < n; ++i) {
    const Sample& sample = samples[order[static_cast<std::size_t>(i)]];
    for (std::size_t t = 0; t < topics; ++t) {
      const auto share = static_cast<float>(alpha(i, static_cast<Eigen::Index>(t)));
      w.bias[t] += share;
      for (std::size_t k = 0; k < sample.text.features.size(); ++k)
        w.features[std::size_t(sample.text.features[k]) * topics + t] += share * sample.text.values[k];
      for (std::size_t d = 0; d < dimension; ++d)
        w.dense[d * topics + t] += static_cast<float>(kDense) * share * sample.dense[d];
    }
  }
  return w;
}

}  // namespace duluan::topics
