//===- Elementwise.cpp - Elementwise operations to linalg -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every elementwise operation becomes one linalg.generic over its shape, whose
// body is the row of the operation in Elementwise.td. Here are the parts of
// rows that are no dag, and the pattern.
//
//===----------------------------------------------------------------------===//

#include "Extents.h"
#include "FloatFormulas.h"
#include "Patterns.h"
#include "ScalarBuilder.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "atled/Dialect/Special/IR/Special.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// Functions that rows name
//===----------------------------------------------------------------------===//

static Value unchanged(ScalarBuilder &, Operation *, Value x) { return x; }

static Value isLiteral(ScalarBuilder &b, Value x, int64_t number) {
  return arith::CmpIOp::create(b, arith::CmpIPredicate::eq, x,
                               b.literal(number));
}

/// A divisor that does not trap: 1 where `isSpecial`.
static Value replaceDivisor(ScalarBuilder &b, Value isSpecial, Value divisor) {
  return arith::SelectOp::create(b, isSpecial, b.literal(1), divisor);
}

/// x / 0 is all ones.
static Value divideUnsigned(ScalarBuilder &b, DivOp, Value lhs, Value rhs) {
  Value byZero = isLiteral(b, rhs, 0);
  Value quotient =
      arith::DivUIOp::create(b, lhs, replaceDivisor(b, byZero, rhs));
  return arith::SelectOp::create(b, byZero, b.literal(-1), quotient);
}

/// x / 0 is -1. MIN / -1 is MIN: x / -1 is -x, which wraps.
static Value divideSigned(ScalarBuilder &b, DivOp, Value lhs, Value rhs) {
  Value byZero = isLiteral(b, rhs, 0), byMinusOne = isLiteral(b, rhs, -1);
  Value special = arith::OrIOp::create(b, byZero, byMinusOne);
  Value quotient =
      arith::DivSIOp::create(b, lhs, replaceDivisor(b, special, rhs));
  Value negated = arith::SubIOp::create(b, b.literal(0), lhs);
  quotient = arith::SelectOp::create(b, byMinusOne, negated, quotient);
  return arith::SelectOp::create(b, byZero, b.literal(-1), quotient);
}

namespace {
/// What a predicate is called on each kind of element.
struct KindPredicates {
  arith::CmpFPredicate onFloats;
  arith::CmpIPredicate onSigned, onUnsigned;
};
} // namespace

/// Of floats they are ordered, so false for NaN; but `ne` is the negation of
/// `eq`.
static KindPredicates getPredicates(CompareOp op) {
  using F = arith::CmpFPredicate;
  using I = arith::CmpIPredicate;
  switch (op.getPredicate()) {
  case Predicate::eq:
    return {F::OEQ, I::eq, I::eq};
  case Predicate::ne:
    return {F::UNE, I::ne, I::ne};
  case Predicate::lt:
    return {F::OLT, I::slt, I::ult};
  case Predicate::le:
    return {F::OLE, I::sle, I::ule};
  case Predicate::gt:
    return {F::OGT, I::sgt, I::ugt};
  case Predicate::ge:
    return {F::OGE, I::sge, I::uge};
  }
  llvm_unreachable("unknown predicate");
}

static Value compareFloats(ScalarBuilder &b, CompareOp op, Value lhs,
                           Value rhs) {
  return arith::CmpFOp::create(b, getPredicates(op).onFloats, lhs, rhs);
}

static Value compareSigned(ScalarBuilder &b, CompareOp op, Value lhs,
                           Value rhs) {
  return arith::CmpIOp::create(b, getPredicates(op).onSigned, lhs, rhs);
}

static Value compareUnsigned(ScalarBuilder &b, CompareOp op, Value lhs,
                             Value rhs) {
  return arith::CmpIOp::create(b, getPredicates(op).onUnsigned, lhs, rhs);
}

static Value roundToNearest(ScalarBuilder &b, RoundOp op, Value x) {
  if (op.getHalfway() == Halfway::away)
    return math::RoundOp::create(b, x);
  return math::RoundEvenOp::create(b, x);
}

/// x rem 0 is x.
static Value remainderUnsigned(ScalarBuilder &b, RemOp, Value lhs, Value rhs) {
  Value byZero = isLiteral(b, rhs, 0);
  Value rest = arith::RemUIOp::create(b, lhs, replaceDivisor(b, byZero, rhs));
  return arith::SelectOp::create(b, byZero, lhs, rest);
}

/// x rem 0 is x. MIN rem -1 is 0, as x rem 1 is.
static Value remainderSigned(ScalarBuilder &b, RemOp, Value lhs, Value rhs) {
  Value byZero = isLiteral(b, rhs, 0), byMinusOne = isLiteral(b, rhs, -1);
  Value special = arith::OrIOp::create(b, byZero, byMinusOne);
  Value rest = arith::RemSIOp::create(b, lhs, replaceDivisor(b, special, rhs));
  return arith::SelectOp::create(b, byZero, lhs, rest);
}

/// lhs shifted by rhs, which is unsigned; 0 where that is the width or more, by
/// which arith must not shift.
template <typename ShiftOp>
static Value shiftByAny(ScalarBuilder &b, Value lhs, Value rhs) {
  Value width = b.literal(b.getType().getIntOrFloatBitWidth());
  Value fits = arith::CmpIOp::create(b, arith::CmpIPredicate::ult, rhs, width);
  Value amount = arith::SelectOp::create(b, fits, rhs, b.literal(0));
  Value shifted = ShiftOp::create(b, lhs, amount);
  return arith::SelectOp::create(b, fits, shifted, b.literal(0));
}

static Value shiftLeft(ScalarBuilder &b, ShiftLeftOp, Value lhs, Value rhs) {
  return shiftByAny<arith::ShLIOp>(b, lhs, rhs);
}

static Value shiftRightLogical(ScalarBuilder &b, ShiftRightLogicalOp, Value lhs,
                               Value rhs) {
  return shiftByAny<arith::ShRUIOp>(b, lhs, rhs);
}

/// By one less than the width, all bits are the first already.
static Value shiftRightArithmetic(ScalarBuilder &b, ShiftRightArithmeticOp,
                                  Value lhs, Value rhs) {
  Value most = b.literal(b.getType().getIntOrFloatBitWidth() - 1);
  return arith::ShRSIOp::create(b, lhs, arith::MinUIOp::create(b, rhs, most));
}

static Value polygamma(ScalarBuilder &b, PolygammaOp op, Value x) {
  if (op.getOrder() == 0)
    return special::DigammaOp::create(b, x);
  return special::PolygammaOp::create(b, x, op.getOrder());
}

static Value gelu(ScalarBuilder &b, GeluOp op, Value x) {
  if (op.getForm() == GeluForm::tanh)
    return special::GeluTanhOp::create(b, x);
  return special::GeluOp::create(b, x);
}

static Value bitcast(ScalarBuilder &b, BitcastOp op, Value x) {
  Type type = getSignlessType(op.getType().getElementType());
  if (x.getType() == type)
    return x;
  return arith::BitcastOp::create(b, type, x);
}

static Value convert(ScalarBuilder &b, ConvertOp op, Value x) {
  return b.convert(x, op.getType().getElementType());
}

#define GET_SCALAR_LOWERINGS
#include "Elementwise.cpp.inc"

//===----------------------------------------------------------------------===//
// The pattern
//===----------------------------------------------------------------------===//

namespace {
/// Applies the row of `OpTy` in a loop over its shape. The last operand says
/// how elements are read: the first may be a predicate.
template <typename OpTy>
struct ElementwiseToLinalg : public OpConversionPattern<OpTy> {
  using OpConversionPattern<OpTy>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpTy op, typename OpTy::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type =
        this->getTypeConverter()->template convertType<RankedTensorType>(
            op.getType());
    if (!type)
      return rewriter.notifyMatchFailure(op, "result type cannot be converted");
    Location loc = op.getLoc();
    Value last = adaptor.getOperands().back();
    Type element = getElementTypeOrSelf(op->getOperands().back());
    Value init =
        createEmpty(rewriter, loc, Extents(rewriter, loc).of(last), type);

    AffineMap identity = rewriter.getMultiDimIdentityMap(type.getRank());
    SmallVector<AffineMap> maps(adaptor.getOperands().size() + 1, identity);
    SmallVector<utils::IteratorType> iterators(type.getRank(),
                                               utils::IteratorType::parallel);
    auto body = [&](OpBuilder &builder, Location loc, ValueRange arguments) {
      ScalarBuilder scalars(builder, loc, element);
      SmallVector<Value> elements(arguments.drop_back());
      // Bits are read as they are stored.
      if (!isa<BitcastOp>(op))
        for (Value &x : elements)
          x = scalars.widen(x);
      Value result = lowerScalar(op, scalars, elements);
      linalg::YieldOp::create(scalars,
                              scalars.narrow(result, type.getElementType()));
    };
    rewriter.replaceOpWithNewOp<linalg::GenericOp>(
        op, type, adaptor.getOperands(), init, maps, iterators, body);
    return success();
  }
};

template <typename... Ops>
void addElementwise(const TypeConverter &converter,
                    RewritePatternSet &patterns) {
  patterns.add<ElementwiseToLinalg<Ops>...>(converter, patterns.getContext());
}
} // namespace

void atled::populateElementwiseToLinalg(const TypeConverter &converter,
                                        RewritePatternSet &patterns) {
  addElementwise<
#define GET_SCALAR_LOWERING_OPS
#include "Elementwise.cpp.inc"
      >(converter, patterns);
}
