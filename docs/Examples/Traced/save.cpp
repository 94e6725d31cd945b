//===- save.cpp - Writes a gradient as an object and a header -------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `save PATH` writes PATH.o, PATH.h and PATH.hpp; use.c calls it.
//
//===----------------------------------------------------------------------===//

#include <atled/atled.hpp>
#include <iostream>

using namespace atled;

int main(int argc, char **argv) {
  if (argc != 2) {
    std::cerr << "usage: save PATH\n";
    return 1;
  }
  try {
    auto loss = function(
        "loss",
        [](Tensor w, Tensor x) {
          Tensor y = tanh(dot(w, x));
          return (y * y).named("loss");
        },
        spec<float>(3).named("w"), spec<float>(3).named("x"));
    value_and_grad(loss, wrt(0)).save_object(argv[1]);
  } catch (const Error &error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
