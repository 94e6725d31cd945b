//===- nesting.cpp - Branches and loops inside of each other --------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// What is used two bodies and more away from where it is made. Each nest is
// compared with the same one in plain C++: its value, and its gradient with
// central differences.
//
// RUN: %build_cpp
// RUN: %t
// RUN: %if gcc %{ %build_gcc && %t.gcc %}

#include "expect.hpp"
#include <functional>

using namespace atled;

/// Two numbers, as what plain C++ computes with.
struct Two {
  double a, b;
};
static Two operator*(Two x, Two y) { return {x.a * y.a, x.b * y.b}; }
static Two operator*(Two x, double y) { return {x.a * y, x.b * y}; }
static Two operator+(Two x, Two y) { return {x.a + y.a, x.b + y.b}; }
static Two tanh(Two x) { return {std::tanh(x.a), std::tanh(x.b)}; }
static double sum(Two x) { return x.a + x.b; }

/// `nest` of Atled returns what `plain` does, and so do their gradients, where
/// the conditions go either way.
static void compare(const std::function<Tensor(Tensor, Tensor)> &nest, const std::function<Two(Two, Two)> &plain) {
  auto f = function("f", [&](Tensor x, Tensor w) { return nest(x, w); }, spec<double>(2), spec<double>(2));
  auto total = function("total", [&](Tensor x, Tensor w) { return sum(f(x, w) * constant(Array{1.0, -0.5})); }, spec<double>(2), spec<double>(2));
  for (std::vector<double> at : {std::vector<double>{.5, .75, 1.25, .5}, {-.5, .25, .75, -1.5}, {.25, -.375, -.5, 1.5}}) {
    auto run = [&](const std::vector<double> &v) { return plain({v[0], v[1]}, {v[2], v[3]}); };
    Array x = {at[0], at[1]}, w = {at[2], at[3]};
    Two expected = run(at);
    EXPECT(is_close(f(x, w), {expected.a, expected.b}, 1e-13));
    std::vector<double> slope;
    for (size_t i = 0; i < 4; ++i) {
      double step = 1e-6;
      std::vector<double> up = at, down = at;
      up[i] += step, down[i] -= step;
      Two high = run(up), low = run(down);
      slope.push_back((high.a - low.a - .5 * (high.b - low.b)) / (2 * step));
    }
    auto [dx, dw] = grad(total)(x, w);
    EXPECT(is_close(dx, {slope[0], slope[1]}, 1e-7));
    EXPECT(is_close(dw, {slope[2], slope[3]}, 1e-7));
  }
}

static void test_two_deep() {
  // A branch in a loop.
  compare(
      [](Tensor x, Tensor w) {
        return for_loop(0, 3, x, [&](Tensor, Tensor s) {
          return cond(sum(s) > 0, [&] { return s * w; }, [&] { return s + w; });
        });
      },
      [](Two x, Two w) {
        for (int i = 0; i < 3; ++i)
          x = sum(x) > 0 ? x * w : x + w;
        return x;
      });
  // A loop in a loop.
  compare(
      [](Tensor x, Tensor w) {
        return for_loop(0, 3, x, [&](Tensor, Tensor s) {
          return for_loop(0, 2, s, [&](Tensor, Tensor t) { return tanh(t * w) + x; });
        });
      },
      [](Two x, Two w) {
        Two s = x;
        for (int i = 0; i < 6; ++i)
          s = tanh(s * w) + x;
        return s;
      });
  // A loop in a branch; the other is traced while the first waits.
  compare(
      [](Tensor x, Tensor w) {
        return cond(
            sum(x) > 0, [&] { return for_loop(0, 2, x, [&](Tensor, Tensor s) { return s * w; }); },
            [&] { return for_loop(0, 3, w, [&](Tensor, Tensor s) { return s * x; }); });
      },
      [](Two x, Two w) { return sum(x) > 0 ? x * w * w : w * x * x * x; });
  // A checkpoint of what is outside, in a branch.
  auto layer = [](auto h, auto w) { return tanh(h * w) * h; };
  compare(
      [&](Tensor x, Tensor w) {
        return cond(sum(x) > 0, [&] { return checkpoint(layer, x, w); }, [&] { return w; });
      },
      [&](Two x, Two w) { return sum(x) > 0 ? layer(x, w) : w; });
  // A checkpoint in a scan, with weights from outside.
  compare(
      [&](Tensor x, Tensor w) {
        auto [last, all] = scan(
            [&](Tensor h, Tensor part) {
              Tensor next = checkpoint([&](Tensor g) { return layer(g, w) + x; }, h);
              return std::pair(next, next * part);
            },
            x, constant(Array{1.0, 2.0, 3.0}));
        return last + sum(all, {0});
      },
      [&](Two x, Two w) {
        Two h = x, all = {0, 0};
        for (int i = 1; i < 4; ++i) {
          h = layer(h, w) + x;
          all = all + h * i;
        }
        return h + all;
      });
  // A branch in a `while`.
  compare(
      [](Tensor x, Tensor w) {
        auto last = while_loop(
            std::pair(x, constant(0)),
            [&](auto s) { return s.second < 4; },
            [&](auto s) {
              return std::pair(cond(sum(s.first) > 0, [&] { return s.first * w; }, [&] { return tanh(s.first) + x; }), s.second + 1);
            });
        return last.first;
      },
      [](Two x, Two w) {
        Two s = x;
        for (int i = 0; i < 4; ++i)
          s = sum(s) > 0 ? s * w : tanh(s) + x;
        return s;
      });
}

static void test_four_deep() {
  compare(
      [](Tensor x, Tensor w) {
        Tensor both = x * w;
        return for_loop(0, 2, x, [&](Tensor, Tensor s) {
          return for_loop(0, 2, s, [&](Tensor, Tensor t) {
            std::vector<std::function<Tensor()>> branches = {
                [&] { return checkpoint([&] { return t * w + s; }); },
                [&] { return cond(sum(t) > 1, [&] { return tanh(t + both); }, [&] { return s * both + x; }); }};
            return switch_case(convert(sum(s) > 0, DType::int32), branches);
          });
        });
      },
      [](Two x, Two w) {
        Two both = x * w, s = x;
        for (int i = 0; i < 2; ++i) {
          Two t = s;
          for (int k = 0; k < 2; ++k)
            t = sum(s) <= 0 ? t * w + s : sum(t) > 1 ? tanh(t + both) : s * both + x;
          s = t;
        }
        return s;
      });
}

/// A body that is given up leaves the ones around it whole.
static void test_given_up() {
  compare(
      [](Tensor x, Tensor w) {
        return for_loop(0, 2, x, [&](Tensor, Tensor s) {
          try {
            cond(sum(s) > 0, [&] { return for_loop(0, 2, s * w, [&](Tensor, Tensor) -> Tensor { throw Error("bad luck"); }); },
                 [&] { return s; });
          } catch (const Error &) {
          }
          return cond(sum(s) > 0, [&] { return s * w; }, [&] { return w; });
        });
      },
      [](Two x, Two w) {
        for (int i = 0; i < 2; ++i)
          x = sum(x) > 0 ? x * w : w;
        return x;
      });
}

int main() {
  test_two_deep();
  test_four_deep();
  test_given_up();
}
