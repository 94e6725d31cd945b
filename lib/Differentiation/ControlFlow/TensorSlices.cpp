//===- TensorSlices.cpp - Rules of tensor.extract_slice and its kin -------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All are linear: what was cut out goes back into zeros; what was put in comes
// out again, and what it covered gets nothing; what was said of a size is taken
// back.
//
//===----------------------------------------------------------------------===//

#include "ControlFlow/ControlFlow.h"
#include "atled/Interfaces/DerivativeRules.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace atled;

template <typename OpTy>
static Value insertAtPlaceOf(RuleBuilder &builder, OpTy place, Value source,
                             Value destination) {
  return tensor::InsertSliceOp::create(
      builder, source, destination, place.getMixedOffsets(),
      place.getMixedSizes(), place.getMixedStrides());
}

namespace {
struct ExtractSliceRule {
  static constexpr bool isCheap = true;
  static constexpr bool isSingular = false;
  static constexpr bool isLastFirst = false;
  static DerivativeKind kind(tensor::ExtractSliceOp op, unsigned operand) {
    return operand == 0 ? DerivativeKind::Exists : DerivativeKind::None;
  }
  static Value apply(RuleBuilder &builder, tensor::ExtractSliceOp op, unsigned,
                     Value cotangent) {
    return insertAtPlaceOf(builder, op, cotangent,
                           builder.zeroTangent(op.getSource()));
  }
};

struct InsertSliceRule {
  static constexpr bool isCheap = false;
  static constexpr bool isSingular = false;
  static constexpr bool isLastFirst = false;
  /// The source and the destination come first, then offsets, sizes, strides.
  static DerivativeKind kind(tensor::InsertSliceOp op, unsigned operand) {
    return operand < 2 ? DerivativeKind::Exists : DerivativeKind::None;
  }
  static Value apply(RuleBuilder &builder, tensor::InsertSliceOp op,
                     unsigned operand, Value cotangent) {
    if (operand == 0)
      return tensor::ExtractSliceOp::create(
          builder, op.getSourceType(), cotangent, op.getMixedOffsets(),
          op.getMixedSizes(), op.getMixedStrides());
    return insertAtPlaceOf(builder, op, builder.zeroTangent(op.getSource()),
                           cotangent);
  }
};

struct CastRule {
  static constexpr bool isCheap = true;
  static constexpr bool isSingular = false;
  static constexpr bool isLastFirst = false;
  static DerivativeKind kind(tensor::CastOp, unsigned) {
    return DerivativeKind::Exists;
  }
  static Value apply(RuleBuilder &builder, tensor::CastOp op, unsigned,
                     Value cotangent) {
    return tensor::CastOp::create(builder, op.getSource().getType(), cotangent);
  }
};
} // namespace

void atled::registerTensorSliceRules(DialectRegistry &registry) {
  registry.addExtension(+[](MLIRContext *context, tensor::TensorDialect *) {
    tensor::ExtractSliceOp::attachInterface<
        LinearModel<ExtractSliceRule, tensor::ExtractSliceOp>>(*context);
    tensor::InsertSliceOp::attachInterface<
        LinearModel<InsertSliceRule, tensor::InsertSliceOp>>(*context);
    tensor::CastOp::attachInterface<LinearModel<CastRule, tensor::CastOp>>(
        *context);
  });
}
