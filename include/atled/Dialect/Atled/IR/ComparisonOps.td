//===- ComparisonOps.td - Comparing and choosing elements ----*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_IR_COMPARISONOPS
#define ATLED_DIALECT_ATLED_IR_COMPARISONOPS

include "atled/Dialect/Atled/IR/ElementwiseOps.td"

//===----------------------------------------------------------------------===//
// Comparisons
//===----------------------------------------------------------------------===//

// A question about each element.
class Atled_PredicateOp<string mnemonic>
    : Atled_InferredOp<mnemonic, [Elementwise]> {
  let arguments = (ins Atled_FloatTensor:$x);
  let results = (outs Atled_BooleanTensor:$result);
  let assemblyFormat = "$x attr-dict `:` type($x)";
}

def Atled_IsFiniteOp : Atled_PredicateOp<"is_finite"> {
  let summary = "elementwise test for finite numbers";
  let description = [{
    Returns an `i1` for each element of `x`: false for infinities and NaN, true
    for all others.

    Example:

    ```mlir
    %p = atled.is_finite %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_IsNaNOp : Atled_PredicateOp<"is_nan"> {
  let summary = "elementwise test for NaN";
  let description = [{
    Returns an `i1` for each element of `x`: true for NaN, false for all others.

    Example:

    ```mlir
    %p = atled.is_nan %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_CompareOp : Atled_InferredOp<"compare", [Elementwise]> {
  let summary = "elementwise comparison";
  let description = [{
    Returns an `i1` for each pair of elements of `lhs` and `rhs`:

    | `predicate` | is true where                   |
    |-------------|---------------------------------|
    | `eq`, `ne`  | they are equal; they are not    |
    | `lt`, `le`  | `lhs < rhs`; `lhs <= rhs`       |
    | `gt`, `ge`  | `lhs > rhs`; `lhs >= rhs`       |

    Zeros of both signs are equal. A comparison with NaN is false, except `ne`,
    which is true. Signless integers compare as signed. Elements of type `i1`
    take `eq` and `ne` only.

    Example:

    ```mlir
    %p = atled.compare lt, %x, %y : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Atled_PredicateAttr:$predicate, Atled_Tensor:$lhs,
                       Atled_Tensor:$rhs);
  let results = (outs Atled_BooleanTensor:$result);
  let assemblyFormat = [{
    $predicate `,` $lhs `,` $rhs attr-dict `:` custom<SameType>(type($lhs), type($rhs))
  }];
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

//===----------------------------------------------------------------------===//
// Choices
//===----------------------------------------------------------------------===//

def Atled_SelectOp
    : Atled_InferredOp<"select", [Elementwise, SelectLikeOpInterface]> {
  let summary = "elementwise choice";
  let description = [{
    Returns the element of `onTrue` where `pred` is true, and that of `onFalse`
    where it is not. The element that is not chosen has no influence on the
    result, and NaN in it none. All three have the same shape.

    Its cotangent is 0, which an infinite slope in front of the choice makes NaN:
    the page on semantics has the cure.

    Example:

    ```mlir
    %z = atled.select %p, %x, %y : tensor<4x8xi1>, tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Atled_BooleanTensor:$pred, Atled_Tensor:$onTrue,
                       Atled_Tensor:$onFalse);
  let results = (outs Atled_Tensor:$result);
  let assemblyFormat = [{
    $pred `,` $onTrue `,` $onFalse attr-dict `:` type($pred) `,`
    custom<SameType>(type($onTrue), type($onFalse))
  }];
  let extraClassDeclaration = [{
    // Of SelectLikeOpInterface.
    ::mlir::Value getCondition() { return getPred(); }
    ::mlir::Value getTrueValue() { return getOnTrue(); }
    ::mlir::Value getFalseValue() { return getOnFalse(); }
  }];
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

class Atled_ExtremumOp<string mnemonic>
    : Atled_BinaryOp<mnemonic, Atled_NumberTensor> {
  let arguments = (ins Atled_NumberTensor:$lhs, Atled_NumberTensor:$rhs,
                       DefaultValuedAttr<Atled_TieAttr, "Tie::split">:$tie);
  let assemblyFormat = [{
    $lhs `,` $rhs (`tie` `=` $tie^)? attr-dict `:` type($result)
  }];
}

def Atled_MaximumOp : Atled_ExtremumOp<"maximum"> {
  let summary = "elementwise maximum";
  let description = [{
    Returns the greater of `lhs` and `rhs` element by element. NaN in either is
    NaN in the result; +0 is greater than -0.

    `tie` says which operand gets the derivative where both are equal:

    | `tie`   | to `lhs` | to `rhs` |
    |---------|----------|----------|
    | `split` | one half | one half |
    | `first` | all      | nothing  |
    | `zero`  | nothing  | nothing  |
    | `one`   | all      | all      |

    `split` is the default. `zero` makes `maximum(x, 0)` the same function as
    `relu(x)`. Where an operand is NaN it gets all of the derivative and the
    other nothing; two NaNs share it.

    Example:

    ```mlir
    %z = atled.maximum %x, %y : tensor<4x8xf32>
    %r = atled.maximum %x, %zero tie = zero : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_MinimumOp : Atled_ExtremumOp<"minimum"> {
  let summary = "elementwise minimum";
  let description = [{
    Returns the lesser of `lhs` and `rhs` element by element. NaN in either is
    NaN in the result; -0 is less than +0.

    `tie` says which operand gets the derivative where both are equal, as in
    `atled.maximum`.

    Example:

    ```mlir
    %z = atled.minimum %x, %y : tensor<4x8xf32>
    %c = atled.minimum %x, %bound tie = first : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_ClampOp : Atled_ElementwiseOp<"clamp"> {
  let summary = "elementwise limitation to an interval";
  let description = [{
    Returns `minimum(maximum(x, min), max)` element by element: `x` between its
    bounds, else the bound, and `max` where `min` is greater than `max`. NaN in
    any operand is NaN in the result.

    The derivative goes to `x` where it lies between its bounds, and to the bound
    that is the result where it does not. At a bound, `x` gets nothing. Where `x`
    is NaN, its derivative is NaN; a bound that is NaN gets the derivative.

    Example:

    ```mlir
    %y = atled.clamp %low, %x, %high : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Atled_NumberTensor:$min, Atled_NumberTensor:$x,
                       Atled_NumberTensor:$max);
  let results = (outs Atled_NumberTensor:$result);
  let assemblyFormat = "$min `,` $x `,` $max attr-dict `:` type($result)";
  let hasFolder = 1;
}

//===----------------------------------------------------------------------===//
// Derivatives
//===----------------------------------------------------------------------===//

def : Constant<Atled_IsFiniteOp>;
def : Constant<Atled_IsNaNOp>;

def MaximumSlope : Function<"maximumSlope">;
def : Partials<Atled_MaximumOp, [(MaximumSlope $op, $number), (MaximumSlope $op, $number)]> {
  let isCheap = 1;
  let formulas = ["cotangent * (lhs > rhs ? 1 : lhs = rhs ? tie : 0)",
                  "cotangent * (rhs > lhs ? 1 : lhs = rhs ? tie : 0)"];
}

def MinimumSlope : Function<"minimumSlope">;
def : Partials<Atled_MinimumOp, [(MinimumSlope $op, $number), (MinimumSlope $op, $number)]> {
  let isCheap = 1;
  let formulas = ["cotangent * (lhs < rhs ? 1 : lhs = rhs ? tie : 0)",
                  "cotangent * (rhs < lhs ? 1 : lhs = rhs ? tie : 0)"];
}

def : Partials<Atled_CompareOp, [(Zero), (Zero)]> {
  let isCheap = 1;
}

def : Linear<Atled_SelectOp, [(NoDerivative),
                              (Atled_SelectOp $pred, $cotangent, Nought),
                              (Atled_SelectOp $pred, Nought, $cotangent)]>;

def ClampSlopeOfX : Function<"clampSlopeOfX">;
def ClampSlopeOfMin : Function<"clampSlopeOfMin">;
def ClampSlopeOfMax : Function<"clampSlopeOfMax">;
def : Partials<Atled_ClampOp,
               [(ClampSlopeOfMin $op), (ClampSlopeOfX $op), (ClampSlopeOfMax $op)]> {
  let isCheap = 1;
  let formulas = ["cotangent * (x <= min < max ? 1 : 0)",
                  "cotangent * (min < x < max ? 1 : 0)",
                  "cotangent * (maximum(x, min) >= max ? 1 : 0)"];
}

#endif // ATLED_DIALECT_ATLED_IR_COMPARISONOPS
