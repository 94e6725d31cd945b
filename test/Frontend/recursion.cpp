//===- recursion.cpp - Functions that call themselves ---------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// RUN: %build_cpp
// RUN: %t | FileCheck %s

#include "expect.hpp"

using namespace atled;

template <class T>
struct Pair {
  T first, second;
  ATLED_FIELDS(first, second)
};

/// x to the power of n, and its derivatives.
static void test_power() {
  auto power = recursive("power", returns(spec<double>(), 30), [](auto self, Tensor x, Tensor n) {
    return cond(n > 0, [&] { return x * self(x, n - 1); }, [&] { return ones_like(x); });
  }, spec<double>(), spec<int32_t>());
  EXPECT(is_close(power(1.5, 7), {std::pow(1.5, 7)}));
  auto slope = grad(power, wrt(0));
  EXPECT(is_close(slope(1.5, 7), {7 * std::pow(1.5, 6)}) && is_close(slope(1.5, 0), {0}));
  EXPECT(is_close(grad(slope, wrt(0))(1.5, 7), {42 * std::pow(1.5, 5)}));
  auto twice = function("twice", [&](Tensor x) { return power(x, constant(Array(3))) + power(x, constant(Array(2))); }, spec<double>());
  EXPECT(is_close(twice(2.0), {12}) && is_close(grad(twice)(2.0), {16}));
  // CHECK: error: 'power_grad' failed: calls would be inside one another more deeply than the program allows
  expect_error([&] { slope(1.5, 40); });
}

/// Arguments of any size.
static void test_dynamic() {
  auto repeat = recursive("repeat", returns(spec<double>(), 9), [](auto self, Tensor x, Tensor n) {
    return cond(n > 0, [&] { return sum(x) + self(2 * x, n - 1); }, [&] { return sum(x); });
  }, spec<double>(dynamic), spec<int32_t>());
  EXPECT(is_close(repeat({1., 2.}, 2), {21}) && is_close(repeat({1., 2., 3.}, 0), {6}));
  EXPECT(is_close(grad(repeat, wrt(0))({1., 2., 3.}, 2), {7, 7, 7}));
}

/// A structure in each call; a tree of them.
static void test_structures() {
  Pair<Spec> specs{spec<double>(2), spec<double>(2)};
  auto turn = recursive("turn", returns(specs, 10), [](auto self, const Pair<Tensor> &p, Tensor n) {
    return cond(n > 0, [&] { return self(Pair<Tensor>{p.second, 2 * p.first}, n - 1); }, [&] { return p; });
  }, specs, spec<int32_t>());
  auto [first, second] = turn({{1., 2.}, {3., 4.}}, 3);
  EXPECT(is_close(first, {6, 8}) && is_close(second, {4, 8}));
  auto fibonacci = recursive("fibonacci", returns(spec<double>(), 12), [](auto self, Tensor n, Tensor x) {
    return cond(n > 1, [&] { return self(n - 1, x) + self(n - 2, x); }, [&] { return x; });
  }, spec<int32_t>(), spec<double>());
  EXPECT(is_close(fibonacci(9, 2.0), {110}) && is_close(grad(fibonacci, wrt(1))(9, 2.0), {55}));
}

int main() {
  test_power();
  test_structures();
  test_dynamic();

  // CHECK: recursion.cpp:[[#@LINE + 1]]: error: 'f' calls itself, and result 0 is a 'tensor<2xf64>' instead of a 'tensor<f64>'
  expect_error([] { recursive("f", returns(spec<double>(), 9), [](auto, Tensor x) { return x; }, spec<double>(2)); });
  // CHECK: recursion.cpp:[[#@LINE + 2]]: error: 'f' calls itself, and returns another structure than it says: (0, 1) and (0)
  std::vector<Spec> two(2, spec<double>());
  expect_error([&] { recursive("f", returns(two, 9), [](auto, Tensor x) { return std::vector<Tensor>{x}; }, spec<double>()); });
  // CHECK: recursion.cpp:[[#@LINE + 1]]: error: argument 'in0' of 'f' is a 'tensor<f64>', and a 'tensor<f32>' is given
  expect_error([&] { recursive("f", returns(spec<double>(), 9), [](auto self, Tensor x) { return self(convert(x, DType::float32)); }, spec<double>()); });
  // CHECK: recursion.cpp:[[#@LINE + 1]]: error: the depth of a recursion is at least 1, and 0 is given
  expect_error([&] { recursive("f", returns(spec<double>(), 0), [](auto, Tensor x) { return x; }, spec<double>()); });
  // CHECK: recursion.cpp:[[#@LINE + 1]]: error: 'f' calls itself, and what it returns has a known size; it is to return a tensor of ?xf64
  expect_error([&] { recursive("f", returns(spec<double>(dynamic), 9), [](auto self, Tensor x) { return self(x); }, spec<double>(dynamic)); });
  expect_error([&] {
    recursive("f", returns(spec<double>(), 9), [](auto self, Tensor x) {
      // CHECK: recursion.cpp:[[#@LINE + 1]]: error: a function calls itself in 'g', which is another; it can do so in its own body alone
      return function("g", [&](Tensor y) { return self(y); }, spec<double>())(x);
    }, spec<double>());
  });
}
