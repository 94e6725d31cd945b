//===- Stacks.cpp - Values of every iteration of a loop -------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Stacks.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/UB/IR/UBOps.h"

using namespace atled;

static bool isScalar(Type type) { return type.isIntOrIndexOrFloat(); }

Value atled::buildStack(OpBuilder &builder, Location location, Type type,
                        OpFoldResult count, Value like) {
  if (isScalar(type))
    return tensor::EmptyOp::create(builder, location, ArrayRef(count), type);
  auto space = dyn_cast<VectorSpaceTypeInterface>(type);
  return space ? space.buildStack(builder, location, count, like) : Value();
}

Value atled::buildStackWrite(OpBuilder &builder, Location location, Value stack,
                             Value index, Value value) {
  if (isScalar(value.getType()))
    return tensor::InsertOp::create(builder, location, value, stack, index);
  return cast<VectorSpaceTypeInterface>(value.getType())
      .buildStackWrite(builder, location, stack, index, value);
}

Value atled::buildStackRead(OpBuilder &builder, Location location, Value stack,
                            Value index, Type type) {
  if (isScalar(type))
    return tensor::ExtractOp::create(builder, location, stack, index);
  return cast<VectorSpaceTypeInterface>(type).buildStackRead(builder, location,
                                                             stack, index);
}

Value atled::buildPlaceholder(OpBuilder &builder, Location location, Type type,
                              Value like) {
  if (isScalar(type))
    return arith::ConstantOp::create(builder, location,
                                     builder.getZeroAttr(type));
  if (auto space = dyn_cast<VectorSpaceTypeInterface>(type))
    return space.buildPlaceholder(builder, location, like);
  return ub::PoisonOp::create(builder, location, type);
}
