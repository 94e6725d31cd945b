//===- toy.td - A dialect to write rules and rows for --------*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef TOY
#define TOY

include "atled/Interfaces/DerivativeRules.td"
include "mlir/IR/OpBase.td"

def Toy_Dialect : Dialect {
  let name = "toy";
  let cppNamespace = "::toy";
}

class Toy_Op<string mnemonic, dag operands> : Op<Toy_Dialect, mnemonic> {
  let arguments = operands;
  let results = (outs AnyType:$result);
}

def Toy_NegOp : Toy_Op<"neg", (ins AnyType:$x)>;
def Toy_SinOp : Toy_Op<"sin", (ins AnyType:$x)>;
def Toy_CosOp : Toy_Op<"cos", (ins AnyType:$x)>;
def Toy_SignOp : Toy_Op<"sign", (ins AnyType:$x)>;
def Toy_AddOp : Toy_Op<"add", (ins AnyType:$lhs, AnyType:$rhs)>;
def Toy_SubOp : Toy_Op<"sub", (ins AnyType:$lhs, AnyType:$rhs)>;
def Toy_MulOp : Toy_Op<"mul", (ins AnyType:$lhs, AnyType:$rhs)>;
def Toy_DivOp : Toy_Op<"div", (ins AnyType:$lhs, AnyType:$rhs)>;
def Toy_MaxOp : Toy_Op<"max", (ins AnyType:$lhs, AnyType:$rhs)>;
def Toy_ChooseOp : Toy_Op<"choose", (ins I1:$which, AnyType:$onTrue, AnyType:$onFalse)>;
def Toy_RotateOp : Toy_Op<"rotate", (ins AnyType:$x, F64Attr:$angle)>;
def Toy_JoinOp : Toy_Op<"join", (ins Variadic<AnyType>:$parts)>;

def Toy_SplitOp : Op<Toy_Dialect, "split"> {
  let arguments = (ins AnyType:$x);
  let results = (outs AnyType:$first, AnyType:$second);
}

#endif // TOY
