//===- Element.h - Elements that are known while compiling -----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What folders compute with: one element of a tensor, and the operations that
// IEEE 754 or integer arithmetic defines to the last bit. Each gives what the
// compiled program gives. Functions that are not exact, such as exp, are not
// here: the host's would differ from ours.
//
// Folders look at tensors all of whose elements are one, and return such
// tensors: what folding creates is one element, whatever the shape.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIALECT_ATLED_IR_ELEMENT_H
#define ATLED_LIB_DIALECT_ATLED_IR_ELEMENT_H

#include "atled/Dialect/Atled/IR/Atled.h"
#include "llvm/ADT/APSInt.h"
#include <variant>

namespace atled {

using llvm::APSInt;

/// A float or an integer. Integers are signed unless their type is unsigned; a
/// boolean is an unsigned integer of one bit.
using Element = std::variant<APFloat, APSInt>;

//===----------------------------------------------------------------------===//
// Tensors of one element
//===----------------------------------------------------------------------===//

/// The element that all those of `constant`, which may be null, are.
std::optional<Element> getSplatElement(Attribute constant);

/// The element that all those of `value` are: a splat, or one that is broadcast
/// to extents which are known only when the program runs.
std::optional<Element> getSplatElement(Value value);

/// A tensor of the static type `type`, all of whose elements are `element`.
DenseElementsAttr getSplatAttr(RankedTensorType type, const Element &element);

/// The splat `constant` in the shape of `type`. Null if it is none, or if the
/// shape is not static.
Attribute getResizedSplat(Attribute constant, RankedTensorType type);

//===----------------------------------------------------------------------===//
// Which element it is
//===----------------------------------------------------------------------===//

/// The number `number`; 0 is +0 alone.
bool isNumber(const Element &element, int64_t number);
bool isZero(const Element &element);

/// x + neutral = x for every x: -0, since -0 + +0 is +0.
bool isNeutralInSum(const Element &element);

/// The least, or the greatest, of its type: for floats an infinity.
bool isLeast(const Element &element);
bool isGreatest(const Element &element);

/// The least element of the type `type`, or the greatest.
Element getLeast(Type type);
Element getGreatest(Type type);

/// Whether all elements of `value` are known to be one for which `predicate`
/// holds, or which is `number`.
bool allAre(Value value, bool (*predicate)(const Element &));
bool allEqual(Value value, int64_t number);

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

/// f16 and bf16 are computed with in f32: `element` before the computation, and
/// after it, when it becomes one of type `type`.
Element widen(const Element &element);
Element narrow(const Element &element, Type type);

/// `element` in the type `type`, as `atled.convert` would convert it.
Element convertElement(const Element &element, Type type);

APFloat absolute(const APFloat &x);
APSInt absolute(const APSInt &x);
APFloat signOf(const APFloat &x);
APSInt signOf(const APSInt &x);
APFloat relu(const APFloat &x);
APSInt relu(const APSInt &x);
APFloat divide(const APFloat &lhs, const APFloat &rhs);
APSInt divide(const APSInt &lhs, const APSInt &rhs);
APFloat greaterOf(const APFloat &lhs, const APFloat &rhs);
APSInt greaterOf(const APSInt &lhs, const APSInt &rhs);
APFloat lesserOf(const APFloat &lhs, const APFloat &rhs);
APSInt lesserOf(const APSInt &lhs, const APSInt &rhs);

/// x rounded to an integer, with the sign of x.
APFloat roundToIntegral(APFloat x, llvm::RoundingMode mode);
/// What division by truncation leaves.
APFloat remainder(APFloat lhs, const APFloat &rhs);
APSInt remainder(const APSInt &lhs, const APSInt &rhs);
/// a b + c, rounded once.
APFloat multiplyAdd(APFloat a, const APFloat &b, const APFloat &c);
/// `element` with the same bits as one of type `type`, of the same width.
Element bitcastElement(const Element &element, Type type);

/// A comparison with NaN is false, except `ne`.
template <typename T>
bool compare(Predicate predicate, const T &lhs, const T &rhs) {
  switch (predicate) {
  case Predicate::eq:
    return lhs == rhs;
  case Predicate::ne:
    return lhs != rhs;
  case Predicate::lt:
    return lhs < rhs;
  case Predicate::le:
    return lhs <= rhs;
  case Predicate::gt:
    return lhs > rhs;
  case Predicate::ge:
    return lhs >= rhs;
  }
  llvm_unreachable("unknown predicate");
}

/// The sum of `count` summands that are `element`, and the product of so many
/// factors, if every order of computation gives the same. `count` is at
/// least 1.
std::optional<Element> getSumOf(const Element &element, int64_t count);
std::optional<Element> getProductOf(const Element &element, int64_t count);

} // namespace atled

#endif // ATLED_LIB_DIALECT_ATLED_IR_ELEMENT_H
