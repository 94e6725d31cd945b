//===- MathBuilder.cpp - Formulas as C++ expressions ----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Support/MathBuilder.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace atled;

Type MathValue::withElement(Type element) const {
  if (auto shapedType = dyn_cast<ShapedType>(value.getType()))
    return shapedType.clone(element);
  return element;
}

static TypedAttr splat(Type type, TypedAttr element) {
  if (auto shapedType = dyn_cast<ShapedType>(type))
    return SplatElementsAttr::get(shapedType, Attribute(element));
  return element;
}

//===----------------------------------------------------------------------===//
// Mask
//===----------------------------------------------------------------------===//

Mask Mask::operator&(Mask other) const {
  return {*context, build<arith::AndIOp>(value, other.value)};
}
Mask Mask::operator|(Mask other) const {
  return {*context, build<arith::OrIOp>(value, other.value)};
}
Mask Mask::operator!() const {
  TypedAttr one =
      splat(value.getType(),
            context->builder.getIntegerAttr(context->builder.getI1Type(), 1));
  return {*context, build<arith::XOrIOp>(value, build<arith::ConstantOp>(one))};
}

//===----------------------------------------------------------------------===//
// Bits
//===----------------------------------------------------------------------===//

Bits Bits::constant(uint64_t number) const {
  APInt bits(getWidth(), number, /*isSigned=*/false, /*implicitTrunc=*/true);
  TypedAttr element = context->builder.getIntegerAttr(getElementType(), bits);
  return {*context, build<arith::ConstantOp>(splat(value.getType(), element))};
}

Bits Bits::operator+(Bits other) const {
  return {*context, build<arith::AddIOp>(value, other.value)};
}
Bits Bits::operator-(Bits other) const {
  return {*context, build<arith::SubIOp>(value, other.value)};
}
Bits Bits::operator&(Bits other) const {
  return {*context, build<arith::AndIOp>(value, other.value)};
}
Bits Bits::operator|(Bits other) const {
  return {*context, build<arith::OrIOp>(value, other.value)};
}
Bits Bits::operator^(Bits other) const {
  return {*context, build<arith::XOrIOp>(value, other.value)};
}
Bits Bits::operator<<(unsigned amount) const {
  return {*context, build<arith::ShLIOp>(value, constant(amount).value)};
}
Bits Bits::operator>>(unsigned amount) const {
  return {*context, build<arith::ShRUIOp>(value, constant(amount).value)};
}
Mask Bits::operator==(uint64_t number) const {
  return {*context, build<arith::CmpIOp>(arith::CmpIPredicate::eq, value,
                                         constant(number).value)};
}
Mask Bits::operator<(uint64_t number) const {
  return {*context, build<arith::CmpIOp>(arith::CmpIPredicate::ult, value,
                                         constant(number).value)};
}

//===----------------------------------------------------------------------===//
// Real
//===----------------------------------------------------------------------===//

const llvm::fltSemantics &Real::getSemantics() const {
  return cast<FloatType>(getElementType()).getFloatSemantics();
}

unsigned Real::getMantissaBits() const {
  return APFloat::semanticsPrecision(getSemantics()) - 1;
}

uint64_t Real::getBias() const {
  return APFloat::semanticsMaxExponent(getSemantics());
}

static Real constantOf(Real like, const APFloat &number) {
  MathContext &context = like.getContext();
  TypedAttr element =
      context.builder.getFloatAttr(like.getElementType(), number);
  Value value = arith::ConstantOp::create(
      context.builder, context.loc, splat(like.getValue().getType(), element));
  return {context, value};
}

Real Real::constant(double number) const {
  APFloat converted(number);
  bool inexact = false;
  converted.convert(getSemantics(), APFloat::rmNearestTiesToEven, &inexact);
  assert(!inexact && "the type does not represent this constant");
  return constantOf(*this, converted);
}

Real Real::infinity() const {
  return constantOf(*this, APFloat::getInf(getSemantics()));
}

Real Real::nan() const {
  return constantOf(*this, APFloat::getQNaN(getSemantics()));
}

Real Real::operator+(Real other) const {
  return {*context, build<arith::AddFOp>(value, other.value)};
}
Real Real::operator-(Real other) const {
  return {*context, build<arith::SubFOp>(value, other.value)};
}
Real Real::operator*(Real other) const {
  return {*context, build<arith::MulFOp>(value, other.value)};
}
Real Real::operator/(Real other) const {
  return {*context, build<arith::DivFOp>(value, other.value)};
}
Real Real::operator-() const { return {*context, build<arith::NegFOp>(value)}; }
Mask Real::operator<(Real other) const {
  return {*context,
          build<arith::CmpFOp>(arith::CmpFPredicate::OLT, value, other.value)};
}
Mask Real::operator>(Real other) const {
  return {*context,
          build<arith::CmpFOp>(arith::CmpFPredicate::OGT, value, other.value)};
}
Mask Real::operator>=(Real other) const {
  return {*context,
          build<arith::CmpFOp>(arith::CmpFPredicate::OGE, value, other.value)};
}
Mask Real::operator==(Real other) const {
  return {*context,
          build<arith::CmpFOp>(arith::CmpFPredicate::OEQ, value, other.value)};
}
Mask Real::isNaN() const {
  return {*context,
          build<arith::CmpFOp>(arith::CmpFPredicate::UNO, value, value)};
}

Real Real::extendToF32() const {
  Type type = withElement(context->builder.getF32Type());
  return {*context, build<arith::ExtFOp>(type, value)};
}
Real Real::extendToF64() const {
  Type type = withElement(context->builder.getF64Type());
  return {*context, build<arith::ExtFOp>(type, value)};
}
Real Real::roundToF32() const {
  Type type = withElement(context->builder.getF32Type());
  return {*context, build<arith::TruncFOp>(type, value)};
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

Real atled::fma(Real a, Real b, Real c) {
  MathContext &context = a.getContext();
  if (!context.hasFMA)
    return a * b + c;
  return {context,
          math::FmaOp::create(context.builder, context.loc, a.getValue(),
                              b.getValue(), c.getValue())};
}
Real atled::fma(Real a, double b, Real c) { return fma(a, a.constant(b), c); }
Real atled::fma(Real a, Real b, double c) { return fma(a, b, a.constant(c)); }

Bits atled::toBits(Real x) {
  MathContext &context = x.getContext();
  unsigned width = x.getElementType().getIntOrFloatBitWidth();
  Type type = x.withElement(context.builder.getIntegerType(width));
  return {context, arith::BitcastOp::create(context.builder, context.loc, type,
                                            x.getValue())};
}

Real atled::toReal(Bits bits) {
  MathContext &context = bits.getContext();
  Type element = bits.getWidth() == 32 ? Type(context.builder.getF32Type())
                                       : Type(context.builder.getF64Type());
  return {context,
          arith::BitcastOp::create(context.builder, context.loc,
                                   bits.withElement(element), bits.getValue())};
}

static uint64_t signBit(Bits bits) {
  return uint64_t(1) << (bits.getWidth() - 1);
}

Real atled::abs(Real x) {
  Bits bits = toBits(x);
  return toReal(bits & (signBit(bits) - 1));
}

Real atled::withSign(Real magnitude, Real sign) {
  Bits bits = toBits(sign);
  return toReal(toBits(magnitude) | (bits & signBit(bits)));
}

static Value buildSelect(Mask mask, MathValue onTrue, MathValue onFalse) {
  MathContext &context = mask.getContext();
  return arith::SelectOp::create(context.builder, context.loc, mask.getValue(),
                                 onTrue.getValue(), onFalse.getValue());
}

Real atled::select(Mask mask, Real onTrue, Real onFalse) {
  return {mask.getContext(), buildSelect(mask, onTrue, onFalse)};
}
Real atled::select(Mask mask, Real onTrue, double onFalse) {
  return select(mask, onTrue, onTrue.constant(onFalse));
}
Real atled::select(Mask mask, double onTrue, Real onFalse) {
  return select(mask, onFalse.constant(onTrue), onFalse);
}
Bits atled::select(Mask mask, Bits onTrue, Bits onFalse) {
  return {mask.getContext(), buildSelect(mask, onTrue, onFalse)};
}

Real atled::clamp(Real x, double low, double high) {
  x = select(x > high, high, x);
  return select(x < low, low, x);
}

/// Neighbours are joined, c0 + c1 x, c2 + c3 x, ..., and the pairs are the
/// coefficients of a polynomial of x². Of three terms, Horner's rule is as
/// short and needs no other power.
static Real joinTerms(Real x, SmallVector<Real> terms) {
  for (Real power = x; terms.size() > 1; power = power * power) {
    if (terms.size() == 3)
      return fma(fma(terms[2], power, terms[1]), power, terms[0]);
    SmallVector<Real> joined;
    for (size_t i = 0; i + 1 < terms.size(); i += 2)
      joined.push_back(fma(terms[i + 1], power, terms[i]));
    if (terms.size() % 2)
      joined.push_back(terms.back());
    terms = std::move(joined);
  }
  return terms.front();
}

Real atled::polynomial(Real x, ArrayRef<double> coefficients) {
  return joinTerms(x, llvm::map_to_vector(coefficients, [&](double c) {
                     return x.constant(c);
                   }));
}

Real atled::centredPolynomial(Real x, ArrayRef<double> coefficients,
                              ArrayRef<Piece> pieces) {
  size_t count = coefficients.size();
  for (const Piece &piece : pieces)
    count = std::max(count, piece.coefficients.size());
  SmallVector<Real> terms;
  for (size_t i = 0; i < count; ++i) {
    auto get = [&](ArrayRef<double> from) {
      return x.constant(i < from.size() ? from[i] : 0);
    };
    terms.push_back(get(coefficients));
    for (const Piece &piece : pieces)
      terms.back() = select(piece.where, get(piece.coefficients), terms.back());
  }
  Real first = terms.front();
  terms.erase(terms.begin());
  return fma(x, joinTerms(x, std::move(terms)), first);
}

RealPair atled::twoSum(Real a, Real b) {
  Real sum = a + b;
  Real bRounded = sum - a;
  Real aRounded = sum - bRounded;
  return {sum, (a - aRounded) + (b - bRounded)};
}

RealPair atled::fastTwoSum(Real a, Real b) {
  Real sum = a + b;
  return {sum, b - (sum - a)};
}

/// x as a sum of two numbers of at most half as many digits: x rounded to its
/// upper half, and the signed rest.
static RealPair split(Real x) {
  unsigned lowDigits = (x.getMantissaBits() + 2) / 2;
  uint64_t half = uint64_t(1) << (lowDigits - 1);
  Real high = toReal((toBits(x) + half) & -(2 * half));
  return {high, x - high};
}

RealPair atled::twoProduct(Real a, Real b) {
  Real product = a * b;
  if (a.getContext().hasFMA)
    return {product, fma(a, b, -product)};
  RealPair as = split(a), bs = split(b);
  Real error = as.high * bs.high - product;
  error = error + as.high * bs.low;
  error = error + as.low * bs.high;
  return {product, error + as.low * bs.low};
}

/// What remains of the quotient's first summand is exact: by fma, or because
/// both factors of a product have half of the digits. So the quotient has, too.
RealPair atled::divide(RealPair n, RealPair d, Real inverse) {
  Real quotient = n.high * inverse;
  if (!inverse.getContext().hasFMA) {
    quotient = split(quotient).high;
    RealPair halves = split(d.high);
    d = {halves.high, halves.low + d.low};
  }
  Real rest = fma(-quotient, d.high, n.high) + n.low;
  return {quotient, fma(-quotient, d.low, rest) * inverse};
}

RealPair atled::multiply(RealPair quotient, RealPair x) {
  Real rest = quotient.low * x.high;
  if (x.high.getContext().hasFMA) {
    RealPair product = twoProduct(quotient.high, x.high);
    rest = rest + product.low;
    return {product.high, fma(quotient.high, x.low, rest)};
  }
  RealPair halves = split(x.high);
  return {quotient.high * halves.high,
          fma(quotient.high, halves.low + x.low, rest)};
}
