#include <doctest/doctest.h>

#include <vector>

#include "concern/control.hpp"

using namespace duluan;
using concern::Control;
using concern::LevelTests;

namespace {

// Ten topics, each judged as a whole and in nineteen places.
std::vector<LevelTests> quiet() {
  return std::vector<LevelTests>(10, {std::vector<double>(1, 0.5), std::vector<double>(19, 0.5)});
}

}  // namespace

TEST_CASE("the whole and the places share the false alarms equally") {
  auto topics = quiet();
  topics[3][0][0] = 0.0049;  // 0.1 / 2 levels / 10 topics
  const Control one = concern::control(topics, 0.01, 0.1);
  CHECK(one.tests == 200);
  CHECK(one.flagged == 1);
  CHECK(one.thresholds[3][0] >= 0.0049);
  CHECK(one.thresholds[4][0] == 0);
  topics[3][0][0] = 0.0051;
  CHECK(concern::control(topics, 0.01, 0.1).flagged == 0);
  topics[3][0][0] = 0.5;
  topics[7][1][2] = 0.00026;  // 0.1 / 2 / 10 / 19
  CHECK(concern::control(topics, 0.01, 0.1).flagged == 1);
  topics[7][1][2] = 0.00027;
  CHECK(concern::control(topics, 0.01, 0.1).flagged == 0);
}

TEST_CASE("two topics bear each other up, many places of one topic bear up no other") {
  auto topics = quiet();
  topics[3][0][0] = 0.0051;
  topics[7][0][0] = 0.0099;  // both within 0.1 x 2 / 10 / 2
  CHECK(concern::control(topics, 0.02, 0.1).flagged == 2);
  topics[3][0][0] = 0.5;
  topics[7][0][0] = 0.00001;
  topics[7][1].assign(19, 0.00001);
  topics[5][1][4] = 0.004;  // pooled over all tests it would pass: 0.1 x 21 / 200 / its weight
  const Control control = concern::control(topics, 0.01, 0.1);
  CHECK(control.thresholds[5][1] == 0);
  CHECK(control.flagged == 20);
}

TEST_CASE("a level that was not tested takes no share, a topic without tests no place") {
  auto topics = quiet();
  for (LevelTests& topic : topics) topic[1].clear();
  topics[3][0][0] = 0.0099;  // 0.1 / 10
  CHECK(concern::control(topics, 0.01, 0.1).flagged == 1);
  CHECK(concern::control(topics, 0.005, 0.1).flagged == 0);
  topics[8][0].clear();
  topics[9][0].clear();
  topics[3][0][0] = 0.0124;  // 0.1 / 8
  CHECK(concern::control(topics, 0.02, 0.1).flagged == 1);
  CHECK(concern::control({}, 0.01, 0.1).flagged == 0);
}

TEST_CASE("levels of one group have one share together") {
  std::vector<LevelTests> topics(10, {{0.5}, std::vector<double>(19, 0.5), {0.5}});
  topics[3][0][0] = 0.0049;  // 0.1 / 2 groups / 10
  CHECK(concern::control(topics, 0.01, 0.1, {0, 1, 1}).flagged == 1);
  CHECK(concern::control(topics, 0.01, 0.1).flagged == 0);
  topics[3][0][0] = 0.5;
  topics[3][2][0] = 0.0026;
  CHECK(concern::control(topics, 0.01, 0.1, {0, 1, 1}).flagged == 0);
  topics[3][2][0] = 0.0024;
  CHECK(concern::control(topics, 0.01, 0.1, {0, 1, 1}).flagged == 1);
}
