//===- Plane.td - A dialect of plane geometry ----------------*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Numbers, vectors and points of the plane. A type takes part in
// differentiation by saying how its values are added and scaled; a point does
// not have itself as tangent, but a vector.
//
//===----------------------------------------------------------------------===//

#ifndef PLANE
#define PLANE

include "atled/Interfaces/VectorSpaceTypeInterface.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/OpBase.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Plane_Dialect : Dialect {
  let name = "plane";
  let cppNamespace = "::plane";
  let useDefaultTypePrinterParser = 1;
  let hasConstantMaterializer = 1;
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

class Plane_Type<string name, string keyword, list<Trait> traits = []>
    : TypeDef<Plane_Dialect, name, traits> {
  let mnemonic = keyword;
}
class Plane_Space<string name, string keyword>
    : Plane_Type<name, keyword, [DeclareTypeInterfaceMethods<VectorSpaceTypeInterface>]>;

def Plane_Real : Plane_Space<"Real", "real">;
def Plane_Vec : Plane_Space<"Vec", "vec">;
def Plane_Point : Plane_Space<"Point", "point">;
// A name, of which no derivative can be had.
def Plane_Label : Plane_Type<"Label", "label">;

def Plane_Any : AnyTypeOf<[Plane_Real, Plane_Vec, Plane_Point]>;
def Plane_Number : AnyTypeOf<[Plane_Real, Plane_Vec]>;

//===----------------------------------------------------------------------===//
// Operations, coordinate by coordinate
//===----------------------------------------------------------------------===//

class Plane_Op<string mnemonic, list<Trait> traits = []>
    : Op<Plane_Dialect, mnemonic, traits # [Pure]> {
  let hasFolder = 1;
}

def Plane_ConstantOp : Plane_Op<"constant", [ConstantLike]> {
  let arguments = (ins F64ArrayAttr:$value);
  let results = (outs Plane_Any:$result);
  let assemblyFormat = "$value attr-dict `:` type($result)";
}

class Plane_UnaryOp<string mnemonic> : Plane_Op<mnemonic, [SameOperandsAndResultType]> {
  let arguments = (ins Plane_Number:$x);
  let results = (outs Plane_Number:$result);
  let assemblyFormat = "$x attr-dict `:` type($result)";
}
class Plane_BinaryOp<string mnemonic> : Plane_Op<mnemonic, [SameOperandsAndResultType]> {
  let arguments = (ins Plane_Number:$lhs, Plane_Number:$rhs);
  let results = (outs Plane_Number:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($result)";
}

def Plane_NegOp : Plane_UnaryOp<"neg">;
def Plane_ExpOp : Plane_UnaryOp<"exp">;
def Plane_SinOp : Plane_UnaryOp<"sin">;
def Plane_CosOp : Plane_UnaryOp<"cos">;
// 1 where x > 0, else 0.
def Plane_StepOp : Plane_UnaryOp<"step">;
// Has no derivative rule.
def Plane_FloorOp : Plane_UnaryOp<"floor">;
def Plane_MulOp : Plane_BinaryOp<"mul">;
def Plane_DivOp : Plane_BinaryOp<"div">;
// lhs where rhs > 0, else 0.
def Plane_GateOp : Plane_BinaryOp<"gate">;
// lhs modulo rhs; its derivative with respect to rhs is left open.
def Plane_RemainderOp : Plane_BinaryOp<"remainder">;

def Plane_SumOp : Plane_Op<"sum", [SameOperandsAndResultType]> {
  let arguments = (ins Variadic<Plane_Number>:$terms);
  let results = (outs Plane_Number:$result);
  let assemblyFormat = "$terms attr-dict `:` type($result)";
}

def Plane_ScaleOp : Plane_Op<"scale", [AllTypesMatch<["x", "result"]>]> {
  let arguments = (ins Plane_Number:$x, Index:$times);
  let results = (outs Plane_Number:$result);
  let assemblyFormat = "$x `,` $times attr-dict `:` type($result)";
}

//===----------------------------------------------------------------------===//
// Vectors
//===----------------------------------------------------------------------===//

def Plane_RotateOp : Plane_Op<"rotate"> {
  let arguments = (ins Plane_Vec:$x, F64Attr:$angle);
  let results = (outs Plane_Vec:$result);
  let assemblyFormat = "$x `by` $angle attr-dict";
}

def Plane_DotOp : Plane_Op<"dot"> {
  let arguments = (ins Plane_Vec:$lhs, Plane_Vec:$rhs);
  let results = (outs Plane_Real:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict";
}

def Plane_StretchOp : Plane_Op<"stretch"> {
  let arguments = (ins Plane_Vec:$x, Plane_Real:$factor);
  let results = (outs Plane_Vec:$result);
  let assemblyFormat = "$x `,` $factor attr-dict";
}

def Plane_NormOp : Plane_Op<"norm"> {
  let arguments = (ins Plane_Vec:$x);
  let results = (outs Plane_Real:$result);
  let assemblyFormat = "$x attr-dict";
}

def Plane_SplitOp : Plane_Op<"split"> {
  let arguments = (ins Plane_Vec:$x);
  let results = (outs Plane_Real:$first, Plane_Real:$second);
  let assemblyFormat = "$x attr-dict";
}

def Plane_PairOp : Plane_Op<"pair"> {
  let arguments = (ins Plane_Real:$first, Plane_Real:$second);
  let results = (outs Plane_Vec:$result);
  let assemblyFormat = "$first `,` $second attr-dict";
}

//===----------------------------------------------------------------------===//
// Points
//===----------------------------------------------------------------------===//

def Plane_TranslateOp : Plane_Op<"translate"> {
  let arguments = (ins Plane_Point:$point, Plane_Vec:$by);
  let results = (outs Plane_Point:$result);
  let assemblyFormat = "$point `,` $by attr-dict";
}

def Plane_BetweenOp : Plane_Op<"between"> {
  let arguments = (ins Plane_Point:$from, Plane_Point:$to);
  let results = (outs Plane_Vec:$result);
  let assemblyFormat = "$from `,` $to attr-dict";
}

#endif // PLANE
