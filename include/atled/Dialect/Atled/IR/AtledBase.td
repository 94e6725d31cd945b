//===- AtledBase.td - The atled dialect and its base classes -*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_IR_ATLEDBASE
#define ATLED_DIALECT_ATLED_IR_ATLEDBASE

include "mlir/IR/OpBase.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

def Atled_Dialect : Dialect {
  let name = "atled";
  let cppNamespace = "::atled";
  let summary = "tensor programs by value; every operation carries its derivative";
}

class Atled_Op<string mnemonic, list<Trait> traits = []>
    : Op<Atled_Dialect, mnemonic, traits # [Pure]>;

#endif // ATLED_DIALECT_ATLED_IR_ATLEDBASE
