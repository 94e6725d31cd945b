//===- Element.cpp - Elements that are known while compiling --------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Element.h"
#include "mlir/IR/Matchers.h"

using namespace atled;

static APFloat round(APFloat x, const llvm::fltSemantics &semantics) {
  bool losesInformation;
  x.convert(semantics, APFloat::rmNearestTiesToEven, &losesInformation);
  return x;
}

/// Whether `type` is an unsigned integer, or a boolean.
static bool isUnsigned(IntegerType type) {
  return type.isUnsigned() || type.getWidth() == 1;
}

//===----------------------------------------------------------------------===//
// Tensors of one element
//===----------------------------------------------------------------------===//

std::optional<Element> atled::getSplatElement(Attribute constant) {
  auto splat = dyn_cast_or_null<SplatElementsAttr>(constant);
  if (!splat || !isElement(splat.getElementType()))
    return std::nullopt;
  if (isFloatElement(splat.getElementType()))
    return splat.getSplatValue<APFloat>();
  auto type = cast<IntegerType>(splat.getElementType());
  return APSInt(splat.getSplatValue<APInt>(), isUnsigned(type));
}

std::optional<Element> atled::getSplatElement(Value value) {
  while (auto broadcast = value.getDefiningOp<BroadcastOp>())
    value = broadcast.getX();
  Attribute constant;
  if (!matchPattern(value, m_Constant(&constant)))
    return std::nullopt;
  return getSplatElement(constant);
}

DenseElementsAttr atled::getSplatAttr(RankedTensorType type,
                                      const Element &element) {
  if (auto *number = std::get_if<APFloat>(&element))
    return DenseElementsAttr::get(type, *number);
  return DenseElementsAttr::get(
      type, static_cast<const APInt &>(std::get<APSInt>(element)));
}

Attribute atled::getResizedSplat(Attribute constant, RankedTensorType type) {
  auto splat = dyn_cast_or_null<SplatElementsAttr>(constant);
  if (!splat || !type.hasStaticShape())
    return {};
  return splat.resizeSplat(type);
}

//===----------------------------------------------------------------------===//
// Which element it is
//===----------------------------------------------------------------------===//

bool atled::isNumber(const Element &element, int64_t number) {
  if (auto *x = std::get_if<APFloat>(&element))
    return x->isExactlyValue(number);
  return std::get<APSInt>(element) == number;
}

bool atled::isZero(const Element &element) {
  return std::visit([](const auto &x) { return x.isZero(); }, element);
}

bool atled::isNeutralInSum(const Element &element) {
  if (auto *x = std::get_if<APFloat>(&element))
    return x->isNegZero();
  return isZero(element);
}

bool atled::isLeast(const Element &element) {
  if (auto *x = std::get_if<APFloat>(&element))
    return x->isNegInfinity();
  const APSInt &x = std::get<APSInt>(element);
  return x == APSInt::getMinValue(x.getBitWidth(), x.isUnsigned());
}

bool atled::isGreatest(const Element &element) {
  if (auto *x = std::get_if<APFloat>(&element))
    return x->isPosInfinity();
  const APSInt &x = std::get<APSInt>(element);
  return x == APSInt::getMaxValue(x.getBitWidth(), x.isUnsigned());
}

Element atled::getLeast(Type type) {
  if (auto floatType = dyn_cast<FloatType>(type))
    return APFloat::getInf(floatType.getFloatSemantics(), /*Negative=*/true);
  auto integer = cast<IntegerType>(type);
  return APSInt::getMinValue(integer.getWidth(), isUnsigned(integer));
}

Element atled::getGreatest(Type type) {
  if (auto floatType = dyn_cast<FloatType>(type))
    return APFloat::getInf(floatType.getFloatSemantics());
  auto integer = cast<IntegerType>(type);
  return APSInt::getMaxValue(integer.getWidth(), isUnsigned(integer));
}

bool atled::allAre(Value value, bool (*predicate)(const Element &)) {
  std::optional<Element> element = getSplatElement(value);
  return element && predicate(*element);
}

bool atled::allEqual(Value value, int64_t number) {
  std::optional<Element> element = getSplatElement(value);
  return element && isNumber(*element, number);
}

//===----------------------------------------------------------------------===//
// Conversion
//===----------------------------------------------------------------------===//

Element atled::widen(const Element &element) {
  auto *x = std::get_if<APFloat>(&element);
  if (!x || APFloat::getSizeInBits(x->getSemantics()) >= 32)
    return element;
  return round(*x, APFloat::IEEEsingle());
}

Element atled::narrow(const Element &element, Type type) {
  if (auto *x = std::get_if<APFloat>(&element))
    return round(*x, cast<FloatType>(type).getFloatSemantics());
  return element;
}

static Element convertToInteger(const APFloat &x, IntegerType type) {
  APSInt result(type.getWidth(), isUnsigned(type));
  bool isExact;
  // It saturates, and makes 0 of NaN.
  x.convertToInteger(result, APFloat::rmTowardZero, &isExact);
  return result;
}

static Element convertToFloat(const APSInt &x, FloatType type) {
  APFloat result(type.getFloatSemantics());
  result.convertFromAPInt(x, x.isSigned(), APFloat::rmNearestTiesToEven);
  return result;
}

static Element convertToInteger(const APSInt &x, IntegerType type) {
  APSInt result = x.extOrTrunc(type.getWidth());
  result.setIsUnsigned(isUnsigned(type));
  return result;
}

Element atled::convertElement(const Element &element, Type type) {
  if (isBooleanElement(type)) // NaN is true.
    return APSInt(APInt(1, !isZero(element)), /*isUnsigned=*/true);
  auto *x = std::get_if<APFloat>(&element);
  if (auto floatType = dyn_cast<FloatType>(type))
    return x ? narrow(element, type)
             : convertToFloat(std::get<APSInt>(element), floatType);
  auto integer = cast<IntegerType>(type);
  return x ? convertToInteger(*x, integer)
           : convertToInteger(std::get<APSInt>(element), integer);
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

APFloat atled::absolute(const APFloat &x) { return abs(x); }

APSInt atled::absolute(const APSInt &x) {
  // The smallest signed integer stays.
  return x.isNegative() ? -x : x;
}

APFloat atled::signOf(const APFloat &x) {
  if (x.isNaN() || x.isZero())
    return x;
  return APFloat::getOne(x.getSemantics(), x.isNegative());
}

APSInt atled::signOf(const APSInt &x) {
  int64_t sign = x.isNegative() ? -1 : x.isZero() ? 0 : 1;
  return APSInt(APInt(x.getBitWidth(), sign, /*isSigned=*/true),
                x.isUnsigned());
}

APFloat atled::relu(const APFloat &x) {
  return x.isNaN() || !(x.isNegative() || x.isZero())
             ? x
             : APFloat::getZero(x.getSemantics());
}

APSInt atled::relu(const APSInt &x) {
  return x.isNegative() ? APSInt(x.getBitWidth(), x.isUnsigned()) : x;
}

APFloat atled::divide(const APFloat &lhs, const APFloat &rhs) {
  return lhs / rhs;
}

APSInt atled::divide(const APSInt &lhs, const APSInt &rhs) {
  if (rhs.isZero())
    return APSInt(APInt::getAllOnes(lhs.getBitWidth()), lhs.isUnsigned());
  return lhs / rhs; // The smallest integer divided by -1 wraps.
}

APFloat atled::greaterOf(const APFloat &lhs, const APFloat &rhs) {
  return maximum(lhs, rhs);
}

APSInt atled::greaterOf(const APSInt &lhs, const APSInt &rhs) {
  return lhs > rhs ? lhs : rhs;
}

APFloat atled::lesserOf(const APFloat &lhs, const APFloat &rhs) {
  return minimum(lhs, rhs);
}

APSInt atled::lesserOf(const APSInt &lhs, const APSInt &rhs) {
  return lhs < rhs ? lhs : rhs;
}

APFloat atled::roundToIntegral(APFloat x, llvm::RoundingMode mode) {
  x.roundToIntegral(mode);
  return x;
}

APFloat atled::remainder(APFloat lhs, const APFloat &rhs) {
  lhs.mod(rhs);
  return lhs;
}

APSInt atled::remainder(const APSInt &lhs, const APSInt &rhs) {
  if (rhs.isZero())
    return lhs;
  // The smallest integer divided by -1 leaves 0.
  return lhs % rhs;
}

APFloat atled::multiplyAdd(APFloat a, const APFloat &b, const APFloat &c) {
  a.fusedMultiplyAdd(b, c, APFloat::rmNearestTiesToEven);
  return a;
}

Element atled::bitcastElement(const Element &element, Type type) {
  auto *x = std::get_if<APFloat>(&element);
  APInt bits = x ? x->bitcastToAPInt() : APInt(std::get<APSInt>(element));
  if (auto floatType = dyn_cast<FloatType>(type))
    return APFloat(floatType.getFloatSemantics(), bits);
  return APSInt(bits, isUnsigned(cast<IntegerType>(type)));
}

//===----------------------------------------------------------------------===//
// Sums and products of equal elements
//===----------------------------------------------------------------------===//

/// The odd integer m of x = m 2^e, for finite x other than 0.
static uint64_t getOddFactor(const APFloat &x) {
  unsigned digits = APFloat::semanticsPrecision(x.getSemantics());
  APFloat integer =
      scalbn(abs(x), digits - 1 - ilogb(x), APFloat::rmNearestTiesToEven);
  APSInt factor(64, /*isUnsigned=*/true);
  bool isExact;
  integer.convertToInteger(factor, APFloat::rmTowardZero, &isExact);
  return factor.lshr(factor.countr_zero()).getZExtValue();
}

/// With x = m 2^e, every partial sum is k m 2^e with k <= count: exact, if
/// count m has no more digits than a float.
static std::optional<Element> getExactSum(const APFloat &x, int64_t count) {
  if (x.isZero()) // A sum starts at +0.
    return APFloat::getZero(x.getSemantics());
  if (!x.isFinite())
    return x;
  uint64_t most = uint64_t(1) << APFloat::semanticsPrecision(x.getSemantics());
  if (static_cast<uint64_t>(count) > most / getOddFactor(x))
    return std::nullopt;
  APFloat factor(x.getSemantics());
  factor.convertFromAPInt(APInt(64, count), /*IsSigned=*/true,
                          APFloat::rmNearestTiesToEven);
  APFloat sum = x * factor;
  if (!sum.isFinite())
    return std::nullopt;
  return sum;
}

std::optional<Element> atled::getSumOf(const Element &element, int64_t count) {
  if (auto *x = std::get_if<APFloat>(&element))
    return getExactSum(*x, count);
  const APSInt &x = std::get<APSInt>(element);
  APInt factor = APInt(64, count).zextOrTrunc(x.getBitWidth());
  return x * APSInt(factor, x.isUnsigned());
}

/// Multiplies `product` by `factor`. False if that rounds.
static bool multiply(APFloat &product, const APFloat &factor) {
  return product.multiply(factor, APFloat::rmNearestTiesToEven) ==
         APFloat::opOK;
}

static bool multiply(APSInt &product, const APSInt &factor) {
  product = product * factor;
  return true;
}

/// If the last power is exact, so are all before it.
template <typename T>
static std::optional<Element> getPower(T base, int64_t exponent, T power) {
  for (; exponent > 0; exponent /= 2) {
    if (exponent % 2 == 1 && !multiply(power, base))
      return std::nullopt;
    if (exponent > 1 && !multiply(base, T(base)))
      return std::nullopt;
  }
  return power;
}

std::optional<Element> atled::getProductOf(const Element &element,
                                           int64_t count) {
  if (auto *x = std::get_if<APFloat>(&element))
    return getPower(*x, count, APFloat::getOne(x->getSemantics()));
  const APSInt &x = std::get<APSInt>(element);
  return getPower(x, count, APSInt(APInt(x.getBitWidth(), 1), x.isUnsigned()));
}
