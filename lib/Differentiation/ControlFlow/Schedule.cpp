//===- Schedule.cpp - Where to keep the next snapshot ---------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Iterations are gone back through from the last one, each from what it begins
// with; that is computed from the last snapshot before it. Let b(s, r) =
// (s + r)! / (s! r!). With s snapshots, the one at the start among them, and no
// iteration run more than r times before its way back, one gets through at most
// b(s, r) of them. So r is the least number with n <= b(s, r). The next
// snapshot is placed so that both parts are within their reach: the first, for
// which all snapshots will be free again, with r - 1 runs, the second with s -
// 1 snapshots; and so that neither part needs fewer. Then the number of runs is
// the least (Griewank and Walther: Algorithm 799: revolve, 2000).
//
//===----------------------------------------------------------------------===//

#include "Schedule.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

using namespace atled;

namespace {
/// Positive numbers.
class IndexBuilder {
public:
  explicit IndexBuilder(ImplicitLocOpBuilder &b) : b(b) {}

  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(b, value);
  }
  Value add(Value lhs, Value rhs) { return arith::AddIOp::create(b, lhs, rhs); }
  Value sub(Value lhs, Value rhs) { return arith::SubIOp::create(b, lhs, rhs); }
  Value max(Value lhs, Value rhs) {
    return arith::MaxSIOp::create(b, lhs, rhs);
  }
  Value min(Value lhs, Value rhs) {
    return arith::MinSIOp::create(b, lhs, rhs);
  }
  /// `value * numerator / denominator`, which is whole.
  Value scale(Value value, Value numerator, Value denominator) {
    return arith::DivUIOp::create(b, arith::MulIOp::create(b, value, numerator),
                                  denominator);
  }

private:
  ImplicitLocOpBuilder &b;
};
} // namespace

/// Builds the least r with `length` <= b(s, r), and b(s, r - 1).
static std::pair<Value, Value> buildRuns(ImplicitLocOpBuilder &b, Value length,
                                         Value s) {
  IndexBuilder index(b);
  Value one = index.constant(1);
  SmallVector<Value> inits = {one, one, index.add(s, one)};
  auto loop = scf::WhileOp::create(
      b, ValueRange(inits).getTypes(), inits,
      [&](OpBuilder &inner, Location location, ValueRange values) {
        Value goes = arith::CmpIOp::create(
            inner, location, arith::CmpIPredicate::slt, values[2], length);
        scf::ConditionOp::create(inner, location, goes, values);
      },
      [&](OpBuilder &inner, Location location, ValueRange values) {
        ImplicitLocOpBuilder c(location, inner);
        IndexBuilder index(c);
        Value r = index.add(values[0], one);
        Value next = index.scale(values[2], index.add(s, r), r);
        scf::YieldOp::create(inner, location, ValueRange{r, values[2], next});
      });
  return {loop.getResult(0), loop.getResult(1)};
}

static Value buildDistance(ImplicitLocOpBuilder &b, Value length, Value room) {
  IndexBuilder index(b);
  Value one = index.constant(1);
  Value s = index.add(room, one);
  // b(s, r - 1), and from it b(s, r - 2), b(s - 1, r - 1), b(s - 1, r).
  auto [r, mostFirst] = buildRuns(b, length, s);
  Value last = index.sub(index.add(s, r), one);
  Value leastFirst = index.scale(mostFirst, index.sub(r, one), last);
  Value leastSecond = index.scale(mostFirst, s, last);
  Value mostSecond = index.scale(leastSecond, last, r);
  Value first = index.max(leastFirst, index.sub(length, mostSecond));
  return index.min(index.max(first, one), index.sub(length, one));
}

func::FuncOp atled::getSnapshotDistance(DerivedFunctions &functions) {
  MLIRContext *context = functions.getModule().getContext();
  Type type = IndexType::get(context);
  return functions.getShared(
      "ad.snapshot_distance", FunctionType::get(context, {type, type}, type),
      [](OpBuilder &builder, func::FuncOp function) {
        ImplicitLocOpBuilder b(function.getLoc(), builder);
        Value distance =
            buildDistance(b, function.getArgument(0), function.getArgument(1));
        func::ReturnOp::create(b, distance);
      });
}
