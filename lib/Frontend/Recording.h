//===- Recording.h - Operations that run at once ---------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the functions of the interface do where nothing is traced. They return
// 0, or 1 after they have set the last error, and are not for a session.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_FRONTEND_RECORDING_H
#define ATLED_LIB_FRONTEND_RECORDING_H

#include "Recorded.h"
#include "TracedFunction.h"

namespace atled {

int recordOperation(const atled_operation &operation, atled_location place,
                    atled_value *results);

/// What an elementwise operation makes of `operands`: of the type `result`, or,
/// where that is null, of theirs.
FailureOr<Recorded> runElementwise(const char *name,
                                   ArrayRef<Recorded> operands,
                                   const atled_type *result,
                                   atled_location place);

int recordCall(const std::shared_ptr<TracedFunction> &callee,
               ArrayRef<atled_value> arguments, atled_location place,
               atled_value *results);

/// As `resolveRecorded`, for what is asked of a tensor with a gradient.
atled_tensor *resolveForGradient(atled_value x, atled_location place);

int detachRecorded(atled_value x, atled_location place, atled_value &result);

} // namespace atled

#endif // ATLED_LIB_FRONTEND_RECORDING_H
