//===- traced.cpp - The digits classifier wholly in C++ -------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// `traced digits.csv FOLDER`: the network of model.mlir as functions of C++. A
// step of training is one function, which is compiled when it is called for the
// first time. What was learned is left in FOLDER/state.npz, and read back.
//
//===----------------------------------------------------------------------===//

#include "digits.hpp"
#include <atled/atled.hpp>
#include <chrono>
#include <cstdio>

using namespace digits;
using atled::Array, atled::Spec, atled::Tensor;

template <class T>
struct Network {
  T hidden_weights, hidden_bias, output_weights, output_bias;
  ATLED_FIELDS(hidden_weights, hidden_bias, output_weights, output_bias)
};

static Tensor get_logits(const Network<Tensor> &net, const Tensor &images) {
  Tensor sums = matmul(images, net.hidden_weights) + net.hidden_bias;
  return matmul(tanh(sums), net.output_weights) + net.output_bias;
}

/// The mean cross entropy of the labels.
static Tensor get_loss(const Network<Tensor> &net, const Tensor &images,
                       const Tensor &labels) {
  Tensor logits = get_logits(net, images);
  Tensor number = atled::iota(1, atled::spec<int32_t>(batch, classes));
  Tensor is_label = number == reshape(labels, atled::Shape{batch, 1});
  Tensor chosen = sum(select(is_label, logits, 0), {1});
  return mean(logsumexp(logits, {1}) - chosen).named("loss");
}

static void train(const std::string &path, const std::string &folder) {
  Network<Spec> types{
      atled::spec<float>(pixels, hidden), atled::spec<float>(hidden),
      atled::spec<float>(hidden, classes), atled::spec<float>(classes)};
  Spec images = atled::spec<float>(batch, pixels).named("images");
  Spec labels = atled::spec<int32_t>(batch).named("labels");
  auto loss = atled::function("loss", get_loss, types, images, labels);
  auto step = atled::train_step(loss, atled::momentum(0.2, 0.9));
  auto predict = atled::function(
      "predict",
      [](const Network<Tensor> &net, const Tensor &x) {
        return argmax(get_logits(net, x), 1);
      },
      types, images);

  Data data = read(path);
  Random random(20240229);
  std::vector<float> first = random.weights(pixels, hidden);
  std::vector<float> second = random.weights(hidden, classes);
  auto state = step.initialise(
      {Array(first, {pixels, hidden}), Array::zeros<float>({hidden}),
       Array(second, {hidden, classes}), Array::zeros<float>({classes})});
  auto get_accuracy = [&](const Network<Array> &net) {
    return accuracy(data.test, [&](const std::vector<float> &x) {
      return predict(net, Array(x, {batch, pixels})).values<int32_t>();
    });
  };

  int steps = data.training.rows() / batch;
  auto start = std::chrono::steady_clock::now();
  for (int epoch = 1; epoch <= epochs; ++epoch) {
    // The first step compiles.
    if (epoch == 2)
      start = std::chrono::steady_clock::now();
    std::vector<int> order = shuffled(data.training.rows(), random);
    double total = 0;
    for (int i = 0; i < steps; ++i) {
      Split part = data.training.take(order, i * batch);
      Array value =
          step(state, Array(part.images, {batch, pixels}), Array(part.labels));
      total += value.item<float>();
    }
    std::printf("epoch %2d  loss %.4f\n", epoch, total / steps);
  }
  std::chrono::duration<double, std::micro> time =
      std::chrono::steady_clock::now() - start;
  std::printf("%.0f us a step\n", time.count() / (steps * (epochs - 1)));

  step.save(folder + "/state.npz", state);
  std::printf("test accuracy %.4f\n",
              get_accuracy(step.load(folder + "/state.npz").parameters));
}

int main(int argc, char **argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: traced digits.csv FOLDER\n");
    return 1;
  }
  try {
    train(argv[1], argv[2]);
  } catch (const std::exception &error) {
    std::fprintf(stderr, "traced: %s\n", error.what());
    return 1;
  }
}
