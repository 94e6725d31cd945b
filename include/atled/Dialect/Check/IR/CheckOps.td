//===- CheckOps.td - Tests inside the IR ---------------------*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_CHECK_IR_CHECKOPS
#define ATLED_DIALECT_CHECK_IR_CHECKOPS

include "mlir/IR/OpBase.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Check_Dialect : Dialect {
  let name = "check";
  let cppNamespace = "::atled::check";
  let summary = "what a program is expected to compute";
  let description = [{
    A test is a public function without arguments that contains checks. It
    needs nothing beside its own file, and it runs on every target:
    `atled-run --check test.mlir` compiles the file as any other, calls its
    tests and compares.

    ```mlir
    func.func private @square(%x: tensor<3xf64>) -> tensor<3xf64> {
      %y = atled.mul %x, %x : tensor<3xf64>
      return %y : tensor<3xf64>
    }
    func.func @squares() {
      %x = atled.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf64>
      %y = call @square(%x) : (tensor<3xf64>) -> tensor<3xf64>
      %expected = atled.constant dense<[1.0, 4.0, 9.0]> : tensor<3xf64>
      check.expect_eq %y, %expected : tensor<3xf64>
      check.gradients @square at (%x) : tensor<3xf64>
      return
    }
    ```

    The compiler does not compute a test's answer: tensor constants that stand in
    the test itself reach the compiled code as arguments, so that what runs is
    the code that any caller would get.
  }];
}

class Check_Op<string mnemonic, list<Trait> traits = []>
    : Op<Check_Dialect, mnemonic,
         traits # [HasParent<"::mlir::func::FuncOp">, MemoryEffects<[MemWrite]>]>;

def Check_FloatTensor : RankedTensorOf<[F16, BF16, F32, F64]>;
def Check_Tensor : RankedTensorOf<[
  F16, BF16, F32, F64, I1, I8, I16, I32, I64, UI8, UI16, UI32, UI64]>;

def Check_ExpectCloseOp : Check_Op<"expect_close", [SameTypeOperands]> {
  let summary = "expects floating-point numbers close to others";
  let description = [{
    The test fails unless each element of `actual` is close to its counterpart
    in `expected`. At least one tolerance is given; an element is close where
    one of these holds:

    - `|actual - expected| <= atol + rtol * |expected|`, each 0 where it is not
      given;
    - the two are at most `ulps` numbers of their type apart;
    - both are NaN, or the same infinity.

    Example:

    ```mlir
    check.expect_close %actual, %expected within rtol = 1.0e-6 atol = 1.0e-9 : tensor<4xf32>
    check.expect_close %actual, %expected within ulps = 2 : tensor<4xf32>
    ```
  }];
  let arguments = (ins Check_FloatTensor:$actual, Check_FloatTensor:$expected,
                       OptionalAttr<F64Attr>:$rtol, OptionalAttr<F64Attr>:$atol,
                       OptionalAttr<I64Attr>:$ulps);
  let assemblyFormat = [{
    $actual `,` $expected `within` (`rtol` `=` $rtol^)? (`atol` `=` $atol^)?
    (`ulps` `=` $ulps^)? attr-dict `:` type($actual)
  }];
  let hasVerifier = 1;
}

def Check_ExpectEqOp : Check_Op<"expect_eq", [SameTypeOperands]> {
  let summary = "expects equal values";
  let description = [{
    The test fails unless each element of `actual` equals its counterpart in
    `expected`. Floating-point numbers are compared as values that a program can
    tell apart: +0 is not -0, and every NaN equals every other.

    Example:

    ```mlir
    check.expect_eq %actual, %expected : tensor<4xi32>
    ```
  }];
  let arguments = (ins Check_Tensor:$actual, Check_Tensor:$expected);
  let assemblyFormat = "$actual `,` $expected attr-dict `:` type($actual)";
}

def Check_GradientsOp : Check_Op<"gradients",
    [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "expects correct derivatives of a function at a point";
  let description = [{
    The test fails unless the derivatives of `callee` at the point
    `arguments` are right with respect to the arguments that `wrt` names, by
    default all floating-point ones. For each of them and random `v` and `w`:

    - The pairing identity `<w, J v> = <Jᵀ w, v>`: forward and reverse mode are
      each other's transpose.
    - `J v` is the central difference `(f(x + h v) - f(x - h v)) / 2h`,
      extrapolated to `h = 0` by Richardson's method: the formulas are right.

    | element type | pairing | differences (`rtol`) | `step` |
    |---|---|---|---|
    | f64 | 1e-12 | 1e-7 | 1e-2 |
    | f32 | 1e-5 | 1e-2 | 6e-2 |
    | f16, bf16 | 2e-2 | 2e-1 | 2.5e-1 |

    The bounds are relative to the largest element in question. A function in
    f32 is evaluated in f32, which is why so little can be asked of its
    differences: state in f64 what a formula is to be trusted for. The point
    must be away from kinks by more than `step` times a few units.

    With `order = 2` the same is checked for the function that takes the
    arguments and a seed to the cotangents, and so on.

    Example:

    ```mlir
    func.func private @f(%x: tensor<3xf64>, %y: tensor<3xf64>) -> tensor<3xf64> {
      %z = atled.mul %x, %y : tensor<3xf64>
      return %z : tensor<3xf64>
    }
    func.func @test() {
      %x = atled.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf64>
      check.gradients @f at (%x, %x) : tensor<3xf64>, tensor<3xf64>
      check.gradients @f at (%x, %x) wrt = [1] rtol = 1.0e-5 order = 2
          : tensor<3xf64>, tensor<3xf64>
      return
    }
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, Variadic<AnyRankedTensor>:$arguments,
                       OptionalAttr<DenseI64ArrayAttr>:$wrt,
                       OptionalAttr<F64Attr>:$rtol, OptionalAttr<F64Attr>:$step,
                       DefaultValuedAttr<I64Attr, "1">:$order);
  let assemblyFormat = [{
    $callee `at` `(` $arguments `)` (`wrt` `=` $wrt^)? (`rtol` `=` $rtol^)?
    (`step` `=` $step^)? (`order` `=` $order^)? attr-dict `:` type($arguments)
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// The arguments in question: those in `wrt`, else all of floating point.
    SmallVector<int64_t> getWrtOrDefault();
  }];
}

#endif // ATLED_DIALECT_CHECK_IR_CHECKOPS
