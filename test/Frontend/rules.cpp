//===- rules.cpp - Rules that are compared with their functions -----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// RUN: %build_cpp
// RUN: %t | FileCheck %s
// RUN: %if gcc %{ %build_gcc && %t.gcc | FileCheck %s %}

#include "expect.hpp"

using namespace atled;

using Map = std::map<std::string, Tensor>;

/// Arguments and results are structures, and integers have no cotangent.
static void test_structures() {
  std::map<std::string, Spec> specs = {{"a", spec<double>(2)}, {"b", spec<double>()}};
  auto scale = function("scale", [](const Map &m, Tensor n) { return Map{{"y", m.at("a") * m.at("b") * n}}; }, specs, spec<double>());
  // A rule of one's own: ten times the derivative.
  auto ten = custom_vjp(
      scale, [&](const Map &m, Tensor n) { return std::pair(scale(m, n), std::tuple(m, n)); },
      [](const std::tuple<Map, Tensor> &kept, const Map &dy) {
        const auto &[m, n] = kept;
        Tensor d = 10 * dy.at("y");
        return std::tuple(Map{{"a", d * m.at("b") * n}, {"b", sum(d * m.at("a")) * n}}, sum(d * m.at("a")) * m.at("b"));
      });
  auto loss = function("loss", [&](const Map &m, Tensor n) { return sum(ten(m, n).at("y")); }, specs, spec<double>());
  auto [dm, dn] = grad(loss)({{"a", {3., 4.}}, {"b", 5.}}, 2.);
  EXPECT(is_close(dm.at("a"), {100, 100}) && is_close(dm.at("b"), {140}) && is_close(dn, {350}));

  auto pick = function("pick", [](Tensor x, Tensor i) { return x[i]; }, spec<double>(3), spec<int32_t>());
  auto all = custom_vjp(
      pick, [&](Tensor x, Tensor i) { return std::pair(pick(x, i), x); },
      [](Tensor x, Tensor dy) { return dy * ones_like(x); });
  EXPECT(is_close(grad(all, wrt(0))({1., 2., 3.}, 1), {1, 1, 1}));
}

int main() {
  test_structures();

  auto square = function("square", [](Tensor x) { return x * x; }, spec<double>(3));
  // CHECK: rules.cpp:[[#@LINE + 1]]: error: the forward function of 'square' returns another result than it: tensor 0 should be one of 3xf64, and is one of f64
  expect_error([&] { custom_vjp(square, [](Tensor x) { return std::pair(sum(x), x); }, [](Tensor x, Tensor dy) { return x * dy; }); });
  // CHECK: rules.cpp:[[#@LINE + 1]]: error: the reverse function of 'square' returns other cotangents than it has arguments: tensor 0 should be one of 3xf64, and is one of 3xf32
  expect_error([&] { custom_vjp(square, [](Tensor x) { return std::pair(x, x); }, [](Tensor x, Tensor dy) { return convert(x * dy, DType::float32); }); });
  // CHECK: rules.cpp:[[#@LINE + 1]]: error: 'ad.custom_vjp' op needs @square_reverse to have type
  expect_error([&] { custom_vjp(square, [](Tensor x) { return std::pair(x, x); }, [](Tensor x, Tensor dy) { return std::pair(x * dy, x); }); });
  // CHECK: rules.cpp:[[#@LINE + 1]]: error: the rule of 'square' returns another result, or tangent, than it: tensor 1 should be one of 3xf64, and is one of f64
  expect_error([&] { custom_jvp(square, [](Tensor x, Tensor dx) { return std::pair(x * x, sum(dx)); }); });

  // Rules that are not linear in the tangent.
  auto take_grad = [](const Function<Tensor(Tensor)> &f) { grad(function("loss", [&](Tensor x) { return sum(f(x)); }, spec<double>(3)))({1., 2., 3.}); };
  // CHECK: rules.cpp:[[#@LINE + 3]]: error: 'func.func' op is not linear in the tangents, so reverse mode cannot be derived from it
  // CHECK: note: reverse mode is derived from @square_rule, since the function has no custom rule for it
  // CHECK: rules.cpp:[[#@LINE + 1]]: note: 'ad.custom_vjp' states a reverse mode of its own
  expect_error([&] { take_grad(custom_jvp(square, [](Tensor x, Tensor dx) { return std::pair(x * x, sin(dx)); })); });
  // CHECK: rules.cpp:[[#@LINE + 1]]: error: 'func.func' op is not linear in the tangents
  expect_error([&] { take_grad(custom_jvp(square, [](Tensor x, Tensor dx) { return std::pair(x * x, cond(sum(dx) > 0, [&] { return 2 * dx; }, [&] { return dx; })); })); });
  // CHECK: rules.cpp:[[#@LINE + 1]]: error: 'func.func' op is not linear in the tangents
  expect_error([&] { take_grad(custom_jvp(square, [](Tensor x, Tensor dx) { return std::pair(x * x, while_loop(dx, [](Tensor d) { return sum(d) < 9; }, [](Tensor d) { return 2 * d; })); })); });

  // Tensors of one type, in each other's places.
  std::map<std::string, Spec> specs = {{"a", spec<double>()}, {"b", spec<double>()}};
  auto swap = function("swap", [](const Map &m) { return m; }, specs);
  // CHECK: rules.cpp:[[#@LINE + 1]]: error: the forward function of 'swap' returns another result than it: (a, b) and (a, c)
  expect_error([&] { custom_vjp(swap, [](const Map &m) { return std::pair(Map{{"a", m.at("a")}, {"c", m.at("b")}}, m); }, [](const Map &, const Map &d) { return d; }); });
  // CHECK: rules.cpp:[[#@LINE + 1]]: error: the reverse function of 'swap' returns other cotangents than it has arguments: (a, b) and (b, c)
  expect_error([&] { custom_vjp(swap, [](const Map &m) { return std::pair(m, m); }, [](const Map &, const Map &d) { return Map{{"b", d.at("a")}, {"c", d.at("b")}}; }); });
  // CHECK: rules.cpp:[[#@LINE + 1]]: error: the rule of 'swap' returns another result, or tangent, than it: (0_a, 0_b, 1_a, 1_b) and (0_a, 0_b, 1_b, 1_c)
  expect_error([&] { custom_jvp(swap, [](const Map &m, const Map &d) { return std::pair(m, Map{{"b", d.at("a")}, {"c", d.at("b")}}); }); });
}
