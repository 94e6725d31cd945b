//===- VerifyGradientTest.cpp - Tests of verifying derivatives ------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Execution/VerifyGradient.h"
#include "gtest/gtest.h"
#include <cmath>

using namespace atled;

using Tensors = std::vector<HostTensor>;
using Inputs = ArrayRef<const HostTensor *>;
using Map = std::function<double(double)>;

static Tensors mapEach(const HostTensor &x,
                       llvm::function_ref<double(int64_t)> f) {
  Tensors results;
  results.push_back(cantFail(HostTensor::create(x.getSignature())));
  for (int64_t index = 0; index < x.getNumElements(); ++index)
    results[0].setFloat(index, f(index));
  return results;
}

/// The verdict on y = f(x), elementwise, with these derivatives in either mode.
static ArgumentVerdict verify(const Map &f, const Map &forward,
                              const Map &reverse, StringRef literal) {
  HostTensor x = cantFail(parseTensorLiteral(literal));
  auto value = [&](Inputs inputs) -> llvm::Expected<Tensors> {
    return mapEach(x, [&](int64_t i) { return f(inputs[0]->getFloat(i)); });
  };
  auto scaleBy = [&](const Map &slope) {
    return [&](Inputs inputs) -> llvm::Expected<Tensors> {
      return mapEach(x, [&](int64_t i) {
        return slope(inputs[0]->getFloat(i)) * inputs[1]->getFloat(i);
      });
    };
  };
  auto jvp = scaleBy(forward), vjp = scaleBy(reverse);
  int64_t wrt[] = {0};
  SmallVector<ArgumentVerdict> verdicts = cantFail(verifyGradient(
      {value, jvp, vjp, wrt}, {&x}, GradientBounds::getDefault(x.getKind())));
  return verdicts[0];
}

static double cube(double x) { return x * x * x; }
static double cubeSlope(double x) { return 3 * x * x; }

TEST(VerifyGradient, accepts_what_is_right) {
  for (auto [literal, kind] :
       {std::pair("5xf64=0.3,-1,2,1e-3,7", ElementKind::F64),
        std::pair("5xf32=0.3,-1,2,1e-3,7", ElementKind::F32),
        std::pair("5xf16=0.3,-1,2,1e-3,1.5", ElementKind::F16)}) {
    GradientBounds bounds = GradientBounds::getDefault(kind);
    ArgumentVerdict verdict = verify(cube, cubeSlope, cubeSlope, literal);
    EXPECT_TRUE(verdict.isPaired(bounds)) << verdict.pairingError;
    EXPECT_TRUE(verdict.matchesDifferences(bounds)) << verdict.differencesError;
  }
}

TEST(VerifyGradient, is_precise_in_f64) {
  auto sin = [](double x) { return std::sin(x); };
  auto cos = [](double x) { return std::cos(x); };
  EXPECT_LT(verify(sin, cos, cos, "3xf64=0.5,2,-3").differencesError, 1e-10);
}

TEST(VerifyGradient, finds_a_wrong_formula) {
  auto wrong = [](double x) { return 3.001 * x * x; };
  GradientBounds bounds = GradientBounds::getDefault(ElementKind::F64);
  ArgumentVerdict verdict = verify(cube, wrong, wrong, "3xf64=1,3,2");
  EXPECT_TRUE(verdict.isPaired(bounds));
  EXPECT_FALSE(verdict.matchesDifferences(bounds));
  EXPECT_NEAR(verdict.derivative, verdict.difference,
              std::abs(verdict.difference) * 1e-3);
}

TEST(VerifyGradient, finds_modes_that_differ) {
  auto wrong = [](double x) { return 3 * x * x + 1e-9; };
  GradientBounds bounds = GradientBounds::getDefault(ElementKind::F64);
  ArgumentVerdict verdict = verify(cube, cubeSlope, wrong, "3xf64=1,3,2");
  EXPECT_FALSE(verdict.isPaired(bounds));
  EXPECT_TRUE(verdict.matchesDifferences(bounds));
}

TEST(VerifyGradient, finds_nan) {
  auto nan = [](double) { return std::nan(""); };
  GradientBounds bounds = GradientBounds::getDefault(ElementKind::F64);
  ArgumentVerdict verdict = verify(cube, nan, nan, "2xf64=1,2");
  EXPECT_FALSE(verdict.isPaired(bounds));
  EXPECT_FALSE(verdict.matchesDifferences(bounds));
  verdict = verify(nan, cubeSlope, cubeSlope, "2xf64=1,2");
  EXPECT_TRUE(verdict.isPaired(bounds));
  EXPECT_FALSE(verdict.matchesDifferences(bounds));
}

TEST(VerifyGradient, shortens_the_step_at_the_end_of_the_domain) {
  auto log = [](double x) { return std::log(x); };
  auto slope = [](double x) { return 1 / x; };
  EXPECT_LT(verify(log, slope, slope, "2xf64=1e-3,2e-3").differencesError,
            1e-7);
}

TEST(VerifyGradient, accepts_a_derivative_of_zero) {
  auto constant = [](double) { return 1e3; };
  auto zero = [](double) { return 0.0; };
  ArgumentVerdict verdict = verify(constant, zero, zero, "2xf64=1,2");
  EXPECT_EQ(verdict.pairingError, 0);
  EXPECT_EQ(verdict.differencesError, 0);
}

TEST(VerifyGradient, examines_each_argument_alone) {
  // y = x0 * x1, whose derivative with respect to x1 is wrong.
  HostTensor x0 = cantFail(parseTensorLiteral("f64=2"));
  HostTensor x1 = cantFail(parseTensorLiteral("f64=5"));
  auto get = [](const HostTensor *tensor) { return tensor->getFloat(0); };
  auto scalar = [](ArrayRef<double> values) {
    Tensors tensors;
    for (double value : values) {
      tensors.push_back(cantFail(HostTensor::create({ElementKind::F64, {}})));
      tensors.back().setFloat(0, value);
    }
    return tensors;
  };
  auto value = [&](Inputs in) -> llvm::Expected<Tensors> {
    return scalar({get(in[0]) * get(in[1])});
  };
  auto jvp = [&](Inputs in) -> llvm::Expected<Tensors> {
    return scalar({get(in[1]) * get(in[2]) + get(in[3])});
  };
  auto vjp = [&](Inputs in) -> llvm::Expected<Tensors> {
    return scalar({get(in[1]) * get(in[2]), get(in[2])});
  };
  int64_t wrt[] = {0, 1};
  GradientBounds bounds = GradientBounds::getDefault(ElementKind::F64);
  SmallVector<ArgumentVerdict> verdicts =
      cantFail(verifyGradient({value, jvp, vjp, wrt}, {&x0, &x1}, bounds));
  EXPECT_TRUE(verdicts[0].matchesDifferences(bounds));
  EXPECT_FALSE(verdicts[1].matchesDifferences(bounds));
  EXPECT_TRUE(verdicts[1].isPaired(bounds));
}

TEST(VerifyGradient, passes_errors_on) {
  HostTensor x = cantFail(parseTensorLiteral("f64=2"));
  auto fails = [&](Inputs) -> llvm::Expected<Tensors> {
    return llvm::createStringError("out of luck");
  };
  int64_t wrt[] = {0};
  auto verdicts = verifyGradient({fails, fails, fails, wrt}, {&x},
                                 GradientBounds::getDefault(ElementKind::F64));
  ASSERT_FALSE(bool(verdicts));
  EXPECT_EQ(toString(verdicts.takeError()), "out of luck");
}
