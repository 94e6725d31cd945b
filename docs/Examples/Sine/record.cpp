//===- record.cpp - Draws sin and its derivative, recorded ----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `record PICTURE.svg` does what draw.c does, without a program in a file.
//
//===----------------------------------------------------------------------===//

#include <atled/atled.hpp>
#include <cmath>
#include <iostream>

extern "C" {
#include "../Plot/plot.h"
}

using namespace atled;

int main(int argc, char **argv) {
  if (argc != 2) {
    std::cerr << "usage: record PICTURE.svg\n";
    return 2;
  }
  const double pi = 3.141592653589793;
  Tensor x = linspace(-2 * pi, 2 * pi, 200).requires_grad();
  Tensor y = sin(x);
  // Each point depends on its own x alone, so the derivative of the sum is that
  // of each.
  sum(y).backward();
  Array at = x.array(), values = y.array(), slopes = x.grad()->array();
  double difference = 0;
  for (int64_t i = 0; i < at.size(); ++i)
    difference = std::max(difference, std::abs(slopes.at<double>({i}) -
                                               std::cos(at.at<double>({i}))));
  std::cout << "at most " << difference << " from the C library\n";

  plot_curve curves[] = {
      {"sin x", "#3730a3", 2.5, at.data<double>(), values.data<double>(), 200},
      {"its derivative", "#ea580c", 2.5, at.data<double>(),
       slopes.data<double>(), 200},
  };
  plot picture = {"sin and its derivative", "x", "", 0, curves, 2};
  if (plot_write(argv[1], &picture)) {
    std::cerr << "record: " << argv[1] << " cannot be written\n";
    return 1;
  }
}
