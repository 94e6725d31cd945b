//===- Indexing.cpp - Gather and scatter ----------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A gather becomes one linalg.generic that computes where each element of its
// result comes from, so that it fuses into what uses it. A scatter becomes
// loops over the index vectors, in order, which combine one window after the
// other into the part of the result that it meets.
//
//===----------------------------------------------------------------------===//

#include "Accumulation.h"
#include "Extents.h"
#include "Patterns.h"
#include "ScalarBuilder.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace atled;

using ExtentList = SmallVector<OpFoldResult>;

//===----------------------------------------------------------------------===//
// Where a window begins
//===----------------------------------------------------------------------===//

/// An index of an index vector: at least -`size`, where a window of that extent
/// is wholly outside, and at most `last`.
static Value readIndex(OpBuilder &builder, Location loc, Value indices,
                       ValueRange place, bool isUnsigned, OpFoldResult size,
                       OpFoldResult last) {
  Extents extents(builder, loc);
  Value index = tensor::ExtractOp::create(builder, loc, indices, place);
  if (isUnsigned) {
    index = arith::IndexCastUIOp::create(builder, loc, builder.getIndexType(),
                                         index);
    return extents.value(extents.minUnsigned(index, last));
  }
  index =
      arith::IndexCastOp::create(builder, loc, builder.getIndexType(), index);
  OpFoldResult first = extents.sub(extents.constant(0), size);
  return extents.value(extents.max(extents.min(index, last), first));
}

namespace {
/// What one gather or scatter needs to know of its windows while running.
struct Windows {
  IndexedWindows numbers;
  Value x, indices;
  bool isUnsigned;
  /// The extents of the windows in each dimension of the tensor.
  ExtentList sizes;
  /// Whether windows are moved inside.
  bool clamps;

  /// Where the window of an index vector begins in dimension `dimension`;
  /// `outer` has the index vector's own index.
  OpFoldResult getStart(OpBuilder &builder, Location loc, ArrayRef<Value> outer,
                        int64_t dimension) const;

  /// Lets the extents fit together: no window is larger than the tensor, which
  /// has as many batches as there are index vectors. What is outside and not
  /// moved inside is not touched.
  void requireFit(OpBuilder &builder, Location loc) const;
};
} // namespace

OpFoldResult Windows::getStart(OpBuilder &builder, Location loc,
                               ArrayRef<Value> outer, int64_t dimension) const {
  Extents extents(builder, loc);
  if (auto batch = numbers.getOuterBatch(dimension)) {
    SmallVector<int64_t> dimensions = numbers.getOuter();
    return outer[llvm::find(dimensions, *batch) - dimensions.begin()];
  }
  std::optional<int64_t> element = numbers.getVectorElement(dimension);
  if (!element)
    return extents.constant(0);
  SmallVector<Value> place(outer);
  if (numbers.vector < numbers.indexRank)
    place.insert(place.begin() + numbers.vector,
                 extents.value(extents.constant(*element)));
  OpFoldResult extent = extents.of(x, dimension);
  if (clamps)
    return readIndex(builder, loc, indices, place, isUnsigned,
                     extents.constant(0),
                     extents.sub(extent, sizes[dimension]));
  return readIndex(builder, loc, indices, place, isUnsigned, sizes[dimension],
                   extent);
}

void Windows::requireFit(OpBuilder &builder, Location loc) const {
  Extents extents(builder, loc);
  SmallVector<int64_t> outer = numbers.getOuter(),
                       indexOuter = numbers.getIndexOuter();
  OpFoldResult count = extents.constant(1);
  for (int64_t dimension : indexOuter)
    count = extents.mul(count, extents.of(indices, dimension));
  for (int64_t dimension : llvm::seq(numbers.rank)) {
    OpFoldResult extent = extents.of(x, dimension);
    if (auto batch = numbers.getOuterBatch(dimension))
      extents.requireEqual(
          extent,
          extents.of(indices,
                     indexOuter[llvm::find(outer, *batch) - outer.begin()]));
    else if (clamps || !numbers.getVectorElement(dimension))
      // Without index vectors there are no windows.
      extents.requireAtMost(
          extents.min(sizes[dimension], extents.mul(sizes[dimension], count)),
          extent);
  }
}

static bool isUnsignedTensor(Value tensor) {
  return getElementTypeOrSelf(tensor.getType()).isUnsignedInteger();
}

//===----------------------------------------------------------------------===//
// Gather
//===----------------------------------------------------------------------===//

static Value createZero(OpBuilder &builder, Location loc, Type type) {
  return arith::ConstantOp::create(builder, loc, builder.getZeroAttr(type));
}

namespace {
struct GatherToLinalg : public OpConversionPattern<GatherOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(GatherOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = getTypeConverter()->convertType<RankedTensorType>(op.getType());
    Location loc = op.getLoc();
    Extents extents(rewriter, loc);
    Windows windows{op.getWindows(),
                    adaptor.getX(),
                    adaptor.getIndices(),
                    isUnsignedTensor(op.getIndices()),
                    {},
                    op.getOutOfRange() != OutOfRange::drop};
    extents.requireNotNegative(adaptor.getSizes());
    for (auto [dimension, size] : llvm::enumerate(op.getSliceSizes())) {
      if (!ShapedType::isDynamic(size))
        windows.sizes.push_back(extents.constant(size));
      else if (auto operand = op.getSizeOperand(dimension))
        windows.sizes.push_back(adaptor.getSizes()[*operand]);
      else
        windows.sizes.push_back(extents.of(adaptor.getX(), dimension));
    }
    windows.requireFit(rewriter, loc);
    auto body = [&](OpBuilder &builder, Location loc, ValueRange) {
      linalg::YieldOp::create(builder, loc, readElement(builder, loc, windows));
    };
    rewriter.replaceOpWithNewOp<linalg::GenericOp>(
        op, type, ValueRange(),
        createEmpty(rewriter, loc, getResultExtents(extents, windows), type),
        rewriter.getMultiDimIdentityMap(type.getRank()),
        SmallVector<utils::IteratorType>(type.getRank(),
                                         utils::IteratorType::parallel),
        body);
    return success();
  }

private:
  static ExtentList getResultExtents(Extents &extents, const Windows &windows) {
    ExtentList result(windows.numbers.getWindowsRank());
    for (auto [to, from] : llvm::zip_equal(windows.numbers.getOuter(),
                                           windows.numbers.getIndexOuter()))
      result[to] = extents.of(windows.indices, from);
    for (auto [to, from] :
         llvm::zip_equal(windows.numbers.offset, windows.numbers.getKept()))
      result[to] = windows.sizes[from];
    return result;
  }

  /// The element of the tensor that the element of the result is which the
  /// body of a linalg.generic is at.
  static Value readElement(OpBuilder &builder, Location loc,
                           const Windows &windows) {
    auto getIndex = [&](int64_t dimension) -> Value {
      return linalg::IndexOp::create(builder, loc, dimension);
    };
    SmallVector<Value> outer =
        llvm::map_to_vector(windows.numbers.getOuter(), getIndex);
    Extents extents(builder, loc);
    OpFoldResult zero = extents.constant(0);
    SmallVector<Value> indices;
    Value isInside;
    bool mayBeEmpty = false;
    for (int64_t dimension : llvm::seq(windows.numbers.rank)) {
      OpFoldResult index = windows.getStart(builder, loc, outer, dimension);
      if (auto offset = windows.numbers.getOffset(dimension))
        index = extents.add(index, getIndex(*offset));
      if (!windows.clamps && windows.numbers.getVectorElement(dimension)) {
        OpFoldResult extent = extents.of(windows.x, dimension);
        OpFoldResult last = extents.sub(extent, extents.constant(1));
        // An index less than 0 is greater than any extent without its sign.
        Value isHere =
            arith::CmpIOp::create(builder, loc, arith::CmpIPredicate::ult,
                                  extents.value(index), extents.value(extent));
        isInside = isInside
                       ? arith::AndIOp::create(builder, loc, isInside, isHere)
                       : isHere;
        index = extents.max(extents.min(index, last), zero);
        mayBeEmpty |= !getConstantIntValue(extent);
      }
      indices.push_back(extents.value(index));
    }
    auto read = [&]() -> Value {
      return tensor::ExtractOp::create(builder, loc, windows.x, indices);
    };
    Type element = getElementTypeOrSelf(windows.x.getType());
    if (!isInside)
      return read();
    if (!mayBeEmpty)
      return arith::SelectOp::create(builder, loc, isInside, read(),
                                     createZero(builder, loc, element));
    auto guarded = scf::IfOp::create(builder, loc, element, isInside,
                                     /*withElseRegion=*/true);
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(guarded.thenBlock());
    scf::YieldOp::create(builder, loc, read());
    builder.setInsertionPointToStart(guarded.elseBlock());
    scf::YieldOp::create(builder, loc, createZero(builder, loc, element));
    return guarded.getResult(0);
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// Scatter
//===----------------------------------------------------------------------===//

/// An element of `x` and one of the updates, in the type they are computed in.
static Value combine(ScatterMode mode, ScalarBuilder &b, Value x,
                     Value update) {
  switch (mode) {
  case ScatterMode::set:
    return update;
  case ScatterMode::add:
    return b.createByKind<arith::AddFOp, arith::AddIOp, arith::AddIOp>(x,
                                                                       update);
  case ScatterMode::mul:
    return b.createByKind<arith::MulFOp, arith::MulIOp, arith::MulIOp>(x,
                                                                       update);
  case ScatterMode::max:
    return b.createByKind<arith::MaximumFOp, arith::MaxSIOp, arith::MaxUIOp>(
        x, update);
  case ScatterMode::min:
    return b.createByKind<arith::MinimumFOp, arith::MinSIOp, arith::MinUIOp>(
        x, update);
  }
  llvm_unreachable("unknown mode");
}

namespace {
/// Writes the loops of one scatter.
class ScatterLoops {
public:
  ScatterLoops(OpBuilder &builder, ScatterOp op, Value x, Value indices,
               Value updates)
      : builder(builder), op(op), loc(op.getLoc()), updates(updates),
        windows{op.getWindows(),
                x,
                indices,
                isUnsignedTensor(op.getIndices()),
                {},
                op.getOutOfRange() == OutOfRange::clamp} {
    Extents extents(builder, loc);
    for (int64_t dimension : llvm::seq(windows.numbers.rank)) {
      std::optional<int64_t> offset = windows.numbers.getOffset(dimension);
      windows.sizes.push_back(offset ? extents.of(updates, *offset)
                                     : extents.constant(1));
    }
    windows.requireFit(builder, loc);
    for (auto [to, from] : llvm::zip_equal(windows.numbers.getOuter(),
                                           windows.numbers.getIndexOuter()))
      extents.requireEqual(extents.of(updates, to), extents.of(indices, from));
  }

  /// The scatter into `sofar`, which has the shape of the operand.
  Value build(Value sofar) { return buildLoops(sofar, {}); }

private:
  Value buildLoops(Value sofar, SmallVector<Value> outer);
  Value combineWindow(Value sofar, ArrayRef<Value> outer);
  /// The part of the tensor that a window meets, and of the updates.
  struct Meeting {
    ExtentList starts, sizes, updateStarts, updateSizes;
  };
  Meeting getMeeting(Value sofar, ArrayRef<Value> outer);
  Value combineElements(Value part, Value window);

  OpBuilder &builder;
  ScatterOp op;
  Location loc;
  Value updates;
  Windows windows;
};
} // namespace

Value ScatterLoops::buildLoops(Value sofar, SmallVector<Value> outer) {
  SmallVector<int64_t> dimensions = windows.numbers.getOuter();
  if (outer.size() == dimensions.size())
    return combineWindow(sofar, outer);
  Extents extents(builder, loc);
  Value zero = extents.value(extents.constant(0));
  Value one = extents.value(extents.constant(1));
  Value count = extents.value(extents.of(updates, dimensions[outer.size()]));
  auto loop = scf::ForOp::create(builder, loc, zero, count, one, sofar);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(loop.getBody());
  outer.push_back(loop.getInductionVar());
  scf::YieldOp::create(builder, loc,
                       buildLoops(loop.getRegionIterArg(0), outer));
  return loop.getResult(0);
}

ScatterLoops::Meeting ScatterLoops::getMeeting(Value sofar,
                                               ArrayRef<Value> outer) {
  Extents extents(builder, loc);
  OpFoldResult zero = extents.constant(0), one = extents.constant(1);
  const IndexedWindows &numbers = windows.numbers;
  Meeting meeting;
  meeting.updateStarts.assign(numbers.getWindowsRank(), zero);
  meeting.updateSizes.assign(numbers.getWindowsRank(), one);
  for (auto [dimension, index] : llvm::zip_equal(numbers.getOuter(), outer))
    meeting.updateStarts[dimension] = index;
  for (int64_t dimension : llvm::seq(numbers.rank)) {
    OpFoldResult start = windows.getStart(builder, loc, outer, dimension);
    OpFoldResult size = windows.sizes[dimension], first = zero;
    if (!windows.clamps && numbers.getVectorElement(dimension)) {
      // What of the window is inside, from its element `first` on.
      OpFoldResult room = extents.sub(extents.of(sofar, dimension), start);
      first = extents.max(extents.sub(zero, start), zero);
      size = extents.max(extents.sub(extents.min(size, room), first), zero);
      start = extents.add(start, first);
    }
    meeting.starts.push_back(start);
    meeting.sizes.push_back(size);
    if (auto offset = numbers.getOffset(dimension)) {
      meeting.updateStarts[*offset] = first;
      meeting.updateSizes[*offset] = size;
    }
  }
  return meeting;
}

/// The elements of a part of the tensor and of a window, which has the
/// dimensions of the updates. Of those that are not of a window there is one
/// element.
Value ScatterLoops::combineElements(Value part, Value window) {
  auto type = cast<RankedTensorType>(part.getType());
  const IndexedWindows &numbers = windows.numbers;
  SmallVector<AffineExpr> indices(numbers.getWindowsRank(),
                                  builder.getAffineConstantExpr(0));
  for (auto [to, from] : llvm::zip_equal(numbers.offset, numbers.getKept()))
    indices[to] = builder.getAffineDimExpr(from);
  auto body = [&](OpBuilder &nested, Location loc, ValueRange arguments) {
    ScalarBuilder b(nested, loc, op.getType().getElementType());
    Value combined =
        combine(op.getMode(), b, b.widen(arguments[1]), b.widen(arguments[0]));
    linalg::YieldOp::create(b, b.narrow(combined, type.getElementType()));
  };
  return linalg::GenericOp::create(
             builder, loc, type, window, part,
             {AffineMap::get(type.getRank(), 0, indices, builder.getContext()),
              builder.getMultiDimIdentityMap(type.getRank())},
             SmallVector<utils::IteratorType>(type.getRank(),
                                              utils::IteratorType::parallel),
             body)
      .getResult(0);
}

Value ScatterLoops::combineWindow(Value sofar, ArrayRef<Value> outer) {
  Meeting meeting = getMeeting(sofar, outer);
  if (isEmptyPart(meeting.sizes))
    return sofar;
  auto takeOut = [&](Value tensor, const ExtentList &starts,
                     const ExtentList &sizes) -> Value {
    return tensor::ExtractSliceOp::create(
        builder, loc, tensor, starts, sizes,
        getUnitStrides(builder, int64_t(sizes.size())));
  };
  Value part = takeOut(sofar, meeting.starts, meeting.sizes);
  Value window = takeOut(updates, meeting.updateStarts, meeting.updateSizes);
  return tensor::InsertSliceOp::create(
      builder, loc, combineElements(part, window), sofar, meeting.starts,
      meeting.sizes, getUnitStrides(builder, windows.numbers.rank));
}

namespace {
struct ScatterToLoops : public OpConversionPattern<ScatterOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(ScatterOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = getTypeConverter()->convertType<RankedTensorType>(op.getType());
    Location loc = op.getLoc();
    // Of no updates there are no windows to take out.
    if (op.getUpdates().getType().hasStaticShape() &&
        op.getUpdates().getType().getNumElements() == 0) {
      rewriter.replaceOp(op, adaptor.getX());
      return success();
    }
    bool accumulates =
        op.getMode() == ScatterMode::add || op.getMode() == ScatterMode::mul;
    Type element = op.getType().getElementType();
    ExtentList extents = Extents(rewriter, loc).of(adaptor.getX());
    RankedTensorType wideType = type.clone(getComputationType(element));
    Value sofar = adaptor.getX();
    if (accumulates)
      sofar = convertElements(rewriter, loc, element, sofar, wideType, extents);
    Value sum = ScatterLoops(rewriter, op, adaptor.getX(), adaptor.getIndices(),
                             adaptor.getUpdates())
                    .build(sofar);
    if (accumulates)
      sum = convertElements(rewriter, loc, element, sum, type, extents);
    rewriter.replaceOp(op, sum);
    return success();
  }
};
} // namespace

void atled::populateIndexingToLinalg(const TypeConverter &converter,
                                     RewritePatternSet &patterns) {
  patterns.add<GatherToLinalg, ScatterToLoops>(converter,
                                               patterns.getContext());
}
