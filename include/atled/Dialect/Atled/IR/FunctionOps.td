//===- FunctionOps.td - Elementary functions -----------------*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_IR_FUNCTIONOPS
#define ATLED_DIALECT_ATLED_IR_FUNCTIONOPS

include "atled/Dialect/Atled/IR/ElementwiseOps.td"

//===----------------------------------------------------------------------===//
// Powers and logarithms
//===----------------------------------------------------------------------===//

def Atled_Exp2Op : Atled_UnaryOp<"exp2", Atled_FloatTensor> {
  let summary = "elementwise power of two";
  let description = [{
    Returns 2 to the power of `x` for each element of `x`, exactly where `x` is an
    integer. -inf maps to 0, +inf to +inf, NaN to NaN; overflow gives +inf.

    Example:

    ```mlir
    %y = atled.exp2 %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_Log2Op : Atled_UnaryOp<"log2", Atled_FloatTensor> {
  let summary = "elementwise binary logarithm";
  let description = [{
    Returns the logarithm to base 2 of each element of `x`, exactly where `x` is a
    power of two. A zero of either sign maps to -inf, +inf to +inf, NaN and what
    is less than 0 to NaN.

    The derivative at 0 is infinite.

    Example:

    ```mlir
    %y = atled.log2 %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_Log10Op : Atled_UnaryOp<"log10", Atled_FloatTensor> {
  let summary = "elementwise decimal logarithm";
  let description = [{
    Returns the logarithm to base 10 of each element of `x`. A zero of either sign
    maps to -inf, +inf to +inf, NaN and what is less than 0 to NaN.

    The derivative at 0 is infinite.

    Example:

    ```mlir
    %y = atled.log10 %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_CbrtOp : Atled_UnaryOp<"cbrt", Atled_FloatTensor> {
  let summary = "elementwise cube root";
  let description = [{
    Returns the cube root of each element of `x`, with the sign of `x`. Zeros and
    infinities map to themselves, NaN to NaN.

    The derivative at 0 is +inf.

    Example:

    ```mlir
    %y = atled.cbrt %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

//===----------------------------------------------------------------------===//
// Trigonometric functions
//===----------------------------------------------------------------------===//

def Atled_TanOp : Atled_UnaryOp<"tan", Atled_FloatTensor> {
  let summary = "elementwise tangent";
  let description = [{
    Returns the tangent of each element of `x`, which is in radians. A zero maps to
    itself, infinities and NaN to NaN.

    Example:

    ```mlir
    %y = atled.tan %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_AsinOp : Atled_UnaryOp<"asin", Atled_FloatTensor> {
  let summary = "elementwise inverse sine";
  let description = [{
    Returns the angle between -π/2 and π/2 whose sine is `x` for each element of
    `x`. A zero maps to itself; NaN, and what is beyond -1 and 1, to NaN.

    The derivative at -1 and 1 is +inf.

    Example:

    ```mlir
    %y = atled.asin %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_AcosOp : Atled_UnaryOp<"acos", Atled_FloatTensor> {
  let summary = "elementwise inverse cosine";
  let description = [{
    Returns the angle between 0 and π whose cosine is `x` for each element of `x`.
    1 maps to 0; NaN, and what is beyond -1 and 1, to NaN.

    The derivative at -1 and 1 is -inf.

    Example:

    ```mlir
    %y = atled.acos %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_AtanOp : Atled_UnaryOp<"atan", Atled_FloatTensor> {
  let summary = "elementwise inverse tangent";
  let description = [{
    Returns the angle between -π/2 and π/2 whose tangent is `x` for each element of
    `x`. A zero maps to itself, infinities to -π/2 and π/2, NaN to NaN.

    Example:

    ```mlir
    %y = atled.atan %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_Atan2Op : Atled_BinaryOp<"atan2", Atled_FloatTensor> {
  let summary = "elementwise angle of a point";
  let description = [{
    Returns the angle between the positive x axis and the point whose y is `lhs` and
    whose x is `rhs`, element by element: the inverse tangent of `lhs / rhs`, or
    what lies opposite, between -π and π. Zeros have signs: for `rhs` of 0, -0 and
    infinities the result is as in C, such as π for (+0, -0) and π/4 for two
    infinities. NaN in either is NaN in the result.

    The derivative at (0, 0) is NaN.

    Example:

    ```mlir
    %z = atled.atan2 %x, %y : tensor<4x8xf32>
    ```
  }];
}

//===----------------------------------------------------------------------===//
// Hyperbolic functions
//===----------------------------------------------------------------------===//

def Atled_SinhOp : Atled_UnaryOp<"sinh", Atled_FloatTensor> {
  let summary = "elementwise hyperbolic sine";
  let description = [{
    Returns `sinh(x)` for each element of `x`. Infinities and zeros map to
    themselves, NaN to NaN.

    Example:

    ```mlir
    %y = atled.sinh %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_CoshOp : Atled_UnaryOp<"cosh", Atled_FloatTensor> {
  let summary = "elementwise hyperbolic cosine";
  let description = [{
    Returns `cosh(x)` for each element of `x`. Infinities map to +inf, NaN to NaN.

    Example:

    ```mlir
    %y = atled.cosh %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_AsinhOp : Atled_UnaryOp<"asinh", Atled_FloatTensor> {
  let summary = "elementwise inverse hyperbolic sine";
  let description = [{
    Returns the number whose hyperbolic sine is `x` for each element of `x`.
    Infinities and zeros map to themselves, NaN to NaN.

    Example:

    ```mlir
    %y = atled.asinh %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_AcoshOp : Atled_UnaryOp<"acosh", Atled_FloatTensor> {
  let summary = "elementwise inverse hyperbolic cosine";
  let description = [{
    Returns the number of 0 or more whose hyperbolic cosine is `x` for each element
    of `x`. 1 maps to 0, +inf to +inf; NaN and what is less than 1 to NaN.

    The derivative at 1 is +inf.

    Example:

    ```mlir
    %y = atled.acosh %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_AtanhOp : Atled_UnaryOp<"atanh", Atled_FloatTensor> {
  let summary = "elementwise inverse hyperbolic tangent";
  let description = [{
    Returns the number whose hyperbolic tangent is `x` for each element of `x`. -1
    and 1 map to -inf and +inf, a zero to itself; NaN, and what is beyond -1 and
    1, to NaN.

    The derivative at -1 and 1 is +inf.

    Example:

    ```mlir
    %y = atled.atanh %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

//===----------------------------------------------------------------------===//
// Smooth maxima
//===----------------------------------------------------------------------===//

def Atled_LogAddExpOp : Atled_BinaryOp<"logaddexp", Atled_FloatTensor> {
  let summary = "elementwise logarithm of a sum of exponentials";
  let description = [{
    Returns `log(exp(lhs) + exp(rhs))` element by element; the exponentials do not
    overflow. Equal infinities map to themselves, and NaN in either is NaN in the
    result. Where the result is near 0, its error is relative to the greater of
    the two terms whose sum it is, `max(lhs, rhs)` and
    `log1p(exp(-abs(lhs - rhs)))`.

    The derivative in `lhs` is `logistic(lhs - rhs)`, and one half where both are
    the same infinity.

    Example:

    ```mlir
    %z = atled.logaddexp %x, %y : tensor<4x8xf32>
    ```
  }];
}

def Atled_SoftplusOp : Atled_UnaryOp<"softplus", Atled_FloatTensor> {
  let summary = "elementwise smooth maximum with zero";
  let description = [{
    Returns `log(1 + exp(x))` for each element of `x`; the exponential does not
    overflow. -inf maps to 0, +inf to +inf, NaN to NaN.

    Example:

    ```mlir
    %y = atled.softplus %x : tensor<4x8xf32>
    ```
  }];
}

def Atled_SiluOp : Atled_UnaryOp<"silu", Atled_FloatTensor> {
  let summary = "elementwise product with the logistic function";
  let description = [{
    Returns `x * logistic(x)`, also called swish, for each element of `x`. -inf maps
    to -0, its limit, and +inf to +inf; NaN to NaN.

    The derivative at -inf is 0, at +inf 1.

    Example:

    ```mlir
    %y = atled.silu %x : tensor<4x8xf32>
    ```
  }];
}

//===----------------------------------------------------------------------===//
// Functions of the normal distribution
//===----------------------------------------------------------------------===//

def Atled_ErfOp : Atled_UnaryOp<"erf", Atled_FloatTensor> {
  let summary = "elementwise error function";
  let description = [{
    Returns 2/√π times the integral of `exp(-t²)` from 0 to `x` for each element
    of `x`. Infinities map to -1 and 1, a zero to itself, NaN to NaN.

    Example:

    ```mlir
    %y = atled.erf %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_ErfcOp : Atled_UnaryOp<"erfc", Atled_FloatTensor> {
  let summary = "elementwise complementary error function";
  let description = [{
    Returns `1 - erf(x)` for each element of `x`, accurate far out on the right
    too. -inf maps to 2, +inf to 0, NaN to NaN.

    Example:

    ```mlir
    %y = atled.erfc %x : tensor<4x8xf32>
    ```
  }];
  let hasFolder = 1;
}

def Atled_ErfInvOp : Atled_UnaryOp<"erf_inv", Atled_FloatTensor> {
  let summary = "elementwise inverse error function";
  let description = [{
    Returns the number whose error function is `x` for each element of `x`. -1 and
    1 map to -inf and +inf, a zero to itself; NaN, and what is beyond -1 and 1, to
    NaN. `√2 erf_inv(2 p - 1)` is the quantile `p` of the normal distribution.

    The derivative at -1 and 1 is +inf.

    Example:

    ```mlir
    %y = atled.erf_inv %x : tensor<4x8xf32>
    ```
  }];
}

def Atled_GeluOp : Atled_UnaryOp<"gelu", Atled_FloatTensor> {
  let summary = "elementwise product with the normal distribution function";
  let description = [{
    Returns `x * Φ(x)` for each element of `x`, where Φ is the distribution
    function of the standard normal distribution. -inf maps to -0, its limit, and
    +inf to +inf; NaN to NaN.

    `form` says how Φ is computed: `exact`, the default, as `erfc(-x / √2) / 2`;
    or `tanh`, as `(1 + tanh(√(2/π) (x + 0.044715 x³))) / 2`, which differs from it
    in the fourth digit. Neither cancels on the left.

    The derivative at -inf is 0, at +inf 1.

    Example:

    ```mlir
    %y = atled.gelu %x : tensor<4x8xf32>
    %z = atled.gelu %x form = tanh : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Atled_FloatTensor:$x,
                       DefaultValuedAttr<Atled_GeluFormAttr, "GeluForm::exact">:$form);
  let assemblyFormat = "$x (`form` `=` $form^)? attr-dict `:` type($result)";
}

//===----------------------------------------------------------------------===//
// The gamma function
//===----------------------------------------------------------------------===//

def Atled_LgammaOp : Atled_UnaryOp<"lgamma", Atled_FloatTensor> {
  let summary = "elementwise logarithm of the magnitude of the gamma function";
  let description = [{
    Returns `log|Γ(x)|` for each element of `x`. Infinities, zeros and negative
    integers map to +inf, 1 and 2 to 0, NaN to NaN. Near its roots less than 0,
    the error is relative to 1.

    The derivative is `digamma(x)`.

    Example:

    ```mlir
    %y = atled.lgamma %x : tensor<4x8xf32>
    ```
  }];
}

def Atled_DigammaOp : Atled_UnaryOp<"digamma", Atled_FloatTensor> {
  let summary = "elementwise logarithmic derivative of the gamma function";
  let description = [{
    Returns `ψ(x) = Γ'(x) / Γ(x)` for each element of `x`. +inf maps to itself, +0 to
    -inf and -0 to +inf; NaN, -inf and negative integers, where there is a pole, to
    NaN. Near its roots less than 0, the error is relative to `max(1, log|x|)`.

    The derivative is `polygamma(x)` of order 1.

    Example:

    ```mlir
    %y = atled.digamma %x : tensor<4x8xf32>
    ```
  }];
}

// How many times the digamma function is differentiated.
def Atled_PolygammaOrderAttr
    : TypedSignlessIntegerAttrBase<I64, "int64_t", "order">;

def Atled_PolygammaOp : Atled_UnaryOp<"polygamma", Atled_FloatTensor> {
  let summary = "elementwise derivatives of the digamma function";
  let description = [{
    Returns the derivative number `order`, from 0 to 32, of the digamma function for
    each element of `x`; number 0 is `atled.digamma`, 1 the trigamma function. +inf
    maps to 0, NaN and -inf to NaN. Of odd order, all poles, which are the zeros
    and the negative integers, map to +inf; of even order, +0 maps to -inf, -0 to
    +inf, and a negative integer to NaN. The error grows with the order; near
    roots, which those of even order have less than 0, it is relative to
    `polygamma(1 - x)`.

    The derivative is that of the next order, and there is none behind 32.

    Example:

    ```mlir
    %y = atled.polygamma %x order = 1 : tensor<4x8xf32>
    ```
  }];
  let arguments = (ins Atled_FloatTensor:$x, Atled_PolygammaOrderAttr:$order);
  let assemblyFormat = "$x `order` `=` $order attr-dict `:` type($result)";
  let extraClassDeclaration = [{
    static constexpr int64_t greatestOrder = 32;
  }];
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Derivatives
//===----------------------------------------------------------------------===//

// A constant that is rounded to the type: ln 2, 1 / ln 2, 1 / ln 10.
def Ln2 : Splat<"0.69314718055994530942">;
def Log2E : Splat<"1.44269504088896340736">;
def Log10E : Splat<"0.43429448190325182765">;
def Third : Splat<"0.33333333333333333333">;

def : SingularPartials<Atled_Exp2Op, [(Atled_MulOp Ln2, $result)]>;
def : SingularPartials<Atled_Log2Op, [(Atled_DivOp (Atled_MulOp $tangent, Log2E), $x)]>;
def : SingularPartials<Atled_Log10Op, [(Atled_DivOp (Atled_MulOp $tangent, Log10E), $x)]>;

// In this order the square of the result, which may be denormal, is not formed;
// the absolute value makes it +inf at -0.
def : SingularPartials<Atled_CbrtOp,
                       [(Atled_DivOp (Atled_DivOp (Atled_MulOp $tangent, Third),
                                                  (Atled_AbsOp $result)),
                                     (Atled_AbsOp $result))]>;

def : Partials<Atled_TanOp, [(Atled_AddOp One, (Atled_MulOp $result, $result))]>;

// 1 - x² in factors, which are exact where it is small.
defvar oneMinusSquare = (Atled_MulOp (Atled_SubOp One, $x), (Atled_AddOp One, $x));
def : SingularPartials<Atled_AsinOp, [(Atled_DivOp $tangent, (Atled_SqrtOp oneMinusSquare))]>;
def : SingularPartials<Atled_AcosOp,
                       [(Atled_NegOp (Atled_DivOp $tangent, (Atled_SqrtOp oneMinusSquare)))]>;

// 1 / (1 + x²) with the square that may overflow under a root.
defvar hypotenuse = (Atled_HypotOp One, $x);
def : Partials<Atled_AtanOp,
               [(Atled_DivOp (Atled_DivOp $tangent, hypotenuse), hypotenuse)]>;
defvar radius = (Atled_HypotOp $lhs, $rhs);
def : SingularPartials<Atled_Atan2Op,
                       [(Atled_DivOp (Atled_MulOp $tangent, (Atled_DivOp $rhs, radius)), radius),
                        (Atled_NegOp (Atled_DivOp
                            (Atled_MulOp $tangent, (Atled_DivOp $lhs, radius)), radius))]>;

def : SingularPartials<Atled_SinhOp, [(Atled_CoshOp $x)]>;
def : SingularPartials<Atled_CoshOp, [(Atled_SinhOp $x)]>;
def : Partials<Atled_AsinhOp, [(Atled_DivOp $tangent, hypotenuse)]>;
def : SingularPartials<Atled_AcoshOp,
                       [(Atled_DivOp (Atled_DivOp $tangent, (Atled_SqrtOp (Atled_SubOp $x, One))),
                                     (Atled_SqrtOp (Atled_AddOp $x, One)))]>;
def : SingularPartials<Atled_AtanhOp, [(Atled_DivOp $tangent, oneMinusSquare)]>;

def LogAddExpSlope : Function<"logAddExpSlope">;
def : Partials<Atled_LogAddExpOp,
               [(LogAddExpSlope $lhs, $rhs), (LogAddExpSlope $rhs, $lhs)]> {
  let formulas = ["cotangent * logistic(lhs = rhs ? 0 : lhs - rhs)",
                  "cotangent * logistic(lhs = rhs ? 0 : rhs - lhs)"];
}

def : Partials<Atled_SoftplusOp, [(Atled_LogisticOp $x)]>;

// 2/√π
def ErfSlope : Splat<"1.1283791670955125739">;
defvar bell = (Atled_ExpOp (Atled_NegOp (Atled_MulOp $x, $x)));
def : Partials<Atled_ErfOp, [(Atled_MulOp ErfSlope, bell)]>;
def : Partials<Atled_ErfcOp, [(Atled_NegOp (Atled_MulOp ErfSlope, bell))]>;

// √π/2
def ErfInvSlope : Splat<"0.88622692545275801365">;
def : SingularPartials<Atled_ErfInvOp,
                       [(Atled_MulOp ErfInvSlope, (Atled_ExpOp (Atled_MulOp $result, $result)))]>;

def : SingularPartials<Atled_LgammaOp, [(Atled_DigammaOp $x)]>;
def DigammaSlope : Function<"digammaSlope">;
def : SingularPartials<Atled_DigammaOp, [(DigammaSlope $x)]> {
  let formulas = ["cotangent * polygamma(x) order = 1"];
}
def PolygammaSlope : Function<"polygammaSlope">;
def : SingularPartials<Atled_PolygammaOp, [(PolygammaSlope $op)]> {
  let formulas = ["cotangent * polygamma(x) order = order + 1"];
}

def GeluSlope : Function<"geluSlope">;
def : Partials<Atled_GeluOp, [(GeluSlope $op)]> {
  let formulas = ["cotangent * (form = exact ? Φ(x) + x Φ'(x) : s + 2 x u' s (1 - s)), "
                  "s = logistic(2 u), u = √(2/π) (x + 0.044715 x³)"];
}

def SiluSlope : Function<"siluSlope">;
def : Partials<Atled_SiluOp, [(SiluSlope $x)]> {
  let formulas = ["cotangent * logistic(x) * (1 + x * logistic(-x))"];
}

#endif // ATLED_DIALECT_ATLED_IR_FUNCTIONOPS
