//===- BitwiseOps.td - Operations on bits --------------------*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_IR_BITWISEOPS
#define ATLED_DIALECT_ATLED_IR_BITWISEOPS

include "atled/Dialect/Atled/IR/ElementwiseOps.td"

//===----------------------------------------------------------------------===//
// Logic, on booleans and on the bits of integers
//===----------------------------------------------------------------------===//

def Atled_AndOp : Atled_BinaryOp<"and", Atled_BitTensor, [Commutative]> {
  let summary = "elementwise conjunction";
  let description = [{
    Returns, bit by bit, 1 where `lhs` and `rhs` have 1, and 0 elsewhere. For
    `i1`: true where both are true.

    Example:

    ```mlir
    %z = atled.and %x, %y : tensor<4x8xi32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_OrOp : Atled_BinaryOp<"or", Atled_BitTensor, [Commutative]> {
  let summary = "elementwise disjunction";
  let description = [{
    Returns, bit by bit, 1 where `lhs` or `rhs` has 1, and 0 elsewhere. For
    `i1`: true where at least one is true.

    Example:

    ```mlir
    %z = atled.or %x, %y : tensor<4x8xi32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_XorOp : Atled_BinaryOp<"xor", Atled_BitTensor, [Commutative]> {
  let summary = "elementwise exclusive disjunction";
  let description = [{
    Returns, bit by bit, 1 where `lhs` and `rhs` differ, and 0 elsewhere. For
    `i1`: true where exactly one is true.

    Example:

    ```mlir
    %z = atled.xor %x, %y : tensor<4x8xi32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_NotOp : Atled_UnaryOp<"not", Atled_BitTensor> {
  let summary = "elementwise negation of bits";
  let description = [{
    Returns `x` with every bit changed: for `i1`, true where `x` is false.

    Example:

    ```mlir
    %z = atled.not %x : tensor<4x8xi32>
    ```
  }];
  let hasFolder = 1;
}

//===----------------------------------------------------------------------===//
// Shifts and counts
//===----------------------------------------------------------------------===//

def Atled_ShiftLeftOp : Atled_BinaryOp<"shift_left", Atled_IntegerTensor> {
  let summary = "elementwise shift to the left";
  let description = [{
    Returns `lhs` with its bits moved by `rhs` towards the more significant ones;
    zeros come in. Where `rhs`, read as unsigned, is the width of the type or more, the
    result is 0.

    Example:

    ```mlir
    %z = atled.shift_left %x, %y : tensor<4x8xi32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_ShiftRightArithmeticOp
    : Atled_BinaryOp<"shift_right_arithmetic", Atled_IntegerTensor> {
  let summary = "elementwise shift to the right that repeats the first bit";
  let description = [{
    Returns `lhs` with its bits moved by `rhs` towards the less significant ones;
    copies of the most significant bit come in, for unsigned types too. Where
    `rhs`, read as unsigned, is the width of the type or more, all bits are that
    one.

    Example:

    ```mlir
    %z = atled.shift_right_arithmetic %x, %y : tensor<4x8xi32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_ShiftRightLogicalOp
    : Atled_BinaryOp<"shift_right_logical", Atled_IntegerTensor> {
  let summary = "elementwise shift to the right that fills with zeros";
  let description = [{
    Returns `lhs` with its bits moved by `rhs` towards the less significant ones;
    zeros come in, for signed types too. Where `rhs`, read as unsigned, is the
    width of the type or more, the result is 0.

    Example:

    ```mlir
    %z = atled.shift_right_logical %x, %y : tensor<4x8xi32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_PopcountOp : Atled_UnaryOp<"popcount", Atled_IntegerTensor> {
  let summary = "elementwise number of bits that are 1";
  let description = [{
    Returns the number of bits of `x` that are 1, in the type of `x`.

    Example:

    ```mlir
    %z = atled.popcount %x : tensor<4x8xi32>
    ```
  }];
  let hasFolder = 1;
}

//===----------------------------------------------------------------------===//
// Representations
//===----------------------------------------------------------------------===//

def Atled_BitcastOp : Atled_Op<"bitcast", [Atled_SameShape, Elementwise]> {
  let summary = "elementwise reading of the same bits as another type";
  let description = [{
    Returns tensors of the same shape whose elements have the same bits, read as
    another type of the same width. No bit changes: NaN keeps its payload.

    To and from integers the derivative is zero, as integers have none. Between
    floats there is no derivative: where one would be needed, it is an error.

    Example:

    ```mlir
    %y = atled.bitcast %x : tensor<4x8xf32> to tensor<4x8xi32>
    ```
  }];
  let arguments = (ins Atled_NumberTensor:$x);
  let results = (outs Atled_NumberTensor:$result);
  let assemblyFormat = "$x attr-dict `:` type($x) `to` type($result)";
  let hasFolder = 1;
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Derivatives
//===----------------------------------------------------------------------===//

class OfBits<Op op> : Partials<op, [(NoDerivative)]> {
  let isCheap = 1;
}
class OfTwoBits<Op op> : Partials<op, [(NoDerivative), (NoDerivative)]> {
  let isCheap = 1;
}
def : OfTwoBits<Atled_AndOp>;
def : OfTwoBits<Atled_OrOp>;
def : OfTwoBits<Atled_XorOp>;
def : OfBits<Atled_NotOp>;
def : OfTwoBits<Atled_ShiftLeftOp>;
def : OfTwoBits<Atled_ShiftRightArithmeticOp>;
def : OfTwoBits<Atled_ShiftRightLogicalOp>;
def : OfBits<Atled_PopcountOp>;
def : OfBits<Atled_BitcastOp>;

#endif // ATLED_DIALECT_ATLED_IR_BITWISEOPS
