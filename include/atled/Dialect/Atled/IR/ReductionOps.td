//===- ReductionOps.td - Many elements become one ------------*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_IR_REDUCTIONOPS
#define ATLED_DIALECT_ATLED_IR_REDUCTIONOPS

include "atled/Dialect/Atled/IR/AtledBase.td"
include "atled/Dialect/Atled/IR/AtledEnums.td"
include "atled/Interfaces/DerivativeRules.td"

// The definition of type inference for what reduces `x` over `dimensions`.
def Atled_InferReduction {
  string definition = [{
    ::llvm::LogicalResult $cppClass::inferReturnTypes(
        ::mlir::MLIRContext *, std::optional<::mlir::Location> location,
        Adaptor adaptor,
        ::llvm::SmallVectorImpl<::mlir::Type> &inferredReturnTypes) {
      return inferReduction(location, getOperationName(), adaptor.getX(),
                            adaptor.getDimensions(), inferredReturnTypes);
    }
  }];
}

// Reduces over `dimensions`, which the result does not have.
class Atled_ReduceOp<string mnemonic, Type tensor = Atled_NumberTensor>
    : Atled_InferredOp<"reduce_" # mnemonic> {
  let arguments = (ins tensor:$x, DenseI64ArrayAttr:$dimensions);
  let results = (outs tensor:$result);
  let assemblyFormat = [{
    $x `dimensions` `=` $dimensions attr-dict `:` type($x) `->` type($result)
  }];
  let builders = [
    // Reduces over all dimensions.
    OpBuilder<(ins "Value":$x), [{
      build($_builder, $_state, x, getAllDimensions(x));
    }]>
  ];
  let extraClassDefinition = Atled_InferReduction.definition;
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

def Atled_ReduceSumOp : Atled_ReduceOp<"sum"> {
  let summary = "sum over dimensions";
  let description = [{
    Returns the sums of `x` over `dimensions`, which increase and which the result
    does not have. The sum of no elements is 0. Integers wrap.

    Floats are added in an order that depends on the shape alone; `f16` and
    `bf16` are added in `f32` and rounded once.

    Example:

    ```mlir
    %y = atled.reduce_sum %x dimensions = [0] : tensor<4x8xf32> -> tensor<8xf32>
    ```
  }];
}

def Atled_ReduceProdOp : Atled_ReduceOp<"prod"> {
  let summary = "product over dimensions";
  let description = [{
    Returns the products of `x` over `dimensions`, which increase and which the
    result does not have. The product of no elements is 1. Integers wrap.

    Floats are multiplied in an order that depends on the shape alone; `f16` and
    `bf16` are multiplied in `f32` and rounded once. The derivative is exact where
    elements are 0: it is the product of all the others.

    Example:

    ```mlir
    %y = atled.reduce_prod %x dimensions = [1] : tensor<4x8xf32> -> tensor<4xf32>
    ```
  }];
}

// `tie` says who gets the derivative where several attain the extremum.
class Atled_ReduceExtremumOp<string mnemonic> : Atled_ReduceOp<mnemonic> {
  let arguments = (ins Atled_NumberTensor:$x, DenseI64ArrayAttr:$dimensions,
                       DefaultValuedAttr<Atled_TieAttr, "Tie::split">:$tie);
  let assemblyFormat = [{
    $x `dimensions` `=` $dimensions (`tie` `=` $tie^)? attr-dict `:` type($x)
    `->` type($result)
  }];
  let hasVerifier = 1;
}

def Atled_ReduceMaxOp : Atled_ReduceExtremumOp<"max"> {
  let summary = "maximum over dimensions";
  let description = [{
    Returns the greatest element of `x` over `dimensions`, which increase and which
    the result does not have. NaN in any is NaN in the result; +0 is greater than
    -0. The maximum of no elements is -inf, or the smallest integer.

    The elements that attain the maximum share the derivative evenly; where there
    are NaNs, they do. With `tie = first`, the first of them in row-major order has
    all of it, as in StableHLO's `select_and_scatter`.

    Example:

    ```mlir
    %y = atled.reduce_max %x dimensions = [0, 1] : tensor<4x8xf32> -> tensor<f32>
    %z = atled.reduce_max %x dimensions = [1] tie = first : tensor<4x8xf32> -> tensor<4xf32>
    ```
  }];
}

def Atled_ReduceMinOp : Atled_ReduceExtremumOp<"min"> {
  let summary = "minimum over dimensions";
  let description = [{
    Returns the least element of `x` over `dimensions`, which increase and which
    the result does not have. NaN in any is NaN in the result; -0 is less than +0.
    The minimum of no elements is +inf, or the greatest integer.

    The elements that attain the minimum share the derivative evenly; where there
    are NaNs, they do. `tie = first` is as in `atled.reduce_max`.

    Example:

    ```mlir
    %y = atled.reduce_min %x dimensions = [0, 1] : tensor<4x8xf32> -> tensor<f32>
    ```
  }];
}

def Atled_ReduceAnyOp : Atled_ReduceOp<"any", Atled_BooleanTensor> {
  let summary = "whether any is true, over dimensions";
  let description = [{
    Returns, over `dimensions`, which increase and which the result does not have,
    whether an element of `x` is true. Of no elements none is.

    Example:

    ```mlir
    %y = atled.reduce_any %x dimensions = [0] : tensor<4x8xi1> -> tensor<8xi1>
    ```
  }];
}

def Atled_ReduceAllOp : Atled_ReduceOp<"all", Atled_BooleanTensor> {
  let summary = "whether all are true, over dimensions";
  let description = [{
    Returns, over `dimensions`, which increase and which the result does not have,
    whether all elements of `x` are true. Of no elements all are.

    Example:

    ```mlir
    %y = atled.reduce_all %x dimensions = [0] : tensor<4x8xi1> -> tensor<8xi1>
    ```
  }];
}

// Where the first of the best elements stands.
class Atled_ArgExtremumOp<string mnemonic>
    : Atled_InferredOp<mnemonic, [], InferTypeOpAdaptorWithIsCompatible> {
  let arguments = (ins Atled_NumberTensor:$x, Atled_DimensionAttr:$dimension);
  let results = (outs Atled_IntegerTensor:$result);
  let assemblyFormat = [{
    $x `dimension` `=` $dimension attr-dict `:` type($x) `->` type($result)
  }];
  let hasFolder = 1;
  let hasVerifier = 1;
}

def Atled_ArgmaxOp : Atled_ArgExtremumOp<"argmax"> {
  let summary = "index of the maximum along a dimension";
  let description = [{
    Returns the index, along `dimension`, of the first greatest element of `x`; or
    of the first NaN, if there is one. Zeros of both signs are equal. The result
    does not have `dimension`. Its elements are of any integer type that can hold
    every index; a builder that is given none takes `i32`.

    The extent of `dimension` is not 0. If it is dynamic, this is a promise, and
    so is that the indices fit.

    Example:

    ```mlir
    %i = atled.argmax %x dimension = 1 : tensor<4x8xf32> -> tensor<4xi32>
    ```
  }];
}

def Atled_ArgminOp : Atled_ArgExtremumOp<"argmin"> {
  let summary = "index of the minimum along a dimension";
  let description = [{
    Returns the index, along `dimension`, of the first least element of `x`; or of
    the first NaN, if there is one. All else is as in `atled.argmax`.

    Example:

    ```mlir
    %i = atled.argmin %x dimension = 1 : tensor<4x8xf32> -> tensor<4xi32>
    ```
  }];
}

//===----------------------------------------------------------------------===//
// Derivatives
//===----------------------------------------------------------------------===//

def BroadcastBack : Function<"broadcastBack">;
def : Linear<Atled_ReduceSumOp, [(BroadcastBack $cotangent, $x, $dimensions)]> {
  let isCheap = 0;
  let formulas = ["broadcast(cotangent) along dimensions"];
}

def : Coded<Atled_ReduceProdOp, ["cotangent * (product of all the others)"],
            "reduce_sum(tangent(x) * (product of all the others))">;

def : Coded<Atled_ReduceMaxOp,
            ["cotangent * (x = result ? 1 / number of such x : 0); tie = first: to the first such x"],
            "reduce_sum(tangent(x) * (x = result ? 1 / number of such x : 0)); "
            "tie = first: tangent(x) of the first such x">;

def : Coded<Atled_ReduceMinOp,
            ["cotangent * (x = result ? 1 / number of such x : 0); tie = first: to the first such x"],
            "reduce_sum(tangent(x) * (x = result ? 1 / number of such x : 0)); "
            "tie = first: tangent(x) of the first such x">;

def : Partials<Atled_ReduceAnyOp, [(NoDerivative)]>;
def : Partials<Atled_ReduceAllOp, [(NoDerivative)]>;

def : Partials<Atled_ArgmaxOp, [(Zero)]>;
def : Partials<Atled_ArgminOp, [(Zero)]>;

#endif // ATLED_DIALECT_ATLED_IR_REDUCTIONOPS
