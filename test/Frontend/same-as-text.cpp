//===- same-as-text.cpp - A traced program and the same one as text -------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// What C++ leaves to the library, broadcasting, promotion, names and calls, is what a person writes. Both are the same
// program once they are simplified, and so are their derivatives.
//
// RUN: %build_cpp
// RUN: %t | atled-opt --canonicalize --cse > %t.traced
// RUN: atled-opt --canonicalize --cse %S/Inputs/same-as-text.mlir > %t.text
// RUN: diff %t.text %t.traced
// RUN: atled-opt --ad-differentiate --canonicalize --cse %t.text > %t.text-derived
// RUN: atled-opt --ad-differentiate --canonicalize --cse %t.traced | diff %t.text-derived -

#include "expect.hpp"

using namespace atled;

int main() {
  auto layer = function(
      "layer", [](Tensor x, Tensor w, Tensor b) { return tanh(matmul(x, w) + b).named("y"); },
      spec<float>(8, 4).named("x"), spec<float>(4, 3).named("w"), spec<float>(3).named("b"));
  auto loss = function(
      "loss",
      [&](Tensor w, Tensor b, Tensor x, Tensor labels) {
        Tensor y = layer(x, w, b);
        Tensor wanted = convert(labels, DType::float32);
        Tensor error = y - expand_dims(wanted, 1);
        Tensor grown = for_loop(0, 3, w, [](Tensor, Tensor v) { return v * 2; });
        return (mean(error * error) + 0.5 * sum(grown)).named("loss");
      },
      spec<float>(4, 3).named("w"), spec<float>(3).named("b"), spec<float>(8, 4).named("x"),
      spec<int32_t>(8).named("labels"));
  std::cout << value_and_grad(loss, wrt(0, 1)).mlir();
}
