//===- unfit.cpp - What is said of sizes that do not fit ------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// RUN: %build_cpp
// RUN: %t | FileCheck %s
// RUN: %if gcc %{ %build_gcc && %t.gcc | FileCheck %s %}

#include "expect.hpp"

using namespace atled;

static Array ones(int64_t rows, int64_t columns) { return Array::ones<double>({rows, columns}); }

static const Spec any_row = spec<double>(dynamic).named("row"), any = spec<double>(dynamic, dynamic).named("x");

int main() {
  std::setvbuf(stdout, nullptr, _IONBF, 0);
  auto layer = function("layer", [](Tensor x, Tensor w, Tensor b) {
    Tensor product = matmul(x, w);
    return tanh(product + b);
  }, any, spec<double>(4, dynamic).named("w"), spec<double>(dynamic).named("b"));
  // CHECK: unfit.cpp:[[#@LINE + 2]]: error: the shapes of the arguments of 'layer' do not fit together: dimension 1 of 'x' is 3
  // CHECK-NEXT: unfit.cpp:[[#@LINE - 4]]: note: it has to be 4 here
  expect_error([&] { layer(ones(2, 3), ones(4, 5), Array::ones<double>({5})); });
  // CHECK: unfit.cpp:[[#@LINE + 2]]: error: the shapes of the arguments of 'layer' do not fit together: dimension 1 of 'w' is 5, and dimension 0 of 'b' is 6
  // CHECK-NEXT: unfit.cpp:[[#@LINE - 6]]: note: they have to be equal here
  expect_error([&] { layer(ones(2, 4), ones(4, 5), Array::ones<double>({6})); });

  // A derivative, a call, a function that calls others, in a branch of it: the line is that of the operation.
  auto loss = function("loss", [&](Tensor x, Tensor w, Tensor b) {
    return sum(cond(sum(x) > 0, [&] { return layer(x, w, b); }, [&] { return layer(-x, w, b); }));
  }, any, spec<double>(4, dynamic).named("w"), spec<double>(dynamic).named("b"));
  // CHECK: unfit.cpp:[[#@LINE + 2]]: error: the shapes of the arguments of 'loss_grad' do not fit together: dimension 1 of 'w' is 5, and dimension 0 of 'b' is 6
  // CHECK-NEXT: unfit.cpp:[[#@LINE - 14]]: note: they have to be equal here
  expect_error([&] { grad(loss)(ones(2, 4), ones(4, 5), Array::ones<double>({6})); });
  // CHECK: unfit.cpp:[[#@LINE + 1]]: error: the shapes of the arguments of 'layer' do not fit together: dimension 1 of 'x' is 3
  expect_error([&] { layer(tensor(ones(2, 3)), tensor(ones(4, 5)), tensor(Array::ones<double>({5}))); });

  // Parts.
  auto last = function("last", [](Tensor row) { return row[3]; }, any_row);
  // CHECK: unfit.cpp:[[#@LINE + 2]]: error: the shapes of the arguments of 'last' do not fit together: dimension 0 of 'row' is 3
  // CHECK-NEXT: unfit.cpp:[[#@LINE - 2]]: note: it has to be more than 3 here
  expect_error([&] { last({1., 2., 3.}); });
  auto final = function("final", [](Tensor row) { return row[-1]; }, any_row);
  // CHECK: unfit.cpp:[[#@LINE + 2]]: error: the shapes of the arguments of 'final' do not fit together: dimension 0 of 'row' is 0
  // CHECK-NEXT: unfit.cpp:[[#@LINE - 2]]: note: it has to be at least 1 here
  expect_error([&] { final(Array::zeros<double>({0})); });
  auto put = function("put", [](Tensor part, Tensor row) { return dynamic_update_slice(row, part, {0}); }, spec<double>(dynamic).named("part"), any_row);
  // CHECK: unfit.cpp:[[#@LINE + 2]]: error: the shapes of the arguments of 'put' do not fit together: dimension 0 of 'part' is 3, and dimension 0 of 'row' is 2
  // CHECK-NEXT: unfit.cpp:[[#@LINE - 2]]: note: the first has to be at most the second here
  expect_error([&] { put({1., 2., 3.}, {1., 2.}); });

  // Sizes that are computed.
  auto pairs = function("pairs", [](Tensor row, Tensor x) { return concatenate({row, row}, 0) + x; }, any_row, any);
  // CHECK: unfit.cpp:[[#@LINE + 2]]: error: the shapes of the arguments of 'pairs' do not fit together: dimension 1 of 'x' is 3, and a size that follows from them is 4
  // CHECK-NEXT: unfit.cpp:[[#@LINE - 2]]: note: they have to be equal here
  expect_error([&] { pairs({1., 2.}, ones(1, 3)); });
  auto wide = function("wide", [](Tensor x) { return reshape(x, {2, -1}); }, any);
  // CHECK: unfit.cpp:[[#@LINE + 2]]: error: the shapes of the arguments of 'wide' do not fit together: a size that follows from them is 2, and another one is 3
  // CHECK-NEXT: unfit.cpp:[[#@LINE - 2]]: note: they have to be equal here
  expect_error([&] { wide(ones(1, 3)); });
  auto huge = function("huge", [](Tensor row) { return sum(broadcast_to(row, {1 << 30, 1 << 29, dynamic})); }, any_row);
  // CHECK: unfit.cpp:[[#@LINE + 2]]: error: the shapes of the arguments of 'huge' do not fit together: a tensor has 2^60 bytes or more
  // CHECK-NEXT: unfit.cpp:[[#@LINE - 2]]: note: it is made here
  expect_error([&] { huge({1.}); });
  return 0;
}
