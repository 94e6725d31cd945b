// split-dynamic.cpp - Halves of a derivative by the header for C++: buffers of
// residuals may be larger than they have to be, and not smaller.
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "split-dynamic.hpp"
#include "check.h"
#include <cmath>
#include <cstdio>
#include <vector>

using forward = atled::fn::soft_fwd;
using reverse = atled::fn::soft_bwd;

static void run(std::int64_t rows, atled::buffer &residuals) {
  const forward::dims dims = {rows, rows};
  std::size_t count = static_cast<std::size_t>(rows);
  std::vector<double> x(4 * count, 0.5), w(12, 0), b(count, 2), y(3 * count),
      seed_y(3 * count, 0), grad_x(4 * count), grad_w(12), grad_b(count);
  double total = 0, seed_total = 3;
  residuals.grow(forward::residual_bytes(dims));
  atled::buffer workspace;
  forward::outputs there;
  there.y = y;
  there.total = total;
  there.residuals = residuals;
  forward::run({x, w, b}, there, dims, workspace);
  CHECK(std::fabs(total - double(rows) * std::log(6.)) < 1e-12 * (1 + total));

  reverse::inputs in;
  in.x = x;
  in.w = w;
  in.b = b;
  in.residuals = residuals;
  in.seed_y = seed_y;
  in.seed_total = seed_total;
  reverse::run(in, {grad_x, grad_w, grad_b}, dims, workspace);
  for (double gradient : grad_b)
    CHECK(gradient == 1.5);
  // d total / d w = sum of x / 3, as w is 0.
  for (double gradient : grad_w)
    CHECK(std::fabs(gradient - 0.5 * double(rows)) < 1e-12 * (1 + gradient));

  std::vector<double> more(3 * count + 3);
  in.seed_y = more;
  CHECK(reverse::call(in, {grad_x, grad_w, grad_b}, dims, workspace) ==
        ATLED_ERROR_DIMS);
  atled::buffer none(forward::residual_bytes(dims) - 64);
  in.seed_y = seed_y;
  in.residuals = none;
  CHECK(none.size() == 0 || reverse::call(in, {grad_x, grad_w, grad_b}, dims,
                                          workspace) == ATLED_ERROR_DIMS);
}

int main() {
  atled::buffer residuals;
  run(7, residuals);
  run(2, residuals);
  run(9, residuals);
  std::puts("with room for more");
}
