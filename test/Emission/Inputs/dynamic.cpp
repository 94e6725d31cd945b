// dynamic.cpp - Views of tensors of dynamic size, checked when a call is made.
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dynamic.hpp"
#include "check.h"
#include <vector>

// `call` returns what `run` throws.
template <class Entry>
static void refuse(const typename Entry::inputs &in,
                   const typename Entry::outputs &out,
                   const typename Entry::dims &dims, atled::buffer &workspace) {
  CHECK(Entry::call(in, out, dims, workspace) == ATLED_ERROR_DIMS);
  try {
    Entry::run(in, out, dims, workspace);
    CHECK(false);
  } catch (const atled::error &error) {
    CHECK(error.code() == ATLED_ERROR_DIMS);
  }
}

// What is out of range, or does not fit, and what no memory holds but fits: no
// product of it is 16, whatever 64 bits leave of it.
static void refuse_before_there_is_memory() {
  using total = atled::fn::total;
  const std::int64_t two_to_40 = ATLED_MAX_DIM;
  std::vector<double> x(16);
  double y = 42;
  total::inputs in;
  in.x = x;
  total::outputs out;
  out.y = y;
  atled::buffer workspace;
  for (total::dims bad :
       {total::dims{3, 8}, total::dims{two_to_40, 8}, total::dims{-2, -8},
        total::dims{-2, 8}, total::dims{2, INT64_MIN},
        total::dims{two_to_40 << 21, 8}, total::dims{(two_to_40 << 20) + 2, 8},
        total::dims{two_to_40 << 23, 0}, total::dims{two_to_40, 0},
        total::dims{INT64_MAX, INT64_MAX}}) {
    refuse<total>(in, out, bad, workspace);
    CHECK(workspace.size() == 0 && y == 42);
  }
  total::run(in, out, {2, 8}, workspace);
  CHECK(y == 16);
}

int main() {
  using product = atled::fn::product;
  std::vector<double> a = {1, 2, 3, 4, 5, 6}, b = {1, 0, 2}, c(2), rows(2);
  product::inputs in;
  in.a = a;
  in.b = b;
  product::outputs out;
  out.c = c;
  atled::buffer workspace;
  product::dims dims = {2, 3, 3, 1};
  product::run(in, out, dims, workspace);
  CHECK(c[0] == 7 && c[1] == 16);

  product::output_dims output_dims;
  CHECK(product::get_output_dims(dims, output_dims) == ATLED_OK);
  CHECK(output_dims[0] == 2 && output_dims[1] == 1 && output_dims[2] == 2);

  // Dimensions that disagree with each other, or with a view.
  for (product::dims bad :
       {product::dims{2, 3, 4, 1}, product::dims{2, 2, 2, 1},
        product::dims{1, 3, 3, 1}, product::dims{-2, -3, 3, 1}})
    CHECK(product::call(in, out, bad, workspace) == ATLED_ERROR_DIMS);
  std::vector<double> small(1);
  out.c = small;
  refuse<product>(in, out, dims, workspace);
  refuse_before_there_is_memory();
  std::puts("of any size");
}
