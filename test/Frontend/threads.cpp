//===- threads.cpp - Several threads trace, compile and call at once ------===//
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

/// Runs `body(thread)` on several threads at a time.
template <class Body>
static void run(Body body) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i)
    threads.emplace_back([&body, i] { body(i); });
  for (std::thread &thread : threads)
    thread.join();
}

/// Traces of their own, with an error in between.
static void test_traces() {
  run([](int thread) {
    for (int repeat = 0; repeat < 20; ++repeat) {
      auto f = function("f", [&](Tensor x) {
        Tensor y = x;
        for (int i = 0; i < thread; ++i)
          y = y * x;
        return sum(y);
      }, spec<double>(2));
      std::string place;
      try {
        function("g", [&](Tensor x) { return x + constant(Array::zeros<double>({thread + 3})); }, spec<double>(2));
      } catch (const Error &error) {
        place = error.what();
      }
      EXPECT(place.find("(" + std::to_string(thread + 3) + ")") != std::string::npos);
      if (repeat == 0)
        EXPECT(is_close(grad(f)({1.0, 2.0}), {thread + 1.0, (thread + 1.0) * std::pow(2, thread)}));
    }
  });
}

/// One function, which all call first; its workspaces are each call's own.
static void test_calls() {
  auto f = function("f", [](Tensor x) {
    return for_loop(0, 50, x, [](Tensor, Tensor y) { return tanh(matmul(y, y)) + y; });
  }, spec<double>(8, 8));
  auto total = function("total", [&](Tensor x) { return sum(f(x)); }, spec<double>(8, 8));
  auto slope = grad(total);
  std::vector<Array> results(6);
  auto input = [](int thread) { return Array::full<double>({8, 8}, 0.01 * thread); };
  run([&](int thread) {
    for (int repeat = 0; repeat < 50; ++repeat)
      results[thread] = slope(input(thread));
  });
  for (int thread = 0; thread < 6; ++thread)
    EXPECT(results[thread].values<double>() == slope(input(thread)).values<double>());
}

/// A tensor does not leave the thread that traces it.
static void test_foreign() {
  function("f", [](Tensor x) {
    std::string message;
    std::thread([&] {
      try {
        x + 1;
      } catch (const Error &error) {
        message = error.what();
      }
    }).join();
    EXPECT(message.find("a tensor of another trace is used") != std::string::npos);
    return x;
  }, spec<double>());
}

int main() {
  test_traces();
  test_calls();
  test_foreign();
}
