//===- threads.cpp - Several threads record at once -----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// RUN: %build_cpp -pthread
// RUN: %t

#include "expect.hpp"
#include <thread>

using namespace atled;

/// Graphs of their own, on one weight and on the same kernels.
int main() {
  Tensor w = tensor({1.0, 2.0, 3.0}).requires_grad();
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 6; ++thread)
    threads.emplace_back([&w, thread] {
      for (int i = 0; i < 300; ++i) {
        Tensor x = tensor(Array::full<double>({3}, thread + 1.0)).requires_grad();
        Tensor y = w * x;
        for (int k = 0; k <= thread; ++k)
          y = y + w * x;
        sum(y).backward();
        double uses = thread + 2;
        EXPECT(is_close(x.grad()->array(), {uses, 2 * uses, 3 * uses}));
        std::string message;
        try {
          x + constant(Array::zeros<double>({thread + 4}));
        } catch (const Error &error) {
          message = error.what();
        }
        EXPECT(message.find("(" + std::to_string(thread + 4) + ")") != std::string::npos);
        // A pause is each thread's own.
        if (i % 2)
          no_grad([&] { EXPECT(!(w * x).grad()); return x; });
      }
    });
  for (std::thread &thread : threads)
    thread.join();
  // 300 times the sum of (thread + 1) (thread + 2).
  double expected = 300 * (2 + 6 + 12 + 20 + 30 + 42);
  EXPECT(is_close(w.grad()->array(), {expected, expected, expected}));
  // One for each signature and way back, whichever thread came first; two may have come at once.
  EXPECT(compiled_functions() < 40);
}
