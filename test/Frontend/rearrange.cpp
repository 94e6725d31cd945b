//===- rearrange.cpp - split, tile, squeeze, expand_dims ------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// RUN: %build_cpp
// RUN: %t

#include "expect.hpp"

using namespace atled;

static const Array matrix = {{0.0, 1.0, 2.0}, {3.0, 4.0, 5.0}};

/// A function of the matrix, and what becomes of it.
template <class Body>
static Array run(Body body) {
  return function("f", body, spec<double>(2, 3))(matrix);
}
/// What travels back of a seed of 0, 1, 2, ...
template <class Body>
static Array pull(Body body) {
  auto f = function("f", body, spec<double>(2, 3));
  Array seed = f(matrix);
  for (int64_t i = 0; i < seed.size(); ++i)
    seed.data<double>()[i] = static_cast<double>(i);
  auto [value, cotangent] = vjp(f)(matrix, seed);
  return cotangent;
}

/// One extent is what the others leave, also where only a call says these.
static void test_reshape() {
  auto columns = [](Tensor x) { return reshape(x, {-1, 2}); };
  EXPECT(run(columns).shape() == Shape({3, 2}) &&
         is_close(run(columns), {0, 1, 2, 3, 4, 5}));
  EXPECT(is_close(pull(columns), {0, 1, 2, 3, 4, 5}));
  EXPECT(reshape(tensor(matrix), {-1}).shape() == Shape{6});
  auto rows = [](Tensor x) { return sum(reshape(x, {-1, 2}), 0); };
  auto any = function("any", rows, spec<double>(dynamic, 3));
  EXPECT(is_close(any(matrix), {6, 9}));
  EXPECT(is_close(any(Array::ones<double>({4, 3})), {6, 6}));
}

/// Booleans are counted.
static void test_booleans() {
  Array count = run([](Tensor x) { return sum(x > 1, 0); });
  EXPECT(count.dtype() == DType::int64 && is_close(count, {1, 1, 2}));
  EXPECT(is_close(run([](Tensor x) { return sum(x > 1); }), {4}));
  EXPECT(is_close(run([](Tensor x) { return mean(x > 1); }), {4. / 6}));
  EXPECT(is_close((tensor(matrix) > 1).mean().array(), {4. / 6}));
}

static void test_split() {
  auto rows = [](Tensor x) {
    std::vector<Tensor> parts = split(x, 2);
    return parts[1] - 10 * parts[0];
  };
  EXPECT(is_close(run(rows), {3, -6, -15}) &&
         run(rows).shape() == Shape({1, 3}));
  EXPECT(is_close(pull(rows), {0, -10, -20, 0, 1, 2}));
  auto sizes = [](Tensor x) { return split(x, {1, 0, 2}, -1)[2]; };
  EXPECT(is_close(run(sizes), {1, 2, 4, 5}));
  EXPECT(is_close(pull(sizes), {0, 0, 1, 0, 2, 3}));
  // A list of one is a size, not a number of parts.
  EXPECT(is_close(run([](Tensor x) { return split(x, {2})[0]; }),
                  {0, 1, 2, 3, 4, 5}));
}

static void test_tile() {
  auto both = [](Tensor x) { return tile(x, {2, 2}); };
  EXPECT(run(both).shape() == Shape({4, 6}));
  EXPECT(is_close(run(both), {0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5,
                              0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5}));
  EXPECT(is_close(pull(both),
                  {0 + 3 + 12 + 15, 1 + 4 + 13 + 16, 2 + 5 + 14 + 17,
                   6 + 9 + 18 + 21, 7 + 10 + 19 + 22, 8 + 11 + 20 + 23}));
  // Repeats and shapes of different lengths.
  EXPECT(is_close(run([](Tensor x) { return tile(x, {2}); }),
                  {0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5}));
  auto stacked = [](Tensor x) { return tile(x, {2, 1, 1}); };
  EXPECT(run(stacked).shape() == Shape({2, 2, 3}));
  EXPECT(is_close(pull(stacked), {6, 8, 10, 12, 14, 16}));
  EXPECT(run([](Tensor x) { return tile(x, {0, 1}); }).shape() ==
         Shape({0, 3}));
}

static void test_squeeze_and_expand() {
  auto shape_of = [](auto body) { return run(body).shape(); };
  EXPECT(shape_of([](Tensor x) { return expand_dims(x, 0); }) ==
         Shape({1, 2, 3}));
  EXPECT(shape_of([](Tensor x) { return expand_dims(x, -1); }) ==
         Shape({2, 3, 1}));
  EXPECT(shape_of([](Tensor x) { return expand_dims(x, {0, 2, -1}); }) ==
         Shape({1, 2, 1, 3, 1}));
  EXPECT(shape_of([](Tensor x) {
           return squeeze(expand_dims(x, {0, 2, -1}), {2, -1});
         }) == Shape({1, 2, 3}));
  auto back = [](Tensor x) { return squeeze(expand_dims(x, {0, 3})) * 2; };
  EXPECT(shape_of(back) == Shape({2, 3}));
  EXPECT(is_close(pull(back), {0, 2, 4, 6, 8, 10}));
}

int main() {
  test_reshape();
  test_booleans();
  test_split();
  test_tile();
  test_squeeze_and_expand();
}
