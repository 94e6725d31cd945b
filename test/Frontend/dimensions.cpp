//===- dimensions.cpp - Dimensions that are counted from the last ---------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// A negative dimension is counted from the last: of the first operand, or of
// the result where the user says its type.
//
// RUN: %build_cpp
// RUN: %t | FileCheck %s
// RUN: %if gcc %{ %build_gcc && %t.gcc | FileCheck %s %}

#include "expect.hpp"

using namespace atled;

static const Array matrix = {{3.0, 1.0, 2.0}, {4.0, 6.0, 5.0}};

/// What becomes of the matrix in a function, and, the same, at once.
template <class Body>
static Array run(Body body) {
  Array traced = function("f", body, spec<double>(2, 3))(matrix);
  Array recorded = body(tensor(matrix)).array();
  EXPECT(traced.shape() == recorded.shape());
  EXPECT(is_close(recorded, traced.to(DType::float64).values<double>(), 1e-14));
  // Where only a call says the extents.
  EXPECT(is_close(function("f", body, spec<double>(dynamic, dynamic))(matrix), traced.to(DType::float64).values<double>(), 1e-14));
  return traced;
}

static void test_reductions() {
  EXPECT(is_close(run([](Tensor x) { return sum(x, {-1}); }), {6, 15}));
  EXPECT(is_close(run([](Tensor x) { return sum(x, {-2}); }), {7, 7, 7}));
  EXPECT(is_close(run([](Tensor x) { return sum(x, {-2, -1}); }), {21}));
  EXPECT(is_close(run([](Tensor x) { return sum(x, {0, -1}); }), {21}));
  EXPECT(is_close(run([](Tensor x) { return mean(x, {-1}); }), {2, 5}));
  EXPECT(is_close(run([](Tensor x) { return reduce_max(x, {-1}); }), {3, 6}));
  EXPECT(is_close(run([](Tensor x) { return variance(x, {-1}); }), {2. / 3, 2. / 3}));
  EXPECT(is_close(run([](Tensor x) { return argmax(x, -1); }), {0, 1}));
  EXPECT(is_close(run([](Tensor x) { return argmax(x, -2); }), {1, 1, 1}));
  // One by itself, and none at all.
  EXPECT(is_close(run([](Tensor x) { return sum(x, 0); }), {7, 7, 7}));
  EXPECT(is_close(run([](Tensor x) { return sum(x, -1); }), {6, 15}));
  EXPECT(is_close(run([](Tensor x) { return mean(x, 0); }), {3.5, 3.5, 3.5}));
  EXPECT(is_close(run([](Tensor x) { return mean(x, -1); }), {2, 5}));
  EXPECT(is_close(run([](Tensor x) { return sum(x, {}); }), {3, 1, 2, 4, 6, 5}));
}

/// A list of one may be the number itself, and the order of several says nothing.
static void test_lists() {
  EXPECT(is_close(run([](Tensor x) { return sum(x, {1, 0}); }), {21}));
  EXPECT(is_close(run([](Tensor x) { return reduce_max(x, {-1, 0}); }), {6}));
  EXPECT(is_close(run([](Tensor x) { return mean(x, {1, -2}); }), {3.5}));
  EXPECT(is_close(run([](Tensor x) { return variance(x, {1, 0}); }), {35. / 12}));
  EXPECT(is_close(run([](Tensor x) { return reverse(x, {1, 0}); }), {5, 6, 4, 2, 1, 3}));
  EXPECT(is_close(run([](Tensor x) { return exp(log_softmax(x, -1)) - softmax(x, {-1}); }), std::vector<double>(6)));
  EXPECT(is_close(run([](Tensor x) { return reduce_max(x, 0); }), {4, 6, 5}));
  EXPECT(is_close(run([](Tensor x) { return reduce_any(x > 5); }), {1}));
  EXPECT(is_close(run([](Tensor x) { return reduce_all(x > 5); }), {0}));
  EXPECT(is_close(run([](Tensor x) { return reduce_all(x > 0); }), {1}));
  EXPECT(is_close(run([](Tensor x) { return norm(x, 1); }), {std::sqrt(14), std::sqrt(77)}));
  EXPECT(is_close(run([](Tensor x) { return squeeze(expand_dims(x, -1), 2); }), matrix.values<double>()));
  EXPECT(is_close(run([](Tensor x) { return tile(x, 2); }), {3, 1, 2, 3, 1, 2, 4, 6, 5, 4, 6, 5}));
  EXPECT(is_close(run([](Tensor x) { return contract(x, x, {}, {}, 1, 1); }), {14, 28, 28, 77}));
  const Integers &several = {0, 1};
  EXPECT(is_close(run([&](Tensor x) { return sum(x, several); }), {21}));
}

static void test_others() {
  std::vector<double> shares;
  for (double row : {0., 3.})
    for (size_t i = 0; i < 3; ++i) {
      const double *x = matrix.data<double>() + static_cast<size_t>(row);
      shares.push_back(std::exp(x[i]) / (std::exp(x[0]) + std::exp(x[1]) + std::exp(x[2])));
    }
  EXPECT(is_close(run([](Tensor x) { return softmax(x, {-1}); }), shares));
  EXPECT(is_close(run([](Tensor x) { return cumsum(x, -1); }), {3, 4, 6, 4, 10, 15}));
  EXPECT(is_close(run([](Tensor x) { return reverse(x, {-1}); }), {2, 1, 3, 5, 6, 4}));
  EXPECT(is_close(run([](Tensor x) { return concatenate({x, x}, -1); }), {3, 1, 2, 3, 1, 2, 4, 6, 5, 4, 6, 5}));
  EXPECT(is_close(run([](Tensor x) { return top_k(x, -1, 1)[0]; }), {3, 6}));
}

/// What says the type of its result.
static void test_results() {
  auto body = [](Tensor x) { return x + iota(-1, spec<double>(2, 3)) + broadcast(iota(0, spec<double>(2)), {-2}, spec<double>(2, 3)); };
  EXPECT(is_close(function("f", body, spec<double>(2, 3))(matrix), {3, 2, 4, 5, 8, 8}));
  EXPECT(is_close(body(tensor(matrix)).array(), {3, 2, 4, 5, 8, 8}));
  // Windows of 2 of the last dimension, and back: what two have counts twice.
  auto windows = [](Tensor x) { return overlap_add(unfold(x, {-1}, {2}, {1}, {1}), {-1}, {3}, {1}, {1}); };
  EXPECT(is_close(function("f", windows, spec<double>(2, 3))(matrix), {3, 2, 2, 4, 12, 5}));
}

int main() {
  test_reductions();
  test_lists();
  test_others();
  test_results();
  Tensor row = tensor({1.0, 2.0, 3.0});
  // CHECK: dimensions.cpp:[[#@LINE + 1]]: error: x[i] takes one integer, and a float is given; round it
  expect_error([&] { row[1.5]; });
  // CHECK: dimensions.cpp:[[#@LINE + 1]]: error: x[i] takes one integer, and a boolean is given
  expect_error([&] { row[true]; });
  // CHECK: dimensions.cpp:[[#@LINE + 1]]: error: x[i] takes one integer, and a tensor of f64 is given; convert(i, DType::int64) drops fractions
  expect_error([&] { row[tensor(1.0)]; });
  // CHECK: dimensions.cpp:[[#@LINE + 1]]: error: x[i] takes one integer, and a tensor of 3xi1 is given; select(i, x, 0) keeps what is true
  expect_error([&] { row[row > 1]; });
  // CHECK: dimensions.cpp:[[#@LINE + 1]]: error: x[i] takes one integer, and a tensor of 2xi32 is given; take(x, i) is the parts at several
  expect_error([&] { function("f", [](Tensor x, Tensor i) { return x[i]; }, spec<float>(3), spec<int32_t>(2)); });
  // CHECK: dimensions.cpp:[[#@LINE + 1]]: error: 'atled.add' takes numbers, and booleans are given; convert(x, DType::int64) makes them 0 and 1, and and_, or_, xor_ and not_ compute with them
  expect_error([&] { (row > 1) + (row > 2); });
  // CHECK: dimensions.cpp:[[#@LINE + 1]]: error: 'atled.neg' takes numbers, and booleans are given
  expect_error([&] { function("f", [](Tensor x) { return -x; }, spec<bool>(2)); });
  // A number is counted from the end, and a tensor is moved inside.
  EXPECT(row[-1].item<double>() == 3 && row[tensor(-1)].item<double>() == 1 && row[tensor(7)].item<double>() == 3);
  // CHECK: dimensions.cpp:[[#@LINE + 1]]: error: 'dynamic_slice' failed: an index is out of range
  expect_error([&] { checked([&] { return row[tensor(-1)]; }); });
  Tensor x = tensor(matrix);
  // CHECK: dimensions.cpp:[[#@LINE + 1]]: error: 'atled.reduce_sum' op dimension -3 is out of range: x has rank 2
  expect_error([&] { sum(x, {-3}); });
  // CHECK: dimensions.cpp:[[#@LINE + 1]]: error: 'atled.reduce_sum' op dimension 1 occurs twice
  expect_error([&] { sum(x, {1, 0, -1}); });
  // CHECK: dimensions.cpp:[[#@LINE + 1]]: error: 'atled.broadcast' op
  expect_error([&] { broadcast(x, {1, 0}, spec<double>(3, 2)); });
  // CHECK: dimensions.cpp:[[#@LINE + 1]]: error: 'atled.softmax' op dimension 2 is out of range: x has rank 2
  expect_error([&] { softmax(x, {2}); });
  // CHECK: dimensions.cpp:[[#@LINE + 1]]: error: 'atled.concatenate' op
  expect_error([&] { concatenate(Operands(), -1); });
}
