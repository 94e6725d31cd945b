//===- Iterations.cpp - How often a loop runs -----------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Iterations.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Support/LoopBounds.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/ValueBoundsOpInterface.h"

using namespace atled;

static Value toIndex(ImplicitLocOpBuilder &b, Value value, bool isUnsigned) {
  if (value.getType().isIndex())
    return value;
  if (isUnsigned)
    return arith::IndexCastUIOp::create(b, b.getIndexType(), value);
  return arith::IndexCastOp::create(b, b.getIndexType(), value);
}

/// The number of iterations, if the bounds are constants. MLIR's own takes
/// unsigned steps for negative.
static std::optional<int64_t> getConstantTripCount(scf::ForOp loop) {
  APInt lower, upper, step;
  if (!matchPattern(loop.getLowerBound(), m_ConstantInt(&lower)) ||
      !matchPattern(loop.getUpperBound(), m_ConstantInt(&upper)) ||
      !matchPattern(loop.getStep(), m_ConstantInt(&step)) || step.isZero())
    return std::nullopt;
  if (loop.getUnsignedCmp() ? lower.uge(upper) : lower.sge(upper))
    return 0;
  APInt count =
      llvm::APIntOps::RoundingUDiv(upper - lower, step, APInt::Rounding::UP);
  return count.getActiveBits() < 64 ? std::optional(count.getZExtValue())
                                    : std::nullopt;
}

OpFoldResult atled::buildTripCount(OpBuilder &builder, scf::ForOp loop) {
  if (std::optional<int64_t> count = getConstantTripCount(loop))
    return builder.getIndexAttr(*count);
  ImplicitLocOpBuilder b(loop.getLoc(), builder);
  bool isUnsigned = loop.getUnsignedCmp();
  Value lower = toIndex(b, loop.getLowerBound(), isUnsigned);
  Value upper = toIndex(b, loop.getUpperBound(), isUnsigned);
  Value step = toIndex(b, loop.getStep(), isUnsigned);
  if (isConstantIntValue(loop.getLowerBound(), 0) &&
      isConstantIntValue(loop.getStep(), 1))
    return upper;
  Value runs = buildHasIterations(b, loop, lower, upper);
  Value length = arith::SubIOp::create(b, upper, lower);
  Value trips = arith::CeilDivUIOp::create(b, length, step);
  Value zero = arith::ConstantIndexOp::create(b, 0);
  return arith::SelectOp::create(b, runs, trips, zero).getResult();
}

std::optional<int64_t> atled::getMaxIterations(Operation *loop) {
  auto bound =
      loop->getAttrOfType<IntegerAttr>(ad::ADDialect::maxIterationsAttrName);
  return bound ? std::optional(bound.getInt()) : std::nullopt;
}

void atled::setMaxIterations(Operation *loop, int64_t bound) {
  loop->setAttr(ad::ADDialect::maxIterationsAttrName,
                Builder(loop->getContext()).getI64IntegerAttr(bound));
}

void atled::copyMaxIterations(Operation *from, Operation *to) {
  StringRef name = ad::ADDialect::maxIterationsAttrName;
  if (Attribute bound = from->getAttr(name))
    to->setAttr(name, bound);
}

std::optional<int64_t> atled::getMostIterations(scf::ForOp loop) {
  if (std::optional<int64_t> bound = getMaxIterations(loop))
    return bound;
  std::optional<int64_t> step = getConstantIntValue(loop.getStep());
  if (!step || *step <= 0 || loop.getUnsignedCmp() ||
      !loop.getUpperBound().getType().isIndex())
    return std::nullopt;
  using Bounds = ValueBoundsConstraintSet;
  AffineExpr upper, lower;
  bindDims(loop.getContext(), upper, lower);
  Bounds::Variable length(AffineMap::get(2, 0, upper - lower),
                          {Bounds::Variable(loop.getUpperBound()),
                           Bounds::Variable(loop.getLowerBound())});
  FailureOr<int64_t> bound = Bounds::computeConstantBound(
      presburger::BoundType::UB, length, nullptr, /*closedUB=*/true);
  if (failed(bound))
    return std::nullopt;
  return llvm::divideCeil(std::max<int64_t>(*bound, 0), *step);
}

OpFoldResult atled::buildCapacity(OpBuilder &builder, scf::ForOp loop) {
  OpFoldResult count = buildTripCount(builder, loop);
  std::optional<int64_t> bound = getConstantIntValue(count);
  if (!bound)
    bound = getMostIterations(loop);
  if (bound)
    return builder.getIndexAttr(std::max<int64_t>(*bound, 1));
  Value zero = arith::ConstantIndexOp::create(builder, loop.getLoc(), 0);
  return arith::MaxSIOp::create(builder, loop.getLoc(), cast<Value>(count),
                                zero)
      .getResult();
}

Value atled::buildIterationNumber(OpBuilder &builder, scf::ForOp loop) {
  Value iv = loop.getInductionVar();
  ImplicitLocOpBuilder b(loop.getLoc(), builder);
  if (!isConstantIntValue(loop.getLowerBound(), 0))
    iv = arith::SubIOp::create(b, iv, loop.getLowerBound());
  if (!isConstantIntValue(loop.getStep(), 1))
    iv = arith::DivUIOp::create(b, iv, loop.getStep());
  // Not negative, and it may be more than the type has as a signed number.
  return toIndex(b, iv, /*isUnsigned=*/true);
}

Value atled::buildInductionVariable(OpBuilder &builder, scf::ForOp loop,
                                    const IRMapping &mapping, Value number) {
  ImplicitLocOpBuilder b(loop.getLoc(), builder);
  Type type = loop.getInductionVar().getType();
  Value iv = number;
  if (!type.isIndex())
    iv = arith::IndexCastOp::create(b, type, iv);
  if (!isConstantIntValue(loop.getStep(), 1))
    iv = arith::MulIOp::create(b, iv, mapping.lookupOrDefault(loop.getStep()));
  if (!isConstantIntValue(loop.getLowerBound(), 0))
    iv = arith::AddIOp::create(b, iv,
                               mapping.lookupOrDefault(loop.getLowerBound()));
  return iv;
}
