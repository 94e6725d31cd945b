//===- ScalarBuilder.cpp - Computing with one element ---------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ScalarBuilder.h"
#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace atled;

ScalarKind atled::getScalarKind(Type element) {
  if (isa<FloatType>(element))
    return ScalarKind::Float;
  return element.isUnsignedInteger() || element.isInteger(1)
             ? ScalarKind::Unsigned
             : ScalarKind::Signed;
}

Type atled::getSignlessType(Type element) {
  if (!element.isUnsignedInteger())
    return element;
  return IntegerType::get(element.getContext(),
                          element.getIntOrFloatBitWidth());
}

Type atled::getComputationType(Type element) {
  if (isa<FloatType>(element) && element.getIntOrFloatBitWidth() < 32)
    return Float32Type::get(element.getContext());
  return getSignlessType(element);
}

Value ScalarBuilder::literal(int64_t value, Type type) {
  TypedAttr attribute = isa<FloatType>(type)
                            ? TypedAttr(getFloatAttr(type, value))
                            : getIntegerAttr(type, value);
  return arith::ConstantOp::create(*this, attribute);
}

Value ScalarBuilder::literal(const APFloat &value, Type type) {
  return arith::ConstantOp::create(*this, getFloatAttr(type, value));
}

Value ScalarBuilder::extreme(bool greatest) {
  if (kind == ScalarKind::Float)
    return literal(APFloat::getInf(cast<FloatType>(type).getFloatSemantics(),
                                   /*Negative=*/!greatest),
                   type);
  unsigned width = type.getIntOrFloatBitWidth();
  bool isSigned = kind == ScalarKind::Signed;
  APInt value = greatest ? (isSigned ? APInt::getSignedMaxValue(width)
                                     : APInt::getMaxValue(width))
                         : (isSigned ? APInt::getSignedMinValue(width)
                                     : APInt::getMinValue(width));
  return arith::ConstantOp::create(*this, getIntegerAttr(type, value));
}

Value ScalarBuilder::widen(Value x) {
  Type wide = getComputationType(x.getType());
  return wide == x.getType() ? x : arith::ExtFOp::create(*this, wide, x);
}

Value ScalarBuilder::narrow(Value x, Type storage) {
  if (x.getType() == storage)
    return x;
  return arith::TruncFOp::create(*this, storage, x);
}
