//===- Coercion.h - NumPy's rules made explicit ----------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Nothing is implicit in the IR. In C++ an operand may be a number, another
// element type or a shape to be repeated: here such operands become tensors of
// one element type and one shape, by `atled.constant`, `atled.convert` and
// `atled.broadcast`.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_FRONTEND_COERCION_H
#define ATLED_LIB_FRONTEND_COERCION_H

#include "Session.h"
#include "mlir/IR/Builders.h"

namespace atled {

/// An operand as written: a tensor or a number. The value of a number is null,
/// or a tensor of one element, of the type that it gets.
struct Operand {
  atled_operand given = {};
  int32_t role = ATLED_NUMBERS;
  Value value;

  bool isNumber() const { return given.kind != ATLED_TENSOR; }
};

/// The element types that operands get, whether or not they have values: one
/// for those of a role, of which numbers and floats are one, and others none.
SmallVector<Type> getElementTypes(ArrayRef<Operand> operands);

/// An error where no element of the type is `number`.
LogicalResult checkFits(const atled_operand &number, Type elementType,
                        Location location);

/// The tensors that an operation gets for `operands`, with their element types,
/// and one shape for all where the operation works `elementwise`. Emits an
/// error where there is none.
FailureOr<SmallVector<Value>> coerce(OpBuilder &builder, Location location,
                                     ArrayRef<Operand> operands,
                                     bool elementwise);

/// The number in a tensor of one integer, which an error calls `what`.
FailureOr<Value> readIndex(OpBuilder &builder, Location location, Value integer,
                           const Twine &what);
/// An index as a tensor of one integer.
Value makeInteger(OpBuilder &builder, Location location, Value index);

/// The smallest element type that holds both, as NumPy has it.
Type promote(Type lhs, Type rhs);

} // namespace atled

#endif // ATLED_LIB_FRONTEND_COERCION_H
