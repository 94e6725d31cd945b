//===- Scan.cpp - Every beginning of a dimension --------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A scan becomes one linalg.generic with two results: what is carried from one
// element to the next, which reduces the dimension, and what it is after each,
// or before each if the scan is exclusive.
// The other way, it goes through what is turned around, and turns its result.
//
//===----------------------------------------------------------------------===//

#include "Extents.h"
#include "Patterns.h"
#include "ScalarBuilder.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "atled/Dialect/Atled/IR/Splat.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include <limits>

using namespace atled;

//===----------------------------------------------------------------------===//
// What each scan begins with and how it goes on
//===----------------------------------------------------------------------===//

/// What is carried in front of the first element.
static Value start(CumSumOp, ScalarBuilder &b) { return b.literal(0); }
static Value start(CumProdOp, ScalarBuilder &b) { return b.literal(1); }
static Value start(CumMaxOp, ScalarBuilder &b) { return b.extreme(false); }
static Value start(CumMinOp, ScalarBuilder &b) { return b.extreme(true); }
static Value start(LinearRecurrenceOp, ScalarBuilder &b) {
  return b.literal(0);
}

static Value combine(CumSumOp, ScalarBuilder &b, Value sofar, ValueRange x) {
  return b.createByKind<arith::AddFOp, arith::AddIOp, arith::AddIOp>(sofar,
                                                                     x[0]);
}
static Value combine(CumProdOp, ScalarBuilder &b, Value sofar, ValueRange x) {
  return b.createByKind<arith::MulFOp, arith::MulIOp, arith::MulIOp>(sofar,
                                                                     x[0]);
}
static Value combine(CumMaxOp, ScalarBuilder &b, Value sofar, ValueRange x) {
  return b.createByKind<arith::MaximumFOp, arith::MaxSIOp, arith::MaxUIOp>(
      sofar, x[0]);
}
static Value combine(CumMinOp, ScalarBuilder &b, Value sofar, ValueRange x) {
  return b.createByKind<arith::MinimumFOp, arith::MinSIOp, arith::MinUIOp>(
      sofar, x[0]);
}
static Value combine(LinearRecurrenceOp, ScalarBuilder &b, Value sofar,
                     ValueRange ab) {
  return arith::AddFOp::create(b, arith::MulFOp::create(b, ab[0], sofar),
                               ab[1]);
}

template <typename OpTy>
static bool isExclusive(OpTy op) {
  return op.getExclusive();
}
static bool isExclusive(LinearRecurrenceOp) { return false; }

//===----------------------------------------------------------------------===//
// Patterns
//===----------------------------------------------------------------------===//

namespace {
template <typename OpTy>
struct ScanToLinalg : public OpConversionPattern<OpTy> {
  using OpConversionPattern<OpTy>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpTy op, typename OpTy::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    SmallVector<Value> inputs(adaptor.getOperands());
    if (op.getReverse())
      for (Value &input : inputs)
        input = turn(op, rewriter, input);
    Value result = scan(op, rewriter, inputs);
    rewriter.replaceOp(op,
                       op.getReverse() ? turn(op, rewriter, result) : result);
    return success();
  }

private:
  static Value turn(OpTy op, OpBuilder &builder, Value x) {
    return ReverseOp::create(builder, op.getLoc(), x,
                             ArrayRef<int64_t>(op.getDimension()));
  }

  static Value scan(OpTy op, OpBuilder &builder, ValueRange inputs) {
    Location loc = op.getLoc();
    Type element = op.getType().getElementType();
    int64_t dimension = op.getDimension();
    auto type = cast<RankedTensorType>(inputs[0].getType());
    int64_t rank = type.getRank();
    ScalarBuilder scalars(builder, loc, element);

    SmallVector<OpFoldResult> extents = Extents(builder, loc).of(inputs[0]);
    Value result = createEmpty(builder, loc, extents, type);
    SmallVector<int64_t> shape(type.getShape());
    shape.erase(shape.begin() + dimension);
    extents.erase(extents.begin() + dimension);
    auto carriedType = RankedTensorType::get(shape, scalars.getType());
    Value carried =
        linalg::FillOp::create(builder, loc, start(op, scalars),
                               createEmpty(builder, loc, extents, carriedType))
            .getResult(0);

    AffineMap identity = builder.getMultiDimIdentityMap(rank);
    SmallVector<AffineMap> maps(inputs.size(), identity);
    maps.push_back(identity.dropResult(dimension));
    maps.push_back(identity);
    SmallVector<utils::IteratorType> iterators(rank,
                                               utils::IteratorType::parallel);
    iterators[dimension] = utils::IteratorType::reduction;
    auto body = [&](OpBuilder &nested, Location loc, ValueRange arguments) {
      ScalarBuilder b(nested, loc, element);
      SmallVector<Value> elements = llvm::map_to_vector(
          arguments.drop_back(2), [&](Value x) { return b.widen(x); });
      Value before = arguments.drop_back().back();
      Value next = combine(op, b, before, elements);
      Value result = isExclusive(op) ? before : next;
      linalg::YieldOp::create(
          b, ValueRange{next, b.narrow(result, type.getElementType())});
    };
    return linalg::GenericOp::create(builder, loc, {carriedType, type}, inputs,
                                     {carried, result}, maps, iterators, body)
        .getResult(1);
  }
};

/// The greatest element so far is subtracted where it is finite; when it grows,
/// the sum so far shrinks.
struct ExpandCumLogSumExp : public OpConversionPattern<CumLogSumExpOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(CumLogSumExpOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    ImplicitLocOpBuilder b(op.getLoc(), rewriter);
    Type element = op.getType().getElementType();
    bool isNarrow = element.getIntOrFloatBitWidth() < 32;
    Value x = adaptor.getX();
    if (isNarrow)
      x = ConvertOp::create(b, x, b.getF32Type());
    Value greatest = CumMaxOp::create(b, x, op.getDimension(), op.getReverse());
    Value before = shift(b, op, greatest);
    greatest = SelectOp::create(b, IsFiniteOp::create(b, greatest), greatest,
                                createSplatLike(b, b.getLoc(), 0.0, greatest));
    Value shrinking = ExpOp::create(b, SubOp::create(b, before, greatest));
    Value part = ExpOp::create(b, SubOp::create(b, x, greatest));
    Value sum = LinearRecurrenceOp::create(b, shrinking, part,
                                           op.getDimension(), op.getReverse());
    Value result = AddOp::create(b, greatest, LogOp::create(b, sum));
    if (op.getExclusive())
      result = shift(b, op, result);
    if (isNarrow)
      result = ConvertOp::create(b, result, element);
    rewriter.replaceOp(op, result);
    return success();
  }

private:
  /// For each element the one before; for the first, -inf: of the sum so far,
  /// which is 0, nothing remains then.
  static Value shift(ImplicitLocOpBuilder &b, CumLogSumExpOp op, Value values) {
    auto type = cast<RankedTensorType>(values.getType());
    if (type.getDimSize(op.getDimension()) == 0)
      return values;
    Value nothing =
        ConstantOp::create(b, RankedTensorType::get({}, type.getElementType()),
                           -std::numeric_limits<double>::infinity());
    SmallVector<int64_t> low(type.getRank(), 0), high(low), interior(low);
    low[op.getDimension()] = op.getReverse() ? -1 : 1;
    high[op.getDimension()] = op.getReverse() ? 1 : -1;
    return PadOp::create(b, values, nothing, low, high, interior);
  }
};
} // namespace

void atled::populateScanToLinalg(const TypeConverter &converter,
                                 RewritePatternSet &patterns) {
  patterns.add<ScanToLinalg<CumSumOp>, ScanToLinalg<CumProdOp>,
               ScanToLinalg<CumMaxOp>, ScanToLinalg<CumMinOp>,
               ScanToLinalg<LinearRecurrenceOp>, ExpandCumLogSumExp>(
      converter, patterns.getContext());
}
