//===- call.cpp - Calls what save.cpp saves, from C++ ---------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "step.hpp"
#include <cstdio>

int main() {
  using step = atled::fn::loss_value_and_grad;
  double w[] = {1, 2, 3}, x[] = {1, 0.5, 2}, loss, gradient[3];
  atled::buffer workspace;
  step::run({w, x}, {loss, gradient}, workspace);
  std::printf("%g %g %g %g\n", loss, gradient[0], gradient[1], gradient[2]);
}
