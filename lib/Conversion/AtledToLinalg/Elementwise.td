//===- Elementwise.td - One row per elementwise operation ----*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What each elementwise operation does to its elements: on floats, then on
// signed integers, then, where that differs, on unsigned ones and booleans.
//
//===----------------------------------------------------------------------===//

include "atled/Conversion/AtledToLinalg/ScalarLowering.td"
include "atled/Dialect/Atled/IR/ElementwiseOps.td"
include "mlir/Dialect/Arith/IR/ArithOps.td"
include "mlir/Dialect/Math/IR/MathOps.td"

// Comparisons of floats; the ordered ones are false where an operand is NaN.
def OGE : ConstantEnumCase<Arith_CmpFPredicateAttr, "oge">;
def OGT : ConstantEnumCase<Arith_CmpFPredicateAttr, "ogt">;
def OLE : ConstantEnumCase<Arith_CmpFPredicateAttr, "ole">;
def OLT : ConstantEnumCase<Arith_CmpFPredicateAttr, "olt">;

// Defined in Elementwise.cpp.
def Unchanged : ScalarFunction<"unchanged", 1>;
def DivideSigned : ScalarFunction<"divideSigned", 2>;
def DivideUnsigned : ScalarFunction<"divideUnsigned", 2>;
def CompareFloats : ScalarFunction<"compareFloats", 2>;
def CompareSigned : ScalarFunction<"compareSigned", 2>;
def CompareUnsigned : ScalarFunction<"compareUnsigned", 2>;
def Convert : ScalarFunction<"convert", 1>;

//===----------------------------------------------------------------------===//
// One operand
//===----------------------------------------------------------------------===//

def : ScalarLowering<Atled_AbsOp, (Math_AbsFOp $x), (Math_AbsIOp $x), (Unchanged $x)>;
def : ScalarLowering<Atled_NegOp, (Arith_NegFOp $x), (Arith_SubIOp 0, $x)>;

// A zero keeps its sign, and NaN stays NaN.
def : ScalarLowering<Atled_SignOp,
    (SelectOp (Arith_CmpFOp OGT, $x, 0), 1,
                    (SelectOp (Arith_CmpFOp OLT, $x, 0), -1, $x)),
    (Arith_MaxSIOp (Arith_MinSIOp $x, 1), -1),
    (Arith_MinUIOp $x, 1)>;

// -0 becomes +0, and NaN stays NaN.
def : ScalarLowering<Atled_ReluOp,
    (SelectOp (Arith_CmpFOp OLE, $x, 0), 0, $x),
    (Arith_MaxSIOp $x, 0),
    (Unchanged $x)>;

def : ScalarLowering<Atled_ExpOp, (Math_ExpOp $x)>;
def : ScalarLowering<Atled_Expm1Op, (Math_ExpM1Op $x)>;
def : ScalarLowering<Atled_LogOp, (Math_LogOp $x)>;
def : ScalarLowering<Atled_Log1pOp, (Math_Log1pOp $x)>;
def : ScalarLowering<Atled_SqrtOp, (Math_SqrtOp $x)>;
def : ScalarLowering<Atled_RsqrtOp, (Math_RsqrtOp $x)>;
def : ScalarLowering<Atled_SinOp, (Math_SinOp $x)>;
def : ScalarLowering<Atled_CosOp, (Math_CosOp $x)>;
def : ScalarLowering<Atled_TanhOp, (Math_TanhOp $x)>;

// 1 / (1 + e^-x) for x >= 0, and e^x / (1 + e^x) below: the exponential never
// overflows, and the result far below 0 is not flushed to it.
defvar decay = (Math_ExpOp (Arith_NegFOp (Math_AbsFOp $x)));
def : ScalarLowering<Atled_LogisticOp,
    (Arith_DivFOp (SelectOp (Arith_CmpFOp OGE, $x, 0), 1, decay),
                  (Arith_AddFOp 1, decay))>;

//===----------------------------------------------------------------------===//
// Two operands
//===----------------------------------------------------------------------===//

def : ScalarLowering<Atled_AddOp, (Arith_AddFOp $lhs, $rhs), (Arith_AddIOp $lhs, $rhs)>;
def : ScalarLowering<Atled_SubOp, (Arith_SubFOp $lhs, $rhs), (Arith_SubIOp $lhs, $rhs)>;
def : ScalarLowering<Atled_MulOp, (Arith_MulFOp $lhs, $rhs), (Arith_MulIOp $lhs, $rhs)>;
def : ScalarLowering<Atled_DivOp, (Arith_DivFOp $lhs, $rhs),
                     (DivideSigned $lhs, $rhs), (DivideUnsigned $lhs, $rhs)>;
def : ScalarLowering<Atled_PowOp, (Math_PowFOp $lhs, $rhs)>;

def : ScalarLowering<Atled_MaximumOp, (Arith_MaximumFOp $lhs, $rhs),
                     (Arith_MaxSIOp $lhs, $rhs), (Arith_MaxUIOp $lhs, $rhs)>;
def : ScalarLowering<Atled_MinimumOp, (Arith_MinimumFOp $lhs, $rhs),
                     (Arith_MinSIOp $lhs, $rhs), (Arith_MinUIOp $lhs, $rhs)>;

//===----------------------------------------------------------------------===//
// Predicates and conversion
//===----------------------------------------------------------------------===//

def : ScalarLowering<Atled_CompareOp, (CompareFloats $lhs, $rhs),
                     (CompareSigned $lhs, $rhs), (CompareUnsigned $lhs, $rhs)>;

defvar chosen = (SelectOp $pred, $onTrue, $onFalse);
def : ScalarLowering<Atled_SelectOp, chosen, chosen>;

def : ScalarLowering<Atled_ConvertOp, (Convert $x), (Convert $x)>;
