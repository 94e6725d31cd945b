//===- Passes.td - Passes on the check dialect ---------------*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_CHECK_TRANSFORMS_PASSES
#define ATLED_DIALECT_CHECK_TRANSFORMS_PASSES

include "mlir/Pass/PassBase.td"

def CheckToOutputsPass : Pass<"check-to-outputs", "ModuleOp"> {
  let summary = "turn checks into results that the caller compares";
  let description = [{
    A compiled function neither prints nor fails. In each test, the operands of
    its checks become results, and the tensor constants become arguments, so that
    what runs was compiled for any values and not computed by the compiler.
    Where derivatives are checked, the functions that compute them are added to
    the module.

    Expects a module in front of differentiation; leaves no check behind.

    Before:

    ```mlir
    func.func @test() {
      %x = atled.constant dense<0.0> : tensor<4xf64>
      %y = atled.cos %x : tensor<4xf64>
      %one = atled.constant dense<1.0> : tensor<4xf64>
      check.expect_eq %y, %one : tensor<4xf64>
      return
    }
    ```

    After:

    ```mlir
    func.func @test(%x: tensor<4xf64>, %one: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>) {
      %y = atled.cos %x : tensor<4xf64>
      return %y, %one : tensor<4xf64>, tensor<4xf64>
    }
    ```
  }];
  let dependentDialects = ["::atled::ad::ADDialect"];
}

def CheckEraseTestsPass : Pass<"check-erase-tests", "ModuleOp"> {
  let summary = "erase tests from a program";
  let description = [{
    Erases the public functions without arguments that contain checks, so that a
    program may hold its own tests and is compiled without them.

    Before:

    ```mlir
    func.func @square(%x: tensor<f64>) -> tensor<f64> {
      %y = atled.mul %x, %x : tensor<f64>
      return %y : tensor<f64>
    }
    func.func @test() {
      %x = atled.constant dense<3.0> : tensor<f64>
      check.gradients @square at (%x) : tensor<f64>
      return
    }
    ```

    After:

    ```mlir
    func.func @square(%x: tensor<f64>) -> tensor<f64> {
      %y = atled.mul %x, %x : tensor<f64>
      return %y : tensor<f64>
    }
    ```
  }];
}

#endif // ATLED_DIALECT_CHECK_TRANSFORMS_PASSES
