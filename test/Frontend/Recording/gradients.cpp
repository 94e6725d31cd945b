//===- gradients.cpp - What comes back to recorded tensors ----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// Expected values are closed forms, or central differences.
//
// RUN: %build_cpp
// RUN: %t
// RUN: %if gcc %{ %build_gcc && %t.gcc %}

#include "expect.hpp"
#include <functional>

using namespace atled;

static bool has_gradient(const Tensor &x, const std::vector<double> &expected, double tolerance = 1e-12) {
  return x.grad() && is_close(x.grad()->array(), expected, tolerance);
}

static void test_beginnings() {
  EXPECT(is_close(arange(1, 2, 0.25).array(), {1, 1.25, 1.5, 1.75}));
  EXPECT(is_close(arange(0, 1.5).array(), {0, 1}));
  EXPECT(arange(3).dtype() == DType::int32 && arange(1, 4.0f).dtype() == DType::float32);
  EXPECT(is_close(linspace(0, 1, 5).array(), {0, 0.25, 0.5, 0.75, 1}));
  EXPECT(linspace(0, 1.0f, 2).dtype() == DType::float32);
}

/// A derivative that was traced is an operation like any other: d/dx of the sum of (2x)^2.
static void test_traced_derivative() {
  auto f = function("f", [](Tensor x) { return sum(x * x); }, spec<double>(2));
  Tensor x = tensor({1.0, 2.0}).requires_grad();
  Tensor slope = grad(f)(x);
  sum(slope * slope).backward();
  EXPECT(has_gradient(x, {8, 16}));
}

static void test_accumulation() {
  Tensor x = arange(4.0).requires_grad();
  EXPECT(!x.grad());
  (2 * dot(x, x)).backward();
  EXPECT(has_gradient(x, {0, 4, 8, 12}));
  sum(x).backward();
  EXPECT(has_gradient(x, {1, 5, 9, 13}));
  x.zero_grad();
  EXPECT(!x.grad());
  sum(x).backward();
  EXPECT(has_gradient(x, {1, 1, 1, 1}));
  // Copies stand for the same tensor.
  Tensor copy = x;
  sum(copy * copy).backward();
  EXPECT(has_gradient(x, {1, 3, 5, 7}));
}

static void test_retained() {
  Tensor x = tensor({3.0, -2.0}).requires_grad();
  Tensor y = sum(x * x * x);
  y.backward(retain_graph);
  EXPECT(has_gradient(x, {27, 12}));
  y.backward(retain_graph);
  EXPECT(has_gradient(x, {54, 24}));
  y.backward();
  EXPECT(has_gradient(x, {81, 36}));
}

static void test_seeds() {
  Tensor x = arange(4.0).requires_grad();
  (x * x).backward(tensor({1.0, -1.0, 0.0, 0.5}));
  EXPECT(has_gradient(x, {0, -2, 0, 3}));
  // A leaf goes back to itself.
  x.zero_grad();
  x.backward(arange(4.0));
  EXPECT(has_gradient(x, {0, 1, 2, 3}));
}

/// What requires no gradient has none.
static void test_leaves() {
  Tensor x = tensor({1.0, 2.0}).requires_grad(), c = tensor({5.0, 7.0});
  Tensor i = tensor({1, 2});
  Tensor y = x * c + i;
  sum(y).backward();
  EXPECT(has_gradient(x, {5, 7}));
  EXPECT(!c.grad() && !i.grad() && !y.grad());
  x.requires_grad(false);
  EXPECT(!x.grad());
  c.requires_grad();
  sum(x * c).backward();
  EXPECT(!x.grad() && has_gradient(c, {1, 2}));
}

/// A leaf that nobody holds any more wants no gradient.
static void test_leaf_that_is_gone() {
  Tensor w = tensor(2.0).requires_grad();
  Tensor y = [&] {
    Tensor x = tensor(3.0).requires_grad();
    return w * x;
  }();
  y.backward();
  EXPECT(has_gradient(w, {3}));
}

static void test_detach() {
  Tensor x = arange(4.0).requires_grad();
  Tensor y = x * x, u = y.detach(), z = u * x;
  z.sum().backward();
  EXPECT(has_gradient(x, {0, 1, 4, 9}));
  x.zero_grad();
  y.sum().backward();
  EXPECT(has_gradient(x, {0, 2, 4, 6}));
  x.zero_grad();
  (x * x).mean().backward();
  EXPECT(has_gradient(x, {0, 0.5, 1, 1.5}));
  x.zero_grad();
  sum(x * x).backward();
  // A detached tensor may begin a way of its own.
  u.requires_grad();
  sum(u * u).backward();
  EXPECT(has_gradient(u, {0, 2, 8, 18}) && has_gradient(x, {0, 2, 4, 6}));
}

static void test_no_grad() {
  Tensor w = tensor(4.0).requires_grad();
  for (int step = 0; step < 100; ++step) {
    Tensor loss = (w - 1) * (w - 1);
    loss.backward();
    w = no_grad([&] { return w - 0.1 * *w.grad(); }).requires_grad();
  }
  EXPECT(is_close(w.item<double>(), 1, 1e-8));
  // An exception ends the pause.
  try {
    no_grad([&]() -> Tensor { return w + tensor({1.0, 2.0}) + tensor({1.0, 2.0, 3.0}); });
  } catch (const Error &) {
  }
  w.zero_grad();
  (w * 3).backward();
  EXPECT(has_gradient(w, {3}));
}

static void test_higher_orders() {
  Tensor x = tensor({0.3, -1.2, 2.0}).requires_grad();
  std::vector<double> at = x.array().values<double>();
  auto expect_next = [&](double (*expected)(double)) {
    std::vector<double> values;
    for (double each : at)
      values.push_back(expected(each));
    EXPECT(has_gradient(x, values));
  };
  auto differentiate = [&](const Tensor &y) {
    x.zero_grad();
    sum(y).backward(create_graph);
    return *x.grad();
  };
  Tensor first = differentiate(sin(x));
  expect_next([](double v) { return std::cos(v); });
  Tensor second = differentiate(first);
  expect_next([](double v) { return -std::sin(v); });
  Tensor third = differentiate(second);
  expect_next([](double v) { return -std::cos(v); });

  // The gradient of a squared norm of a gradient: of |2 A x|², 8 AᵀA x.
  Tensor a = tensor({{1.0, 2.0}, {3.0, 4.0}}), v = tensor({{1.0}, {-1.0}}).requires_grad();
  Tensor quadratic = sum(matmul(transpose(v), matmul(a + transpose(a), v)));
  quadratic.backward(create_graph);
  Tensor g = *v.grad();
  v.zero_grad();
  sum(g * g).backward();
  // 2 (A + Aᵀ) v = (-6, -6); 4 (A + Aᵀ) of it = (-168, -312).
  EXPECT(is_close(g.array(), {-6, -6}) && has_gradient(v, {-168, -312}));
}

/// Gradients against central differences, through what has attributes, numbers,
/// conversions, indices, several results' worth of shapes.
static void test_differences() {
  auto f = [](const Tensor &x) {
    Tensor rows = softmax(x * 1.5 - 0.25, {1});
    Tensor part = x[-1] * maximum(x[0], 0.1) + hypot(x[1], 2);
    Tensor window = slice(concatenate({x, exp(-x)}, 0), {1, 0}, {5, 3}, {2, 1});
    return sum(rows * rows) + mean(part) + norm(window) + logsumexp(reshape(x, {9}), {0})
        + sum(cumsum(transpose(x), 0) * select(x > 0, x, 0.5));
  };
  Tensor x = randn({3, 3}, 5).requires_grad();
  f(x).backward();
  Array gradient = x.grad()->array();
  for (int64_t i = 0; i < 9; ++i) {
    auto at = [&](double step) {
      Array moved = x.array();
      moved.data<double>()[i] += step;
      return f(tensor(moved)).item<double>();
    };
    double slope = (8 * (at(1e-3) - at(-1e-3)) - (at(2e-3) - at(-2e-3))) / 12e-3;
    EXPECT(is_close(gradient.data<double>()[i], slope, 1e-8));
  }
}

static void test_conversions() {
  Tensor x = tensor({1.0f, 2.0f}).requires_grad();
  Tensor y = convert(x * 2, DType::float64) + tensor({1, 2}) * x;
  EXPECT(y.dtype() == DType::float64);
  sum(y).backward();
  EXPECT(x.grad()->dtype() == DType::float32 && has_gradient(x, {3, 4}));
}

/// 16-bit numbers: 300 ones come back as 300, which bf16 sums one by one stop
/// short of, at 256.
static void test_half() {
  Tensor x = convert(tensor(1.0), DType::bfloat16).requires_grad();
  Tensor total = x;
  for (int i = 1; i < 300; ++i)
    total = total + x;
  total.backward();
  EXPECT(x.grad()->dtype() == DType::bfloat16 && has_gradient(x, {300}));
}

/// C++ decides, and functions that take other ways compile nothing new.
static void test_control_flow() {
  auto f = [](const Tensor &a) {
    Tensor b = a * 2;
    while (norm(b) < 1000)
      b = b * 2;
    if (sum(b) > 0)
      return b;
    return 100 * b;
  };
  int64_t compiled = 0;
  for (int seed = 0; seed < 1000; ++seed) {
    Tensor a = (randn({3}, seed) * std::pow(2.0, seed % 16)).detach().requires_grad();
    Tensor d = f(a);
    sum(d).backward();
    std::vector<double> slope = (d / a).array().values<double>();
    EXPECT(has_gradient(a, slope));
    if (seed == 20)
      compiled = compiled_functions();
  }
  EXPECT(compiled > 0 && compiled_functions() == compiled);
}

/// The control flow of traced functions decides at once, with the same
/// gradients as C++'s.
static void test_bodies() {
  Tensor x = tensor({1.5, -0.5}).requires_grad();
  Tensor power = for_loop(0, 3, x, [&](Tensor, Tensor y) { return y * x; });
  sum(power).backward();
  EXPECT(has_gradient(x, {4 * std::pow(1.5, 3), 4 * std::pow(-0.5, 3)}));
  x.zero_grad();
  Tensor halved = while_loop(sum(x) * 64, [](Tensor y) { return y > 1; }, [](Tensor y) { return y / 2; });
  halved.backward();
  EXPECT(is_close(halved.item<double>(), 1) && has_gradient(x, {1, 1}));
  x.zero_grad();
  cond(sum(x) > 0, [&] { return sum(x) * 3; }, [&] { return sum(x); }).backward();
  EXPECT(has_gradient(x, {3, 3}));
  x.zero_grad();
  std::vector<std::function<Tensor()>> branches = {[&] { return sum(x); }, [&] { return sum(x) * 5; }};
  switch_case(tensor(7), branches).backward();
  EXPECT(has_gradient(x, {5, 5}));
  x.zero_grad();
  auto [last, sums] = scan([](Tensor s, Tensor part) { return std::pair(s + part, s * part); }, tensor(1.0), x);
  EXPECT(is_close(sums.array(), {1.5, -1.25}) && is_close(last.array(), {2}));
  // s0 x0 + (s0 + x0) x1
  sum(sums).backward();
  EXPECT(has_gradient(x, {1 - 0.5, 2.5}));
  x.zero_grad();
  checkpoint([](Tensor y) { return sum(y * y); }, x).backward();
  EXPECT(has_gradient(x, {3, -1}));
}

/// A traced function is one step of what is recorded.
static void test_calls() {
  auto f = function("f", [](Tensor a, Tensor b) {
    return std::pair(for_loop(0, 4, a, [&](Tensor, Tensor y) { return sin(y) * b; }), sum(a) * 2);
  }, spec<double>(2), spec<double>(2));
  Tensor a = tensor({0.4, 1.1}).requires_grad(), b = tensor({0.9, 1.3}).requires_grad();
  auto [y, s] = f(a, b);
  (sum(y * y) + s * s).backward();
  auto value = [](Tensor p, Tensor q) {
    Tensor t = p;
    for (int i = 0; i < 4; ++i)
      t = sin(t) * q;
    Tensor u = sum(p) * 2;
    return sum(t * t) + u * u;
  };
  std::vector<double> grad_a = a.grad()->array().values<double>(), grad_b = b.grad()->array().values<double>();
  a.zero_grad(), b.zero_grad();
  value(a, b).backward();
  EXPECT(has_gradient(a, grad_a) && has_gradient(b, grad_b));
  // The way back is a function as well, and has one of its own.
  auto get_curvature = [&](auto &&value_of) {
    a.zero_grad(), b.zero_grad();
    value_of().backward(create_graph);
    Tensor slope = *a.grad();
    a.zero_grad(), b.zero_grad();
    sum(slope * slope).backward();
    return std::pair(a.grad()->array(), b.grad()->array());
  };
  auto [by_call, by_call_b] = get_curvature([&] { auto [p, q] = f(a, b); return sum(p * p) + q * q; });
  auto [one_by_one, one_by_one_b] = get_curvature([&] { return value(a, b); });
  EXPECT(is_close(by_call, one_by_one.values<double>()) && is_close(by_call_b, one_by_one_b.values<double>()));
  // With one result unused, and one input inactive.
  a.zero_grad();
  f(a, b.detach()).second.backward();
  EXPECT(has_gradient(a, {2, 2}));
}

int main() {
  test_beginnings();
  test_traced_derivative();
  test_accumulation();
  test_retained();
  test_seeds();
  test_leaves();
  test_leaf_that_is_gone();
  test_detach();
  test_no_grad();
  test_higher_orders();
  test_differences();
  test_conversions();
  test_half();
  test_control_flow();
  test_bodies();
  test_calls();
}
