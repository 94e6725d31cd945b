//===- indexing.cpp - Elements by their place, in order, at random --------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// RUN: %build_cpp
// RUN: %t
// RUN: not %t dimension 2>&1 | FileCheck %s --check-prefix=DIMENSION
// RUN: not %t number 2>&1 | FileCheck %s --check-prefix=NUMBER

#include "expect.hpp"

using namespace atled;

int main(int argc, char **argv) try {
  std::string wrong = argc > 1 ? argv[1] : "";
  if (wrong == "dimension") {
    // DIMENSION: indexing.cpp:[[@LINE+1]]: error: a tensor of 2x3xf64 has no dimension 2
    function("f", [](Tensor x) { return sort(x, 2); }, spec<double>(2, 3));
  } else if (wrong == "number") {
    // NUMBER: indexing.cpp:[[@LINE+1]]: error: 'atled.sort' op takes tensors of one shape
    function("f", [](Tensor x) { return sort({x, 1}, 0)[0]; }, spec<double>(3));
  }

  // From the least to the greatest along the last dimension, and the other way.
  auto sorted = function("sorted", [](Tensor x) {
    return std::tuple(sort(x), argsort(x), sort(x, 0, true), argsort(x, 0, true));
  }, spec<double>(2, 3));
  auto [up, places, down, rows] = sorted(Array{{3.0, 1.0, 2.0}, {0.0, 5.0, 4.0}});
  EXPECT(is_close(up, {1, 2, 3, 0, 4, 5}));
  EXPECT(is_close(places, {1, 2, 0, 0, 2, 1}));
  EXPECT(is_close(down, {3, 5, 4, 0, 1, 2}));
  EXPECT(is_close(rows, {0, 1, 1, 1, 0, 0}));

  // Each of several tensors keeps its element type.
  auto pairs = function("pairs", [](Tensor k, Tensor x) {
    std::vector<Tensor> r = sort({k, x}, 0);
    return std::tuple(r[0], r[1], r[2]);
  }, spec<int8_t>(3), spec<float>(3));
  auto [keys, values, order] = pairs(Array{int8_t(2), int8_t(-1), int8_t(0)}, Array{0.5f, 1.5f, 2.5f});
  EXPECT(keys.dtype() == DType::int8 && is_close(keys, {-1, 0, 2}));
  EXPECT(values.dtype() == DType::float32 && is_close(values, {1.5, 2.5, 0.5}));
  EXPECT(is_close(order, {1, 2, 0}));

  // A list of one is a list.
  auto only = function("only", [](Tensor x) {
    return std::tuple(sort({x}, 0)[0], sort(std::vector{x}, 0)[1], sort({x}, 0, std::nullopt, true)[0]);
  }, spec<double>(3));
  auto [rising, from, falling] = only(Array{3.0, 1.0, 2.0});
  EXPECT(is_close(rising, {1, 2, 3}) && is_close(from, {1, 2, 0}) && is_close(falling, {3, 2, 1}));

  auto best = function("best", [](Tensor x) {
    auto [greatest, where] = top_k(x, 0, 2);
    return std::tuple(greatest, where, searchsorted(sort(x), 1.5));
  }, spec<double>(4));
  auto [greatest, where, between] = best(Array{1.0, 3.0, 2.0, 3.0});
  EXPECT(is_close(greatest, {3, 3}) && is_close(where, {1, 3}) && is_close(between, {1}));

  // Rows and columns; what is out of range is moved inside, or dropped.
  auto taken = function("taken", [](Tensor x, Tensor i) {
    return std::tuple(take(x, i), take(x, i, -1), take(x, i, 0, OutOfRange::drop),
                      take_along_dimension(x, argsort(x), 1), one_hot(i, 3));
  }, spec<double>(2, 3), spec<int32_t>(2));
  auto [parts, columns, dropped, along, hot] = taken(Array{{3.0, 1.0, 2.0}, {0.0, 5.0, 4.0}}, Array{1, 2});
  EXPECT(is_close(parts, {0, 5, 4, 0, 5, 4}));
  EXPECT(columns.shape() == Shape({2, 2}) && is_close(columns, {1, 2, 5, 4}));
  EXPECT(is_close(dropped, {0, 5, 4, 0, 0, 0}));
  EXPECT(is_close(along, {1, 2, 3, 0, 4, 5}));
  EXPECT(hot.dtype() == DType::float32 && is_close(hot, {0, 1, 0, 0, 0, 1}));

  // A place that does not fit the indices' type is no place.
  auto far = function("far", [](Tensor i) { return sum(one_hot(i, 300, DType::float64)); }, spec<uint8_t>(1));
  EXPECT(is_close(far(Array{uint8_t(2)}), {1}));

  // A median, and its gradient.
  auto median = value_and_grad(function("median", [](Tensor x) {
    return reshape(take(sort(x), constant(Array{1})), Shape());
  }, spec<double>(3)));
  auto [middle, slope] = median(Array{7.0, -1.0, 2.0});
  EXPECT(is_close(middle, {2}) && is_close(slope, {0, 0, 1}));

  // Keys of the same seed are the same, those made of one are not.
  auto draw = function("draw", [](Tensor key) {
    Tensor keys = split_key(key, 2);
    Tensor same = random_key((uint64_t(7) << 32) + 5);
    return std::tuple(random_bits(key, spec<uint64_t>(4)) == random_bits(same, spec<uint64_t>(4)),
                      random_bits(keys[0], spec<uint64_t>(4)) == random_bits(keys[1], spec<uint64_t>(4)),
                      keys[1] == fold_in(key, 1));
  }, key_spec());
  auto [same, other, folded] = draw(Array{7u, 5u});
  EXPECT(is_close(same, {1, 1, 1, 1}) && is_close(other, {0, 0, 0, 0}) && is_close(folded, {1, 1}));

  // Means over many draws, and what a mean, a deviation and bounds have as derivative.
  auto means = function("means", [](Tensor a, Tensor b) {
    Tensor keys = split_key(random_key(3), 3);
    int64_t n = 10000;
    return mean(uniform(keys[0], spec<float>(n), a, b)) + mean(normal(keys[1], spec<float>(n), a, 0.001)) +
           mean(convert(bernoulli(keys[2], {n}, 0.25), DType::float32));
  }, spec<float>(), spec<float>());
  auto [mean_of_all, da, db] = value_and_grad(means)(Array(1.0f), Array(3.0f));
  // The deviation of the mean of n: of what is even sqrt(1 / 3 n), of what is true sqrt(0.1875 / n); five of them.
  EXPECT(is_close(mean_of_all, {2 + 1 + 0.25}, 0.05 / 3.25));
  EXPECT(is_close(da, {1.5}, 0.015) && is_close(db, {0.5}, 0.015));
  return 0;
} catch (const Error &error) {
  std::cerr << error.what() << "\n";
  return 1;
}
