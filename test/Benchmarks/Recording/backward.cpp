//===- backward.cpp - What going back costs -------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Times backward() of a small network: the first one, which compiles what it
// calls, then node by node, then as the one function that the hundredth makes.
//
//===----------------------------------------------------------------------===//

#include <algorithm>
#include <atled/atled.hpp>
#include <chrono>
#include <cstdio>

using namespace atled;

int main() {
  Tensor w = (randn({16, 32}, 1) * 0.3).detach().requires_grad();
  Tensor v = (randn({32, 8}, 2) * 0.3).detach().requires_grad();
  Tensor b = tensor(Array::zeros<double>({8})).requires_grad();
  Tensor x = randn({10, 16}, 3);
  std::vector<double> times;
  for (int i = 0; i < 1000; ++i) {
    Tensor z = exp(matmul(tanh(matmul(x, w)), v) + b);
    Tensor y = z / (1 + z);
    Tensor loss = sum(y * y) + 0.1 * sum(w * w);
    auto start = std::chrono::steady_clock::now();
    loss.backward();
    std::chrono::duration<double, std::micro> time =
        std::chrono::steady_clock::now() - start;
    times.push_back(time.count());
    for (const Tensor &weight : {w, v, b})
      weight.zero_grad();
  }
  auto median = [&](int from, int to) {
    std::vector<double> part(times.begin() + from, times.begin() + to);
    std::nth_element(part.begin(), part.begin() + part.size() / 2, part.end());
    return part[part.size() / 2];
  };
  std::printf("backward() of a small network: the first %.0f ms, node by node "
              "%.1f us, compiling the whole %.0f ms, as a whole %.1f us\n",
              times[0] / 1000, median(10, 99), times[99] / 1000,
              median(200, 1000));
}
