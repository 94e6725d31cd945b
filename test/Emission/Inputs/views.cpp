/* views.cpp - Calls entries through the C++ header, with and without
 * exceptions.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
#include "check.h"
#include "model.hpp"
#include "model.hpp" // Twice is once.
#include <array>
#include <cmath>
#include <cstdio>
#include <type_traits>
#include <vector>

using atled::fn::loss_bwd;
using atled::fn::loss_fwd;
using atled::fn::loss_vjp;

static_assert(loss_vjp::workspace_bytes == LOSS_VJP_WORKSPACE_BYTES);
static_assert(std::is_same_v<decltype(loss_vjp::inputs::w),
                             atled::span<const float, 12>>);
static_assert(std::is_nothrow_move_constructible_v<atled::buffer>);
static_assert(!std::is_copy_constructible_v<atled::buffer>);
// What has another element type is no tensor of floats.
static_assert(!std::is_constructible_v<atled::span<const float, 4>,
                                       std::vector<double> &>);
// Nobody else's memory can be written through a view of a constant.
static_assert(!std::is_constructible_v<atled::span<float, 4>,
                                       const std::vector<float> &>);
static_assert(std::is_constructible_v<atled::span<const float, 4>,
                                      const std::vector<float> &>);

static const std::array<float, 12> w = {0.5f,  -1, 2,  0.25f, 1,    1,
                                        -0.5f, 3,  -2, 0.75f, 1.5f, 1};
static const float x[4] = {1, -0.5f, 0.25f, 2};
static const float limit = 0.25f;

int main() {
  std::vector<float> y(3), seed_y = {1, -2, 0.5f}, grad_w(12);
  std::array<float, 4> grad_x{};
  float sum = 0;
  const float seed_sum = 0.25f;

  loss_vjp::inputs in;
  in.w = w;
  in.x = x;
  in.limit = limit;
  in.seed_y = seed_y;
  in.seed_sum = seed_sum;
  loss_vjp::outputs out;
  out.y = y;
  out.sum = sum;
  out.grad_w = grad_w;
  out.grad_x = grad_x;
  atled::buffer workspace(loss_vjp::workspace_bytes);
  CHECK(reinterpret_cast<std::uintptr_t>(workspace.data()) % 64 == 0);
  CHECK(loss_vjp::call(in, out, workspace) == ATLED_OK);

  // The same in two halves; the result of the first is not wanted.
  std::vector<float> other_w(12);
  loss_fwd::inputs there;
  there.w = w;
  there.x = x;
  there.limit = limit;
  atled::buffer residuals(loss_fwd::residual_bytes);
  loss_fwd::outputs kept;
  kept.residuals = residuals;
  workspace.grow(loss_fwd::workspace_bytes);
  CHECK(loss_fwd::call(there, kept, workspace) == ATLED_OK);
  loss_bwd::inputs back;
  back.w = w;
  back.x = x;
  back.residuals = residuals;
  back.seed_y = seed_y;
  back.seed_sum = seed_sum;
  loss_bwd::outputs gradients;
  gradients.grad_w = other_w;
  atled::buffer moved(std::move(workspace));
  moved.grow(loss_bwd::workspace_bytes);
  CHECK(loss_bwd::call(back, gradients, moved) == ATLED_OK);
  CHECK(grad_w == other_w);

  // An entry and a tensor with the names of what is around them.
  atled::fn::run_::inputs other_in;
  other_in.span = sum;
  atled::fn::run_::outputs other_out;
  float doubled = 0;
  other_out.buffer = doubled;
  CHECK(atled::fn::run_::call(other_in, other_out, moved) == ATLED_OK);
  CHECK(doubled == sum + sum);

#if ATLED_EXCEPTIONS
  // `run` finds memory by itself, and throws what `call` returns.
  atled::buffer none;
  loss_vjp::run(in, out, none);
  in.w = nullptr;
  bool thrown = false;
  try {
    loss_vjp::run(in, out, none);
  } catch (const atled::error &error) {
    thrown = error.code() == ATLED_ERROR_NULL_INPUT;
  }
  CHECK(thrown);
  thrown = false;
  std::vector<float> small(11);
  try {
    in.w = small;
  } catch (const std::length_error &) {
    thrown = true;
  }
  CHECK(thrown);

  // A call that needs more workspace gets it.
  const std::array<double, 8> start = {0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2};
  std::array<double, 8> slope{};
  const std::int64_t times = 100;
  atled::fn::slope::inputs slope_in;
  slope_in.x = start;
  slope_in.n = times;
  atled::fn::slope::outputs slope_out;
  slope_out.dx = slope;
  atled::fn::slope::run(slope_in, slope_out, none);
  double value = start[3], expected = 1;
  for (int i = 0; i < 100; ++i) {
    expected *= std::cos(value);
    value = std::sin(value);
  }
  CHECK(std::fabs(slope[3] - expected) <= 1e-13 * expected);
#endif
  std::puts("seen");
  return 0;
}
