//===- training.cpp - Steps of training -----------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// RUN: %build_cpp
// RUN: rm -rf %t.d && mkdir %t.d && cd %t.d && %t | FileCheck %s
//
// PyTorch's optimisers come to the same numbers.
// RUN: %if torch %{ %python %S/Inputs/training.py %t.d %}
//
// A program of C makes steps in its own buffers.
// RUN: FileCheck %s --check-prefix=HEADER < %t.d/step.h
// RUN: %cc -std=c11 -Wall -Wextra -Werror -I %t.d %S/Inputs/step.c %t.d/step.o -lm -o %t.d/step && %t.d/step > %t.d/actual.txt
// RUN: diff %t.d/expected.txt %t.d/actual.txt

#include "expect.hpp"
#include <cstdio>

using namespace atled;

template <class T>
struct Layer {
  T weights, bias;
  ATLED_FIELDS(weights, bias)
};
template <class Part>
struct Pair {
  Part first, second;
  ATLED_FIELDS(first, second)
};
using Net = Pair<Layer<Tensor>>;

static const Pair<Layer<Spec>> specs{{spec<double>(3, 2), spec<double>(2)}, {spec<double>(2, 1), spec<double>(1)}};

static Tensor get_loss(const Net &net, const Tensor &x, const Tensor &y) {
  Tensor hidden = tanh(matmul(x, net.first.weights) + net.first.bias);
  Tensor error = matmul(hidden, net.second.weights) + net.second.bias - y;
  return mean(error * error).named("loss");
}

static const Pair<Layer<Array>> initial{{{{.1, -.2}, {.3, .4}, {-.5, .6}}, {.1, -.1}}, {{{.7}, {-.8}}, Array(std::vector<double>{.2})}};
static const Array x = {{1., 0., 1.}, {0., 1., 0.}, {1., 1., 0.}, {-1., 2., 1.}}, y = {{1.}, {0.}, {-1.}, {2.}};

template <class Optimiser>
static void run(const std::string &name, const Optimiser &optimiser) {
  auto loss = function("loss", get_loss, specs, spec<double>(4, 3).named("x"), spec<double>(4, 1).named("y"));
  auto step = train_step(loss, optimiser);
  auto state = step.initialise(initial), other = state;
  const void *place = state.parameters.first.weights.raw();
  std::vector<double> losses;
  for (int i = 0; i < 20; ++i) {
    // Where it was saved, it goes on.
    if (i == 10) {
      step.save("half.npz", state);
      state = step.load("half.npz");
      place = state.parameters.first.weights.raw();
    }
    Array value = step(state, x, y);
    losses.push_back(value.item<double>());
    // The same, and nothing is overwritten.
    auto [same, next] = step.function()(other, x, y);
    EXPECT(is_close(same, {losses.back()}));
    other = next;
  }
  EXPECT(state.parameters.first.weights.raw() == place);
  const Array &weights = other.parameters.first.weights;
  EXPECT(is_close(state.parameters.first.weights, weights.values<double>()));
  EXPECT(losses.back() < losses.front() / 1.2);
  step.save(name + ".npz", state);
  save_npy(name + "_losses.npy", losses);
}

/// The step of a line in C: weights, and their velocity.
static void save_step() {
  auto loss = function("loss", [](Tensor w, Tensor z) { return dot(w * w, z).named("loss"); },
                       spec<float>(2).named("w"), spec<float>(2).named("z"));
  auto step = train_step(loss, momentum(0.25, 0.5));
  step.save_object("step");
  // HEADER: struct loss_step_inputs {
  // HEADER-NEXT: const float *w;
  // HEADER-NEXT: const float *velocity_w;
  // HEADER-NEXT: const float *z;
  // HEADER: struct loss_step_outputs {
  // HEADER-NEXT: float *loss;
  // HEADER-NEXT: float *w; /* tensor<2xf32>, where input w is */
  // HEADER-NEXT: float *velocity_w; /* tensor<2xf32>, where input velocity_w is */
  auto state = step.initialise({1.0f, 2.0f});
  std::FILE *file = std::fopen("expected.txt", "w");
  for (int i = 0; i < 3; ++i) {
    float value = step(state, {1.0f, 0.5f}).item<float>();
    const float *w = state.parameters.data<float>();
    std::fprintf(file, "%g %g %g\n", value, w[0], w[1]);
  }
  std::fclose(file);

  // CHECK: training.cpp:[[#@LINE + 2]]: error: argument 0 of 'loss_step' is a structure of (parameters, slots_0), and one of (parameters) is given
  auto wrong = train_step(loss, sgd(0.1)).initialise({1.0f, 2.0f});
  expect_error([&] { step(wrong, {1.0f, 0.5f}); });
  // CHECK: training.cpp:[[#@LINE + 1]]: error: argument 'z' of 'loss_step' is a tensor of 2xf32, and one of 2xf64 is given
  expect_error([&] { step(state, {1.0, 0.5}); });
  // CHECK: training.cpp:[[#@LINE + 2]]: error: 'line.npz' has no array 'velocity_w'; it has (w)
  train_step(loss, sgd(0.1)).save("line.npz", wrong);
  expect_error([&] { step.load("line.npz"); });
  // CHECK: training.cpp:[[#@LINE + 1]]: error: argument 0 of 'loss' has no derivative: its type is 'tensor<i32>'
  auto count = function("loss", [](Tensor n) { return convert(n, DType::float64); }, spec<int32_t>());
  expect_error([&] { train_step(count, sgd(0.1)); });
  // CHECK: training.cpp:[[#@LINE + 2]]: error: train_step keeps parameters of known shape, and 'w' is a tensor of ?x3xf32; say its extents in the types that 'loss' is traced with
  auto any = function("loss", [](Tensor w) { return sum(w); }, spec<float>(dynamic, 3).named("w"));
  expect_error([&] { train_step(any, sgd(0.1)); });
}

/// What an optimiser of the user's own makes of a parameter is of its type.
struct Widening {
  std::vector<std::string> slots() const { return {}; }
  bool needs_step() const { return false; }
  Tensor update(const Tensor &parameter, const Tensor &gradient, std::vector<Tensor> &, const Tensor &) const {
    return convert(parameter, DType::float64) - gradient;
  }
};

static void test_own_optimiser() {
  auto loss = function("loss", [](Tensor w) { return dot(w, w); }, spec<float>(2).named("w"));
  // CHECK: training.cpp:[[#@LINE + 1]]: error: input 'w' of 'loss_step' is a tensor of 2xf32, and cannot be donated to output 'w', which is one of 2xf64
  expect_error([&] { train_step(loss, Widening()); });
}

/// A step that fails changes the state; the function that it is made of does not.
static void test_failure() {
  auto loss = check_nan(function("loss", [](Tensor w) { return sum(sqrt(w)); }, spec<double>(2).named("w")));
  auto step = train_step(loss, sgd(0.1));
  auto state = step.initialise({4.0, -1.0});
  // CHECK: training.cpp:[[#@LINE + 1]]: error: 'loss_step' failed: there is a NaN
  expect_error([&] { step.function()(state); });
  EXPECT(is_close(state.parameters, {4, -1}));
  // CHECK: training.cpp:[[#@LINE + 1]]: error: 'loss_step' failed: there is a NaN
  expect_error([&] { step(state); });
}

int main() {
  run("sgd", sgd(0.1));
  run("schedule", sgd([](Tensor step) { return 0.2 / sqrt(step); }));
  run("momentum", momentum(0.05, 0.8));
  run("nesterov", momentum(0.05, 0.8).nesterov());
  run("adamw", adamw(0.02).betas(0.8, 0.95).epsilon(1e-6).weight_decay(0.1));
  run("adamw_default", adamw(0.05));
  save_step();
  test_own_optimiser();
  test_failure();
}
