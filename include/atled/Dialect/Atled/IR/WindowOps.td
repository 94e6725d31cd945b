//===- WindowOps.td - Windows that slide over a tensor -------*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_IR_WINDOWOPS
#define ATLED_DIALECT_ATLED_IR_WINDOWOPS

include "atled/Dialect/Atled/IR/AtledBase.td"
include "atled/Interfaces/DerivativeRules.td"

def Atled_UnfoldOp : Atled_InferredOp<"unfold"> {
  let summary = "windows that slide over dimensions";
  let description = [{
    Returns the windows of `x` that slide over `dimensions`, which increase and are
    static. Each of them counts windows in the result, and behind all dimensions
    of `x` the result has one more for each, which counts the elements of a window.
    A window has so many elements as `sizes` says, `dilations` apart, and the next
    one begins `strides` elements further; only whole windows are returned.

    With a reduction of just the last dimensions this is pooling, or any other
    `reduce_window`: no window is copied for it. What is beyond the edges is said
    by `atled.pad`, with -inf for a maximum, say. The derivative is that of the
    reduction, at ties too: `atled.reduce_max` with `tie = first` is the pooling
    whose adjoint is StableHLO's `select_and_scatter`.

    Example, which takes the greatest of every 2 by 2 elements:

    ```mlir
    %w = atled.unfold %x dimensions = [2, 3] sizes = [2, 2] strides = [2, 2] dilations = [1, 1]
        : tensor<8x3x28x28xf32> -> tensor<8x3x14x14x2x2xf32>
    %y = atled.reduce_max %w dimensions = [4, 5] : tensor<8x3x14x14x2x2xf32> -> tensor<8x3x14x14xf32>
    ```
  }];
  let arguments = (ins Atled_Tensor:$x, DenseI64ArrayAttr:$dimensions,
                       DenseI64ArrayAttr:$sizes, DenseI64ArrayAttr:$strides,
                       DenseI64ArrayAttr:$dilations);
  let results = (outs Atled_Tensor:$result);
  let assemblyFormat = [{
    $x `dimensions` `=` $dimensions `sizes` `=` $sizes `strides` `=` $strides
    `dilations` `=` $dilations attr-dict `:` type($x) `->` type($result)
  }];
}

def Atled_OverlapAddOp : Atled_InferredOp<"overlap_add"> {
  let summary = "sums of windows where they overlap";
  let description = [{
    Returns, of windows as `atled.unfold` returns them from a tensor that has
    `extents` in `dimensions`, the sum of what they have for each element of that
    tensor: 0 where there is no window. They are added in the order of their places
    inside of a window, `f16` and `bf16` in `f32` and rounded once; integers wrap.
    Time and memory grow with the number of elements of `x` and of the result.

    Example:

    ```mlir
    %x = atled.overlap_add %w dimensions = [0] extents = [16] strides = [2] dilations = [1]
        : tensor<7x4xf32> -> tensor<16xf32>
    ```
  }];
  let arguments = (ins Atled_NumberTensor:$x, DenseI64ArrayAttr:$dimensions,
                       DenseI64ArrayAttr:$extents, DenseI64ArrayAttr:$strides,
                       DenseI64ArrayAttr:$dilations);
  let results = (outs Atled_NumberTensor:$result);
  let assemblyFormat = [{
    $x `dimensions` `=` $dimensions `extents` `=` $extents `strides` `=` $strides
    `dilations` `=` $dilations attr-dict `:` type($x) `->` type($result)
  }];
}

//===----------------------------------------------------------------------===//
// Derivatives
//===----------------------------------------------------------------------===//

def OverlapBack : Function<"overlapBack">;
def : Linear<Atled_UnfoldOp, [(OverlapBack $cotangent, $op)]> {
  let formulas = ["overlap_add(cotangent)"];
}

def UnfoldBack : Function<"unfoldBack">;
def : Linear<Atled_OverlapAddOp, [(UnfoldBack $cotangent, $op)]> {
  let isCheap = 0;
  let formulas = ["unfold(cotangent)"];
}

#endif // ATLED_DIALECT_ATLED_IR_WINDOWOPS
