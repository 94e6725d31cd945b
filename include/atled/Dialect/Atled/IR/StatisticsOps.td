//===- StatisticsOps.td - Means, norms and softmax -----------*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What could be written with reductions, and would overflow, lose digits, or
// have no derivative where it has one.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_IR_STATISTICSOPS
#define ATLED_DIALECT_ATLED_IR_STATISTICSOPS

include "atled/Dialect/Atled/IR/AtledEnums.td"
include "atled/Dialect/Atled/IR/ReductionOps.td"

// A number for all elements over `dimensions`, which the result does not have.
class Atled_StatisticOp<string mnemonic> : Atled_InferredOp<mnemonic> {
  let arguments = (ins Atled_FloatTensor:$x, DenseI64ArrayAttr:$dimensions);
  let results = (outs Atled_FloatTensor:$result);
  let assemblyFormat = [{
    $x `dimensions` `=` $dimensions attr-dict `:` type($x) `->` type($result)
  }];
  let extraClassDefinition = Atled_InferReduction.definition;
}

// The elements over `dimensions`, seen as parts of a whole.
class Atled_NormalizingOp<string mnemonic>
    : Atled_Op<mnemonic, [SameOperandsAndResultType]> {
  let arguments = (ins Atled_FloatTensor:$x, DenseI64ArrayAttr:$dimensions);
  let results = (outs Atled_FloatTensor:$result);
  let assemblyFormat = "$x `dimensions` `=` $dimensions attr-dict `:` type($x)";
  let hasVerifier = 1;
}

def Atled_MeanOp : Atled_StatisticOp<"mean"> {
  let summary = "arithmetic mean over dimensions";
  let description = [{
    Returns the means of `x` over `dimensions`, which increase and which the result
    does not have: their sum, as `atled.reduce_sum` adds, divided by how many they
    are. The mean of no elements is NaN.

    Example:

    ```mlir
    %y = atled.mean %x dimensions = [0] : tensor<4x8xf32> -> tensor<8xf32>
    ```
  }];
}

// How many elements less than there are a sum of squares is divided by.
def Atled_CorrectionAttr
    : TypedSignlessIntegerAttrBase<I64, "int64_t", "correction">;

def Atled_VarianceOp : Atled_StatisticOp<"variance"> {
  let summary = "variance over dimensions";
  let description = [{
    Returns, over `dimensions`, which increase and which the result does not have,
    the sum of the squared differences from the mean, divided by the number of
    elements less `correction`: 0 for the variance of `x` itself, 1 for an estimate
    of that of what `x` is a sample of (Bessel). Where that is not positive, it is
    a division by 0: that of no elements is NaN. An infinity makes it NaN.

    Example:

    ```mlir
    %y = atled.variance %x dimensions = [1] correction = 1 : tensor<4x8xf32> -> tensor<4xf32>
    ```
  }];
  let arguments = (ins Atled_FloatTensor:$x, DenseI64ArrayAttr:$dimensions,
                       DefaultValuedAttr<Atled_CorrectionAttr, "0">:$correction);
  let assemblyFormat = [{
    $x `dimensions` `=` $dimensions (`correction` `=` $correction^)? attr-dict
    `:` type($x) `->` type($result)
  }];
  let hasVerifier = 1;
}

def Atled_NormOp : Atled_StatisticOp<"norm"> {
  let summary = "norm over dimensions";
  let description = [{
    Returns, over `dimensions`, which increase and which the result does not have,
    a norm of `x`:

    | `order`    | is                                                           |
    |------------|--------------------------------------------------------------|
    | `one`      | the sum of the magnitudes                                    |
    | `two`      | the square root of the sum of the squares, the default       |
    | `infinity` | the greatest magnitude                                       |

    No square overflows or underflows. An infinity makes the norm +inf, unless
    there is a NaN, which makes it NaN. The norm of no elements is 0.

    The derivative where all elements are 0 is 0. That of `one` is the sign of each
    element, 0 at 0. In that of `infinity`, the elements of the greatest magnitude
    share evenly, with their signs.

    Example:

    ```mlir
    %y = atled.norm %x dimensions = [0] : tensor<4x8xf32> -> tensor<8xf32>
    %z = atled.norm %x dimensions = [1] order = one : tensor<4x8xf32> -> tensor<4xf32>
    ```
  }];
  let arguments = (ins Atled_FloatTensor:$x, DenseI64ArrayAttr:$dimensions,
                       DefaultValuedAttr<Atled_NormOrderAttr, "NormOrder::two">:$order);
  let assemblyFormat = [{
    $x `dimensions` `=` $dimensions (`order` `=` $order^)? attr-dict `:`
    type($x) `->` type($result)
  }];
}

def Atled_LogSumExpOp : Atled_StatisticOp<"logsumexp"> {
  let summary = "logarithm of the sum of exponentials over dimensions";
  let description = [{
    Returns `log(sum(exp(x)))` over `dimensions`, which increase and which the
    result does not have, without overflow or underflow in between. That of no
    elements, or where all are -inf, is -inf. NaN in any is NaN in the result.

    The derivative is `softmax(x)`: where all elements are -inf it is 0, and where
    some are +inf, they share it evenly.

    Example:

    ```mlir
    %y = atled.logsumexp %x dimensions = [1] : tensor<4x8xf32> -> tensor<4xf32>
    ```
  }];
}

def Atled_SoftmaxOp : Atled_NormalizingOp<"softmax"> {
  let summary = "exponentials that add up to one over dimensions";
  let description = [{
    Returns `exp(x) / sum(exp(x))`, where the sum is over `dimensions`, which
    increase: without overflow, however large `x` is. Where all elements are -inf,
    or some are +inf, the result is NaN.

    Example:

    ```mlir
    %y = atled.softmax %x dimensions = [1] : tensor<4x8xf32>
    ```
  }];
}

def Atled_LogSoftmaxOp : Atled_NormalizingOp<"log_softmax"> {
  let summary = "logarithm of softmax";
  let description = [{
    Returns `x - logsumexp(x)`, where that is over `dimensions`, which increase:
    the logarithm of `atled.softmax`, exact where that is near 0. Where all
    elements are -inf, or some are +inf, the result is NaN.

    The cross entropy of logits and classes is the mean of what stands at the
    classes, negated.

    Example:

    ```mlir
    %y = atled.log_softmax %x dimensions = [1] : tensor<4x8xf32>
    ```
  }];
}

//===----------------------------------------------------------------------===//
// Derivatives
//===----------------------------------------------------------------------===//

def MeanBack : Function<"meanBack">;
def : Linear<Atled_MeanOp, [(MeanBack $cotangent, $op)]> {
  let isCheap = 0;
  let formulas = ["broadcast(cotangent / number of elements) along dimensions"];
}

def : Coded<Atled_VarianceOp,
            ["cotangent * 2 * (x - mean(x)) / (number of elements - correction)"],
            "reduce_sum(tangent(x) * 2 * (x - mean(x))) / (number of elements - correction)">;

def : Coded<Atled_NormOp,
            ["cotangent * (result = 0 ? 0 : x / result); order = one: cotangent * sign(x); "
             "order = infinity: cotangent * (|x| = result ? sign(x) / number of such x : 0)"],
            "reduce_sum(tangent(x) * (as below))">;

def : Coded<Atled_LogSumExpOp, ["cotangent * softmax(x)"],
            "reduce_sum(tangent(x) * softmax(x))">;

def : Coded<Atled_SoftmaxOp,
            ["result * (cotangent - reduce_sum(result * cotangent))"],
            "result * (tangent(x) - reduce_sum(result * tangent(x)))">;

def : Coded<Atled_LogSoftmaxOp,
            ["cotangent - exp(result) * reduce_sum(cotangent)"],
            "tangent(x) - reduce_sum(exp(result) * tangent(x))">;

#endif // ATLED_DIALECT_ATLED_IR_STATISTICSOPS
