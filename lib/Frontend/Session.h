//===- Session.h - One call into the library -------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All programs of a process live in one context, so that a function that one
// has traced can be called by another. A context is not for two threads: every
// call that touches IR holds its lock, and takes the diagnostics of the while.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_FRONTEND_SESSION_H
#define ATLED_LIB_FRONTEND_SESSION_H

#include "atled/Execution/HostTensor.h"
#include "atled/Frontend/Interface.h"
#include "atled/Support/LLVM.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Location.h"
#include "mlir/IR/MLIRContext.h"

namespace atled {

/// The context, with every dialect that a traced program uses loaded. It lives
/// until the process ends. For whoever holds the lock.
MLIRContext &getContext();

/// Runs `body` under the lock. Returns 0, or 1 and what was diagnosed is the
/// thread's last error: `file:line: error: message`, notes on further lines. At
/// the end of the thread that is an error at `place`.
int runInSession(atled_location place, function_ref<LogicalResult()> body);

/// Runs `body`, which makes nothing in the context, under the lock; at the end
/// of the thread, too.
void runLocked(function_ref<void()> body);

/// Destroyed where the thread destroys what is its own, before what it has
/// constructed earlier. From then on no session begins: MLIR's caches of the
/// thread are about to go, and on the main thread all that is static.
struct EndOfThread {
  EndOfThread() = default;
  EndOfThread(const EndOfThread &) = delete;
  EndOfThread &operator=(const EndOfThread &) = delete;
  ~EndOfThread();
};

/// What the interface returns to this thread as text.
struct ThreadTexts : EndOfThread {
  std::string error, array;
};
ThreadTexts &getTexts();

/// Makes `message` the thread's last error, or an error at a place; returns the
/// code.
int setLastError(const Twine &message, int code = ATLED_REFUSED);
int setLastError(atled_location place, const Twine &message,
                 int code = ATLED_MISUSED);

/// A pointer that a function of the interface takes, and what that calls it.
struct Parameter {
  template <typename T>
  Parameter(StringRef name, T *pointer) : name(name), isNull(!pointer) {}

  StringRef name;
  bool isNull;
};
/// Makes it an error that one of them is null.
int checkPointers(atled_location place, ArrayRef<Parameter> parameters);
/// The same of arrays, which may be null where they are of no element.
inline int checkArrays(atled_location place, size_t count,
                       ArrayRef<Parameter> arrays) {
  return count ? checkPointers(place, arrays) : 0;
}

Location getLocation(atled_location location);

/// `file:line`, as compilers write it.
std::string formatLocation(atled_location location);

RankedTensorType getTensorType(atled_type type);

/// Of a static tensor of the dialect's elements. The shape is the type's own.
atled_type getInterfaceType(RankedTensorType type);

/// Valid as long as the tensor.
inline atled_type getInterfaceType(const HostTensor &tensor) {
  return {static_cast<int32_t>(tensor.getKind()),
          static_cast<int32_t>(tensor.getShape().size()),
          tensor.getShape().data()};
}

/// Whether a tensor of type `given` may stand where one of `expected`, whose
/// extents may be dynamic, is asked for.
bool accepts(atled_type expected, atled_type given);
bool isSameType(atled_type lhs, atled_type rhs);

/// A tensor with a copy of these elements; fails where there is not enough
/// memory.
llvm::Expected<HostTensor> copyTensor(atled_type type, const void *data);

/// Whether the extents are possible: numbers from 0 on, or, if that may be,
/// such as each call says.
bool hasExtents(atled_type type, bool orDynamic);
/// Whether it is the type of a tensor: element type, rank and extents are
/// possible. No shape is read that is longer than any tensor's.
bool isTensorType(atled_type type);

/// The type as it is written between `tensor<` and `>`.
std::string formatType(atled_type type);

} // namespace atled

#endif // ATLED_LIB_FRONTEND_SESSION_H
