//===- ComparisonOps.cpp - Comparing and choosing elements ----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Diagnostics.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/Support/FormatVariadic.h"

using namespace atled;
using llvm::formatv;

//===----------------------------------------------------------------------===//
// Predicates
//===----------------------------------------------------------------------===//

/// Booleans in the shape of `x`, which the parser has found to be a tensor.
static Type getBooleansLike(Value x) {
  auto type = cast<RankedTensorType>(x.getType());
  return type.clone(IntegerType::get(x.getContext(), 1));
}

LogicalResult
IsFiniteOp::inferReturnTypes(MLIRContext *, std::optional<Location>,
                             Adaptor adaptor,
                             SmallVectorImpl<Type> &inferredReturnTypes) {
  inferredReturnTypes.push_back(getBooleansLike(adaptor.getX()));
  return success();
}

LogicalResult
IsNaNOp::inferReturnTypes(MLIRContext *, std::optional<Location>,
                          Adaptor adaptor,
                          SmallVectorImpl<Type> &inferredReturnTypes) {
  inferredReturnTypes.push_back(getBooleansLike(adaptor.getX()));
  return success();
}

//===----------------------------------------------------------------------===//
// CompareOp
//===----------------------------------------------------------------------===//

LogicalResult
CompareOp::inferReturnTypes(MLIRContext *context,
                            std::optional<Location> location, Adaptor adaptor,
                            SmallVectorImpl<Type> &inferredReturnTypes) {
  if (failed(checkSameType(location, getOperationName(),
                           {"lhs", adaptor.getLhs()},
                           {"rhs", adaptor.getRhs()})))
    return failure();
  // The parser infers before it verifies what the operands are.
  auto type = dyn_cast<RankedTensorType>(adaptor.getLhs().getType());
  if (!type)
    return reportError(
        location, getOperationName(),
        formatv("takes ranked tensors, not {0}", adaptor.getLhs().getType()));
  Predicate predicate = adaptor.getPredicate();
  if (isBooleanElement(type.getElementType()) && predicate != Predicate::eq &&
      predicate != Predicate::ne)
    return reportError(location, getOperationName(),
                       formatv("elements of type i1 have no order: use 'eq' or "
                               "'ne', not '{0}'",
                               stringifyPredicate(predicate)));
  inferredReturnTypes.push_back(type.clone(IntegerType::get(context, 1)));
  return success();
}

//===----------------------------------------------------------------------===//
// SelectOp
//===----------------------------------------------------------------------===//

LogicalResult
SelectOp::inferReturnTypes(MLIRContext *context,
                           std::optional<Location> location, Adaptor adaptor,
                           SmallVectorImpl<Type> &inferredReturnTypes) {
  NamedOperand onTrue{"onTrue", adaptor.getOnTrue()};
  NamedOperand onFalse{"onFalse", adaptor.getOnFalse()};
  if (failed(checkSameType(location, getOperationName(), onTrue, onFalse)))
    return failure();
  // The parser infers before it verifies what the operands are.
  auto pred = dyn_cast<RankedTensorType>(adaptor.getPred().getType());
  auto type = dyn_cast<RankedTensorType>(onTrue.value.getType());
  if (!pred || !type)
    return reportError(location, getOperationName(),
                       formatv("takes ranked tensors, not {0} and {1}",
                               adaptor.getPred().getType(),
                               onTrue.value.getType()));
  if (pred.getShape() != type.getShape())
    return reportError(location, getOperationName(),
                       formatv("takes operands of the same shape: pred has "
                               "{0}, onTrue has {1}",
                               pred, type),
                       {{"pred", adaptor.getPred()}});
  inferredReturnTypes.push_back(type);
  return success();
}
