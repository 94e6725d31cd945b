//===- end-of-thread.cpp - Destructors that compute -----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// What is static or thread_local is destroyed when much of MLIR and LLVM is
// gone. What has been compiled runs there; to compile more is an error.
//
// RUN: %build_cpp -pthread
// RUN: %t | FileCheck %s
// RUN: %if gcc %{ %build_gcc -pthread && %t.gcc | FileCheck %s %}

#include "expect.hpp"
#include <thread>

using namespace atled;

namespace {
struct Saver {
  const char *name;
  Array x = {1.0, 2.0};

  void touch() const { EXPECT(*name); }
  ~Saver() {
    Tensor total = sum(tensor(x));
    EXPECT(total.item<double>() == 3);
    std::cout << name << " " << total << "\n";
    expect_error([&] { norm(tensor(x)); });
    expect_error([&] { function("f", [](Tensor y) { return y; }, spec<double>(2)); });
  }
};
} // namespace

static auto square = function("square", [](Tensor x) { return x * x; }, spec<double>());

/// Calls a function that was traced, and never compiled.
struct Caller {
  ~Caller() { expect_error([] { square(Array(2.0)); }); }
};

static Caller caller;
static Saver global{"static"};
static thread_local Saver before{"before"}, between{"between"};

int main() {
  static Saver local{"local"};
  Tensor total = sum(tensor({1.0, 2.0}));
  EXPECT(total.item<double>() == 3);

  // CHECK: between 3.0
  // CHECK-NEXT: end-of-thread.cpp:31: error: nothing can be traced or compiled here any more: the thread is at its end; what it destroys there can call what has been compiled before
  // CHECK-NEXT: end-of-thread.cpp:32: error: nothing can be traced or compiled here any more
  // CHECK-NEXT: before 3.0
  // CHECK-NEXT: end-of-thread.cpp:31: error
  // CHECK-NEXT: end-of-thread.cpp:32: error
  std::thread([] {
    before.touch();
    // What a thread keeps for tracing and for compiling is made one by one.
    auto twice = function("twice", [](Tensor x) { return 2 * x; }, spec<double>());
    between.touch();
    EXPECT(is_close(twice(Array(3.0)), {6}));
  }).join();

  // CHECK-NEXT: end of main
  std::cout << "end of main\n";
  // CHECK-NEXT: local 3.0
  // CHECK-NEXT: end-of-thread.cpp:31: error
  // CHECK-NEXT: end-of-thread.cpp:32: error
  // CHECK-NEXT: static 3.0
  // CHECK-NEXT: end-of-thread.cpp:31: error
  // CHECK-NEXT: end-of-thread.cpp:32: error
  // CHECK-NEXT: end-of-thread.cpp:41: error
}
