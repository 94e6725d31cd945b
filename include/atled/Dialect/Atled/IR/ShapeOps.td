//===- ShapeOps.td - Operations that make and move elements --*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_IR_SHAPEOPS
#define ATLED_DIALECT_ATLED_IR_SHAPEOPS

include "atled/Dialect/Atled/IR/AtledBase.td"
include "atled/Dialect/Atled/IR/AtledEnums.td"
include "atled/Interfaces/DerivativeRules.td"

//===----------------------------------------------------------------------===//
// Tensors out of nothing
//===----------------------------------------------------------------------===//

def Atled_ConstantOp : Atled_InferredOp<"constant", [ConstantLike]> {
  let summary = "a tensor known when compiling";
  let description = [{
    Returns the tensor `value`, which is written as `dense<...>`, or as
    `dense_resource<...>` where the bytes stand in the file's resources. Its
    shape is static.

    Example:

    ```mlir
    %zero = atled.constant dense<0.0> : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins ElementsAttr:$value);
  let results = (outs Atled_Tensor:$result);
  let assemblyFormat = "$value attr-dict";
  let builders = [
    // Every element is `element`, converted to the element type as
    // `atled.convert` would.
    OpBuilder<(ins "RankedTensorType":$type, "double":$element)>
  ];
  let hasFolder = 1;
  let hasVerifier = 1;
}

def Atled_IotaOp : Atled_Op<"iota"> {
  let summary = "each element's index along a dimension";
  let description = [{
    Returns a tensor whose elements are their own index along `dimension`, as the
    result's element type: an integer wraps, a float is rounded to nearest even.
    `sizes` has the extent of each dynamic dimension of the result, in order.

    Example:

    ```mlir
    %row = atled.iota dimension = 0 : tensor<4x8xi32>
    %all = atled.iota dimension = 0 sizes(%n) : tensor<?xf32>
    ```
  }];
  let arguments = (ins Atled_DimensionAttr:$dimension, Variadic<Index>:$sizes);
  let results = (outs Atled_NumberTensor:$result);
  let assemblyFormat = [{
    `dimension` `=` $dimension (`sizes` `(` $sizes^ `)`)? attr-dict `:` type($result)
  }];
  let builders = [
    OpBuilder<(ins "Type":$result, "int64_t":$dimension), [{
      build($_builder, $_state, result, dimension, ValueRange());
    }]>
  ];
  let hasFolder = 1;
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// The same elements in another shape
//===----------------------------------------------------------------------===//

def Atled_ReshapeOp : Atled_Op<"reshape"> {
  let summary = "the same elements in another shape";
  let description = [{
    Returns the elements of `x`, in row-major order, in the shape of the result,
    which has as many elements. It is also how a static dimension becomes a
    dynamic one and back: the program promises that the numbers of elements
    agree.

    `sizes` has the extent of each dynamic dimension of the result, in order. It
    may be left out if there is one such dimension: its extent follows from the
    number of elements, unless another dimension of the result is 0. If it is
    given, the number of elements is compared when running, and where `x` has
    the type of the result, each extent is.

    Example:

    ```mlir
    %y = atled.reshape %x : tensor<4x8xf32> -> tensor<32xf32>
    %z = atled.reshape %w sizes(%m, %n) : tensor<?xf32> -> tensor<?x?xf32>
    ```
  }];
  let arguments = (ins Atled_Tensor:$x, Variadic<Index>:$sizes);
  let results = (outs Atled_Tensor:$result);
  let assemblyFormat = [{
    $x (`sizes` `(` $sizes^ `)`)? attr-dict `:` type($x) `->` type($result)
  }];
  let builders = [
    OpBuilder<(ins "Type":$result, "Value":$x), [{
      build($_builder, $_state, result, x, ValueRange());
    }]>
  ];
  let extraClassDeclaration = [{
    /// Whether the extents of a result of type `type` do not follow from the
    /// number of its elements.
    static bool needsSizes(RankedTensorType type);
  }];
  let hasFolder = 1;
  let hasCanonicalizer = 1;
  let hasVerifier = 1;
}

def Atled_BroadcastOp : Atled_Op<"broadcast"> {
  let summary = "repetition along new dimensions, and along those of extent 1";
  let description = [{
    Returns a tensor of the result's shape that repeats `x`. Dimension `i` of `x`
    becomes dimension `dimensions[i]` of the result; `dimensions` increases, so
    that nothing is transposed. A static extent of 1 is repeated as often as the
    result asks for; any other extent, `?` included, is that of the result. The
    dimensions of the result that do not come from `x` are new. Repeated no times,
    `x` has no influence; its cotangent, a sum of no elements, is 0.

    `sizes` has the extent of each dynamic dimension of the result that is new or
    comes from an extent of 1, in order.

    Example:

    ```mlir
    %rows = atled.broadcast %x dimensions = [1] : tensor<8xf32> -> tensor<4x8xf32>
    %fill = atled.broadcast %c dimensions = [] sizes(%n) : tensor<f32> -> tensor<?x8xf32>
    ```
  }];
  let arguments = (ins Atled_Tensor:$x, DenseI64ArrayAttr:$dimensions,
                       Variadic<Index>:$sizes);
  let results = (outs Atled_Tensor:$result);
  let assemblyFormat = [{
    $x `dimensions` `=` $dimensions (`sizes` `(` $sizes^ `)`)? attr-dict `:`
    type($x) `->` type($result)
  }];
  let builders = [
    OpBuilder<(ins "Type":$result, "Value":$x, "ArrayRef<int64_t>":$dimensions), [{
      build($_builder, $_state, result, x, dimensions, ValueRange());
    }]>
  ];
  let extraClassDeclaration = [{
    /// The dimensions of the result whose extent is not one of `x`: those that
    /// are new, and those that repeat an extent of 1; in order.
    SmallVector<int64_t> getRepeatedDimensions();
  }];
  let hasFolder = 1;
  let hasCanonicalizer = 1;
  let hasVerifier = 1;
}

def Atled_TransposeOp : Atled_InferredOp<"transpose"> {
  let summary = "a permutation of the dimensions";
  let description = [{
    Returns `x` with its dimensions permuted: dimension `i` of the result is
    dimension `permutation[i]` of `x`. NaN keeps its payload.

    Example:

    ```mlir
    %y = atled.transpose %x permutation = [1, 0] : tensor<4x8xf32> -> tensor<8x4xf32>
    ```
  }];
  let arguments = (ins Atled_Tensor:$x, DenseI64ArrayAttr:$permutation);
  let results = (outs Atled_Tensor:$result);
  let assemblyFormat = [{
    $x `permutation` `=` $permutation attr-dict `:` type($x) `->` type($result)
  }];
  let builders = [
    // Reverses the order of the dimensions.
    OpBuilder<(ins "Value":$x)>
  ];
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

def Atled_ReverseOp : Atled_InferredOp<"reverse"> {
  let summary = "the elements in the opposite order along dimensions";
  let description = [{
    Returns `x` with the order of the elements reversed along each of
    `dimensions`, which increase. NaN keeps its payload.

    Example:

    ```mlir
    %y = atled.reverse %x dimensions = [1] : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Atled_Tensor:$x, DenseI64ArrayAttr:$dimensions);
  let results = (outs Atled_Tensor:$result);
  let assemblyFormat = "$x `dimensions` `=` $dimensions attr-dict `:` type($x)";
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

//===----------------------------------------------------------------------===//
// Parts and wholes
//===----------------------------------------------------------------------===//

def Atled_SliceOp : Atled_InferredOp<"slice"> {
  let summary = "a part at a fixed place";
  let description = [{
    Returns the elements of `x` whose index in each dimension is one of `start`,
    `start + stride`, and so on, less than `limit`. In the text each dimension is
    `start:limit`, or `start:limit:stride`.

    Starts are at least 0, limits at least the start and at most the extent,
    strides at least 1. In a dynamic dimension the limit may be `?`: to the end.
    Any other limit there is a promise that the extent is at least as large, and
    `start:?` one that it is at least `start`.

    Example:

    ```mlir
    %y = atled.slice %x[0:4, 1:8:2] : tensor<4x8xf32> -> tensor<4x4xf32>
    %z = atled.slice %w[0:?, 0:2] : tensor<?x8xf32> -> tensor<?x2xf32>
    ```
  }];
  let arguments = (ins Atled_Tensor:$x, DenseI64ArrayAttr:$starts,
                       DenseI64ArrayAttr:$limits, DenseI64ArrayAttr:$strides);
  let results = (outs Atled_Tensor:$result);
  let assemblyFormat = [{
    $x `` custom<Ranges>($starts, $limits, $strides) attr-dict `:`
    type($x) `->` type($result)
  }];
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

def Atled_DynamicSliceOp
    : Atled_InferredOp<"dynamic_slice"> {
  let summary = "a part at a place known when running";
  let description = [{
    Returns the part of `x` that begins at `starts`, one 0-d integer tensor per
    dimension, all of one type, and has the extents `sliceSizes`. In a dynamic
    dimension the extent may be `?`: the whole dimension. Any other extent there
    is a promise that the dimension is at least as large.

    `outOfRange` says what happens to a start at which the part would leave `x`.
    `clamp` moves it to the nearest one at which it does not. `assume` is the
    program's promise that there is none; it is clamped all the same. `drop` is
    for `atled.gather` and `atled.scatter`, and an error here.

    Example:

    ```mlir
    %row = atled.dynamic_slice %x[%i, %j] sizes = [1, 8]
        : (tensor<4x8xf32>, tensor<i32>, tensor<i32>) -> tensor<1x8xf32>
    ```

    An `index`, as a loop counts with, becomes such a tensor like this:

    ```mlir
    func.func @sum_rows(%x: tensor<4x8xf32>, %start: tensor<1x8xf32>) -> tensor<1x8xf32> {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c4 = arith.constant 4 : index
      %zero = atled.constant dense<0> : tensor<i64>
      %sum = scf.for %i = %c0 to %c4 step %c1 iter_args(%s = %start) -> (tensor<1x8xf32>) {
        %number = arith.index_cast %i : index to i64
        %place = tensor.from_elements %number : tensor<i64>
        %row = atled.dynamic_slice %x[%place, %zero] sizes = [1, 8]
            : (tensor<4x8xf32>, tensor<i64>, tensor<i64>) -> tensor<1x8xf32>
        %next = atled.add %s, %row : tensor<1x8xf32>
        scf.yield %next : tensor<1x8xf32>
      }
      return %sum : tensor<1x8xf32>
    }
    ```
  }];
  let arguments = (ins Atled_Tensor:$x, Variadic<Atled_IntegerTensor>:$starts,
                       DenseI64ArrayAttr:$sliceSizes,
                       DefaultValuedAttr<Atled_OutOfRangeAttr,
                                         "OutOfRange::assume">:$outOfRange);
  let results = (outs Atled_Tensor:$result);
  let assemblyFormat = [{
    $x `[` $starts `]` `sizes` `=` custom<Extents>($sliceSizes)
    (`out_of_range` `=` $outOfRange^)? attr-dict `:`
    functional-type(operands, results)
  }];
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

def Atled_DynamicUpdateSliceOp : Atled_InferredOp<"dynamic_update_slice"> {
  let summary = "a tensor with a part replaced, at a place known when running";
  let description = [{
    Returns `x` with the part that begins at `starts` and has the shape of
    `update` replaced by `update`. `starts` has one 0-d integer tensor per
    dimension, all of one type. No extent of `update` is greater than that of
    `x`; where one of the two is dynamic, this is a promise.

    `outOfRange` is as in `atled.dynamic_slice`.

    Example:

    ```mlir
    %y = atled.dynamic_update_slice %row into %x[%i, %j]
        : (tensor<4x8xf32>, tensor<1x8xf32>, tensor<i32>, tensor<i32>) -> tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Atled_Tensor:$x, Atled_Tensor:$update,
                       Variadic<Atled_IntegerTensor>:$starts,
                       DefaultValuedAttr<Atled_OutOfRangeAttr,
                                         "OutOfRange::assume">:$outOfRange);
  let results = (outs Atled_Tensor:$result);
  let assemblyFormat = [{
    $update `into` $x `[` $starts `]` (`out_of_range` `=` $outOfRange^)?
    attr-dict `:` functional-type(operands, results)
  }];
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

def Atled_ConcatenateOp : Atled_InferredOp<"concatenate"> {
  let summary = "tensors one after the other";
  let description = [{
    Returns `inputs`, of which there is at least one, joined along `dimension` in
    order. They have the same element type, the same rank, and the same extents
    in all other dimensions. NaN keeps its payload.

    Example:

    ```mlir
    %z = atled.concatenate %x, %y dimension = 0
        : (tensor<4x8xf32>, tensor<2x8xf32>) -> tensor<6x8xf32>
    ```
  }];
  let arguments = (ins Variadic<Atled_Tensor>:$inputs,
                       Atled_DimensionAttr:$dimension);
  let results = (outs Atled_Tensor:$result);
  let assemblyFormat = [{
    $inputs `dimension` `=` $dimension attr-dict `:`
    functional-type(operands, results)
  }];
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

def Atled_PadOp : Atled_InferredOp<"pad"> {
  let summary = "a tensor with a margin, and with gaps between its elements";
  let description = [{
    Returns `x` with `interior[i]` elements put between any two neighbours along
    dimension `i`, then `low[i]` before the first and `high[i]` after the last.
    What is put there is the one element of `value`. Where `low` or `high` is
    less than 0, that many elements are taken away instead; `interior` is at
    least 0. No extent of the result may be less than 0; for a dynamic dimension
    this is a promise.

    Example:

    ```mlir
    %y = atled.pad %x, %zero low = [1] high = [0] interior = [2]
        : (tensor<4xf32>, tensor<f32>) -> tensor<11xf32>
    ```
  }];
  let arguments = (ins Atled_Tensor:$x, Atled_Tensor:$value,
                       DenseI64ArrayAttr:$low, DenseI64ArrayAttr:$high,
                       DenseI64ArrayAttr:$interior);
  let results = (outs Atled_Tensor:$result);
  let assemblyFormat = [{
    $x `,` $value `low` `=` $low `high` `=` $high `interior` `=` $interior
    attr-dict `:` functional-type(operands, results)
  }];
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

//===----------------------------------------------------------------------===//
// Derivatives
//===----------------------------------------------------------------------===//

def ReshapeLike : Function<"reshapeLike">;
def : Linear<Atled_ReshapeOp, [(ReshapeLike $cotangent, $x), (NoDerivative)]> {
  let formulas = ["reshape(cotangent) to the shape of x", "none"];
}

def SumOfRepetitions : Function<"sumOfRepetitions">;
def : Linear<Atled_BroadcastOp, [(SumOfRepetitions $cotangent, $op), (NoDerivative)]> {
  let formulas = ["reduce_sum(cotangent) over what repeats x", "none"];
}

def InversePermutation : Function<"inversePermutation">;
def : Linear<Atled_TransposeOp,
             [(Atled_TransposeOp $cotangent, (InversePermutation $permutation))]> {
  let formulas = ["transpose(cotangent) by the inverse permutation"];
}

def : Linear<Atled_ReverseOp, [(Atled_ReverseOp $cotangent, $dimensions)]>;

def SpreadSlice : Function<"spreadSlice">;
def : Linear<Atled_SliceOp, [(SpreadSlice $cotangent, $op)]> {
  let formulas = ["pad(cotangent, 0) by the margins and gaps that were cut away"];
}

def SpreadDynamicSlice : Function<"spreadDynamicSlice">;
def : Linear<Atled_DynamicSliceOp, [(SpreadDynamicSlice $cotangent, $op), (NoDerivative)]> {
  let formulas = ["dynamic_update_slice(0, cotangent, starts)", "none"];
}

def ClearUpdatedPart : Function<"clearUpdatedPart">;
def TakeUpdatedPart : Function<"takeUpdatedPart">;
def : Linear<Atled_DynamicUpdateSliceOp,
             [(ClearUpdatedPart $cotangent, $op), (TakeUpdatedPart $cotangent, $op),
              (NoDerivative)]> {
  let isCheap = 0;
  let isLastFirst = 1;
  let formulas = ["dynamic_update_slice(cotangent, 0, starts)",
                  "the part of cotangent at starts", "none"];
}

def TakeConcatenatedPart : Function<"takeConcatenatedPart">;
def : Linear<Atled_ConcatenateOp, [(TakeConcatenatedPart $cotangent, $op, $number)]> {
  let formulas = ["slice(cotangent) where the operand went"];
}

def TakePadded : Function<"takePadded">;
def SumOfPadding : Function<"sumOfPadding">;
def : Linear<Atled_PadOp, [(TakePadded $cotangent, $op), (SumOfPadding $cotangent, $op)]> {
  let formulas = ["slice(cotangent) where the elements went",
                  "reduce_sum(cotangent) over the padding"];
}

#endif // ATLED_DIALECT_ATLED_IR_SHAPEOPS
