//===- SizeArithmetic.cpp - Sizes that overflow ---------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a caller says is at most ATLED_MAX_DIM, so few results can be too large
// for 64 bits. Each that can is looked at: then all are at most 2^62, and the
// sum of two does not overflow.
//
//===----------------------------------------------------------------------===//

#include "SizeArithmetic.h"
#include "atled/atled.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Affine/Utils.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/MathExtras.h"

using namespace atled;

/// What nothing exceeds, in magnitude, that has been looked at.
static constexpr uint64_t kMost = uint64_t(1) << 62;

namespace {
class OverflowGuard {
public:
  explicit OverflowGuard(func::FuncOp companion)
      : companion(companion), block(companion.getBody().front()),
        b(companion.getLoc(), block.getTerminator()) {}

  void run() {
    expandMaps();
    holds = block.getTerminator()->getOperand(0);
    // What is looked at is computed behind.
    SmallVector<Operation *> ops(
        llvm::make_pointer_range(block.without_terminator()));
    for (Operation *op : ops)
      for (Value result : op->getResults())
        if (result.getType().isIndex())
          bound(result);
    block.getTerminator()->setOperand(0, holds);
  }

private:
  /// Makes sums and products of what affine maps compute.
  void expandMaps();
  /// Finds out how large `value` may be in magnitude, and sees to it that this
  /// is at most 2^62.
  void bound(Value value);
  /// At most so large, saturated.
  uint64_t computeBound(Value value);
  uint64_t getBound(Value value) { return bounds.lookup(value); }
  void require(Value condition) {
    holds = arith::AndIOp::create(b, holds, condition);
  }
  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(b, value);
  }

  func::FuncOp companion;
  Block &block;
  ImplicitLocOpBuilder b;
  Value holds;
  DenseMap<Value, uint64_t> bounds;
};
} // namespace

void OverflowGuard::expandMaps() {
  for (auto apply :
       llvm::make_early_inc_range(block.getOps<affine::AffineApplyOp>())) {
    OpBuilder builder(apply);
    auto values = affine::expandAffineMap(
        builder, apply.getLoc(), apply.getAffineMap(), apply.getMapOperands());
    apply.replaceAllUsesWith(values->front());
    apply.erase();
  }
  for (BlockArgument argument : block.getArguments())
    bounds[argument] = ATLED_MAX_DIM;
}

uint64_t OverflowGuard::computeBound(Value value) {
  if (std::optional<int64_t> number = getConstantIntValue(value))
    return std::min(llvm::AbsoluteValue(*number), kMost);
  auto operand = [&](unsigned index) {
    return getBound(value.getDefiningOp()->getOperand(index));
  };
  return TypeSwitch<Operation *, uint64_t>(value.getDefiningOp())
      .Case<arith::AddIOp, arith::SubIOp>(
          [&](Operation *) { return operand(0) + operand(1); })
      .Case([&](arith::MulIOp) {
        return llvm::SaturatingMultiply(operand(0), operand(1));
      })
      .Case([&](arith::SelectOp) { return std::max(operand(1), operand(2)); })
      .Case<arith::MaxSIOp, arith::MinSIOp>(
          [&](Operation *) { return std::max(operand(0), operand(1)); })
      .Case<arith::DivSIOp, arith::FloorDivSIOp, arith::CeilDivSIOp>(
          [&](Operation *) { return operand(0); })
      .Case([&](arith::RemSIOp) { return operand(1); })
      // The companion of the first half of a derivative has looked at these.
      .Case([&](func::CallOp) { return kMost; })
      .Default([](Operation *) { return ~uint64_t(0); });
}

void OverflowGuard::bound(Value value) {
  uint64_t most = computeBound(value);
  bounds[value] = std::min(most, kMost);
  if (most <= kMost)
    return;
  if (auto product = value.getDefiningOp<arith::MulIOp>()) {
    // Upstream folds the product of an index and 1 to operations that are none
    // of indices.
    auto toInteger = [&](Value index) {
      return arith::IndexCastOp::create(b, b.getI64Type(), index);
    };
    auto whole = arith::MulSIExtendedOp::create(b, toInteger(product.getLhs()),
                                                toInteger(product.getRhs()));
    Value sign = arith::ShRSIOp::create(
        b, whole.getLow(), arith::ConstantIntOp::create(b, 63, /*width=*/64));
    require(arith::CmpIOp::create(b, arith::CmpIPredicate::eq, whole.getHigh(),
                                  sign));
  }
  Value shifted = arith::AddIOp::create(b, value, constant(kMost));
  require(arith::CmpIOp::create(b, arith::CmpIPredicate::ule, shifted,
                                constant(int64_t(kMost << 1))));
}

void atled::guardOverflow(func::FuncOp companion) {
  OverflowGuard(companion).run();
}
