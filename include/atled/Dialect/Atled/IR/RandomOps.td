//===- RandomOps.td - Random numbers from a key --------------*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_IR_RANDOMOPS
#define ATLED_DIALECT_ATLED_IR_RANDOMOPS

include "atled/Dialect/Atled/IR/AtledBase.td"
include "atled/Interfaces/DerivativeRules.td"

def Atled_KeyTensor
    : Type<CPred<"::atled::isKeyTensor($_self)">, "tensor of 2 ui32",
           "::mlir::RankedTensorType">;

def Atled_FoldInOp : Atled_InferredOp<"fold_in"> {
  let summary = "a new key for each element of data";
  let description = [{
    Returns, for each element of `data`, a key that follows from it and from `key`:
    two words along a last dimension that is added. Keys of different data are
    independent of each other and of what else is drawn from `key`, as long as
    `key` itself is used for nothing but `fold_in`.

    The key is the block of `data`, as an unsigned number of 64 bits; negative
    integers have their sign extended. How a block is computed says
    `atled.random_bits`.

    Example, of a key for each step of a loop, and of splitting one in four:

    ```mlir
    %step_key = atled.fold_in %key, %step : (tensor<2xui32>, tensor<i64>) -> tensor<2xui32>
    %n = atled.iota dimension = 0 : tensor<4xi32>
    %keys = atled.fold_in %key, %n : (tensor<2xui32>, tensor<4xi32>) -> tensor<4x2xui32>
    ```
  }];
  let arguments = (ins Atled_KeyTensor:$key, Atled_IntegerTensor:$data);
  let results = (outs Atled_IntegerTensor:$result);
  let assemblyFormat = [{
    $key `,` $data attr-dict `:` functional-type(operands, results)
  }];
}

// Each element of the result follows from the key and its own index.
class Atled_RandomOp<string mnemonic, Type tensor> : Atled_Op<mnemonic> {
  let arguments = (ins Atled_KeyTensor:$key, Variadic<Index>:$sizes);
  let results = (outs tensor:$result);
  let assemblyFormat = [{
    $key (`sizes` `(` $sizes^ `)`)? attr-dict `:` type($key) `->` type($result)
  }];
  let hasVerifier = 1;
}

def Atled_RandomBitsOp : Atled_RandomOp<"random_bits", Atled_IntegerTensor> {
  let summary = "random bits from a key";
  let description = [{
    Returns integers all of whose bits are random. The same key gives the same
    bits, on every target and however many threads there are: there is no hidden
    state. Who wants others makes another key, by `atled.fold_in`. `sizes` has the
    extent of each dynamic dimension of the result, in order.

    The generator is Threefry-2x32 with 20 rounds (J. K. Salmon and others,
    Parallel random numbers: as easy as 1, 2, 3, SC11). Its block for the element
    with the row-major number `n` has `key` as key and the two halves of `n` as
    counter, the upper one first. Elements of 64 bits are the block's words, the
    first one above; narrower ones are the last bits of the exclusive or of the
    two words. These are the bits of JAX with `jax_threefry_partitionable`.

    Example:

    ```mlir
    %bits = atled.random_bits %key : tensor<2xui32> -> tensor<4x8xui32>
    ```
  }];
}

def Atled_RandomUniformOp : Atled_RandomOp<"random_uniform", Atled_FloatTensor> {
  let summary = "random numbers from 0 to 1";
  let description = [{
    Returns numbers that are distributed evenly from 0 on, and less than 1. They
    are multiples of 2^-m, where m is the number of bits that the format has behind
    the point: 52 in `f64`, 23 in `f32`, 10 in `f16`, 7 in `bf16`. The first m of
    the bits that `atled.random_bits` would return, of as many as the format has
    (8 for `bf16`), say which. So they are the same on every target.

    `low + (high - low) * u` is evenly distributed between others, and has a
    derivative in both; the key has none. `u < p` is true with probability `p`.

    Example:

    ```mlir
    %u = atled.random_uniform %key : tensor<2xui32> -> tensor<4x8xf32>
    ```
  }];
}

def Atled_RandomNormalOp : Atled_RandomOp<"random_normal", Atled_FloatTensor> {
  let summary = "normally distributed random numbers";
  let description = [{
    Returns numbers that are distributed normally, with mean 0 and standard
    deviation 1, by the method of Box and Muller: of an element's block, as in
    `atled.random_bits`, the first word gives the distance from zero, `r = sqrt(-2
    log(u))`, and the second the angle `a`; the element is `r cos(a)`. As `u` is
    at least 2^-33, no number is further from 0 than 6.8.

    It is computed in `f64`, where it is within 8 units in the last place of `r`
    from the truth and may differ between targets in the last bits; other formats
    are rounded from that.

    `mean + std * z` has a derivative in both; the key has none.

    Example:

    ```mlir
    %z = atled.random_normal %key : tensor<2xui32> -> tensor<4x8xf32>
    ```
  }];
}

//===----------------------------------------------------------------------===//
// Derivatives
//===----------------------------------------------------------------------===//

def : Partials<Atled_FoldInOp, [(NoDerivative), (NoDerivative)]>;
def : Partials<Atled_RandomBitsOp, [(NoDerivative), (NoDerivative)]>;
def : Partials<Atled_RandomUniformOp, [(NoDerivative), (NoDerivative)]>;
def : Partials<Atled_RandomNormalOp, [(NoDerivative), (NoDerivative)]>;

#endif // ATLED_DIALECT_ATLED_IR_RANDOMOPS
