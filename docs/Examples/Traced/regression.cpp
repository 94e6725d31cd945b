//===- regression.cpp - A line through points, in memory ------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Fits y = x w + b to points of y = x (2, -3) + 0.5 by gradient descent. The
// loss, its gradient and the update are one traced function.
//
//===----------------------------------------------------------------------===//

#include <atled/atled.hpp>
#include <iostream>

using namespace atled;

template <class T>
struct Line {
  T weights, bias;
  ATLED_FIELDS(weights, bias)
};

int main() {
  Line<Spec> line{spec<double>(2, 1), spec<double>(1)};
  auto loss = function(
      "loss",
      [](const Line<Tensor> &l, Tensor x, Tensor y) {
        Tensor error = matmul(x, l.weights) + l.bias - y;
        return mean(error * error);
      },
      line, spec<double>(4, 2), spec<double>(4, 1));
  auto slope = grad(loss, wrt<0>());
  auto step = function(
      "step",
      [&](const Line<Tensor> &l, Tensor x, Tensor y) {
        Line<Tensor> d = slope(l, x, y);
        return Line<Tensor>{l.weights - 0.1 * d.weights, l.bias - 0.1 * d.bias};
      },
      line, spec<double>(4, 2), spec<double>(4, 1));

  Array x = {{0., 0.}, {1., 0.}, {0., 1.}, {1., 1.}};
  Array y = {{0.5}, {2.5}, {-2.5}, {-0.5}};
  Line<Array> fit{Array::zeros<double>({2, 1}), Array::zeros<double>({1})};
  for (int i = 0; i < 2000; ++i)
    fit = step(fit, x, y);
  std::cout << "weights " << fit.weights.to(DType::float32) << "\n"
            << "bias " << fit.bias.to(DType::float32) << "\n";
}
