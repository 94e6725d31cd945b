//===- moved.cpp - Arrays and tensors that were moved away ----------------===//
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

static void test_array() {
  Array a = {1.0f, 2.0f, 3.0f};
  Array b = std::move(a);
  EXPECT(is_close(b, {1, 2, 3}));
  auto f = function("f", [](Tensor x) { return x * 2; }, spec<float>());

  // CHECK: moved.cpp:[[#@LINE + 1]]: error: an array is used that was moved away
  expect_error([&] { a.values<float>(); });
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: an array is used that was moved away
  expect_error([&] { a.item<float>(); });
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: an array is used that was moved away
  expect_error([&] { a.at<float>({}); });
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: an array is used that was moved away
  expect_error([&] { a.size(); });
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: an array is used that was moved away
  expect_error([&] { a.raw(); });
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: an array is used that was moved away
  expect_error([&] { a.to(DType::float64); });
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: an array is used that was moved away
  expect_error([&] { a.reshape({1}); });
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: an array is used that was moved away
  expect_error([&] { tensor(a); });
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: an array is used that was moved away
  expect_error([&] { f(a); });
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: an array is used that was moved away
  expect_error([&] { save_npy("moved.npy", a); });
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: an array is used that was moved away
  expect_error([&] { save_npz("moved.npz", std::pair(b, a)); });
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: an array is used that was moved away
  expect_error([&] { to_dlpack(std::move(a)); });
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: an array is used that was moved away
  expect_error([&] { std::cout << a; });
  // So is a copy of it.
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: an array is used that was moved away
  expect_error([&] { Array copy = a; copy.values<float>(); });

  a = b;
  EXPECT(is_close(a, {1, 2, 3}));
  b = std::move(a);
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: an array is used that was moved away
  expect_error([&] { a.values<float>(); });
  a = Array{4.0f};
  EXPECT(is_close(a, {4}) && is_close(b, {1, 2, 3}));

  // Nothing in it is not nowhere.
  Array none = Array::zeros<float>({0, 3});
  EXPECT(none.values<float>().empty() && none.size() == 0 && Array(none).rank() == 2);
}

static void test_tensor() {
  Tensor t = tensor(Array{1.0, 2.0, 3.0});
  { Tensor u = std::move(t); }
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: a tensor that was never given a value is used
  expect_error([&] { t + 1; });
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: a tensor that was never given a value is used
  expect_error([&] { t.array(); });
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: a tensor that was never given a value is used
  expect_error([&] { t.item<double>(); });
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: a tensor that was never given a value is used
  expect_error([&] { t.size(0); });
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: a tensor that was never given a value is used
  expect_error([&] { t.requires_grad(); });
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: a tensor that was never given a value is used
  expect_error([&] { t.grad(); });
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: a tensor that was never given a value is used
  expect_error([&] { t.zero_grad(); });
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: a tensor that was never given a value is used
  expect_error([&] { t.backward(); });
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: a tensor that was never given a value is used
  expect_error([&] { t.detach(); });
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: a tensor that was never given a value is used
  expect_error([&] { std::cout << t; });
  // CHECK: a tensor that was never given a value is used
  expect_error([&] { if (t) std::abort(); });

  t = tensor(Array{4.0}).requires_grad();
  Tensor next = t * t;
  Tensor moved = std::move(next);
  next = std::move(moved);
  sum(next).backward();
  EXPECT(is_close(t.grad()->array(), {8}));

  // A handle of a trace, too.
  // CHECK: moved.cpp:[[#@LINE + 1]]: error: a tensor that was never given a value is used
  expect_error([&] { function("f", [](Tensor x) { Tensor y = std::move(x); return y + x; }, spec<double>()); });
}

int main() {
  test_array();
  test_tensor();
}
