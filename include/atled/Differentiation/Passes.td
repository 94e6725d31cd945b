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
    `ad.value_and_grad`, `ad.jacobian`, `ad.hessian`, `ad.hvp`,
    `ad.linearize`), and makes the two public functions that each `ad.split`
    declares. The functions they name must be `func.func`s with a body of one block, without
    memory effects, and every operation that the derivative passes through must
    have a rule; or the function has a custom rule, and then its body does not
    matter. Derived functions are private and stand behind the original:
    `@f.vjp.0_2` (with respect to arguments 0 and 2), `@f.jvp.0_2`,
    `@f.grad.0_2`, and for functions that are called by others, split in two,
    `@f.fwd.0_2` and `@f.bwd.0_2`; `@f.lin.0_2` applies what `ad.linearize`
    gives. `ad.checkpoint` becomes a call of a function, too.
    `ad.detach` stays; `ad.split`, `ad.custom_vjp` and `ad.custom_jvp`
    have done their work and are removed.

    A remark stands at each `select`, as the way back goes through it, behind one
    of whose operands an operation may have an infinite derivative: where the
    other one is chosen the 0 that goes back meets it, and is NaN. `strong-zeros`
    keeps it 0.

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
  let options = [
    Option<"printResiduals", "print-residuals", "bool", /*default=*/"false",
           "Print to stderr what derived functions keep for their way back, why, and what it "
           "would take to compute it again">,
    Option<"strongZeros", "strong-zeros", "bool", /*default=*/"false",
           "Let a cotangent that is 0 stay 0 through elementwise operations, whatever their "
           "derivatives are">
  ];
}

def UnrollRecursionPass : Pass<"ad-unroll-recursion", "::mlir::ModuleOp"> {
  let summary = "make a copy of a recursive function for each depth";
  let description = [{
    Functions that call themselves, directly or through others, are copied for
    each depth that `ad.max_depth` allows, and each copy calls the next: the
    call graph has no cycle any more, and the derivatives of the copies are those
    of any other function. A call that goes deeper fails an assertion and returns
    anything. Every way around a cycle has to go through a function with the
    attribute. Where it allows more than `max-depth`, or a function has
    `ad.checkpoint`, nothing is copied: that is for `--ad-recursion-to-loops`.
    So is a tree of calls, unless it is small: each of its calls keeps something
    for the way back, though copies are shared. Calls in a checkpoint, which
    are run again, keep nothing.

    Before:

    ```mlir
    func.func private @f(%x: tensor<f32>, %n: i64) -> tensor<f32> attributes {ad.max_depth = 2 : i64} {
      %c0 = arith.constant 0 : i64
      %c1 = arith.constant 1 : i64
      %ends = arith.cmpi sle, %n, %c0 : i64
      %r = scf.if %ends -> (tensor<f32>) {
        scf.yield %x : tensor<f32>
      } else {
        %m = arith.subi %n, %c1 : i64
        %y = func.call @f(%x, %m) : (tensor<f32>, i64) -> tensor<f32>
        %z = atled.mul %x, %y : tensor<f32>
        scf.yield %z : tensor<f32>
      }
      return %r : tensor<f32>
    }
    ```

    After:

    ```mlir
    func.func private @f(%x: tensor<f32>, %n: i64) -> tensor<f32> {
      %c0 = arith.constant 0 : i64
      %c1 = arith.constant 1 : i64
      %ends = arith.cmpi sle, %n, %c0 : i64
      %r = scf.if %ends -> (tensor<f32>) {
        scf.yield %x : tensor<f32>
      } else {
        %m = arith.subi %n, %c1 : i64
        %y = func.call @f.depth2(%x, %m) : (tensor<f32>, i64) -> tensor<f32>
        %z = atled.mul %x, %y : tensor<f32>
        scf.yield %z : tensor<f32>
      }
      return %r : tensor<f32>
    }
    func.func private @f.depth2(%x: tensor<f32>, %n: i64) -> tensor<f32> {
      %c0 = arith.constant 0 : i64
      %c1 = arith.constant 1 : i64
      %ends = arith.cmpi sle, %n, %c0 : i64
      %r = scf.if %ends -> (tensor<f32>) {
        scf.yield %x : tensor<f32>
      } else {
        %false = arith.constant false
        cf.assert %false, "no more calls are inside one another than may be" {ad.limit = "depth"}
        %y = tensor.empty() : tensor<f32>
        %z = atled.mul %x, %y : tensor<f32>
        scf.yield %z : tensor<f32>
      }
      return %r : tensor<f32>
    }
    ```
  }];
  let options = [
    Option<"maxDepth", "max-depth", "int64_t", /*default=*/"16",
           "the most copies of a function">,
    Option<"maxKept", "max-kept", "int64_t", /*default=*/"32",
           "the most calls that keep something, each counted where it is written, for each call "
           "of the function around it">
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::cf::ControlFlowDialect",
                           "::mlir::tensor::TensorDialect", "::mlir::ub::UBDialect"];
}

def RecursionToLoopsPass : Pass<"ad-recursion-to-loops", "::mlir::ModuleOp"> {
  let summary = "make a recursive function a loop over a stack";
  let description = [{
    The body of a function that calls itself, directly or through others, becomes
    an `scf.while`. Each iteration runs a part of a function, up to the next
    recursive call or to its end; values that are used beyond a call are kept in
    stacks with a row for each depth that `ad.max_depth` allows. The derivative is
    that of any other loop. A call that goes deeper fails an assertion. Where each
    call makes at most one other, the loop has `ad.max_iterations`; otherwise it
    is counted. `ad.checkpoint` on the function is given to the loop. Around a
    recursive call, there may be `scf.if`, `scf.index_switch`, `scf.for` and
    `scf.while`.

    Before:

    ```mlir
    func.func @f(%x: f32, %n: i32) -> f32 attributes {ad.max_depth = 20 : i64} {
      %zero = arith.constant 0 : i32
      %ends = arith.cmpi eq, %n, %zero : i32
      %r = scf.if %ends -> (f32) {
        scf.yield %x : f32
      } else {
        %one = arith.constant 1 : i32
        %m = arith.subi %n, %one : i32
        %y = func.call @f(%x, %m) : (f32, i32) -> f32
        %z = arith.mulf %x, %y : f32
        scf.yield %z : f32
      }
      return %r : f32
    }
    ```

    After (and `--canonicalize`):

    ```mlir
    func.func @f(%x: f32, %n: i32) -> f32 {
      %c-1 = arith.constant -1 : index
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %c2 = arith.constant 2 : index
      %c20 = arith.constant 20 : index
      %top = arith.constant 0 : i64
      %zero = arith.constant 0 : i32
      %one = arith.constant 1 : i32
      %any = arith.constant 0.0 : f32
      %empty = tensor.empty() : tensor<20xi32>
      %first = tensor.insert %n into %empty[%c0] : tensor<20xi32>
      // The state to be run, the row of the stacks, the stack of n, the result.
      %r:4 = scf.while (%state = %c0, %depth = %top, %ns = %first, %y = %any)
          : (index, i64, tensor<20xi32>, f32) -> (index, i64, tensor<20xi32>, f32) {
        %goes = arith.cmpi ne, %state, %c2 : index
        scf.condition(%goes) %state, %depth, %ns, %y : index, i64, tensor<20xi32>, f32
      } do {
      ^bb0(%state: index, %depth: i64, %ns: tensor<20xi32>, %y: f32):
        %row = arith.index_cast %depth : i64 to index
        %next:4 = scf.index_switch %state -> index, i64, tensor<20xi32>, f32
        case 0 {
          %k = tensor.extract %ns[%row] : tensor<20xi32>
          %ends = arith.cmpi eq, %k, %zero : i32
          %result = arith.select %ends, %x, %y : f32
          %s:3 = scf.if %ends -> (index, i64, tensor<20xi32>) {
            %isLast = arith.cmpi eq, %row, %c0 : index
            %back = arith.select %isLast, %c2, %c1 : index
            %up = arith.addi %row, %c-1 : index
            %above = arith.index_cast %up : index to i64
            scf.yield %back, %above, %ns : index, i64, tensor<20xi32>
          } else {
            %m = arith.subi %k, %one : i32
            %down = arith.addi %row, %c1 : index
            %holds = arith.cmpi slt, %down, %c20 : index
            cf.assert %holds, "no more calls are inside one another than may be" {ad.limit = "depth"}
            %pushed = tensor.insert %m into %ns[%down] : tensor<20xi32>
            %below = arith.index_cast %down : index to i64
            scf.yield %c0, %below, %pushed : index, i64, tensor<20xi32>
          }
          scf.yield %s#0, %s#1, %s#2, %result : index, i64, tensor<20xi32>, f32
        }
        default {
          %z = arith.mulf %x, %y : f32
          %isLast = arith.cmpi eq, %row, %c0 : index
          %back = arith.select %isLast, %c2, %c1 : index
          %up = arith.addi %row, %c-1 : index
          %above = arith.index_cast %up : index to i64
          scf.yield %back, %above, %ns, %z : index, i64, tensor<20xi32>, f32
        }
        scf.yield %next#0, %next#1, %next#2, %next#3 : index, i64, tensor<20xi32>, f32
      } attributes {ad.max_iterations = 40 : i64}
      return %r#3 : f32
    }
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::cf::ControlFlowDialect",
                           "::mlir::scf::SCFDialect", "::mlir::tensor::TensorDialect",
                           "::mlir::ub::UBDialect"];
}

def GuardLoopsPass : Pass<"ad-guard-loops"> {
  let summary = "stop loops that would not end, or run too often";
  let description = [{
    An `scf.for` whose step is not a constant runs only if it is positive; a
    constant one that is not is an error. Where the last step might go beyond the
    type of the induction variable, the loop counts its iterations instead, from
    0 in steps of 1, and computes the induction variable. A loop with
    `ad.max_iterations` runs no more often: an `scf.for` that would does not run
    at all, an `scf.while` stops. An assertion fails then. Integers that follow
    from constants are folded before, so that bounds count as the constants that
    they are.

    Before:

    ```mlir
    func.func @f(%x: tensor<4xf32>, %n: index, %step: index) -> tensor<4xf32> {
      %c0 = arith.constant 0 : index
      %r = scf.for %i = %c0 to %n step %step iter_args(%h = %x) -> (tensor<4xf32>) {
        %y = atled.sin %h : tensor<4xf32>
        scf.yield %y : tensor<4xf32>
      }
      return %r : tensor<4xf32>
    }
    ```

    After:

    ```mlir
    func.func @f(%x: tensor<4xf32>, %n: index, %step: index) -> tensor<4xf32> {
      %c0 = arith.constant 0 : index
      %c0_0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %holds = arith.cmpi sgt, %step, %c0_0 : index
      cf.assert %holds, "the step of a loop is positive" {ad.limit = "step"}
      %s = arith.select %holds, %step, %c1 : index
      %end = arith.select %holds, %n, %c0 : index
      %c0_1 = arith.constant 0 : index
      %runs = arith.cmpi slt, %c0, %end : index
      %length = arith.subi %end, %c0 : index
      %trips = arith.ceildivui %length, %s : index
      %c0_2 = arith.constant 0 : index
      %count = arith.select %runs, %trips, %c0_2 : index
      %c1_3 = arith.constant 1 : index
      %r = scf.for %k = %c0_1 to %count step %c1_3 iter_args(%h = %x) -> (tensor<4xf32>) {
        %i = arith.muli %k, %s : index
        %y = atled.sin %h : tensor<4xf32>
        scf.yield %y : tensor<4xf32>
      }
      return %r : tensor<4xf32>
    }
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::cf::ControlFlowDialect"];
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
