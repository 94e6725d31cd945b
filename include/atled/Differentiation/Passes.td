//===- Passes.td - The passes of differentiation -------------*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIFFERENTIATION_PASSES
#define ATLED_DIFFERENTIATION_PASSES

include "mlir/Pass/PassBase.td"

def DifferentiatePass : Pass<"ad-differentiate", "::mlir::ModuleOp"> {
  let summary = "replace requests for derivatives by calls of derived functions";
  let description = [{
    Expands every request for a derivative (`ad.vjp`, `ad.jvp`, `ad.grad`,
    `ad.value_and_grad`, `ad.jacobian`, `ad.hessian`, `ad.hvp`). The functions
    they name must be `func.func`s with a body of one block, without
    memory effects, and every operation that the derivative passes through must
    have a rule. Derived functions are private and stand behind the original:
    `@f.vjp.0_2` (with respect to arguments 0 and 2), `@f.jvp.0_2`,
    `@f.grad.0_2`, and for functions that are called by others, split in two, `@f.fwd.0_2` and
    `@f.bwd.0_2`. `ad.detach` stays.

    Before:

    ```mlir
    func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
      %y = atled.sin %x : tensor<4xf32>
      return %y : tensor<4xf32>
    }
    func.func @g(%x: tensor<4xf32>, %dy: tensor<4xf32>) -> tensor<4xf32> {
      %r:2 = ad.vjp @f(%x) seed(%dy) wrt = [0]
          : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
      return %r#1 : tensor<4xf32>
    }
    ```

    After (`@f` as before):

    ```mlir
    func.func private @f.vjp.0(%x: tensor<4xf32>, %dy: tensor<4xf32>)
        -> (tensor<4xf32>, tensor<4xf32>) {
      %y = atled.sin %x : tensor<4xf32>
      %slope = atled.cos %x : tensor<4xf32>
      %dx = atled.mul %dy, %slope : tensor<4xf32>
      return %y, %dx : tensor<4xf32>, tensor<4xf32>
    }
    func.func @g(%x: tensor<4xf32>, %dy: tensor<4xf32>) -> tensor<4xf32> {
      %r:2 = call @f.vjp.0(%x, %dy)
          : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
      return %r#1 : tensor<4xf32>
    }
    ```
  }];
  // What builds zeros and sums belongs to the dialects of the program, which
  // are loaded because it uses them; the calls are ours.
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::func::FuncDialect",
                           "::mlir::scf::SCFDialect", "::mlir::tensor::TensorDialect",
                           "::mlir::ub::UBDialect"];
}

def EraseDetachPass : Pass<"ad-erase-detach"> {
  let summary = "replace ad.detach by its operand";
  let description = [{
    Run when differentiation is over: from then on `ad.detach` is the identity.

    Before:

    ```mlir
    func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
      %u = ad.detach %x : tensor<4xf32>
      return %u : tensor<4xf32>
    }
    ```

    After:

    ```mlir
    func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
      return %x : tensor<4xf32>
    }
    ```
  }];
}

#endif // ATLED_DIFFERENTIATION_PASSES
