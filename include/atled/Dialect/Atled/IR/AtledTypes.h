//===- AtledTypes.h - The tensors of the atled dialect ---------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Which types the operations of the dialect take: the predicates of their
// constraints, and the traits that verify what a constraint cannot explain.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_IR_ATLEDTYPES_H
#define ATLED_DIALECT_ATLED_IR_ATLEDTYPES_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/OpDefinition.h"

namespace atled {

/// f16, bf16, f32 or f64.
bool isFloatElement(Type type);

/// i8, i16, i32, i64 (read as signed), ui8, ui16, ui32 or ui64; not i1.
bool isIntegerElement(Type type);

/// i1, which is false or true and no number.
bool isBooleanElement(Type type);
/// Whether elements of type `type` are bits: a boolean, or an integer.
bool isBitElement(Type type);

/// What takes part in arithmetic: a float or an integer.
bool isNumberElement(Type type);

/// Whatever a tensor of the dialect may hold.
bool isElement(Type type);

/// The type of a key of random numbers: two words of 32 bits.
bool isKeyTensor(Type type);

/// All dimensions of the ranked tensor `value`, in order.
SmallVector<int64_t> getAllDimensions(Value value);

LogicalResult verifyPlainTensors(Operation *op);
LogicalResult verifySameTypes(Operation *op);
LogicalResult verifySameShape(Operation *op);
LogicalResult verifyByInference(Operation *op);

/// No operand or result has an encoding, or 2^63 bytes or more.
template <typename ConcreteOp>
class PlainTensors : public OpTrait::TraitBase<ConcreteOp, PlainTensors> {
public:
  static LogicalResult verifyTrait(Operation *op) {
    return verifyPlainTensors(op);
  }
};

/// All operands and results have the same type, to the letter.
template <typename ConcreteOp>
class SameTypes : public OpTrait::TraitBase<ConcreteOp, SameTypes> {
public:
  static LogicalResult verifyTrait(Operation *op) {
    return verifySameTypes(op);
  }
};

/// The operand and the result have the same shape, to the letter.
template <typename ConcreteOp>
class SameShape : public OpTrait::TraitBase<ConcreteOp, SameShape> {
public:
  static LogicalResult verifyTrait(Operation *op) {
    return verifySameShape(op);
  }
};

/// Type inference accepts the operands, and the result has the type inferred.
/// Upstream verifies this too, but only after the regions, and reports a failed
/// inference a second time.
template <typename ConcreteOp>
class VerifiedByInference
    : public OpTrait::TraitBase<ConcreteOp, VerifiedByInference> {
public:
  static LogicalResult verifyTrait(Operation *op) {
    return verifyByInference(op);
  }
};

} // namespace atled

#endif // ATLED_DIALECT_ATLED_IR_ATLEDTYPES_H
