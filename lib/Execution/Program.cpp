//===- Program.cpp - A program compiled into memory -----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Execution/Program.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace atled;

FailureOr<Program> Program::compile(ModuleOp module,
                                    ArrayRef<std::string> entries,
                                    CompileOptions options) {
  options.entries = llvm::to_vector(entries);
  FailureOr<CompiledProgram> compiled = atled::compile(module, options);
  if (failed(compiled))
    return failure();
  auto fail = [&](llvm::Error error) {
    return module.emitError("cannot load what was compiled: ")
           << llvm::toString(std::move(error));
  };
  FailureOr<SymbolAddresses> symbols =
      findSymbols(compiled->externals, options.libraries, module.getLoc());
  if (failed(symbols))
    return failure();
  llvm::Expected<LoadedObject> object =
      LoadedObject::load(llvm::MemoryBuffer::getMemBufferCopy(StringRef(
                             compiled->code.data(), compiled->code.size())),
                         *symbols);
  if (!object)
    return fail(object.takeError());
  Program program(std::move(*object));
  for (const EntryPoint &entry : compiled->entries) {
    llvm::Expected<CompiledFunction> function =
        program.object.getFunction(entry);
    if (!function)
      return fail(function.takeError());
    program.functions.try_emplace(entry.name, *function);
  }
  return program;
}

GradientBounds atled::getDefaultBounds(const EntryPoint &value,
                                       ArrayRef<int64_t> wrt) {
  SmallVector<ElementKind> kinds;
  for (int64_t argument : wrt)
    kinds.push_back(getKind(value.inputs[argument]));
  for (const EntryTensor &output : value.outputs)
    kinds.push_back(getKind(output));
  return GradientBounds::getDefault(getCoarsestKind(kinds));
}
