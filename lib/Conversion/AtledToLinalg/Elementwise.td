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
include "atled/Dialect/Atled/IR/BitwiseOps.td"
include "atled/Dialect/Atled/IR/ComparisonOps.td"
include "atled/Dialect/Atled/IR/FunctionOps.td"
include "atled/Dialect/Special/IR/SpecialOps.td"
include "mlir/Dialect/Arith/IR/ArithOps.td"
include "mlir/Dialect/Math/IR/MathOps.td"

// Comparisons of floats; the ordered ones are false where an operand is NaN.
def OGE : ConstantEnumCase<Arith_CmpFPredicateAttr, "oge">;
def OGT : ConstantEnumCase<Arith_CmpFPredicateAttr, "ogt">;
def OLE : ConstantEnumCase<Arith_CmpFPredicateAttr, "ole">;
def OLT : ConstantEnumCase<Arith_CmpFPredicateAttr, "olt">;
def OEQ : ConstantEnumCase<Arith_CmpFPredicateAttr, "oeq">;
def UNO : ConstantEnumCase<Arith_CmpFPredicateAttr, "uno">;

// Defined in Elementwise.cpp and FloatFormulas.cpp.
def Unchanged : ScalarFunction<"unchanged", 1>;
def DivideSigned : ScalarFunction<"divideSigned", 2>;
def DivideUnsigned : ScalarFunction<"divideUnsigned", 2>;
def CompareFloats : ScalarFunction<"compareFloats", 2>;
def CompareSigned : ScalarFunction<"compareSigned", 2>;
def CompareUnsigned : ScalarFunction<"compareUnsigned", 2>;
def Convert : ScalarFunction<"convert", 1>;
def RoundToNearest : ScalarFunction<"roundToNearest", 1>;
def RemainderSigned : ScalarFunction<"remainderSigned", 2>;
def RemainderUnsigned : ScalarFunction<"remainderUnsigned", 2>;
def Hypotenuse : ScalarFunction<"hypotenuse", 2>;
def ShiftLeft : ScalarFunction<"shiftLeft", 2>;
def ShiftRightArithmetic : ScalarFunction<"shiftRightArithmetic", 2>;
def ShiftRightLogical : ScalarFunction<"shiftRightLogical", 2>;
def Bitcast : ScalarFunction<"bitcast", 1>;
def Gelu : ScalarFunction<"gelu", 1>;
def Polygamma : ScalarFunction<"polygamma", 1>;

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
def : ScalarLowering<Atled_LogisticOp, (Special_LogisticOp $x)>;
def : ScalarLowering<Atled_ReciprocalOp, (Arith_DivFOp 1, $x)>;
def : ScalarLowering<Atled_CeilOp, (Math_CeilOp $x)>;
def : ScalarLowering<Atled_FloorOp, (Math_FloorOp $x)>;
def : ScalarLowering<Atled_TruncOp, (Math_TruncOp $x)>;
def : ScalarLowering<Atled_RoundOp, (RoundToNearest $x)>;

//===----------------------------------------------------------------------===//
// Two operands
//===----------------------------------------------------------------------===//

def : ScalarLowering<Atled_AddOp, (Arith_AddFOp $lhs, $rhs), (Arith_AddIOp $lhs, $rhs)>;
def : ScalarLowering<Atled_SubOp, (Arith_SubFOp $lhs, $rhs), (Arith_SubIOp $lhs, $rhs)>;
def : ScalarLowering<Atled_MulOp, (Arith_MulFOp $lhs, $rhs), (Arith_MulIOp $lhs, $rhs)>;
def : ScalarLowering<Atled_DivOp, (Arith_DivFOp $lhs, $rhs),
                     (DivideSigned $lhs, $rhs), (DivideUnsigned $lhs, $rhs)>;
def : ScalarLowering<Atled_RemOp, (Arith_RemFOp $lhs, $rhs),
                     (RemainderSigned $lhs, $rhs), (RemainderUnsigned $lhs, $rhs)>;
def : ScalarLowering<Atled_HypotOp, (Hypotenuse $lhs, $rhs)>;
def : ScalarLowering<Atled_CopySignOp, (Math_CopySignOp $lhs, $rhs)>;
def : ScalarLowering<Atled_PowOp, (Math_PowFOp $lhs, $rhs)>;

def : ScalarLowering<Atled_MaximumOp, (Arith_MaximumFOp $lhs, $rhs),
                     (Arith_MaxSIOp $lhs, $rhs), (Arith_MaxUIOp $lhs, $rhs)>;
def : ScalarLowering<Atled_MinimumOp, (Arith_MinimumFOp $lhs, $rhs),
                     (Arith_MinSIOp $lhs, $rhs), (Arith_MinUIOp $lhs, $rhs)>;

//===----------------------------------------------------------------------===//
// Three operands
//===----------------------------------------------------------------------===//

def : ScalarLowering<Atled_FmaOp, (Math_FmaOp $a, $b, $c)>;

def : ScalarLowering<Atled_ClampOp,
    (Arith_MinimumFOp (Arith_MaximumFOp $x, $min), $max),
    (Arith_MinSIOp (Arith_MaxSIOp $x, $min), $max),
    (Arith_MinUIOp (Arith_MaxUIOp $x, $min), $max)>;

//===----------------------------------------------------------------------===//
// Predicates and conversion
//===----------------------------------------------------------------------===//

// inf - inf and NaN - NaN are NaN.
def : ScalarLowering<Atled_IsFiniteOp, (Arith_CmpFOp OEQ, (Arith_SubFOp $x, $x), 0)>;
def : ScalarLowering<Atled_IsNaNOp, (Arith_CmpFOp UNO, $x, $x)>;

def : ScalarLowering<Atled_CompareOp, (CompareFloats $lhs, $rhs),
                     (CompareSigned $lhs, $rhs), (CompareUnsigned $lhs, $rhs)>;

defvar chosen = (SelectOp $pred, $onTrue, $onFalse);
def : ScalarLowering<Atled_SelectOp, chosen, chosen>;

def : ScalarLowering<Atled_ConvertOp, (Convert $x), (Convert $x)>;

//===----------------------------------------------------------------------===//
// Bits
//===----------------------------------------------------------------------===//

def : ScalarLowering<Atled_AndOp, (NotTaken), (Arith_AndIOp $lhs, $rhs)>;
def : ScalarLowering<Atled_OrOp, (NotTaken), (Arith_OrIOp $lhs, $rhs)>;
def : ScalarLowering<Atled_XorOp, (NotTaken), (Arith_XOrIOp $lhs, $rhs)>;
def : ScalarLowering<Atled_NotOp, (NotTaken), (Arith_XOrIOp $x, -1)>;
def : ScalarLowering<Atled_ShiftLeftOp, (NotTaken), (ShiftLeft $lhs, $rhs)>;
def : ScalarLowering<Atled_ShiftRightArithmeticOp, (NotTaken),
                     (ShiftRightArithmetic $lhs, $rhs)>;
def : ScalarLowering<Atled_ShiftRightLogicalOp, (NotTaken),
                     (ShiftRightLogical $lhs, $rhs)>;
def : ScalarLowering<Atled_PopcountOp, (NotTaken), (Math_CtPopOp $x)>;

def : ScalarLowering<Atled_BitcastOp, (Bitcast $x), (Bitcast $x)>;

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

def : ScalarLowering<Atled_Exp2Op, (Math_Exp2Op $x)>;
def : ScalarLowering<Atled_Log2Op, (Math_Log2Op $x)>;
def : ScalarLowering<Atled_Log10Op, (Math_Log10Op $x)>;
def : ScalarLowering<Atled_CbrtOp, (Math_CbrtOp $x)>;
def : ScalarLowering<Atled_TanOp, (Math_TanOp $x)>;
def : ScalarLowering<Atled_AsinOp, (Math_AsinOp $x)>;
def : ScalarLowering<Atled_AcosOp, (Math_AcosOp $x)>;
def : ScalarLowering<Atled_AtanOp, (Math_AtanOp $x)>;
def : ScalarLowering<Atled_Atan2Op, (Math_Atan2Op $lhs, $rhs)>;
def : ScalarLowering<Atled_SinhOp, (Math_SinhOp $x)>;
def : ScalarLowering<Atled_CoshOp, (Math_CoshOp $x)>;
def : ScalarLowering<Atled_AsinhOp, (Math_AsinhOp $x)>;
def : ScalarLowering<Atled_AcoshOp, (Math_AcoshOp $x)>;
def : ScalarLowering<Atled_AtanhOp, (Math_AtanhOp $x)>;

// The greater operand, and log(1 + e^-d) with the distance d of the operands,
// which two equal infinities have none of.
def : ScalarLowering<Atled_LogAddExpOp,
    (Arith_AddFOp (Arith_MaximumFOp $lhs, $rhs),
        (Special_SoftplusOp (Arith_NegFOp
            (SelectOp (Arith_CmpFOp OEQ, $lhs, $rhs), 0,
                      (Math_AbsFOp (Arith_SubFOp $lhs, $rhs))))))>;

def : ScalarLowering<Atled_ErfOp, (Math_ErfOp $x)>;
def : ScalarLowering<Atled_ErfcOp, (Math_ErfcOp $x)>;
def : ScalarLowering<Atled_GeluOp, (Gelu $x)>;
def : ScalarLowering<Atled_ErfInvOp, (Special_ErfInvOp $x)>;
def : ScalarLowering<Atled_LgammaOp, (Special_LgammaOp $x)>;
def : ScalarLowering<Atled_DigammaOp, (Special_DigammaOp $x)>;
def : ScalarLowering<Atled_PolygammaOp, (Polygamma $x)>;

def : ScalarLowering<Atled_SiluOp, (Special_SiluOp $x)>;
def : ScalarLowering<Atled_SoftplusOp, (Special_SoftplusOp $x)>;
