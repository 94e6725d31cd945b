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

/// An operand as written: a tensor, or, where `value` is null, a number.
struct Operand {
  Value value;
  atled_operand number = {};
  int32_t role = ATLED_NUMBERS;
};

/// The tensors that an operation gets for `operands`: one element type for
/// those of a role (numbers and floats are one), and one shape for all where
/// the operation works `elementwise`. Emits an error where there is none.
FailureOr<SmallVector<Value>> coerce(OpBuilder &builder, Location location,
                                     ArrayRef<Operand> operands,
                                     bool elementwise);

/// The smallest element type that holds both, as NumPy has it.
Type promote(Type lhs, Type rhs);

} // namespace atled

#endif // ATLED_LIB_FRONTEND_COERCION_H
