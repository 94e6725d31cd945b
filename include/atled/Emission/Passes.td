//===- Passes.td - Functions that C code calls -------------*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_EMISSION_PASSES_TD
#define ATLED_EMISSION_PASSES_TD

include "mlir/Pass/PassBase.td"

def CheckEntriesPass : Pass<"atled-check-entries", "ModuleOp"> {
  let summary = "Check that C code can call every public function";
  let description = [{
    Reports what would make a public function on tensors impossible to call from
    C: an argument or a result that is no tensor, a dynamic dimension, an
    element type that C has no type for, a name that C does not allow.
    Leaves the program as it is.
  }];
  let options = [
    Option<"symbolPrefix", "symbol-prefix", "std::string", "",
           "what the symbols in the object begin with">
  ];
}

def WrapEntriesPass : Pass<"atled-wrap-entries", "ModuleOp"> {
  let summary = "Put a function that checks its caller's arguments before every public function";
  let description = [{
    Every public function on buffers becomes private, and gets a public wrapper
    with the uniform signature of `atled.h`, under its name and under the name
    that carries the version of the contract. The wrapper checks the arguments
    and returns an error code if they break the contract, points an output that
    is not wanted into the workspace, and calls the function. The attribute
    `atled.entry` describes it to whoever prints the header or calls it.

    Private functions get names that no C identifier can equal.

    Expects what `atled-plan-workspace` leaves.

    Before:

    ```mlir
    func.func @f(%x: memref<4xf32>, %y: memref<4xf32>, %workspace: memref<?xi8>)
        attributes {atled.num_inputs = 1 : i64, atled.workspace_bytes = 0 : i64} {
      memref.copy %x, %y : memref<4xf32> to memref<4xf32>
      return
    }
    ```

    After, without the checks:

    ```mlir
    llvm.func @f(%in: !llvm.ptr, %out: !llvm.ptr, %dims: !llvm.ptr,
                 %workspace: !llvm.ptr, %bytes: i64, %exec: !llvm.ptr) -> i32
        attributes {atled.entry = {
          name = "f", inputs = [{name = "in0", type = tensor<4xf32>} ],
          outputs = [{name = "out0", type = tensor<4xf32>} ],
          workspace_bytes = 64 : i64}} {
      %x = llvm.load %in : !llvm.ptr -> !llvm.ptr
      %y = llvm.load %out : !llvm.ptr -> !llvm.ptr
      %xs = builtin.unrealized_conversion_cast %x : !llvm.ptr to memref<4xf32>
      %ys = builtin.unrealized_conversion_cast %y : !llvm.ptr to memref<4xf32>
      %ws = builtin.unrealized_conversion_cast %workspace : !llvm.ptr to memref<?xi8>
      func.call @f.body(%xs, %ys, %ws)
          : (memref<4xf32>, memref<4xf32>, memref<?xi8>) -> ()
      %ok = llvm.mlir.constant(0 : i32) : i32
      llvm.return %ok : i32
    }
    llvm.mlir.alias external @f_abi1 : !llvm.func<i32 (ptr, ptr, ptr, ptr, i64, ptr)> {
      %f = llvm.mlir.addressof @f : !llvm.ptr
      llvm.return %f : !llvm.ptr
    }
    func.func private @f.body(%x: memref<4xf32>, %y: memref<4xf32>,
                              %workspace: memref<?xi8>)
        attributes {atled.num_inputs = 1 : i64, atled.workspace_bytes = 0 : i64,
                    passthrough = ["noinline"]} {
      memref.copy %x, %y : memref<4xf32> to memref<4xf32>
      return
    }
    ```
  }];
  let options = [
    Option<"symbolPrefix", "symbol-prefix", "std::string", "",
           "what the symbols in the object begin with">
  ];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect", "::mlir::memref::MemRefDialect"];
}

#endif // ATLED_EMISSION_PASSES_TD
