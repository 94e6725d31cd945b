// checked.cpp - Catches what a call with an index out of range throws.
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "checked.hpp"
#include <cstdio>

int main() {
  const double x[6] = {1, 2, 3, 4, 5, 6};
  const std::int64_t i[2] = {0, 6};
  double y[2];
  atled::buffer workspace;
  atled::fn::gather::inputs in;
  atled::fn::gather::outputs out;
  in.x = x;
  in.i = i;
  out.out0 = y;
  try {
    atled::fn::gather::run(in, out, workspace);
  } catch (const atled::error &error) {
    std::printf("%d: %s\n", static_cast<int>(error.code()), error.what());
  }
  return 0;
}
