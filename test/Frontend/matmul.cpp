//===- matmul.cpp - Products of vectors, matrices and batches -------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// RUN: %build_cpp
// RUN: rm -rf %t.d && mkdir %t.d && cd %t.d && %t | FileCheck %s
//
// PyTorch's matmul has the same values and gradients.
// RUN: %if torch %{ %python %S/Inputs/matmul.py %t.d %}

#include "expect.hpp"

using namespace atled;

static Array waves(const Shape &shape, double step) {
  Array array(DType::float64, shape);
  for (int64_t i = 0; i < array.size(); ++i)
    array.data<double>()[i] = std::sin(step * i + 0.3);
  return array;
}

static Tensor multiply(Tensor x, Tensor y) { return matmul(x, y); }

/// Writes both factors, a seed, and what comes of them: of shapes that are
/// known, with every extent dynamic but for those of 1, and one by one.
static void write(const Shape &left, const Shape &right) {
  static int count = 0;
  Array x = waves(left, 0.7), y = waves(right, 1.1);
  auto without = [](Shape shape) {
    for (int64_t &extent : shape)
      extent = extent == 1 ? 1 : dynamic;
    return Spec(DType::float64, shape);
  };
  auto fixed = function("fixed", multiply, Spec(DType::float64, left), Spec(DType::float64, right));
  auto any = function("any", multiply, without(left), without(right));
  Array seed = waves(fixed(x, y).shape(), 0.4);
  auto [value, dx, dy] = vjp(fixed)(x, y, seed);
  std::string name = std::to_string(count++) + ".npz";
  save_npz(name, std::map<std::string, Array>{{"x", x}, {"y", y}, {"seed", seed}, {"value", value}, {"dx", dx}, {"dy", dy}});

  auto [other, other_dx, other_dy] = vjp(any)(x, y, seed);
  EXPECT(other.shape() == value.shape() && is_close(other, value.values<double>()));
  EXPECT(is_close(other_dx, dx.values<double>()) && is_close(other_dy, dy.values<double>()));

  Tensor u = tensor(x).requires_grad(), v = tensor(y).requires_grad(), product = matmul(u, v);
  product.backward(tensor(seed));
  EXPECT(is_close(product.array(), value.values<double>()));
  EXPECT(is_close(u.grad()->array(), dx.values<double>()) && is_close(v.grad()->array(), dy.values<double>()));
}

int main() {
  write({3}, {3});
  write({3}, {3, 4});
  write({2, 3}, {3});
  write({2, 3}, {3, 4});
  write({5, 2, 3}, {3});
  write({3}, {5, 3, 4});
  write({5, 2, 3}, {5, 3, 4});
  write({5, 2, 3}, {3, 4});
  write({2, 3}, {5, 3, 4});
  write({6, 1, 2, 3}, {5, 3, 4});
  write({1, 5, 2, 3}, {6, 1, 3, 4});
  write({1, 2, 3}, {1, 3, 4});
  write({5, 1, 1}, {5, 1, 4});
  write({0, 2, 3}, {3, 4});
  write({5, 2, 0}, {5, 0, 4});

  // Types come together, and half precision is added up in f32: in f16 it would stay at 2048.
  EXPECT(matmul(tensor(Array::ones<float>({2, 3})), tensor(Array{1., 2., 3.})).dtype() == DType::float64);
  Tensor ones = ones_like(tensor(Array::zeros<float>({4096}).to(DType::float16)));
  EXPECT(matmul(ones, ones).item<float>() == 4096);

  // A dynamic extent is not repeated.
  auto row = function("f", multiply, spec<double>(dynamic, dynamic, dynamic), spec<double>(1, 4));
  EXPECT((row(waves({5, 2, 1}, 0.7), waves({1, 4}, 1.1)).shape() == Shape{5, 2, 4}));
  auto column = function("g", multiply, spec<double>(5, 2, 1), spec<double>(dynamic));
  EXPECT((column(waves({5, 2, 1}, 0.7), {2.}).shape() == Shape{5, 2}));
  // CHECK: matmul.cpp:[[#@LINE + 2]]: error: the shapes of the arguments of 'f' do not fit together: dimension 2 of 'in0' is 3
  // CHECK-NEXT: matmul.cpp:{{[0-9]+}}: note: it has to be 1 here
  expect_error([&] { row(waves({5, 2, 3}, 0.7), waves({1, 4}, 1.1)); });
  // CHECK: matmul.cpp:[[#@LINE + 1]]: error: the shapes of the arguments of 'g' do not fit together: dimension 0 of 'in1' is 2
  expect_error([&] { column(waves({5, 2, 1}, 0.7), {2., 3.}); });

  auto ones_of = [](const Shape &shape) { return tensor(Array::ones<float>(shape)); };
  // CHECK: matmul.cpp:[[#@LINE + 1]]: error: matmul contracts dimensions of different size: dimension 2 of lhs, a tensor of 2x3x8xf32, is 8, and dimension 0 of rhs, a tensor of 5x4xf32, 5
  expect_error([&] { matmul(ones_of({2, 3, 8}), ones_of({5, 4})); });
  // CHECK: matmul.cpp:[[#@LINE + 1]]: error: matmul contracts dimensions of different size: dimension 0 of lhs, a tensor of 1xf32, is 1, and dimension 0 of rhs, a tensor of 5xf32, 5
  expect_error([&] { matmul(ones_of({1}), ones_of({5})); });
  // CHECK: matmul.cpp:[[#@LINE + 1]]: error: matmul multiplies batches that do not broadcast: dimension -3 of lhs, a tensor of 2x3x8xf32, is 2, and of rhs, a tensor of 6x4x8x5xf32, 4
  expect_error([&] { matmul(ones_of({2, 3, 8}), ones_of({6, 4, 8, 5})); });
  // CHECK: matmul.cpp:[[#@LINE + 1]]: error: matmul multiplies vectors, matrices and batches of them: rhs is a tensor of f32; * multiplies by a number
  expect_error([&] { matmul(ones_of({2, 3}), ones_of({})); });
  // CHECK: matmul.cpp:[[#@LINE + 1]]: error: a tensor that was never given a value is used
  expect_error([&] { matmul(ones_of({3}), Tensor()); });
  // CHECK: matmul.cpp:[[#@LINE + 1]]: error: 'atled.matmul' op contracts dimensions of different size: lhs dim 1 is 3, rhs dim 0 is 4
  expect_error([&] { matmul(ones_of({2, 3}), ones_of({4, 2})); });
}
