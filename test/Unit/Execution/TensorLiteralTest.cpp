//===- TensorLiteralTest.cpp - Tests of tensors on the command line -------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Execution/HostTensor.h"
#include "gtest/gtest.h"

using namespace atled;

static std::string read(StringRef text) {
  llvm::Expected<HostTensor> tensor = parseTensorLiteral(text);
  if (!tensor)
    return toString(tensor.takeError());
  std::string printed = tensor->getSignature().str() + " ";
  llvm::raw_string_ostream os(printed);
  printTensor(os, *tensor);
  return printed;
}

TEST(TensorLiteral, reads_elements_in_order) {
  EXPECT_EQ(read("4xf64=1,2,3,4"), "4xf64 [1.0, 2.0, 3.0, 4.0]");
  EXPECT_EQ(read("2x2xi32=1, -2, 3, 4"), "2x2xi32 [[ 1, -2],\n [ 3,  4]]");
  EXPECT_EQ(read("3xf32=nan,-inf,1e-3"), "3xf32 [  nan,  -inf, 0.001]");
  EXPECT_EQ(read("3xi1=true,0,1"), "3xi1 [ true, false,  true]");
}

TEST(TensorLiteral, repeats_a_single_element) {
  EXPECT_EQ(read("2x2xf32=0.5"), "2x2xf32 [[0.5, 0.5],\n [0.5, 0.5]]");
}

TEST(TensorLiteral, reads_scalars_and_nothing) {
  EXPECT_EQ(read("f64=3"), "f64 3.0");
  EXPECT_EQ(read("0x3xf32="), "0x3xf32 []");
}

TEST(TensorLiteral, draws_the_same_numbers_each_time) {
  EXPECT_EQ(read("8xf64=random:7"), read("8xf64=random:7"));
  EXPECT_EQ(read("8xf64=random"), read("8xf64=random:0"));
  EXPECT_NE(read("8xf64=random:7"), read("8xf64=random:8"));
}

TEST(TensorLiteral, draws_standard_normal_numbers) {
  HostTensor tensor = cantFail(parseTensorLiteral("100000xf64=random:1"));
  double sum = 0, squares = 0;
  for (int64_t index = 0; index < tensor.getNumElements(); ++index) {
    sum += tensor.getFloat(index);
    squares += tensor.getFloat(index) * tensor.getFloat(index);
  }
  // Five standard deviations of either mean.
  EXPECT_NEAR(sum / 1e5, 0, 0.016);
  EXPECT_NEAR(squares / 1e5, 1, 0.023);
}

TEST(TensorLiteral, counts_elements) {
  EXPECT_EQ(read("4xf64=1,2,3"),
            "a tensor of type 4xf64 has 4 elements, and 3 are given");
  EXPECT_EQ(read("f64=1,2"),
            "a tensor of type f64 has 1 elements, and 2 are given");
  EXPECT_EQ(read("4xf64="),
            "a tensor of type 4xf64 has 4 elements, and 0 are given");
}

TEST(TensorLiteral, names_what_is_no_number) {
  EXPECT_EQ(read("2xf64=1,one"), "'one' is not a number");
  EXPECT_EQ(read("2xi32=1,2.5"), "'2.5' is not an integer");
  EXPECT_EQ(read("2xi32=1,--2"), "'--2' is not an integer");
  EXPECT_EQ(read("i32=-"), "'-' is not an integer");
  EXPECT_EQ(read("2xi32=random"), "random numbers are normally distributed, "
                                  "and i32 is no floating-point type");
}

TEST(TensorLiteral, checks_the_range_of_integers) {
  EXPECT_EQ(read("2xi8=-128,127"), "2xi8 [-128,  127]");
  EXPECT_EQ(read("i8=128"), "'128' does not fit i8");
  EXPECT_EQ(read("i8=-129"), "'-129' does not fit i8");
  EXPECT_EQ(read("ui8=255"), "ui8 255");
  EXPECT_EQ(read("ui8=-1"), "'-1' does not fit ui8");
  EXPECT_EQ(read("i1=2"), "'2' does not fit i1");
  EXPECT_EQ(read("i64=-9223372036854775808"), "i64 -9223372036854775808");
  EXPECT_EQ(read("ui64=18446744073709551615"), "ui64 18446744073709551615");
  EXPECT_EQ(read("ui64=18446744073709551616"),
            "'18446744073709551616' does not fit ui64");
}

TEST(TensorLiteral, is_told_from_a_file) {
  EXPECT_TRUE(isTensorLiteral("4xf64=1,2,3,4"));
  EXPECT_FALSE(isTensorLiteral("x.npy"));
  EXPECT_FALSE(isTensorLiteral("epoch=4.npy"));
}
