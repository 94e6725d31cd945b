//===- structures.cpp - Structures as arguments and results ---------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// RUN: %build_cpp
// RUN: rm -rf %t.d && mkdir %t.d && cd %t.d && %t | FileCheck %s
// RUN: FileCheck %s --check-prefix=HEADER < %t.d/loss_value_and_grad.h
// RUN: %if gcc %{ %build_gcc && cd %t.d && %t.gcc | FileCheck %s %}

#include "expect.hpp"

using namespace atled;

template <class T>
struct Layer {
  T weights, bias;
  ATLED_FIELDS(weights, bias)
};

template <class T>
struct Network {
  std::array<Layer<T>, 2> layers;
  std::map<std::string, T> scales;
  ATLED_FIELDS(layers,
               scales)
};

static Tensor apply(const Layer<Tensor> &layer, const Tensor &x) {
  return tanh(matmul(x, layer.weights) + layer.bias);
}

static Layer<Spec> get_specs(int64_t from, int64_t to) {
  return {spec<double>(from, to), spec<double>(to)};
}

/// The names go down to the header, and the gradient is such a structure.
static void test_network() {
  Network<Spec> specs{{get_specs(3, 2), get_specs(2, 1)}, {{"first", spec<double>()}, {"last", spec<double>()}}};
  auto loss = function("loss", [](const Network<Tensor> &net, Tensor x) {
    Tensor y = apply(net.layers[0], x) * net.scales.at("first");
    return sum(apply(net.layers[1], y) * net.scales.at("last")).named("loss");
  }, specs, spec<double>(4, 3).named("x"));
  auto step = value_and_grad(loss, wrt<0>());
  step.save_object("loss_value_and_grad");
  // HEADER: const double *layers_0_weights;
  // HEADER: const double *layers_0_bias;
  // HEADER: const double *layers_1_weights;
  // HEADER: const double *layers_1_bias;
  // HEADER: const double *scales_first;
  // HEADER: const double *scales_last;
  // HEADER: const double *x;
  // HEADER: double *loss;
  // HEADER: double *grad_layers_0_weights;
  // HEADER: double *grad_scales_last;

  Network<Array> net{{Layer<Array>{{{.1, .2}, {.3, .4}, {.5, .6}}, {.1, -.1}}, Layer<Array>{Array({1., -2.}).reshape({2, 1}), {.3}}}, {{"first", 2.0}, {"last", 3.0}}};
  Array x = {{1., 0., 1.}, {0., 1., 0.}, {1., 1., 0.}, {-1., 2., 1.}};
  auto [value, slope] = step(net, x);
  // The loss is linear in the last scale.
  EXPECT(is_close(slope.scales.at("last"), {value.item<double>() / 3}));
  // Each other leaf against differences.
  double h = 1e-6;
  Network<Array> up = net, down = net;
  up.layers[0].weights.at<double>({1, 1}) += h;
  down.layers[0].weights.at<double>({1, 1}) -= h;
  double difference = (loss(up, x).item<double>() - loss(down, x).item<double>()) / (2 * h);
  EXPECT(is_close(slope.layers[0].weights.at<double>({1, 1}), difference, 1e-8));
  up = down = net;
  up.layers[1].bias.at<double>({0}) += h;
  down.layers[1].bias.at<double>({0}) -= h;
  difference = (loss(up, x).item<double>() - loss(down, x).item<double>()) / (2 * h);
  EXPECT(is_close(slope.layers[1].bias, {difference}, 1e-8));

  net.scales.erase("last");
  // CHECK: structures.cpp:[[#@LINE + 1]]: error: argument 0 of 'loss' is a structure of (layers_0_weights, layers_0_bias, layers_1_weights, layers_1_bias, scales_first, scales_last), and one of (layers_0_weights, layers_0_bias, layers_1_weights, layers_1_bias, scales_first) is given
  expect_error([&] { loss(net, x); });
}

/// Tuples, pairs and vectors; names where there are none, or the same twice.
static void test_names() {
  using Both = std::pair<Spec, std::tuple<Spec, Spec>>;
  Both both{spec<float>(), {spec<float>(), spec<float>().named("c")}};
  std::vector<Spec> several(2, spec<float>());
  Layer<Spec> layer{spec<float>(), spec<float>()};
  auto f = function("f", [](auto pair, auto vector, auto first, auto second, auto third) {
    auto [a, tuple] = pair;
    auto [b, c] = tuple;
    return std::tuple(a + b, Layer<Tensor>{vector[1] - vector[0], c.named("same")}, std::vector<Tensor>{first.weights, second.bias, third.bias});
  }, both, several, layer, layer, named("state", layer));
  //      CHECK: func.func @f(
  // CHECK-SAME: {atled.name = "in0_0"}
  // CHECK-SAME: {atled.name = "in0_1_0"}
  // CHECK-SAME: {atled.name = "c"}
  // CHECK-SAME: {atled.name = "in1_0"}
  // CHECK-SAME: {atled.name = "in1_1"}
  // CHECK-SAME: {atled.name = "weights"}
  // CHECK-SAME: {atled.name = "bias"}
  // CHECK-SAME: {atled.name = "in3_weights"}
  // CHECK-SAME: {atled.name = "in3_bias"}
  // CHECK-SAME: {atled.name = "state_weights"}
  // CHECK-SAME: {atled.name = "state_bias"}
  // CHECK-SAME: {atled.name = "out0"}
  // CHECK-SAME: {atled.name = "out1_weights"}
  // CHECK-SAME: {atled.name = "same"}
  // CHECK-SAME: {atled.name = "out2_0"}
  std::cout << f.mlir();
  Layer<Array> ones{1.0f, 2.0f}, twos{3.0f, 4.0f}, threes{5.0f, 6.0f};
  auto [sum_of_two, difference, picked] = f({1.0f, {2.0f, 3.0f}}, {4.0f, 6.0f}, ones, twos, threes);
  EXPECT(is_close(sum_of_two, {3}) && is_close(difference.weights, {2}) && is_close(difference.bias, {3}));
  EXPECT(picked.size() == 3 && is_close(picked[0], {1}) && is_close(picked[1], {4}) && is_close(picked[2], {6}));

  // In a trace, and through control flow.
  auto swap = function("swap", [](const Layer<Tensor> &x) {
    return for_loop(0, 3, x, [](Tensor, const Layer<Tensor> &y) { return Layer<Tensor>{y.bias, y.weights}; });
  }, layer);
  auto outer = function("outer", [&](const Layer<Tensor> &x) { return swap(x).weights - x.weights; }, layer);
  EXPECT(is_close(outer(twos), {1}));
}

/// Keys of other programs are no names in C: what is called has any, and what is written may be told another.
static void test_keys() {
  using Tensors = std::map<std::string, Tensor>;
  using Arrays = std::map<std::string, Array>;
  auto body = [](const Tensors &m) { return Tensors{{"2 w", m.at("fc.weight") * m.at("fc.weight")}}; };
  std::map<std::string, Spec> keys{{"fc.weight", spec<double>()}};
  auto f = function("f", body, keys);
  EXPECT(is_close(f(Arrays{{"fc.weight", 3.0}}).at("2 w"), {9}));
  auto loss = function("loss", [&](const Tensors &m) { return f(m).at("2 w"); }, keys);
  auto [value, slope] = value_and_grad(loss)(Arrays{{"fc.weight", 3.0}});
  EXPECT(is_close(value, {9}) && is_close(slope.at("fc.weight"), {6}));
  //      CHECK: structures.cpp:{{.*}}: error: argument 0 is named 'fc.weight', which is no C identifier
  // CHECK-NEXT: note: 'atled.name' is what C calls it, which named() says in C++
  expect_error([&] { loss.save_object("keys"); });
  keys.at("fc.weight") = keys.at("fc.weight").named("fc_weight");
  function("loss", [&](const Tensors &m) { return f(m).at("2 w"); }, keys).save_object("keys");
}

int main() {
  test_network();
  test_names();
  test_keys();
}
