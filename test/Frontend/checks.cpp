//===- checks.cpp - Functions that look at what only a run tells ----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// An index out of range, or a NaN, is said of the line of C++ that has it.
//
// RUN: %build_cpp
// RUN: %t %t.gathered | FileCheck %s
// RUN: FileCheck %s --check-prefix=HEADER < %t.gathered.h
// HEADER: const char *gathered_where(const void *workspace);

#include "expect.hpp"

using namespace atled;

int main(int, char **argv) {
  auto gathered = function("gathered", [](Tensor x, Tensor i) {
    return sum(take(x, i, 0) * take(x, i, 0));
  }, spec<double>(4), spec<int64_t>(2));
  Array x = {1.0, 2.0, 3.0, 4.0};
  Array inside = {int64_t(0), int64_t(3)}, outside = {int64_t(0), int64_t(4)};

  // Without being asked nobody looks; being asked changes nothing that is right.
  EXPECT(is_close(gathered(x, outside), {17}));
  EXPECT(is_close(checked(gathered)(x, inside), {17}));
  EXPECT(is_close(grad(checked(gathered), wrt(0))(x, inside), {2, 0, 0, 8}));
  EXPECT(is_close(check_nan(gathered)(x, inside), {17}));

  // CHECK: checks.cpp:[[#@LINE + 1]]: error: 'gathered' failed: an index is out of range, at checks.cpp:22: 'atled.gather' along dimension 0, which takes 0 to 3
  expect_error([&] { checked(gathered)(x, outside); });
  // CHECK: checks.cpp:[[#@LINE + 1]]: error: 'gathered_grad' failed: an index is out of range, at checks.cpp:22:
  expect_error([&] { grad(checked(gathered), wrt(0))(x, outside); });
  // Who calls a function that looks, looks.
  auto outer = function("outer", [&](Tensor t, Tensor i) { return checked(gathered)(t, i) * 2; },
                        spec<double>(4), spec<int64_t>(2));
  EXPECT(is_close(outer(x, inside), {34}));
  // CHECK: checks.cpp:[[#@LINE + 1]]: error: 'outer' failed: an index is out of range, at checks.cpp:22:
  expect_error([&] { outer(x, outside); });
  checked(gathered).save_object(argv[1]);

  auto root = function("root", [](Tensor y) {
    Tensor z = sqrt(y);
    return sum(z * z);
  }, spec<double>(4));
  Array zeros = {0.0, 1.0, 2.0, 3.0}, negative = {1.0, 2.0, -3.0, 4.0};
  auto careful = check_nan(root);
  EXPECT(is_close(careful(zeros), {6}));
  // CHECK: checks.cpp:[[#@LINE + 1]]: error: 'root' failed: there is a NaN, at checks.cpp:46: the result of 'atled.sqrt'
  expect_error([&] { careful(negative); });
  // CHECK: checks.cpp:[[#@LINE + 1]]: error: 'root_grad' failed: there is a NaN, at checks.cpp:46: the derivative of 'atled.sqrt'
  expect_error([&] { grad(careful)(zeros); });
  // CHECK: checks.cpp:[[#@LINE + 1]]: error: 'root' failed: there is a NaN, at checks.cpp:45: argument 'in0'
  expect_error([&] { careful(Array{double(NAN), 0.0, 0.0, 0.0}); });

  // Recorded, it is the way back that fails.
  Tensor leaf = tensor({0.0, 1.0, 2.0, 3.0}).requires_grad();
  Tensor y = careful(leaf);
  // CHECK: there is a NaN, at checks.cpp:46: the derivative of 'atled.sqrt'
  expect_error([&] { y.backward(); });

  // Operations one by one.
  Tensor i = tensor({0, 7});
  EXPECT(is_close(take(leaf, i).array(), {0, 3}));
  for (int round = 0; round < 2; ++round) {
    // CHECK: checks.cpp:[[#@LINE + 2]]: error: 'gather' failed: an index is out of range, at 'atled.gather' along dimension 0, which takes 0 to 3
    expect_error([&] { checked([&] {
      return take(leaf, i); }); });
    // CHECK: checks.cpp:[[#@LINE + 1]]: error: 'sqrt' failed: there is a NaN, at the result of 'atled.sqrt'
    expect_error([&] { check_nan([&] { return sqrt(tensor(-1.0)); }); });
  }
  EXPECT(is_close(checked([&] { return check_nan([&] { return take(leaf, tensor({0, 3})); }); }).array(), {0, 3}));
  Tensor root_of_leaf = check_nan([&] { return sqrt(leaf); });
  EXPECT(std::isnan(sqrt(tensor(-1.0)).item<double>()));
  // CHECK: checks.cpp:[[#@LINE - 2]]: error: 'sqrt{{.*}}' failed: there is a NaN, at the derivative of 'atled.sqrt'
  expect_error([&] { (root_of_leaf * root_of_leaf).backward(tensor({0.0, 0.0, 0.0, 0.0})); });
  // CHECK: checks.cpp:[[#@LINE + 1]]: error: check_nan of a body is for operations that run at once; of a function that is traced, take check_nan(function)
  expect_error([&] { function("f", [](Tensor t) { return check_nan([&] { return sqrt(t); }); }, spec<double>()); });
}
