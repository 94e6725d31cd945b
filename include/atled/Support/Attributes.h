//===- Attributes.h - What passes tell each other of functions --*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_SUPPORT_ATTRIBUTES_H
#define ATLED_SUPPORT_ATTRIBUTES_H

#include "atled/Support/LLVM.h"
#include "llvm/ADT/StringRef.h"

namespace atled {

/// Of an argument or a result: its name.
inline constexpr StringLiteral tensorNameAttrName = "atled.name";
/// Of an argument or a result: the element type that the program says, where
/// the code has another.
inline constexpr StringLiteral elementTypeAttrName = "atled.element_type";
/// Of a function's result, and of its destination: the argument whose place it
/// takes.
inline constexpr StringLiteral inPlaceAttrName = "atled.in_place";

/// How many of a function's arguments are inputs; its destinations are behind
/// them.
inline constexpr StringLiteral numInputsAttrName = "atled.num_inputs";
/// How many bytes of workspace a function gets from its caller.
inline constexpr StringLiteral workspaceBytesAttrName = "atled.workspace_bytes";
/// A function takes an arena: what it needs depends on values.
inline constexpr StringLiteral arenaAttrName = "atled.arena";
/// A function tells where its last argument points whether it failed.
inline constexpr StringLiteral statusAttrName = "atled.status";

/// Of what is written to a status: nothing that follows minds that it may be a
/// failure.
inline constexpr StringLiteral goesOnAttrName = "atled.goes_on";

/// Of an assertion: it is about extents alone, and a call whose dimensions do
/// not fulfil it is refused.
inline constexpr StringLiteral extentsFitAttrName = "atled.extents_fit";

/// Of the second half of a derivative: the first, whose dynamic dimensions its
/// caller says. And for each argument which argument of that, or behind these
/// which result, is as large.
inline constexpr StringLiteral forwardAttrName = "ad.forward";
inline constexpr StringLiteral likeAttrName = "ad.like";

} // namespace atled

#endif // ATLED_SUPPORT_ATTRIBUTES_H
