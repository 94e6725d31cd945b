//===- DifferentiableControlFlowInterface.td ------------------*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How an operation that runs other code (a call, a branch, a loop) takes part
// in differentiation.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_INTERFACES_DIFFERENTIABLECONTROLFLOWINTERFACE
#define ATLED_INTERFACES_DIFFERENTIABLECONTROLFLOWINTERFACE

include "mlir/IR/Interfaces.td"

def DifferentiableControlFlowInterface
    : OpInterface<"DifferentiableControlFlowInterface"> {
  let cppNamespace = "::atled";
  let description = [{
    An operation that runs other code. Its derivative is not local: it asks
    the drivers to differentiate what it runs. The methods are called on the
    operation of the function that is differentiated; the drivers know what
    stands for its values in the function that is built.

    In reverse mode the operation is built twice: when the primal is run, and
    when cotangents come back. What the second needs of the first it keeps
    with `ReverseMode::keepResiduals`.
  }];
  let methods = [
    InterfaceMethod<"Marks the results that vary when the marked operands do.",
      "void", "propagateVaried", (ins "::atled::Activity &":$activity)>,
    InterfaceMethod<"Marks the operands that the marked results depend on.",
      "void", "propagateUseful", (ins "::atled::Activity &":$activity)>,
    InterfaceMethod<"Builds the operation together with its tangents.",
      "::llvm::LogicalResult", "buildForward", (ins "::atled::ForwardMode &":$mode)>,
    InterfaceMethod<"Builds the primal, with what the reverse pass will need.",
      "::llvm::LogicalResult", "buildPrimal", (ins "::atled::ReverseMode &":$mode)>,
    InterfaceMethod<"Builds the way back: from the results' cotangents to the operands'.",
      "::llvm::LogicalResult", "buildReverse", (ins "::atled::ReverseMode &":$mode)>
  ];
}

#endif // ATLED_INTERFACES_DIFFERENTIABLECONTROLFLOWINTERFACE
