//===- ADOps.td - What one asks of differentiation -----------*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_AD_IR_ADOPS
#define ATLED_DIALECT_AD_IR_ADOPS

include "atled/Interfaces/DifferentiableOpInterface.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/OpBase.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def AD_Dialect : Dialect {
  let name = "ad";
  let cppNamespace = "::atled::ad";
  let summary = "requests for derivatives, and what stops them";
  let description = [{
    The operations with which a program asks for derivatives of its functions.
    They work on any type that is a vector space
    (`VectorSpaceTypeInterface`) and know no tensor operation.

    A request is an operation, so requests compose: the gradient of a function
    that contains a gradient is a second derivative. The pass
    `--ad-differentiate` replaces every request by a call of a derived
    function, and makes the functions that `ad.split` declares. `ad.linearize`
    gives a derivative as a linear map, to be applied more than once.

    Where the derivative that the operations of a function make is not the one
    that is wanted, `ad.custom_vjp` and `ad.custom_jvp` bind the function to
    another.

    Two attributes say how far a program goes where nothing else does, so that
    its way back can be given room. Whoever calls the compiled function is told
    when they do not hold.

    - `ad.max_iterations = 100 : i64` on an `scf.for` or `scf.while`: it runs at
      most so often.
    - `ad.max_depth = 20 : i64` on a function that calls itself, directly or
      through others: at most so many calls of it, 1,000,000 at the most, are
      inside one another.

    What the way back needs is kept, unless it is cheap to compute again. A
    program that has more time than memory says where to keep less:

    - `ad.checkpoint` (the operation) around a part of a function, or the
      attribute `ad.checkpoint` on a `func.call`: what is inside is run again on
      the way back, and nothing but what it uses from outside is kept.
    - `ad.checkpoint = #ad.periodic<32>` on an `scf.for` or `scf.while`: kept is
      what every 32nd iteration begins with. For n iterations the square root of
      n needs the least memory.
    - `ad.checkpoint = #ad.binomial<8>` on an `scf.for` or `scf.while`: 8
      snapshots of what the loop carries are kept, however often it runs.
    - One of the two on a function that has `ad.max_depth`: recursion becomes a
      loop, and this is for that loop.
  }];
  let hasOperationAttrVerify = 1;
  let hasRegionArgAttrVerify = 1;
  let hasRegionResultAttrVerify = 1;
  let useDefaultAttributePrinterParser = 1;
  let useDefaultTypePrinterParser = 1;
  let extraClassDeclaration = [{
    static constexpr ::llvm::StringLiteral maxIterationsAttrName = "ad.max_iterations";
    static constexpr ::llvm::StringLiteral maxDepthAttrName = "ad.max_depth";
    /// On a loop: PeriodicAttr or BinomialAttr. On a call: a unit.
    static constexpr ::llvm::StringLiteral checkpointAttrName = "ad.checkpoint";
    /// On a loop: a number by which KeptValue names it.
    static constexpr ::llvm::StringLiteral loopNumberAttrName = "ad.loop";
    /// On a result of what `ad.split` makes, and on the argument that it
    /// becomes: a residual.
    static constexpr ::llvm::StringLiteral residualAttrName = "ad.residual";
    /// On the second function that `ad.split` makes of one with dynamic
    /// dimensions: the name of the first, whose caller has said them. And for
    /// each argument the one of the first, or behind these the result, that is
    /// as large.
    static constexpr ::llvm::StringLiteral forwardAttrName = "ad.forward";
    static constexpr ::llvm::StringLiteral likeAttrName = "ad.like";
    /// On a `cf.assert`: which limit of the program it watches.
    static constexpr ::llvm::StringLiteral limitAttrName = "ad.limit";
  }];
}

class AD_Op<string mnemonic, list<Trait> traits = []>
    : Op<AD_Dialect, mnemonic, traits # [Pure]>;

//===----------------------------------------------------------------------===//
// Requests
//===----------------------------------------------------------------------===//

// A request names a function, gives its arguments, and says with respect to
// which of them, sorted and without repetition.
class AD_Request<string mnemonic, list<Trait> traits = []>
    : AD_Op<mnemonic, traits # [DeclareOpInterfaceMethods<SymbolUserOpInterface>]>;

class AD_SeededRequest<string mnemonic> : AD_Request<mnemonic, [AttrSizedOperandSegments]> {
  let results = (outs Variadic<AnyType>:$results);
  let hasVerifier = 1;
}

class AD_GradientRequest<string mnemonic> : AD_Request<mnemonic> {
  let arguments = (ins FlatSymbolRefAttr:$callee, Variadic<AnyType>:$arguments,
                       DenseI64ArrayAttr:$wrt);
  let results = (outs Variadic<AnyType>:$results);
  let assemblyFormat = [{
    $callee `(` $arguments `)` `wrt` `=` $wrt attr-dict `:`
    functional-type(operands, results)
  }];
  let hasVerifier = 1;
}

def AD_VjpOp : AD_SeededRequest<"vjp"> {
  let summary = "the results of a function and the cotangents of its arguments";
  let description = [{
    Runs the function on the arguments and carries the seeds, one cotangent per
    result that has a tangent type, back to the arguments named by `wrt`.
    Returns the results, then the cotangents in the order of `wrt`.

    Example:

    ```mlir
    func.func private @f(tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    func.func @back(%x: tensor<4xf32>, %y: tensor<4xf32>, %dr: tensor<4xf32>) -> tensor<4xf32> {
      %r:2 = ad.vjp @f(%x, %y) seed(%dr) wrt = [0]
          : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
      return %r#1 : tensor<4xf32>
    }
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, Variadic<AnyType>:$arguments,
                       Variadic<AnyType>:$seeds, DenseI64ArrayAttr:$wrt);
  let assemblyFormat = [{
    $callee `(` $arguments `)` `seed` `(` $seeds `)` `wrt` `=` $wrt attr-dict
    `:` functional-type(operands, results)
  }];
}

def AD_JvpOp : AD_SeededRequest<"jvp"> {
  let summary = "the results of a function and their tangents";
  let description = [{
    Runs the function on the arguments and carries one tangent per argument
    named by `wrt` forward to the results; the other arguments count as
    constants. Returns the results, then the tangents of those results that
    have a tangent type.

    Example:

    ```mlir
    func.func private @f(tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
    func.func @forth(%x: tensor<4xf32>, %y: tensor<4xf32>, %dx: tensor<4xf32>) -> tensor<4xf32> {
      %r:2 = ad.jvp @f(%x, %y) tangent(%dx) wrt = [0]
          : (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
      return %r#1 : tensor<4xf32>
    }
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, Variadic<AnyType>:$arguments,
                       Variadic<AnyType>:$tangents, DenseI64ArrayAttr:$wrt);
  let assemblyFormat = [{
    $callee `(` $arguments `)` `tangent` `(` $tangents `)` `wrt` `=` $wrt attr-dict
    `:` functional-type(operands, results)
  }];
}

def AD_GradOp : AD_GradientRequest<"grad"> {
  let summary = "the gradients of a function with one scalar result";
  let description = [{
    Returns the gradients of the function's only result, one real number, with
    respect to the arguments named by `wrt`. A function with another result has
    no gradient: ask for `ad.vjp` with a seed.

    Example:

    ```mlir
    func.func private @loss(tensor<4xf32>, tensor<4xf32>) -> tensor<f32>
    func.func @slope(%w: tensor<4xf32>, %x: tensor<4xf32>) -> tensor<4xf32> {
      %dw = ad.grad @loss(%w, %x) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
      return %dw : tensor<4xf32>
    }
    ```
  }];
}

def AD_ValueAndGradOp : AD_GradientRequest<"value_and_grad"> {
  let summary = "the scalar result of a function and its gradients";
  let description = [{
    As `ad.grad`, with the value of the function before the gradients.

    Example:

    ```mlir
    func.func private @loss(tensor<4xf32>, tensor<4xf32>) -> tensor<f32>
    func.func @both(%w: tensor<4xf32>, %x: tensor<4xf32>) -> (tensor<f32>, tensor<4xf32>) {
      %r:2 = ad.value_and_grad @loss(%w, %x) wrt = [0]
          : (tensor<4xf32>, tensor<4xf32>) -> (tensor<f32>, tensor<4xf32>)
      return %r#0, %r#1 : tensor<f32>, tensor<4xf32>
    }
    ```
  }];
}

//===----------------------------------------------------------------------===//
// Requests for matrices
//===----------------------------------------------------------------------===//

def AD_JacobianOp : AD_GradientRequest<"jacobian"> {
  let summary = "all derivatives of a function's results by its arguments";
  let description = [{
    Returns, for each result of the function that has a tangent type and each
    argument named by `wrt` (the results outermost), the derivatives of every
    coordinate of the one by every coordinate of the other. For tensors that is
    a tensor with the dimensions of the result followed by those of the
    argument; shapes must be static, and element types equal.

    It is a loop of the cheaper kind: one `ad.vjp` for each coordinate of the
    results, or one `ad.jvp` for each of the arguments, whichever are fewer. The
    rows of the first share one run of the primal.

    Example:

    ```mlir
    func.func private @f(tensor<4xf32>) -> tensor<2x3xf32>
    func.func @slopes(%x: tensor<4xf32>) -> tensor<2x3x4xf32> {
      %j = ad.jacobian @f(%x) wrt = [0] : (tensor<4xf32>) -> tensor<2x3x4xf32>
      return %j : tensor<2x3x4xf32>
    }
    ```
  }];
}

def AD_HessianOp : AD_GradientRequest<"hessian"> {
  let summary = "the second derivatives of a function with one scalar result";
  let description = [{
    Returns the Jacobian of the gradient: for each pair of arguments named by
    `wrt` (the first outermost) the second derivatives of the function's only
    result, one real number. Forward mode over reverse mode, one pass for each
    coordinate of the arguments.

    Example:

    ```mlir
    func.func private @loss(tensor<4xf32>) -> tensor<f32>
    func.func @curvature(%w: tensor<4xf32>) -> tensor<4x4xf32> {
      %h = ad.hessian @loss(%w) wrt = [0] : (tensor<4xf32>) -> tensor<4x4xf32>
      return %h : tensor<4x4xf32>
    }
    ```
  }];
}

def AD_HvpOp : AD_SeededRequest<"hvp"> {
  let summary = "the Hessian of a function multiplied by a vector";
  let description = [{
    Returns, for each argument named by `wrt`, the derivative of its gradient
    along the tangents: the product of the Hessian with them, which is never
    built. The function's only result is one real number. Forward mode over
    reverse mode: the cost is a small multiple of the gradient's, however many
    coordinates there are.

    Example:

    ```mlir
    func.func private @loss(tensor<4xf32>) -> tensor<f32>
    func.func @bend(%w: tensor<4xf32>, %v: tensor<4xf32>) -> tensor<4xf32> {
      %hv = ad.hvp @loss(%w) tangent(%v) wrt = [0]
          : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>
      return %hv : tensor<4xf32>
    }
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee, Variadic<AnyType>:$arguments,
                       Variadic<AnyType>:$tangents, DenseI64ArrayAttr:$wrt);
  let assemblyFormat = [{
    $callee `(` $arguments `)` `tangent` `(` $tangents `)` `wrt` `=` $wrt attr-dict
    `:` functional-type(operands, results)
  }];
}

//===----------------------------------------------------------------------===//
// Custom rules
//===----------------------------------------------------------------------===//

// A declaration in a module: it has no result, and no use keeps it, so it must
// not count as pure.
class AD_Declaration<string mnemonic>
    : Op<AD_Dialect, mnemonic, [HasParent<"::mlir::ModuleOp">,
          DeclareOpInterfaceMethods<SymbolUserOpInterface>]>;

def AD_CustomVjpOp : AD_Declaration<"custom_vjp"> {
  let summary = "states the reverse mode of a function";
  let description = [{
    The derivative of `function` is what the two other functions say, wherever
    in the module it is called or asked for. Its body is not looked into, and it
    may have none; an inliner must be told to leave it alone (`no_inline`).

    - `forward` takes the arguments. It returns the results and then any number
      of residuals: whatever the way back needs.
    - `reverse` takes the residuals, then the cotangents of all results that
      have a tangent type. It returns the cotangents of all arguments that have
      one.

    The two are ordinary functions, and are differentiated like others where a
    derivative of the derivative is asked for. Neither they nor `function` may
    have memory effects, and a function has at most one rule of a kind. Where
    there is no `ad.custom_jvp`, forward mode comes from `reverse`: it is linear
    in the cotangents, and its transpose carries tangents.

    Example: the derivative of log(1 + exp(x)) that does not overflow.

    ```mlir
    func.func private @softplus(%x: tensor<4xf32>) -> tensor<4xf32> {
      %one = atled.constant dense<1.0> : tensor<4xf32>
      %e = atled.exp %x : tensor<4xf32>
      %s = atled.add %one, %e : tensor<4xf32>
      %y = atled.log %s : tensor<4xf32>
      return %y : tensor<4xf32>
    }
    func.func private @softplus_forward(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
      %y = call @softplus(%x) : (tensor<4xf32>) -> tensor<4xf32>
      return %y, %x : tensor<4xf32>, tensor<4xf32>
    }
    func.func private @softplus_reverse(%x: tensor<4xf32>, %dy: tensor<4xf32>) -> tensor<4xf32> {
      %slope = atled.logistic %x : tensor<4xf32>
      %dx = atled.mul %dy, %slope : tensor<4xf32>
      return %dx : tensor<4xf32>
    }
    ad.custom_vjp @softplus forward @softplus_forward reverse @softplus_reverse
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$function, FlatSymbolRefAttr:$forward,
                       FlatSymbolRefAttr:$reverse);
  let assemblyFormat = "$function `forward` $forward `reverse` $reverse attr-dict";
}

def AD_CustomJvpOp : AD_Declaration<"custom_jvp"> {
  let summary = "states the forward mode of a function";
  let description = [{
    As `ad.custom_vjp`, for forward mode: `rule` takes the arguments, then their
    tangents, and returns the results, then theirs, and must be linear in the
    tangents. Where there is no `ad.custom_vjp`, reverse mode is its transpose
    in these. If that is computed from the tangents it is an error; calls are
    not looked into for this, and a constant that the rule adds is not seen.

    Example: a step whose derivative is that of the identity.

    ```mlir
    func.func private @step(%x: tensor<4xf32>) -> tensor<4xf32> {
      %y = atled.sign %x : tensor<4xf32>
      return %y : tensor<4xf32>
    }
    func.func private @straight_through(%x: tensor<4xf32>, %dx: tensor<4xf32>)
        -> (tensor<4xf32>, tensor<4xf32>) {
      %y = call @step(%x) : (tensor<4xf32>) -> tensor<4xf32>
      return %y, %dx : tensor<4xf32>, tensor<4xf32>
    }
    ad.custom_jvp @step rule @straight_through
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$function, FlatSymbolRefAttr:$rule);
  let assemblyFormat = "$function `rule` $rule attr-dict";
}

//===----------------------------------------------------------------------===//
// Detach
//===----------------------------------------------------------------------===//

def AD_DetachOp : AD_Op<"detach", [SameOperandsAndResultType,
    DeclareOpInterfaceMethods<DifferentiableOpInterface, ["isCheap"]>]> {
  let summary = "the identity, constant to every derivative";
  let description = [{
    Returns its operand. To differentiation the result is a constant: no tangent
    passes, no cotangent returns, and nothing is kept for it. It survives every
    simplification until differentiation is over; `--ad-erase-detach` removes it
    then.

    Example:

    ```mlir
    func.func @stop(%x: tensor<4xf32>) -> tensor<4xf32> {
      %u = ad.detach %x : tensor<4xf32>
      return %u : tensor<4xf32>
    }
    ```
  }];
  let arguments = (ins AnyType:$x);
  let results = (outs AnyType:$result);
  let assemblyFormat = "$x attr-dict `:` type($result)";
}

//===----------------------------------------------------------------------===//
// Checkpoints
//===----------------------------------------------------------------------===//

class AD_CheckpointAttr<string name, string attrMnemonic> : AttrDef<AD_Dialect, name> {
  let mnemonic = attrMnemonic;
  let assemblyFormat = "`<` params `>`";
  let genVerifyDecl = 1;
}

def AD_PeriodicAttr : AD_CheckpointAttr<"Periodic", "periodic"> {
  let summary = "keep what every so many iterations begin with";
  let description = [{
    The way back through a loop of n iterations runs each of them once more,
    `period` at a time: at the same time there are n / `period` values of what
    the loop carries, and what `period` iterations keep.
  }];
  let parameters = (ins "int64_t":$period);
}

def AD_BinomialAttr : AD_CheckpointAttr<"Binomial", "binomial"> {
  let summary = "keep so many snapshots, however often a loop runs";
  let description = [{
    The way back through a loop has at any time at most `snapshots` values of
    what the loop carries, and what one iteration keeps. It runs iterations
    again from the last snapshot before them, as few as that allows (Griewank
    and Walther: Algorithm 799: revolve, 2000): with s snapshots, r runs of each
    reach through (s + r)! / (s! r!) iterations.
  }];
  let parameters = (ins "int64_t":$snapshots);
}

def AD_CheckpointOp : Op<AD_Dialect, "checkpoint",
    [RecursiveMemoryEffects, SingleBlock, NoRegionArguments]> {
  let summary = "runs again on the way back, and keeps nothing";
  let description = [{
    Runs its region and returns what that yields. To reverse mode it is one
    operation: kept is what the region uses from outside; what it computes is
    computed again when its cotangents come back.

    `--ad-differentiate` makes a function of it, and a call with the attribute
    `ad.checkpoint`, which means the same: a checkpoint that is a function
    already needs only the attribute.

    Example:

    ```mlir
    func.func @layer(%x: tensor<2x4xf32>, %w: tensor<4x4xf32>) -> tensor<2x4xf32> {
      %y = ad.checkpoint -> tensor<2x4xf32> {
        %h = atled.matmul %x, %w : (tensor<2x4xf32>, tensor<4x4xf32>) -> tensor<2x4xf32>
        %t = atled.tanh %h : tensor<2x4xf32>
        ad.yield %t : tensor<2x4xf32>
      }
      return %y : tensor<2x4xf32>
    }
    ```
  }];
  let results = (outs Variadic<AnyType>:$results);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "(`->` type($results)^)? attr-dict-with-keyword $body";
  let hasVerifier = 1;
}

def AD_YieldOp : AD_Op<"yield", [Terminator, HasParent<"CheckpointOp">]> {
  let summary = "ends the region of a checkpoint";
  let description = [{
    Its operands are what the checkpoint returns.
  }];
  let arguments = (ins Variadic<AnyType>:$values);
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
}

#endif // ATLED_DIALECT_AD_IR_ADOPS
