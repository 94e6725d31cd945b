//===- TensorNames.h - What derivatives call their tensors -----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Arguments and results of a function may have names for its callers; those of
// its derivatives are named for them: `grad_w`, `seed_loss`.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIFFERENTIATION_TENSORNAMES_H
#define ATLED_DIFFERENTIATION_TENSORNAMES_H

#include "atled/Support/Attributes.h"
#include "atled/Support/LLVM.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace atled {

inline std::string getArgumentName(func::FuncOp function, unsigned index) {
  auto name = function.getArgAttrOfType<StringAttr>(index, tensorNameAttrName);
  return name ? name.str() : ("in" + Twine(index)).str();
}

inline std::string getResultName(func::FuncOp function, unsigned index) {
  auto name =
      function.getResultAttrOfType<StringAttr>(index, tensorNameAttrName);
  return name ? name.str() : ("out" + Twine(index)).str();
}

/// The attributes of an argument or a result called `name`.
inline DictionaryAttr makeNameAttribute(MLIRContext *context,
                                        const Twine &name) {
  Builder builder(context);
  return builder.getDictionaryAttr(
      builder.getNamedAttr(tensorNameAttrName, builder.getStringAttr(name)));
}

} // namespace atled

#endif // ATLED_DIFFERENTIATION_TENSORNAMES_H
