//===- trace.cpp - The program that C++ becomes ---------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// RUN: %build_cpp
// RUN: %t | FileCheck %s
//
// What is printed is a program for the tools.
// RUN: %t text > %t.mlir
// RUN: atled-run %t.mlir --grad=scaled --input=3xf64=1,2,3 | FileCheck %s --check-prefix=TOOL
// TOOL: [2.0, 4.0, 6.0]

#include "expect.hpp"

using namespace atled;

int main(int argc, char **) {
  auto scaled = function(
      "scaled", [](Tensor x) { return sum(x * x); },
      spec<double>(3).named("x"));
  if (argc > 1) {
    std::cout << scaled.mlir();
    return 0;
  }

  // Names; a number takes the type of the tensor; a shape is repeated.
  //      CHECK: func.func @layer(%[[W:.*]]: tensor<3x2xf32> {atled.name = "w"},
  // CHECK-SAME:     %[[B:.*]]: tensor<2xf32>) -> (tensor<3x2xf32> {atled.name = "y"})
  // CHECK-NEXT:   %[[TWO:.*]] = atled.constant dense<2.000000e+00> : tensor<3x2xf32>
  // CHECK-NEXT:   %[[TWICE:.*]] = atled.mul %[[TWO]], %[[W]] : tensor<3x2xf32>
  // CHECK-NEXT:   %[[ROWS:.*]] = atled.broadcast %[[B]] dimensions = [1] : tensor<2xf32> -> tensor<3x2xf32>
  // CHECK-NEXT: %[[SUM:.*]] = atled.sub %[[TWICE]], %[[ROWS]] : tensor<3x2xf32>
  // CHECK-NEXT:   %[[Y:.*]] = atled.neg %[[SUM]] : tensor<3x2xf32>
  // CHECK-NEXT:   return %[[Y]] : tensor<3x2xf32>
  std::cout << function(
                   "layer",
                   [](Tensor w, Tensor b) { return (-(2 * w - b)).named("y"); },
                   spec<float>(3, 2).named("w"), spec<float>(2))
                   .mlir();

  // Both operands grow, and both change their type.
  // CHECK-LABEL: func.func @both
  // CHECK-NEXT: %[[LHS:.*]] = atled.convert %{{.*}} : tensor<4x1xi32> to tensor<4x1xf64>
  // CHECK-NEXT: %[[COLUMNS:.*]] = atled.broadcast %[[LHS]] dimensions = [0, 1] : tensor<4x1xf64> -> tensor<4x3xf64>
  // CHECK-NEXT: %[[RHS:.*]] = atled.convert %{{.*}} : tensor<3xf32> to tensor<3xf64>
  // CHECK-NEXT: %[[ROWS:.*]] = atled.broadcast %[[RHS]] dimensions = [1] : tensor<3xf64> -> tensor<4x3xf64>
  // CHECK-NEXT: atled.compare lt, %[[COLUMNS]], %[[ROWS]] : tensor<4x3xf64>
  std::cout << function(
                   "both", [](Tensor x, Tensor y) { return x < y; },
                   spec<int32_t>(4, 1), spec<float>(3))
                   .mlir();

  // A literal bound is no variable: the derivative is that of relu. A condition
  // stays a boolean, and what it chooses from is brought together.
  // CHECK-LABEL: func.func @bounds
  // CHECK: atled.maximum %{{.*}}, %{{.*}} tie = zero : tensor<3xf32>
  // CHECK: atled.minimum %{{.*}}, %{{.*}} : tensor<3xf32>
  // CHECK: atled.maximum %{{.*}}, %{{.*}} tie = first : tensor<3xf32>
  // CHECK: %[[P:.*]] = atled.broadcast %{{.*}} dimensions = [] : tensor<i1> -> tensor<3xi1>
  // CHECK: atled.select %[[P]], %{{.*}}, %{{.*}} : tensor<3xi1>, tensor<3xf32>
  std::cout << function(
                   "bounds",
                   [](Tensor x, Tensor p) {
                     Tensor y = minimum(maximum(x, 0), x);
                     y = maximum(y, 1.0, Tie::first);
                     return select(p, y, 0);
                   },
                   spec<float>(3), spec<bool>())
                   .mlir();

  // An operation of floats takes integers, an index is one without a size, and
  // a constant of the program's own has its elements.
  // CHECK-LABEL: func.func @kinds
  // CHECK: %[[F:.*]] = atled.convert %{{.*}} : tensor<2x2xi16> to tensor<2x2xf32>
  // CHECK: atled.exp %[[F]] : tensor<2x2xf32>
  // CHECK: %[[I:.*]] = atled.constant dense<1> : tensor<i64>
  // CHECK: atled.dynamic_slice %{{.*}}[%{{.*}}, %[[I]]] sizes = [1, 1] out_of_range = clamp
  // CHECK-SAME: (tensor<2x2xf32>, tensor<i64>, tensor<i64>) -> tensor<1x1xf32>
  // CHECK: atled.constant dense<{{\[\[}}true], [false]]> : tensor<2x1xi1>
  // CHECK: ad.detach %{{.*}} : tensor<1x1xf32>
  std::cout << function(
                   "kinds",
                   [](Tensor x, Tensor i) {
                     Tensor y = exp(x);
                     y = dynamic_slice(y, {i, 1}, {1, 1}, OutOfRange::clamp);
                     Tensor p = constant(Array({{true}, {false}}));
                     return select(p, detach(y), y);
                   },
                   spec<int16_t>(2, 2), spec<int64_t>())
                   .mlir();

  // The ways to say more with less.
  // CHECK-LABEL: func.func @shapes
  // CHECK: atled.reshape %{{.*}} : tensor<2x3xf32> -> tensor<6xf32>
  // CHECK: atled.transpose %{{.*}} permutation = [1, 0] : tensor<2x3xf32> -> tensor<3x2xf32>
  // CHECK: atled.broadcast %{{.*}} dimensions = [1, 2] : tensor<2x3xf32> -> tensor<4x2x3xf32>
  // CHECK: atled.convert %{{.*}} : tensor<2x3xf32> to tensor<2x3xbf16>
  // CHECK: atled.concatenate %{{.*}}, %{{.*}} dimension = 0 : (tensor<6xf32>, tensor<6xf32>) -> tensor<12xf32>
  std::cout << function(
                   "shapes",
                   [](Tensor x) {
                     Tensor y = reshape(x, {6});
                     transpose(x);
                     broadcast_to(x, {4, 2, 3});
                     convert(x, DType::bfloat16);
                     return concatenate({y, y}, 0);
                   },
                   spec<float>(2, 3))
                   .mlir();

  // Attributes in the order and by the names of the reference: choices, text, several lists; what may be left out is.
  // CHECK-LABEL: func.func @attributes
  // CHECK: %[[ROWS:.*]] = atled.gather %{{.*}}[%{{.*}}] sizes = [1, 8] offset = [1] collapsed = [0] indexed = [0] vector = 1
  // CHECK: atled.scatter add, %[[ROWS]] into %{{.*}}[%{{.*}}] offset = [1] collapsed = [0] indexed = [0] vector = 1
  // CHECK: atled.iota dimension = 1 : tensor<2x3xi32>
  // CHECK: atled.convolution %{{.*}}, %{{.*}} "b0g" x "g0" -> "b0g" strides = [1]
  // CHECK-SAME: -> tensor<2x32x8xf32>
  // CHECK: atled.argmax %{{.*}} dimension = 1 : tensor<100x8xf32> -> tensor<100xi32>
  std::cout << function("attributes",
                        [](Tensor table, Tensor i, Tensor u, Tensor v) {
                          Tensor rows = gather(table, i, {1, 8}, {1}, {0}, {0}, 1);
                          scatter(table, i, rows, ScatterMode::add, {1}, {0}, {0}, 1);
                          iota(1, spec<int32_t>(2, 3));
                          convolution(u, v, "b0g", "g0", "b0g", {1}, {1}, {1}, {1}, {1});
                          return argmax(table, 1);
                        },
                        spec<float>(100, 8), spec<int32_t>(4), spec<float>(2, 32, 8), spec<float>(8, 3))
                   .mlir();
}
