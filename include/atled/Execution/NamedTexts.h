//===- NamedTexts.h - Inputs and outputs on a command line -----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What is said of a tensor may stand behind its name, as in 'w=x.npy'. Without
// a name it is for the next tensor that is not named. The programs around
// objects that atled-compile writes read the same.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_EXECUTION_NAMEDTEXTS_H
#define ATLED_EXECUTION_NAMEDTEXTS_H

#include "atled/Emission/EntryPoint.h"
#include "llvm/Support/Error.h"

namespace atled {

/// What is said of a tensor, and its name; empty where it has none.
struct NamedText {
  StringRef name, text;
};

/// The parts of 'w=x.npy'. A literal has no name, though it has an equals sign.
NamedText splitName(StringRef text);

/// What is said of each of `tensors`, empty where nothing is. `kind` is what
/// they are of @`function`: "input" or "output". Texts without a name are for
/// the next tensors of which nothing is said; it is for the caller to see that
/// there are as many.
llvm::Expected<SmallVector<StringRef>>
assignTexts(ArrayRef<std::string> texts, ArrayRef<EntryTensor> tensors,
            StringRef kind, StringRef function);

} // namespace atled

#endif // ATLED_EXECUTION_NAMEDTEXTS_H
