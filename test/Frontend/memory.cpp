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
}
