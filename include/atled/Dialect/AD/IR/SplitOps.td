//===- SplitOps.td - Derivatives in two halves ---------------*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_AD_IR_SPLITOPS
#define ATLED_DIALECT_AD_IR_SPLITOPS

include "atled/Dialect/AD/IR/ADOps.td"
include "mlir/IR/AttrTypeBase.td"

//===----------------------------------------------------------------------===//
// Between calls of a program
//===----------------------------------------------------------------------===//

def AD_SplitOp : AD_Declaration<"split"> {
  let summary = "makes two public functions of a function's reverse mode";
  let description = [{
    Declares two functions, which `--ad-differentiate` makes: who calls them may
    do other things between the way there and the way back, and may go back any
    number of times.

    - `forward` takes the arguments of `function`. It returns the results, then
      the residuals: what the way back needs and its caller does not have. They
      carry the attribute `ad.residual`.
    - `reverse` takes those arguments of `function` that the way back needs
      again, then the residuals, then one seed per result that has a tangent
      type. It returns the cotangents in the order of `wrt`.

    The arguments that `reverse` takes again must have the values that `forward`
    got. A residual that is a result is returned once as each, and one that is
    a scalar is a 0-d tensor. Both functions are public, and no other symbol of
    the module may have their names.

    Where an argument or a result is of dynamic shape, who calls `reverse` says
    the dimensions of what `forward` takes, as he has done before. `reverse` has
    the name of `forward` in the attribute `ad.forward`, and in `ad.like` for
    each argument which argument of `forward`, or behind those which result, is
    as large. There is at least one residual then, an empty one if need be: what
    is between the two calls tells which dimensions it is for.

    Example:

    ```mlir
    func.func private @f(%x: tensor<4xf32>) -> tensor<4xf32> {
      %y = atled.tanh %x : tensor<4xf32>
      return %y : tensor<4xf32>
    }
    ad.split @f wrt = [0] forward @f_fwd reverse @f_bwd
    ```

    makes

    ```mlir
    func.func private @f_fwd(tensor<4xf32>)
        -> (tensor<4xf32>, tensor<4xf32> {ad.residual})
    func.func private @f_bwd(tensor<4xf32> {ad.residual}, tensor<4xf32>) -> tensor<4xf32>
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$function, DenseI64ArrayAttr:$wrt,
                       SymbolNameAttr:$forward, SymbolNameAttr:$reverse);
  let assemblyFormat = [{
    $function `wrt` `=` $wrt `forward` $forward `reverse` $reverse attr-dict
  }];
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Within a function
//===----------------------------------------------------------------------===//

// The derivative of a function at a point. It is no vector, and has no memory
// of its own: it stands for the residuals of one run.
def AD_LinearMapType : TypeDef<AD_Dialect, "LinearMap"> {
  let mnemonic = "linear_map";
  let summary = "linear map";
  let parameters = (ins "::mlir::FunctionType":$function);
  let assemblyFormat = "`<` $function `>`";
}

def AD_LinearizeOp : AD_Request<"linearize"> {
  let summary = "the results of a function and its derivative as a linear map";
  let description = [{
    Runs the function on the arguments, once, and gives its derivative there
    with respect to the arguments named by `wrt`: a map of one tangent for each
    of them to one tangent for each result that has a tangent type.

    `ad.apply` applies the map to tangents, and `ad.apply_transpose` its
    transpose to cotangents: each any number of times, on what the one run has
    kept. Nothing else may use it, and it does not leave the function that makes
    it, or the checkpoint: it cannot be returned, yielded or passed on.

    It keeps what the way back needs. `ad.apply` is the transpose of that way
    back, not forward mode, so it needs no more.

    Example: one step of Gauss-Newton's method needs the products of J and of
    its transpose with vectors.

    ```mlir
    func.func private @f(tensor<4xf32>, tensor<4xf32>) -> tensor<2xf32>
    func.func @normal(%x: tensor<4xf32>, %z: tensor<4xf32>, %v: tensor<4xf32>) -> tensor<4xf32> {
      %y, %map = ad.linearize @f(%x, %z) wrt = [0]
          : (tensor<4xf32>, tensor<4xf32>)
            -> (tensor<2xf32>, !ad.linear_map<(tensor<4xf32>) -> tensor<2xf32>>)
      %jv = ad.apply %map(%v) : !ad.linear_map<(tensor<4xf32>) -> tensor<2xf32>>
      %jtjv = ad.apply_transpose %map(%jv) : !ad.linear_map<(tensor<4xf32>) -> tensor<2xf32>>
      return %jtjv : tensor<4xf32>
    }
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, Variadic<AnyType>:$arguments,
                       DenseI64ArrayAttr:$wrt);
  let results = (outs Variadic<AnyType>:$results, AD_LinearMapType:$map);
  let assemblyFormat = [{
    $callee `(` $arguments `)` `wrt` `=` $wrt attr-dict `:`
    functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

class AD_MapUse<string mnemonic, string taken, string given>
    : AD_Op<mnemonic,
        [RangedTypesMatchWith<"operands are what the map takes", "map", "vectors",
                              "cast<LinearMapType>($_self).getFunction().get" # taken # "()">,
         RangedTypesMatchWith<"results are what the map gives", "map", "results",
                              "cast<LinearMapType>($_self).getFunction().get" # given # "()">]> {
  let arguments = (ins AD_LinearMapType:$map, Variadic<AnyType>:$vectors);
  let results = (outs Variadic<AnyType>:$results);
  let assemblyFormat = "$map `(` $vectors `)` attr-dict `:` qualified(type($map))";
  let hasVerifier = 1;
}

def AD_ApplyOp : AD_MapUse<"apply", "Inputs", "Results"> {
  let summary = "a linear map applied to tangents";
  let description = [{
    Applies the derivative that `ad.linearize` gives to one tangent for each
    argument in its `wrt`. Returns a tangent for each result of the function that
    has a tangent type.

    Example:

    ```mlir
    func.func private @f(tensor<4xf32>) -> tensor<2xf32>
    func.func @forth(%x: tensor<4xf32>, %dx: tensor<4xf32>) -> tensor<2xf32> {
      %y, %map = ad.linearize @f(%x) wrt = [0]
          : (tensor<4xf32>) -> (tensor<2xf32>, !ad.linear_map<(tensor<4xf32>) -> tensor<2xf32>>)
      %dy = ad.apply %map(%dx) : !ad.linear_map<(tensor<4xf32>) -> tensor<2xf32>>
      return %dy : tensor<2xf32>
    }
    ```
  }];
}

def AD_ApplyTransposeOp : AD_MapUse<"apply_transpose", "Results", "Inputs"> {
  let summary = "the transpose of a linear map applied to cotangents";
  let description = [{
    Applies the transpose of the derivative that `ad.linearize` gives to one
    cotangent for each result of the function that has a tangent type. Returns a
    cotangent for each argument in its `wrt`.

    Example:

    ```mlir
    func.func private @f(tensor<4xf32>) -> tensor<2xf32>
    func.func @back(%x: tensor<4xf32>, %dy: tensor<2xf32>) -> tensor<4xf32> {
      %y, %map = ad.linearize @f(%x) wrt = [0]
          : (tensor<4xf32>) -> (tensor<2xf32>, !ad.linear_map<(tensor<4xf32>) -> tensor<2xf32>>)
      %dx = ad.apply_transpose %map(%dy) : !ad.linear_map<(tensor<4xf32>) -> tensor<2xf32>>
      return %dx : tensor<4xf32>
    }
    ```
  }];
}

#endif // ATLED_DIALECT_AD_IR_SPLITOPS
