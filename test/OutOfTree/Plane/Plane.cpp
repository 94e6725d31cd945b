//===- Plane.cpp - The dialect, and its types as vector spaces ------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Plane.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/Transforms/InliningUtils.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace plane;

#include "PlaneDialect.cpp.inc"

#define GET_TYPEDEF_CLASSES
#include "PlaneTypes.cpp.inc"

#define GET_OP_CLASSES
#include "PlaneOps.cpp.inc"

namespace {
/// All operations may be inlined.
struct PlaneInliner : DialectInlinerInterface {
  using DialectInlinerInterface::DialectInlinerInterface;
  bool isLegalToInline(Operation *, Region *, bool,
                       IRMapping &) const override {
    return true;
  }
};
} // namespace

void PlaneDialect::initialize() {
  addTypes<
#define GET_TYPEDEF_LIST
#include "PlaneTypes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "PlaneOps.cpp.inc"
      >();
  addInterfaces<PlaneInliner>();
  attachDerivatives(getContext());
}

Operation *PlaneDialect::materializeConstant(OpBuilder &builder,
                                             Attribute value, Type type,
                                             Location location) {
  return ConstantOp::create(builder, location, type, cast<ArrayAttr>(value));
}

//===----------------------------------------------------------------------===//
// Vector spaces
//===----------------------------------------------------------------------===//

static Value buildConstant(OpBuilder &builder, Location location, Type type,
                           ArrayRef<double> value) {
  return ConstantOp::create(builder, location, type,
                            builder.getF64ArrayAttr(value));
}

Type RealType::getTangentType() const { return *this; }
bool RealType::isScalar() const { return true; }
Value RealType::buildSplat(OpBuilder &builder, Location location, double value,
                           Value) const {
  return buildConstant(builder, location, *this, {value});
}
Value RealType::buildSum(OpBuilder &builder, Location location,
                         ValueRange terms) const {
  return SumOp::create(builder, location, *this, terms);
}
Value RealType::buildProduct(OpBuilder &builder, Location location, Value lhs,
                             Value rhs) const {
  return MulOp::create(builder, location, lhs, rhs);
}

Type VecType::getTangentType() const { return *this; }
bool VecType::isScalar() const { return false; }
Value VecType::buildSplat(OpBuilder &builder, Location location, double value,
                          Value) const {
  return buildConstant(builder, location, *this, {value, value});
}
Value VecType::buildSum(OpBuilder &builder, Location location,
                        ValueRange terms) const {
  return SumOp::create(builder, location, *this, terms);
}
Value VecType::buildProduct(OpBuilder &builder, Location location, Value lhs,
                            Value rhs) const {
  return MulOp::create(builder, location, lhs, rhs);
}

// Points are neither added nor scaled; their tangents, which are vectors, are.
Type PointType::getTangentType() const { return VecType::get(getContext()); }
bool PointType::isScalar() const { return false; }
Value PointType::buildSplat(OpBuilder &, Location, double, Value) const {
  llvm_unreachable("a point is not a tangent");
}
Value PointType::buildSum(OpBuilder &, Location, ValueRange) const {
  llvm_unreachable("a point is not a tangent");
}
Value PointType::buildProduct(OpBuilder &, Location, Value, Value) const {
  llvm_unreachable("a point is not a tangent");
}
