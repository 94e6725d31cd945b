//===- derivatives.cpp - Values and derivatives of traced programs --------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// RUN: %build_cpp
// RUN: %t

#include "expect.hpp"

using namespace atled;

/// y = 2 x.x has the gradient 4x.
static void test_gradient() {
  auto f =
      function("f", [](Tensor x) { return 2 * dot(x, x); }, spec<double>(4));
  Array x = {0.0, 1.0, 2.0, 3.0};
  EXPECT(is_close(f(x), {28}));
  EXPECT(is_close(grad(f)(x), {0, 4, 8, 12}));
  auto [value, dx] = value_and_grad(f)(x);
  EXPECT(is_close(value, {28}) && is_close(dx, {0, 4, 8, 12}));
}

/// With respect to some arguments, in their order.
static void test_wrt() {
  auto f = function(
      "f",
      [](Tensor x, Tensor y, Tensor z) { return sum(x * y * y + z * z * z); },
      spec<double>(2), spec<double>(2), spec<double>(2));
  Array x = {1.0, 2.0}, y = {3.0, 4.0}, z = {5.0, 6.0};
  EXPECT(is_close(grad(f, wrt(1))(x, y, z), {6, 16}));
  auto [dx, dz] = grad(f, wrt(0, 2))(x, y, z);
  EXPECT(is_close(dx, {9, 16}) && is_close(dz, {75, 108}));
  auto [sx, sz] = grad(f, wrt<0, 2>())(x, y, z);
  EXPECT(is_close(sx, {9, 16}) && is_close(sz, {75, 108}));
  auto [ax, ay, az] = grad(f)(x, y, z);
  EXPECT(is_close(ax, {9, 16}) && is_close(ay, {6, 16}) &&
         is_close(az, {75, 108}));
}

/// u = detach(x x), z = u x has the gradient u, not 3 x^2.
static void test_detach() {
  auto f = function(
      "f", [](Tensor x) { return sum(detach(x * x) * x); }, spec<double>(4));
  EXPECT(is_close(grad(f)({0.0, 1.0, 2.0, 3.0}), {0, 1, 4, 9}));
}

/// <w, J v> = <J^T w, v>, and J v is what differences say.
static void test_vjp_and_jvp() {
  auto f = function(
      "f", [](Tensor x, Tensor w) { return tanh(matmul(x, w)) * x; },
      spec<double>(2, 2), spec<double>(2, 2));
  Array x = {{.1, -.2}, {.3, .4}}, w = {{1., .5}, {-.5, 2.}};
  Array v = {{1., 2.}, {-1., .5}}, seed = {{.3, -1.}, {.7, 2.}};
  auto [forth, tangent] = jvp(f, wrt(0))(x, w, v);
  auto [back, dx] = vjp(f, wrt(0))(x, w, seed);
  EXPECT(is_close(forth, back.values<double>()));
  double there = 0, here = 0;
  for (int i = 0; i < 4; ++i) {
    there += seed.data<double>()[i] * tangent.data<double>()[i];
    here += dx.data<double>()[i] * v.data<double>()[i];
  }
  EXPECT(is_close(there, here));
  double h = 1e-5;
  Array up = x, down = x;
  for (int i = 0; i < 4; ++i) {
    up.data<double>()[i] += h * v.data<double>()[i];
    down.data<double>()[i] -= h * v.data<double>()[i];
  }
  std::vector<double> differences;
  Array above = f(up, w), below = f(down, w);
  for (int i = 0; i < 4; ++i)
    differences.push_back((above.data<double>()[i] - below.data<double>()[i]) /
                          (2 * h));
  EXPECT(is_close(tangent, differences, 1e-8));
}

/// A function that calls others; a gradient in a function; a gradient of that.
static void test_composition() {
  auto square =
      function("square", [](Tensor x) { return x * x; }, spec<double>());
  auto cube =
      function("cube", [&](Tensor x) { return square(x) * x; }, spec<double>());
  auto both = function(
      "both", [&](Tensor x) { return square(x) + cube(x); }, spec<double>());
  EXPECT(is_close(both(2.0), {12}));
  EXPECT(is_close(grad(both)(2.0), {16}));
  // One copy of what both call.
  std::string text = both.mlir();
  size_t first = text.find("func.func private @square(");
  EXPECT(first != std::string::npos &&
         text.find("@square_", first) == std::string::npos &&
         text.find("func.func private @square(", first + 1) ==
             std::string::npos);

  auto slope = grad(cube);
  auto bent =
      function("bent", [&](Tensor x) { return slope(x) * x; }, spec<double>());
  EXPECT(is_close(bent(2.0), {24}));
  EXPECT(is_close(grad(bent)(2.0), {36}));
  EXPECT(is_close(grad(grad(grad(cube)))(2.0), {6}));
}

/// Derivatives of derivatives, which have the same tensors twice: of the sum of
/// x^3, at x and with vectors u and v.
static void test_twice() {
  auto f = function(
      "f", [](Tensor x) { return sum(x * x * x); }, spec<double>(2).named("x"));
  Array x = {1.0, 2.0}, u = {3.0, 5.0}, v = {7.0, 11.0};
  auto [slope, back] = vjp(grad(f))(x, u);
  EXPECT(is_close(slope, {3, 12}) && is_close(back, {18, 60}));
  auto [slope_too, forth] = jvp(grad(f))(x, u);
  EXPECT(is_close(slope_too, {3, 12}) && is_close(forth, {18, 60}));
  auto twice = jvp(jvp(f));
  // (f, f' u) and their derivatives along (v, 0).
  auto [pair, along] = twice(x, u, v, Array{0.0, 0.0});
  EXPECT(is_close(std::get<0>(pair), {9}) && is_close(std::get<1>(pair), {69}));
  EXPECT(is_close(std::get<0>(along), {153}) &&
         is_close(std::get<1>(along), {6 * 3 * 7 + 12 * 5 * 11}));
  EXPECT(twice.mlir().find("\"tangent_x_2\"") != std::string::npos);
}

/// The Hessian row by row: of the sum of x^3 and x0^2 x1.
static void test_hessian() {
  auto f = function(
      "f", [](Tensor x) { return sum(x * x * x) + x[0] * x[0] * x[1]; },
      spec<double>(3));
  auto hvp = jvp(grad(f));
  auto hessian = function(
      "hessian",
      [&](Tensor x) {
        Tensor rows = one_hot(iota(0, spec<int>(3)), 3, DType::float64);
        auto product = [&](Tensor x, Tensor row) {
          return std::pair(x, std::get<1>(hvp(x, row)));
        };
        return std::get<1>(scan(product, x, rows));
      },
      spec<double>(3));
  EXPECT(
      is_close(hessian(Array{1.0, 2.0, 3.0}), {10, 2, 0, 2, 12, 0, 0, 0, 18}));
}

/// Two functions of one name, of which each calls its own helper.
static void test_names() {
  auto one = function("helper", [](Tensor x) { return x + 1; }, spec<double>());
  auto two = function("helper", [](Tensor x) { return x * 2; }, spec<double>());
  auto outer =
      function("outer", [&](Tensor x) { return one(x); }, spec<double>());
  auto helper = function(
      "helper", [&](Tensor x) { return two(outer(one(x))); }, spec<double>());
  EXPECT(is_close(helper(5.0), {14}));
  EXPECT(is_close(
      function(
          "all",
          [&](Tensor x) { return helper(x) + two(x) + one(x) + outer(x); },
          spec<double>())(5.0),
      {14 + 10 + 6 + 6}));
}

/// Parts, by numbers and by a tensor; what is not taken has no gradient.
static void test_indices() {
  auto f = function(
      "f", [](Tensor x, Tensor i) { return sum(x[1] * x[-1]) + 10 * x[i][0]; },
      spec<double>(3, 2), spec<int32_t>());
  Array x = {{1., 2.}, {3., 4.}, {5., 6.}};
  EXPECT(is_close(f(x, 0), {15 + 24 + 10}));
  EXPECT(is_close(grad(f, wrt(0))(x, 0), {10, 0, 5, 6, 3, 4}));
  EXPECT(is_close(grad(f, wrt(0))(x, 2), {0, 0, 5, 6, 13, 4}));
}

/// Other element types, and elements that are none in C++.
static void test_types() {
  auto twice = [](Tensor x) { return x + x; };
  Array bytes =
      function("f", twice, spec<uint8_t>(2))(std::vector<uint8_t>{100, 200});
  EXPECT(bytes.values<uint8_t>() == (std::vector<uint8_t>{200, 144}));
  Array half = function("f", twice, Spec(DType::bfloat16, {2}))(
      Array{1.5f, -3.0f}.to(DType::bfloat16));
  EXPECT(half.dtype() == DType::bfloat16 && is_close(half, {3, -6}));
  Array flags = function(
      "f", [](Tensor x) { return x == 2; }, spec<int32_t>(3))({1, 2, 3});
  EXPECT(flags.values<bool>() == (std::vector<bool>{false, true, false}));
  Array empty = function(
      "f", [](Tensor x) { return sum(x); },
      spec<float>(0, 3))(Array::zeros<float>({0, 3}));
  EXPECT(is_close(empty, {0}));
}

int main() {
  test_gradient();
  test_wrt();
  test_detach();
  test_vjp_and_jvp();
  test_composition();
  test_twice();
  test_hessian();
  test_names();
  test_indices();
  test_types();
}
