//===- linearize.cpp - Linear maps and forward rules ----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// RUN: %build_cpp
// RUN: %t | FileCheck %s

#include "expect.hpp"
#include <functional>

using namespace atled;

template <class T>
struct Pair {
  T first, second;
  ATLED_FIELDS(first, second)
};

/// Jᵀ J v of f(x) = A tanh(x), with both ways of one map.
static void test_map() {
  auto f = function("f", [](Tensor a, Tensor x) { return matmul(a, tanh(x)); }, spec<double>(2, 3), spec<double>(3, 1));
  auto normal = function("normal", [&](Tensor a, Tensor x, Tensor v) {
    auto [y, map] = linearize(f, wrt(1))(a, x);
    Tensor jv = map(v);
    return std::tuple(y, jv, map.transpose(jv));
  }, spec<double>(2, 3), spec<double>(3, 1), spec<double>(3, 1));
  Array a = {{1., 2., 3.}, {-1., 0.5, 2.}}, x = {{0.1}, {-0.2}, {0.3}}, v = {{1.}, {2.}, {-1.}};
  auto [y, jv, jtjv] = normal(a, x, v);
  double t[3], s[3], j[2] = {0, 0}, expected[3];
  for (int i = 0; i < 3; ++i) {
    t[i] = std::tanh(x.at<double>({i, 0}));
    s[i] = 1 - t[i] * t[i];
    for (int k = 0; k < 2; ++k)
      j[k] += a.at<double>({k, i}) * s[i] * v.at<double>({i, 0});
  }
  for (int i = 0; i < 3; ++i)
    expected[i] = s[i] * (a.at<double>({0, i}) * j[0] + a.at<double>({1, i}) * j[1]);
  EXPECT(is_close(y, {t[0] + 2 * t[1] + 3 * t[2], -t[0] + 0.5 * t[1] + 2 * t[2]}));
  EXPECT(is_close(jv, {j[0], j[1]}) && is_close(jtjv, {expected[0], expected[1], expected[2]}));
}

/// Several arguments, of which one is a structure, and one as a result.
static void test_structures() {
  Pair<Spec> specs{spec<double>(), spec<double>()};
  auto f = function("f", [](const Pair<Tensor> &p, Tensor x) { return Pair<Tensor>{p.first * p.second, p.second * x}; }, specs, spec<double>());
  auto g = function("g", [&](const Pair<Tensor> &p, Tensor x) {
    auto [y, map] = linearize(f)(p, x);
    Pair<Tensor> forth = map(p, x);
    auto [dp, dx] = map.transpose(y);
    return std::tuple(forth, dp, dx);
  }, specs, spec<double>());
  // y = (6, 15); J = [[3, 2, 0], [0, 5, 3]].
  auto [forth, dp, dx] = g({2.0, 3.0}, 5.0);
  EXPECT(is_close(forth.first, {12}) && is_close(forth.second, {30}));
  EXPECT(is_close(dp.first, {18}) && is_close(dp.second, {87}) && is_close(dx, {45}));
}

/// At numbers that are known, outside of functions that are traced: J of f(p, x) = (p0 p1, p1 x).
static void test_recorded() {
  Pair<Spec> specs{spec<double>(), spec<double>()};
  auto f = function("f", [](const Pair<Tensor> &p, Tensor x) { return Pair<Tensor>{p.first * p.second, p.second * x}; }, specs, spec<double>());
  auto at = [&] { return linearize(f)(Pair<Tensor>{tensor(2.0), tensor(3.0)}, tensor(5.0)); };
  // The tensors at which it was linearized are the map's own.
  auto [y, map] = at();
  EXPECT(y.first.item<double>() == 6 && y.second.item<double>() == 15);
  // J = [[3, 2, 0], [0, 5, 3]].
  Pair<Tensor> forth = map(Pair<Tensor>{tensor(1.0), tensor(10.0)}, tensor(100.0));
  EXPECT(forth.first.item<double>() == 23 && forth.second.item<double>() == 350);
  auto [dp, dx] = map.transpose(Pair<Tensor>{tensor(1.0), tensor(10.0)});
  EXPECT(dp.first.item<double>() == 3 && dp.second.item<double>() == 52 && dx.item<double>() == 30);

  // What it makes is recorded: d/dx of (d sin(x) y / dx)(v) = -sin(x) y v.
  auto wave = function("wave", [](Tensor x, Tensor z) { return sin(x) * z; }, spec<double>(), spec<double>());
  Tensor x = tensor(0.5).requires_grad();
  auto [value, slope] = linearize(wave, wrt(0))(x, tensor(3.0));
  slope(tensor(2.0)).backward();
  EXPECT(is_close(value.item<double>(), std::sin(0.5) * 3) && is_close(x.grad()->item<double>(), -std::sin(0.5) * 6));
}

/// A step whose derivative is that of the identity, in both modes.
static void test_custom_jvp() {
  auto step = function("step", [](Tensor x) { return sign(x); }, spec<double>(2));
  auto through = custom_jvp(step, [&](Tensor x, Tensor dx) { return std::pair(step(x), dx); });
  auto f = function("f", [&](Tensor x) { return sum(through(x) * x); }, spec<double>(2));
  EXPECT(is_close(f({2.0, -3.0}), {5}));
  EXPECT(is_close(grad(f)({2.0, -3.0}), {3, -4}));
  auto [y, dy] = jvp(through)({2.0, -3.0}, {0.5, 0.25});
  EXPECT(is_close(y, {1, -1}) && is_close(dy, {0.5, 0.25}));
  // Without the rule it is another function.
  EXPECT(is_close(grad(function("g", [&](Tensor x) { return sum(through(x) + step(x)); }, spec<double>(2)))({2.0, -3.0}), {1, 1}));

  auto product = function("product", [](Tensor x, Tensor y) { return x * y; }, spec<double>(), spec<double>());
  auto doubled = custom_jvp(product, [&](Tensor x, Tensor y, Tensor dx, Tensor dy) { return std::pair(product(x, y), 2 * (y * dx + x * dy)); });
  auto [dx, dy2] = grad(doubled)(3.0, 5.0);
  EXPECT(is_close(dx, {10}) && is_close(dy2, {6}));
}

/// Rules that are linear, however the other arguments are used: both modes agree, <J v, w> = <v, J^T w>.
template <class Rule>
static void expect_linear(Rule rule, const Spec &spec) {
  auto square = function("square", [](Tensor x) { return x * x; }, spec);
  auto ruled = custom_jvp(square, [&](Tensor x, Tensor dx) { return std::pair(x * x, rule(x, dx)); });
  Array x{0.25, 0.75, 1.5}, v{0.5, -0.25, 2.0}, w{1.0, 2.0, -1.0};
  auto forth = std::get<1>(jvp(ruled)(x, v)).template values<double>(), back = std::get<1>(vjp(ruled)(x, w)).template values<double>();
  double left = 0, right = 0;
  for (int64_t i = 0; i < 3; ++i) {
    left += forth[i] * w.at<double>({i});
    right += back[i] * v.at<double>({i});
  }
  EXPECT(is_close(left, right) && left != 0);
}

static void test_linear_rules() {
  for (const Spec &type : {spec<double>(3), spec<double>(dynamic)}) {
    expect_linear([](Tensor x, Tensor dx) { return dx / x + sum(dx) * x + mean(dx) - cumsum(dx, 0); }, type);
    expect_linear([](Tensor x, Tensor dx) { return select(x > 0.5, 3 * dx, dx); }, type);
    expect_linear([](Tensor x, Tensor dx) { return cond(sum(x) > 0.5, [&] { return 3 * x * dx; }, [&] { return dx; }); }, type);
    // The loop carries what is linear in the tangent beside what is not computed from it.
    expect_linear([](Tensor x, Tensor dx) {
      return for_loop(0, 3, std::pair(x, dx), [&](Tensor i, const std::pair<Tensor, Tensor> &s) { return std::pair(sin(s.first), s.second * cos(s.first) + dx * convert(i, DType::float64)); }).second;
    }, type);
    expect_linear([](Tensor x, Tensor dx) {
      return while_loop(std::pair(sum(x), dx), [](const auto &s) { return s.first < 10; }, [&](const auto &s) { return std::pair(s.first * 2, s.second * x); }).second;
    }, type);
    expect_linear([](Tensor x, Tensor dx) { return checkpoint([](Tensor a, Tensor da) { return sin(a) * da; }, x, dx); }, type);
  }
}

int main() {
  test_linear_rules();
  test_map();
  test_structures();
  test_recorded();
  test_custom_jvp();

  auto first = function("first", [](Tensor x, Tensor i) { return x[i]; }, spec<double>(3), spec<int32_t>());
  auto count = function("count", [](Tensor x) { return argmax(x, 0); }, spec<double>(3));
  function("outer", [&](Tensor x) {
    // CHECK: linearize.cpp:[[#@LINE + 1]]: error: argument 1 of 'first' has no derivative: it has integers; ask for that with respect to the others: wrt<0>()
    expect_error([&] { linearize(first)(x, constant(Array(1))); });
    // CHECK: linearize.cpp:[[#@LINE + 1]]: error: result 0 of 'count' has no derivative: its type is 'tensor<{{i..}}>'
    expect_error([&] { linearize(count)(x); });
    auto [y, map] = linearize(first, wrt(0))(x, constant(Array(1)));
    // CHECK: linearize.cpp:[[#@LINE + 1]]: error: 'ad.apply' op
    expect_error([&, &map = map] { map(x[0]); });
    return y;
  }, spec<double>(3));

  // CHECK: linearize.cpp:[[#@LINE + 1]]: error: a tensor that was never given a value is used
  expect_error([&] { linearize(first, wrt(0))(Tensor(), Tensor()); });
  auto square = function("square", [](Tensor x) { return x * x; }, spec<double>());
  auto [y, map] = linearize(square)(tensor(3.0));
  // CHECK: linearize.cpp:[[#@LINE + 1]]: error: a recorded tensor is used in a function that is traced
  expect_error([&, &map = map] { function("late", [&](Tensor x) { return map(x); }, spec<double>()); });
  std::function<Tensor()> kept;
  function("early", [&](Tensor x) {
    auto [value, own] = linearize(square)(x);
    // CHECK: linearize.cpp:[[#@LINE + 1]]: error: no function is being traced here: a linear map, and a call of a function in itself, belong into the body of one
    kept = [own = own, x] { return own(x); };
    return value;
  }, spec<double>());
  expect_error([&] { kept(); });
  using Map = std::map<std::string, Tensor>;
  std::map<std::string, Spec> one = {{"a", spec<double>()}};
  auto rename = function("other_key", [](const Map &x) { return Map{{"b", x.at("a")}}; }, one);
  auto renamed = linearize(rename)(Map{{"a", tensor(1.0)}}).second;
  // CHECK: linearize.cpp:[[#@LINE + 1]]: error: a tangent is another structure than the argument: (a) and (b)
  expect_error([&] { renamed(Map{{"b", tensor(1.0)}}); });
  // CHECK: linearize.cpp:[[#@LINE + 1]]: error: a cotangent is another structure than the result: (b) and (a)
  expect_error([&] { renamed.transpose(Map{{"a", tensor(1.0)}}); });
}
