//===- ElementwiseOps.td - Operations element by element -----*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_IR_ELEMENTWISEOPS
#define ATLED_DIALECT_ATLED_IR_ELEMENTWISEOPS

include "atled/Dialect/Atled/IR/AtledBase.td"
include "atled/Dialect/Atled/IR/AtledEnums.td"
include "atled/Interfaces/DerivativeRules.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"

// The same type for all operands and the result. Upstream's trait lets `?` stand
// beside `4`; ours, verified first, does not, and says which operand differs.
def Atled_SameTypes : NativeOpTrait<"SameTypes"> {
  let cppNamespace = "::atled";
}

// The same shape for the operand and the result.
def Atled_SameShape : NativeOpTrait<"SameShape"> {
  let cppNamespace = "::atled";
}

class Atled_ElementwiseOp<string mnemonic, list<Trait> traits = []>
    : Atled_Op<mnemonic, [Atled_SameTypes, SameOperandsAndResultType,
                          Elementwise] # traits>;

class Atled_UnaryOp<string mnemonic, Type tensor, list<Trait> traits = []>
    : Atled_ElementwiseOp<mnemonic, traits> {
  let arguments = (ins tensor:$x);
  let results = (outs tensor:$result);
  let assemblyFormat = "$x attr-dict `:` type($result)";
}

class Atled_BinaryOp<string mnemonic, Type tensor, list<Trait> traits = []>
    : Atled_ElementwiseOp<mnemonic, traits> {
  let arguments = (ins tensor:$lhs, tensor:$rhs);
  let results = (outs tensor:$result);
  let assemblyFormat = "$lhs `,` $rhs attr-dict `:` type($result)";
}

//===----------------------------------------------------------------------===//
// One operand
//===----------------------------------------------------------------------===//

def Atled_AbsOp : Atled_UnaryOp<"abs", Atled_NumberTensor> {
  let summary = "elementwise absolute value";
  let description = [{
    Returns `|x|` for each element of `x`: for floats `x` with the sign bit
    cleared, NaN included. The smallest signed integer is its own absolute value
    (it wraps); an unsigned integer is left as it is.

    The derivative at 0 is 0.

    Example:

    ```mlir
    %y = atled.abs %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

def Atled_NegOp : Atled_UnaryOp<"neg", Atled_NumberTensor> {
  let summary = "elementwise negation";
  let description = [{
    Returns `-x` for each element of `x`. For floats it flips the sign bit, so
    that `-(+0)` is `-0`. Integers wrap, unsigned ones too.

    Example:

    ```mlir
    %y = atled.neg %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

def Atled_SignOp : Atled_UnaryOp<"sign", Atled_NumberTensor> {
  let summary = "elementwise sign";
  let description = [{
    Returns 1 where an element of `x` is greater than 0, -1 where it is less, and
    `x` itself where it is a zero (of either sign) or NaN.

    The derivative is 0 everywhere.

    Example:

    ```mlir
    %y = atled.sign %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_ExpOp : Atled_UnaryOp<"exp", Atled_FloatTensor> {
  let summary = "elementwise exponential";
  let description = [{
    Returns e to the power of `x` for each element of `x`. -inf maps to 0, +inf
    to +inf, NaN to NaN; overflow gives +inf.

    Example:

    ```mlir
    %y = atled.exp %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_Expm1Op : Atled_UnaryOp<"expm1", Atled_FloatTensor> {
  let summary = "elementwise exponential, minus one";
  let description = [{
    Returns `exp(x) - 1` for each element of `x`, accurate near 0. -inf maps to
    -1, +inf to +inf, a zero to itself, NaN to NaN.

    Example:

    ```mlir
    %y = atled.expm1 %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_LogOp : Atled_UnaryOp<"log", Atled_FloatTensor> {
  let summary = "elementwise natural logarithm";
  let description = [{
    Returns the natural logarithm of each element of `x`. A zero of either sign
    maps to -inf, +inf to +inf, NaN and what is less than 0 to NaN.

    The derivative at 0 is infinite.

    Example:

    ```mlir
    %y = atled.log %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_Log1pOp : Atled_UnaryOp<"log1p", Atled_FloatTensor> {
  let summary = "elementwise natural logarithm of one plus x";
  let description = [{
    Returns `log(1 + x)` for each element of `x`, accurate near 0. -1 maps to
    -inf, +inf to +inf, a zero to itself, NaN and what is less than -1 to NaN.

    Example:

    ```mlir
    %y = atled.log1p %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_SqrtOp : Atled_UnaryOp<"sqrt", Atled_FloatTensor> {
  let summary = "elementwise square root";
  let description = [{
    Returns the square root of each element of `x`, correctly rounded. A zero
    maps to itself, +inf to +inf, NaN and what is less than 0 to NaN.

    The derivative at 0 is +inf.

    Example:

    ```mlir
    %y = atled.sqrt %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_RsqrtOp : Atled_UnaryOp<"rsqrt", Atled_FloatTensor> {
  let summary = "elementwise reciprocal of the square root";
  let description = [{
    Returns `1 / sqrt(x)` for each element of `x`. +0 maps to +inf, -0 to -inf,
    +inf to 0, NaN and what is less than 0 to NaN.

    The derivative at 0 is -inf.

    Example:

    ```mlir
    %y = atled.rsqrt %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_ReciprocalOp : Atled_UnaryOp<"reciprocal", Atled_FloatTensor> {
  let summary = "elementwise reciprocal";
  let description = [{
    Returns `1 / x` for each element of `x`. A zero maps to the infinity of its
    sign, an infinity to the zero of its sign, NaN to NaN.

    The derivative at 0 is -inf.

    Example:

    ```mlir
    %y = atled.reciprocal %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_SinOp : Atled_UnaryOp<"sin", Atled_FloatTensor> {
  let summary = "elementwise sine";
  let description = [{
    Returns the sine of each element of `x`, which is in radians. A zero maps to
    itself, infinities and NaN to NaN.

    Example:

    ```mlir
    %y = atled.sin %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_CosOp : Atled_UnaryOp<"cos", Atled_FloatTensor> {
  let summary = "elementwise cosine";
  let description = [{
    Returns the cosine of each element of `x`, which is in radians. Infinities
    and NaN map to NaN.

    Example:

    ```mlir
    %y = atled.cos %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_TanhOp : Atled_UnaryOp<"tanh", Atled_FloatTensor> {
  let summary = "elementwise hyperbolic tangent";
  let description = [{
    Returns `tanh(x)` for each element of `x`. Infinities map to 1 and -1, a zero
    to itself, NaN to NaN.

    Example:

    ```mlir
    %y = atled.tanh %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_LogisticOp : Atled_UnaryOp<"logistic", Atled_FloatTensor> {
  let summary = "elementwise logistic function";
  let description = [{
    Returns `1 / (1 + exp(-x))`, also called the sigmoid, for each element of
    `x`. -inf maps to 0, +inf to 1, NaN to NaN.

    Example:

    ```mlir
    %y = atled.logistic %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_ReluOp : Atled_UnaryOp<"relu", Atled_NumberTensor> {
  let summary = "elementwise maximum with zero";
  let description = [{
    Returns `x` where an element of `x` is greater than 0, +0 where it is not,
    and NaN where it is NaN.

    The derivative at 0 is 0, and at NaN it is NaN.

    Example:

    ```mlir
    %y = atled.relu %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

//===----------------------------------------------------------------------===//
// Rounding to integers
//===----------------------------------------------------------------------===//

class Atled_RoundingOp<string mnemonic>
    : Atled_UnaryOp<mnemonic, Atled_FloatTensor> {
  let hasFolder = 1;
}

def Atled_CeilOp : Atled_RoundingOp<"ceil"> {
  let summary = "elementwise least integer above";
  let description = [{
    Returns the least integer that is not less than `x` for each element of `x`,
    with the sign of `x`: what lies between -1 and 0 maps to -0. Zeros and
    infinities map to themselves, NaN to NaN.

    The derivative is 0 everywhere.

    Example:

    ```mlir
    %y = atled.ceil %x : tensor<4x8xf32>
    ```
  }];
}

def Atled_FloorOp : Atled_RoundingOp<"floor"> {
  let summary = "elementwise greatest integer below";
  let description = [{
    Returns the greatest integer that is not greater than `x` for each element of
    `x`. Zeros and infinities map to themselves, NaN to NaN.

    The derivative is 0 everywhere.

    Example:

    ```mlir
    %y = atled.floor %x : tensor<4x8xf32>
    ```
  }];
}

def Atled_TruncOp : Atled_RoundingOp<"trunc"> {
  let summary = "elementwise integer part";
  let description = [{
    Returns `x` rounded towards 0 for each element of `x`, with the sign of `x`.
    Zeros and infinities map to themselves, NaN to NaN.

    The derivative is 0 everywhere.

    Example:

    ```mlir
    %y = atled.trunc %x : tensor<4x8xf32>
    ```
  }];
}

def Atled_RoundOp : Atled_RoundingOp<"round"> {
  let summary = "elementwise nearest integer";
  let description = [{
    Returns the integer nearest to `x` for each element of `x`, with the sign of
    `x`. Zeros and infinities map to themselves, NaN to NaN.

    `halfway` says which one it is in the middle between two: `even`, the
    default, or `away` from 0.

    The derivative is 0 everywhere.

    Example:

    ```mlir
    %y = atled.round %x : tensor<4x8xf32>
    %z = atled.round %x halfway = away : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Atled_FloatTensor:$x,
                       DefaultValuedAttr<Atled_HalfwayAttr, "Halfway::even">:$halfway);
  let assemblyFormat = [{
    $x (`halfway` `=` $halfway^)? attr-dict `:` type($result)
  }];
}

//===----------------------------------------------------------------------===//
// Two operands
//===----------------------------------------------------------------------===//

def Atled_AddOp : Atled_BinaryOp<"add", Atled_NumberTensor, [Commutative]> {
  let summary = "elementwise sum";
  let description = [{
    Returns `lhs + rhs` element by element. Floats round to nearest even, with
    infinities and NaN as in IEEE 754; integers wrap.

    Example:

    ```mlir
    %z = atled.add %x, %y : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

def Atled_SubOp : Atled_BinaryOp<"sub", Atled_NumberTensor> {
  let summary = "elementwise difference";
  let description = [{
    Returns `lhs - rhs` element by element. Floats round to nearest even, with
    infinities and NaN as in IEEE 754; integers wrap.

    Example:

    ```mlir
    %z = atled.sub %x, %y : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

def Atled_MulOp : Atled_BinaryOp<"mul", Atled_NumberTensor, [Commutative]> {
  let summary = "elementwise product";
  let description = [{
    Returns `lhs * rhs` element by element. Floats round to nearest even, with
    infinities and NaN as in IEEE 754; integers wrap.

    Example:

    ```mlir
    %z = atled.mul %x, %y : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

def Atled_DivOp : Atled_BinaryOp<"div", Atled_NumberTensor> {
  let summary = "elementwise quotient";
  let description = [{
    Returns `lhs / rhs` element by element. Integers truncate towards zero; an
    integer divided by 0 is -1 (for unsigned ones the largest number), and the
    smallest signed integer divided by -1 is itself. Nothing traps. A float divided
    by 0 is infinite, and 0 / 0 NaN.

    Example:

    ```mlir
    %z = atled.div %x, %y : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

def Atled_RemOp : Atled_BinaryOp<"rem", Atled_NumberTensor> {
  let summary = "elementwise remainder of a division that truncates";
  let description = [{
    Returns `lhs - n * rhs` element by element, exactly, where `n` is `lhs / rhs`
    truncated towards 0. The result has the sign of `lhs` and is less than `rhs`
    in magnitude. For floats, NaN if `rhs` is 0 or `lhs` infinite; `lhs` if `rhs`
    is infinite. For integers, `lhs` if `rhs` is 0. Nothing traps.

    The derivative in `lhs` is 1, in `rhs` `-n`, at the jumps too.

    Example:

    ```mlir
    %z = atled.rem %x, %y : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_PowOp : Atled_BinaryOp<"pow", Atled_FloatTensor> {
  let summary = "elementwise power";
  let description = [{
    Returns `lhs` to the power of `rhs` element by element, with C's special
    cases: `pow(x, 0)` and `pow(1, y)` are 1 for any other operand, NaN included;
    a base less than 0 gives NaN unless the exponent is an integer.

    The derivative in `lhs` is 0 where `rhs` is 0. The derivative in `rhs` is NaN
    where `lhs` is less than 0; where `lhs` is 0, it is 0 for an exponent of 0 or
    more and -inf for one less than 0.

    Example:

    ```mlir
    %z = atled.pow %x, %y : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_HypotOp : Atled_BinaryOp<"hypot", Atled_FloatTensor> {
  let summary = "elementwise length of a vector of two components";
  let description = [{
    Returns the square root of `lhs * lhs + rhs * rhs` element by element. The
    squares neither overflow nor underflow. If an operand is infinite the result
    is +inf, even if the other is NaN; else NaN in either is NaN in the result.

    The derivative at (0, 0) is 0 in both.

    Example:

    ```mlir
    %z = atled.hypot %x, %y : tensor<4x8xf32>
    ```
  }];
}

def Atled_CopySignOp : Atled_BinaryOp<"copysign", Atled_FloatTensor> {
  let summary = "elementwise magnitude of one operand with the sign of another";
  let description = [{
    Returns `|lhs|` with the sign bit of `rhs` element by element. NaN and zeros
    have signs as well.

    The derivative in `lhs` is 1 where its sign stays and -1 where it changes; 0
    at 0, and NaN at NaN. That in `rhs` is 0 everywhere.

    Example:

    ```mlir
    %z = atled.copysign %x, %y : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

//===----------------------------------------------------------------------===//
// Three operands
//===----------------------------------------------------------------------===//

def Atled_FmaOp : Atled_ElementwiseOp<"fma"> {
  let summary = "elementwise product and sum, rounded once";
  let description = [{
    Returns `a * b + c` element by element, rounded once: for `f16` and `bf16`
    once to `f32`, and then to the type. Only the result overflows, not the
    product; infinity times 0 is NaN.

    Example:

    ```mlir
    %z = atled.fma %a, %b, %c : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Atled_FloatTensor:$a, Atled_FloatTensor:$b,
                       Atled_FloatTensor:$c);
  let results = (outs Atled_FloatTensor:$result);
  let assemblyFormat = "$a `,` $b `,` $c attr-dict `:` type($result)";
  let hasFolder = 1;
}

//===----------------------------------------------------------------------===//
// Conversion
//===----------------------------------------------------------------------===//

def Atled_ConvertOp : Atled_Op<"convert", [Atled_SameShape, Elementwise]> {
  let summary = "elementwise conversion to another element type";
  let description = [{
    Returns the elements of `x`, converted to the element type of the result:

    - Float to float and integer to float round to nearest even.
    - Float to integer truncates towards zero, saturates, and maps NaN to 0.
    - Integer to integer keeps the low bits, or extends: signed ones by their
      sign, unsigned ones by zeros.
    - To `i1`: true where the element is not 0; NaN is true.
    - From `i1`: 0 or 1.

    Example:

    ```mlir
    %y = atled.convert %x : tensor<4x8xf32> to tensor<4x8xbf16>
    ```
  }];
  let arguments = (ins Atled_Tensor:$x);
  let results = (outs Atled_Tensor:$result);
  let assemblyFormat = "$x attr-dict `:` type($x) `to` type($result)";
  let builders = [
    // Converts to the element type of `elementsLike`, itself or a tensor of it.
    OpBuilder<(ins "Value":$x, "Type":$elementsLike)>
  ];
  let hasFolder = 1;
  let hasCanonicalizer = 1;
}

//===----------------------------------------------------------------------===//
// Derivatives
//===----------------------------------------------------------------------===//

def : Partials<Atled_AbsOp, [(Atled_SignOp $x)]> {
  let isCheap = 1;
}

def : Linear<Atled_NegOp, [(Atled_NegOp $cotangent)]>;

def : Partials<Atled_SignOp, [(Zero)]> {
  let isCheap = 1;
}

def : SingularPartials<Atled_ExpOp, [(Itself $result)]>;

// Not result + 1, which is 0 far out on the left.
def : SingularPartials<Atled_Expm1Op, [(Atled_ExpOp $x)]>;

def : SingularPartials<Atled_LogOp, [(Atled_DivOp $tangent, $x)]>;

def : SingularPartials<Atled_Log1pOp, [(Atled_DivOp $tangent, (Atled_AddOp One, $x))]>;

// -0 + 0 is +0: it is +inf at -0, too, whose square root is -0.
def : SingularPartials<Atled_SqrtOp,
                       [(Atled_DivOp $tangent,
                            (Atled_MulOp Two, (Atled_AddOp $result, Splat<"0.0">)))]>;

def : SingularPartials<Atled_RsqrtOp,
                       [(Atled_MulOp Splat<"-0.5">, (Atled_DivOp $result, $x))]>;

// Factor by factor: the square of the result may overflow where this does not.
def : SingularPartials<Atled_ReciprocalOp,
                       [(Atled_NegOp (Atled_MulOp (Atled_MulOp $tangent, $result), $result))]>;

def : Partials<Atled_SinOp, [(Atled_CosOp $x)]>;

def : Partials<Atled_CosOp, [(Atled_NegOp (Atled_SinOp $x))]>;

// Written with the result, so the operand need not be kept; factored, so that it
// is not flushed to 0 far out.
def : Partials<Atled_TanhOp,
               [(Atled_MulOp (Atled_AddOp One, $result), (Atled_SubOp One, $result))]>;

// s(x) s(-x), not s(x) (1 - s(x)), which is 0 far out on the right.
def : Partials<Atled_LogisticOp,
               [(Atled_MulOp $result, (Atled_LogisticOp (Atled_NegOp $x)))]>;

// The sign of the result: 1 above 0, 0 at 0 and below, NaN at NaN.
def : Partials<Atled_ReluOp, [(Atled_SignOp $result)]> {
  let isCheap = 1;
}

class Constant<Op op> : Partials<op, [(Zero)]> {
  let isCheap = 1;
}
def : Constant<Atled_CeilOp>;
def : Constant<Atled_FloorOp>;
def : Constant<Atled_TruncOp>;
def : Constant<Atled_RoundOp>;

def : Linear<Atled_AddOp, [(Itself $cotangent), (Itself $cotangent)]>;

def : Linear<Atled_SubOp, [(Itself $cotangent), (Atled_NegOp $cotangent)]>;

def : Multilinear<Atled_MulOp,
                  [(Atled_MulOp $cotangent, $rhs), (Atled_MulOp $lhs, $cotangent)]> {
  let isCheap = 1;
}

// In this order neither rhs squared nor 1 / rhs is formed, which may overflow
// where the derivative does not.
def : SingularPartials<Atled_DivOp,
                       [(Atled_DivOp $tangent, $rhs),
                        (Atled_NegOp (Atled_DivOp (Atled_MulOp $tangent, $result), $rhs))]>;

// lhs - result is n * rhs: its quotient is nearer to the integer n than lhs / rhs,
// which may round to the next one.
def : SingularPartials<Atled_RemOp,
                       [(Itself $tangent),
                        (Atled_MulOp $tangent,
                            (Atled_NegOp (Atled_RoundOp
                                (Atled_DivOp (Atled_SubOp $lhs, $result), $rhs))))]>;

def HypotSlope : Function<"hypotSlope">;
def : Partials<Atled_HypotOp, [(HypotSlope $op, $number), (HypotSlope $op, $number)]> {
  let formulas = ["cotangent * (result = 0 ? 0 : lhs / result)",
                  "cotangent * (result = 0 ? 0 : rhs / result)"];
}

def : Partials<Atled_CopySignOp,
               [(Atled_MulOp (Atled_SignOp $lhs), (Atled_SignOp $result)), (Zero)]> {
  let isCheap = 1;
}

def : Partials<Atled_FmaOp, [(Itself $b), (Itself $a), (Itself $tangent)]> {
  let isCheap = 1;
}

def PowSlopeInBase : Function<"powSlopeInBase">;
def PowSlopeInExponent : Function<"powSlopeInExponent">;
def : SingularPartials<Atled_PowOp,
                       [(PowSlopeInBase $lhs, $rhs), (PowSlopeInExponent $lhs, $rhs, $result)]> {
  let formulas = ["cotangent * (rhs = 0 ? 0 : rhs * pow(lhs, rhs - 1))",
                  "cotangent * (lhs = 0 ? (rhs < 0 ? -inf : 0) : result * log(lhs))"];
}

def ConvertLike : Function<"convertLike">;
def : Linear<Atled_ConvertOp, [(ConvertLike $cotangent, $x)]> {
  let formulas = ["convert(cotangent) to the element type of x"];
}

#endif // ATLED_DIALECT_ATLED_IR_ELEMENTWISEOPS
