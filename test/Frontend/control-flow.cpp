//===- control-flow.cpp - Branches, loops and rules of one's own ----------===//
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
#include <functional>

using namespace atled;

static void test_cond() {
  auto f = function(
      "f",
      [](Tensor x) {
        return cond(
            sum(x) > 0, [&] { return sum(x * x); }, [&] { return sum(3 * x); });
      },
      spec<double>(2));
  EXPECT(is_close(f({1.0, 2.0}), {5}) && is_close(f({1.0, -2.0}), {-3}));
  EXPECT(is_close(grad(f)({1.0, 2.0}), {2, 4}));
  EXPECT(is_close(grad(f)({1.0, -2.0}), {3, 3}));
}

static void test_switch() {
  auto f = function(
      "f",
      [](Tensor i, Tensor x) {
        std::vector<std::function<Tensor()>> branches = {
            [&] { return x; }, [&] { return x * x; },
            [&] { return x * x * x; }};
        return switch_case(i, branches);
      },
      spec<int32_t>(), spec<double>());
  auto slope = grad(f, wrt(1));
  EXPECT(is_close(f(-5, 2.0), {2}) && is_close(slope(-5, 2.0), {1}));
  EXPECT(is_close(f(0, 2.0), {2}) && is_close(slope(0, 2.0), {1}));
  EXPECT(is_close(f(1, 2.0), {4}) && is_close(slope(1, 2.0), {4}));
  EXPECT(is_close(f(2, 2.0), {8}) && is_close(slope(2, 2.0), {12}));
  EXPECT(is_close(f(9, 2.0), {8}) && is_close(slope(9, 2.0), {12}));
}

/// The bounds are numbers or tensors; the iteration's number is a tensor.
static void test_for() {
  auto f = function(
      "f",
      [](Tensor x, Tensor n) {
        return for_loop(1, n, x, [&](Tensor i, Tensor y) {
          return y * x + convert(i, DType::float64);
        });
      },
      spec<double>(), spec<int32_t>());
  // ((x x + 1) x + 2), and x where there is no iteration.
  EXPECT(is_close(f(3.0, 3), {32}) && is_close(f(3.0, 0), {3}));
  EXPECT(is_close(grad(f, wrt(0))(3.0, 3), {28}));
}

/// What C++ knows it decides, when it traces, too.
static void test_known() {
  auto f = [](Tensor x) {
    std::vector<std::function<Tensor()>> branches = {[&] { return x + 1; }, [&] { return x * 2; }};
    return switch_case(1, branches) + cond(x.rank() == 0, branches[0], branches[1]) + switch_case(7, branches) + switch_case(-1, branches);
  };
  auto traced = function("f", f, spec<double>());
  EXPECT(is_close(traced(5.0), {10 + 6 + 10 + 6}) && traced.mlir().find("scf") == std::string::npos);
  EXPECT(is_close(f(tensor(5.0)).array(), {32}));
}

/// Newton's square root: the state is a structure.
static void test_while() {
  auto root = function(
      "root",
      [](Tensor x) {
        auto state = while_loop(
            std::pair(x, constant(0)),
            [&](auto s) { return abs(s.first * s.first - x) > 1e-13 * x; },
            [&](auto s) {
              return std::pair((s.first + x / s.first) / 2, s.second + 1);
            });
        return state;
      },
      spec<double>());
  auto [value, steps] = root(2.0);
  EXPECT(is_close(value, {std::sqrt(2.0)}, 1e-12));
  EXPECT(steps.item<int>() > 3 && steps.item<int>() < 8);
  auto only =
      function("only", [&](Tensor x) { return root(x).first; }, spec<double>());
  EXPECT(is_close(grad(only)(2.0), {0.5 / std::sqrt(2.0)}, 1e-10));
}

/// How often a loop runs at most: where it does not, the call fails.
static void test_limits() {
  auto square_below = [](Tensor x) {
    return while_loop(x, [](Tensor y) { return y < 100; },
                      [](Tensor y) { return y * y; }, 3);
  };
  auto squared = function("squared", square_below, spec<double>());
  EXPECT(squared.mlir().find("ad.max_iterations = 3 : i64") !=
         std::string::npos);
  auto slope = grad(squared);
  EXPECT(is_close(squared(2.0), {256}) && is_close(slope(2.0), {8 * 128}));
  EXPECT(is_close(square_below(tensor(2.0)).array(), {256}));
  auto to_the = [](Tensor x, const Operand &n) {
    return for_loop(0, n, x, [&](Tensor, Tensor y) { return y * x; }, 2);
  };
  auto power = function(
      "power", [&](Tensor x, Tensor n) { return to_the(x, n); }, spec<double>(),
      spec<int>());
  EXPECT(is_close(power(5.0, 2), {125}) && is_close(power(5.0, -1), {5}));
  EXPECT(is_close(grad(power, wrt(0))(5.0, 2), {75}));
  EXPECT(is_close(to_the(tensor(5.0), 2).array(), {125}));

  // CHECK: error: 'squared' failed: a loop would run more often than the program allows
  expect_error([&] { squared(1.5); });
  // CHECK: error: 'squared_grad' failed: a loop would run more often than the program allows
  expect_error([&] { slope(1.5); });
  // CHECK: error: 'power' failed: a loop would run more often than the program allows
  expect_error([&] { power(5.0, 3); });
  auto grow = [](Tensor s) { return s + 1; };
  auto is_small = [](Tensor s) { return s < 5; };
  // CHECK: control-flow.cpp:[[#@LINE + 1]]: error: a loop would run more often than the program allows, which is 4 times
  expect_error([&] { while_loop(tensor(0), is_small, grow, 4); });
  EXPECT(is_close(while_loop(tensor(0), is_small, grow, 5).array(), {5}));
  // CHECK: control-flow.cpp:[[#@LINE + 1]]: error: a loop would run more often than the program allows, which is 2 times
  expect_error([&] { for_loop(-1, 2, tensor(0), [](Tensor, Tensor s) { return s; }, 2); });
  // CHECK: control-flow.cpp:[[#@LINE + 1]]: error: max_iterations is at least 1, and 0 is given
  expect_error([&] { while_loop(tensor(0), is_small, grow, 0); });
}

/// Running sums, and what they are weighted with.
static void test_scan() {
  auto f = function(
      "f",
      [](Tensor x, Tensor w) {
        auto [last, all] = scan(
            [&](Tensor s, Tensor part) {
              Tensor next = s + w * part;
              return std::pair(next, next * next);
            },
            constant(Array{0.0, 0.0}), x);
        return std::tuple(sum(all), last, all);
      },
      spec<double>(3, 2), spec<double>());
  Array x = {{1., 2.}, {3., 4.}, {5., 6.}};
  auto [total, last, all] = f(x, 2.0);
  EXPECT(is_close(last, {18, 24}));
  EXPECT(is_close(all, {4, 16, 64, 144, 324, 576}));
  auto scalar = function(
      "scalar", [&](Tensor a, Tensor b) { return std::get<0>(f(a, b)); },
      spec<double>(3, 2), spec<double>());
  // The total is w^2 times a number.
  EXPECT(is_close(total, {1128}));
  EXPECT(is_close(grad(scalar, wrt<1>())(x, 2.0), {1128}));
}

/// Over no parts there are no outputs, and the state is what it was.
static void test_scan_over_nothing() {
  for (const Spec &type : {spec<double>(0, 2), spec<double>(dynamic, 2)}) {
    auto f = function("f", [](Tensor x, Tensor start) {
      return scan([](Tensor s, Tensor part) { return std::pair(s + sum(part), part * s); }, start, x);
    }, type, spec<double>());
    auto [last, all] = f(Array::zeros<double>({0, 2}), 3.0);
    EXPECT(is_close(last, {3}) && all.shape() == Shape({0, 2}));
  }
}

/// The same numbers, and it is there.
static void test_checkpoint() {
  auto layer =
      function("layer", [](Tensor x) { return tanh(x * x); }, spec<double>(3));
  auto kept = function(
      "f", [&](Tensor x) { return sum(layer(layer(x))); }, spec<double>(3));
  auto again = function(
      "f",
      [&](Tensor x) { return sum(checkpoint(layer, checkpoint(layer, x))); },
      spec<double>(3));
  Array x = {.5, -1., 2.};
  EXPECT(grad(kept)(x).values<double>() == grad(again)(x).values<double>());
  // CHECK: ad.checkpoint -> tensor<3xf64>
  // CHECK: call @layer
  std::cout << again.mlir();
}

/// log(1 + exp(x)) that does not overflow on the way back.
static void test_custom_vjp() {
  auto plain = function(
      "softplus", [](Tensor x) { return log(1 + exp(x)); }, spec<double>());
  auto softplus = custom_vjp(
      plain, [&](Tensor x) { return std::pair(plain(x), x); },
      [](Tensor x, Tensor dy) { return dy * logistic(x); });
  EXPECT(is_close(softplus(0.0), {std::log(2.0)}));
  EXPECT(is_close(grad(softplus)(0.0), {0.5}));
  EXPECT(std::isnan(grad(plain)(1000.0).item<double>()));
  EXPECT(is_close(grad(softplus)(1000.0), {1}));
  auto outer = function(
      "outer", [&](Tensor x) { return softplus(x) * x; }, spec<double>());
  EXPECT(is_close(grad(outer)(-1000.0), {0}));
  // CHECK: ad.custom_vjp @softplus forward @softplus_forward reverse @softplus_reverse
  std::cout << outer.mlir();
}

/// Wrong bodies, and what they leave alone.
static void test_errors() {
  using Map = std::map<std::string, Tensor>;
  auto trace = [](auto body) {
    function("f", body, spec<float>(3), spec<bool>());
  };
  // CHECK: control-flow.cpp:[[#@LINE + 2]]: error: cond takes a condition that is one boolean, and a 'tensor<3xi1>' is given
  expect_error([&] { trace([](Tensor x, Tensor) {
    return cond(x > 0, [&] { return x; }, [&] { return x; });
  }); });
  // CHECK: control-flow.cpp:[[#@LINE + 3]]: error: the branches return different tensors: result 0 is a 'tensor<3xf32>' and a 'tensor<f32>'
  // CHECK-NEXT: control-flow.cpp:[[#@LINE + 2]]: note: the second is made here
  expect_error([&] { trace([](Tensor x, Tensor p) {
    return cond(p, [&] { return x; }, [&] { return sum(x); });
  }); });
  // CHECK: control-flow.cpp:[[#@LINE + 2]]: error: the body of a loop returns other tensors than it is given: result 0 is a 'tensor<3xf32>' and a 'tensor<f32>'
  expect_error([&] { trace([](Tensor x, Tensor) {
    return for_loop(0, 3, x, [&](Tensor, Tensor y) { return sum(y); });
  }); });
  // The index is an i64, and an f64 beside an f32.
  // CHECK: control-flow.cpp:[[#@LINE + 3]]: error: the body of a loop returns other tensors than it is given: result 0 is a 'tensor<3xf32>' and a 'tensor<3xf64>'
  // CHECK-NEXT: control-flow.cpp:[[#@LINE + 2]]: note: the second is made here; convert(x, dtype) brings it to the type of the first
  expect_error([&] { trace([](Tensor x, Tensor) {
    return for_loop(0, 3, x, [&](Tensor i, Tensor y) { return y + i; });
  }); });
  // CHECK: control-flow.cpp:[[#@LINE + 2]]: error: a bound of a loop takes one integer, and a 'tensor<3xf32>' is given
  expect_error([&] { trace([](Tensor x, Tensor) {
    return for_loop(0, x, x, [&](Tensor, Tensor y) { return y; });
  }); });
  // CHECK: control-flow.cpp:[[#@LINE + 2]]: error: a bound of a loop takes one integer, and a float is given; round it
  expect_error([&] { trace([](Tensor x, Tensor) {
    return for_loop(0, 2.5, x, [&](Tensor, Tensor y) { return y; });
  }); });
  // The same where nothing is traced.
  auto keep = [](Tensor, Tensor y) { return y; };
  Tensor zero = tensor(0), half = tensor(0.5), several = tensor({1, 2});
  // CHECK: control-flow.cpp:[[#@LINE + 1]]: error: a bound of a loop takes one integer, and a float is given; round it
  expect_error([&] { for_loop(-.5, 2, zero, keep); });
  // CHECK: control-flow.cpp:[[#@LINE + 1]]: error: a bound of a loop takes one integer, and a tensor of f64 is given
  expect_error([&] { for_loop(0, half, zero, keep); });
  // CHECK: control-flow.cpp:[[#@LINE + 1]]: error: a bound of a loop takes one integer, and a tensor of 2xi32 is given
  expect_error([&] { for_loop(several, 3, zero, keep); });
  std::vector<std::function<Tensor()>> only = {[&] { return zero; }};
  // CHECK: control-flow.cpp:[[#@LINE + 1]]: error: switch_case takes one integer, and a tensor of f64 is given
  expect_error([&] { switch_case(half, only); });
  // CHECK: control-flow.cpp:[[#@LINE + 1]]: error: switch_case takes one integer, and a float is given; round it
  expect_error([&] { switch_case(0.5, only); });
  // CHECK: control-flow.cpp:[[#@LINE + 1]]: error: cond takes a condition that is one boolean, and a tensor of f64 is given
  expect_error([&] { cond(half, only[0], only[0]); });
  // CHECK: control-flow.cpp:[[#@LINE + 1]]: error: while_loop takes a condition that is one boolean, and a tensor of 2xi1 is given
  expect_error([&] { while_loop(several, [](Tensor s) { return s > 1; }, [](Tensor s) { return s; }); });
  // CHECK: control-flow.cpp:[[#@LINE + 1]]: error: the body of a loop returns other tensors than it is given: result 0 is a tensor of f64 and a tensor of f32; convert(x, dtype) brings it to the type of the first
  expect_error([&] { for_loop(0, 2, half, [](Tensor, Tensor s) { return convert(s, DType::float32); }); });
  // CHECK: control-flow.cpp:[[#@LINE + 1]]: error: the body of a loop returns other tensors than it is given: result 0 is a tensor of i32 and a tensor of 2xi32{{$}}
  expect_error([&] { while_loop(zero, [](Tensor s) { return sum(s) < 1; }, [&](Tensor s) { return s + several; }); });
  // CHECK: control-flow.cpp:[[#@LINE + 1]]: error: the body of a loop returns other tensors than it is given: result 0 is a tensor of i32 and a tensor of f64;
  expect_error([&] { scan([](Tensor s, Tensor part) { return std::pair(s + 0.5 * convert(part, DType::float64), part); }, zero, several); });
  // CHECK: control-flow.cpp:[[#@LINE + 1]]: error: the body of a loop returns another structure than it is given: (a) and (b)
  expect_error([&] { for_loop(0, 2, Map{{"a", half}}, [](Tensor, const Map &map) { return Map{{"b", map.at("a")}}; }); });
  // CHECK: control-flow.cpp:[[#@LINE + 1]]: error: an extent takes one integer, and a float is given; round it
  expect_error([&] { iota(0, spec<int>(dynamic), {1.5}); });
  // CHECK: control-flow.cpp:[[#@LINE + 5]]: error: a tensor made inside of a branch or the body of a loop is used outside of it; return it from there
  // CHECK-NEXT: control-flow.cpp:[[#@LINE + 3]]: note: it is made here
  expect_error([&] { trace([](Tensor x, Tensor p) {
    Tensor leaked;
    cond(p, [&] { return leaked = x + 1; }, [&] { return x; });
    return leaked * 2;
  }); });
  using Several = std::vector<Tensor>;
  // CHECK: control-flow.cpp:[[#@LINE + 2]]: error: the branches return different structures: (0) and (0, 1)
  expect_error([&] { trace([](Tensor x, Tensor p) {
    return cond(p, [&] { return Several{x}; }, [&] { return Several{x, x}; })[0];
  }); });
  // CHECK: control-flow.cpp:[[#@LINE + 2]]: error: the branches return different structures: (a, b) and (b, c)
  expect_error([&] { trace([](Tensor x, Tensor p) {
    return cond(p, [&] { return Map{{"a", x}, {"b", x}}; }, [&] { return Map{{"b", x}, {"c", x}}; });
  }); });
  // CHECK: control-flow.cpp:[[#@LINE + 3]]: error: the branches return different structures: (a) and (b)
  expect_error([&] { trace([](Tensor x, Tensor) {
    std::vector<std::function<Map()>> branches = {[&] { return Map{{"a", x}}; }, [&] { return Map{{"b", x}}; }};
    return switch_case(constant(0), branches);
  }); });
  // CHECK: control-flow.cpp:[[#@LINE + 2]]: error: the body of a loop returns another structure than it is given: (a) and (b)
  expect_error([&] { trace([](Tensor x, Tensor) {
    return for_loop(0, 3, Map{{"a", x}}, [](Tensor, const Map &map) { return Map{{"b", map.at("a")}}; });
  }); });
  // CHECK: control-flow.cpp:[[#@LINE + 2]]: error: the body of a loop returns another structure than it is given: (a) and ()
  expect_error([&] { trace([](Tensor x, Tensor) {
    return while_loop(Map{{"a", x}}, [](const Map &map) { return sum(map.at("a")) > 0; }, [](const Map &) { return Map(); });
  }); });
  // CHECK: control-flow.cpp:[[#@LINE + 2]]: error: the body of a loop returns another structure than it is given: (0_a, 1) and (0_b, 1)
  expect_error([&] { trace([](Tensor x, Tensor) {
    return scan([](const Map &map, Tensor s) { return std::pair(Map{{"b", map.at("a")}}, s); }, Map{{"a", x}}, x).second;
  }); });
  // CHECK: control-flow.cpp:[[#@LINE + 3]]: error: the steps of a scan return different structures: (first) and (later)
  expect_error([&] {
    Tensor x = tensor({1.0, 2.0});
    scan([](Tensor s, Tensor part) { return std::pair(s + 1, Map{{s.item<int>() ? "later" : "first", part}}); }, tensor(0), x);
  });
  // CHECK: control-flow.cpp:[[#@LINE + 3]]: error: scan runs over tensors of different lengths: 3 and 2
  expect_error([&] { trace([](Tensor x, Tensor) {
    auto part = slice(x, {0}, {2}, {1});
    return scan([](Tensor s, auto) { return std::pair(s, s); }, x, std::pair(x, part)).first;
  }); });
  // CHECK: while_loop takes a condition that is one boolean, and a 'tensor<3xf32>' is given
  expect_error([&] { trace([](Tensor x, Tensor) {
    return while_loop(x, [](Tensor y) { return y; }, [](Tensor y) { return y; });
  }); });
  // CHECK: error: switch_case has no branches
  expect_error([&] { trace([](Tensor x, Tensor) {
    return switch_case(x, std::vector<std::function<Tensor()>>());
  }); });
  // CHECK: bad luck
  expect_error([&] { trace([](Tensor x, Tensor p) {
    return cond(p, [&]() -> Tensor { throw Error("bad luck"); }, [&] { return x; });
  }); });
  // An error in the middle of a body is an error of that function only.
  EXPECT(is_close(
      function("f", [](Tensor x) { return x + 1; }, spec<double>())(1.0), {2}));
}

int main() {
  test_cond();
  test_switch();
  test_for();
  test_known();
  test_while();
  test_limits();
  test_scan();
  test_scan_over_nothing();
  test_checkpoint();
  test_custom_vjp();
  test_errors();
}
