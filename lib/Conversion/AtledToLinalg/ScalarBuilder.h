//===- ScalarBuilder.h - Computing with one element --------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How an element is read and what type it is computed in: the same for
// elementwise operations, reductions and contractions.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_CONVERSION_ATLEDTOLINALG_SCALARBUILDER_H
#define ATLED_LIB_CONVERSION_ATLEDTOLINALG_SCALARBUILDER_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace atled {

/// How the bits of an element are read. Booleans are unsigned.
enum class ScalarKind { Float, Signed, Unsigned };

ScalarKind getScalarKind(Type element);

/// The type without the sign that the element type of a program has, which
/// arith does not know.
Type getSignlessType(Type element);

/// The type in which elements of type `element` are computed: f32 for the
/// floats that are smaller, the signless type for unsigned integers.
Type getComputationType(Type element);

/// Builds operations on scalars that stand for elements of one type.
class ScalarBuilder : public ImplicitLocOpBuilder {
public:
  ScalarBuilder(OpBuilder &builder, Location loc, Type element)
      : ImplicitLocOpBuilder(loc, builder), kind(atled::getScalarKind(element)),
        type(getComputationType(element)) {}

  ScalarKind getKind() const { return kind; }
  /// The type that is computed in.
  Type getType() const { return type; }

  /// A constant of the type that is computed in.
  Value literal(int64_t value) { return literal(value, type); }
  Value literal(int64_t value, Type type);
  Value literal(const APFloat &value, Type type);

  /// The least element that there is; the greatest if `greatest`.
  Value extreme(bool greatest);

  /// Widens a float that is smaller than what floats are computed in.
  Value widen(Value x);
  /// Rounds a float that was computed in a wider type to `storage`.
  Value narrow(Value x, Type storage);

  /// The operation for the kind of element that is computed with.
  template <typename FloatOp, typename SignedOp, typename UnsignedOp>
  Value createByKind(Value lhs, Value rhs) {
    switch (kind) {
    case ScalarKind::Float:
      return FloatOp::create(*this, lhs, rhs);
    case ScalarKind::Signed:
      return SignedOp::create(*this, lhs, rhs);
    case ScalarKind::Unsigned:
      return UnsignedOp::create(*this, lhs, rhs);
    }
    llvm_unreachable("unknown kind");
  }

  /// An element `x` of this builder's type as `to` reads it: the value, in the
  /// type that it is to be rounded from by narrow(). See `atled.convert`.
  Value convert(Value x, Type to);

private:
  ScalarKind kind;
  Type type;
};

} // namespace atled

#endif // ATLED_LIB_CONVERSION_ATLEDTOLINALG_SCALARBUILDER_H
