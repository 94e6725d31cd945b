//===- IndexingOps.td - Parts at places that a tensor names -*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_IR_INDEXINGOPS
#define ATLED_DIALECT_ATLED_IR_INDEXINGOPS

include "atled/Dialect/Atled/IR/AtledBase.td"
include "atled/Dialect/Atled/IR/AtledEnums.td"
include "atled/Interfaces/DerivativeRules.td"

// The dimension numbers are those of StableHLO's gather and scatter.
class Atled_IndexingOp<string mnemonic> : Atled_InferredOp<mnemonic> {
  dag numbers = (ins DenseI64ArrayAttr:$offsetDimensions,
                     DenseI64ArrayAttr:$collapsedDimensions,
                     DefaultValuedAttr<DenseI64ArrayAttr, "{}">:$batchDimensions,
                     DefaultValuedAttr<DenseI64ArrayAttr, "{}">:$indexBatchDimensions,
                     DenseI64ArrayAttr:$indexedDimensions,
                     Atled_DimensionAttr:$vectorDimension,
                     DefaultValuedAttr<Atled_OutOfRangeAttr,
                                       "OutOfRange::assume">:$outOfRange);
  string numbersFormat = [{
    `offset` `=` $offsetDimensions `collapsed` `=` $collapsedDimensions
    (`batch` `=` $batchDimensions^ `x` $indexBatchDimensions)?
    `indexed` `=` $indexedDimensions `vector` `=` $vectorDimension
    (`out_of_range` `=` $outOfRange^)? attr-dict `:`
    functional-type(operands, results)
  }];
  let results = (outs Atled_Tensor:$result);
  let extraClassDeclaration = [{
    /// How the windows of `x` and the tensor of windows correspond.
    IndexedWindows getWindows();
  }];
}

def Atled_GatherOp : Atled_IndexingOp<"gather"> {
  let summary = "windows of a tensor, each at a place that an index vector names";
  let description = [{
    Returns windows of `x`, one for each index vector in `indices`. An index vector
    runs along dimension `vectorDimension` of `indices`, or is a single element
    where that is the rank of `indices`; its element `k` is where the window begins
    along dimension `indexedDimensions[k]` of `x`. Along `batchDimensions[k]` it
    begins at the index vector's own index along `indexBatchDimensions[k]` of
    `indices`, and along all other dimensions at 0.

    A window has the extents `sliceSizes`, which are 1 in `batchDimensions` and in
    `collapsedDimensions`; those are dropped, and the others become, in order,
    dimensions `offsetDimensions` of the result. Its other dimensions are those of
    `indices` without `vectorDimension`, in order. A size may be `?`: `sizes` has
    it when running, for each `?` in order. No window is larger than `x`. Without
    `sizes`, `?` is all of a dimension of `x` that is dynamic and not indexed.

    `outOfRange` says what happens to a window that would leave `x`. `clamp` moves
    it to the nearest place where it does not. `drop` gives 0 for the elements
    that are outside. `assume` is the program's promise that there is none; it is
    clamped all the same.

    Example:

    ```mlir
    // Row i of a table, for each i.
    %rows = atled.gather %table[%i] sizes = [1, 8] offset = [1] collapsed = [0] indexed = [0] vector = 1
        : (tensor<100x8xf32>, tensor<4xi32>) -> tensor<4x8xf32>
    // n elements of a vector, from j on.
    %part = atled.gather %vector[%j] sizes = [?](%n) offset = [0] collapsed = [] indexed = [0] vector = 0
        : (tensor<100xf32>, tensor<i32>, index) -> tensor<?xf32>
    ```
  }];
  let arguments = !con((ins Atled_Tensor:$x, Atled_IntegerTensor:$indices,
                            Variadic<Index>:$sizes,
                            DenseI64ArrayAttr:$sliceSizes), numbers);
  let assemblyFormat = "$x `[` $indices `]` `sizes` `=` custom<Extents>($sliceSizes)"
                       # " (`` `(` $sizes^ `)`)? " # numbersFormat;
  let extraClassDeclaration = [{
    /// How the windows of `x` and the tensor of windows correspond.
    IndexedWindows getWindows();
    /// Which of the operands `sizes` is the size along a dimension of `x`.
    std::optional<unsigned> getSizeOperand(int64_t dimension);
  }];
}

def Atled_ScatterOp : Atled_IndexingOp<"scatter"> {
  let summary = "a tensor with windows combined into places that index vectors name";
  let description = [{
    Returns `x` with the windows in `updates` put where `atled.gather` with the same
    numbers would have taken them from. `mode` says how an element `u` of a window
    and the element `x` that it meets become one: `set` takes `u`, `add` and `mul`
    compute `x + u` and `x * u`, `max` and `min` take the greater or the lesser as
    `atled.maximum` and `atled.minimum` do. Windows may overlap: they are taken in
    row-major order of the index vectors, so that with `set` the last one wins.
    With `add` and `mul`, `f16` and `bf16` are computed in `f32` and rounded once.

    `outOfRange` says what happens to elements of a window that are outside of
    `x`. `drop` leaves them out, `clamp` moves their window to the nearest place
    where it is inside. `assume` is the program's promise that there are none;
    they are dropped all the same.

    Derivatives: with `set`, an element that is overwritten gets none, nor does an
    update that is; with `max` and `min`, all that attain the extremum share
    evenly. With `mul`, that in an update is the product of all the others that
    meet there, without a division, so that it is right where some are 0. Two loops
    over the elements of the updates compute it.

    Example:

    ```mlir
    // Adds to rows of a table.
    %sum = atled.scatter add, %rows into %table[%i] offset = [1] collapsed = [0] indexed = [0] vector = 1
        : (tensor<100x8xf32>, tensor<4xi32>, tensor<4x8xf32>) -> tensor<100x8xf32>
    ```
  }];
  let arguments = !con((ins Atled_Tensor:$x, Atled_IntegerTensor:$indices,
                            Atled_Tensor:$updates, Atled_ScatterModeAttr:$mode),
                       numbers);
  let assemblyFormat = "$mode `,` $updates `into` $x `[` $indices `]`" # numbersFormat;
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Derivatives
//===----------------------------------------------------------------------===//

def ScatterBack : Function<"scatterBack">;
def : Linear<Atled_GatherOp,
             [(ScatterBack $cotangent, $op), (NoDerivative), (NoDerivative)]> {
  let isCheap = 0;
  let formulas = ["scatter add(0, cotangent)", "none", "none"];
}

def : Coded<Atled_ScatterOp,
            ["add: cotangent; set: cotangent, 0 where it is overwritten; mul: scatter mul(cotangent, updates); max, min: cotangent * share",
             "none",
             "add: gather(cotangent); set: gather(cotangent), 0 where it is overwritten; mul: gather(cotangent) * product of the others; max, min: gather(cotangent) * share"],
            "add, set: scatter (tangent(x), tangent(updates)); mul: scatter add(scatter mul(tangent(x), updates), tangent(updates) * product of the others); max, min: scatter add(tangent(x) * share, tangent(updates) * share)">;

#endif // ATLED_DIALECT_ATLED_IR_INDEXINGOPS
