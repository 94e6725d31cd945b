//===- HostTensorTest.cpp - Tests of tensors on the host ------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Execution/HostTensor.h"
#include "gtest/gtest.h"
#include <cmath>
#include <cstring>

using namespace atled;

static std::string parse(StringRef text) {
  llvm::Expected<TensorSignature> signature = TensorSignature::parse(text);
  return signature ? signature->str() : toString(signature.takeError());
}

TEST(TensorSignature, reads_what_it_prints) {
  for (const char *text : {"f64", "2x3xf32", "0xi1", "1x2x3x4xui8", "7xbf16"})
    EXPECT_EQ(parse(text), text);
}

TEST(TensorSignature, names_what_it_cannot_read) {
  EXPECT_EQ(parse("4xf65"),
            "'f65' is not an element type; these are: i1, i8, i16, i32, i64, "
            "ui8, ui16, ui32, ui64, f16, bf16, f32, f64");
  EXPECT_EQ(parse("4f32"), "'4f32' is not a tensor's shape and type, such as "
                           "2x3xf32 or f64");
  EXPECT_EQ(parse("99999999999999999999xf32"),
            "'99999999999999999999xf32' is not a tensor's shape and type, such "
            "as 2x3xf32 or f64");
  EXPECT_EQ(parse("4611686018427387904x2xf32"),
            "a tensor of type 4611686018427387904x2xf32 is larger than any "
            "memory");
}

TEST(TensorSignature, counts_nothing_where_one_extent_is_zero) {
  EXPECT_EQ(parse("4611686018427387904x4611686018427387904x0xf64"),
            "4611686018427387904x4611686018427387904x0xf64");
}

TEST(HostTensor, says_that_memory_does_not_suffice) {
  llvm::Expected<HostTensor> tensor =
      HostTensor::create({ElementKind::F64, {int64_t(1) << 55}});
  ASSERT_FALSE(bool(tensor));
  EXPECT_EQ(toString(tensor.takeError()),
            "there is not enough memory for a tensor of type "
            "36028797018963968xf64");
}

TEST(HostTensor, is_aligned_for_vectors) {
  HostTensor tensor = cantFail(HostTensor::create({ElementKind::I8, {3}}));
  EXPECT_EQ(reinterpret_cast<uintptr_t>(tensor.getBytes().data()) % 64, 0u);
}

static uint64_t getBitsOf(ElementKind kind, double value) {
  HostTensor tensor = cantFail(HostTensor::create({kind, {}}));
  tensor.setFloat(0, value);
  uint64_t bits = 0;
  std::memcpy(&bits, tensor.getBytes().data(), tensor.getBytes().size());
  return bits;
}

TEST(HostTensor, rounds_to_nearest_even) {
  EXPECT_EQ(getBitsOf(ElementKind::F16, 1.0), 0x3c00u);
  // Half way between two numbers of f16, and just above.
  EXPECT_EQ(getBitsOf(ElementKind::F16, 1 + 0x1p-11), 0x3c00u);
  EXPECT_EQ(getBitsOf(ElementKind::F16, 1 + 0x1.8p-11), 0x3c01u);
  EXPECT_EQ(getBitsOf(ElementKind::F16, 65520), 0x7c00u);
  EXPECT_EQ(getBitsOf(ElementKind::F16, 0x1p-24), 0x0001u);
  EXPECT_EQ(getBitsOf(ElementKind::BF16, -1.0), 0xbf80u);
  EXPECT_EQ(getBitsOf(ElementKind::BF16, 1 + 0x1p-8), 0x3f80u);
  EXPECT_EQ(getBitsOf(ElementKind::F32, 1 + 0x1p-24), 0x3f800000u);
}

TEST(HostTensor, keeps_integers_of_every_width) {
  for (ElementKind kind : {ElementKind::I8, ElementKind::I16, ElementKind::I32,
                           ElementKind::I64}) {
    HostTensor tensor = cantFail(HostTensor::create({kind, {2}}));
    int64_t smallest = -(int64_t(1) << (getByteWidth(kind) * 8 - 2)) * 2;
    tensor.setInteger(1, smallest);
    EXPECT_EQ(tensor.getInteger(0), 0);
    EXPECT_EQ(tensor.getInteger(1), smallest);
  }
  HostTensor wide = cantFail(HostTensor::create({ElementKind::UI64, {}}));
  wide.setInteger(0, -1);
  EXPECT_EQ(wide.getFloat(0), 0x1p64);
}

TEST(HostTensor, is_poisoned_with_nan) {
  for (ElementKind kind : {ElementKind::F16, ElementKind::BF16,
                           ElementKind::F32, ElementKind::F64}) {
    HostTensor tensor = cantFail(HostTensor::create({kind, {2}}));
    tensor.poison();
    EXPECT_TRUE(std::isnan(tensor.getFloat(1)));
  }
}

TEST(HostTensor, names_positions) {
  TensorSignature signature{ElementKind::F32, {2, 3, 4}};
  EXPECT_EQ(formatPosition(signature, 23), "[1, 2, 3]");
  EXPECT_EQ(formatPosition({ElementKind::F32, {}}, 0), "[]");
}
