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
#include "Patterns.h"
#include "ScalarBuilder.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "atled/Dialect/Special/IR/Special.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include <limits>

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

/// Ordered, so false for NaN; but `ne` is the negation of `eq`.
static Value compareFloats(ScalarBuilder &b, CompareOp op, Value lhs,
                           Value rhs) {
  auto predicate = [&] {
    switch (op.getPredicate()) {
    case Predicate::eq:
      return arith::CmpFPredicate::OEQ;
    case Predicate::ne:
      return arith::CmpFPredicate::UNE;
    case Predicate::lt:
      return arith::CmpFPredicate::OLT;
    case Predicate::le:
      return arith::CmpFPredicate::OLE;
    case Predicate::gt:
      return arith::CmpFPredicate::OGT;
    case Predicate::ge:
      return arith::CmpFPredicate::OGE;
    }
    llvm_unreachable("unknown predicate");
  };
  return arith::CmpFOp::create(b, predicate(), lhs, rhs);
}

static Value compareSigned(ScalarBuilder &b, CompareOp op, Value lhs,
                           Value rhs) {
  auto predicate = [&] {
    switch (op.getPredicate()) {
    case Predicate::eq:
      return arith::CmpIPredicate::eq;
    case Predicate::ne:
      return arith::CmpIPredicate::ne;
    case Predicate::lt:
      return arith::CmpIPredicate::slt;
    case Predicate::le:
      return arith::CmpIPredicate::sle;
    case Predicate::gt:
      return arith::CmpIPredicate::sgt;
    case Predicate::ge:
      return arith::CmpIPredicate::sge;
    }
    llvm_unreachable("unknown predicate");
  };
  return arith::CmpIOp::create(b, predicate(), lhs, rhs);
}

static Value compareUnsigned(ScalarBuilder &b, CompareOp op, Value lhs,
                             Value rhs) {
  auto predicate = [&] {
    switch (op.getPredicate()) {
    case Predicate::eq:
      return arith::CmpIPredicate::eq;
    case Predicate::ne:
      return arith::CmpIPredicate::ne;
    case Predicate::lt:
      return arith::CmpIPredicate::ult;
    case Predicate::le:
      return arith::CmpIPredicate::ule;
    case Predicate::gt:
      return arith::CmpIPredicate::ugt;
    case Predicate::ge:
      return arith::CmpIPredicate::uge;
    }
    llvm_unreachable("unknown predicate");
  };
  return arith::CmpIOp::create(b, predicate(), lhs, rhs);
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

/// √(x² + y²) of f64, of both scaled by a power of two so that no square that
/// counts over- or underflows. What is infinite stays so beside NaN.
static Value hypotenuse64(ScalarBuilder &b, Value x, Value y) {
  auto number = [&](double value) {
    return b.literal(APFloat(value), x.getType());
  };
  auto isGreater = [&](Value lhs, Value rhs) {
    return arith::CmpFOp::create(b, arith::CmpFPredicate::OGT, lhs, rhs);
  };
  x = math::AbsFOp::create(b, x);
  y = math::AbsFOp::create(b, y);
  Value greater = arith::MaximumFOp::create(b, x, y);
  Value isLarge = isGreater(greater, number(0x1p500));
  Value isSmall = isGreater(number(0x1p-500), greater);
  auto chooseScale = [&](double large, double small) -> Value {
    Value scale = arith::SelectOp::create(b, isSmall, number(small), number(1));
    return arith::SelectOp::create(b, isLarge, number(large), scale);
  };
  Value scale = chooseScale(0x1p-600, 0x1p600);
  Value back = chooseScale(0x1p600, 0x1p-600);
  auto square = [&](Value value) {
    Value scaled = arith::MulFOp::create(b, value, scale);
    return arith::MulFOp::create(b, scaled, scaled);
  };
  Value sum = arith::AddFOp::create(b, square(x), square(y));
  Value root = math::SqrtOp::create(b, sum);
  Value result = arith::MulFOp::create(b, root, back);
  Value infinity = number(std::numeric_limits<double>::infinity());
  for (Value operand : {x, y})
    result = arith::SelectOp::create(
        b,
        arith::CmpFOp::create(b, arith::CmpFPredicate::OEQ, operand, infinity),
        infinity, result);
  return result;
}

/// In f64 no square of an f32 over- or underflows, but what is infinite has to
/// stay so, too.
static Value hypotenuse(ScalarBuilder &b, HypotOp, Value x, Value y) {
  if (b.getType().isF64())
    return hypotenuse64(b, x, y);
  Type f64 = b.getF64Type();
  Value result = hypotenuse64(b, arith::ExtFOp::create(b, f64, x),
                              arith::ExtFOp::create(b, f64, y));
  return arith::TruncFOp::create(b, b.getType(), result);
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

/// x Φ(x), Φ(x) = erfc(-x / √2) / 2; or x / (1 + exp(-2 u)), which is the form
/// with tanh. Beyond -100 it is 0, which -inf is no factor of.
static Value gelu64(ScalarBuilder &b, GeluForm form, Value x) {
  auto number = [&](double value) {
    return b.literal(APFloat(value), x.getType());
  };
  auto multiply = [&](Value lhs, Value rhs) -> Value {
    return arith::MulFOp::create(b, lhs, rhs);
  };
  Value limited = arith::MaximumFOp::create(b, x, number(-100));
  if (form == GeluForm::exact) {
    Value argument = multiply(number(-0.70710678118654752440), limited);
    return multiply(multiply(number(0.5), limited),
                    math::ErfcOp::create(b, argument));
  }
  constexpr double slope = -1.5957691216057307118;
  Value cubic = multiply(number(slope * 0.044715), multiply(limited, limited));
  Value u = multiply(limited, arith::AddFOp::create(b, number(slope), cubic));
  Value sum = arith::AddFOp::create(b, number(1), math::ExpOp::create(b, u));
  return arith::DivFOp::create(b, limited, sum);
}

/// What an f64 loses in the argument of erfc or exp, an f32 does not see.
static Value gelu(ScalarBuilder &b, GeluOp op, Value x) {
  if (b.getType().isF64())
    return gelu64(b, op.getForm(), x);
  Value wide = arith::ExtFOp::create(b, b.getF64Type(), x);
  return arith::TruncFOp::create(b, b.getType(), gelu64(b, op.getForm(), wide));
}

static Value polygamma(ScalarBuilder &b, PolygammaOp op, Value x) {
  if (op.getOrder() == 0)
    return special::DigammaOp::create(b, x);
  return special::PolygammaOp::create(b, x, op.getOrder());
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
