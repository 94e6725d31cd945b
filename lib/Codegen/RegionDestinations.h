//===- RegionDestinations.h - What is updated in place ---------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_CODEGEN_REGIONDESTINATIONS_H
#define ATLED_LIB_CODEGEN_REGIONDESTINATIONS_H

#include "atled/Support/LLVM.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"

namespace atled {

/// Whether `use` may change the tensor where it is.
bool mayUpdate(OpOperand &use);

/// Whether `value` is `place` after updates of parts of it, so that it needs no
/// writing there.
bool isUpdateOf(Value value, Value place);

/// If `value` is what loops make of a tensor by updating it, one after the
/// other and for nobody else, the operand by which the first of them gets that
/// tensor.
OpOperand *getUpdatedInit(Value value);

/// Whether it takes more than a copy to have `value` elsewhere.
bool isComputed(Value value);

/// Lets a loop that begins with `init`, which nobody computes, work in `place`
/// from the start.
void startIn(OpOperand &init, Value place);

/// Writes each result of `function` that takes an argument's place there, as a
/// loop writes what it carries.
void writeInPlace(func::FuncOp function);

/// Lets the loops in `module` write what they carry to the next iteration to
/// the place of what they were given, unless it is an update of it; and
/// functions their results that take an argument's place.
LogicalResult writeCarriedToPlaces(ModuleOp module);

} // namespace atled

#endif // ATLED_LIB_CODEGEN_REGIONDESTINATIONS_H
