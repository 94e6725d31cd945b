//===- ContractionOps.td - Products summed over dimensions ---*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_IR_CONTRACTIONOPS
#define ATLED_DIALECT_ATLED_IR_CONTRACTIONOPS

include "atled/Dialect/Atled/IR/AtledBase.td"
include "atled/Dialect/Atled/IR/ShapeOps.td"
include "atled/Interfaces/DerivativeRules.td"

class Atled_ContractionOp<string mnemonic> : Atled_InferredOp<mnemonic> {
  let arguments = (ins Atled_NumberTensor:$lhs, Atled_NumberTensor:$rhs);
  let results = (outs Atled_NumberTensor:$result);
  let assemblyFormat = [{
    $lhs `,` $rhs attr-dict `:` functional-type(operands, results)
  }];
  let hasFolder = 1;
}

def Atled_ContractOp : Atled_ContractionOp<"contract"> {
  let summary = "sum of products over any dimensions of two tensors";
  let description = [{
    Multiplies `lhs` and `rhs` and sums over pairs of dimensions:
    `lhsContracting[i]` of `lhs` with `rhsContracting[i]` of `rhs`. `lhsBatch[i]`
    and `rhsBatch[i]` are pairs too, but stay: there is one contraction for each
    index in them. Paired dimensions have the same extent; no dimension occurs
    twice; both operands have the same element type.

    The result has the batch dimensions, in the order of `lhsBatch`, then the
    other dimensions of `lhs`, then those of `rhs`, both in their own order.

    A sum of no products is 0. `f16` and `bf16` are multiplied and added in `f32`
    and rounded once; integers wrap.

    Example:

    ```mlir
    %z = atled.contract %x, %y batch = [0] x [0] contracting = [2] x [1]
        : (tensor<2x4x8xf32>, tensor<2x8x3xf32>) -> tensor<2x4x3xf32>
    ```
  }];
  let arguments = (ins Atled_NumberTensor:$lhs, Atled_NumberTensor:$rhs,
                       DenseI64ArrayAttr:$lhsBatch, DenseI64ArrayAttr:$rhsBatch,
                       DenseI64ArrayAttr:$lhsContracting,
                       DenseI64ArrayAttr:$rhsContracting);
  let assemblyFormat = [{
    $lhs `,` $rhs `batch` `=` $lhsBatch `x` $rhsBatch
    `contracting` `=` $lhsContracting `x` $rhsContracting attr-dict `:`
    functional-type(operands, results)
  }];
  let extraClassDeclaration = [{
    /// The dimensions of each operand that are neither batch nor contracting.
    SmallVector<int64_t> getLhsFree();
    SmallVector<int64_t> getRhsFree();
    /// The number of products; nothing if a size is not known.
    std::optional<int64_t> countOperations();
  }];
  let hasCanonicalizer = 1;
}

def Atled_MatmulOp : Atled_ContractionOp<"matmul"> {
  let summary = "product of two matrices";
  let description = [{
    Returns the matrix product of `lhs` and `rhs`, two tensors of rank 2. It is
    `atled.contract` of dimension 1 of `lhs` with dimension 0 of `rhs`: a sum of no
    products is 0.

    Example:

    ```mlir
    %z = atled.matmul %x, %y : (tensor<4x8xf32>, tensor<8x2xf32>) -> tensor<4x2xf32>
    ```
  }];
  let extraClassDeclaration = [{
    /// The number of products; nothing if a size is not known.
    std::optional<int64_t> countOperations();
  }];
}

def Atled_DotOp : Atled_ContractionOp<"dot"> {
  let summary = "inner product of two vectors";
  let description = [{
    Returns the sum of the products of corresponding elements of `lhs` and `rhs`,
    two tensors of rank 1. It is `atled.contract` of dimension 0 with dimension 0: a
    sum of no products is 0.

    Example:

    ```mlir
    %z = atled.dot %x, %y : (tensor<8xf32>, tensor<8xf32>) -> tensor<f32>
    ```
  }];
}

//===----------------------------------------------------------------------===//
// Derivatives
//===----------------------------------------------------------------------===//

def ContractionAdjointOfLhs : Function<"contractionAdjointOfLhs">;
def ContractionAdjointOfRhs : Function<"contractionAdjointOfRhs">;
def : Multilinear<Atled_ContractOp, [(ContractionAdjointOfLhs $cotangent, $op),
                                     (ContractionAdjointOfRhs $cotangent, $op)]> {
  let formulas = ["contract(cotangent, rhs) over the free dimensions of rhs",
                  "contract(cotangent, lhs) over the free dimensions of lhs"];
}

def : Multilinear<Atled_MatmulOp,
                  [(Atled_MatmulOp $cotangent, (Atled_TransposeOp $rhs)),
                   (Atled_MatmulOp (Atled_TransposeOp $lhs), $cotangent)]>;

def Scale : Function<"scale">;
def : Multilinear<Atled_DotOp, [(Scale $cotangent, $rhs), (Scale $cotangent, $lhs)]> {
  let formulas = ["cotangent * rhs", "cotangent * lhs"];
}

#endif // ATLED_DIALECT_ATLED_IR_CONTRACTIONOPS
