//===- SpecialOps.td - Functions that upstream's math lacks --*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_SPECIAL_IR_SPECIALOPS
#define ATLED_DIALECT_SPECIAL_IR_SPECIALOPS

include "mlir/IR/OpBase.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Special_Dialect : Dialect {
  let name = "special";
  let cppNamespace = "::atled::special";
  let summary = "functions of one number that upstream's math lacks";
  let description = [{
    What the elementwise operations of the dialect `atled` become that have no
    counterpart in `math`, or would lose digits made of what it has: on a float or a
    vector of floats, without effects. `atled-expand-math` turns them into
    arithmetic; nothing else knows them.
  }];
}

class Special_Op<string mnemonic>
    : Op<Special_Dialect, mnemonic,
         ElementwiseMappable.traits # [SameOperandsAndResultType, Pure]> {
  let arguments = (ins FloatLike:$operand);
  let results = (outs FloatLike:$result);
  let assemblyFormat = "$operand attr-dict `:` type($result)";
}

def Special_LogisticOp : Special_Op<"logistic"> {
  let summary = "logistic function";
  let description = [{
    As `atled.logistic`.

    Example:

    ```mlir
    %y = special.logistic %x : vector<8xf32>
    ```
  }];
}

def Special_SoftplusOp : Special_Op<"softplus"> {
  let summary = "logarithm of one more than the exponential";
  let description = [{
    As `atled.softplus`.

    Example:

    ```mlir
    %y = special.softplus %x : f32
    ```
  }];
}

def Special_SiluOp : Special_Op<"silu"> {
  let summary = "product with the logistic function";
  let description = [{
    As `atled.silu`.

    Example:

    ```mlir
    %y = special.silu %x : vector<4xf64>
    ```
  }];
}

def Special_GeluOp : Special_Op<"gelu"> {
  let summary = "product with the normal distribution function";
  let description = [{
    As `atled.gelu`, `form = exact`.

    Example:

    ```mlir
    %y = special.gelu %x : f64
    ```
  }];
}

def Special_GeluTanhOp : Special_Op<"gelu_tanh"> {
  let summary = "what approximates gelu by a tanh";
  let description = [{
    As `atled.gelu`, `form = tanh`.

    Example:

    ```mlir
    %y = special.gelu_tanh %x : f32
    ```
  }];
}

def Special_ErfInvOp : Special_Op<"erf_inv"> {
  let summary = "inverse error function";
  let description = [{
    As `atled.erf_inv`.

    Example:

    ```mlir
    %y = special.erf_inv %x : f32
    ```
  }];
}

def Special_LgammaOp : Special_Op<"lgamma"> {
  let summary = "logarithm of the magnitude of the gamma function";
  let description = [{
    As `atled.lgamma`.

    Example:

    ```mlir
    %y = special.lgamma %x : vector<8xf32>
    ```
  }];
}

def Special_DigammaOp : Special_Op<"digamma"> {
  let summary = "logarithmic derivative of the gamma function";
  let description = [{
    As `atled.digamma`.

    Example:

    ```mlir
    %y = special.digamma %x : f64
    ```
  }];
}

def Special_PolygammaOp : Special_Op<"polygamma"> {
  let summary = "derivative of the digamma function";
  let description = [{
    As `atled.polygamma`, of an order from 1 to 32.

    Example:

    ```mlir
    %y = special.polygamma %x order = 1 : f64
    ```
  }];
  let arguments = (ins FloatLike:$operand,
                       ConfinedAttr<TypedSignlessIntegerAttrBase<I64, "int64_t", "64-bit signless integer">, [IntMinValue<1>, IntMaxValue<32>]>:$order);
  let assemblyFormat = "$operand `order` `=` $order attr-dict `:` type($result)";
}

#endif // ATLED_DIALECT_SPECIAL_IR_SPECIALOPS
