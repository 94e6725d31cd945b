//===- Scan.cpp - Rules of scans ------------------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The derivatives of all scans are linear recurrences: forward in the direction
// of the scan, back in the other one.
//
//===----------------------------------------------------------------------===//

#include "RuleFunctions.h"
#include "TensorBuilders.h"
#include <limits>

using namespace atled;

static constexpr double infinity = std::numeric_limits<double>::infinity();

/// For each element of `values` its neighbour: the one that the scan `op` has
/// come from, or, if `behind`, goes to; `edge` where there is none.
template <typename OpTy>
static Value buildNeighbours(RuleBuilder &builder, OpTy op, Value values,
                             double edge, bool behind = false) {
  RankedTensorType type = getTensorType(values);
  if (type.getDimSize(op.getDimension()) == 0)
    return values;
  Value fill = ConstantOp::create(
      builder, RankedTensorType::get({}, type.getElementType()), edge);
  SmallVector<int64_t> low(type.getRank(), 0), high(low), interior(low);
  low[op.getDimension()] = op.getReverse() == behind ? 1 : -1;
  high[op.getDimension()] = -low[op.getDimension()];
  return PadOp::create(builder, values, fill, low, high, interior);
}

//===----------------------------------------------------------------------===//
// cumsum, linear_recurrence
//===----------------------------------------------------------------------===//

Value atled::cumsumBack(RuleBuilder &builder, Value cotangent, CumSumOp op) {
  return CumSumOp::create(builder, cotangent, op.getDimension(),
                          !op.getReverse(), op.getExclusive());
}

/// The tangent of a scan of which each element passes `factors` of its tangent
/// on to the next, and gets `tangent` itself.
template <typename OpTy>
static Value buildTangentScan(RuleBuilder &builder, OpTy op, Value factors,
                              Value tangent) {
  return LinearRecurrenceOp::create(builder, factors, tangent,
                                    op.getDimension(), op.getReverse());
}

/// Its transpose.
template <typename OpTy>
static Value buildCotangentScan(RuleBuilder &builder, OpTy op, Value factors,
                                Value cotangent) {
  return LinearRecurrenceOp::create(
      builder, buildNeighbours(builder, op, factors, 0.0, /*behind=*/true),
      cotangent, op.getDimension(), !op.getReverse());
}

namespace {
struct LinearRecurrenceOpDerivative
    : DifferentiableOpInterface::ExternalModel<LinearRecurrenceOpDerivative,
                                               LinearRecurrenceOp> {
  DerivativeKind getDerivativeKind(Operation *, unsigned) const {
    return DerivativeKind::Exists;
  }

  LogicalResult buildTangents(Operation *operation, OpBuilder &base,
                              ArrayRef<Value> operandTangents,
                              MutableArrayRef<Value> resultTangents) const {
    auto op = cast<LinearRecurrenceOp>(operation);
    RuleBuilder builder(base, op);
    Value tangent = operandTangents[1];
    if (Value tangentOfA = operandTangents[0]) {
      Value before = buildNeighbours(builder, op, op.getResult(), 0.0);
      Value part = MulOp::create(builder, tangentOfA, before);
      tangent = tangent ? AddOp::create(builder, part, tangent) : part;
    }
    if (tangent)
      resultTangents[0] = buildTangentScan(builder, op, op.getA(), tangent);
    return builder.getStatus();
  }

  LogicalResult
  buildCotangents(Operation *operation, OpBuilder &base,
                  ArrayRef<Value> resultCotangents,
                  const llvm::SmallBitVector &wanted,
                  MutableArrayRef<Value> operandCotangents) const {
    auto op = cast<LinearRecurrenceOp>(operation);
    RuleBuilder builder(base, op);
    if (!resultCotangents[0])
      return success();
    Value all = buildCotangentScan(builder, op, op.getA(), resultCotangents[0]);
    if (wanted[0])
      operandCotangents[0] = MulOp::create(
          builder, all, buildNeighbours(builder, op, op.getResult(), 0.0));
    if (wanted[1])
      operandCotangents[1] = all;
    return builder.getStatus();
  }
};
} // namespace

//===----------------------------------------------------------------------===//
// Scans of one operand
//===----------------------------------------------------------------------===//

namespace {
/// How tangents pass through a scan: each element passes `factors` of what it
/// has on to the next, takes `shares` of the tangent of its operand, and gives
/// `parts` of what it has then to its result, all of it if that is null.
struct Passing {
  Value factors, shares, parts;
};

/// An exclusive scan is the scan of the neighbours before, the first of which
/// is `Model::nothing`: so the element that no result depends on takes no part,
/// not even if it is NaN. Models see that scan, of `x`.
///
/// All is computed in f32 at least: a recurrence of factors that are rounded to
/// f16 or bf16 drifts.
template <typename Model, typename OpTy>
struct ScanDerivative : DifferentiableOpInterface::ExternalModel<Model, OpTy> {
  DerivativeKind getDerivativeKind(Operation *, unsigned) const {
    return DerivativeKind::Exists;
  }

  LogicalResult buildTangents(Operation *operation, OpBuilder &base,
                              ArrayRef<Value> operandTangents,
                              MutableArrayRef<Value> resultTangents) const {
    auto op = cast<OpTy>(operation);
    RuleBuilder builder(base, op);
    if (!operandTangents[0])
      return success();
    Passing passing = buildPassing(builder, op);
    Value tangent = widen(builder, operandTangents[0]);
    if (op.getExclusive())
      tangent = buildNeighbours(builder, op, tangent, 0.0);
    Value taken = MulOp::create(builder, passing.shares, tangent);
    Value all =
        scale(builder, buildTangentScan(builder, op, passing.factors, taken),
              passing.parts);
    resultTangents[0] = roundLike(builder, all, op.getResult());
    return builder.getStatus();
  }

  LogicalResult
  buildCotangents(Operation *operation, OpBuilder &base,
                  ArrayRef<Value> resultCotangents,
                  const llvm::SmallBitVector &wanted,
                  MutableArrayRef<Value> operandCotangents) const {
    auto op = cast<OpTy>(operation);
    RuleBuilder builder(base, op);
    if (!resultCotangents[0] || !wanted[0])
      return success();
    Passing passing = buildPassing(builder, op);
    Value given =
        scale(builder, widen(builder, resultCotangents[0]), passing.parts);
    Value all =
        MulOp::create(builder, passing.shares,
                      buildCotangentScan(builder, op, passing.factors, given));
    if (op.getExclusive())
      all = buildNeighbours(builder, op, all, 0.0, /*behind=*/true);
    operandCotangents[0] = roundLike(builder, all, op.getX());
    return builder.getStatus();
  }

private:
  static Passing buildPassing(RuleBuilder &builder, OpTy op) {
    Value x = widen(builder, op.getX());
    if (op.getExclusive())
      x = buildNeighbours(builder, op, x, Model::nothing);
    return Model::buildPassing(builder, op, x);
  }

  static Value scale(RuleBuilder &builder, Value value, Value parts) {
    return parts ? MulOp::create(builder, value, parts).getResult() : value;
  }
};

struct CumProdOpDerivative : ScanDerivative<CumProdOpDerivative, CumProdOp> {
  static constexpr double nothing = 1.0;

  static Passing buildPassing(RuleBuilder &builder, CumProdOp op, Value x) {
    // In f32 a product counts that f16 does not hold.
    Value products = op.getResult();
    if (x.getType() != products.getType())
      products = CumProdOp::create(builder, x, op.getDimension(),
                                   op.getReverse(), /*exclusive=*/false);
    // The first has nothing to multiply, not even if it is infinite.
    Value behind = buildNeighbours(builder, op, x, 0.0, true);
    if (op.getExclusive()) // It stands behind what is put before it.
      behind = buildNeighbours(
          builder, op, buildNeighbours(builder, op, behind, 0.0, true), 0.0);
    return {buildNeighbours(builder, op, behind, 0.0),
            buildNeighbours(builder, op, products, 1.0),
            {}};
  }
};

/// What attains the extremum so far shares evenly; a new one takes all.
template <typename Model, typename OpTy>
struct ExtremumDerivative : ScanDerivative<Model, OpTy> {
  static Passing buildPassing(RuleBuilder &builder, OpTy op, Value x) {
    Value y = widen(builder, op.getResult());
    Value one = splatLike(builder, 1.0, y);
    Value attains = buildContenders(builder, x, y);
    Value goesOn =
        buildContenders(builder, buildNeighbours(builder, op, y, 0.0), y);
    Value count = buildTangentScan(builder, op, goesOn, attains);
    Value share =
        DivOp::create(builder, one, MaximumOp::create(builder, count, one));
    return {goesOn, attains, share};
  }
};

/// What stands before the first attains no extremum of nothing.
struct CumMaxOpDerivative : ExtremumDerivative<CumMaxOpDerivative, CumMaxOp> {
  static constexpr double nothing = infinity;
};
struct CumMinOpDerivative : ExtremumDerivative<CumMinOpDerivative, CumMinOp> {
  static constexpr double nothing = -infinity;
};

/// With the greatest element so far, m, and the sum so far, S, of exp(x - m):
/// an element has the share exp(x - m) / S, and exp(m' - m) S' / S remains of
/// what was before it. The result, which is large where m is, would lose
/// digits.
struct CumLogSumExpOpDerivative
    : ScanDerivative<CumLogSumExpOpDerivative, CumLogSumExpOp> {
  static constexpr double nothing = -infinity;

  static Passing buildPassing(RuleBuilder &builder, CumLogSumExpOp op,
                              Value x) {
    Value zero = splatLike(builder, 0.0, x);

    // Any number near the maximum will do for m. Rounded down, it has the
    // derivative 0, as what cancels should.
    Value m = FloorOp::create(
        builder, CumMaxOp::create(builder, x, op.getDimension(),
                                  op.getReverse(), /*exclusive=*/false));
    Value before = buildNeighbours(builder, op, m, -infinity);
    Value remains = ExpOp::create(
        builder,
        SelectOp::create(builder,
                         CompareOp::create(builder, Predicate::eq, before, m),
                         zero, SubOp::create(builder, before, m)));
    Value part = buildPart(builder, x, m);
    Value sum = buildTangentScan(builder, op, remains, part);
    Value sumBefore = buildNeighbours(builder, op, sum, 0.0);
    Value factors =
        DivOp::create(builder, MulOp::create(builder, remains, sumBefore), sum);
    // As long as there is nothing, nothing has a share.
    Value isNothing = CompareOp::create(builder, Predicate::eq, m,
                                        splatLike(builder, nothing, x));
    Value shares = SelectOp::create(builder, isNothing, zero,
                                    DivOp::create(builder, part, sum));
    return {factors, shares, {}};
  }

private:
  /// exp(x - m). Where m is infinite, 1 for what is infinite, too, and 0 for
  /// the rest: without a difference there, whose derivative would be NaN.
  static Value buildPart(RuleBuilder &builder, Value x, Value m) {
    Value zero = splatLike(builder, 0.0, x), one = splatLike(builder, 1.0, x);
    Value isFinite = IsFiniteOp::create(builder, m);
    Value difference =
        SubOp::create(builder, SelectOp::create(builder, isFinite, x, zero),
                      SelectOp::create(builder, isFinite, m, zero));
    Value isGreatest = CompareOp::create(builder, Predicate::eq, x, m);
    return SelectOp::create(builder, isFinite,
                            ExpOp::create(builder, difference),
                            SelectOp::create(builder, isGreatest, one, zero));
  }
};
} // namespace

void atled::attachScanRules(MLIRContext *context) {
  LinearRecurrenceOp::attachInterface<LinearRecurrenceOpDerivative>(*context);
  CumProdOp::attachInterface<CumProdOpDerivative>(*context);
  CumMaxOp::attachInterface<CumMaxOpDerivative>(*context);
  CumMinOp::attachInterface<CumMinOpDerivative>(*context);
  CumLogSumExpOp::attachInterface<CumLogSumExpOpDerivative>(*context);
}
