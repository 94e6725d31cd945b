//===- AtledTypes.cpp - The tensors of the atled dialect ------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Dialect/Atled/IR/AtledTypes.h"
#include "Diagnostics.h"
#include "llvm/Support/CheckedArithmetic.h"
#include "llvm/Support/FormatVariadic.h"

using namespace atled;

bool atled::isFloatElement(Type type) {
  return isa<Float16Type, BFloat16Type, Float32Type, Float64Type>(type);
}

bool atled::isIntegerElement(Type type) {
  auto integer = dyn_cast<IntegerType>(type);
  return integer && !integer.isSigned() &&
         llvm::is_contained({8u, 16u, 32u, 64u}, integer.getWidth());
}

bool atled::isBooleanElement(Type type) { return type.isSignlessInteger(1); }

bool atled::isNumberElement(Type type) {
  return isFloatElement(type) || isIntegerElement(type);
}

bool atled::isElement(Type type) {
  return isNumberElement(type) || isBooleanElement(type);
}

SmallVector<int64_t> atled::getAllDimensions(Value value) {
  return llvm::to_vector(
      llvm::seq<int64_t>(0, cast<RankedTensorType>(value.getType()).getRank()));
}

/// Whether the strides of `type` in bytes fit an int64_t. Extents of 0 count as
/// 1, for they do not make the other strides smaller.
static bool isAddressable(RankedTensorType type) {
  int64_t bytes = std::max(1u, type.getElementTypeBitWidth() / 8);
  for (int64_t extent : type.getShape()) {
    if (extent == 0 || ShapedType::isDynamic(extent))
      continue;
    std::optional<int64_t> product = llvm::checkedMul(bytes, extent);
    if (!product)
      return false;
    bytes = *product;
  }
  return true;
}

static LogicalResult verifyPlainTensor(Operation *op, Type type,
                                       const Twine &name) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor || !isElement(tensor.getElementType()))
    return success(); // The constraint of the operand says what is wrong.
  if (tensor.getEncoding())
    return op->emitOpError() << name << " has type " << type
                             << ", but tensors with an encoding are not taken";
  if (!isAddressable(tensor))
    return op->emitOpError()
           << name << " has type " << type << ", which has 2^63 bytes or more";
  return success();
}

LogicalResult atled::verifyPlainTensors(Operation *op) {
  for (OpOperand &operand : op->getOpOperands())
    if (failed(
            verifyPlainTensor(op, operand.get().getType(),
                              "operand #" + Twine(operand.getOperandNumber()))))
      return failure();
  for (OpResult result : op->getResults())
    if (failed(verifyPlainTensor(op, result.getType(),
                                 "result #" + Twine(result.getResultNumber()))))
      return failure();
  return success();
}

LogicalResult atled::verifySameTypes(Operation *op) {
  Type type = op->getOperand(0).getType();
  if (op->getNumOperands() == 2 &&
      failed(checkSameType(op->getLoc(), op->getName().getStringRef(),
                           {"lhs", op->getOperand(0)},
                           {"rhs", op->getOperand(1)})))
    return failure();
  if (op->getResult(0).getType() != type)
    return op->emitOpError()
           << "returns the type of its operands: result has "
           << op->getResult(0).getType() << ", operands have " << type;
  return success();
}
