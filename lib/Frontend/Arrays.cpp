//===- Arrays.cpp - The interface to arrays -------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Session.h"
#include "atled/Execution/RandomTensor.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/APSInt.h"

using namespace atled;

const char *atled_array_text(atled_type type, const void *data) {
  HostTensor tensor = llvm::cantFail(copyTensor(type, data));
  std::string &text = getTexts().array;
  text.clear();
  llvm::raw_string_ostream os(text);
  printTensor(os, tensor);
  return text.c_str();
}

void atled_array_randn(int32_t dtype, void *data, size_t count, uint64_t seed) {
  int64_t extent = count;
  HostTensor tensor = llvm::cantFail(
      HostTensor::create({static_cast<ElementKind>(dtype), {extent}}));
  fillWithNormal(tensor, seed);
  std::memcpy(data, tensor.getBytes().data(), tensor.getBytes().size());
}

/// `value` without its fraction, and no less or greater than the integers of a
/// kind; 0 for NaN.
static int64_t toInteger(double value, ElementKind kind) {
  llvm::APSInt integer(8 * getByteWidth(kind), isUnsigned(kind));
  bool isExact;
  APFloat(value).convertToInteger(integer, APFloat::rmTowardZero, &isExact);
  return isUnsigned(kind) ? integer.getZExtValue() : integer.getSExtValue();
}

static void convertElement(const HostTensor &source, HostTensor &target,
                           int64_t index) {
  ElementKind from = source.getKind(), to = target.getKind();
  if (to == ElementKind::I1)
    return target.setInteger(index, source.getFloat(index) != 0);
  if (isFloat(to) && isFloat(from))
    return target.setFloat(index, source.getFloat(index));
  if (isFloat(to)) {
    // Rounded once: a double does not hold every integer of 64 bits.
    bool isExact;
    APFloat value(to == ElementKind::F32 ? APFloat::IEEEsingle()
                                         : APFloat::IEEEdouble());
    value.convertFromAPInt(APInt(64, source.getInteger(index)),
                           !isUnsigned(from), APFloat::rmNearestTiesToEven);
    value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                  &isExact);
    return target.setFloat(index, value.convertToDouble());
  }
  target.setInteger(index, isFloat(from) ? toInteger(source.getFloat(index), to)
                                         : source.getInteger(index));
}

void atled_array_convert(int32_t from, const void *source, int32_t to,
                         void *target, size_t count) {
  int64_t extent = count;
  HostTensor input = llvm::cantFail(copyTensor({from, 1, &extent}, source));
  HostTensor output = llvm::cantFail(
      HostTensor::create({static_cast<ElementKind>(to), {extent}}));
  for (int64_t index = 0; index < extent; ++index)
    convertElement(input, output, index);
  std::memcpy(target, output.getBytes().data(), output.getBytes().size());
}
