//===- save.cpp - A traced function becomes an object ---------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// A program of C links what this one saves, and computes the same.
//
// RUN: rm -rf %t.d && mkdir %t.d
// RUN: %build_cpp
// RUN: cd %t.d && %t > expected.txt
// RUN: %cc -std=c11 -Wall -Wextra -Werror -I %t.d %S/Inputs/call.c %t.d/step.o -lm -o %t.d/call
// RUN: %t.d/call > %t.d/actual.txt
// RUN: diff %t.d/expected.txt %t.d/actual.txt
// RUN: FileCheck %s < %t.d/actual.txt
//
// So does one of C++, with or without the library.
// RUN: %cxx -std=c++17 -Wall -Wextra -Werror -I %t.d %S/Inputs/call.cpp %t.d/step.o -lm -o %t.d/call_cpp
// RUN: %t.d/call_cpp | diff %t.d/expected.txt -
// RUN: %cxx -std=c++17 -Wall -Wextra -Werror -fsyntax-only -include atled/atled.hpp %include_cpp -I %t.d %S/Inputs/call.cpp
//
// The same bytes as those of the command line.
// RUN: %t text > %t.d/program.mlir
// RUN: atled-compile %t.d/program.mlir -o %t.d/again.o --header=%t.d/again.h --hpp=%t.d/again.hpp
// RUN: cmp %t.d/step.h %t.d/again.h && cmp %t.d/step.hpp %t.d/again.hpp && cmp %t.d/step.o %t.d/again.o

#include "expect.hpp"
#include <cstdio>

using namespace atled;

int main(int argc, char **) {
  auto loss = function(
      "loss", [](Tensor w, Tensor x) { return dot(w * w, x).named("loss"); },
      spec<double>(3).named("w"), spec<double>(3).named("x"));
  auto step = value_and_grad(loss, wrt(0));
  if (argc > 1) {
    std::cout << step.mlir();
    return 0;
  }
  step.save_object("step");
  // w.w x at (1, 2, 3), (1, 0.5, 2): 1 + 2 + 18; 2 w x.
  // CHECK: 21 2 2 12
  auto [value, dw] = step({1.0, 2.0, 3.0}, {1.0, 0.5, 2.0});
  std::printf("%g", value.item<double>());
  for (double element : dw.values<double>())
    std::printf(" %g", element);
  std::printf("\n");
}
