//===- PlaneRules.td - The derivatives of the dialect plane --*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef PLANE_RULES
#define PLANE_RULES

include "Plane.td"
include "atled/Interfaces/DerivativeRules.td"

// Coordinate by coordinate: d result / d operand.
def : Partials<Plane_ExpOp, [(Itself $result)]>;
def : Partials<Plane_SinOp, [(Plane_CosOp $x)]>;
def : Partials<Plane_CosOp, [(Plane_NegOp (Plane_SinOp $x))]>;

// In $tangent, for the order of evaluation: g / rhs and -(g * (lhs / rhs)) / rhs.
def : Partials<Plane_DivOp, [(Plane_DivOp $tangent, $rhs),
                             (Plane_NegOp (Plane_DivOp (Plane_MulOp $tangent, $result), $rhs))]>;

// Flat almost everywhere; and flat in one operand.
def : Partials<Plane_StepOp, [(Zero)]>;
def : Partials<Plane_GateOp, [(Plane_StepOp $rhs), (Zero)]>;
def : Partials<Plane_RemainderOp, [(Itself $tangent), (NoDerivative)]>;

// Linear in all operands together: what travels back to each.
def : Linear<Plane_NegOp, [(Plane_NegOp $cotangent)]>;
def : Linear<Plane_SumOp, [(Itself $cotangent)]>;
def : Linear<Plane_ScaleOp, [(Plane_ScaleOp $cotangent, $times), (NoDerivative)]>;

// What no dag can say is a function in C++: on attributes, or a whole entry.
def Opposite : Function<"opposite">;
def First : Function<"buildFirst">;
def Second : Function<"buildSecond">;
def : Linear<Plane_RotateOp, [(Plane_RotateOp $cotangent, (Opposite $angle))]>;
def : Linear<Plane_PairOp, [(First $cotangent), (Second $cotangent)]>;

// Linear in each operand alone.
def : Multilinear<Plane_MulOp, [(Plane_MulOp $cotangent, $rhs), (Plane_MulOp $cotangent, $lhs)]>;
def : Multilinear<Plane_DotOp, [(Plane_StretchOp $rhs, $cotangent),
                                (Plane_StretchOp $lhs, $cotangent)]>;
def : Multilinear<Plane_StretchOp, [(Plane_StretchOp $cotangent, $factor),
                                    (Plane_DotOp $cotangent, $x)]>;

// Between types of which one is not its own tangent.
def : Partials<Plane_TranslateOp, [(Itself $tangent), (Itself $tangent)]>;
def : Partials<Plane_BetweenOp, [(Plane_NegOp $tangent), (Itself $tangent)]>;

// In C++ (PlaneDerivatives.cpp): a rule of its own, and one with two results.
def : Coded<Plane_NormOp, ["cotangent / norm(x) * x"]>;
def : Coded<Plane_SplitOp, ["pair(cotangent of first, cotangent of second)"]>;

#endif // PLANE_RULES
