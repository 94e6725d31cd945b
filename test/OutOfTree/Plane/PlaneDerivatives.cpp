//===- PlaneDerivatives.cpp - Derivatives that need C++ -------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Plane.h"
#include "atled/Interfaces/DerivativeRules.h"

using namespace mlir;
using namespace plane;
using atled::DerivativeKind;
using atled::DifferentiableOpInterface;
using atled::RuleBuilder;
using llvm::SmallBitVector;

//===----------------------------------------------------------------------===//
// What rules in PlaneRules.td call
//===----------------------------------------------------------------------===//

static FloatAttr opposite(RuleBuilder &builder, FloatAttr angle) {
  return builder.getF64FloatAttr(-angle.getValueAsDouble());
}
static Value buildFirst(RuleBuilder &builder, Value vec) {
  return SplitOp::create(builder, vec).getFirst();
}
static Value buildSecond(RuleBuilder &builder, Value vec) {
  return SplitOp::create(builder, vec).getSecond();
}

#include "PlaneRules.cpp.inc"

//===----------------------------------------------------------------------===//
// Rules in C++
//===----------------------------------------------------------------------===//

namespace {
/// The derivative of |x| in the direction v is <x / |x|, v>.
struct NormDerivative
    : DifferentiableOpInterface::ExternalModel<NormDerivative, NormOp> {
  DerivativeKind getDerivativeKind(Operation *, unsigned) const {
    return DerivativeKind::Exists;
  }

  LogicalResult buildTangents(Operation *op, OpBuilder &builder,
                              ArrayRef<Value> operandTangents,
                              MutableArrayRef<Value> resultTangents) const {
    auto norm = cast<NormOp>(op);
    Value product =
        DotOp::create(builder, op->getLoc(), norm.getX(), operandTangents[0]);
    resultTangents[0] =
        DivOp::create(builder, op->getLoc(), product, norm.getResult());
    return success();
  }

  LogicalResult
  buildCotangents(Operation *op, OpBuilder &builder,
                  ArrayRef<Value> resultCotangents, const SmallBitVector &,
                  MutableArrayRef<Value> operandCotangents) const {
    auto norm = cast<NormOp>(op);
    Value factor = DivOp::create(builder, op->getLoc(), resultCotangents[0],
                                 norm.getResult());
    operandCotangents[0] =
        StretchOp::create(builder, op->getLoc(), norm.getX(), factor);
    return success();
  }
};

/// Linear, with two results: a cotangent that is missing is zero.
struct SplitDerivative
    : DifferentiableOpInterface::ExternalModel<SplitDerivative, SplitOp> {
  DerivativeKind getDerivativeKind(Operation *, unsigned) const {
    return DerivativeKind::Exists;
  }

  LogicalResult buildTangents(Operation *op, OpBuilder &builder,
                              ArrayRef<Value> operandTangents,
                              MutableArrayRef<Value> resultTangents) const {
    auto tangents = SplitOp::create(builder, op->getLoc(), operandTangents[0]);
    resultTangents[0] = tangents.getFirst();
    resultTangents[1] = tangents.getSecond();
    return success();
  }

  LogicalResult
  buildCotangents(Operation *op, OpBuilder &base,
                  ArrayRef<Value> resultCotangents, const SmallBitVector &,
                  MutableArrayRef<Value> operandCotangents) const {
    RuleBuilder builder(base, op);
    SmallVector<Value> cotangents(resultCotangents);
    for (auto [cotangent, result] : llvm::zip(cotangents, op->getResults()))
      if (!cotangent)
        cotangent = builder.zeroTangent(result);
    operandCotangents[0] =
        PairOp::create(builder, cotangents[0], cotangents[1]);
    return success();
  }
};
} // namespace

void plane::attachDerivatives(MLIRContext *context) {
  populatePlaneDerivatives(context);
  NormOp::attachInterface<NormDerivative>(*context);
  SplitOp::attachInterface<SplitDerivative>(*context);
}
