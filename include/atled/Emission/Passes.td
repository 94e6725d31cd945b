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
    C: an argument or a result that is no tensor, an element type that
    C has no type for, a name that C does not allow, or that the object defines
    for another entry: `f` comes with `f_cpu_ok`. Leaves the program as it is.
  }];
  let options = [
    Option<"symbolPrefix", "symbol-prefix", "std::string", "",
           "what the symbols in the object begin with">,
    Option<"places", "places", "bool", "false",
           "the object tells where calls fail, by a function for each entry">
  ];
}

def DeclareExternalsPass : Pass<"atled-declare-externals", "ModuleOp"> {
  let summary = "Check that C code can provide every function that is used and has no body";
  let description = [{
    A function without a body that something uses will be called by its name in
    C. Reports what would make that impossible: an argument or a result that is
    no tensor of static shape with elements that C has a type for; a name that C
    does not allow, that is a function of its library, or that the object or its
    header defines; an `atled.workspace_bytes` that is no number of bytes. What
    such a function takes and returns is kept as text, for the header.

    Expects the types of the program. Functions without a body that nothing uses
    are left alone.

    Before:

    ```mlir
    func.func private @g(tensor<4xf32>) -> tensor<f32>
    func.func @f(%x: tensor<4xf32>) -> tensor<f32> {
      %y = func.call @g(%x) : (tensor<4xf32>) -> tensor<f32>
      return %y : tensor<f32>
    }
    ```

    After:

    ```mlir
    func.func private @g(tensor<4xf32>) -> tensor<f32>
        attributes {atled.signature = "(in0: tensor<4xf32>) -> (out0: tensor<f32>)"}
    func.func @f(%x: tensor<4xf32>) -> tensor<f32> {
      %y = func.call @g(%x) : (tensor<4xf32>) -> tensor<f32>
      return %y : tensor<f32>
    }
    ```
  }];
  let options = [
    Option<"symbolPrefix", "symbol-prefix", "std::string", "",
           "what the symbols in the object begin with">,
    Option<"places", "places", "bool", "false",
           "the object tells where calls fail, by a function for each entry">
  ];
}

def UpdateInPlacePass : Pass<"atled-update-in-place", "ModuleOp"> {
  let summary = "Let outputs of public functions take the place of something";
  let description = [{
    An output to which an input is donated takes the place of that: the result
    gets the attribute `atled.in_place` with the argument's number. An output
    that is accumulated takes the place of an argument of its own, marked
    `atled.accumulator`, which is what its buffer holds before the call; the
    result is added to it. Whoever calls such a function from inside gets a
    private one that does neither.

    Expects tensors, after the conversion to linalg.

    Before:

    ```mlir
    func.func @f(%x: tensor<4xf32>) -> (tensor<4xf32> {atled.name = "y"}) {
      %y = math.sin %x : tensor<4xf32>
      return %y : tensor<4xf32>
    }
    ```

    After `--atled-update-in-place=accumulate=f:y`:

    ```mlir
    func.func @f(%x: tensor<4xf32>, %acc: tensor<4xf32> {atled.accumulator})
        -> (tensor<4xf32> {atled.name = "y", atled.in_place = 1 : i64}) {
      %y = math.sin %x : tensor<4xf32>
      %empty = tensor.empty() : tensor<4xf32>
      %sum = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
                             iterator_types = ["parallel"]}
          ins(%acc, %y : tensor<4xf32>, tensor<4xf32>) outs(%empty : tensor<4xf32>) {
      ^bb0(%old: f32, %new: f32, %out: f32):
        %s = arith.addf %old, %new : f32
        linalg.yield %s : f32
      } -> tensor<4xf32>
      return %sum : tensor<4xf32>
    }
    ```
  }];
  let options = [
    ListOption<"donated", "donate", "std::string",
               "outputs that take the place of an input, 'w:w_new', in every function that has both">,
    ListOption<"accumulated", "accumulate", "std::string",
               "outputs that are added to what is there, 'loss_grad:grad_w'">
  ];
  let dependentDialects = ["::mlir::arith::ArithDialect", "::mlir::linalg::LinalgDialect", "::mlir::tensor::TensorDialect"];
}

def CallParallelForPass : Pass<"atled-call-parallel-for", "ModuleOp"> {
  let summary = "Let the caller's threads run what may run at the same time";
  let description = [{
    The body of each `scf.forall` becomes a function that takes its index and
    what it captures. In its place the `parallel_for` of an `atled_exec` is
    called, with a second function, which takes the captured values from memory
    and calls the first. A function that contains such a loop, or calls one that
    does, gets the pointer to the `atled_exec` as one argument more, in front of
    what belongs to the arena, the status and the workspace; `atled.exec` marks
    it. It is never NULL: a caller without threads passes `@atled.serial_for`.

    A loop inside another, one with a dynamic or more than one bound, and one
    that uses a buffer of dynamic shape from outside becomes a `scf.for`.

    Before:

    ```mlir
    func.func private @f(%x: memref<64xf32>, %workspace: memref<?xi8>)
        attributes {atled.workspace_bytes = 0 : i64} {
      %zero = arith.constant 0.0 : f32
      scf.forall (%i) in (64) {
        memref.store %zero, %x[%i] : memref<64xf32>
      }
      return
    }
    ```

    After, without the loop of `@atled.serial_for`:

    ```mlir
    func.func private @f.chunk(%i: index, %x: memref<64xf32>) {
      %zero = arith.constant 0.0 : f32
      memref.store %zero, %x[%i] : memref<64xf32>
      return
    }
    llvm.func internal @f.chunk.call(%packed: !llvm.ptr, %chunk: i64) {
      %field = llvm.getelementptr %packed[0, 0] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(ptr)>
      %pointer = llvm.load %field : !llvm.ptr -> !llvm.ptr
      %x = builtin.unrealized_conversion_cast %pointer : !llvm.ptr to memref<64xf32>
      %i = builtin.unrealized_conversion_cast %chunk : i64 to index
      func.call @f.chunk(%i, %x) : (index, memref<64xf32>) -> ()
      llvm.return
    }
    func.func private @f(%x: memref<64xf32>, %exec: !llvm.ptr, %workspace: memref<?xi8>)
        attributes {atled.exec, atled.workspace_bytes = 0 : i64} {
      %one = llvm.mlir.constant(1 : i64) : i64
      %packed = llvm.alloca %one x !llvm.struct<(ptr)> : (i64) -> !llvm.ptr
      %xs = builtin.unrealized_conversion_cast %x
          : memref<64xf32> to !llvm.struct<(ptr, ptr, i64, array<1 x i64>, array<1 x i64>)>
      %pointer = llvm.extractvalue %xs[1]
          : !llvm.struct<(ptr, ptr, i64, array<1 x i64>, array<1 x i64>)>
      %field = llvm.getelementptr %packed[0, 0] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(ptr)>
      llvm.store %pointer, %field : !llvm.ptr, !llvm.ptr
      %at = llvm.getelementptr %exec[0, 3] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(i64, i64, ptr, ptr)>
      %parallel_for = llvm.load %at : !llvm.ptr -> !llvm.ptr
      %from = llvm.getelementptr %exec[0, 2] : (!llvm.ptr) -> !llvm.ptr, !llvm.struct<(i64, i64, ptr, ptr)>
      %ctx = llvm.load %from : !llvm.ptr -> !llvm.ptr
      %chunks = llvm.mlir.constant(64 : i64) : i64
      %call = llvm.mlir.addressof @f.chunk.call : !llvm.ptr
      llvm.call %parallel_for(%ctx, %chunks, %call, %packed)
          : !llvm.ptr, (!llvm.ptr, i64, !llvm.ptr, !llvm.ptr) -> ()
      return
    }
    llvm.func @atled.serial_for(!llvm.ptr, i64, !llvm.ptr, !llvm.ptr)
    ```
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect", "::mlir::memref::MemRefDialect",
                           "::mlir::scf::SCFDialect"];
}

def WrapEntriesPass : Pass<"atled-wrap-entries", "ModuleOp"> {
  let summary = "Put a function that checks its caller's arguments before every public function";
  let description = [{
    Every public function on buffers becomes private, and gets a public wrapper
    with the uniform signature of `atled.h`, under its name and under the name
    that carries the version of the contract, and a function that says that every
    processor can run it. The wrapper checks the arguments
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
    llvm.func @f_cpu_ok() -> i32 {
      %yes = llvm.mlir.constant(1 : i32) : i32
      llvm.return %yes : i32
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
           "what the symbols in the object begin with">,
    Option<"hidden", "hidden", "bool", "false",
           "let no other shared object see the symbols of the one that this is linked into">,
    Option<"sizeBits", "size-bits", "unsigned", "64",
           "bits in a pointer and in C's size_t, 32 or 64">
  ];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect", "::mlir::memref::MemRefDialect"];
}

def CallExternalsPass : Pass<"atled-call-externals", "ModuleOp"> {
  let summary = "Give every function without a body one that calls the C function of its name";
  let description = [{
    The body puts the pointers to inputs and outputs into arrays, calls the C
    function with the uniform signature of `atled.h`, and returns the code. A
    code that asks for a larger workspace becomes one of its own: the size that
    goes with it is in no workspace that the entry's caller knows. A function
    that nothing uses is erased, so that the object does not ask for it.

    Expects what `atled-plan-workspace` and `atled-report-failures` leave.

    Before:

    ```mlir
    func.func private @g(memref<4xf32>, memref<f32>, memref<?xi8>) -> i32
        attributes {atled.num_inputs = 1 : i64, atled.workspace_bytes = 0 : i64}
    func.func private @f(%x: memref<4xf32>, %y: memref<f32>, %workspace: memref<?xi8>) {
      %code = func.call @g(%x, %y, %workspace)
          : (memref<4xf32>, memref<f32>, memref<?xi8>) -> i32
      return
    }
    ```

    After, without the code's translation:

    ```mlir
    llvm.func @g(!llvm.ptr, !llvm.ptr, !llvm.ptr, !llvm.ptr, i64, !llvm.ptr) -> i32
        attributes {atled.signature = "", atled.workspace_bytes = 0 : i64}
    func.func private @g.external(%x: memref<4xf32>, %y: memref<f32>,
                                  %workspace: memref<?xi8>) -> i32
        attributes {atled.num_inputs = 1 : i64, atled.workspace_bytes = 0 : i64} {
      %one = llvm.mlir.constant(1 : i64) : i64
      %in = llvm.alloca %one x !llvm.ptr : (i64) -> !llvm.ptr
      %xs = builtin.unrealized_conversion_cast %x
          : memref<4xf32> to !llvm.struct<(ptr, ptr, i64, array<1 x i64>, array<1 x i64>)>
      %xp = llvm.extractvalue %xs[1]
          : !llvm.struct<(ptr, ptr, i64, array<1 x i64>, array<1 x i64>)>
      llvm.store %xp, %in : !llvm.ptr, !llvm.ptr
      %out = llvm.alloca %one x !llvm.ptr : (i64) -> !llvm.ptr
      %ys = builtin.unrealized_conversion_cast %y
          : memref<f32> to !llvm.struct<(ptr, ptr, i64)>
      %yp = llvm.extractvalue %ys[1] : !llvm.struct<(ptr, ptr, i64)>
      llvm.store %yp, %out : !llvm.ptr, !llvm.ptr
      %null = llvm.mlir.zero : !llvm.ptr
      %bytes = llvm.mlir.constant(0 : i64) : i64
      %code = llvm.call @g(%in, %out, %null, %null, %bytes, %null)
          : (!llvm.ptr, !llvm.ptr, !llvm.ptr, !llvm.ptr, i64, !llvm.ptr) -> i32
      return %code : i32
    }
    func.func private @f(%x: memref<4xf32>, %y: memref<f32>, %workspace: memref<?xi8>) {
      %code = func.call @g.external(%x, %y, %workspace)
          : (memref<4xf32>, memref<f32>, memref<?xi8>) -> i32
      return
    }
    ```
  }];
  let options = [
    Option<"sizeBits", "size-bits", "unsigned", "64",
           "bits in C's size_t, 32 or 64">
  ];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

def JoinVersionsPass : Pass<"atled-join-versions", "ModuleOp"> {
  let summary = "Let entries choose between versions of the program at run time";
  let description = [{
    Each version of the program is a nested module, with `atled.version` to say
    which processor it is for and what of that not every processor has. Their
    functions come into one module under names that end in the version's. Under
    an entry's own name there is a function that goes on in the version with the
    most requirements that the machine meets, and returns an error code where it
    meets none's; the function `..._cpu_ok` says which it is. The processor is
    asked by instructions, once, and the answer kept in a variable.

    Expects versions in the LLVM dialect that differ in their processor alone.
    Leaves a module without versions as it is.

    Before:

    ```mlir
    module @v3 attributes {atled.version = {cpu = "x86-64-v3", features = "",
                                            vector_bits = 256 : i64, required = ["avx2"]}} {
      llvm.func @f() -> i32 attributes {atled.entry = {
          name = "f", inputs = [], outputs = [], arena = false,
          full_call_bytes = 0 : i64, workspace_bytes = 64 : i64}} {
        %ok = llvm.mlir.constant(0 : i32) : i32
        llvm.return %ok : i32
      }
    }
    ```

    After, without the questions and the other functions of the entry:

    ```mlir
    llvm.func internal @f.v3() -> i32 attributes {target_cpu = "x86-64-v3", prefer_vector_width = "256"} {
      %ok = llvm.mlir.constant(0 : i32) : i32
      llvm.return %ok : i32
    }
    llvm.func internal @atled.choose_version() -> i32 attributes {target_cpu = "x86-64"} {
      %version = llvm.mlir.constant(1 : i32) : i32
      llvm.return %version : i32
    }
    llvm.func @f() -> i32 attributes {target_cpu = "x86-64"} {
      %version = llvm.call @atled.choose_version() : () -> i32
      llvm.switch %version : i32, ^none [1: ^first]
    ^none:
      %code = llvm.mlir.constant(-12 : i32) : i32
      llvm.return %code : i32
    ^first:
      %result = llvm.call tail @f.v3() : () -> i32
      llvm.return %result : i32
    }
    ```
  }];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect"];
}

#endif // ATLED_EMISSION_PASSES_TD
