//===- VectorLoops.cpp - Loops around a vectorised body -------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "VectorLoops.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"
#include <map>

using namespace atled;

std::optional<int64_t> IndexRange::getStaticExtent() const {
  return getConstantIntValue(extent);
}

SmallVector<Value> atled::buildLoop(OpBuilder &builder, Location loc,
                                    IndexRange range, int64_t step,
                                    ValueRange carried, LoopBody body) {
  if (std::optional<int64_t> extent = range.getStaticExtent()) {
    if (*extent <= 0)
      return carried;
    if (*extent <= step)
      return body(builder, range.begin, carried);
  }
  OpFoldResult end = affine::makeComposedFoldedAffineApply(
      builder, loc, builder.getAffineDimExpr(0) + builder.getAffineDimExpr(1),
      {range.begin, range.extent});
  auto loop = scf::ForOp::create(
      builder, loc, getValueOrCreateConstantIndexOp(builder, loc, range.begin),
      getValueOrCreateConstantIndexOp(builder, loc, end),
      arith::ConstantIndexOp::create(builder, loc, step), carried,
      [&](OpBuilder &nested, Location, Value index, ValueRange values) {
        SmallVector<Value> next = body(nested, index, values);
        scf::YieldOp::create(nested, loc, next);
      });
  return loop.getResults();
}

void atled::buildLoop(OpBuilder &builder, Location loc, IndexRange range,
                      function_ref<void(OpBuilder &, OpFoldResult)> body) {
  buildLoop(builder, loc, range, 1, {},
            [&](OpBuilder &nested, OpFoldResult index, ValueRange) {
              body(nested, index);
              return SmallVector<Value>();
            });
}

std::pair<IndexRange, IndexRange> atled::splitRange(OpBuilder &builder,
                                                    Location loc,
                                                    IndexRange range,
                                                    int64_t size) {
  AffineExpr begin = builder.getAffineDimExpr(0),
             extent = builder.getAffineDimExpr(1);
  auto apply = [&](AffineExpr expr) {
    return affine::makeComposedFoldedAffineApply(builder, loc, expr,
                                                 {range.begin, range.extent});
  };
  AffineExpr full = extent.floorDiv(size) * size;
  return {{range.begin, apply(full)},
          {apply(begin + full), apply(extent % size)}};
}

void atled::buildBlocks(OpBuilder &builder, Location loc, IndexRange range,
                        int64_t size,
                        function_ref<void(OpBuilder &, IndexRange)> body) {
  auto [blocks, rest] = splitRange(builder, loc, range, size);
  buildLoop(builder, loc, blocks, size, {},
            [&](OpBuilder &nested, OpFoldResult index, ValueRange) {
              body(nested, {index, nested.getIndexAttr(size)});
              return SmallVector<Value>();
            });
  if (rest.getStaticExtent() != 0)
    body(builder, rest);
}

void atled::buildHalves(
    OpBuilder &builder, Location loc, IndexRange range, int64_t size,
    function_ref<void(OpBuilder &, IndexRange, int64_t)> body) {
  for (int64_t width = llvm::PowerOf2Ceil(size) / 2; width > 0; width /= 2) {
    auto [part, rest] = splitRange(builder, loc, range, width);
    body(builder, part, width);
    range = rest;
  }
}

void atled::buildStrips(
    OpBuilder &builder, Location loc, IndexRange range, int64_t size,
    bool isRestHalved,
    function_ref<void(OpBuilder &, OpFoldResult, int64_t)> body) {
  auto buildSingly = [&](OpBuilder &nested, IndexRange part, int64_t width) {
    buildLoop(nested, loc, part, width, {},
              [&](OpBuilder &inner, OpFoldResult index, ValueRange) {
                body(inner, index, width);
                return SmallVector<Value>();
              });
  };
  buildBlocks(builder, loc, range, size,
              [&](OpBuilder &nested, IndexRange strip) {
                if (std::optional<int64_t> extent = strip.getStaticExtent())
                  return body(nested, strip.begin, *extent);
                if (isRestHalved)
                  return buildHalves(nested, loc, strip, size, buildSingly);
                buildSingly(nested, strip, 1);
              });
}

SmallVector<int64_t> atled::splitInWidths(int64_t size, int64_t lanes) {
  SmallVector<int64_t> widths;
  while (size > 0) {
    widths.push_back(std::min<int64_t>(lanes, llvm::bit_floor<uint64_t>(size)));
    size -= widths.back();
  }
  return widths;
}

SmallVector<IndexRange> atled::getIterationSpace(OpBuilder &builder,
                                                 linalg::LinalgOp op) {
  SmallVector<OpFoldResult> shapes =
      op.createFlatListOfOperandDims(builder, op.getLoc());
  AffineMap map = op.getShapesToLoopsMap();
  SmallVector<IndexRange> space;
  for (unsigned dim = 0; dim < op.getNumLoops(); ++dim)
    space.push_back({builder.getIndexAttr(0),
                     affine::makeComposedFoldedAffineApply(
                         builder, op.getLoc(), map.getSubMap({dim}), shapes)});
  return space;
}

int64_t atled::getElementBytes(ValueRange operands) {
  int64_t bytes = 1;
  for (Value operand : operands) {
    Type element = getElementTypeOrSelf(operand.getType());
    bytes = std::max<int64_t>(bytes, element.isIntOrFloat()
                                         ? element.getIntOrFloatBitWidth() / 8
                                         : 8);
  }
  return bytes;
}

SmallVector<Accumulator> atled::getAccumulators(linalg::LinalgOp op) {
  SmallVector<unsigned> reductionDims;
  op.getReductionDims(reductionDims);
  SmallVector<Accumulator> accumulators;
  for (auto [index, operand] : llvm::enumerate(op.getDpsInitsMutable())) {
    AffineMap map = op.getMatchingIndexingMap(&operand);
    if (!llvm::all_of(reductionDims,
                      [&](unsigned dim) { return map.isFunctionOfDim(dim); }))
      accumulators.push_back(
          {unsigned(index), &operand, Combiner::match(op, index)});
  }
  return accumulators;
}

std::optional<unsigned>
atled::findAccumulator(ArrayRef<Accumulator> accumulators, unsigned output) {
  for (auto [position, accumulator] : llvm::enumerate(accumulators))
    if (accumulator.output == output)
      return position;
  return std::nullopt;
}

SmallVector<Value>
atled::computeTile(OpBuilder &builder, linalg::LinalgOp op, VectorBody body,
                   std::optional<unsigned> rowDim, ArrayRef<TileVector> tile,
                   ArrayRef<Accumulator> accumulators, ValueRange sums) {
  std::map<std::tuple<unsigned, int64_t, int64_t>, Value> loaded;
  SmallVector<Value> next(sums.size());
  for (auto [index, part] : llvm::enumerate(tile)) {
    SmallVector<Value> arguments;
    for (OpOperand *operand : op.getDpsInputOperands()) {
      int64_t row = rowDim && body.dependsOn(*operand, *rowDim) ? part.row : 0;
      int64_t column = body.isUniform(*operand) ? 0 : part.column;
      Value &value = loaded[{operand->getOperandNumber(), row, column}];
      if (!value)
        value = body.load(builder, *operand, part.start, part.width);
      arguments.push_back(value);
    }
    for (auto [output, operand] : llvm::enumerate(op.getDpsInitsMutable())) {
      if (std::optional<unsigned> sum = findAccumulator(accumulators, output))
        arguments.push_back(sums[*sum * tile.size() + index]);
      else if (op.payloadUsesValueFromOperand(&operand))
        arguments.push_back(
            body.load(builder, operand, part.start, part.width));
      else
        arguments.push_back(nullptr);
    }
    SmallVector<Value> results =
        body.compute(builder, arguments, part.start, part.width);
    for (auto [output, operand] : llvm::enumerate(op.getDpsInitsMutable())) {
      if (std::optional<unsigned> sum = findAccumulator(accumulators, output))
        next[*sum * tile.size() + index] =
            broadcast(builder, op.getLoc(), results[output], part.width);
      else
        body.store(builder, results[output], operand, part.start, part.width);
    }
  }
  return next;
}

std::optional<Combiner> Combiner::match(linalg::LinalgOp op, unsigned index) {
  BlockArgument output =
      op.getMatchingBlockArgument(op.getDpsInitOperand(index));
  Operation *combine =
      op.getBlock()->getTerminator()->getOperand(index).getDefiningOp();
  if (!combine || !output.hasOneUse() || *output.user_begin() != combine)
    return std::nullopt;
  // Where something else uses what there is so far, it has to be all of it.
  if (!combine->hasOneUse())
    return std::nullopt;
  if (auto fma = dyn_cast<math::FmaOp>(combine))
    return fma.getC() == output ? std::optional(Combiner{combine})
                                : std::nullopt;
  if (isa<arith::AddFOp, arith::MulFOp, arith::MaximumFOp, arith::MinimumFOp,
          arith::MaxNumFOp, arith::MinNumFOp, arith::AddIOp, arith::MulIOp,
          arith::MaxSIOp, arith::MinSIOp, arith::MaxUIOp, arith::MinUIOp,
          arith::AndIOp, arith::OrIOp, arith::XOrIOp>(combine))
    return Combiner{combine};
  return std::nullopt;
}

Value Combiner::combine(OpBuilder &builder, Value a, Value b) const {
  if (isa<math::FmaOp>(op))
    return arith::AddFOp::create(builder, op->getLoc(), a, b);
  OperationState state(op->getLoc(), op->getName(), ValueRange{a, b},
                       a.getType(), op->getAttrs());
  return builder.create(state)->getResult(0);
}

Value Combiner::getNeutral(OpBuilder &builder, Location loc) const {
  Type type = op->getResult(0).getType();
  auto constant = [&](TypedAttr value) {
    return arith::ConstantOp::create(builder, loc, value);
  };
  if (auto floatType = dyn_cast<FloatType>(type)) {
    const llvm::fltSemantics &semantics = floatType.getFloatSemantics();
    // -0 + x is x for every x; 0 + x is not, for -0.
    APFloat value =
        TypeSwitch<Operation *, APFloat>(op)
            .Case([&](arith::MulFOp) { return APFloat(semantics, 1); })
            .Case([&](arith::MaximumFOp) {
              return APFloat::getInf(semantics, true);
            })
            .Case([&](arith::MinimumFOp) {
              return APFloat::getInf(semantics, false);
            })
            .Case<arith::MaxNumFOp, arith::MinNumFOp>(
                [&](auto) { return APFloat::getNaN(semantics); })
            .Default(
                [&](Operation *) { return APFloat::getZero(semantics, true); });
    return constant(builder.getFloatAttr(type, value));
  }
  unsigned bits = type.isIndex() ? IndexType::kInternalStorageBitWidth
                                 : type.getIntOrFloatBitWidth();
  APInt value =
      TypeSwitch<Operation *, APInt>(op)
          .Case([&](arith::MulIOp) { return APInt(bits, 1); })
          .Case([&](arith::MaxSIOp) { return APInt::getSignedMinValue(bits); })
          .Case([&](arith::MinSIOp) { return APInt::getSignedMaxValue(bits); })
          .Case<arith::MinUIOp, arith::AndIOp>(
              [&](auto) { return APInt::getAllOnes(bits); })
          .Default([&](Operation *) { return APInt::getZero(bits); });
  return constant(builder.getIntegerAttr(type, value));
}
