//===- dynamic.cpp - Extents that each call says anew ---------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// RUN: rm -rf %t.d && mkdir %t.d
// RUN: %build_cpp
// RUN: cd %t.d && %t | FileCheck %s
// RUN: FileCheck %s --check-prefix=HEADER --input-file=%t.d/loss_step.h
//
// The object is for any size, too; its headers and those of the library are for one program.
// HEADER: #define LOSS_VALUE_AND_GRAD_DIMS 2
// HEADER: size_t loss_value_and_grad_workspace_bytes(const int64_t *dims);
// RUN: %cc -std=c99 -Wall -Wextra -Werror -fsyntax-only -include %t.d/loss_step.h -x c /dev/null
// RUN: %cxx -std=c++17 -Wall -Wextra -Werror -fsyntax-only -include atled/atled.hpp %include_cpp -include %t.d/loss_step.hpp -x c++ /dev/null

#include "expect.hpp"
#include <cmath>

using namespace atled;

/// The loss and its derivative by the definition, in f64.
static double classify(const Array &w, const Array &x, const Array &y,
                       std::vector<double> &dw) {
  int64_t rows = x.shape()[0], features = x.shape()[1], classes = w.shape()[1];
  double loss = 0;
  dw.assign(features * classes, 0);
  for (int64_t n = 0; n < rows; ++n) {
    std::vector<double> logits(classes);
    double total = 0;
    for (int64_t c = 0; c < classes; ++c) {
      for (int64_t f = 0; f < features; ++f)
        logits[c] += x.at<double>({n, f}) * w.at<double>({f, c});
      total += std::exp(logits[c]);
    }
    int32_t label = y.at<int32_t>({n});
    loss += (std::log(total) - logits[label]) / rows;
    for (int64_t c = 0; c < classes; ++c)
      for (int64_t f = 0; f < features; ++f)
        dw[f * classes + c] += x.at<double>({n, f}) *
                               (std::exp(logits[c]) / total - (c == label)) /
                               rows;
  }
  return loss;
}

static Array waves(const Shape &shape, double step) {
  Array array(DType::float64, shape);
  for (int64_t i = 0; i < array.size(); ++i)
    array.data<double>()[i] = std::sin(step * i + 0.3);
  return array;
}

static void check_any_number_of_rows() {
  auto loss = function(
      "loss",
      [](Tensor w, Tensor x, Tensor y) {
        auto logits = matmul(x, w);
        return mean(cross_entropy(logits, y)).named("loss");
      },
      spec<double>(6, 4).named("w"), spec<double>(dynamic, 6).named("x"),
      spec<int32_t>(dynamic).named("y"));
  auto step = value_and_grad(loss, wrt(0));
  step.save_object("loss_step");
  // Nor need the number of classes be known.
  auto any = function(
      "any",
      [](Tensor logits, Tensor y) { return mean(cross_entropy(logits, y)); },
      spec<double>(dynamic, dynamic), spec<int32_t>(dynamic));
  EXPECT(is_close(any({{0., 0., 0.}, {0., std::log(2.), 0.}}, {2, 1}), {(std::log(3.) + std::log(2.)) / 2}));

  Array w = waves({6, 4}, 0.7);
  for (int64_t rows : {1, 2, 7, 64, 3}) {
    Array x = waves({rows, 6}, 1.1), y(DType::int32, {rows});
    for (int64_t n = 0; n < rows; ++n)
      y.data<int32_t>()[n] = n % 4;
    auto [value, dw] = step(w, x, y);
    std::vector<double> expected;
    double error = std::abs(value.item<double>() - classify(w, x, y, expected));
    for (size_t i = 0; i < expected.size(); ++i)
      error = std::max(error, std::abs(dw.data<double>()[i] - expected[i]));
    // CHECK-COUNT-5: as by the definition
    std::cout << (error < 1e-12 ? "as by the definition\n" : "wrong\n");
  }

  // A function of known sizes calls one of any.
  auto twice = function(
      "twice",
      [&](Tensor w, Tensor x, Tensor y) { return 2 * loss(w, x, y); },
      spec<double>(6, 4), spec<double>(2, 6), spec<int32_t>(2));
  Array x = waves({2, 6}, 1.1), y = {0, 1};
  std::vector<double> expected;
  auto [value, dw] = value_and_grad(twice, wrt(0))(w, x, y);
  EXPECT(is_close(value.item<double>(), 2 * classify(w, x, y, expected)));
  for (size_t i = 0; i < expected.size(); ++i)
    EXPECT(is_close(dw.data<double>()[i], 2 * expected[i]));

  // CHECK: dynamic.cpp:[[#@LINE + 1]]: error: the shapes of the arguments of 'loss_value_and_grad' do not fit together: dimension 0 of 'x' is 2, and dimension 0 of 'y' is 3
  expect_error([&] { step(w, waves({2, 6}, 1), Array({0, 1, 2})); });
  // CHECK: dynamic.cpp:[[#@LINE + 1]]: error: argument 'x' of 'loss_value_and_grad' is a tensor of ?x6xf64, and one of 2x5xf64 is given
  expect_error([&] { step(w, waves({2, 5}, 1), Array({0, 1})); });
}

/// Results are as large as what they follow from.
static void check_results() {
  auto scaled = function(
      "scaled",
      [](Tensor x, Tensor row) {
        return std::tuple(2 * x + row, x.named("same"),
                          mean(x, {0}) + zeros_like(row),
                          ones_like(x));
      },
      spec<double>(dynamic, dynamic), spec<double>(dynamic));
  auto [sum, same, column_means, ones] =
      scaled({{1., 2., 3.}, {4., 5., 6.}}, {10., 20., 30.});
  // CHECK: 2x3xf64 12 24 36 18 30 42
  // CHECK-NEXT: 2x3xf64 1 2 3 4 5 6
  // CHECK-NEXT: 3xf64 2.5 3.5 4.5
  // CHECK-NEXT: 2x3xf64 1 1 1 1 1 1
  for (const Array &array : {sum, same, column_means, ones}) {
    std::cout << array.to_string();
    for (double element : array.values<double>())
      std::printf(" %g", element);
    std::printf("\n");
  }
  // CHECK: error: the shapes of the arguments of 'scaled' do not fit together: dimension 1 of 'in0' is 2, and dimension 0 of 'in1' is 3
  expect_error([&] { scaled(Array{{1., 2.}}, Array{10., 20., 30.}); });
}

/// Where sizes are known of one of two, a call checks the other.
static void check_refined() {
  auto refined = function(
      "refined", [](Tensor x, Tensor y) { return x * y; },
      spec<double>(dynamic), spec<double>(3));
  // CHECK: (3) 1 4 9
  // CHECK-NEXT: 4 5 6
  Array square = refined({1., 2., 3.}, {1., 2., 3.});
  std::printf("(%d)", int(refined.result_specs().shape[0]));
  for (double element : square.values<double>())
    std::printf(" %g", element);
  std::printf("\n");
  auto pullback = vjp(refined, wrt(0));
  auto [again, dx] = pullback({1., 2., 3.}, {4., 5., 6.}, {1., 1., 1.});
  std::printf("%g %g %g\n", dx.at<double>({0}), dx.at<double>({1}),
              dx.at<double>({2}));
  // CHECK: error: the shapes of the arguments of 'refined' do not fit together: dimension 0 of 'in0' is 2
  // CHECK-NEXT: note: it has to be 3 here
  expect_error([&] { refined({1., 2.}, {1., 2., 3.}); });
}

/// Operations one by one, and a function among them.
static void check_recorded() {
  auto squares = function(
      "squares", [](Tensor x) { return sum(x * x); }, spec<double>(dynamic));
  // CHECK: (3) 2 4 6
  // CHECK-NEXT: (2) 10 20
  for (const Array &values : {Array{1., 2., 3.}, Array{5., 10.}}) {
    Tensor x = constant(values).requires_grad();
    squares(x).backward();
    std::printf("(%d)", int(x.size(0)));
    for (double element : x.grad()->array().values<double>())
      std::printf(" %g", element);
    std::printf("\n");
  }
}

int main() {
  std::cout << std::unitbuf;
  std::setvbuf(stdout, nullptr, _IONBF, 0);
  check_any_number_of_rows();
  check_results();
  check_refined();
  check_recorded();

  // CHECK: dynamic.cpp:[[#@LINE + 2]]: error: dimension 0 of a tensor of ?xf32 is dynamic: its size is known only when the function is called; atled::extent(x, 0) is a tensor with it
  expect_error([] {
    function("f", [](Tensor x) { return x * x.size(0); }, spec<float>(dynamic));
  });
  // CHECK: error: shapes (?, 4) and (3, 2) do not broadcast: dimension -1 is 4 in one and 2 in the other
  expect_error([] {
    function(
        "f", [](Tensor x, Tensor y) { return x + y; }, spec<float>(dynamic, 4),
        spec<float>(3, 2));
  });
  // CHECK: error: the labels of logits of 2x4xf32 are one for each row, and these are 2x1xi32
  expect_error([] {
    function(
        "f", [](Tensor x, Tensor y) { return cross_entropy(x, y); },
        spec<float>(2, 4), spec<int>(2, 1));
  });
  return 0;
}
