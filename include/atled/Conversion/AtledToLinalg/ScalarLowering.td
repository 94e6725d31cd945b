//===- ScalarLowering.td - What an operation does per element *- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The vocabulary in which the lowering of elementwise operations is written:
// one row per operation, which says what happens to one element of each
// operand. atled-tblgen turns the rows into C++ and refuses a wrong name or
// number of arguments at the line of the row.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_CONVERSION_ATLEDTOLINALG_SCALARLOWERING
#define ATLED_CONVERSION_ATLEDTOLINALG_SCALARLOWERING

include "mlir/IR/OpBase.td"

// Stands where an operation does not take such elements: (NotTaken).
def NotTaken;

// A row. The expressions are dags over
//   $name             an element of that operand;
//   an integer        a constant of the type that is computed in;
//   (Arith_AddFOp …)  an operation on scalars, its attributes in their places;
//   (Function …)      a ScalarFunction.
// An expression that occurs twice in a row is computed once.
//
// `floats` computes in f32 for elements of type f16 and bf16, and the result is
// rounded at the end. `unsignedIntegers` is for i1 too.
class ScalarLowering<Op operation, dag ofFloats, dag ofSignedIntegers = (NotTaken),
                     dag ofUnsignedIntegers = ofSignedIntegers> {
  Op op = operation;
  dag floats = ofFloats;
  dag signedIntegers = ofSignedIntegers;
  dag unsignedIntegers = ofUnsignedIntegers;
}

// What no dag can say: a C++ function, called as name(builder, op, elements...)
// and declared in the file that includes the generated code.
class ScalarFunction<string text, int arguments> {
  string name = text;
  int numArguments = arguments;
}

#endif // ATLED_CONVERSION_ATLEDTOLINALG_SCALARLOWERING
