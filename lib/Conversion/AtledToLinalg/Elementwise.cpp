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

/// x / (1 + e^-w), where w is `high`, or a sum with `low`. Far out on the left,
/// where the sum is e^-w and overflows before the quotient is 0, it is
/// x e^-86 / e^-(w + 86).
static Value timesLogistic(ScalarBuilder &b, Value x, Value high,
                           Value low = {}) {
  auto number = [&](double value) {
    return arith::ConstantOp::create(b, b.getFloatAttr(x.getType(), value));
  };
  Value isFar =
      arith::CmpFOp::create(b, arith::CmpFPredicate::OLT, high, number(-86));
  auto choose = [&](double far, double near) -> Value {
    return arith::SelectOp::create(b, isFar, number(far), number(near));
  };
  Value power =
      math::ExpOp::create(b, arith::SubFOp::create(b, choose(-86, 0), high));
  if (low)
    power =
        arith::SubFOp::create(b, power, arith::MulFOp::create(b, power, low));
  return arith::DivFOp::create(
      b, arith::MulFOp::create(b, x, choose(0x1.e726c3f64d0fep-125, 1)),
      arith::AddFOp::create(b, choose(0, 1), power));
}

/// Beyond -1000 it is 0, which -inf is no factor of.
static Value silu(ScalarBuilder &b, SiluOp, Value x) {
  Value least =
      arith::ConstantOp::create(b, b.getFloatAttr(x.getType(), -1000));
  Value limited = arith::MaximumFOp::create(b, x, least);
  return timesLogistic(b, limited, limited);
}

namespace {
/// A number of f64 as a sum of two.
struct Parts {
  Value high, low;
};

/// Formulas of f64 that keep what their sums and products lose to rounding.
class PreciseBuilder {
public:
  explicit PreciseBuilder(ScalarBuilder &b) : b(b) {}

  Value number(double value) const {
    return b.literal(APFloat(value), b.getF64Type());
  }
  Value add(Value x, Value y) const { return arith::AddFOp::create(b, x, y); }
  Value subtract(Value x, Value y) const {
    return arith::SubFOp::create(b, x, y);
  }
  Value multiply(Value x, Value y) const {
    return arith::MulFOp::create(b, x, y);
  }

  /// x y (Dekker).
  Parts multiplyExactly(Value x, Value y) const;
  /// x + y (Knuth).
  Parts addExactly(Value x, Value y) const;

private:
  Parts split(Value x) const;

  ScalarBuilder &b;
};
} // namespace

/// x as a number of 26 digits and what remains.
Parts PreciseBuilder::split(Value x) const {
  Type i64 = b.getI64Type();
  Value bits = arith::AndIOp::create(b, arith::BitcastOp::create(b, i64, x),
                                     b.literal(-(int64_t(1) << 27), i64));
  Value high = arith::BitcastOp::create(b, b.getF64Type(), bits);
  return {high, subtract(x, high)};
}

Parts PreciseBuilder::multiplyExactly(Value x, Value y) const {
  Parts u = split(x), v = split(y);
  Value product = multiply(x, y);
  Value rest = subtract(multiply(u.high, v.high), product);
  rest = add(rest, multiply(u.high, v.low));
  rest = add(rest, multiply(u.low, v.high));
  return {product, add(rest, multiply(u.low, v.low))};
}

Parts PreciseBuilder::addExactly(Value x, Value y) const {
  Value sum = add(x, y), part = subtract(sum, x);
  Value rest = subtract(x, subtract(sum, part));
  return {sum, add(rest, subtract(y, part))};
}

/// x Φ(x), Φ(x) = erfc(t) / 2 and t = -x / √2, which is 0 left of -100 and x
/// right of 100. An ulp of t is 2 t² of erfc: what rounding t loses comes in by
/// the slope of log erfc, which is, as closely as is needed, -(t + √(t² + 2)).
static Value geluExact(PreciseBuilder p, ScalarBuilder &b, Value x,
                       bool isPrecise) {
  x = arith::MaximumFOp::create(b, x, p.number(-100));
  Value bounded = arith::MinimumFOp::create(b, x, p.number(100));
  Value factor = p.number(-0.70710678118654752440);
  Parts t = p.multiplyExactly(factor, bounded);
  Value complement = math::ErfcOp::create(b, t.high);
  if (isPrecise) {
    Value lost =
        p.add(t.low, p.multiply(p.number(0x1.bdd3413b26456p-55), bounded));
    Value root =
        math::SqrtOp::create(b, p.add(p.multiply(t.high, t.high), p.number(2)));
    Value change = p.multiply(lost, p.add(t.high, root));
    complement = p.subtract(complement, p.multiply(complement, change));
  }
  return p.multiply(p.multiply(p.number(0.5), x), complement);
}

/// x / (1 + e^-u), u = 2 √(2/π) (x + 0.044715 x³), which is 0 left of -21.6 and
/// x right of 100. An ulp of u is |u| of the exponential.
static Value geluTanh(PreciseBuilder p, ScalarBuilder &b, Value x,
                      bool isPrecise) {
  x = arith::MaximumFOp::create(b, x, p.number(-21.6));
  Value bounded = arith::MinimumFOp::create(b, x, p.number(100));
  Value slope = p.number(1.5957691216057308);
  Value cubic = p.number(0.07135481627260025);
  if (!isPrecise) {
    Value term = p.multiply(cubic, p.multiply(bounded, bounded));
    Value u = p.multiply(bounded, p.add(slope, term));
    Value power = math::ExpOp::create(b, arith::NegFOp::create(b, u));
    return arith::DivFOp::create(b, x, p.add(p.number(1), power));
  }
  Parts square = p.multiplyExactly(bounded, bounded);
  Parts term = p.multiplyExactly(cubic, square.high);
  Parts sum = p.addExactly(slope, term.high);
  Parts u = p.multiplyExactly(bounded, sum.high);
  // What the two numbers are more than their constants, too.
  Value low = p.add(sum.low, p.number(-9.96930880911092e-17));
  low = p.add(low, p.add(term.low, p.multiply(cubic, square.low)));
  low = p.add(low, p.multiply(p.number(-6.175149918155315e-19), square.high));
  return timesLogistic(b, x, u.high, p.add(u.low, p.multiply(bounded, low)));
}

/// What an f64 loses in the argument of erfc or exp, an f32 does not see.
static Value gelu(ScalarBuilder &b, GeluOp op, Value x) {
  PreciseBuilder p(b);
  auto compute = op.getForm() == GeluForm::exact ? geluExact : geluTanh;
  if (b.getType().isF64())
    return compute(p, b, x, /*isPrecise=*/true);
  Value wide = arith::ExtFOp::create(b, b.getF64Type(), x);
  return arith::TruncFOp::create(b, b.getType(),
                                 compute(p, b, wide, /*isPrecise=*/false));
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
