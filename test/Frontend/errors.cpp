//===- errors.cpp - What is said where a program is wrong -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// Every message begins with the place in this file.
//
// RUN: %build_cpp
// RUN: %t | FileCheck %s
// RUN: %if gcc %{ %build_gcc && %t.gcc | FileCheck %s %}

#include "expect.hpp"

using namespace atled;

/// Runs a body on two matrices.
template <class Body>
static void trace(Body body) {
  function("f", body, spec<float>(4, 3), spec<float>(2, 3));
}

int main() {
  // Shapes and types.

  // CHECK: errors.cpp:[[#@LINE + 2]]: error: shapes (4, 3) and (2, 3) do not broadcast: dimension -2 is 4 in one and 2 in the other
  // CHECK-NEXT: errors.cpp:{{[0-9]+}}: note: the tensor of shape (2, 3) is made here
  expect_error([&] { trace([](Tensor x, Tensor y) { return x + y; }); });

  // CHECK: errors.cpp:[[#@LINE + 3]]: error: 'atled.matmul' op contracts dimensions of different size
  expect_error([&] { trace([](Tensor x, Tensor y) {
    Tensor z = x * 2;
    return matmul(z, y);
  }); });

  // CHECK: errors.cpp:[[#@LINE + 1]]: error: 'atled.dot' op takes two vectors, of rank 1: lhs has rank 2; 'atled.contract', and matmul and einsum in C++, take any
  expect_error([&] { trace([](Tensor x, Tensor y) { return dot(x, y); }); });

  // CHECK: errors.cpp:[[#@LINE + 1]]: error: 'atled.reduce_sum' op dimension 2 is out of range
  expect_error([&] { trace([](Tensor x, Tensor) { return sum(x, {2}); }); });

  // CHECK: errors.cpp:[[#@LINE + 1]]: error: a tensor of 4x3xf32 has no dimension 2
  expect_error([&] { trace([](Tensor x, Tensor) { return x * x.size(2); }); });

  // CHECK: errors.cpp:[[#@LINE + 1]]: error: 'atled.add' takes numbers, and booleans are given; convert(x, DType::int64) makes them 0 and 1
  expect_error([&] { trace([](Tensor x, Tensor) { return (x > 0) + (x < 0); }); });

  // CHECK: errors.cpp:[[#@LINE + 1]]: error: no element of type 'i8' holds 300
  expect_error([&] { function("f", [](Tensor x) { return x + 300; }, spec<int8_t>()); });

  // CHECK: errors.cpp:[[#@LINE + 1]]: error: no element of type 'i8' holds 300
  expect_error([&] { full_like(tensor(Array(int8_t(1))), 300); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: no element of type 'i8' holds -129
  expect_error([&] { full_like(tensor(Array(int8_t(1))), -129); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: no element of type 'ui64' holds -1
  expect_error([&] { full_like(tensor(Array(uint64_t(1))), -1); });
  // CHECK: -128 127 18446744073709551615
  std::cout << full_like(tensor(Array(int8_t(1))), -128) << " " << full_like(tensor(Array(int8_t(1))), 127) << " "
            << full_like(tensor(Array(uint64_t(1))), UINT64_MAX) << std::endl;

  // CHECK: errors.cpp:[[#@LINE + 1]]: error: an argument of 'f' has an extent less than 0: 2x-1xf32
  expect_error([&] { function("f", [](Tensor x) { return x; }, spec<float>(2, -1)); });

  // CHECK: errors.cpp:[[#@LINE + 1]]: error: a result of 'f' has an extent less than 0: -1xf32
  expect_error([&] { recursive("f", returns(spec<float>(-1), 9), [](auto self, Tensor x) { return self(x); }, spec<float>()); });

  // CHECK: errors.cpp:[[#@LINE + 1]]: error: 'atled.reshape' is to give a tensor of -2xf32, and there is none: an extent is no number from 0 on
  expect_error([&] { function("f", [](Tensor x) { return reshape(x, {-2}); }, spec<float>(dynamic, 3)); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: reshape finds out one extent that is -1, and the shape (-1x2x-1) has several
  expect_error([&] { trace([](Tensor x, Tensor) { return reshape(x, {-1, 2, -1}); }); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: reshape cannot find out an extent: a tensor of 4x3xf32 has 12 elements, and the other extents make 5
  expect_error([&] { trace([](Tensor x, Tensor) { return reshape(x, {5, -1}); }); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: 'atled.reshape' is to give a tensor of ?xf64, and there is none
  expect_error([&] { reshape(tensor({1.0, 2.0}), {dynamic}); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: no tensor has the shape -1x8
  expect_error([&] { Array::ones<float>({-1, 8}); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: no tensor has the shape 1099511627776x1099511627776
  expect_error([&] { Array::zeros<float>({int64_t(1) << 40, int64_t(1) << 40}); });

  // CHECK: the number 18446744073709551615 is too large for an operand
  expect_error([&] { trace([](Tensor x, Tensor) { return x + UINT64_MAX; }); });

  // CHECK: errors.cpp:[[#@LINE + 1]]: error: index 4 is out of range: the first dimension of a tensor of 4x3xf32 is 4
  expect_error([&] { trace([](Tensor x, Tensor) { return x[4]; }); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: index -5 is out of range
  expect_error([&] { trace([](Tensor x, Tensor) { return x[-5]; }); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: a tensor of f32 has no dimension 0
  expect_error([&] { trace([](Tensor x, Tensor) { return sum(x)[0]; }); });

  // What is made of several operations.

  // CHECK: errors.cpp:[[#@LINE + 1]]: error: cannot make 3 equal parts: dimension 0 of a tensor of 4x3xf32 is 4
  expect_error([&] { trace([](Tensor x, Tensor) { return split(x, 3)[0]; }); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: the sizes of the parts add up to 4, and dimension 1 of a tensor of 4x3xf32 is 3
  expect_error([&] { trace([](Tensor x, Tensor) { return split(x, {1, 3}, -1)[0]; }); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: a part cannot have the size -1
  expect_error([&] { trace([](Tensor x, Tensor) { return split(x, {5, -1})[0]; }); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: tile cannot repeat a dimension -1 times
  expect_error([&] { trace([](Tensor x, Tensor) { return tile(x, {-1}); }); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: squeeze drops dimensions of extent 1, and dimension 1 of a tensor of 4x3xf32 is 3
  expect_error([&] { trace([](Tensor x, Tensor) { return squeeze(x, {-1}); }); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: expand_dims makes a tensor of rank 3, which has no dimension 3
  expect_error([&] { trace([](Tensor x, Tensor) { return expand_dims(x, 3); }); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: expand_dims names dimension -4 twice
  expect_error([&] { trace([](Tensor x, Tensor) { return expand_dims(x, {0, -4}); }); });

  // CHECK: errors.cpp:[[#@LINE + 1]]: error: the indices of one_hot are integers, and a tensor of 4x3xf32 is given; convert(x, DType::int32) drops fractions
  expect_error([&] { trace([](Tensor x, Tensor) { return one_hot(x, 3); }); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: the labels of cross_entropy are integers, and a tensor of 4xf32 is given; convert(x, DType::int32) drops fractions
  expect_error([&] { trace([](Tensor x, Tensor) { return cross_entropy(x, sum(x, 1)); }); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: the labels of logits of 4x3xf32 are one for each row, and these are 1xi32
  expect_error([&] { trace([](Tensor x, Tensor) { return cross_entropy(x, constant(Array{0})); }); });

  // CHECK: errors.cpp:[[#@LINE + 1]]: error: einsum "ij" is for 1 operands, and 2 are given
  expect_error([&] { trace([](Tensor x, Tensor y) { return einsum("ij", {x, y}); }); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: einsum "ij,jkl" names 3 dimensions of operand 1, which is a tensor of 2x3xf32
  expect_error([&] { trace([](Tensor x, Tensor y) { return einsum("ij,jkl", {x, y}); }); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: einsum "ij,jk" gives 'j' the extents 3 and 2
  expect_error([&] { trace([](Tensor x, Tensor y) { return einsum("ij,jk", {x, y}); }); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: einsum "...,..." gives "..." the extents 4 and 2
  expect_error([&] { trace([](Tensor x, Tensor y) { return einsum("...,...", {x, y}); }); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: einsum "i1->i" has '1' where a letter, "...", ',' or "->" may stand
  expect_error([&] { trace([](Tensor x, Tensor) { return einsum("i1->i", {x}); }); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: einsum "ij->ik" has 'k' in the result, and no operand has it
  expect_error([&] { trace([](Tensor x, Tensor) { return einsum("ij->ik", {x}); }); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: einsum "ij->ii" has 'i' twice in the result
  expect_error([&] { trace([](Tensor x, Tensor) { return einsum("ij->ii", {x}); }); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: einsum "...j->j" has "..." in an operand, and not in the result
  expect_error([&] { trace([](Tensor x, Tensor) { return einsum("...j->j", {x}); }); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: einsum "......" has "..." twice
  expect_error([&] { trace([](Tensor x, Tensor) { return einsum("......", {x}); }); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: a tensor that was never given a value is used
  expect_error([&] { trace([](Tensor x, Tensor) { return einsum("ij,->i", {x, Tensor()}); }); });

  // What C++ cannot ask of a tensor.

  // CHECK: errors.cpp:[[#@LINE + 2]]: error: this tensor's value is not known while the function is traced, and an `if`, `while` or `&&` of C++ asks for it; use atled::cond, atled::while_loop or atled::select, and `&` and `|` of booleans
  expect_error([&] { trace([](Tensor x, Tensor y) {
    if (sum(x) > 0)
      return x;
    return y;
  }); });

  // Tensors that are not there.

  Tensor kept;
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: a tensor that was never given a value is used
  expect_error([&] { trace([&](Tensor x, Tensor) { return x + kept; }); });
  trace([&](Tensor x, Tensor) { return kept = x; });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: a tensor of another trace is used, which is over or another thread's
  expect_error([&] { trace([&](Tensor x, Tensor) { return x + kept; }); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: a tensor of another trace is used, which is over or another thread's
  expect_error([&] { exp(kept); });
  // CHECK: errors.cpp:[[#@LINE + 2]]: error: a tensor of 'f' is used inside of another function; pass it as an argument
  expect_error([&] { trace([](Tensor x, Tensor y) {
    function("inner", [&](Tensor z) { return z + x; }, spec<float>(3));
    return y;
  }); });

  // A header that is newer than the library.
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: libatled does not know the operation 'atled.later'; it is older than the header
  expect_error([&] { trace([](Tensor, Tensor) { return detail::Emitter("atled.later", Location::here()).emit(); }); });

  // Calls.

  auto square = function("square", [](Tensor x) { return x * x; }, spec<float>(3).named("x"));
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: argument 'x' of 'square' is a tensor of 3xf32, and one of 2xf32 is given
  expect_error([&] { square({1.0f, 2.0f}); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: argument 'x' of 'square' is a tensor of 3xf32, and one of 3xf64 is given
  expect_error([&] { square({1.0, 2.0, 3.0}); });
  // CHECK: errors.cpp:[[#@LINE + 2]]: error: argument 'x' of 'square' is a 'tensor<3xf32>', and a 'tensor<4x3xf32>' is given
  // CHECK-NEXT: errors.cpp:[[#@LINE - 6]]: note: 'square' is traced here
  expect_error([&] { trace([&](Tensor x, Tensor) { return square(x); }); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: a function is used that was never given a value
  expect_error([&] { decltype(square)()({1.0f, 2.0f, 3.0f}); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: a function is used that was never given a value
  expect_error([&] { grad(decltype(square)()); });

  // Derivatives.

  // CHECK: 'grad' needs a function with one real number as its only result, and 'square' has type
  // CHECK-NEXT: note: ask for the vjp, which takes a seed for each result
  // CHECK-NEXT: errors.cpp:[[#@LINE + 1]]: note: the derivative is asked for here
  expect_error([&] { grad(square); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: wrt asks for argument 1, counted from 0, and the function has 1
  expect_error([&] { vjp(square, wrt(1)); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: wrt asks for argument 7000000, counted from 0, and the function has 1
  expect_error([&] { linearize(square, wrt(7000000)); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: wrt asks for argument -1, counted from 0, and the function has 1
  expect_error([&] { vjp(square, wrt(-1)); });
  auto pick = function(
      "pick", [](Tensor x, Tensor i) { return sum(x) * i; }, spec<float>(3),
      spec<int8_t>().named("i"));
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: argument 1 of 'pick' has no derivative: it has integers; ask for that with respect to the others: wrt<0>()
  expect_error([&] { grad(pick); });
  // CHECK: argument 1 of 'pick' has no derivative: its type is 'tensor<i8>'
  expect_error([&] { grad(pick, wrt(1)); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: argument 0 of 'f' has no derivative: it has integers{{$}}
  expect_error([&] { vjp(function("f", [](Tensor x) { return x; }, spec<int>())); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: the arguments in wrt must increase: 0 comes after 1
  expect_error([&] { grad(pick, wrt(1, 0)); });

  // Files.

  // CHECK: errors.cpp:[[#@LINE + 1]]: error: cannot write '/no/such/folder/square.o':
  expect_error([&] { square.save_object("/no/such/folder/square"); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: what is saved are PATH.o, PATH.h and PATH.hpp, and PATH '' ends without a name
  expect_error([&] { square.save_object(""); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: what is saved are PATH.o, PATH.h and PATH.hpp, and PATH '/no/such/' ends without a name
  expect_error([&] { square.save_object("/no/such/"); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: unknown processor 'abacus'
  expect_error([&] { square.save_object("square", "abacus"); });
  // CHECK: 'my function' is no C identifier
  expect_error([&] { function(
                   "my function", [](Tensor x) { return x; }, spec<float>())
                   .save_object("square"); });

  // Arrays.

  // CHECK: errors.cpp:[[#@LINE + 1]]: error: the rows of an array are of different lengths: 2 and 1
  expect_error([&] { Array({{1, 2}, {3}}); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: the rows of an array are of different lengths: 1 and 3
  expect_error([&] { Array x = {{1.0}, {3.0, 4.0, 5.0}}; });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: an array of shape 2x2xi32 has 4 elements, and 3 are given
  expect_error([&] { Array(std::vector<int>{1, 2, 3}, {2, 2}); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: an array of shape 3xi32 has no only element: it has 3
  expect_error([&] { Array({1, 2, 3}).item<int>(); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: an array of shape 3xi32 has 3 elements, and 2x2xi32 has 4
  expect_error([&] { Array({1, 2, 3}).reshape({2, 2}); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: the elements of an array of 3xi32 are read as f32; to() converts them
  expect_error([&] { Array({1, 2, 3}).data<float>(); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: the elements of an array of 3xi32 are read as f32
  expect_error([&] { Array({1, 2, 3}).values<float>(); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: the elements of an array of 3xi32 are read as f32
  expect_error([&] { Array({1, 2, 3}).at<float>({0}); });
  // CHECK: errors.cpp:[[#@LINE + 1]]: error: an array of 3xi32 has no element at {3}
  expect_error([&] { Array({1, 2, 3}).at<int>({3}); });
}
