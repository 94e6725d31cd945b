//===- CheckIndices.cpp - Indices that are in range -----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For each dimension along which an operation reads or writes at a place that
// only a run tells: the least and the greatest of its indices are in range.
//
//===----------------------------------------------------------------------===//

#include "RuntimeCheck.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "atled/Dialect/Atled/Transforms/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "llvm/ADT/TypeSwitch.h"

namespace atled {
#define GEN_PASS_DEF_CHECKINDICESPASS
#include "atled/Dialect/Atled/Transforms/Passes.h.inc"
} // namespace atled

using namespace atled;

namespace {
/// Writes the assertions in front of one operation. Numbers are 64 bits wide
/// where indices are elements of a tensor, which an index of the target may not
/// hold, and else of type index.
class IndexChecker {
public:
  explicit IndexChecker(Operation *op)
      : op(op), b(op->getLoc(), OpBuilder(op)) {}

  void check(GatherOp gather);
  void check(ScatterOp scatter);
  void check(DynamicSliceOp slice);
  void check(DynamicUpdateSliceOp update);
  void checkElement(Value tensor, ValueRange indices);
  void checkDimension(tensor::DimOp dim);
  void checkPart(Value tensor, OffsetSizeAndStrideOpInterface part);
  /// What is put into a part has its extents.
  void checkSource(tensor::InsertSliceOp insert);

private:
  void checkWindows(const IndexedWindows &windows, Value x, Value indices,
                    function_ref<OpFoldResult(int64_t)> getSize);
  void checkStarts(Value x, ValueRange starts,
                   function_ref<OpFoldResult(int64_t)> getSize);
  /// Elements `element` of all index vectors.
  Value getElements(const IndexedWindows &windows, Value indices,
                    int64_t element);
  /// The one element of `tensor` in 64 bits.
  Value extractNumber(Value tensor);

  Value getExtent(Value tensor, int64_t dimension);
  /// That of a part of `tensor`: in `sizes`, or all of it.
  OpFoldResult getSliceSize(Value tensor, ArrayRef<int64_t> sizes,
                            int64_t dimension);
  Value toValue(OpFoldResult index) {
    return getValueOrCreateConstantIndexOp(b, b.getLoc(), index);
  }
  Value toNumber(Value index) {
    return b.createOrFold<arith::IndexCastOp>(b.getI64Type(), index);
  }
  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(b, value);
  }
  Value isAtMost(Value lhs, Value rhs) {
    return b.createOrFold<arith::CmpIOp>(arith::CmpIPredicate::sle, lhs, rhs);
  }
  Value both(Value lhs, Value rhs) {
    return b.createOrFold<arith::AndIOp>(lhs, rhs);
  }
  void assertInside(Value holds, int64_t dimension, Value last = {});
  Value buildNumber(Type type, int64_t number);
  /// Whether a tensor has no elements.
  Value isEmpty(Value tensor);
  /// From 0 to `last` are `least` and `greatest`, and what is between.
  Value isInRange(Value least, Value greatest, Value last) {
    Value zero = buildNumber(least.getType(), 0);
    return both(isAtMost(zero, least), isAtMost(greatest, last));
  }
  void assertRange(Value least, Value greatest, Value last, int64_t dimension);

  Operation *op;
  ImplicitLocOpBuilder b;
};
} // namespace

//===----------------------------------------------------------------------===//
// Small pieces
//===----------------------------------------------------------------------===//

Value IndexChecker::getExtent(Value tensor, int64_t dimension) {
  return toValue(tensor::getMixedSize(b, b.getLoc(), tensor, dimension));
}

OpFoldResult IndexChecker::getSliceSize(Value tensor, ArrayRef<int64_t> sizes,
                                        int64_t dimension) {
  if (ShapedType::isDynamic(sizes[dimension]))
    return getExtent(tensor, dimension);
  return b.getIndexAttr(sizes[dimension]);
}

void IndexChecker::assertInside(Value holds, int64_t dimension, Value last) {
  std::string place;
  llvm::raw_string_ostream os(place);
  os << "'" << op->getName() << "' along dimension " << dimension;
  std::optional<int64_t> most = last ? getConstantIntValue(last) : std::nullopt;
  if (most && *most >= 0)
    os << ", which takes 0 to " << *most;
  buildCheck(b, holds, "index", place);
}

void IndexChecker::assertRange(Value least, Value greatest, Value last,
                               int64_t dimension) {
  assertInside(isInRange(least, greatest, last), dimension, last);
}

Value IndexChecker::extractNumber(Value tensor) {
  if (!getElementTypeOrSelf(tensor.getType()).isSignlessInteger(64))
    tensor = ConvertOp::create(b, tensor, b.getI64Type());
  return tensor::ExtractOp::create(b, tensor, ValueRange());
}

//===----------------------------------------------------------------------===//
// Indices in tensors
//===----------------------------------------------------------------------===//

Value IndexChecker::getElements(const IndexedWindows &windows, Value indices,
                                int64_t element) {
  if (windows.indexed.size() == 1)
    return indices;
  auto type = cast<RankedTensorType>(indices.getType());
  SmallVector<int64_t> starts(type.getRank(), 0), strides(type.getRank(), 1);
  SmallVector<int64_t> limits(type.getShape());
  starts[windows.vector] = element;
  limits[windows.vector] = element + 1;
  return SliceOp::create(b, indices, starts, limits, strides);
}

Value IndexChecker::buildNumber(Type type, int64_t number) {
  return arith::ConstantOp::create(b, b.getIntegerAttr(type, number));
}

Value IndexChecker::isEmpty(Value tensor) {
  Value empty = buildNumber(b.getI1Type(), 0);
  for (int64_t dim :
       llvm::seq(cast<RankedTensorType>(tensor.getType()).getRank())) {
    Value extent = getExtent(tensor, dim);
    empty = b.createOrFold<arith::OrIOp>(
        empty, b.createOrFold<arith::CmpIOp>(arith::CmpIPredicate::eq, extent,
                                             constant(0)));
  }
  return empty;
}

void IndexChecker::checkWindows(const IndexedWindows &windows, Value x,
                                Value indices,
                                function_ref<OpFoldResult(int64_t)> getSize) {
  bool isUnsigned = getElementTypeOrSelf(indices.getType()).isUnsignedInteger();
  for (auto [element, dimension] : llvm::enumerate(windows.indexed)) {
    Value elements = getElements(windows, indices, element);
    Value greatest = extractNumber(ReduceMaxOp::create(b, elements));
    // What is too large for 64 bits has become less than 0.
    Value least =
        isUnsigned ? greatest : extractNumber(ReduceMinOp::create(b, elements));
    // The maximum of no unsigned number is 0, and none of them is out of range.
    if (isUnsigned)
      greatest = arith::SelectOp::create(
          b, isEmpty(elements), buildNumber(greatest.getType(), -1), greatest);
    Value last = b.createOrFold<arith::SubIOp>(getExtent(x, dimension),
                                               toValue(getSize(dimension)));
    assertRange(least, greatest, toNumber(last), dimension);
  }
}

void IndexChecker::check(GatherOp gather) {
  if (gather.getOutOfRange() != OutOfRange::assume)
    return;
  checkWindows(gather.getWindows(), gather.getX(), gather.getIndices(),
               [&](int64_t dimension) -> OpFoldResult {
                 if (auto operand = gather.getSizeOperand(dimension))
                   return gather.getSizes()[*operand];
                 return getSliceSize(gather.getX(), gather.getSliceSizes(),
                                     dimension);
               });
}

void IndexChecker::check(ScatterOp scatter) {
  if (scatter.getOutOfRange() != OutOfRange::assume)
    return;
  IndexedWindows windows = scatter.getWindows();
  checkWindows(windows, scatter.getX(), scatter.getIndices(),
               [&](int64_t dimension) -> OpFoldResult {
                 if (auto offset = windows.getOffset(dimension))
                   return getExtent(scatter.getUpdates(), *offset);
                 return b.getIndexAttr(1);
               });
}

void IndexChecker::checkStarts(Value x, ValueRange starts,
                               function_ref<OpFoldResult(int64_t)> getSize) {
  for (auto [dimension, tensor] : llvm::enumerate(starts)) {
    Value start = extractNumber(tensor);
    Value last = b.createOrFold<arith::SubIOp>(getExtent(x, dimension),
                                               toValue(getSize(dimension)));
    assertRange(start, start, toNumber(last), dimension);
  }
}

void IndexChecker::check(DynamicSliceOp slice) {
  if (slice.getOutOfRange() != OutOfRange::assume)
    return;
  checkStarts(slice.getX(), slice.getStarts(), [&](int64_t dimension) {
    return getSliceSize(slice.getX(), slice.getSliceSizes(), dimension);
  });
}

void IndexChecker::check(DynamicUpdateSliceOp update) {
  if (update.getOutOfRange() != OutOfRange::assume)
    return;
  checkStarts(update.getX(), update.getStarts(), [&](int64_t dimension) {
    return getExtent(update.getUpdate(), dimension);
  });
}

//===----------------------------------------------------------------------===//
// Upstream's operations
//===----------------------------------------------------------------------===//

void IndexChecker::checkElement(Value tensor, ValueRange indices) {
  for (auto [dimension, index] : llvm::enumerate(indices)) {
    Value last = b.createOrFold<arith::SubIOp>(getExtent(tensor, dimension),
                                               constant(1));
    assertRange(index, index, last, dimension);
  }
}

void IndexChecker::checkDimension(tensor::DimOp dim) {
  auto type = dyn_cast<RankedTensorType>(dim.getSource().getType());
  if (!type)
    return;
  Value index = dim.getIndex(), last = constant(type.getRank() - 1);
  buildCheck(b, isInRange(index, index, last), "index",
             "'tensor.dim' of a tensor of rank " + Twine(type.getRank()));
}

/// A part of `size` elements from `offset` on is inside where
///   0 <= size, 0 <= offset, size <= extent - offset
/// and, if elements are left out, (size - 1) * stride < extent - offset, which
/// is said by a division since the product may overflow.
void IndexChecker::checkPart(Value tensor,
                             OffsetSizeAndStrideOpInterface part) {
  Value zero = constant(0), one = constant(1);
  for (auto [dimension, offsetOrConstant, sizeOrConstant, strideOrConstant] :
       llvm::enumerate(part.getMixedOffsets(), part.getMixedSizes(),
                       part.getMixedStrides())) {
    Value offset = toValue(offsetOrConstant), size = toValue(sizeOrConstant);
    Value stride = toValue(strideOrConstant);
    Value room =
        b.createOrFold<arith::SubIOp>(getExtent(tensor, dimension), offset);
    if (isConstantIntValue(sizeOrConstant, 1)) {
      Value last =
          b.createOrFold<arith::SubIOp>(getExtent(tensor, dimension), one);
      assertRange(offset, offset, last, dimension);
      continue;
    }
    Value holds = both(both(isAtMost(zero, offset), isAtMost(zero, size)),
                       isAtMost(size, room));
    if (!isConstantIntValue(strideOrConstant, 1)) {
      Value steps = b.createOrFold<arith::MaxSIOp>(
          b.createOrFold<arith::SubIOp>(size, one), one);
      Value most = b.createOrFold<arith::DivSIOp>(
          b.createOrFold<arith::SubIOp>(room, one), steps);
      Value isShort = b.createOrFold<arith::OrIOp>(
          isAtMost(size, one),
          both(isAtMost(zero, stride), isAtMost(stride, most)));
      holds = both(holds, isShort);
    }
    assertInside(holds, dimension);
  }
}

void IndexChecker::checkSource(tensor::InsertSliceOp insert) {
  llvm::SmallBitVector dropped = insert.getDroppedDims();
  int64_t next = 0;
  for (auto [dimension, size] : llvm::enumerate(insert.getMixedSizes())) {
    if (dropped.test(dimension))
      continue;
    Value extent = getExtent(insert.getSource(), next++);
    assertInside(b.createOrFold<arith::CmpIOp>(arith::CmpIPredicate::eq, extent,
                                               toValue(size)),
                 dimension);
  }
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

static void checkIndices(Operation *op) {
  IndexChecker checker(op);
  llvm::TypeSwitch<Operation *>(op)
      .Case<GatherOp, ScatterOp, DynamicSliceOp, DynamicUpdateSliceOp>(
          [&](auto indexed) { checker.check(indexed); })
      .Case([&](tensor::ExtractOp extract) {
        checker.checkElement(extract.getTensor(), extract.getIndices());
      })
      .Case([&](tensor::InsertOp insert) {
        checker.checkElement(insert.getDest(), insert.getIndices());
      })
      .Case([&](tensor::DimOp dim) { checker.checkDimension(dim); })
      .Case([&](tensor::ExtractSliceOp extract) {
        checker.checkPart(extract.getSource(), extract);
      })
      .Case([&](tensor::InsertSliceOp insert) {
        checker.checkPart(insert.getDest(), insert);
        checker.checkSource(insert);
      });
}

namespace {
struct CheckIndicesPass : atled::impl::CheckIndicesPassBase<CheckIndicesPass> {
  void runOnOperation() override {
    // What is built reads numbers out of tensors itself.
    SmallVector<Operation *> ops;
    getOperation()->walk([&](Operation *op) {
      if (runsInOrder(op))
        ops.push_back(op);
    });
    llvm::for_each(ops, checkIndices);
  }
};
} // namespace
