//===- CompareTensorsTest.cpp - Tests of comparing tensors ----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Execution/CompareTensors.h"
#include "gtest/gtest.h"
#include <cmath>

using namespace atled;

static bool isClose(StringRef actual, StringRef expected,
                    const Tolerance &tolerance) {
  return !compareClose(cantFail(parseTensorLiteral(actual)),
                       cantFail(parseTensorLiteral(expected)), tolerance);
}

static bool isEqual(StringRef actual, StringRef expected) {
  return !compareEqual(cantFail(parseTensorLiteral(actual)),
                       cantFail(parseTensorLiteral(expected)));
}

TEST(CompareTensors, adds_absolute_and_relative_tolerance) {
  Tolerance relative{/*relative=*/0.25, /*absolute=*/0, /*ulps=*/0};
  EXPECT_TRUE(isClose("f64=5", "f64=4", relative));
  EXPECT_FALSE(isClose("f64=5.0001", "f64=4", relative));
  EXPECT_FALSE(isClose("f64=4", "f64=3.1", relative));
  Tolerance both{/*relative=*/0.25, /*absolute=*/1, /*ulps=*/0};
  EXPECT_TRUE(isClose("f64=6", "f64=4", both));
  EXPECT_TRUE(isClose("f64=1", "f64=0", both));
}

TEST(CompareTensors, counts_units_in_the_last_place) {
  Tolerance two{0, 0, 2};
  EXPECT_TRUE(isClose("f32=1.0000002384185791", "f32=1", two));
  EXPECT_FALSE(isClose("f32=1.0000003576278687", "f32=1", two));
  EXPECT_TRUE(isClose("f64=-5e-324", "f64=5e-324", two));
  EXPECT_FALSE(isClose("f64=-1e308", "f64=1e308", two));
  EXPECT_TRUE(isClose("bf16=-0.0", "bf16=0", {0, 0, 0}));
}

TEST(CompareTensors, matches_special_values_with_themselves_alone) {
  Tolerance wide{1e9, 1e9, INT64_MAX};
  EXPECT_TRUE(isClose("2xf32=nan,inf", "2xf32=nan,inf", {}));
  EXPECT_FALSE(isClose("f32=inf", "f32=-inf", wide));
  EXPECT_FALSE(isClose("f32=inf", "f32=1", wide));
  EXPECT_FALSE(isClose("f32=1", "f32=nan", wide));
  EXPECT_FALSE(isClose("f32=nan", "f32=1", wide));
}

TEST(CompareTensors, tells_zeros_apart_when_exact) {
  EXPECT_FALSE(isEqual("f32=0", "f32=-0.0"));
  EXPECT_TRUE(isEqual("f32=nan", "f32=-nan"));
  EXPECT_FALSE(isEqual("f64=1", "f64=nan"));
  EXPECT_TRUE(isEqual("2xi64=1,-1", "2xi64=1,-1"));
  EXPECT_FALSE(isEqual("2xi64=1,-1", "2xi64=1,1"));
}

TEST(CompareTensors, finds_the_worst_element) {
  std::optional<Mismatch> mismatch =
      compareClose(cantFail(parseTensorLiteral("4xf64=1,3,9,4")),
                   cantFail(parseTensorLiteral("4xf64=1,2,3,4")), {});
  ASSERT_TRUE(mismatch);
  EXPECT_EQ(mismatch->count, 2);
  EXPECT_EQ(mismatch->worst, 2);
  EXPECT_EQ(mismatch->difference, 6);

  mismatch = compareClose(cantFail(parseTensorLiteral("3xf64=100,nan,1e300")),
                          cantFail(parseTensorLiteral("3xf64=1,2,3")), {});
  EXPECT_EQ(mismatch->worst, 1);
  EXPECT_TRUE(std::isnan(mismatch->difference));
}
