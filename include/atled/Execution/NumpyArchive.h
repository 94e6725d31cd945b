//===- NumpyArchive.h - Tensors with names in .npz files --------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// NumPy's archives: zip files whose members are .npy files. Read are members
// that are stored or deflated, as NumPy writes them; written are stored ones,
// without time stamps, so that the same tensors are the same bytes.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_EXECUTION_NUMPYARCHIVE_H
#define ATLED_EXECUTION_NUMPYARCHIVE_H

#include "atled/Execution/HostTensor.h"
#include <string>
#include <vector>

namespace atled {

using NamedTensors = std::vector<std::pair<std::string, HostTensor>>;

/// Whether the content of a file begins as an archive does.
bool isNumpyArchive(StringRef content);

/// Reads the content of an .npz file, in its order. No two names are equal.
llvm::Expected<NamedTensors> parseNumpyArchive(StringRef content);

/// Writes the content of an .npz file.
void writeNumpyArchive(llvm::raw_ostream &os, const NamedTensors &tensors);

} // namespace atled

#endif // ATLED_EXECUTION_NUMPYARCHIVE_H
