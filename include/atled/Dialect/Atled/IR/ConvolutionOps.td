//===- ConvolutionOps.td - Products summed over windows -----*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_IR_CONVOLUTIONOPS
#define ATLED_DIALECT_ATLED_IR_CONVOLUTIONOPS

include "atled/Dialect/Atled/IR/AtledBase.td"
include "atled/Interfaces/DerivativeRules.td"

def Atled_ConvolutionOp : Atled_InferredOp<"convolution"> {
  let summary = "sum of products over a window that moves, and over other dimensions";
  let description = [{
    Multiplies `lhs`, the image, with `rhs`, the kernel, and sums. The dimensions of
    the three tensors are named by one character each, in the order in which they
    stand; the same name is the same dimension.

    A letter is a dimension of two of the three, or of all. In `lhs` and the result
    it is a batch, in `rhs` and the result a feature that comes out, in `lhs` and
    `rhs` a feature that goes in, and is summed over; in all three it is a group:
    there is a convolution for each index. Extents of one letter are the same.

    A digit is a spatial dimension, of all three; they are 0, 1, and so on. Along
    spatial dimension `d` the element at `s` of the result is the sum, over the
    indices `k` of the kernel, of

        lhs[s * strides[d] + k * rhsDilation[d]] * rhs[k]

    where `lhs` has been padded with zeros, `lhsDilation[d] - 1` between any two
    neighbours, then `low[d]` in front and `high[d]` behind, as by `atled.pad`;
    `low` and `high` may be less than 0. The result has as many elements as there
    are places where the whole kernel is inside, or none. A kernel is not empty.

    The order of the sum depends on the shapes alone. `f16` and `bf16` are multiplied
    and added in `f32` and rounded once; integers wrap.

    Example:

    ```mlir
    // Images of 3 channels, 3 x 3 kernels, every second place.
    %y = atled.convolution %x, %w "bi01" x "oi01" -> "bo01" strides = [2, 2]
        low = [1, 1] high = [1, 1] lhs_dilation = [1, 1] rhs_dilation = [1, 1]
        : (tensor<8x3x32x32xf32>, tensor<16x3x3x3xf32>) -> tensor<8x16x16x16xf32>
    // Each channel alone.
    %z = atled.convolution %u, %v "b0g" x "g0" -> "b0g" strides = [1]
        low = [1] high = [1] lhs_dilation = [1] rhs_dilation = [1]
        : (tensor<8x32x4xf32>, tensor<4x3xf32>) -> tensor<8x32x4xf32>
    ```
  }];
  let arguments = (ins Atled_NumberTensor:$lhs, Atled_NumberTensor:$rhs,
                       StrAttr:$lhsDimensions, StrAttr:$rhsDimensions,
                       StrAttr:$resultDimensions, DenseI64ArrayAttr:$strides,
                       DenseI64ArrayAttr:$low, DenseI64ArrayAttr:$high,
                       DenseI64ArrayAttr:$lhsDilation,
                       DenseI64ArrayAttr:$rhsDilation);
  let results = (outs Atled_NumberTensor:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs $lhsDimensions `x` $rhsDimensions `->` $resultDimensions
    `strides` `=` $strides `low` `=` $low `high` `=` $high
    `lhs_dilation` `=` $lhsDilation `rhs_dilation` `=` $rhsDilation attr-dict `:`
    functional-type(operands, results)
  }];
  let extraClassDeclaration = [{
    /// How many spatial dimensions there are.
    int64_t getSpatialRank() { return getStrides().size(); }
    /// Where spatial dimension `spatial` stands in the tensor whose dimensions
    /// are named by `names`.
    static int64_t getSpatial(StringRef names, int64_t spatial) {
      return names.find(static_cast<char>('0' + spatial));
    }
    /// The extent along a dimension once `dilation - 1` elements are between
    /// any two neighbours.
    static int64_t getDilatedExtent(int64_t extent, int64_t dilation) {
      return extent == 0 ? 0 : (extent - 1) * dilation + 1;
    }
    /// The number of products; nothing if a size is not known.
    std::optional<int64_t> countOperations();
  }];
}

//===----------------------------------------------------------------------===//
// Derivatives
//===----------------------------------------------------------------------===//

def ConvolutionAdjointOfLhs : Function<"convolutionAdjointOfLhs">;
def ConvolutionAdjointOfRhs : Function<"convolutionAdjointOfRhs">;
def : Multilinear<Atled_ConvolutionOp,
                  [(ConvolutionAdjointOfLhs $cotangent, $op),
                   (ConvolutionAdjointOfRhs $cotangent, $op)]> {
  let formulas = ["convolution(cotangent, reverse(rhs)), strides and lhs_dilation exchanged",
                  "convolution(lhs, cotangent), strides and rhs_dilation exchanged"];
}

#endif // ATLED_DIALECT_ATLED_IR_CONVOLUTIONOPS
