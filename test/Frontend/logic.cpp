//===- logic.cpp - Booleans and bits, as the operators of C++ -------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// RUN: %build_cpp
// RUN: %t | FileCheck %s
// RUN: %if gcc %{ %build_gcc %}

#include "expect.hpp"

using namespace atled;

/// Tables of truth, and bits of numbers. `T` is a tensor, or a number of C++
/// with which the former are compared.
template <class T>
static std::vector<T> compute(T a, T b, T m, T n) {
  T p = a != 0, q = b != 0;
  std::vector<T> results = {p & q, p | q, p ^ q, !p, (a != 0) & !(b != a), m & n, m | n, m ^ n, ~m, m & 6, 5 | n};
  T all = p, any = p, odd = p, bits = m;
  all &= q;
  any |= q;
  odd ^= q;
  bits &= 12;
  results.insert(results.end(), {all, any, odd, bits});
  return results;
}

int main() {
  Array a = {0, 0, 1, 1}, b = {0, 1, 0, 1}, m = {12, -1, 7, 0}, n = {10, 77, -8, 3};
  auto traced = function("logic", compute<Tensor>, spec<int>(4), spec<int>(4), spec<int>(4), spec<int>(4));
  std::vector<Array> results = traced(a, b, m, n);
  std::vector<Tensor> recorded = compute(tensor(a), tensor(b), tensor(m), tensor(n));
  for (int64_t i = 0; i < 4; ++i) {
    std::vector<int> expected = compute(a.at<int>({i}), b.at<int>({i}), m.at<int>({i}), n.at<int>({i}));
    for (size_t k = 0; k < expected.size(); ++k) {
      EXPECT(results[k].to(DType::int32).at<int>({i}) == expected[k]);
      EXPECT(recorded[k].array().to(DType::int32).at<int>({i}) == expected[k]);
    }
  }
  EXPECT(results[0].dtype() == DType::boolean && results[3].dtype() == DType::boolean && results[8].dtype() == DType::int32);
  // What C++ asks of one value.
  Tensor one = tensor(1);
  EXPECT(!(one == 0) && !!(one == 1));

  Tensor x = tensor(Array{1.5, 0.0});
  // CHECK: logic.cpp:[[#@LINE + 1]]: error: 'atled.and' op operand #0 must be tensor of i1, i8 to i64 or ui8 to ui64
  expect_error([&] { x & x; });
  // CHECK: logic.cpp:[[#@LINE + 1]]: error: `!` takes booleans, and this is a tensor of 2xf64; x == 0 is true where it is 0
  expect_error([&] { !(x + x); });
  // CHECK: a tensor that was never given a value is used
  expect_error([&] { !Tensor(); });
  // CHECK: logic.cpp:[[#@LINE + 2]]: error: this tensor's value is not known while the function is traced, and an `if`, `while` or `&&` of C++ asks for it; use atled::cond, atled::while_loop or atled::select, and `&` and `|` of booleans
  expect_error([&] {
    function("f", [](Tensor y) { return select(y > 0 && y < 1, y, 0); }, spec<double>());
  });
  // CHECK: logic.cpp:[[#@LINE + 1]]: error: an `if`, `while` or `&&` of C++ asks for one value, and this tensor of 2xi1 has another number of them; use atled::reduce_all or atled::reduce_any, and `&` and `|` of booleans
  expect_error([&] { select(x > 0 || x < -1, x, 0); });
}
