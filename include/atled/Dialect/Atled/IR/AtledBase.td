//===- AtledBase.td - The atled dialect and its base classes -*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The dialect, the tensors that its operations take, and the base class of
// the operations. The operations themselves are in one file per family.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_IR_ATLEDBASE
#define ATLED_DIALECT_ATLED_IR_ATLEDBASE

include "mlir/IR/OpBase.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Atled_Dialect : Dialect {
  let name = "atled";
  let cppNamespace = "::atled";
  let summary = "tensor programs by value; every operation carries its derivative";
  let description = [{
    Operations on builtin tensors: ranked, with static (`4`) and dynamic (`?`)
    dimensions, without encoding. Tensors are values; nothing is updated in
    place. An operation that changes a value returns a new one.

    **Elements** are `f16`, `bf16`, `f32`, `f64`; the signless integers `i8` to
    `i64`, which are read as signed; the unsigned integers `ui8` to `ui64`; and
    `i1`, which is false or true and takes no part in arithmetic. A tensor has
    less than 2^63 bytes.

    **Nothing is implicit.** Operands of an elementwise operation have the same
    type, to the letter: `tensor<?xf32>` and `tensor<4xf32>` are different types.
    `atled.broadcast` and `atled.convert` bring operands together,
    and `atled.reshape` turns a static dimension into a dynamic one and back.

    **Dynamic dimensions.** Two dynamic dimensions that must agree are a promise,
    as is whatever else an operation says of one. A call of the compiled program
    compares what follows from the shapes of its arguments before it computes
    anything, and returns `ATLED_ERROR_DIMS` where a promise is broken.
    Where the extent of a dynamic dimension of the result does not follow
    from the operands, the operation takes it as an operand of type `index`, in
    the clause `sizes(...)`. One that is computed from elements and turns out to
    be negative makes the call return `ATLED_ERROR_SIZE`.

    **Floating point** follows IEEE 754, rounding to nearest even, with
    subnormal numbers, infinities and NaN. No simplification changes a result
    from or to NaN, nor the sign of a zero. `f16` and `bf16` compute in `f32` and
    round the result; reductions and contractions accumulate in `f32` and round
    once.

    **Integers** wrap on overflow. Division truncates; `x / 0` is -1 (all bits
    set), and the smallest integer divided by -1 is itself.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::tensor::TensorDialect"];
  let hasConstantMaterializer = 1;
  let hasCanonicalizer = 1;
  let hasOperationAttrVerify = 1;
  let hasRegionArgAttrVerify = 1;
  let hasRegionResultAttrVerify = 1;
  let useDefaultAttributePrinterParser = 1;
}

//===----------------------------------------------------------------------===//
// Tensors and attributes
//===----------------------------------------------------------------------===//

class Atled_TensorOf<string elementPredicate, string elements>
    : Type<And<[IsRankedTensorTypePred,
                CPred<"::atled::" # elementPredicate
                      # "(::mlir::getElementTypeOrSelf($_self))">]>,
           "tensor of " # elements, "::mlir::RankedTensorType">;

def Atled_FloatTensor
    : Atled_TensorOf<"isFloatElement", "f16, bf16, f32 or f64">;
def Atled_NumberTensor
    : Atled_TensorOf<"isNumberElement",
                     "f16, bf16, f32, f64, i8 to i64 or ui8 to ui64">;
def Atled_BooleanTensor : Atled_TensorOf<"isBooleanElement", "i1">;
def Atled_IntegerTensor
    : Atled_TensorOf<"isIntegerElement", "i8 to i64 or ui8 to ui64">;
def Atled_BitTensor
    : Atled_TensorOf<"isBitElement", "i1, i8 to i64 or ui8 to ui64">;
def Atled_Tensor
    : Atled_TensorOf<"isElement",
                     "f16, bf16, f32, f64, i1, i8 to i64 or ui8 to ui64">;

// Where each tensor has an element type of its own.
def Atled_AnyTensor
    : Atled_TensorOf<"isElement", "any element type of the dialect">;

// A number of elements, or of what else can be counted.
def Atled_CountAttr : TypedSignlessIntegerAttrBase<I64, "int64_t", "number">;

// A dimension of a tensor, counted from 0.
def Atled_DimensionAttr
    : TypedSignlessIntegerAttrBase<I64, "int64_t", "dimension">;

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

// No tensor has an encoding, or more bytes than an address reaches.
def Atled_PlainTensors : NativeOpTrait<"PlainTensors"> {
  let cppNamespace = "::atled";
}

// Type inference accepts the operands, and the result has the type inferred.
def Atled_VerifiedByInference : NativeOpTrait<"VerifiedByInference"> {
  let cppNamespace = "::atled";
}

class Atled_Op<string mnemonic, list<Trait> traits = []>
    : Op<Atled_Dialect, mnemonic, [Atled_PlainTensors] # traits # [Pure]>;

// An operation whose result type follows from its operands and attributes.
// Inference is also its verification: it reports what does not fit.
class Atled_InferredOp<string mnemonic, list<Trait> traits = [],
                       Trait inference = InferTypeOpAdaptor>
    : Atled_Op<mnemonic, [inference, Atled_VerifiedByInference] # traits>;

#endif // ATLED_DIALECT_ATLED_IR_ATLEDBASE
