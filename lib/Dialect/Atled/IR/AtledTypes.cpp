//===- AtledTypes.cpp - The tensors of the atled dialect ------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Dialect/Atled/IR/AtledTypes.h"
#include "Diagnostics.h"
#include "atled/Support/ByteSize.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "llvm/Support/FormatVariadic.h"

using namespace atled;
using llvm::formatv;

bool atled::isFloatElement(Type type) {
  return isa<Float16Type, BFloat16Type, Float32Type, Float64Type>(type);
}

bool atled::isIntegerElement(Type type) {
  auto integer = dyn_cast<IntegerType>(type);
  return integer && !integer.isSigned() &&
         llvm::is_contained({8u, 16u, 32u, 64u}, integer.getWidth());
}

bool atled::isBooleanElement(Type type) { return type.isSignlessInteger(1); }

bool atled::isBitElement(Type type) {
  return isIntegerElement(type) || isBooleanElement(type);
}

bool atled::isNumberElement(Type type) {
  return isFloatElement(type) || isIntegerElement(type);
}

bool atled::isElement(Type type) {
  return isNumberElement(type) || isBooleanElement(type);
}

bool atled::isKeyTensor(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor && tensor.getShape() == ArrayRef<int64_t>(2) &&
         tensor.getElementType().isUnsignedInteger(32);
}

SmallVector<int64_t> atled::getAllDimensions(Value value) {
  return llvm::to_vector(
      llvm::seq<int64_t>(0, cast<RankedTensorType>(value.getType()).getRank()));
}

static LogicalResult verifyPlainTensor(Operation *op, Type type,
                                       const Twine &name) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor)
    return success(); // A size, of type index.
  if (tensor.getEncoding())
    return op->emitOpError(
        formatv("{0} has type {1}, but tensors with an encoding are not taken",
                name.str(), type));
  if (!isAddressable(tensor))
    return op->emitOpError(formatv(
        "{0} has type {1}, which has 2^63 bytes or more", name.str(), type));
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
  for (unsigned i : llvm::seq(1u, std::max(1u, op->getNumOperands()))) {
    bool isBinary = op->getNumOperands() == 2;
    std::string first = isBinary ? "lhs" : "operand #0";
    std::string other = isBinary ? "rhs" : formatv("operand #{0}", i).str();
    if (failed(checkSameType(op->getLoc(), op->getName().getStringRef(),
                             {first, op->getOperand(0)},
                             {other, op->getOperand(i)})))
      return failure();
  }
  Type result = op->getResult(0).getType();
  if (result == type)
    return success();
  return op->emitOpError(
      formatv("returns the type of its operands: result has {0}, operands "
              "have {1}",
              result, type));
}

LogicalResult atled::verifySameShape(Operation *op) {
  NamedOperand x{"x", op->getOperand(0)};
  Type result = op->getResult(0).getType();
  if (x.getType().getShape() == cast<RankedTensorType>(result).getShape())
    return success();
  return reportError(op->getLoc(), op->getName().getStringRef(),
                     formatv("keeps the shape: x has {0}, result has {1}",
                             x.getType(), result),
                     x);
}

LogicalResult atled::verifyByInference(Operation *op) {
  auto inference = cast<InferTypeOpInterface>(op);
  SmallVector<Type> inferred;
  if (failed(inference.inferReturnTypes(
          op->getContext(), op->getLoc(), op->getOperands(),
          op->getRawDictionaryAttrs(), op->getPropertiesStorage(),
          op->getRegions(), inferred)))
    return failure();
  if (inference.isCompatibleReturnTypes(inferred, op->getResultTypes()))
    return success();
  return op->emitOpError(formatv(
      "returns {0:$[, ]}, not {1:$[, ]}",
      llvm::make_range(inferred.begin(), inferred.end()),
      llvm::make_range(op->result_type_begin(), op->result_type_end())));
}
