//===- CNames.h - What C and C++ call a name -------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_EMISSION_CNAMES_H
#define ATLED_LIB_EMISSION_CNAMES_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Types.h"
#include <string>

namespace atled {

/// A letter or underscore, then letters, digits and underscores, all ASCII.
bool isCIdentifier(StringRef name);

/// A keyword of any C or C++, or a macro that standard headers or compilers
/// define: no member of a struct can be called so.
bool isReservedInC(StringRef name);

/// A function of the C library or `main`: an object that defines it would take
/// its place in the whole program.
bool isLibraryFunction(StringRef name);

/// Fails, and says so with `emitError`, where no C function can be called
/// `symbol`. `kind` is what it is: "entry".
LogicalResult
checkSymbol(StringRef kind, StringRef symbol,
            function_ref<InFlightDiagnostic(const Twine &)> emitError);

/// `loss_grad` as `LOSS_GRAD`.
std::string toMacroName(StringRef name);

/// The C type of an element, or empty where there is none: `float` for f32,
/// `uint16_t` for bf16.
StringRef getCType(Type elementType);

} // namespace atled

#endif // ATLED_LIB_EMISSION_CNAMES_H
