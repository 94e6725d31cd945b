//===- Version.h - A program compiled for one of several CPUs --*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_EMISSION_VERSION_H
#define ATLED_EMISSION_VERSION_H

#include "atled/Support/LLVM.h"
#include "atled/Target/Target.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"

namespace atled {

/// Marks a module that is one version of the program around it; says what it is
/// for.
inline constexpr StringLiteral versionAttrName = "atled.version";

/// An empty module for the version of a program for `target`, which
/// `atled-join-versions` joins with the others.
ModuleOp createVersion(OpBuilder &builder, Location loc, const Target &target);

} // namespace atled

#endif // ATLED_EMISSION_VERSION_H
