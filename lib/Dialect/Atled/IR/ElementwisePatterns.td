//===- ElementwisePatterns.td - Simpler arithmetic ---------*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Sums and products with one operation less. What is said of all numbers holds
// for floats to the last bit: a negation rounds nothing.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIALECT_ATLED_IR_ELEMENTWISEPATTERNS
#define ATLED_LIB_DIALECT_ATLED_IR_ELEMENTWISEPATTERNS

include "atled/Dialect/Atled/IR/ElementwiseOps.td"
include "mlir/IR/PatternBase.td"

def IsFloat
    : Constraint<CPred<"isFloatElement(getElementTypeOrSelf($0))">, "a float">;
def IsInteger
    : Constraint<CPred<"isIntegerElement(getElementTypeOrSelf($0))">, "an integer">;

def IsKnown
    : Constraint<CPred<"getSplatElement($0).has_value()">, "one element everywhere">;
def IsMinusOne : Constraint<CPred<"allEqual($0, -1)">, "-1 everywhere">;
// -0 - x is -x, but +0 - +0 is +0.
def IsNeutralInSum
    : Constraint<CPred<"allAre($0, isNeutralInSum)">, "-0, or the integer 0, everywhere">;

//===----------------------------------------------------------------------===//
// Negations
//===----------------------------------------------------------------------===//

def AbsOfNeg : Pat<(Atled_AbsOp (Atled_NegOp $x)), (Atled_AbsOp $x)>;

def AddOfNeg : Pat<(Atled_AddOp $x, (Atled_NegOp $y)), (Atled_SubOp $x, $y)>;
def AddToNeg : Pat<(Atled_AddOp (Atled_NegOp $x), $y), (Atled_SubOp $y, $x)>;
def SubOfNeg : Pat<(Atled_SubOp $x, (Atled_NegOp $y)), (Atled_AddOp $x, $y)>;

def MulOfNegs : Pat<(Atled_MulOp (Atled_NegOp $x), (Atled_NegOp $y)),
                    (Atled_MulOp $x, $y)>;
// An integer divided by 0 has no sign, and the smallest has no negation.
def DivOfNegs : Pat<(Atled_DivOp (Atled_NegOp $x), (Atled_NegOp $y)),
                    (Atled_DivOp $x, $y), [(IsFloat $x)]>;

def SubFromNothing : Pat<(Atled_SubOp $zero, $x), (Atled_NegOp $x),
                         [(IsNeutralInSum $zero)]>;
def MulByMinusOne : Pat<(Atled_MulOp $x, $minusOne), (Atled_NegOp $x),
                        [(IsMinusOne $minusOne)]>;
def DivByMinusOne : Pat<(Atled_DivOp $x, $minusOne), (Atled_NegOp $x),
                        [(IsMinusOne $minusOne)]>;

// -(x - x) is -0, x - x is +0.
def NegOfSub : Pat<(Atled_NegOp (Atled_SubOp $x, $y)), (Atled_SubOp $y, $x),
                   [(IsInteger $x)]>;

//===----------------------------------------------------------------------===//
// Integer constants, which are added and multiplied in any order
//===----------------------------------------------------------------------===//

class Reassociate<Op op> : Pat<(op (op $x, $a), $b), (op $x, (op $a, $b)),
                               [(IsInteger $x), (IsKnown $a), (IsKnown $b)]>;
def ReassociateAdd : Reassociate<Atled_AddOp>;
def ReassociateMul : Reassociate<Atled_MulOp>;

#endif // ATLED_LIB_DIALECT_ATLED_IR_ELEMENTWISEPATTERNS
