//===- Passes.td - From loops over buffers to LLVM ---------*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_TARGET_CPU_PASSES_TD
#define ATLED_TARGET_CPU_PASSES_TD

include "mlir/Pass/PassBase.td"

def OutlinePartsPass : Pass<"atled-outline-parts", "ModuleOp"> {
  let summary = "Cut functions with very many loops into parts";
  let description = [{
    Where a function has more loops than `loops`, moves neighbours into private
    functions, which are never inlined: LLVM takes time that grows with the
    square of the loops in a function, and a call beside so many loops takes
    none. The same inside of a branch or a loop that has more by itself.

    A part is handed what it uses; constants and views are computed again, so
    that what it takes overlaps nothing else. What computes a value that is used
    behind the part stays, and so does what uses a buffer that a loop carries, or
    memory on the stack that others use, too, to hand buffers on.

    Expects loops over loads and stores, in functions whose workspace is planned
    and whose failures are reported, and behind it
    `atled-set-calling-convention`.

    Before, for `loops=1`:

    ```mlir
    func.func @f(%x: memref<4xf32>, %y: memref<4xf32>, %v: f32) {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c4 = arith.constant 4 : index
      scf.for %i = %c0 to %c4 step %c1 {
        memref.store %v, %x[%i] : memref<4xf32>
      }
      scf.for %i = %c0 to %c4 step %c1 {
        memref.store %v, %y[%i] : memref<4xf32>
      }
      return
    }
    ```

    After, and the same for `@f.part_0` and `%y`:

    ```mlir
    func.func private @f.part(%v: f32, %x: memref<4xf32>) attributes {passthrough = ["noinline"]} {
      %c0 = arith.constant 0 : index
      %c4 = arith.constant 4 : index
      %c1 = arith.constant 1 : index
      scf.for %i = %c0 to %c4 step %c1 {
        memref.store %v, %x[%i] : memref<4xf32>
      }
      return
    }
    func.func private @f.part_0(%v: f32, %y: memref<4xf32>)
    func.func @f(%x: memref<4xf32>, %y: memref<4xf32>, %v: f32) {
      call @f.part(%v, %x) : (f32, memref<4xf32>) -> ()
      call @f.part_0(%v, %y) : (f32, memref<4xf32>) -> ()
      return
    }
    ```
  }];
  let options = [Option<"loops", "loops", "int64_t", "256",
                        "the most loops of a part: fewer take LLVM less time, and make more calls">];
}

def SetCallingConventionPass : Pass<"atled-set-calling-convention", "ModuleOp"> {
  let summary = "Make every buffer argument a plain pointer that aliases nothing";
  let description = [{
    Prepares functions over buffers for bare pointers: the workspace gets the
    static type that `atled.workspace_bytes` tells, a buffer without elements
    one of rank 1, every buffer argument is marked with its alignment and as
    `noalias`, private functions get internal linkage, and constants are aligned
    to 64 bytes.

    Expects what `atled-plan-workspace` leaves: buffers of static shape and
    identity layout, of which no two that are passed to one call overlap where
    one of them is written. A dynamic dimension is an error.

    Before:

    ```mlir
    func.func private @f(%x: memref<64xf32>, %workspace: memref<?xi8>)
        attributes {atled.workspace_bytes = 256 : i64}
    ```

    After:

    ```mlir
    func.func private @f(%x: memref<64xf32> {llvm.noalias, llvm.align = 4 : i64},
                         %workspace: memref<256xi8> {llvm.noalias, llvm.align = 64 : i64})
        attributes {atled.workspace_bytes = 256 : i64, llvm.linkage = #llvm.linkage<internal>}
    ```
  }];
  let dependentDialects = ["::mlir::memref::MemRefDialect", "::mlir::LLVM::LLVMDialect"];
}

def ExpandExtremaPass : Pass<"atled-expand-extrema", "::mlir::func::FuncOp"> {
  let summary = "Compute maximum and minimum by comparisons";
  let description = [{
    Replaces `arith.maximumf` and `arith.minimumf`, of numbers and of vectors,
    for a processor that computes on floats by functions: LLVM asks there for
    functions that its C library lacks. A NaN stays one, and 0 is greater than
    -0.

    Before:

    ```mlir
    func.func @f(%x: f32, %y: f32) -> f32 {
      %z = arith.maximumf %x, %y : f32
      return %z : f32
    }
    ```

    After:

    ```mlir
    func.func @f(%x: f32, %y: f32) -> f32 {
      %0 = arith.bitcast %x : f32 to i32
      %1 = arith.bitcast %y : f32 to i32
      %2 = arith.andi %0, %1 : i32
      %3 = arith.cmpf ogt, %x, %y : f32
      %4 = arith.select %3, %x, %y : f32
      %5 = arith.cmpf oeq, %x, %y : f32
      %6 = arith.bitcast %2 : i32 to f32
      %7 = arith.select %5, %6, %4 : f32
      %8 = arith.cmpf uno, %x, %y : f32
      %9 = arith.addf %x, %y : f32
      %10 = arith.select %8, %9, %7 : f32
      return %10 : f32
    }
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

def CallLibmPass : Pass<"atled-call-libm", "ModuleOp"> {
  let summary = "Call libm for the functions that LLVM has no accurate form of";
  let description = [{
    LLVM knows most functions of `math` as intrinsics. Of the others upstream
    would make `log(1 + x)` for `log1p` and `exp(x) - 1` for `expm1`, which are
    wrong near 0, or nothing at all: this pass calls the C library's function.

    Before:

    ```mlir
    func.func @f(%x: f32) -> f32 {
      %y = math.expm1 %x : f32
      return %y : f32
    }
    ```

    After:

    ```mlir
    func.func private @expm1f(f32) -> f32
    func.func @f(%x: f32) -> f32 {
      %y = call @expm1f(%x) : (f32) -> f32
      return %y : f32
    }
    ```
  }];
  let dependentDialects = ["::mlir::func::FuncDialect", "::mlir::vector::VectorDialect"];
}

def ReturnOnFailurePass : Pass<"atled-return-on-failure", "func::FuncOp"> {
  let summary = "Return as soon as something has failed";
  let description = [{
    A function with a status, which `atled-report-failures` gives to those that may
    fail, returns behind everything that has written a code there: an assertion
    that does not hold, or a call of a function that has failed. Results that are
    scalars are 0 then.

    Expects branches instead of structured control flow, as `convert-scf-to-cf`
    makes them.

    Before:

    ```mlir
    func.func private @g(%status: memref<1xi32>)
    func.func @f(%status: memref<1xi32>) attributes {atled.status} {
      call @g(%status) : (memref<1xi32>) -> ()
      call @g(%status) : (memref<1xi32>) -> ()
      return
    }
    ```

    After:

    ```mlir
    func.func private @g(%status: memref<1xi32>)
    func.func @f(%status: memref<1xi32>) attributes {atled.status} {
      %c0 = arith.constant 0 : index
      %c0_i32 = arith.constant 0 : i32
      call @g(%status) : (memref<1xi32>) -> ()
      %code = memref.load %status[%c0] : memref<1xi32>
      %well = arith.cmpi eq, %code, %c0_i32 : i32
      cf.cond_br %well, ^rest, ^exit
    ^rest:
      call @g(%status) : (memref<1xi32>) -> ()
      %code_1 = memref.load %status[%c0] : memref<1xi32>
      %well_1 = arith.cmpi eq, %code_1, %c0_i32 : i32
      cf.cond_br %well_1, ^end, ^exit
    ^end:
      return
    ^exit:
      return
    }
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::cf::ControlFlowDialect",
                           "::mlir::memref::MemRefDialect"];
}

#endif // ATLED_TARGET_CPU_PASSES_TD
