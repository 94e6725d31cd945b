//===- Sorting.cpp - sort, top_k and searchsorted -------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is sorted is taken from its places by a linalg.generic, once loops have
// found the order (SortLoops.h). A search is a loop that halves, for each
// element.
//
//===----------------------------------------------------------------------===//

#include "Extents.h"
#include "Patterns.h"
#include "SortLoops.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// Elements in order
//===----------------------------------------------------------------------===//

static SmallVector<Value> getPoint(OpBuilder &builder, Location loc,
                                   int64_t rank) {
  return llvm::map_to_vector(llvm::seq(rank), [&](int64_t dimension) -> Value {
    return linalg::IndexOp::create(builder, loc, dimension);
  });
}

/// A tensor of type `type` whose elements are those of `x` at other places
/// along `dimension`, which `places` has for each.
static Value take(OpBuilder &builder, Location loc, Value x, Value places,
                  int64_t dimension, RankedTensorType type) {
  Value empty =
      createEmpty(builder, loc, Extents(builder, loc).of(places), type);
  AffineMap identity = builder.getMultiDimIdentityMap(type.getRank());
  auto body = [&](OpBuilder &nested, Location loc, ValueRange arguments) {
    SmallVector<Value> point = getPoint(nested, loc, type.getRank());
    point[dimension] = arith::IndexCastUIOp::create(
        nested, loc, nested.getIndexType(), arguments[0]);
    Value element = tensor::ExtractOp::create(nested, loc, x, point);
    linalg::YieldOp::create(nested, loc, element);
  };
  return linalg::GenericOp::create(
             builder, loc, type, places, empty, {identity, identity},
             SmallVector<utils::IteratorType>(type.getRank(),
                                              utils::IteratorType::parallel),
             body)
      .getResult(0);
}

namespace {
struct SortToLoops : public OpConversionPattern<SortOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(SortOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    SmallVector<Type> types;
    if (failed(getTypeConverter()->convertTypes(op.getResultTypes(), types)))
      return rewriter.notifyMatchFailure(op, "has a type of no element");
    Extents extents(rewriter, op.getLoc());
    Value first = adaptor.getTensors().front();
    for (Value tensor : adaptor.getTensors().drop_front())
      for (auto [extent, other] :
           llvm::zip_equal(extents.of(first), extents.of(tensor)))
        extents.requireEqual(extent, other);
    extents.requireIndicesFit(op.getOrder().getType().getElementType(),
                              extents.of(first, op.getDimension()));
    SortKeys keys{{}, {}, int64_t(op.getDimension()), op.getDescending()};
    for (unsigned key : llvm::seq<unsigned>(op.getKeys())) {
      keys.tensors.push_back(adaptor.getTensors()[key]);
      keys.elements.push_back(getElementTypeOrSelf(op.getTensors()[key]));
    }
    Value order = findOrder(rewriter, op.getLoc(), keys,
                            cast<RankedTensorType>(types.back()));
    SmallVector<Value> results;
    for (auto [tensor, type] : llvm::zip(adaptor.getTensors(), types))
      results.push_back(take(rewriter, op.getLoc(), tensor, order,
                             op.getDimension(), cast<RankedTensorType>(type)));
    results.push_back(order);
    rewriter.replaceOp(op, results);
    return success();
  }
};

struct TopKToLoops : public OpConversionPattern<TopKOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(TopKOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    SmallVector<Type> types;
    if (failed(getTypeConverter()->convertTypes(op.getResultTypes(), types)))
      return rewriter.notifyMatchFailure(op, "has a type of no element");
    Extents extents(rewriter, op.getLoc());
    extents.requireIndicesFit(op.getIndices().getType().getElementType(),
                              extents.of(adaptor.getX(), op.getDimension()));
    SortKeys keys{{adaptor.getX()},
                  {op.getX().getType().getElementType()},
                  int64_t(op.getDimension()),
                  /*isDescending=*/true};
    Value indices = findOrder(rewriter, op.getLoc(), keys,
                              cast<RankedTensorType>(types[1]));
    Value values = take(rewriter, op.getLoc(), adaptor.getX(), indices,
                        op.getDimension(), cast<RankedTensorType>(types[0]));
    rewriter.replaceOp(op, {values, indices});
    return success();
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// Searches
//===----------------------------------------------------------------------===//

namespace {
struct SearchSortedToLinalg : public OpConversionPattern<SearchSortedOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(SearchSortedOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = getTypeConverter()->convertType<RankedTensorType>(op.getType());
    Location loc = op.getLoc();
    Value sorted = adaptor.getSorted();
    int64_t last = cast<RankedTensorType>(sorted.getType()).getRank() - 1;
    Extents extents(rewriter, loc);
    OpFoldResult length = extents.of(sorted, last);
    for (int64_t batch : llvm::seq(last))
      extents.requireEqual(extents.of(sorted, batch),
                           extents.of(adaptor.getValues(), batch));
    // From in front of the first element to behind the last.
    extents.requireIndicesFit(op.getType().getElementType(),
                              extents.add(length, extents.constant(1)));
    AffineMap identity = rewriter.getMultiDimIdentityMap(type.getRank());
    auto body = [&](OpBuilder &builder, Location loc, ValueRange arguments) {
      SmallVector<Value> row = getPoint(builder, loc, last);
      Value index = search(op, builder, sorted, length, row, arguments[0]);
      linalg::YieldOp::create(builder, loc,
                              ValueRange(arith::IndexCastOp::create(
                                  builder, loc, type.getElementType(), index)));
    };
    rewriter.replaceOpWithNewOp<linalg::GenericOp>(
        op, type, adaptor.getValues(),
        createEmpty(rewriter, loc, extents.of(adaptor.getValues()), type),
        ArrayRef<AffineMap>{identity, identity},
        SmallVector<utils::IteratorType>(type.getRank(),
                                         utils::IteratorType::parallel),
        body);
    return success();
  }

private:
  /// How many elements of a row, which has `length`, are in front of `value`.
  static Value search(SearchSortedOp op, OpBuilder &builder, Value sorted,
                      OpFoldResult length, ArrayRef<Value> row, Value value) {
    ImplicitLocOpBuilder b(op.getLoc(), builder);
    Extents extents(b, op.getLoc());
    Type element = op.getSorted().getType().getElementType();
    auto number = [&](int64_t n) { return extents.value(extents.constant(n)); };
    Value last = extents.value(extents.sub(length, extents.constant(1)));
    // Those not yet compared: so many, from the first on.
    auto halving = scf::ForOp::create(
        b, number(0), extents.value(countBits(b, op.getLoc(), length)),
        number(1), ValueRange{number(0), extents.value(length)});
    b.setInsertionPointToStart(halving.getBody());
    Value first = halving.getRegionIterArg(0);
    Value count = halving.getRegionIterArg(1);
    Value half = arith::ShRUIOp::create(b, count, number(1));
    Value middle = arith::AddIOp::create(b, first, half);
    SmallVector<Value> place(row);
    place.push_back(arith::MinSIOp::create(b, middle, last));
    Value there = tensor::ExtractOp::create(b, sorted, place);
    Value isInFront;
    if (op.getRight()) {
      Value isBehind = isLess(b, op.getLoc(), element, value, there);
      isInFront = arith::XOrIOp::create(b, isBehind,
                                        arith::ConstantIntOp::create(b, 1, 1));
    } else {
      isInFront = isLess(b, op.getLoc(), element, there, value);
    }
    Value isAny =
        arith::CmpIOp::create(b, arith::CmpIPredicate::ne, count, number(0));
    Value goesOn = arith::AndIOp::create(b, isAny, isInFront);
    Value next = arith::AddIOp::create(b, middle, number(1));
    Value rest = arith::SubIOp::create(b, arith::SubIOp::create(b, count, half),
                                       number(1));
    scf::YieldOp::create(
        b, ValueRange{arith::SelectOp::create(b, goesOn, next, first),
                      arith::SelectOp::create(b, goesOn, rest, half)});
    return halving.getResult(0);
  }
};
} // namespace

void atled::populateSortingToLinalg(const TypeConverter &converter,
                                    RewritePatternSet &patterns) {
  patterns.add<SortToLoops, TopKToLoops, SearchSortedToLinalg>(
      converter, patterns.getContext());
}
