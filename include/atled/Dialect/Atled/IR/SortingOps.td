//===- SortingOps.td - Elements in order, and their places ---*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All of them know one order of elements: that of numbers, false before true,
// NaN behind everything and equal to NaN, zeros of both signs equal.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_IR_SORTINGOPS
#define ATLED_DIALECT_ATLED_IR_SORTINGOPS

include "atled/Dialect/Atled/IR/AtledBase.td"
include "atled/Interfaces/DerivativeRules.td"

// Returns indices along a dimension, of any integer type that can hold them.
class Atled_SortingOp<string mnemonic>
    : Atled_InferredOp<mnemonic, [], InferTypeOpAdaptorWithIsCompatible> {
  let hasVerifier = 1;
}

def Atled_SortOp : Atled_SortingOp<"sort"> {
  let summary = "elements in order along a dimension";
  let description = [{
    Returns the elements of each of `tensors`, which have one shape, in the order
    of the first: from the least along `dimension` to the greatest, or the other
    way with `descending`. With `keys` greater than 1, those that are equal in the
    first are in the order of the second, and so on for the first `keys` of the
    tensors. What is equal in all of them stays in the order it was in, in both
    directions: the sort is stable.

    False comes before true. NaN is greater than every number and equal to every
    NaN, so that it comes last, or first with `descending`. Zeros of both signs
    are equal.

    The last result, `order`, says which place along `dimension` each element
    comes from. Its elements are of any integer type that can hold every index; a
    builder that is given none takes `i32`. If the extent of `dimension` is
    dynamic, that they fit is a promise. The order is what other languages call
    `argsort`, and `atled.gather` puts other tensors in that order.

    Derivatives go where the values come from, so that at a tie they follow the
    stable order. Through the order itself there is none. It takes O(n log n)
    comparisons, and memory of the workspace for two copies of one row of keys and
    indices.

    Example:

    ```mlir
    %sorted, %order = atled.sort %x dimension = 1 : (tensor<4x8xf32>) -> (tensor<4x8xf32>, tensor<4x8xi32>)
    %r:3 = atled.sort %k, %v dimension = 0 descending
        : (tensor<9xi64>, tensor<9xf32>) -> (tensor<9xi64>, tensor<9xf32>, tensor<9xi32>)
    ```
  }];
  let arguments = (ins Variadic<Atled_AnyTensor>:$tensors,
                       Atled_DimensionAttr:$dimension,
                       DefaultValuedAttr<Atled_CountAttr, "1">:$keys,
                       UnitAttr:$descending);
  let results = (outs Variadic<Atled_AnyTensor>:$sorted,
                      Atled_IntegerTensor:$order);
  let assemblyFormat = [{
    $tensors `dimension` `=` $dimension (`keys` `=` $keys^)?
    (`descending` $descending^)? attr-dict `:` functional-type(operands, results)
  }];
}

def Atled_TopKOp : Atled_SortingOp<"top_k"> {
  let summary = "the greatest elements along a dimension, and their places";
  let description = [{
    Returns the `k` greatest elements of `x` along `dimension`, the greatest first,
    and their indices there. Of equal elements, the one with the lowest index
    comes first. NaN is greater than every number, and zeros of both signs are
    equal, as in `atled.sort`. The indices are of any integer type that can hold
    them; a builder that is given none takes `i32`.

    `k` is at most the extent of `dimension`; if that is dynamic, this is a
    promise, and so is that its indices fit. The derivative goes where the values
    come from. It takes O(n log k) comparisons.

    Example:

    ```mlir
    %values, %indices = atled.top_k %x dimension = 1 k = 3 : (tensor<4x8xf32>) -> (tensor<4x3xf32>, tensor<4x3xi32>)
    ```
  }];
  let arguments = (ins Atled_Tensor:$x, Atled_DimensionAttr:$dimension,
                       Atled_CountAttr:$k);
  let results = (outs Atled_Tensor:$values, Atled_IntegerTensor:$indices);
  let assemblyFormat = [{
    $x `dimension` `=` $dimension `k` `=` $k attr-dict `:`
    functional-type(operands, results)
  }];
}

def Atled_SearchSortedOp : Atled_SortingOp<"searchsorted"> {
  let summary = "where elements belong among sorted ones";
  let description = [{
    Returns, for each element of `values`, how many elements of `sorted` are less:
    the first index at which it can be put so that `sorted` stays in order. With
    `right`, those that are equal count, too: the last such index. What is less is
    as in `atled.sort`. `sorted` is in that order along its last dimension; where
    it is not, an index between 0 and its extent is returned.

    The other dimensions of `sorted` are the first dimensions of `values`, so that
    each row is searched for elements of its own; a row alone is searched for all
    of `values`. The result has the shape of `values`. Its elements are of any
    integer type that can hold the extent; a builder that is given none takes
    `i32`. If that extent is dynamic, that it fits is a promise. The derivative is
    zero everywhere. Each takes O(log n) comparisons.

    Example:

    ```mlir
    %bins = atled.searchsorted %edges, %x right : (tensor<5xf32>, tensor<4x8xf32>) -> tensor<4x8xi32>
    ```
  }];
  let arguments = (ins Atled_Tensor:$sorted, Atled_Tensor:$values,
                       UnitAttr:$right);
  let results = (outs Atled_IntegerTensor:$result);
  let assemblyFormat = [{
    $sorted `,` $values (`right` $right^)? attr-dict `:`
    functional-type(operands, results)
  }];
}

//===----------------------------------------------------------------------===//
// Derivatives
//===----------------------------------------------------------------------===//

def : Coded<Atled_SortOp, ["scatter add(0, cotangent) at order"],
            "gather(tangent(tensors)) at order">;

def : Coded<Atled_TopKOp, ["scatter add(0, cotangent) at indices"],
            "gather(tangent(x)) at indices">;

def : Partials<Atled_SearchSortedOp, [(Zero), (Zero)]>;

#endif // ATLED_DIALECT_ATLED_IR_SORTINGOPS
