//===- memory.cpp - What is said where there is none ----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// The address sanitizer ends a program that asks for too much.
// UNSUPPORTED: sanitizers
//
// RUN: %build_cpp
// RUN: %t | FileCheck %s

#include "expect.hpp"

using namespace atled;

int main() {
  // CHECK: memory.cpp:[[#@LINE + 1]]: error: there is not enough memory for an array of 1099511627776x65536xf64
  expect_error([&] { Array::zeros<double>({int64_t(1) << 40, 1 << 16}); });

  const Shape huge{int64_t(1) << 22, int64_t(1) << 32};
  // CHECK: memory.cpp:[[#@LINE + 1]]: error: there is not enough memory for an array of 4194304x4294967296xf32
  expect_error([&] { function("f", [&](Tensor x) { return broadcast_to(x, huge); }, spec<float>())(Array(1.0f)); });
  // CHECK: memory.cpp:[[#@LINE + 1]]: error: 'f' failed: there is not enough memory for the workspace, which has {{[0-9]+}} bytes
  expect_error([&] { function("f", [&](Tensor x) { return sum(cumsum(broadcast_to(x, huge), 0)); }, spec<float>())(Array(1.0f)); });
}
