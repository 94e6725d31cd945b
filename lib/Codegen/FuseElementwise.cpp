//===- FuseElementwise.cpp - Elementwise operations in their readers ------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// MLIR's patterns do the work; what is ours is when. An elementwise operation
// moves into its only reader, unless that one reads the same elements again and
// again, as a contraction does, and they are more than one operation each:
// then they are computed once and kept. What it reads of a tensor before that
// is updated, it goes on to read before. And no function of mathematics may
// meet only constants: MLIR would fold it with the functions of the machine
// that compiles, which need not agree with ours to the last bit.
//
//===----------------------------------------------------------------------===//

#include "BodyCost.h"
#include "RegionDestinations.h"
#include "atled/Codegen/Passes.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/Transforms/Transforms.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Tensor/Transforms/Transforms.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace atled {
#define GEN_PASS_DEF_FUSEELEMENTWISEPASS
#include "atled/Codegen/Passes.h.inc"
} // namespace atled

using namespace atled;

/// Whether `reader` may read an element of `operand` more than once.
static bool readsAgain(linalg::GenericOp reader, OpOperand &operand) {
  AffineMap map = reader.getMatchingIndexingMap(&operand);
  unsigned numLoops = 0;
  for (auto [dim, extent] : llvm::enumerate(reader.getStaticLoopRanges())) {
    if (extent == 1)
      continue;
    if (!map.isFunctionOfDim(dim))
      return true;
    ++numLoops;
  }
  return map.getNumResults() < numLoops;
}

/// Whether `reader` advances along the innermost dimension of `operand` with
/// that of its result, and would jump if it read what `producer` reads. A plain
/// contraction is vectorised along what it sums then; a convolution cannot be.
static bool wouldJump(linalg::GenericOp producer, linalg::GenericOp reader,
                      OpOperand &operand) {
  auto getInnermost = [](AffineMap map) -> std::optional<unsigned> {
    if (map.getNumResults() == 0)
      return std::nullopt;
    auto loop = dyn_cast<AffineDimExpr>(map.getResults().back());
    return loop ? std::optional(loop.getPosition()) : std::nullopt;
  };
  auto getResultMap = [](linalg::GenericOp op) {
    return op.getMatchingIndexingMap(op.getDpsInitOperand(0));
  };
  auto isPlain = [](AffineMap map) { return map.isProjectedPermutation(); };
  if (llvm::all_of(reader.getIndexingMapsArray(), isPlain))
    return false;
  std::optional<unsigned> vector = getInnermost(getResultMap(reader));
  std::optional<unsigned> innermost = getInnermost(getResultMap(producer));
  if (!vector || !innermost ||
      vector != getInnermost(reader.getMatchingIndexingMap(&operand)))
    return false;
  return llvm::any_of(producer.getDpsInputOperands(), [&](OpOperand *input) {
    AffineMap map = producer.getMatchingIndexingMap(input);
    return map.isFunctionOfDim(*innermost) && getInnermost(map) != innermost;
  });
}

/// Whether `tensor` may be updated behind `op` and not behind `reader`, which
/// comes later.
static bool isUpdatedBetween(Value tensor, Operation *op, Operation *reader) {
  Operation *end = op->getBlock()->findAncestorOpInBlock(*reader);
  return llvm::any_of(tensor.getUses(), [&](OpOperand &use) {
    Operation *update = op->getBlock()->findAncestorOpInBlock(*use.getOwner());
    return mayUpdate(use) && update && op->isBeforeInBlock(update) &&
           !end->isBeforeInBlock(update);
  });
}

/// Whether `producer` takes elements out of a tensor, at places it computes,
/// that would be overwritten when `reader` takes them: the tensor would have to
/// be copied, all of it.
static bool wouldReadTooLate(Operation *producer, Operation *reader) {
  return producer
      ->walk([&](tensor::ExtractOp read) {
        return isUpdatedBetween(read.getTensor(), producer, reader)
                   ? WalkResult::interrupt()
                   : WalkResult::advance();
      })
      .wasInterrupted();
}

/// Whether what computes `operand` is to be part of its reader.
static bool shouldFuse(OpOperand *operand) {
  Operation *producer = operand->get().getDefiningOp();
  if (!producer || !producer->hasOneUse() ||
      wouldReadTooLate(producer, operand->getOwner()))
    return false;
  auto elementwise = dyn_cast<linalg::GenericOp>(producer);
  auto reader = dyn_cast<linalg::GenericOp>(operand->getOwner());
  if (!elementwise || !reader || !readsAgain(reader, *operand))
    return true;
  return getBodyCost(elementwise) <= 1 &&
         !wouldJump(elementwise, reader, *operand);
}

/// Whether a function of mathematics in the body would have only constants as
/// operands, were those of `op` that are constants part of it.
static bool wouldFoldMath(linalg::GenericOp op) {
  DenseSet<Value> constants;
  for (OpOperand *input : op.getDpsInputOperands())
    if (matchPattern(input->get(), m_Constant()))
      constants.insert(op.getMatchingBlockArgument(input));
  for (Operation &nested : op.getBlock()->without_terminator()) {
    if (!llvm::all_of(nested.getOperands(), [&](Value operand) {
          return constants.contains(operand);
        }))
      continue;
    if (isa<math::MathDialect>(nested.getDialect()))
      return true;
    constants.insert_range(nested.getResults());
  }
  return false;
}

namespace {
/// Makes an operand whose elements are all the same constant part of the body.
struct MoveConstantIntoBody : public OpRewritePattern<linalg::GenericOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(linalg::GenericOp op,
                                PatternRewriter &rewriter) const override {
    if (wouldFoldMath(op))
      return rewriter.notifyMatchFailure(op, "its math would be folded");
    for (OpOperand *input : op.getDpsInputOperands()) {
      BlockArgument argument = op.getMatchingBlockArgument(input);
      DenseElementsAttr elements;
      if (argument.use_empty() ||
          !matchPattern(input->get(), m_Constant(&elements)) ||
          !elements.isSplat())
        continue;
      OpBuilder::InsertionGuard guard(rewriter);
      rewriter.setInsertionPointToStart(op.getBlock());
      auto value = elements.getSplatValue<TypedAttr>();
      Value constant = arith::ConstantOp::create(rewriter, op.getLoc(), value);
      rewriter.replaceAllUsesWith(argument, constant);
      return success();
    }
    return rewriter.notifyMatchFailure(op, "no operand is a constant");
  }
};

struct FuseElementwisePass
    : atled::impl::FuseElementwisePassBase<FuseElementwisePass> {
  void runOnOperation() override {
    MLIRContext *context = &getContext();
    RewritePatternSet patterns(context);
    linalg::populateElementwiseOpsFusionPatterns(patterns, shouldFuse);
    linalg::populateFoldReshapeOpsByExpansionPatterns(patterns, shouldFuse);
    tensor::populateBubbleUpExpandShapePatterns(patterns);
    affine::AffineApplyOp::getCanonicalizationPatterns(patterns, context);
    linalg::GenericOp::getCanonicalizationPatterns(patterns, context);
    tensor::ExpandShapeOp::getCanonicalizationPatterns(patterns, context);
    tensor::CollapseShapeOp::getCanonicalizationPatterns(patterns, context);
    context->getLoadedDialect<linalg::LinalgDialect>()
        ->getCanonicalizationPatterns(patterns);
    patterns.add<MoveConstantIntoBody>(context);
    std::string unsound = "(anonymous namespace)::FoldScalarOrSplatConstant";
    FrozenRewritePatternSet frozen(std::move(patterns), {unsound});
    // From the top, what is fused already is not visited again.
    (void)applyPatternsGreedily(getOperation(), frozen,
                                GreedyRewriteConfig().setUseTopDownTraversal());
  }
};
} // namespace
