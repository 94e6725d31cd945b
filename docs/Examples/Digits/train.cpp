//===- train.cpp - Trains the digits classifier from C++ ------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `train digits.csv` is train.c on the header for C++: model.hpp, which
// atled_add_gradient makes of model.mlir.
//
//===----------------------------------------------------------------------===//

#include "digits.hpp"
#include "model.hpp"
#include <chrono>
#include <cstdio>
#include <exception>

using namespace digits;
using atled::fn::loss_value_and_grad;
using atled::fn::predict;

static constexpr float learning_rate = 0.2f, momentum = 0.9f;

namespace {
struct Parameter {
  explicit Parameter(std::vector<float> initial)
      : value(std::move(initial)), gradient(value.size()),
        velocity(value.size()) {}

  void descend() {
    for (size_t i = 0; i < value.size(); ++i) {
      velocity[i] = momentum * velocity[i] - learning_rate * gradient[i];
      value[i] += velocity[i];
    }
  }

  std::vector<float> value, gradient, velocity;
};

struct Network {
  explicit Network(Random &random)
      : hidden_weights(random.weights(pixels, hidden)),
        hidden_bias(std::vector<float>(hidden)),
        output_weights(random.weights(hidden, classes)),
        output_bias(std::vector<float>(classes)) {}

  /// One step of descent. Returns the loss before it.
  float train(const Split &part) {
    float loss;
    loss_value_and_grad::run(
        {hidden_weights.value, hidden_bias.value, output_weights.value,
         output_bias.value, part.images, part.labels},
        {loss, hidden_weights.gradient, hidden_bias.gradient,
         output_weights.gradient, output_bias.gradient},
        workspace);
    for (Parameter *parameter :
         {&hidden_weights, &hidden_bias, &output_weights, &output_bias})
      parameter->descend();
    return loss;
  }

  std::vector<int32_t> read(const std::vector<float> &images) {
    std::vector<int32_t> found(batch);
    predict::run({hidden_weights.value, hidden_bias.value, output_weights.value,
                  output_bias.value, images},
                 {found}, workspace);
    return found;
  }

  Parameter hidden_weights, hidden_bias, output_weights, output_bias;
  atled::buffer workspace;
};
} // namespace

static void train(const std::string &path) {
  Data data = read(path);
  Random random(20240229);
  Network network(random);
  int steps = data.training.rows() / batch;
  auto start = std::chrono::steady_clock::now();
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    std::vector<int> order = shuffled(data.training.rows(), random);
    double total = 0;
    for (int step = 0; step < steps; ++step)
      total += network.train(data.training.take(order, step * batch));
    std::printf("epoch %2d  loss %.4f\n", epoch, total / steps);
  }
  std::chrono::duration<double, std::micro> time =
      std::chrono::steady_clock::now() - start;
  std::printf("%.0f us a step\n", time.count() / (steps * epochs));
  std::printf("test accuracy %.4f\n",
              accuracy(data.test, [&](const std::vector<float> &images) {
                return network.read(images);
              }));
}

int main(int argc, char **argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: train digits.csv\n");
    return 1;
  }
  try {
    train(argv[1]);
  } catch (const std::exception &error) {
    std::fprintf(stderr, "train: %s\n", error.what());
    return 1;
  }
}
