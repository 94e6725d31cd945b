//===- Passes.td - From tensors to loops over buffers ------*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_CODEGEN_PASSES_TD
#define ATLED_CODEGEN_PASSES_TD

include "mlir/Pass/PassBase.td"

//===----------------------------------------------------------------------===//
// On tensors
//===----------------------------------------------------------------------===//

def InlineCallsPass : Pass<"atled-inline-calls", "ModuleOp"> {
  let summary = "Inline functions that are called once, or take or return tensors of dynamic size";
  let description = [{
    Replaces each call of a function in whose signature a tensor has a dynamic
    dimension by the function's body: such a tensor cannot be handed over by its
    address alone. Likewise the only call of a private function: what this call
    does not use is no longer computed, and what is left may be fused. Private
    functions that nobody calls any more are removed. Recursive calls stay.

    Before:

    ```mlir
    func.func private @f(%x: tensor<?xf32>) -> tensor<?xf32> {
      %y = math.sin %x : tensor<?xf32>
      return %y : tensor<?xf32>
    }
    func.func @g(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
      %p = tensor.extract_slice %x[0] [%n] [1] : tensor<4xf32> to tensor<?xf32>
      %q = call @f(%p) : (tensor<?xf32>) -> tensor<?xf32>
      %y = tensor.insert_slice %q into %x[0] [%n] [1] : tensor<?xf32> into tensor<4xf32>
      return %y : tensor<4xf32>
    }
    ```

    After:

    ```mlir
    func.func @g(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
      %p = tensor.extract_slice %x[0] [%n] [1] : tensor<4xf32> to tensor<?xf32>
      %q = math.sin %p : tensor<?xf32>
      %y = tensor.insert_slice %q into %x[0] [%n] [1] : tensor<?xf32> into tensor<4xf32>
      return %y : tensor<4xf32>
    }
    ```
  }];
}

def FoldExtentsPass : Pass<"atled-fold-extents", "::mlir::func::FuncOp"> {
  let summary = "Compute extents from those of arguments";
  let description = [{
    Replaces the extents of computed tensors, in public functions that take or
    return tensors of dynamic shape, by what they follow from, and removes what
    nobody needs then. What a loop carries is as large as what it begins with:
    `atled-resolve-extents` lets the function check that. The extent of what a
    branch returns is replaced where it is plainly the same in each region.

    Expects tensors.

    Before:

    ```mlir
    func.func @f(%x: tensor<?xf32>) -> tensor<?xf32> {
      %c0 = arith.constant 0 : index
      %y = linalg.exp ins(%x : tensor<?xf32>) outs(%x : tensor<?xf32>) -> tensor<?xf32>
      %n = tensor.dim %y, %c0 : tensor<?xf32>
      %e = tensor.empty(%n) : tensor<?xf32>
      return %e : tensor<?xf32>
    }
    ```

    After:

    ```mlir
    func.func @f(%x: tensor<?xf32>) -> tensor<?xf32> {
      %c0 = arith.constant 0 : index
      %n = tensor.dim %x, %c0 : tensor<?xf32>
      %e = tensor.empty(%n) : tensor<?xf32>
      return %e : tensor<?xf32>
    }
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::tensor::TensorDialect"];
}

def ResolveExtentsPass : Pass<"atled-resolve-extents", "ModuleOp"> {
  let summary = "Tell from the extents of inputs whether they fit, and those of results";
  let description = [{
    Gives each public function that takes tensors of dynamic shape a companion,
    marked `atled.companion`, which the attribute `atled.extents` names. It takes
    the dynamic extents of the inputs, in order, and returns whether they fit
    together, then the dynamic extents of the results. They fit where every
    operation stays inside of what it reads and writes, branches return the same
    sizes whichever is taken, no tensor has 2^60 bytes, and no sum or product of
    sizes overflows. A result whose size
    does not follow from the inputs is an error.

    The second half of a derivative, which `ad.split` makes, has the companion
    take what that of the first takes, and call it: it returns the extents of
    the inputs before those of the results. An index that the one half returns
    and the other takes, and that follows from extents, is marked `atled.known`
    where it is taken, and returned last by both.

    Expects tensors, and calls of functions of static signature alone.

    Before:

    ```mlir
    func.func @f(%x: tensor<?xf32>, %y: tensor<?xf32>) -> tensor<?xf32> {
      %r = linalg.add ins(%x, %y : tensor<?xf32>, tensor<?xf32>)
                      outs(%x : tensor<?xf32>) -> tensor<?xf32>
      return %r : tensor<?xf32>
    }
    ```

    After, besides, less what bounds the number of bytes:

    ```mlir
    func.func private @f.extents(%x0: index, %y0: index) -> (i1, index)
        attributes {atled.companion} {
      %fits = arith.cmpi eq, %x0, %y0 : index
      return %fits, %x0 : i1, index
    }
    ```
  }];
  let dependentDialects = ["::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect"];
}

def SkipUnwantedPass : Pass<"atled-skip-unwanted", "ModuleOp"> {
  let summary = "Compute only those results of public functions that the caller wants";
  let description = [{
    Gives a public function an argument `tensor<?xi1>`, marked `atled.wanted`,
    that says of each result whether it is wanted, and puts what serves no other
    results into branches. Neighbours that serve the same results share one: the
    order of operations, which decides how much memory they need, stays.
    Functions that it calls learn in the same way what of theirs is wanted. What
    branches and calls depend on is read once, at the start.

    What serves every result, or has an effect, runs as before. So does what
    computes a tensor whose size does not follow from those of the arguments,
    with all that it reads: nothing could stand for it. Results marked
    `ad.residual` or `atled.in_place` are always wanted. A function of which
    nothing can be saved stays as it is.

    Expects tensors, fused.

    Before:

    ```mlir
    func.func @f(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
      %a = math.sin %x : tensor<4xf32>
      %b = math.cos %x : tensor<4xf32>
      return %a, %b : tensor<4xf32>, tensor<4xf32>
    }
    ```

    After, the other result likewise:

    ```mlir
    func.func @f(%x: tensor<4xf32>, %wanted: tensor<2xi1> {atled.wanted})
        -> (tensor<4xf32>, tensor<4xf32>) {
      %0 = arith.constant 0 : index
      %is_wanted = tensor.extract %wanted[%0] : tensor<2xi1>
      %a = scf.if %is_wanted -> (tensor<4xf32>) {
        %sin = math.sin %x : tensor<4xf32>
        scf.yield %sin : tensor<4xf32>
      } else {
        %none = tensor.empty() : tensor<4xf32>
        scf.yield %none : tensor<4xf32>
      }
      %b = math.cos %x : tensor<4xf32>
      return %a, %b : tensor<4xf32>, tensor<4xf32>
    }
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::scf::SCFDialect", "::mlir::tensor::TensorDialect"];
}

def FuseElementwisePass : Pass<"atled-fuse-elementwise", "::mlir::func::FuncOp"> {
  let summary = "Fuse elementwise linalg operations into what reads them, where nothing is computed again";
  let description = [{
    An elementwise operation with one reader becomes part of it, so that what is
    in between needs no memory. It stays where the reader reads its elements more
    than once, as a contraction does, and its body is more than one operation:
    computing them again would cost more than keeping them. It stays, too, where
    it takes elements out of a tensor at computed places and the tensor is
    updated before the reader comes: who reads later needs a copy of all of it.

    Expects `linalg.generic` on tensors, as `linalg-generalize-named-ops` leaves
    it. Reshapes move out of the way, as by `linalg-fuse-elementwise-ops`, and
    constants of one value become part of the bodies that read them; not where a
    function of mathematics would be left with constants alone, which would be
    folded, and maybe to another last bit than it computes.

    Before:

    ```mlir
    #id = affine_map<(i) -> (i)>
    func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
      %e = tensor.empty() : tensor<4xf32>
      %a = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
          ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) {
      ^bb0(%in: f32, %out: f32):
        %s = math.sin %in : f32
        linalg.yield %s : f32
      } -> tensor<4xf32>
      %b = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
          ins(%a : tensor<4xf32>) outs(%e : tensor<4xf32>) {
      ^bb0(%in: f32, %out: f32):
        %t = math.exp %in : f32
        linalg.yield %t : f32
      } -> tensor<4xf32>
      return %b : tensor<4xf32>
    }
    ```

    After:

    ```mlir
    #id = affine_map<(i) -> (i)>
    func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
      %e = tensor.empty() : tensor<4xf32>
      %b = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel"]}
          ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) {
      ^bb0(%in: f32, %out: f32):
        %s = math.sin %in : f32
        %t = math.exp %s : f32
        linalg.yield %t : f32
      } -> tensor<4xf32>
      return %b : tensor<4xf32>
    }
    ```
  }];
  let dependentDialects = ["::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
                           "::mlir::linalg::LinalgDialect", "::mlir::tensor::TensorDialect"];
}

def FuseMultiplyAddPass : Pass<"atled-fuse-multiply-add", "ModuleOp"> {
  let summary = "Use fused multiply-add where products are summed";
  let description = [{
    In the body of a linalg operation with a reduction, what adds a product to
    the sum becomes one `math.fma`, which rounds once. Nothing else is fused: an
    elementwise `a * b + c` keeps its two roundings.

    Before:

    ```mlir
    func.func @dot(%x: tensor<4xf32>, %y: tensor<4xf32>, %z: tensor<f32>) -> tensor<f32> {
      %r = linalg.generic {indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> (k)>,
                                            affine_map<(k) -> ()>],
                           iterator_types = ["reduction"]}
          ins(%x, %y : tensor<4xf32>, tensor<4xf32>) outs(%z : tensor<f32>) {
      ^bb0(%a: f32, %b: f32, %sum: f32):
        %p = arith.mulf %a, %b : f32
        %s = arith.addf %sum, %p : f32
        linalg.yield %s : f32
      } -> tensor<f32>
      return %r : tensor<f32>
    }
    ```

    After:

    ```mlir
    func.func @dot(%x: tensor<4xf32>, %y: tensor<4xf32>, %z: tensor<f32>) -> tensor<f32> {
      %r = linalg.generic {indexing_maps = [affine_map<(k) -> (k)>, affine_map<(k) -> (k)>,
                                            affine_map<(k) -> ()>],
                           iterator_types = ["reduction"]}
          ins(%x, %y : tensor<4xf32>, tensor<4xf32>) outs(%z : tensor<f32>) {
      ^bb0(%a: f32, %b: f32, %sum: f32):
        %s = math.fma %a, %b, %sum : f32
        linalg.yield %s : f32
      } -> tensor<f32>
      return %r : tensor<f32>
    }
    ```
  }];
  let dependentDialects = ["::mlir::math::MathDialect"];
}

//===----------------------------------------------------------------------===//
// From tensors to buffers
//===----------------------------------------------------------------------===//

def RegionDestinationsPass : Pass<"atled-region-destinations", "ModuleOp"> {
  let summary = "Let loops update in place what they carry, and branches share a place";
  let description = [{
    Writes each tensor that an `scf.for` or `scf.while` yields to the place of
    the argument that it becomes, so that bufferization keeps one buffer for all
    iterations. A tensor that is an update of that argument (a part of it was
    replaced) is there already. An `scf.while` that passes on other values than
    it carries gets a place for each of them. The regions of a branch write each
    tensor they return to one place in front of it; a select of tensors and an
    `scf.index_switch` become `scf.if` before that.

    Before:

    ```mlir
    func.func @f(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %r = scf.for %i = %c0 to %n step %c1 iter_args(%h = %x) -> (tensor<4xf32>) {
        %e = tensor.empty() : tensor<4xf32>
        %t = linalg.exp ins(%h : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
        scf.yield %t : tensor<4xf32>
      }
      return %r : tensor<4xf32>
    }
    ```

    After:

    ```mlir
    func.func @f(%x: tensor<4xf32>, %n: index) -> tensor<4xf32> {
      %c0 = arith.constant 0 : index
      %c1 = arith.constant 1 : index
      %r = scf.for %i = %c0 to %n step %c1 iter_args(%h = %x) -> (tensor<4xf32>) {
        %e = tensor.empty() : tensor<4xf32>
        %t = linalg.exp ins(%h : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
        %p = bufferization.materialize_in_destination %t in %h
            : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
        scf.yield %p : tensor<4xf32>
      }
      return %r : tensor<4xf32>
    }
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::bufferization::BufferizationDialect",
                           "::mlir::linalg::LinalgDialect", "::mlir::tensor::TensorDialect"];
}

def DestinationPassingPass : Pass<"atled-destination-passing", "ModuleOp"> {
  let summary = "Give every function one destination argument per tensor result";
  let description = [{
    Appends one tensor argument per tensor result, into which the result is
    written, and passes such destinations at every call. The results stay, as
    the updated destinations: `atled-bufferize` drops them. Inputs are marked as
    not writable, so no function ever writes what it was given. Attributes of a
    result move to its destination; `atled.num_inputs` counts the inputs.

    A result that is a reshape of a value lets that value be computed in the
    reshaped destination. A result that is an input or a constant, or that is
    returned twice, is copied.

    A function without a body, which C provides, must take and return tensors of
    static shape. Until `atled-bufferize` it has a body that stands for it and
    returns the destinations; `bufferization.access` tells that it reads the
    inputs and writes the destinations.

    A body must be of one block, and a public function must take and
    return tensors only. The dynamic extents of a called function's results
    must be affine in the extents of its arguments.

    Before:

    ```mlir
    func.func @f(%x: tensor<4xf32>) -> (tensor<4xf32> {atled.name = "y"}) {
      %e = tensor.empty() : tensor<4xf32>
      %y = linalg.exp ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
      return %y : tensor<4xf32>
    }
    ```

    After:

    ```mlir
    func.func @f(%x: tensor<4xf32> {bufferization.writable = false},
                 %d: tensor<4xf32> {atled.name = "y"}) -> tensor<4xf32>
        attributes {atled.num_inputs = 1 : i64} {
      %e = tensor.empty() : tensor<4xf32>
      %y = linalg.exp ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
      %r = bufferization.materialize_in_destination %y in %d
          : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
      return %r : tensor<4xf32>
    }
    ```
  }];
  let dependentDialects = ["::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
                           "::mlir::bufferization::BufferizationDialect",
                           "::mlir::tensor::TensorDialect"];
}

def BufferizePass : Pass<"atled-bufferize", "ModuleOp"> {
  let summary = "Turn tensors into buffers, results being written where they are wanted";
  let description = [{
    Runs upstream's one-shot bufferization over functions that have gone through
    `atled-destination-passing`. Computations are first redirected into the
    destination that they end up in, so that no copy is left where none is
    needed; what must be copied is a `linalg.copy`. All buffers of a function's
    signature have identity layout. Results, which are the destinations, are
    dropped. A body that stands for one in C is dropped, too.

    Before:

    ```mlir
    func.func @f(%x: tensor<4xf32> {bufferization.writable = false}, %d: tensor<4xf32>)
        -> tensor<4xf32> attributes {atled.num_inputs = 1 : i64} {
      %e = tensor.empty() : tensor<4xf32>
      %y = linalg.exp ins(%x : tensor<4xf32>) outs(%e : tensor<4xf32>) -> tensor<4xf32>
      %r = bufferization.materialize_in_destination %y in %d
          : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
      return %r : tensor<4xf32>
    }
    ```

    After:

    ```mlir
    func.func @f(%x: memref<4xf32>, %d: memref<4xf32>)
        attributes {atled.num_inputs = 1 : i64} {
      linalg.exp ins(%x : memref<4xf32>) outs(%d : memref<4xf32>)
      return
    }
    ```
  }];
  let dependentDialects = ["::mlir::bufferization::BufferizationDialect",
                           "::mlir::linalg::LinalgDialect", "::mlir::memref::MemRefDialect"];
}

//===----------------------------------------------------------------------===//
// On buffers
//===----------------------------------------------------------------------===//

def PlanWorkspacePass : Pass<"atled-plan-workspace", "ModuleOp"> {
  let summary = "Replace every allocation by a piece of a workspace argument";
  let description = [{
    Appends the argument `memref<?xi8>` to every function and places each
    `memref.alloc` at a constant, 64-aligned offset of it. Two buffers that are
    never live at once may share memory: buffers are placed by decreasing size,
    each in the tightest gap that is free while it lives. A callee's workspace
    is a buffer of the caller that lives during the call, so functions are
    planned callees first. Buffers of at most 64 bytes go to the stack, where
    they become registers.

    `atled.workspace_bytes` on the function tells the size; on a function without
    a body it is given, or 0. Recursion is an error.

    A public function that takes tensors of dynamic shape gets plain addresses
    instead, and behind its destinations an `index` for each dynamic dimension of
    its inputs. What it allocates as these say is in slots behind the rest, where
    a second companion, `atled.layout`, computes that they are: it returns all the
    bytes that a call needs, then the offset of each slot. Any other allocation
    may have a dynamic size in its first dimension only, and is in the arena.

    Before:

    ```mlir
    func.func @f(%x: memref<64xf32>, %y: memref<64xf32>) {
      %t = memref.alloc() {alignment = 64 : i64} : memref<64xf32>
      linalg.exp ins(%x : memref<64xf32>) outs(%t : memref<64xf32>)
      linalg.exp ins(%t : memref<64xf32>) outs(%y : memref<64xf32>)
      return
    }
    ```

    After:

    ```mlir
    func.func @f(%x: memref<64xf32>, %y: memref<64xf32>, %workspace: memref<?xi8>)
        attributes {atled.workspace_bytes = 256 : i64} {
      %c0 = arith.constant 0 : index
      %t = memref.view %workspace[%c0][] : memref<?xi8> to memref<64xf32>
      linalg.exp ins(%x : memref<64xf32>) outs(%t : memref<64xf32>)
      linalg.exp ins(%t : memref<64xf32>) outs(%y : memref<64xf32>)
      return
    }
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::cf::ControlFlowDialect",
                           "::mlir::memref::MemRefDialect"];
}

def ReportFailuresPass : Pass<"atled-report-failures", "ModuleOp"> {
  let summary = "Turn failures into error codes";
  let description = [{
    Every function that contains a `cf.assert`, calls a function without a body,
    or calls one that does, gets an argument more, in front of the workspace: the
    status. Whoever calls it from outside sets it to 0. The first assertion that
    fails writes its code there; `ad.limit` on it tells which, see `atled.h`. A
    function without a body, which C provides, returns a code from now on; the
    first that is not 0 is written there. Nothing stops yet: on a CPU,
    `atled-return-on-failure` sees to that.

    With `places` the status has 64 bits, and the upper half tells where it
    failed: where in the text `atled.places` of the module a line begins that
    says so, and ends with a zero. The text itself begins with an empty line.

    Before:

    ```mlir
    func.func @f(%holds: i1) {
      cf.assert %holds, "the input is sorted"
      return
    }
    ```

    After:

    ```mlir
    func.func @f(%holds: i1, %status: memref<1xi32>) attributes {atled.status} {
      %c0_i32 = arith.constant 0 : i32
      %c2_i32 = arith.constant 2 : i32
      %c0 = arith.constant 0 : index
      %before = memref.load %status[%c0] : memref<1xi32>
      %first = arith.cmpi eq, %before, %c0_i32 : i32
      %failed = arith.select %first, %c2_i32, %before : i32
      %after = arith.select %holds, %before, %failed : i32
      memref.store %after, %status[%c0] : memref<1xi32>
      return
    }
    ```
  }];
  let options = [
    Option<"places", "places", "bool", "false",
           "tell where it failed, too: costs text in the object, and no time where nothing fails">
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::memref::MemRefDialect"];
}

def ParallelizePass : Pass<"atled-parallelize", "ModuleOp"> {
  let summary = "Cut large linalg operations on buffers into chunks that may run at the same time";
  let description = [{
    An operation with work for several chunks becomes a `scf.forall` over parts
    of it, cut along one parallel dimension: the outermost, unless another gives
    twice as many. Each chunk computes every element that it writes as the whole
    would have, and needs no memory of its own. The number of chunks, at most
    32, follows from the shape and from what the body computes, never from a
    number of threads. Where only the call tells the shape, the program computes
    it, and one chunk does what is small.

    Left whole are small operations of known shape, and in loops those of
    unknown shape; without a parallel dimension that all outputs have, such as
    the sum of all elements; with a body that writes memory; on a buffer that is
    chosen at run time, such as one that a loop carries or that is in the arena.

    Expects what `atled-plan-workspace` leaves.

    Before:

    ```mlir
    func.func @f(%x: memref<4096x1024xf32>, %y: memref<4096x1024xf32>) {
      linalg.exp ins(%x : memref<4096x1024xf32>) outs(%y : memref<4096x1024xf32>)
      return
    }
    ```

    After:

    ```mlir
    func.func @f(%x: memref<4096x1024xf32>, %y: memref<4096x1024xf32>) {
      scf.forall (%chunk) in (32) {
        %begin = affine.apply affine_map<(d0) -> (d0 * 128)>(%chunk)
        %xs = memref.subview %x[%begin, 0] [128, 1024] [1, 1]
            : memref<4096x1024xf32> to memref<128x1024xf32, strided<[1024, 1], offset: ?>>
        %ys = memref.subview %y[%begin, 0] [128, 1024] [1, 1]
            : memref<4096x1024xf32> to memref<128x1024xf32, strided<[1024, 1], offset: ?>>
        linalg.exp ins(%xs : memref<128x1024xf32, strided<[1024, 1], offset: ?>>)
                   outs(%ys : memref<128x1024xf32, strided<[1024, 1], offset: ?>>)
      }
      return
    }
    ```
  }];
  let options = [Option<"chunkWork", "chunk-work", "int64_t", "262144",
                        "what a chunk costs at least, in additions: smaller chunks keep more threads "
                        "busy, and cost more to hand out">];
  let dependentDialects = ["::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
                           "::mlir::memref::MemRefDialect", "::mlir::scf::SCFDialect"];
}

def VectorizePass : Pass<"atled-vectorize", "ModuleOp"> {
  let summary = "Lower linalg on buffers to loops over vectors";
  let description = [{
    Vectorises each operation along the dimension that its operands are
    contiguous in. If that is a parallel one (elementwise operations,
    contractions, reductions of outer dimensions), every element is computed as
    if alone: sums are accumulated in order, in blocks of 256. If it is a
    reduction, as many partial results as the element type gives (32 for f32, 16
    for f64) are accumulated in lanes, which are then combined in pairs. So the
    order of every sum is fixed by the shape and the type, whatever the machine.

    Operations whose body holds anything but elementwise operations are left to
    `atled-lower-to-loops`.

    Before:

    ```mlir
    linalg.reduce { arith.addf } ins(%x : memref<64xf32>) outs(%s : memref<f32>) dimensions = [0]
    ```

    After:

    ```mlir
    %lanes = scf.for %i = %c0 to %c64 step %c32 iter_args(%sum = %neutral) -> (vector<32xf32>) {
      %v = vector.load %x[%i] : memref<64xf32>, vector<32xf32>
      %next = arith.addf %v, %sum : vector<32xf32>
      scf.yield %next : vector<32xf32>
    }
    %low = vector.extract_strided_slice %lanes {offsets = [0], sizes = [16], strides = [1]}
        : vector<32xf32> to vector<16xf32>
    %high = vector.extract_strided_slice %lanes {offsets = [16], sizes = [16], strides = [1]}
        : vector<32xf32> to vector<16xf32>
    %half = arith.addf %low, %high : vector<16xf32>
    // ... and so on, down to one.
    ```
  }];
  let options = [Option<"vectorBytes", "vector-bytes", "int64_t", "16",
                        "bytes in a vector register of the target: shapes loops, never results">];
  let dependentDialects = ["::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
                           "::mlir::memref::MemRefDialect", "::mlir::scf::SCFDialect",
                           "::mlir::vector::VectorDialect"];
}

def LowerToLoopsPass : Pass<"atled-lower-to-loops", "ModuleOp"> {
  let summary = "Lower linalg on buffers to loops over loads and stores";
  let description = [{
    The loops nest in the order of the operation's iterators.

    Before:

    ```mlir
    linalg.copy ins(%x : memref<4xf32>) outs(%y : memref<4xf32>)
    ```

    After:

    ```mlir
    scf.for %i = %c0 to %c4 step %c1 {
      %v = memref.load %x[%i] : memref<4xf32>
      memref.store %v, %y[%i] : memref<4xf32>
    }
    ```
  }];
  let dependentDialects = ["::mlir::affine::AffineDialect", "::mlir::arith::ArithDialect",
                           "::mlir::memref::MemRefDialect", "::mlir::scf::SCFDialect"];
}

def SkipEmptyLoopsPass : Pass<"atled-skip-empty-loops", "ModuleOp"> {
  let summary = "Do not run loops around loops that are empty";
  let description = [{
    A call with tensors of dynamic shape that have no elements returns at once,
    however large the other extents are. Expects loops over loads and stores;
    leaves those alone that do more than to run other loops, and those around
    loops whose bounds change.

    Before:

    ```mlir
    scf.for %i = %c0 to %m step %c1 {
      scf.for %j = %c0 to %n step %c1 {
        memref.store %v, %y[%i, %j] : memref<?x?xf32>
      }
    }
    ```

    After:

    ```mlir
    %runs = arith.cmpi sgt, %n, %c0 : index
    %end = arith.select %runs, %m, %c0 : index
    scf.for %i = %c0 to %end step %c1 {
      scf.for %j = %c0 to %n step %c1 {
        memref.store %v, %y[%i, %j] : memref<?x?xf32>
      }
    }
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

def WidenBooleansPass : Pass<"atled-widen-booleans", "ModuleOp"> {
  let summary = "Store booleans as bytes";
  let description = [{
    Turns every buffer of `i1` into one of `i8` that holds 0 or 1: what is loaded
    is truncated, what is stored is extended. Arguments of functions remember
    their element type in `atled.element_type`. Expects loops over loads and
    stores, no operation on whole buffers.

    Before:

    ```mlir
    func.func @f(%p: memref<4xi1>, %q: memref<4xi1>, %i: index) {
      %v = memref.load %p[%i] : memref<4xi1>
      memref.store %v, %q[%i] : memref<4xi1>
      return
    }
    ```

    After:

    ```mlir
    func.func @f(%p: memref<4xi8> {atled.element_type = i1},
                 %q: memref<4xi8> {atled.element_type = i1}, %i: index) {
      %b = memref.load %p[%i] : memref<4xi8>
      %v = arith.trunci %b : i8 to i1
      %w = arith.extui %v : i1 to i8
      memref.store %w, %q[%i] : memref<4xi8>
      return
    }
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::memref::MemRefDialect"];
}

//===----------------------------------------------------------------------===//
// On scalars
//===----------------------------------------------------------------------===//

def ExpandMathPass : Pass<"atled-expand-math", "ModuleOp"> {
  let summary = "Expand elementary functions into arithmetic without branches";
  let description = [{
    Replaces `math.exp`, `exp2`, `expm1`, `log`, `log2`, `log10`, `log1p`, `cbrt`,
    `rsqrt`, `sin`, `cos`, `tan`, their inverses, `sinh`, `cosh`, `tanh`,
    `erf`, `erfc` and `atan2`, and all operations of the dialect `special`, on f32 and
    f64, scalars and vectors, by straight-line code of `arith` operations, which LLVM
    vectorises with the loop around it. f16 and bf16 are computed in f32. Other `math`
    operations and operations on tensors stay.

    `round` is rounded exactly. So are `ceil`, `floor`, `trunc`, `roundeven`, and
    `fma` on f32, which stay where the option `fma` says that the target is one
    that has instructions for them.

    `sin`, `cos` and `tan` have one branch: arguments beyond 2^20 are left to the C
    library, one by one.

    The results are within 2 ulp over the whole range, those of `special.erf_inv`,
    `lgamma`, `digamma` and `polygamma` of order 1 within 4. Infinities, NaN, signed
    zeros, denormal arguments and results, and overflow are as in C99. The code
    bears no fast-math flag.

    Before:

    ```mlir
    %y = math.rsqrt %x : f32
    ```

    After:

    ```mlir
    %s = math.sqrt %x : f32
    %one = arith.constant 1.0 : f32
    %y = arith.divf %one, %s : f32
    ```
  }];
  let options = [
    Option<"fma", "fma", "bool", /*default=*/"false",
           "the target rounds a multiply-add once: use math.fma, which is faster; "
           "without the instruction it would be a call">,
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::math::MathDialect",
                           "::mlir::scf::SCFDialect", "::mlir::vector::VectorDialect"];
}

def ExpandHalfPrecisionPass : Pass<"atled-expand-half-precision", "ModuleOp"> {
  let summary = "Turn f16 and bf16 into integers of 16 bits";
  let description = [{
    Replaces the conversions of `arith` from and to f16 and bf16, scalars and
    vectors, by integer arithmetic on the representation, without branches;
    comparisons of them compare in f32. Then f16 and bf16 become i16 everywhere.
    Arguments of functions remember their element type in `atled.element_type`.

    Expects loops over loads and stores, and that everything else on f16 and bf16
    is computed in f32. What is left needs neither instructions for half
    precision nor the functions that LLVM calls where there are none, which some
    C libraries lack.

    Each conversion rounds once, to nearest even, from f64 and from integers of
    64 bits too. Infinities, signed zeros, subnormal numbers and overflow are as
    in IEEE 754; NaN stays NaN.

    Before:

    ```mlir
    func.func @f(%x: memref<4xbf16>, %i: index) -> f32 {
      %v = memref.load %x[%i] : memref<4xbf16>
      %y = arith.extf %v : bf16 to f32
      return %y : f32
    }
    ```

    After:

    ```mlir
    func.func @f(%x: memref<4xi16> {atled.element_type = bf16}, %i: index) -> f32 {
      %v = memref.load %x[%i] : memref<4xi16>
      %a = arith.extui %v : i16 to i32
      %sixteen = arith.constant 16 : i32
      %b = arith.shli %a, %sixteen : i32
      %y = arith.bitcast %b : i32 to f32
      return %y : f32
    }
    ```
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

#endif // ATLED_CODEGEN_PASSES_TD
