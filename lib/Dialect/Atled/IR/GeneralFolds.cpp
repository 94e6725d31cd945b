//===- GeneralFolds.cpp - What holds for operations of many families ------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Canonicalisations that are the dialect's, not an operation's.
//
//===----------------------------------------------------------------------===//

#include "Element.h"
#include "mlir/Dialect/Utils/StructuredOpsUtils.h"
#include "mlir/IR/Matchers.h"
#include "mlir/IR/PatternMatch.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// Repeated elements
//===----------------------------------------------------------------------===//

namespace {
/// How the elements of a tensor repeat those of a smaller one.
struct Repetition {
  ArrayRef<int64_t> shape;
  ArrayRef<int64_t> dimensions;
  ValueRange sizes;

  bool operator==(const Repetition &other) const {
    return shape == other.shape && dimensions == other.dimensions;
  }
};

/// Computes once what is the same for repeated elements:
///
///   f(broadcast(x), broadcast(y)) = broadcast(f(x, y))
///
/// A splat constant repeats its element in any way.
struct ComputeBeforeRepetition : OpTraitRewritePattern<OpTrait::Elementwise> {
  using OpTraitRewritePattern::OpTraitRewritePattern;

  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    if (!isa_and_nonnull<AtledDialect>(op->getDialect()))
      return rewriter.notifyMatchFailure(op, "of another dialect");
    auto type = cast<RankedTensorType>(op->getResult(0).getType());
    std::optional<Repetition> repetition = getRepetition(op);
    if (!repetition || type.getShape() == repetition->shape)
      return rewriter.notifyMatchFailure(op, "operands are not repeated alike");
    SmallVector<Value> operands;
    for (Value operand : op->getOperands())
      operands.push_back(getRepeated(rewriter, operand, repetition->shape));
    auto small =
        RankedTensorType::get(repetition->shape, type.getElementType());
    Operation *once = clone(rewriter, op, small, operands);
    rewriter.replaceOpWithNewOp<BroadcastOp>(op, type, once->getResult(0),
                                             repetition->dimensions,
                                             repetition->sizes);
    return success();
  }

private:
  /// How all operands are repeated. If all are constants, as scalars.
  static std::optional<Repetition> getRepetition(Operation *op) {
    std::optional<Repetition> common;
    for (Value operand : op->getOperands()) {
      if (matchPattern(operand, m_Constant())) {
        if (!getSplatElement(operand))
          return std::nullopt;
        continue;
      }
      auto broadcast = operand.getDefiningOp<BroadcastOp>();
      if (!broadcast)
        return std::nullopt;
      Repetition repetition{broadcast.getX().getType().getShape(),
                            broadcast.getDimensions(), broadcast.getSizes()};
      if (common && !(*common == repetition))
        return std::nullopt;
      common = repetition;
    }
    return common ? common : Repetition{};
  }

  /// The tensor of shape `shape` that `operand` repeats.
  static Value getRepeated(PatternRewriter &rewriter, Value operand,
                           ArrayRef<int64_t> shape) {
    if (auto broadcast = operand.getDefiningOp<BroadcastOp>())
      return broadcast.getX();
    auto type = cast<RankedTensorType>(operand.getType());
    return ConstantOp::create(
        rewriter, operand.getLoc(),
        getSplatAttr(RankedTensorType::get(shape, type.getElementType()),
                     *getSplatElement(operand)));
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// No elements
//===----------------------------------------------------------------------===//

namespace {
/// Tensors without elements are known, whatever computes them.
struct EmptyToConstant : RewritePattern {
  EmptyToConstant(MLIRContext *context)
      : RewritePattern(MatchAnyOpTypeTag(), /*benefit=*/1, context) {}

  LogicalResult matchAndRewrite(Operation *op,
                                PatternRewriter &rewriter) const override {
    if (!isa_and_nonnull<AtledDialect>(op->getDialect()) || isa<ConstantOp>(op))
      return rewriter.notifyMatchFailure(op, "does not compute a tensor");
    if (!llvm::all_of(op->getResultTypes(), hasNoElements))
      return rewriter.notifyMatchFailure(op, "may have elements");
    SmallVector<Value> constants =
        llvm::map_to_vector(op->getResultTypes(), [&](Type type) -> Value {
          return ConstantOp::create(
              rewriter, op->getLoc(),
              DenseElementsAttr::get(cast<RankedTensorType>(type),
                                     ArrayRef<Attribute>()));
        });
    rewriter.replaceOp(op, constants);
    return success();
  }

private:
  static bool hasNoElements(Type type) {
    auto tensor = cast<RankedTensorType>(type);
    return tensor.hasStaticShape() && tensor.getNumElements() == 0;
  }
};
} // namespace

void AtledDialect::getCanonicalizationPatterns(
    RewritePatternSet &patterns) const {
  patterns.add<ComputeBeforeRepetition, EmptyToConstant>(getContext());
}
