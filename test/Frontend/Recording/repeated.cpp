//===- repeated.cpp - The same way back again and again -------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// A way back that is gone a hundred times is compiled as one function. Its gradients have the bits of those before.
//
// RUN: %build_cpp -pthread
// RUN: %t

#include "expect.hpp"
#include <cstring>
#include <functional>
#include <thread>

using namespace atled;

static bool is_identical(const Array &x, const Array &y) {
  return x.dtype() == y.dtype() && x.shape() == y.shape() &&
         std::memcmp(x.raw(), y.raw(), x.size() * (x.dtype() == DType::bfloat16 ? 2 : 8)) == 0;
}

/// Goes a way back a hundred and more times, always with the same numbers, and returns the gradients of `leaves`: what
/// was compiled has the bits of what was not, and is compiled once.
static std::vector<Array> repeat(std::vector<Tensor> leaves, const std::function<void()> &record_and_go_back, int64_t compiles = 1) {
  std::vector<Array> first;
  int64_t before = 0;
  for (int i = 0; i < 110; ++i) {
    for (Tensor &leaf : leaves)
      leaf.zero_grad();
    record_and_go_back();
    if (i == 0)
      for (const Tensor &leaf : leaves)
        first.push_back(leaf.grad()->array());
    if (i == 98)
      before = compiled_functions();
    for (std::size_t k = 0; k < leaves.size(); ++k)
      EXPECT(is_identical(leaves[k].grad()->array(), first[k]));
  }
  EXPECT(compiled_functions() == before + compiles);
  return first;
}

/// A small network, with what is used several times.
static void test_network() {
  Tensor w = (randn({5, 7}, 1) * 0.3).detach().requires_grad(), b = randn({7}, 2).requires_grad();
  Tensor x = randn({4, 5}, 3);
  std::vector<Array> gradients = repeat({w, b}, [&] {
    Tensor y = tanh(matmul(x, w) + b);
    Tensor loss = sum(y * y * exp(y) / (1 + exp(y))) + 0.1 * sum(w * w) + sum(b);
    loss.backward();
  });
  // The difference along one direction.
  auto loss = [&](double step) {
    Tensor at = w.detach() + step;
    Tensor y = tanh(matmul(x, at) + b.detach());
    return (sum(y * y * exp(y) / (1 + exp(y))) + 0.1 * sum(at * at) + sum(b.detach())).item<double>();
  };
  double slope = 0;
  for (double element : gradients[0].values<double>())
    slope += element;
  EXPECT(std::abs(slope - (loss(1e-5) - loss(-1e-5)) / 2e-5) < 1e-6);
}

/// Numbers of 16 bits are added as f32 and rounded once.
static void test_narrow() {
  Tensor x = tensor(Array{1.0, 0.37}.to(DType::bfloat16)).requires_grad();
  repeat({x}, [&] {
    Tensor total = x * 3;
    for (int i = 1; i < 20; ++i)
      total = total + x * x;
    sum(total).backward();
  });
}

/// A seed, and what it needs is kept; gradients add up.
static void test_seed() {
  Tensor x = tensor({1.0, 2.0, 3.0}).requires_grad();
  Tensor seed = tensor({1.0, 10.0, 100.0});
  Tensor y = x * x * x;
  std::vector<Array> gradients = repeat({x}, [&] {
    y.backward(seed, retain_graph);
  });
  EXPECT(is_close(gradients[0], {3, 120, 2700}));
  x.zero_grad();
  for (int i = 0; i < 3; ++i)
    y.backward(seed, retain_graph);
  EXPECT(is_close(x.grad()->array(), {9, 360, 8100}));
  y.backward(seed);
  std::string said;
  try {
    y.backward(seed);
  } catch (const Error &error) {
    said = error.what();
  }
  EXPECT(said.find("backward() has gone this way before") != std::string::npos);
}

/// A result that nobody uses, and an input whose handle is gone.
static void test_loose_ends() {
  auto both = function("both", [](Tensor x) { return std::pair(x * x, exp(x)); }, spec<double>(2));
  Tensor x = tensor({1.0, 2.0}).requires_grad();
  std::vector<Array> gradients = repeat({x}, [&] {
    Tensor lost = tensor({5.0, 6.0}).requires_grad();
    auto [square, unused] = both(x * lost);
    lost = x;
    sum(square * 2).backward();
  });
  EXPECT(is_close(gradients[0], {2 * 2 * 5 * 5, 2 * 2 * 2 * 6 * 6}));
}

/// Another way at the same place is another function, or none.
static void test_changes() {
  Tensor x = tensor({0.5, 2.0}).requires_grad(), z = tensor({3.0, 4.0}).requires_grad();
  for (int i = 0; i < 300; ++i) {
    x.zero_grad();
    z.zero_grad();
    Tensor y = x * z;
    if (i % 150 == 149)
      y = sin(y);
    sum(y * y).backward();
    EXPECT(i % 150 == 149 || (is_close(x.grad()->array(), {2 * 0.5 * 9, 2 * 2.0 * 16}) &&
                              is_close(z.grad()->array(), {2 * 3 * 0.25, 2 * 4 * 4.0})));
    EXPECT(i % 150 != 149 || is_close(x.grad()->array(), {3 * std::sin(3.0), 4 * std::sin(16.0)}));
  }
}

/// What alternates at one place is never compiled as a whole.
static void test_alternation() {
  Tensor x = tensor({0.5, 2.0}).requires_grad();
  repeat({x}, [&, i = 0]() mutable {
    Tensor y = ++i % 2 ? x * 2 : x + x;
    sum(y * 4).backward();
  }, 0);
}

/// Nor is what would take long: many operations, or one call of a function that has many.
static void test_length() {
  Tensor x = tensor({0.5, 2.0}).requires_grad();
  auto fold = [](Tensor y) {
    for (int i = 0; i < 100; ++i)
      y = sin(y);
    return y;
  };
  std::vector<Array> gradients = repeat({x}, [&] { sum(fold(x)).backward(); }, 0);
  auto folded = function("folded", fold, spec<double>(2));
  EXPECT(is_close(repeat({x}, [&] { sum(folded(x)).backward(); }, 0)[0], gradients[0].values<double>()));
  double y = 0.5, slope = 1;
  for (int i = 0; i < 100; ++i) {
    slope *= std::cos(y);
    y = std::sin(y);
  }
  EXPECT(is_close(gradients[0].at<double>({0}), slope));
}

static void test_threads() {
  std::vector<std::thread> threads;
  Tensor w = tensor({1.0, -2.0}).requires_grad();
  for (int thread = 0; thread < 4; ++thread)
    threads.emplace_back([&, thread] {
      Tensor x = tensor(Array::full<double>({2}, thread)).requires_grad();
      for (int i = 0; i < 200; ++i)
        sum(cos(x * w) * w).backward();
      EXPECT(std::isfinite(x.grad()->array().at<double>({1})));
    });
  for (std::thread &thread : threads)
    thread.join();
  double expected = 0;
  for (int x = 0; x < 4; ++x)
    expected += 200 * (std::cos(x) - x * std::sin(x));
  EXPECT(std::abs(w.grad()->array().at<double>({0}) - expected) < 1e-9);
}

int main() {
  test_network();
  test_narrow();
  test_seed();
  test_loose_ends();
  test_changes();
  test_alternation();
  test_length();
  test_threads();
}
