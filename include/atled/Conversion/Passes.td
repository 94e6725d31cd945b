//===- Passes.td - From the atled dialect to upstream's ----*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_CONVERSION_PASSES
#define ATLED_CONVERSION_PASSES

include "mlir/Pass/PassBase.td"

def AtledToLinalgPass : Pass<"atled-to-linalg", "ModuleOp"> {
  let summary = "Lower the atled dialect to linalg, tensor, arith and math";
  let description = [{
    Replaces every operation of the `atled` dialect. Elementwise operations,
    reductions and contractions become `linalg.generic`; what moves elements
    becomes an operation on tensors where there is one. A convolution in whose
    result the innermost dimension is short becomes one in which it is a feature,
    between transposes, where that is worth it. Elements of type `f16` and `bf16`
    are computed in `f32` and rounded once per operation. No operation that is
    left traps or has undefined behaviour for any value of its operands.

    Unsigned integers become signless ones, in every type of the module; an
    argument or result of a function remembers in `atled.element_type` what it
    was. Elements of type `i1` stay.

    Expects that differentiation is over: an operation of the `ad` dialect is an
    error. So is a loop that certainly carries a tensor of another size into its
    next iteration: from here on a value of a loop has one size. No operation of
    the `atled` dialect is left behind.

    Before:

    ```mlir
    func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
      %y = atled.neg %x : tensor<4xf32>
      return %y : tensor<4xf32>
    }
    ```

    After:

    ```mlir
    func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
      %e = tensor.empty() : tensor<4xf32>
      %y = linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>],
                           iterator_types = ["parallel"]}
          ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) {
      ^bb0(%in: f32, %out: f32):
        %n = arith.negf %in : f32
        linalg.yield %n : f32
      } -> tensor<4xf32>
      return %y : tensor<4xf32>
    }
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::cf::ControlFlowDialect",
                           "::mlir::linalg::LinalgDialect",
                           "::mlir::math::MathDialect", "::mlir::scf::SCFDialect",
                           "::mlir::tensor::TensorDialect",
                           "::atled::special::SpecialDialect"];
}

#endif // ATLED_CONVERSION_PASSES
