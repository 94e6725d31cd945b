// dynamic.cpp - Views of tensors of dynamic size, checked when a call is made.
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "dynamic.hpp"
#include "check.h"
#include <vector>

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
  CHECK(product::call(in, out, dims, workspace) == ATLED_ERROR_DIMS);
  try {
    product::run(in, out, dims, workspace);
    CHECK(false);
  } catch (const atled::error &error) {
    CHECK(error.code() == ATLED_ERROR_DIMS);
  }
  std::puts("of any size");
}
