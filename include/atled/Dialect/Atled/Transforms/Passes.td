//===- Passes.td - Passes on the atled dialect ---------------*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_TRANSFORMS_PASSES
#define ATLED_DIALECT_ATLED_TRANSFORMS_PASSES

include "mlir/Pass/PassBase.td"

def CheckIndicesPass : Pass<"atled-check-indices", "ModuleOp"> {
  let summary = "assert that indices known when running are in range";
  let description = [{
    In front of each operation that reads or writes at a place that only a run
    tells, asserts that this place is inside of the tensor: `atled.gather`,
    `atled.scatter`, `atled.dynamic_slice` and `atled.dynamic_update_slice`
    where a program promises that it is (`out_of_range` says nothing else), and
    upstream's `tensor.extract`, `tensor.insert`, `tensor.extract_slice` and
    `tensor.insert_slice`; and that the dimension of a `tensor.dim` is one of
    the tensor. Operations in the body of another one than a loop or
    a branch of `scf` are left alone.

    Expects a program in front of differentiation, whose derivatives then have
    the assertions of their primal: an index is not looked at twice.

    Before:

    ```mlir
    func.func @f(%x: tensor<6xf64>, %i: index) -> f64 {
      %y = tensor.extract %x[%i] : tensor<6xf64>
      return %y : f64
    }
    ```

    After:

    ```mlir
    func.func @f(%x: tensor<6xf64>, %i: index) -> f64 {
      %c0 = arith.constant 0 : index
      %c5 = arith.constant 5 : index
      %least = arith.cmpi sge, %i, %c0 : index
      %most = arith.cmpi sle, %i, %c5 : index
      %inside = arith.andi %least, %most : i1
      cf.assert %inside, "'tensor.extract' along dimension 0, which takes 0 to 5" {ad.limit = "index"}
      %y = tensor.extract %x[%i] : tensor<6xf64>
      return %y : f64
    }
    ```
  }];
  let dependentDialects = ["::atled::AtledDialect", "::mlir::arith::ArithDialect", "::mlir::cf::ControlFlowDialect",
                           "::mlir::tensor::TensorDialect"];
}

def CheckNaNPass : Pass<"atled-check-nan", "ModuleOp"> {
  let summary = "assert that nothing is NaN";
  let description = [{
    Asserts that no argument of a public function has a NaN, then no result of an
    operation, each right behind it. So the first assertion that fails is that of
    an operation none of whose operands has one. Constants are not looked at, but
    what is computed with them is, and what a public function returns. What
    belongs to the derivative of an operation says so.

    Expects what `ad-differentiate` leaves. Everything is computed where nobody
    may want it, and nothing is fused with what comes behind: this is for finding
    out, not for use. There is a function for each type of static shape, so that
    code with many checks is not much larger.

    Before:

    ```mlir
    func.func @f(%x: tensor<4xf64>) -> tensor<4xf64> {
      %y = atled.log %x : tensor<4xf64>
      return %y : tensor<4xf64>
    }
    ```

    After, without the assertion on the argument:

    ```mlir
    func.func @f(%x: tensor<4xf64>) -> tensor<4xf64> {
      %y = atled.log %x : tensor<4xf64>
      %holds = call @has_no_nan(%y) : (tensor<4xf64>) -> i1
      cf.assert %holds, "the result of 'atled.log'" {ad.limit = "nan"}
      return %y : tensor<4xf64>
    }
    func.func private @has_no_nan(%x: tensor<4xf64>) -> i1 attributes {passthrough = ["noinline"]} {
      %equal = atled.compare eq, %x, %x : tensor<4xf64>
      %all = atled.reduce_all %equal dimensions = [0] : tensor<4xi1> -> tensor<i1>
      %holds = tensor.extract %all[] : tensor<i1>
      return %holds : i1
    }
    ```
  }];
  let dependentDialects = ["::atled::AtledDialect", "::mlir::arith::ArithDialect", "::mlir::cf::ControlFlowDialect",
                           "::mlir::tensor::TensorDialect"];
}

#endif // ATLED_DIALECT_ATLED_TRANSFORMS_PASSES
