//===- files.cpp - Arrays in files of NumPy -------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// What this one writes, NumPy reads, and the other way round, deflated too.
//
// RUN: %build_cpp
// RUN: rm -rf %t.d && mkdir %t.d && cd %t.d
// RUN: %python %S/Inputs/files.py write %t.d
// RUN: %t | FileCheck %s
// RUN: %python %S/Inputs/files.py read %t.d

#include "expect.hpp"

using namespace atled;

template <class T>
struct Layer {
  T weights, bias;
  ATLED_FIELDS(weights, bias)
};

int main() {
  // Of NumPy's writing.
  Array x = load_npy("x.npy");
  EXPECT(x.dtype() == DType::int16 && x.shape() == (Shape{2, 3}) && is_close(x, {0, 1, 2, 3, 4, -5}));
  for (const char *path : {"stored.npz", "deflated.npz"}) {
    std::map<std::string, Array> arrays = load_npz(path);
    EXPECT(arrays.size() == 3 && is_close(arrays.at("x"), {0, 1, 2, 3, 4, -5}));
    EXPECT(arrays.at("flags").values<bool>() == (std::vector<bool>{true, false}));
    Array zeros = arrays.at("zeros");
    EXPECT(zeros.dtype() == DType::float64 && zeros.shape() == (Shape{100, 100}));
    EXPECT(is_close(zeros, std::vector<double>(10000)));
  }

  // Column by column, as it stores what is transposed.
  std::map<std::string, Array> columns = load_npz("columns.npz");
  EXPECT(columns.at("t").shape() == (Shape{3, 2}) && is_close(columns.at("t"), {0, 3, 1, 4, 2, -5}));
  EXPECT(columns.at("last").shape() == (Shape{4, 2, 3}));
  for (int64_t i = 0; i < 4; ++i)
    for (int64_t j = 0; j < 6; ++j)
      EXPECT(columns.at("last").values<double>()[6 * i + j] == 4 * j + i);

  // For NumPy.
  save_npy("y.npy", Array{1.5f, -2.5f});
  std::vector<Layer<Array>> layers{{{{1., 2.}}, {3.}}, {{{4.}, {5.}}, Array(DType::float64, {0})}};
  save_npz("layers.npz", layers);
  save_npz("half.npz", std::map<std::string, Array>{{"h", Array{0.5f, 3.0f}.to(DType::float16)}});

  save_npz("empty.npz", std::map<std::string, Array>());

  // And for itself.
  EXPECT(load_npz("empty.npz").empty());
  std::vector<Layer<Spec>> specs{{spec<double>(1, 2), spec<double>(1)}, {spec<double>(2, 1), spec<double>(0)}};
  std::vector<Layer<Array>> back = load_npz("layers.npz", specs);
  EXPECT(is_close(back[0].weights, {1, 2}) && is_close(back[1].weights, {4, 5}) && back[1].bias.size() == 0);
  EXPECT(load_npz("half.npz").at("h").dtype() == DType::float16);

  // CHECK: files.cpp:[[#@LINE + 1]]: error: cannot read 'nothing.npz': No such file or directory
  expect_error([] { load_npz("nothing.npz"); });
  // CHECK: files.cpp:[[#@LINE + 1]]: error: 'x.npy' is an .npy file; load_npy reads it
  expect_error([] { load_npz("x.npy"); });
  // CHECK: files.cpp:[[#@LINE + 1]]: error: 'stored.npz' is an .npz file; load_npz reads its arrays
  expect_error([] { load_npy("stored.npz"); });
  // CHECK: files.cpp:[[#@LINE + 1]]: error: 'text.txt': this is not an .npy file
  expect_error([] { load_npy("text.txt"); });
  // CHECK: files.cpp:[[#@LINE + 1]]: error: 'objects.npz': array 'o': arrays of type '|O' are not supported
  expect_error([] { load_npz("objects.npz"); });
  // CHECK: files.cpp:[[#@LINE + 1]]: error: 'half.npz' has no array '0_weights'; it has (h)
  expect_error([&] { load_npz("half.npz", specs); });
  specs[0].weights = spec<double>(1, dynamic);
  specs[1].bias = spec<double>(dynamic);
  back = load_npz("layers.npz", specs);
  EXPECT(back[0].weights.shape() == (Shape{1, 2}) && back[1].bias.shape() == Shape{0});
  // CHECK: files.cpp:[[#@LINE + 2]]: error: array '0_weights' in 'layers.npz' is a tensor of 1x2xf64, and one of 2x?xf64 is wanted
  specs[0].weights = spec<double>(2, dynamic);
  expect_error([&] { load_npz("layers.npz", specs); });
  specs[0].weights = spec<double>(1, 2);
  // CHECK: files.cpp:[[#@LINE + 2]]: error: array '1_bias' in 'layers.npz' is a tensor of 0xf64, and one of 2xf64 is wanted
  specs[1].bias = spec<double>(2);
  expect_error([&] { load_npz("layers.npz", specs); });
  // CHECK: files.cpp:[[#@LINE + 1]]: error: tensor 1: it has the name 'a_b_c', and so has tensor 0
  expect_error([] { save_npz("same.npz", std::map<std::string, std::map<std::string, Array>>{{"a", {{"b_c", 1.0}}}, {"a_b", {{"c", 2.0}}}}); });
  // CHECK: files.cpp:[[#@LINE + 1]]: error: cannot write 'no/folder/x.npy'
  expect_error([] { save_npy("no/folder/x.npy", 1.0); });
}
