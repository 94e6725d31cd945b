//===- memory.cpp - What recording holds on to ----------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// What a sanitizer keeps of freed memory looks like a leak.
// UNSUPPORTED: sanitizers
//
// RUN: %build_cpp -O1
// RUN: %t

#include "expect.hpp"
#include <fstream>

using namespace atled;

/// The bytes of memory that the process has in use.
static int64_t get_resident() {
  int64_t all = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> all >> resident;
  return resident * 4096;
}

/// A million steps, each recorded, gone back through and dropped.
static void test_steps() {
  Tensor w = tensor({1.0, -2.0}).requires_grad(), seed = ones_like(w);
  int64_t before = 0;
  for (int i = 0; i < 1000000; ++i) {
    (w * w).backward(seed);
    if (i % 1000 == 0)
      w.zero_grad();
    if (i == 20000)
      before = get_resident();
  }
  EXPECT(get_resident() < before + (int64_t(4) << 20));
}

/// A graph that a gradient is part of is no cycle.
static void test_graphs_of_gradients() {
  int64_t before = 0;
  for (int i = 0; i < 20000; ++i) {
    Tensor x = tensor(Array::full<double>({512}, 0.5)).requires_grad();
    sum(x * x).backward(create_graph);
    if (i == 2000)
      before = get_resident();
  }
  EXPECT(get_resident() < before + (int64_t(4) << 20));
}

/// A chain of a million nodes goes back, and is freed without going back.
static void test_chain() {
  Tensor x = tensor(1.0).requires_grad();
  for (bool goes_back : {true, false}) {
    Tensor y = x;
    for (int i = 0; i < 1000000; ++i)
      y = y + 1;
    if (goes_back)
      y.backward();
  }
  EXPECT(is_close(x.grad()->array(), {1}));
}

/// What nobody reads on the way back is not kept: of a sum, neither operand.
static void test_what_is_kept() {
  Tensor x = tensor(Array::zeros<double>({1 << 20})).requires_grad();
  Tensor y = x + 1;
  int64_t before = get_resident();
  for (int i = 0; i < 20; ++i)
    y = y + 1;
  EXPECT(get_resident() < before + (int64_t(48) << 20));
  sum(y).backward();
}

int main() {
  test_steps();
  test_graphs_of_gradients();
  test_chain();
  test_what_is_kept();
}
