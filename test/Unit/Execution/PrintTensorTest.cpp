//===- PrintTensorTest.cpp - Tests of printing tensors --------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Execution/HostTensor.h"
#include "gtest/gtest.h"
#include <cmath>

using namespace atled;

static std::string print(const HostTensor &tensor) {
  std::string text;
  llvm::raw_string_ostream os(text);
  printTensor(os, tensor);
  return text;
}

static std::string printLiteral(StringRef literal) {
  return print(cantFail(parseTensorLiteral(literal)));
}

/// 0, 1, 2, … in row-major order.
static HostTensor count(ArrayRef<int64_t> shape) {
  HostTensor tensor = cantFail(
      HostTensor::create({ElementKind::I32, SmallVector<int64_t>(shape)}));
  for (int64_t index = 0; index < tensor.getNumElements(); ++index)
    tensor.setInteger(index, index);
  return tensor;
}

TEST(PrintTensor, prints_the_shortest_number_that_reads_back) {
  EXPECT_EQ(printLiteral("f32=0.1"), "0.1");
  EXPECT_EQ(printLiteral("f64=0.1"), "0.1");
  EXPECT_EQ(printLiteral("f16=0.1"), "0.1");
  EXPECT_EQ(printLiteral("bf16=0.1"), "0.1");
  EXPECT_EQ(printLiteral("f32=16777216"), "16777216.0");
  EXPECT_EQ(printLiteral("f64=1e300"), "1e+300");
  EXPECT_EQ(printLiteral("f64=-0.0"), "-0.0");
  EXPECT_EQ(printLiteral("f64=nan"), "nan");
  EXPECT_EQ(printLiteral("f16=-inf"), "-inf");
}

TEST(PrintTensor, prints_every_number_of_sixteen_bits_so_that_it_reads_back) {
  for (ElementKind kind : {ElementKind::F16, ElementKind::BF16}) {
    HostTensor tensor = cantFail(HostTensor::create({kind, {}}));
    for (int64_t bits = 0; bits < 0x10000; bits += 7) {
      tensor.setInteger(0, bits);
      double value = tensor.getFloat(0);
      if (std::isnan(value))
        continue;
      tensor.setFloat(0, std::stod(formatElement(tensor, 0)));
      EXPECT_EQ(tensor.getFloat(0), value);
    }
  }
}

TEST(PrintTensor, nests_brackets_and_aligns_columns) {
  EXPECT_EQ(print(count({2, 2, 3})), "[[[ 0,  1,  2],\n"
                                     "  [ 3,  4,  5]],\n"
                                     "\n"
                                     " [[ 6,  7,  8],\n"
                                     "  [ 9, 10, 11]]]");
}

TEST(PrintTensor, prints_empty_tensors) {
  EXPECT_EQ(print(count({3, 0})), "[]");
}

TEST(PrintTensor, leaves_out_the_middle_of_large_tensors) {
  EXPECT_EQ(print(count({1001})), "[   0,    1,    2, ...,  998,  999, 1000]");
  EXPECT_EQ(print(count({500, 3})), "[[   0,    1,    2],\n"
                                    " [   3,    4,    5],\n"
                                    " [   6,    7,    8],\n"
                                    " ...,\n"
                                    " [1491, 1492, 1493],\n"
                                    " [1494, 1495, 1496],\n"
                                    " [1497, 1498, 1499]]");
}

TEST(PrintTensor, breaks_long_rows) {
  std::string text = print(count({60}));
  EXPECT_EQ(text.find('\n'), 96u);
  EXPECT_EQ(text.substr(92, 9), " 23,\n 24,");
}
