//===- scalars.td - Operations on elements, to write rows with *- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SCALARS
#define SCALARS

include "toy.td"
include "atled/Conversion/AtledToLinalg/ScalarLowering.td"
include "mlir/Dialect/Arith/IR/ArithOps.td"
include "mlir/Dialect/Math/IR/MathOps.td"

def OLT : ConstantEnumCase<Arith_CmpFPredicateAttr, "olt">;
def SLT : ConstantEnumCase<Arith_CmpIPredicateAttr, "slt">;
def Unchanged : ScalarFunction<"unchanged", 1>;

#endif // SCALARS
