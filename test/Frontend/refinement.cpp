//===- refinement.cpp - Extents that are known of one of two --------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// Where an operation, or a call, needs two extents to be equal of which only a
// call says one, it is the other.
//
// RUN: %build_cpp
// RUN: %t | FileCheck %s
// RUN: %if gcc %{ %build_gcc && %t.gcc | FileCheck %s %}

#include "expect.hpp"

using namespace atled;

static const Array x = {{1., 2.}, {3., 4.}, {5., 6.}}, w = {{1., -1.}, {2., 0.5}};

/// x w and the gradient of the sum of its squares.
static void test_matmul() {
  std::vector<double> product = {5, 0, 11, -1, 17, -2}, gradient(4);
  for (int i = 0; i < 3; ++i)
    for (int j = 0; j < 2; ++j)
      for (int k = 0; k < 2; ++k)
        gradient[2 * j + k] += 2 * x.at<double>({i, j}) * product[2 * i + k];
  for (const Spec &known : {spec<double>(2, 2), spec<double>(2, dynamic)}) {
    auto f = function("f", [](Tensor a, Tensor b) { return matmul(a, b); }, spec<double>(dynamic, dynamic), known);
    EXPECT(is_close(f(x, w), product));
    auto loss = function("loss", [&](Tensor a, Tensor b) { Tensor y = f(a, b); return sum(y * y); }, spec<double>(dynamic, dynamic), known);
    EXPECT(is_close(grad(loss, wrt(1))(x, w), gradient));
  }
  // The other side is the one that is known.
  auto g = function("g", [](Tensor a, Tensor b) { return matmul(a, b); }, spec<double>(3, 2), spec<double>(dynamic, 2));
  EXPECT(is_close(g(x, w), product));
  // Results know what their operands do.
  EXPECT((g.result_specs().shape == Shape{3, 2}));
}

static void test_others() {
  auto any = spec<double>(dynamic, dynamic);
  auto contracted = function("f", [](Tensor a, Tensor b) { return contract(a, b, {0}, {0}, {1}, {1}); }, any, spec<double>(3, 2));
  EXPECT(is_close(contracted(x, x), {5, 25, 61}));
  EXPECT(contracted.result_specs().shape == Shape{3});
  auto product = function("f", [](Tensor a, Tensor b) { return dot(a, b); }, spec<double>(dynamic), spec<double>(3));
  EXPECT(is_close(product({1., 2., 3.}, {4., 5., 6.}), {32}));
  auto joined = function("f", [](Tensor a, Tensor b, Tensor c) { return concatenate({a, b, c}, 0); }, any, spec<double>(1, 2), any);
  EXPECT(is_close(joined(w, {{7., 8.}}, w), {1, -1, 2, 0.5, 7, 8, 1, -1, 2, 0.5}));
  EXPECT((joined.result_specs().shape == Shape{dynamic, 2}));
  auto ordered = function("f", [](Tensor a, Tensor b) { return sort({a, b}, 0)[1]; }, spec<double>(dynamic), spec<double>(3));
  EXPECT(is_close(ordered({2., 3., 1.}, {20., 30., 10.}), {10, 20, 30}));
  // h = a h + b.
  auto recurrence = function("f", [](Tensor a, Tensor b) { return linear_recurrence(a, b, 0); }, spec<double>(dynamic), spec<double>(3));
  EXPECT(is_close(recurrence({2., 3., 4.}, {1., 1., 1.}), {1, 4, 17}));
  // One channel, a kernel of ones: sums of windows of 2.
  auto windows = function("f", [](Tensor a, Tensor b) { return convolution(a, b, "b0i", "0io", "b0o", 1, 0, 0, 1, 1); }, spec<double>(dynamic, dynamic, dynamic), spec<double>(2, 1, 1));
  EXPECT(is_close(windows(Array(std::vector<double>{1, 2, 4}, {1, 3, 1}), Array::ones<double>({2, 1, 1})), {3, 6}));
  EXPECT((windows.result_specs().shape == Shape{dynamic, dynamic, 1}));
  auto added = function("f", [](Tensor a, Tensor b) { return a + b; }, any, spec<double>(2));
  EXPECT(is_close(added(x, {10., 20.}), {11, 22, 13, 24, 15, 26}));
}

/// What branches return, and what a loop carries.
static void test_control_flow() {
  auto either = function("f", [](Tensor p, Tensor a, Tensor b) {
    std::vector<std::function<Tensor()>> branches = {[&] { return a; }, [&] { return b; }};
    return std::pair(cond(p > 0, branches[0], branches[1]), switch_case(p, branches));
  }, spec<int>(), spec<double>(dynamic), spec<double>(2));
  auto [chosen, other] = either(0, {1., 2.}, {3., 4.});
  EXPECT(is_close(chosen, {3, 4}) && is_close(other, {1, 2}));
  EXPECT(std::get<0>(either.result_specs()).shape == Shape{2});
  auto loop = function("g", [](Tensor a, Tensor b) {
    return std::pair(for_loop(0, 3, a, [&](Tensor, Tensor s) { return s + b; }),
                     while_loop(a, [](Tensor s) { return sum(s) < 10; }, [&](Tensor s) { return s + b; }));
  }, spec<double>(dynamic), spec<double>(2));
  auto [three, ten] = loop({1., 2.}, {1., 1.});
  EXPECT(is_close(three, {4, 5}) && is_close(ten, {5, 6}));
  auto slope = grad(function("h", [&](Tensor a, Tensor b) { return sum(loop(a, b).first); }, spec<double>(dynamic), spec<double>(2)));
  auto [da, db] = slope({1., 2.}, {1., 1.});
  EXPECT(is_close(da, {1, 1}) && is_close(db, {3, 3}));
  // CHECK: refinement.cpp:[[#@LINE + 1]]: error: the shapes of the arguments of 'f' do not fit together: dimension 0 of 'in1' is 3
  expect_error([&] { either(0, {1., 2., 3.}, {3., 4.}); });
  // CHECK: refinement.cpp:[[#@LINE + 1]]: error: the shapes of the arguments of 'g' do not fit together: dimension 0 of 'in0' is 3
  expect_error([&] { loop({1., 2., 3.}, {1., 1.}); });
}

/// A function of known sizes is called with tensors of any.
static void test_calls() {
  auto square = function("square", [](Tensor a) { return a * a; }, spec<double>(3));
  auto f = function("f", [&](Tensor a) { return sum(square(a)); }, spec<double>(dynamic));
  EXPECT(is_close(f({1., 2., 3.}), {14}) && is_close(grad(f)({1., 2., 3.}), {2, 4, 6}));
  auto slope = function("slope", [&](Tensor a) { return linearize(square)(a).second.transpose(a); }, spec<double>(dynamic));
  EXPECT(is_close(slope({1., 2., 3.}), {2, 8, 18}));
  // CHECK: refinement.cpp:[[#@LINE + 1]]: error: the shapes of the arguments of 'f' do not fit together
  expect_error([&] { f({1., 2.}); });
  // CHECK: refinement.cpp:[[#@LINE + 1]]: error: the shapes of the arguments of 'slope' do not fit together
  expect_error([&] { slope({1., 2.}); });
}

int main() {
  test_matmul();
  test_others();
  test_control_flow();
  test_calls();

  auto f = function("f", [](Tensor a, Tensor b) { return matmul(a, b); }, spec<double>(dynamic, dynamic), spec<double>(2, 2));
  // CHECK: refinement.cpp:[[#@LINE + 1]]: error: the shapes of the arguments of 'f' do not fit together
  expect_error([&] { f(Array::ones<double>({2, 3}), w); });
  // What is known of both is told when it is traced.
  // CHECK: refinement.cpp:[[#@LINE + 1]]: error: 'atled.matmul' op contracts dimensions of different size: lhs dim 1 is 3, rhs dim 0 is 2
  expect_error([&] { function("f", [](Tensor a, Tensor b) { return matmul(a, b); }, spec<double>(dynamic, 3), spec<double>(2, dynamic)); });
  // CHECK: refinement.cpp:[[#@LINE + 1]]: error: 'atled.contract' op dimension 4 is out of range
  expect_error([&] { function("f", [](Tensor a, Tensor b) { return contract(a, b, {}, {}, {4}, {0}); }, spec<double>(dynamic, 3), spec<double>(2, dynamic)); });
}
