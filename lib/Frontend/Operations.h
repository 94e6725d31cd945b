//===- Operations.h - Writes one operation of a trace ----------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_FRONTEND_OPERATIONS_H
#define ATLED_LIB_FRONTEND_OPERATIONS_H

#include "Coercion.h"
#include "Trace.h"

namespace atled {

/// Writes any operation of the dialect, by its name, on `operands`, which are
/// of `trace` and are brought to the types that it takes. Emits an error where
/// they do not fit.
FailureOr<Operation *> writeOperation(const atled_operation &operation,
                                      ArrayRef<Operand> operands,
                                      const Trace &trace, Location location);

} // namespace atled

#endif // ATLED_LIB_FRONTEND_OPERATIONS_H
