//===- ScanOps.td - Every beginning of a dimension -----------*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_IR_SCANOPS
#define ATLED_DIALECT_ATLED_IR_SCANOPS

include "atled/Dialect/Atled/IR/AtledBase.td"
include "atled/Interfaces/DerivativeRules.td"

// Goes along `dimension`, from its last element to its first if `reverse`; each
// result lacks its own element if `exclusive`.
class Atled_ScanOp<string mnemonic, Type tensor = Atled_NumberTensor>
    : Atled_Op<mnemonic, [SameOperandsAndResultType]> {
  let arguments = (ins tensor:$x, Atled_DimensionAttr:$dimension,
                       UnitAttr:$reverse, UnitAttr:$exclusive);
  let results = (outs tensor:$result);
  let assemblyFormat = [{
    $x `dimension` `=` $dimension (`reverse` $reverse^)?
    (`exclusive` $exclusive^)? attr-dict `:` type($x)
  }];
  let hasVerifier = 1;
}

def Atled_CumSumOp : Atled_ScanOp<"cumsum"> {
  let summary = "sums of all beginnings of a dimension";
  let description = [{
    Returns, for each element of `x`, the sum of it and those before it along
    `dimension`; with `reverse`, those behind it; with `exclusive`, without the
    element itself, so that the first sum, of nothing, is 0. They are added one
    after the other; `f16` and `bf16` in `f32`, of which each sum is rounded.
    Integers wrap.

    Example:

    ```mlir
    %y = atled.cumsum %x dimension = 1 : tensor<4x8xf32>
    %z = atled.cumsum %x dimension = 0 reverse exclusive : tensor<4x8xf32>
    ```
  }];
}

def Atled_CumProdOp : Atled_ScanOp<"cumprod"> {
  let summary = "products of all beginnings of a dimension";
  let description = [{
    Returns, for each element of `x`, the product of it and those before it along
    `dimension`; with `reverse`, those behind it; with `exclusive`, without the
    element itself, so that the first product, of nothing, is 1. All else is as in
    `atled.cumsum`: integers wrap. The derivative is exact where elements are 0: it
    divides by none.

    Example:

    ```mlir
    %y = atled.cumprod %x dimension = 1 : tensor<4x8xf32>
    ```
  }];
}

def Atled_CumMaxOp : Atled_ScanOp<"cummax"> {
  let summary = "maxima of all beginnings of a dimension";
  let description = [{
    Returns, for each element of `x`, the greatest of it and those before it along
    `dimension`; with `reverse`, those behind it; with `exclusive`, without the
    element itself, so that the first is -inf, or the smallest integer. After a
    NaN all are NaN; +0 is greater than -0.

    The elements so far that attain the maximum share the derivative evenly, as
    in `atled.reduce_max`.

    Example:

    ```mlir
    %y = atled.cummax %x dimension = 1 : tensor<4x8xf32>
    ```
  }];
}

def Atled_CumMinOp : Atled_ScanOp<"cummin"> {
  let summary = "minima of all beginnings of a dimension";
  let description = [{
    Returns, for each element of `x`, the least of it and those before it along
    `dimension`; with `reverse`, those behind it; with `exclusive`, without the
    element itself, so that the first is +inf, or the greatest integer. After a
    NaN all are NaN; -0 is less than +0. Derivatives are as in `atled.cummax`.

    Example:

    ```mlir
    %y = atled.cummin %x dimension = 1 : tensor<4x8xf32>
    ```
  }];
}

def Atled_CumLogSumExpOp : Atled_ScanOp<"cumlogsumexp", Atled_FloatTensor> {
  let summary = "logarithms of sums of exponentials of all beginnings";
  let description = [{
    Returns, for each element of `x`, the logarithm of the sum of the exponentials
    of it and of those before it along `dimension`; with `reverse`, those behind
    it; with `exclusive`, without the element itself, so that the first is -inf:
    without overflow or underflow in between.

    Derivatives are as in `atled.logsumexp`, and lose nothing where the result is
    large: as long as all are -inf, so is the result, and the derivative is 0; from
    the first +inf on, so is the result, and the +inf so far share the derivative
    evenly. After a NaN results and derivatives are NaN.

    Example:

    ```mlir
    %y = atled.cumlogsumexp %x dimension = 1 : tensor<4x8xf32>
    ```
  }];
}

def Atled_LinearRecurrenceOp
    : Atled_Op<"linear_recurrence", [SameOperandsAndResultType]> {
  let summary = "h = a h + b along a dimension";
  let description = [{
    Returns `h[i] = a[i] h[i - 1] + b[i]` along `dimension`, where what is before
    the first is 0, and an infinite `a` times that NaN; with `reverse`,
    `h[i] = a[i] h[i + 1] + b[i]`. `f16` and `bf16` are computed in `f32`, of which
    each element is rounded.

    Example:

    ```mlir
    %h = atled.linear_recurrence %a, %b dimension = 1 : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Atled_FloatTensor:$a, Atled_FloatTensor:$b,
                       Atled_DimensionAttr:$dimension, UnitAttr:$reverse);
  let results = (outs Atled_FloatTensor:$result);
  let assemblyFormat = [{
    $a `,` $b `dimension` `=` $dimension (`reverse` $reverse^)? attr-dict `:`
    type($a)
  }];
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Derivatives
//===----------------------------------------------------------------------===//

def CumSumBack : Function<"cumsumBack">;
def : Linear<Atled_CumSumOp, [(CumSumBack $cotangent, $op)]> {
  let isCheap = 0;
  let formulas = ["cumsum(cotangent), the other way"];
}

def : Coded<Atled_CumProdOp,
            ["sum of cotangent * (product of all the others), of those behind"],
            "linear_recurrence(x, tangent(x) * (result before))">;

def : Coded<Atled_CumMaxOp,
            ["sum of cotangent * (x = result ? 1 / number of such x so far : 0), of those behind"],
            "sum of tangent(x) * (x = result ? 1 / number of such x so far : 0)">;

def : Coded<Atled_CumMinOp,
            ["sum of cotangent * (x = result ? 1 / number of such x so far : 0), of those behind"],
            "sum of tangent(x) * (x = result ? 1 / number of such x so far : 0)">;

def : Coded<Atled_CumLogSumExpOp,
            ["sum of cotangent * (share of exp(x) in their sum so far), of those behind"],
            "sum of tangent(x) * (share of exp(x) in their sum so far)">;

def : Coded<Atled_LinearRecurrenceOp,
            ["(result before) * cotangent of b",
             "linear_recurrence((a behind), cotangent), the other way"],
            "linear_recurrence(a, tangent(a) * (result before) + tangent(b))">;

#endif // ATLED_DIALECT_ATLED_IR_SCANOPS
