//===- EntryTensors.h - What an entry takes, or returns --------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_EMISSION_ENTRYTENSORS_H
#define ATLED_LIB_EMISSION_ENTRYTENSORS_H

#include "atled/Codegen/Passes.h"
#include "atled/Emission/EntryPoint.h"

namespace atled {

/// What marks arguments and results that are residuals of differentiation.
inline constexpr StringLiteral residualAttrName = "ad.residual";

inline bool isResidual(DictionaryAttr attributes) {
  return attributes && attributes.contains(residualAttrName);
}

/// Gathers the inputs or the outputs of an entry from the arguments or the
/// results of a function. All residuals are one of them, where the first is.
class EntryTensors {
public:
  /// `kind` is "argument" or "result".
  explicit EntryTensors(StringRef kind) : kind(kind) {}

  /// Adds what is the `index`-th of the function.
  void add(unsigned index, RankedTensorType type, DictionaryAttr attributes,
           Location location);

  /// Gives each its name: the attribute `atled.name`, else `in0` or `out0`.
  FailureOr<SmallVector<EntryTensor>> take();

private:
  struct Source {
    unsigned index;
    StringAttr name;
    Location location;
  };
  StringRef kind;
  SmallVector<EntryTensor> tensors;
  SmallVector<Source> sources;
  /// Which of them the residuals are.
  std::optional<unsigned> residuals;
};

} // namespace atled

#endif // ATLED_LIB_EMISSION_ENTRYTENSORS_H
