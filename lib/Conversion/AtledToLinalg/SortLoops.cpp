//===- SortLoops.cpp - Loops that find an order ---------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A merge sort from the bottom up, of the keys of one row together with their
// indices. It begins with short blocks: the place of an element in its block is
// how many of the others come before it. Then neighbours are merged until one
// run is left, from one buffer into another and back. No branch depends on a
// key. Where only the first elements are wanted, no run grows longer.
//
//===----------------------------------------------------------------------===//

#include "SortLoops.h"
#include "Extents.h"
#include "ScalarBuilder.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/Support/MathExtras.h"

using namespace atled;

/// So many elements are compared each with each.
static constexpr int64_t blockSize = 8;

Value atled::isLess(OpBuilder &builder, Location loc, Type element, Value x,
                    Value y) {
  ScalarBuilder b(builder, loc, element);
  x = b.widen(x);
  y = b.widen(y);
  switch (b.getKind()) {
  case ScalarKind::Float: {
    Value isLessOrNaN =
        arith::CmpFOp::create(b, arith::CmpFPredicate::ULT, x, y);
    Value isNumber = arith::CmpFOp::create(b, arith::CmpFPredicate::ORD, x, x);
    return arith::AndIOp::create(b, isLessOrNaN, isNumber);
  }
  case ScalarKind::Signed:
    return arith::CmpIOp::create(b, arith::CmpIPredicate::slt, x, y);
  case ScalarKind::Unsigned:
    return arith::CmpIOp::create(b, arith::CmpIPredicate::ult, x, y);
  }
  llvm_unreachable("unknown kind");
}

OpFoldResult atled::countBits(OpBuilder &builder, Location loc,
                              OpFoldResult number) {
  if (std::optional<int64_t> known = getConstantIntValue(number))
    return builder.getIndexAttr(llvm::bit_width<uint64_t>(*known));
  ImplicitLocOpBuilder b(loc, builder);
  Value wide =
      arith::IndexCastOp::create(b, b.getI64Type(), cast<Value>(number));
  Value width = arith::ConstantIntOp::create(b, b.getI64Type(), 64);
  Value bits = arith::SubIOp::create(
      b, width, math::CountLeadingZerosOp::create(b, wide));
  return arith::IndexCastOp::create(b, b.getIndexType(), bits).getResult();
}

namespace {
/// The keys of a row that are compared first, and where in the row they come
/// from: sorted in runs of the same length.
struct Runs {
  Value keys, indices;
};

/// An element of a row.
struct RowElement {
  Value key;
  /// Where the element is in the row; null where nothing asks for it.
  Value index;
};

/// Writes the loops that sort one row after the other.
class SortLoops {
public:
  SortLoops(OpBuilder &builder, Location loc, const SortKeys &keys,
            RankedTensorType type)
      : b(loc, builder), extents(b, loc), keys(keys), type(type),
        length(extents.of(keys.tensors.front(), keys.dimension)),
        kept(type.isDynamicDim(keys.dimension)
                 ? length
                 : extents.constant(type.getDimSize(keys.dimension))) {}

  /// The orders of all rows, of which the loops around are at `outer`.
  Value sortRows(Value orders, SmallVector<Value> outer);

private:
  using Body = function_ref<SmallVector<Value>(Value index, ValueRange)>;
  SmallVector<Value> buildLoop(Value begin, Value end, Value step,
                               ValueRange carried, Body body);

  Value number(int64_t value) { return extents.value(extents.constant(value)); }
  Value add(Value x, Value y) { return arith::AddIOp::create(b, x, y); }
  Value sub(Value x, Value y) { return arith::SubIOp::create(b, x, y); }
  Value least(Value x, Value y) { return arith::MinSIOp::create(b, x, y); }
  Value isBelow(Value x, Value y) {
    return arith::CmpIOp::create(b, arith::CmpIPredicate::slt, x, y);
  }

  /// A key of the element at `index` of the row.
  Value readKey(unsigned key, Value index);
  RowElement getElement(Value index) { return {readKey(0, index), index}; }
  RowElement getElement(Runs runs, Value place);
  Runs createRuns();
  Runs write(Runs runs, Value place, Value key, Value index);
  /// Whether `x` comes before `y` by the keys from `key` on.
  Value isBefore(RowElement x, RowElement y, unsigned key = 0);

  Runs sortBlocks();
  Value countBefore(RowElement element, Value begin, Value end);
  Runs merge(Runs from, Runs to, Value width);
  Runs mergeNeighbours(Runs from, Runs to, Value begin, Value width);
  Value sortRow();

  ImplicitLocOpBuilder b;
  Extents extents;
  const SortKeys &keys;
  RankedTensorType type;
  /// Of a row, and how much of its order is wanted.
  OpFoldResult length, kept;
  /// The row that is sorted: an index for each dimension but that of the row.
  SmallVector<Value> row;
};
} // namespace

SmallVector<Value> SortLoops::buildLoop(Value begin, Value end, Value step,
                                        ValueRange carried, Body body) {
  auto loop = scf::ForOp::create(b, begin, end, step, carried);
  OpBuilder::InsertionGuard guard(b);
  b.setInsertionPointToStart(loop.getBody());
  scf::YieldOp::create(b,
                       body(loop.getInductionVar(), loop.getRegionIterArgs()));
  return loop.getResults();
}

//===----------------------------------------------------------------------===//
// Elements
//===----------------------------------------------------------------------===//

Value SortLoops::readKey(unsigned key, Value index) {
  SmallVector<Value> place(row);
  place.insert(place.begin() + keys.dimension, index);
  return tensor::ExtractOp::create(b, keys.tensors[key], place);
}

RowElement SortLoops::getElement(Runs runs, Value place) {
  RowElement element{tensor::ExtractOp::create(b, runs.keys, place), {}};
  if (keys.tensors.size() > 1)
    element.index = arith::IndexCastUIOp::create(
        b, b.getIndexType(), tensor::ExtractOp::create(b, runs.indices, place));
  return element;
}

Runs SortLoops::createRuns() {
  auto create = [&](Type element) -> Value {
    return tensor::EmptyOp::create(b, length, element);
  };
  return {create(getElementTypeOrSelf(keys.tensors.front())),
          create(type.getElementType())};
}

Runs SortLoops::write(Runs runs, Value place, Value key, Value index) {
  return {tensor::InsertOp::create(b, key, runs.keys, place),
          tensor::InsertOp::create(b, index, runs.indices, place)};
}

Value SortLoops::isBefore(RowElement x, RowElement y, unsigned key) {
  auto read = [&](RowElement element) {
    return key == 0 ? element.key : readKey(key, element.index);
  };
  Value first = read(x), second = read(y);
  if (keys.isDescending)
    std::swap(first, second);
  Type element = keys.elements[key];
  Value less = isLess(b, b.getLoc(), element, first, second);
  if (key + 1 == keys.tensors.size())
    return less;
  Value isGreater = isLess(b, b.getLoc(), element, second, first);
  Value decided = arith::SelectOp::create(
      b, isGreater, arith::ConstantIntOp::create(b, b.getI1Type(), 0),
      isBefore(x, y, key + 1));
  return arith::OrIOp::create(b, less, decided);
}

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

/// How many elements from `begin` to `end` come before `element`; of equal ones
/// those that stand in front of it.
Value SortLoops::countBefore(RowElement element, Value begin, Value end) {
  return buildLoop(
      begin, end, number(1), number(0), [&](Value index, ValueRange count) {
        RowElement other = getElement(index);
        Value isNotBehind = arith::XOrIOp::create(
            b, isBefore(element, other),
            arith::ConstantIntOp::create(b, b.getI1Type(), 1));
        Value isInFront = isBelow(index, element.index);
        Value comesBefore = arith::OrIOp::create(
            b, isBefore(other, element),
            arith::AndIOp::create(b, isInFront, isNotBehind));
        Value one =
            arith::IndexCastUIOp::create(b, b.getIndexType(), comesBefore);
        return SmallVector<Value>{add(count[0], one)};
      })[0];
}

Runs SortLoops::sortBlocks() {
  Runs empty = createRuns();
  Value end = extents.value(length), size = number(blockSize);
  SmallVector<Value> sorted = buildLoop(
      number(0), end, number(1), {empty.keys, empty.indices},
      [&](Value index, ValueRange carried) {
        Value begin = sub(index, arith::RemUIOp::create(b, index, size));
        RowElement element = getElement(index);
        Value place = add(
            begin, countBefore(element, begin, least(add(begin, size), end)));
        Value stored =
            arith::IndexCastUIOp::create(b, type.getElementType(), index);
        Runs runs = write({carried[0], carried[1]}, place, element.key, stored);
        return SmallVector<Value>{runs.keys, runs.indices};
      });
  return {sorted[0], sorted[1]};
}

//===----------------------------------------------------------------------===//
// Merging
//===----------------------------------------------------------------------===//

/// Merges the run of `width` elements that begins at `begin` with the one
/// behind it. Both may be cut short by the end of the row.
Runs SortLoops::mergeNeighbours(Runs from, Runs to, Value begin, Value width) {
  Value end = extents.value(length), last = sub(end, number(1));
  Value middle = least(add(begin, width), end);
  Value firstEnd = middle, secondEnd = least(add(middle, width), end);
  Value count = sub(secondEnd, begin);
  if (kept != length) {
    Value most = extents.value(kept);
    firstEnd = least(firstEnd, add(begin, most));
    secondEnd = least(secondEnd, add(middle, most));
    count = least(add(sub(firstEnd, begin), sub(secondEnd, middle)), most);
  }
  SmallVector<Value> merged = buildLoop(
      number(0), count, number(1), {begin, middle, to.keys, to.indices},
      [&](Value done, ValueRange carried) {
        Value first = carried[0], second = carried[1];
        Value isFirstLeft = isBelow(first, firstEnd);
        Value isSecondLeft = isBelow(second, secondEnd);
        // What is read of a run that is used up does not count.
        Value firstPlace = least(first, last),
              secondPlace = least(second, last);
        Value isSecondBefore = isBefore(getElement(from, secondPlace),
                                        getElement(from, firstPlace));
        Value takesSecond = arith::SelectOp::create(
            b, arith::AndIOp::create(b, isFirstLeft, isSecondLeft),
            isSecondBefore, isSecondLeft);
        Value place =
            arith::SelectOp::create(b, takesSecond, secondPlace, firstPlace);
        Runs runs = write({carried[2], carried[3]}, add(begin, done),
                          tensor::ExtractOp::create(b, from.keys, place),
                          tensor::ExtractOp::create(b, from.indices, place));
        Value step =
            arith::IndexCastUIOp::create(b, b.getIndexType(), takesSecond);
        return SmallVector<Value>{add(first, sub(number(1), step)),
                                  add(second, step), runs.keys, runs.indices};
      });
  return {merged[2], merged[3]};
}

/// Merges runs of `width` elements in pairs.
Runs SortLoops::merge(Runs from, Runs to, Value width) {
  SmallVector<Value> merged =
      buildLoop(number(0), extents.value(length), add(width, width),
                {to.keys, to.indices}, [&](Value begin, ValueRange carried) {
                  Runs runs = mergeNeighbours(from, {carried[0], carried[1]},
                                              begin, width);
                  return SmallVector<Value>{runs.keys, runs.indices};
                });
  return {merged[0], merged[1]};
}

//===----------------------------------------------------------------------===//
// Rows
//===----------------------------------------------------------------------===//

/// The order of a row.
Value SortLoops::sortRow() {
  Runs sorted = sortBlocks();
  // The number of blocks is rounded up to a power of two; and each iteration
  // merges twice, so that the result is where it begins.
  OpFoldResult one = extents.constant(1);
  OpFoldResult others = extents.div(extents.sub(extents.max(length, one), one),
                                    extents.constant(blockSize));
  OpFoldResult iterations = extents.div(
      extents.add(countBits(b, b.getLoc(), others), one), extents.constant(2));
  if (isZeroInteger(iterations))
    return sorted.indices;
  Runs other = createRuns();
  return buildLoop(
      number(0), extents.value(iterations), number(1),
      {sorted.keys, sorted.indices, other.keys, other.indices,
       number(blockSize)},
      [&](Value, ValueRange carried) {
        Value width = carried[4], twice = add(width, width);
        Runs here{carried[0], carried[1]}, there{carried[2], carried[3]};
        there = merge(here, there, width);
        here = merge(there, here, twice);
        return SmallVector<Value>{here.keys, here.indices, there.keys,
                                  there.indices, add(twice, twice)};
      })[1];
}

Value SortLoops::sortRows(Value orders, SmallVector<Value> outer) {
  int64_t dimension = outer.size();
  OpFoldResult zero = extents.constant(0), one = extents.constant(1);
  if (dimension < type.getRank()) {
    if (dimension == keys.dimension) {
      outer.push_back(extents.value(zero));
      return sortRows(orders, outer);
    }
    return buildLoop(number(0),
                     extents.value(extents.of(keys.tensors[0], dimension)),
                     number(1), orders, [&](Value index, ValueRange carried) {
                       SmallVector<Value> inner(outer);
                       inner.push_back(index);
                       return SmallVector<Value>{sortRows(carried[0], inner)};
                     })[0];
  }
  row = outer;
  row.erase(row.begin() + keys.dimension);
  Value order = sortRow();
  if (kept != length)
    order = tensor::ExtractSliceOp::create(
        b, order, ArrayRef<OpFoldResult>{zero}, kept, one);
  SmallVector<OpFoldResult> starts(outer.begin(), outer.end());
  SmallVector<OpFoldResult> sizes(starts.size(), one), strides(sizes);
  starts[keys.dimension] = zero;
  sizes[keys.dimension] = kept;
  return tensor::InsertSliceOp::create(b, order, orders, starts, sizes,
                                       strides);
}

Value atled::findOrder(OpBuilder &builder, Location loc, const SortKeys &keys,
                       RankedTensorType type) {
  SmallVector<OpFoldResult> extents =
      Extents(builder, loc).of(keys.tensors.front());
  Value orders = createEmpty(builder, loc, extents, type);
  if (llvm::is_contained(type.getShape(), 0))
    return orders;
  return SortLoops(builder, loc, keys, type).sortRows(orders, {});
}
