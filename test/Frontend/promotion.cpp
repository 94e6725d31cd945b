//===- promotion.cpp - Element types come together as in NumPy ------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Prints what each two element types become, a line for each; NumPy says what
// they should.
//
// RUN: %build_cpp
// RUN: %t > %t.txt
// RUN: %if torch %{ %python %S/Inputs/promotion.py < %t.txt %}
//
// What NumPy does not have.
// RUN: FileCheck %s < %t.txt
// CHECK-DAG: bf16 f16 f32
// CHECK-DAG: bf16 i8 bf16
// CHECK-DAG: i16 bf16 f32
// CHECK-DAG: bf16 f64 f64
// CHECK-DAG: bf16 integer bf16
// CHECK-DAG: bf16 real bf16

#include "expect.hpp"

using namespace atled;

/// The type that `maximum` gives to both. It takes numbers, no booleans, so
/// that is `select`'s part.
template <class Other>
static void print(DType lhs, const std::string &name, Other other) {
  function(
      "f",
      [&](Tensor x, Tensor y) {
        Tensor z = select(true, x, other(y));
        std::cout << name_of(lhs) << " " << name << " " << name_of(z.dtype())
                  << "\n";
        return z;
      },
      Spec(lhs, {}), Spec(lhs, {}));
}

int main() {
  for (int i = 0; i <= static_cast<int>(DType::float64); ++i) {
    auto lhs = static_cast<DType>(i);
    for (int k = 0; k <= static_cast<int>(DType::float64); ++k) {
      auto rhs = static_cast<DType>(k);
      print(lhs, name_of(rhs), [&](Tensor y) { return convert(y, rhs); });
    }
    print(lhs, "integer", [](Tensor) { return 3; });
    print(lhs, "real", [](Tensor) { return 0.5; });
  }
}
