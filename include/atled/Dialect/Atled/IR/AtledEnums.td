//===- AtledEnums.td - Choices that operations offer ---------*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_IR_ATLEDENUMS
#define ATLED_DIALECT_ATLED_IR_ATLEDENUMS

include "atled/Dialect/Atled/IR/AtledBase.td"
include "mlir/IR/EnumAttr.td"

class Atled_Enum<string name, string summary, list<I32EnumAttrCase> cases>
    : I32EnumAttr<name, summary, cases> {
  let genSpecializedAttr = 0;
  let cppNamespace = "::atled";
}

def Atled_PredicateEnum : Atled_Enum<"Predicate", "how two elements compare",
    [I32EnumAttrCase<"eq", 0>, I32EnumAttrCase<"ne", 1>,
     I32EnumAttrCase<"lt", 2>, I32EnumAttrCase<"le", 3>,
     I32EnumAttrCase<"gt", 4>, I32EnumAttrCase<"ge", 5>]>;
def Atled_PredicateAttr : EnumAttr<Atled_Dialect, Atled_PredicateEnum, "predicate">;

def Atled_TieEnum : Atled_Enum<"Tie",
    "which operand gets the derivative where both are equal",
    [I32EnumAttrCase<"split", 0>, I32EnumAttrCase<"first", 1>,
     I32EnumAttrCase<"zero", 2>, I32EnumAttrCase<"one", 3>]>;
def Atled_TieAttr : EnumAttr<Atled_Dialect, Atled_TieEnum, "tie">;

def Atled_HalfwayEnum : Atled_Enum<"Halfway",
    "which integer a number in the middle between two is rounded to",
    [I32EnumAttrCase<"even", 0>, I32EnumAttrCase<"away", 1>]>;
def Atled_HalfwayAttr : EnumAttr<Atled_Dialect, Atled_HalfwayEnum, "halfway">;

def Atled_GeluFormEnum : Atled_Enum<"GeluForm",
    "how the normal distribution function is computed",
    [I32EnumAttrCase<"exact", 0>, I32EnumAttrCase<"tanh", 1>]>;
def Atled_GeluFormAttr : EnumAttr<Atled_Dialect, Atled_GeluFormEnum, "gelu_form">;

def Atled_NormOrderEnum : Atled_Enum<"NormOrder",
    "which power of magnitudes a norm sums",
    [I32EnumAttrCase<"one", 1>, I32EnumAttrCase<"two", 2>,
     I32EnumAttrCase<"infinity", 3>]>;
def Atled_NormOrderAttr : EnumAttr<Atled_Dialect, Atled_NormOrderEnum, "norm_order">;

def Atled_OutOfRangeEnum : Atled_Enum<"OutOfRange",
    "what happens to a start that would leave the tensor",
    [I32EnumAttrCase<"assume", 0>, I32EnumAttrCase<"clamp", 1>,
     I32EnumAttrCase<"drop", 2>]>;
def Atled_OutOfRangeAttr : EnumAttr<Atled_Dialect, Atled_OutOfRangeEnum, "out_of_range">;

def Atled_ScatterModeEnum : Atled_Enum<"ScatterMode",
    "how an update and the element that it meets become one",
    [I32EnumAttrCase<"set", 0>, I32EnumAttrCase<"add", 1>,
     I32EnumAttrCase<"mul", 2>, I32EnumAttrCase<"max", 3>,
     I32EnumAttrCase<"min", 4>]>;
def Atled_ScatterModeAttr
    : EnumAttr<Atled_Dialect, Atled_ScatterModeEnum, "scatter_mode">;

#endif // ATLED_DIALECT_ATLED_IR_ATLEDENUMS
