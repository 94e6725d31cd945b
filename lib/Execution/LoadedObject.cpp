//===- LoadedObject.cpp - Calling an object in memory ---------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Execution/LoadedObject.h"
#include "llvm/ExecutionEngine/Orc/ExecutionUtils.h"
#include "llvm/ExecutionEngine/Orc/LLJIT.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/TargetSelect.h"
#include <cstring>

using namespace atled;

std::optional<TensorSignature> atled::getSignature(RankedTensorType type) {
  std::string name;
  llvm::raw_string_ostream(name) << type.getElementType();
  std::optional<ElementKind> kind = getElementKindByName(name);
  if (!kind || !type.hasStaticShape())
    return std::nullopt;
  return TensorSignature{*kind, llvm::to_vector(type.getShape())};
}

//===----------------------------------------------------------------------===//
// Invocation
//===----------------------------------------------------------------------===//

// Behind the workspace lie bytes that nobody may write.
static constexpr size_t guardBytes = 64;
static constexpr char guard = 0x5a;

llvm::Error Invocation::allocateWorkspace(size_t bytes) {
  workspaceBytes = bytes;
  workspace.reset(static_cast<char *>(allocateAligned(bytes + guardBytes)));
  if (workspace)
    return llvm::Error::success();
  return llvm::createStringError(
      "there is not enough memory for the workspace of @" + name +
      ", which has " + llvm::Twine(bytes) + " bytes");
}

llvm::Error Invocation::run() {
  for (HostTensor &output : outputs)
    output.poison();
  std::memset(workspace.get(), 0xff, workspaceBytes);
  std::memset(workspace.get() + workspaceBytes, guard, guardBytes);
  if (llvm::Error error = runAgain())
    return error;
  const char *end = workspace.get() + workspaceBytes;
  if (!std::all_of(end, end + guardBytes,
                   [](char byte) { return byte == guard; }))
    return llvm::createStringError(
        "the compiled function wrote beyond the end of its workspace");
  return llvm::Error::success();
}

llvm::Error Invocation::runAgain() {
  int32_t code = symbol(in.data(), out.data(), /*dims=*/nullptr,
                        workspace.get(), workspaceBytes, /*exec=*/nullptr);
  if (code == ATLED_OK)
    return llvm::Error::success();
  if (code == ATLED_ERROR_EXHAUSTED_WORKSPACE) {
    uint64_t required;
    std::memcpy(&required, workspace.get(), sizeof(required));
    assert(required > workspaceBytes &&
           "a workspace of that size was not enough");
    if (llvm::Error error = allocateWorkspace(required))
      return error;
    return run();
  }
  if (code >= ATLED_ERROR_EXTERNAL)
    return llvm::createStringError(StringRef(atled_strerror(code)) +
                                   " with code " + llvm::Twine(code));
  return llvm::createStringError(
      "the compiled function refused its arguments: " +
      StringRef(atled_strerror(code)));
}

//===----------------------------------------------------------------------===//
// CompiledFunction
//===----------------------------------------------------------------------===//

llvm::Expected<Invocation>
CompiledFunction::prepare(ArrayRef<const HostTensor *> inputs) const {
  if (inputs.size() != entry.inputs.size())
    return llvm::createStringError(
        "@" + entry.name + " takes " + llvm::Twine(entry.inputs.size()) +
        " inputs, and " + llvm::Twine(inputs.size()) + " are given");
  Invocation invocation;
  invocation.name = entry.name;
  for (auto [index, input, expected] : llvm::enumerate(inputs, entry.inputs)) {
    std::optional<TensorSignature> signature = getSignature(expected.type);
    if (!signature || input->getSignature() != *signature)
      return llvm::createStringError(
          "input " + llvm::Twine(index) + " is of type " +
          input->getSignature().str() + ", and @" + entry.name + " takes " +
          (signature ? signature->str() : "another"));
    invocation.in.push_back(input->getBytes().data());
  }
  for (const EntryTensor &output : entry.outputs) {
    std::optional<TensorSignature> signature = getSignature(output.type);
    assert(signature && "an entry has static results of a C type");
    llvm::Expected<HostTensor> tensor = HostTensor::create(*signature);
    if (!tensor)
      return tensor.takeError();
    invocation.out.push_back(tensor->getBytes().data());
    invocation.outputs.push_back(std::move(*tensor));
  }

  invocation.symbol = reinterpret_cast<Invocation::Symbol>(address);
  if (llvm::Error error = invocation.allocateWorkspace(entry.workspaceBytes))
    return error;
  return invocation;
}

llvm::Expected<std::vector<HostTensor>>
CompiledFunction::call(ArrayRef<const HostTensor *> inputs) const {
  llvm::Expected<Invocation> invocation = prepare(inputs);
  if (!invocation)
    return invocation.takeError();
  if (llvm::Error error = invocation->run())
    return error;
  return invocation->takeOutputs();
}

int32_t CompiledFunction::invoke(const void *const *in, void *const *out,
                                 void *workspace, size_t workspaceBytes) const {
  return reinterpret_cast<Invocation::Symbol>(address)(
      in, out, /*dims=*/nullptr, workspace, workspaceBytes, /*exec=*/nullptr);
}

//===----------------------------------------------------------------------===//
// LoadedObject
//===----------------------------------------------------------------------===//

LoadedObject::LoadedObject(std::unique_ptr<llvm::orc::LLJIT> jit)
    : jit(std::move(jit)) {}
LoadedObject::LoadedObject(LoadedObject &&) = default;
LoadedObject::~LoadedObject() = default;

llvm::Expected<LoadedObject>
LoadedObject::load(std::unique_ptr<llvm::MemoryBuffer> object,
                   const SymbolAddresses &addresses) {
  llvm::InitializeNativeTarget();
  // Nothing is compiled here, and objects of ours neither have constructors nor
  // use thread-local storage: no platform is needed.
  llvm::Expected<std::unique_ptr<llvm::orc::LLJIT>> jit =
      llvm::orc::LLJITBuilder()
          .setPlatformSetUp(llvm::orc::setUpInactivePlatform)
          .create();
  if (!jit)
    return jit.takeError();
  llvm::orc::SymbolMap symbols;
  for (const auto &[name, address] : addresses)
    symbols[(*jit)->mangleAndIntern(name)] = {
        llvm::orc::ExecutorAddr::fromPtr(address),
        llvm::JITSymbolFlags::Exported};
  if (llvm::Error error = (*jit)->getMainJITDylib().define(
          llvm::orc::absoluteSymbols(std::move(symbols))))
    return error;
  if (llvm::Error error = (*jit)->addObjectFile(std::move(object)))
    return error;
  return LoadedObject(std::move(*jit));
}

llvm::Expected<CompiledFunction>
LoadedObject::getFunction(const EntryPoint &entry) {
  llvm::Expected<llvm::orc::ExecutorAddr> address = jit->lookup(entry.symbol);
  if (!address)
    return address.takeError();
  return CompiledFunction(entry, address->toPtr<void *>());
}
