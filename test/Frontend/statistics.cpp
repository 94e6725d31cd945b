//===- statistics.cpp - Means of what is narrow or whole ------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// Means and variances of integers are f64, those of f16 and bf16 are added in
// f32, whether a size is known or not. Where a sum in the element's own type
// would overflow or lose digits, the numbers are simple ones.
//
// RUN: %build_cpp
// RUN: %t
// RUN: %if gcc %{ %build_gcc && %t.gcc %}

#include "expect.hpp"
#include <limits>

using namespace atled;

/// What `body` makes of `x` at once, in a function, and where a call says the
/// size.
template <class Body>
static void expect_value(const Array &x, Body body, DType dtype, double value) {
  Spec known(x.dtype(), x.shape()), unknown(x.dtype(), {dynamic});
  for (const Array &result : {body(tensor(x)).array(), function("f", body, known)(x), function("f", body, unknown)(x)}) {
    EXPECT(result.dtype() == dtype);
    EXPECT(is_close(result, {value}));
  }
}

static void expect_statistics(const Array &x, DType dtype, double average, double spread) {
  expect_value(x, [](Tensor y) { return mean(y); }, dtype, average);
  expect_value(x, [](Tensor y) { return mean(y, 0); }, dtype, average);
  expect_value(x, [](Tensor y) { return y.mean(); }, dtype, average);
  expect_value(x, [](Tensor y) { return variance(y, 0); }, dtype, spread);
}

template <class T>
static Array full(size_t count, T value) {
  return Array::full<T>({static_cast<int64_t>(count)}, value);
}

int main() {
  DType f64 = DType::float64;
  expect_statistics(full<uint8_t>(3, 201), f64, 201, 0);
  expect_statistics(Array{int8_t(-128), int8_t(-128), int8_t(127), int8_t(127)}, f64, -0.5, 127.5 * 127.5);
  expect_statistics(Array{int16_t(1), int16_t(2)}, f64, 1.5, 0.25);
  expect_statistics(full<int32_t>(2, std::numeric_limits<int32_t>::max()), f64, 2147483647, 0);
  expect_statistics(full<uint64_t>(4, uint64_t(1) << 63), f64, 9223372036854775808.0, 0);
  expect_statistics(Array{true, false, true, true}, f64, 0.75, 0.1875);
  expect_statistics(full<float>(4, 40000).to(DType::float16), DType::float16, 40000, 0);
  expect_statistics(full<float>(4099, 3).to(DType::bfloat16), DType::bfloat16, 3, 0);
  expect_statistics(Array{1.f, 2.f, 6.f, 7.f}, DType::float32, 4, 6.5);
  EXPECT(is_close(function("f", [](Tensor x) { return variance(x, {0}, 1); }, spec<int8_t>(2))(Array{int8_t(1), int8_t(4)}), {4.5}));

  // 2^17 elements in f16, whose greatest number is 65504.
  Tensor x = tensor(full<float>(1 << 17, 1).to(DType::float16)).requires_grad();
  mean(x).backward();
  EXPECT(x.grad()->dtype() == DType::float16);
  EXPECT(is_close(x.grad()->array(), std::vector<double>(1 << 17, std::ldexp(1, -17))));
}
