//===- Indexing.cpp - Rules of gather and scatter -------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A gather and a scatter that adds, of the same numbers, are each other's
// transpose. The other scatters weigh what passes: with 0 what is overwritten,
// with a share what attains an extremum, with the other factors what is
// multiplied.
//
//===----------------------------------------------------------------------===//

#include "IndexingProducts.h"
#include "RuleFunctions.h"
#include "TensorBuilders.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace atled;

/// Elements that `assume` promises away are clamped by a gather and dropped by
/// a scatter; the transpose of one does what it does.
static OutOfRange getTransposed(OutOfRange outOfRange, OutOfRange assumed) {
  return outOfRange == OutOfRange::assume ? assumed : outOfRange;
}

Value atled::scatterBack(RuleBuilder &builder, Value cotangent, GatherOp op) {
  return ScatterOp::create(
      builder, builder.zeroTangent(op.getX()), op.getIndices(), cotangent,
      ScatterMode::add, op.getOffsetDimensions(), op.getCollapsedDimensions(),
      op.getBatchDimensions(), op.getIndexBatchDimensions(),
      op.getIndexedDimensions(), op.getVectorDimension(),
      getTransposed(op.getOutOfRange(), OutOfRange::clamp));
}

namespace {
/// What both directions of the derivative of a scatter are made of.
class ScatterRule {
public:
  ScatterRule(RuleBuilder &builder, ScatterOp op) : builder(builder), op(op) {}

  /// The windows of `tensor`, which has the shape of the operand, at the places
  /// of the updates; 0 for what is outside.
  Value gather(Value tensor);
  /// `updates` scattered into `x` with the numbers of the operation.
  Value scatter(Value x, Value updates, ScatterMode mode);

  /// With `set`, `cotangents` of the updates where they are the last ones at
  /// their place, and 0 elsewhere.
  Value keepLast(Value cotangents);
  /// With `mul`, for each update the product of all else at its place.
  Value getOtherFactors();
  /// With `max` and `min`, what share of the derivative an element of the
  /// operand has, and an update: in f32 at least, for f16 does not count far.
  Value getShareOfX() { return getShares().first; }
  Value getShareOfUpdates() { return getShares().second; }
  /// What an operand with these shares has of a tangent or a cotangent.
  Value share(Value direction, Value shares) {
    return MulOp::create(builder, widen(builder, direction), shares);
  }

private:
  std::pair<Value, Value> getShares();

  RuleBuilder &builder;
  ScatterOp op;
  std::pair<Value, Value> shares;
};
} // namespace

/// The extents of the windows in every dimension of the operand: from the
/// updates, and 1 where they have no dimension.
static SmallVector<int64_t> getSizes(ScatterOp op) {
  IndexedWindows windows = op.getWindows();
  return llvm::map_to_vector(llvm::seq(windows.rank), [&](int64_t dimension) {
    std::optional<int64_t> offset = windows.getOffset(dimension);
    return offset ? op.getUpdates().getType().getDimSize(*offset) : 1;
  });
}

Value ScatterRule::gather(Value tensor) {
  // All is outside of a tensor without elements.
  RankedTensorType type = op.getX().getType();
  if (type.hasStaticShape() && type.getNumElements() == 0)
    return splatLike(builder, 0.0, op.getUpdates(),
                     getTensorType(tensor).getElementType());
  return GatherOp::create(
      builder, tensor, op.getIndices(),
      buildDynamicSizes(builder, builder.getLoc(), op.getUpdates(),
                        op.getOffsetDimensions()),
      getSizes(op), op.getOffsetDimensions(), op.getCollapsedDimensions(),
      op.getBatchDimensions(), op.getIndexBatchDimensions(),
      op.getIndexedDimensions(), op.getVectorDimension(),
      getTransposed(op.getOutOfRange(), OutOfRange::drop));
}

Value ScatterRule::scatter(Value x, Value updates, ScatterMode mode) {
  return ScatterOp::create(
      builder, x, op.getIndices(), updates, mode, op.getOffsetDimensions(),
      op.getCollapsedDimensions(), op.getBatchDimensions(),
      op.getIndexBatchDimensions(), op.getIndexedDimensions(),
      op.getVectorDimension(), op.getOutOfRange());
}

/// Whether there is one index vector, if any.
static bool hasSingleWindow(ScatterOp op) {
  return llvm::all_of(op.getWindows().getOuter(), [&](int64_t dimension) {
    return op.getUpdates().getType().getDimSize(dimension) == 1;
  });
}

/// Scatters the number of each update: what is there afterwards is the last. No
/// other elements are looked at, so nothing else needs to be there.
Value ScatterRule::keepLast(Value cotangents) {
  // No element of a single window overwrites another.
  if (!cotangents || hasSingleWindow(op))
    return cotangents;
  Value numbers = buildNumbers(
      builder, op.getUpdates().getType().getShape(),
      buildDynamicSizes(builder, builder.getLoc(), op.getUpdates()));
  Value any = tensor::EmptyOp::create(
      builder, op.getX().getType().clone(builder.getI64Type()),
      buildDynamicSizes(builder, builder.getLoc(), op.getX()));
  Value last = gather(scatter(any, numbers, ScatterMode::set));
  return SelectOp::create(
      builder, CompareOp::create(builder, Predicate::eq, last, numbers),
      cotangents, builder.zeroTangent(op.getUpdates()));
}

Value ScatterRule::getOtherFactors() {
  // Gathered, the numbers of the elements are the places; counted from 1, 0 is
  // outside.
  Value numbers =
      buildNumbers(builder, op.getX().getType().getShape(),
                   buildDynamicSizes(builder, builder.getLoc(), op.getX()));
  Value places =
      gather(AddOp::create(builder, numbers, splatLike(builder, 1.0, numbers)));
  places = SubOp::create(builder, places, splatLike(builder, 1.0, places));
  return buildOtherFactors(builder, op.getX(), places, op.getUpdates());
}

std::pair<Value, Value> ScatterRule::getShares() {
  if (shares.first)
    return shares;
  Value result = widen(builder, op.getResult());
  Value ofX = buildContenders(builder, widen(builder, op.getX()), result);
  Value ofUpdates =
      buildContenders(builder, widen(builder, op.getUpdates()), gather(result));
  Value count = scatter(ofX, ofUpdates, ScatterMode::add);
  // Outside there is no extremum; anything but 0 divides there.
  Value one = splatLike(builder, 1.0, ofUpdates);
  Value countThere = MaximumOp::create(builder, gather(count), one);
  return shares = {DivOp::create(builder, ofX, count),
                   DivOp::create(builder, ofUpdates, countThere)};
}

namespace {
struct ScatterOpDerivative
    : DifferentiableOpInterface::ExternalModel<ScatterOpDerivative, ScatterOp> {
  /// The operands: x, indices, updates.
  static constexpr unsigned indicesOperand = 1;

  DerivativeKind getDerivativeKind(Operation *, unsigned operand) const {
    return operand == indicesOperand ? DerivativeKind::None
                                     : DerivativeKind::Exists;
  }

  LogicalResult buildTangents(Operation *operation, OpBuilder &base,
                              ArrayRef<Value> operandTangents,
                              MutableArrayRef<Value> resultTangents) const;
  LogicalResult buildCotangents(Operation *operation, OpBuilder &base,
                                ArrayRef<Value> resultCotangents,
                                const llvm::SmallBitVector &wanted,
                                MutableArrayRef<Value> operandCotangents) const;
};
} // namespace

LogicalResult ScatterOpDerivative::buildTangents(
    Operation *operation, OpBuilder &base, ArrayRef<Value> operandTangents,
    MutableArrayRef<Value> resultTangents) const {
  auto op = cast<ScatterOp>(operation);
  RuleBuilder builder(base, op);
  ScatterRule rule(builder, op);
  Value ofX = operandTangents[0], ofUpdates = operandTangents[2];
  if (!ofX && !ofUpdates)
    return success();
  ScatterMode mode = op.getMode();
  if (mode == ScatterMode::mul) {
    if (ofX)
      ofX = rule.scatter(ofX, op.getUpdates(), ScatterMode::mul);
    if (!ofUpdates) {
      resultTangents[0] = ofX;
      return success();
    }
    ofUpdates = MulOp::create(builder, ofUpdates, rule.getOtherFactors());
  }
  if (!ofX)
    ofX = builder.zeroTangent(op.getX());
  if (!ofUpdates)
    ofUpdates = builder.zeroTangent(op.getUpdates());
  if (mode == ScatterMode::max || mode == ScatterMode::min) {
    ofX = rule.share(ofX, rule.getShareOfX());
    ofUpdates = rule.share(ofUpdates, rule.getShareOfUpdates());
  }
  Value tangent = rule.scatter(ofX, ofUpdates,
                               mode == ScatterMode::set ? ScatterMode::set
                                                        : ScatterMode::add);
  resultTangents[0] = roundLike(builder, tangent, op.getResult());
  return success();
}

LogicalResult ScatterOpDerivative::buildCotangents(
    Operation *operation, OpBuilder &base, ArrayRef<Value> resultCotangents,
    const llvm::SmallBitVector &wanted,
    MutableArrayRef<Value> operandCotangents) const {
  auto op = cast<ScatterOp>(operation);
  RuleBuilder builder(base, op);
  ScatterRule rule(builder, op);
  Value cotangent = resultCotangents[0];
  if (!cotangent)
    return success();
  // First: the cotangent of x may take the place of what is read here.
  if (wanted[2]) {
    Value there = rule.gather(cotangent);
    Value &ofUpdates = operandCotangents[2];
    switch (op.getMode()) {
    case ScatterMode::set:
      ofUpdates = rule.keepLast(there);
      break;
    case ScatterMode::add:
      ofUpdates = there;
      break;
    case ScatterMode::mul:
      ofUpdates = MulOp::create(builder, there, rule.getOtherFactors());
      break;
    case ScatterMode::max:
    case ScatterMode::min:
      ofUpdates =
          roundLike(builder, rule.share(there, rule.getShareOfUpdates()),
                    op.getUpdates());
      break;
    }
  }
  if (wanted[0]) {
    Value &ofX = operandCotangents[0];
    switch (op.getMode()) {
    case ScatterMode::set:
      ofX = rule.scatter(cotangent, builder.zeroTangent(op.getUpdates()),
                         ScatterMode::set);
      break;
    case ScatterMode::add:
      ofX = cotangent;
      break;
    case ScatterMode::mul:
      ofX = rule.scatter(cotangent, op.getUpdates(), ScatterMode::mul);
      break;
    case ScatterMode::max:
    case ScatterMode::min:
      ofX = roundLike(builder, rule.share(cotangent, rule.getShareOfX()),
                      op.getX());
      break;
    }
  }
  return success();
}

void atled::attachIndexingRules(MLIRContext *context) {
  ScatterOp::attachInterface<ScatterOpDerivative>(*context);
}
