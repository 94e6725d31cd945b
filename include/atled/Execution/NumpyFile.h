//===- NumpyFile.h - Tensors in .npy files ----------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// NumPy's file format, versions 1 to 3: little-endian, as NumPy writes it on
// every machine that Atled runs on, and row-major, or column-major where an
// array that was transposed is read. bf16, which NumPy has no type
// for, is `V2`: two bytes that a reader may view as its own type.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_EXECUTION_NUMPYFILE_H
#define ATLED_EXECUTION_NUMPYFILE_H

#include "atled/Execution/HostTensor.h"

namespace atled {

/// Reads the content of an .npy file.
llvm::Expected<HostTensor> parseNumpy(StringRef content);

/// Reads the file at `path`; errors name it.
llvm::Expected<HostTensor> readNumpyFile(StringRef path);

/// Writes the content of an .npy file.
void writeNumpy(llvm::raw_ostream &os, const HostTensor &tensor);

} // namespace atled

#endif // ATLED_EXECUTION_NUMPYFILE_H
