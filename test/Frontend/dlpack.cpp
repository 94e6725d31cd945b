//===- dlpack.cpp - Arrays that change hands ------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
// clang-format off
//
// RUN: %build_cpp
// RUN: %t | FileCheck %s
//
// PyTorch takes what this library gives, and gives what it takes.
// RUN: %if torch && !sanitizers %{ %build_shared_cpp && %python %S/Inputs/dlpack.py %t.so %}

#include "expect.hpp"

using namespace atled;

extern "C" dlpack::ManagedTensor *give() {
  return to_dlpack<dlpack::ManagedTensor>(Array{{1.f, 2.f, 3.f}, {4.f, 5.f, 6.f}});
}
/// The sum of the elements; writes 7 over the first.
extern "C" double take(dlpack::ManagedTensor *tensor) {
  Array array = from_dlpack(tensor);
  double total = 0;
  for (double value : array.to(DType::float64).values<double>())
    total += value;
  *array.data<float>() = 7;
  return total;
}

static int released = 0;

/// A tensor of somebody else's, who counts how often it comes back.
template <class Managed>
struct Lender {
  Managed managed = {};
  std::vector<double> values{0, 1, 2, 3, 4, 5};
  int64_t shape[2] = {2, 2}, strides[2] = {2, 1};

  Lender() {
    managed.tensor = {values.data(), {1, 0}, 2, {2, 64, 1}, shape, strides, 2 * sizeof(double)};
    managed.deleter = [](Managed *) { ++released; };
    if constexpr (std::is_same_v<Managed, dlpack::ManagedTensorVersioned>)
      managed.version = {1, 1};
  }
};

template <class Managed>
static void test_both_ways() {
  Lender<Managed> lender;
  released = 0;
  {
    Array array = from_dlpack(&lender.managed);
    EXPECT(array.raw() == lender.values.data() + 2 && is_close(array, {2, 3, 4, 5}));
    Array copy = array, moved = std::move(array);
    copy.at<double>({0, 0}) = 9;
    EXPECT(lender.values[2] == 2 && released == 0);
    // Handed on, it is the same memory.
    Managed *next = to_dlpack<Managed>(std::move(moved));
    EXPECT(next->tensor.data == lender.values.data() + 2 && next->tensor.strides[0] == 2);
    EXPECT(next->tensor.rank == 2 && next->tensor.dtype.code == 2 && next->tensor.dtype.bits == 64);
    EXPECT(released == 0);
    next->deleter(next);
    EXPECT(released == 1);
  }
  EXPECT(released == 1);
}

int main() {
  test_both_ways<dlpack::ManagedTensor>();
  test_both_ways<dlpack::ManagedTensorVersioned>();
  for (int i = 0; i <= static_cast<int>(DType::float64); ++i) {
    auto dtype = static_cast<DType>(i);
    auto *tensor = to_dlpack(Array(dtype, {3}));
    EXPECT(tensor->version.major == 1 && from_dlpack(tensor).dtype() == dtype);
  }

  // What must not be written is copied, and goes back at once.
  Lender<dlpack::ManagedTensorVersioned> lender;
  lender.managed.flags = 1;
  released = 0;
  Array copy = from_dlpack(&lender.managed);
  EXPECT(released == 1 && copy.raw() != lender.values.data() + 2 && is_close(copy, {2, 3, 4, 5}));

  // What is refused stays with the lender.
  // CHECK: dlpack.cpp:[[#@LINE + 2]]: error: a tensor of DLPack is given that is not row-major and contiguous; hand over a copy that is
  lender.strides[0] = 1;
  expect_error([&] { from_dlpack(&lender.managed); });
  // CHECK: dlpack.cpp:[[#@LINE + 4]]: error: a tensor of DLPack is given whose elements are not aligned to their 8 bytes; hand over a copy that is
  lender.strides[0] = 2;
  lender.managed.flags = 0;
  ++lender.managed.tensor.byte_offset;
  expect_error([&] { from_dlpack(&lender.managed); });
  // CHECK: dlpack.cpp:[[#@LINE + 2]]: error: no tensor has the shape -1x2
  lender.managed.tensor.shape[0] = -1;
  expect_error([&] { from_dlpack(&lender.managed); });
  // CHECK: dlpack.cpp:[[#@LINE + 2]]: error: a tensor of DLPack is given with rank -1, and no shape of so many extents
  lender.managed.tensor.rank = -1;
  expect_error([&] { from_dlpack(&lender.managed); });
  // CHECK: dlpack.cpp:[[#@LINE + 3]]: error: a tensor of DLPack is given without its elements: their pointer is null
  lender.managed.tensor.rank = 0;
  lender.managed.tensor.data = nullptr;
  expect_error([&] { from_dlpack(&lender.managed); });
  // CHECK: dlpack.cpp:[[#@LINE + 1]]: error: no tensor of DLPack is given: the pointer is null
  expect_error([&] { from_dlpack(static_cast<dlpack::ManagedTensor *>(nullptr)); });
  // CHECK: dlpack.cpp:[[#@LINE + 2]]: error: no array has elements of DLPack's type with code 5, 64 bits and 1 lanes
  lender.managed.tensor.dtype.code = 5;
  expect_error([&] { from_dlpack(&lender.managed); });
  // CHECK: dlpack.cpp:[[#@LINE + 2]]: error: a tensor of DLPack's device 2 is given; copy it to the processor, 1
  lender.managed.tensor.device.type = 2;
  expect_error([&] { from_dlpack(&lender.managed); });
  // CHECK: dlpack.cpp:[[#@LINE + 2]]: error: a tensor of DLPack's version 2 is given, and version 1 is known
  lender.managed.version.major = 2;
  expect_error([&] { from_dlpack(&lender.managed); });
  EXPECT(released == 1);
}
