//===- errors.cpp - What is said where recording is wrong -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// RUN: %build_cpp
// RUN: %t | FileCheck %s

#include "expect.hpp"

using namespace atled;

int main() {
  Tensor x = arange(4.0).requires_grad(), c = tensor({1.0, 2.0});

  // Shapes and types, as in a function that is traced; again and again.

  // CHECK: errors.cpp:[[#@LINE + 2]]: error: shapes (4) and (2) do not broadcast: dimension -1 is 4 in one and 2 in the other
  // CHECK-NEXT: errors.cpp:[[#@LINE - 5]]: note: the tensor of shape (2) is made here
  expect_error([&] { x + c; });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: shapes (4) and (2) do not broadcast
  expect_error([&] { x + c; });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: 'atled.reduce_sum' op dimension 1 is out of range
  expect_error([&] { sum(x, {1}); });
  Tensor bytes = tensor(Array{1, 2}.to(DType::int8)) + 1;
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: no element of type 'i8' holds 300
  expect_error([&] { bytes + 300; });
  Tensor natural = tensor(Array{1, 2}.to(DType::uint64)) + 1;
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: no element of type 'ui64' holds -1
  expect_error([&] { natural + -1; });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: libatled does not know the operation 'atled.later'; it is older than the header
  expect_error([&] { detail::Emitter("atled.later", Location::here()).emit(); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: there is not enough memory for a tensor of type 1125899906842624xf64
  expect_error([&] { broadcast_to(c[0], {int64_t(1) << 50}); });

  // Values that C++ asks for.

  // CHECK: errors.cpp:[[#@LINE + 1]]: error: an `if`, `while` or `&&` of C++ asks for one value, and this tensor of 4xi1 has another number of them; use atled::reduce_all or atled::reduce_any, and `&` and `|` of booleans
  expect_error([&] { if (x > 0) std::abort(); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: an array of shape 4xf64 has no only element: it has 4
  expect_error([&] { x.item<double>(); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: this tensor's value is not known while the function is traced
  expect_error([&] { function("f", [](Tensor y) { y.array(); return y; }, spec<double>()); });

  // Tensors that belong elsewhere.

  // CHECK: errors.cpp:[[#@LINE + 1]]: error: a tensor that was never given a value is used
  expect_error([&] { x + Tensor(); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: a recorded tensor is used in a function that is traced; pass it as an argument
  expect_error([&] { function("f", [&](Tensor y) { return y * x; }, spec<double>(4)); });
  Tensor traced;
  function("f", [&](Tensor y) { return traced = y; }, spec<double>(4));
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: a tensor of another trace is used, which is over or another thread's
  expect_error([&] { x + traced; });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: a tensor of another trace is used, which is over or another thread's
  expect_error([&] { traced.backward(); });

  auto square = function("square", [](Tensor y) { return y * y; }, spec<float>(3).named("y"));
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: argument 'y' of 'square' is a tensor of 3xf32, and one of 4xf64 is given
  expect_error([&] { square(x); });

  // Gradients.

  // CHECK: errors.cpp:[[#@LINE + 1]]: error: backward() of a tensor of 4xf64 needs a seed: a weight for each of its elements, such as ones_like of it
  expect_error([&] { (x * x).backward(); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: the seed of a tensor of 4xf64 is of the same type, and one of 2xf64 is given
  expect_error([&] { (x * x).backward(c); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: backward() of a tensor that requires no gradient: nothing that it was computed from was told to with requires_grad()
  expect_error([&] { sum(c).backward(); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: backward() of a tensor that requires no gradient
  expect_error([&] { no_grad([&] { return sum(x); }).backward(); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: only a tensor that no operation has made can be told whether it requires a gradient; take its detach()
  expect_error([&] { (x * x).requires_grad(); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: a tensor of 2xi32 has no gradient: its elements are no floating-point numbers
  expect_error([&] { tensor({1, 2}).requires_grad(); });

  Tensor y = x * x;
  sum(y).backward();
  // CHECK: errors.cpp:[[#@LINE + 2]]: error: backward() has gone this way before, and what it needs is freed; let the first one keep it: backward(atled::retain_graph)
  // CHECK-NEXT: errors.cpp:[[#@LINE - 3]]: note: the way leads through what is computed here
  expect_error([&] { sum(y).backward(); });
  EXPECT(is_close(x.grad()->array(), {0, 2, 4, 6}));

  // CHECK: errors.cpp:[[#@LINE + 1]]: error: a function that is traced records no gradients; ask for its derivative with atled::grad or atled::vjp
  expect_error([&] { function("f", [](Tensor z) { sum(z).backward(); return z; }, spec<double>(4)); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: a function that is traced records no gradients
  expect_error([&] { function("f", [](Tensor z) { return z.requires_grad(); }, spec<double>(4)); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: no_grad pauses what is recorded, and a function that is traced records nothing; use atled::detach
  expect_error([&] { function("f", [](Tensor z) { return no_grad([&] { return z; }); }, spec<double>(4)); });

  // An operation without a derivative may run; only the way back through it is an error.

  Tensor half = convert(c, DType::float16).requires_grad();
  // CHECK: errors.cpp:[[#@LINE + 2]]: error: 'atled.bitcast' op
  // CHECK: errors.cpp:[[#@LINE + 2]]: note: backward() is called here
  Tensor bits = bitcast(half, Spec(DType::bfloat16, {2}));
  expect_error([&] { sum(bits).backward(); });

  // Integers end the way back, and what is computed from them has none.

  // CHECK: errors.cpp:[[#@LINE + 3]]: error: backward() of a tensor that follows from what requires a gradient only by way of one of 4xi64, which has no derivative
  // CHECK-NEXT: errors.cpp:[[#@LINE + 1]]: note: that one is made here; compute what is differentiated without it, and take its detach() where it may count as a constant
  Tensor flipped = bitcast(x, Spec(DType::int64, {4})) + 1;
  expect_error([&] { sum(bitcast(flipped, Spec(DType::float64, {4}))).backward(); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: backward() of a tensor that follows from what requires a gradient only by way of one of 4xi1,
  expect_error([&] { mean(convert(x > 1, DType::float64)).backward(); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: backward() of a tensor that requires no gradient: nothing
  expect_error([&] { mean(convert(x.detach() > 1, DType::float64)).backward(); });
  Tensor masked = x * convert(x > 1, DType::float64);
  x.zero_grad();
  sum(masked).backward();
  EXPECT(is_close(x.grad()->array(), {0, 0, 1, 1}));

  // Tensors to begin with.

  // CHECK: errors.cpp:[[#@LINE + 1]]: error: arange has a step of 0
  expect_error([&] { arange(0.0, 1.0, 0.0); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: linspace makes 0 numbers
  expect_error([&] { linspace(0.0, 1.0, 0); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: arange makes no list of numbers: its bounds are too far apart, or one is NaN
  expect_error([&] { arange(1e300); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: arange makes no list of numbers
  expect_error([&] { arange(std::nan("")); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: no tensor has the shape 2x-1
  expect_error([&] { randn({2, -1}, 1); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: no tensor has the shape
  expect_error([&] { linspace(0.0, 1.0, int64_t(1) << 62); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: a scan over no parts has outputs of a type that only a trace finds; call it in atled::function
  expect_error([&] { scan([](Tensor s, Tensor p) { return std::pair(s, p); }, c, tensor(Array::zeros<double>({0, 2}))); });
}
