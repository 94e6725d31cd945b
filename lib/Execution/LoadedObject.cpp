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

static std::optional<ElementKind> getKind(Type elementType) {
  std::string name;
  llvm::raw_string_ostream(name) << elementType;
  return getElementKindByName(name);
}

std::optional<TensorSignature> atled::getSignature(RankedTensorType type) {
  std::optional<ElementKind> kind = ::getKind(type.getElementType());
  if (!kind || !type.hasStaticShape())
    return std::nullopt;
  return TensorSignature{*kind, llvm::to_vector(type.getShape())};
}

ElementKind atled::getKind(const EntryTensor &tensor) {
  return *::getKind(tensor.type.getElementType());
}

std::string atled::describeType(const EntryTensor &tensor) {
  std::string text;
  llvm::raw_string_ostream(text) << tensor.type;
  StringRef inner = text;
  inner.consume_front("tensor<");
  inner.consume_back(">");
  return inner.str();
}

bool atled::matches(const TensorSignature &signature,
                    const EntryTensor &expected) {
  ArrayRef<int64_t> shape = expected.type.getShape();
  return signature.kind == getKind(expected) &&
         signature.shape.size() == shape.size() &&
         llvm::all_of(llvm::zip_equal(signature.shape, shape), [](auto pair) {
           auto [size, expectedSize] = pair;
           return ShapedType::isDynamic(expectedSize) || size == expectedSize;
         });
}

//===----------------------------------------------------------------------===//
// Invocation
//===----------------------------------------------------------------------===//

char CallFailure::ID = 0;
char UnfitError::ID = 0;

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
  int32_t code = symbol(in.data(), out.data(), dims.data(), workspace.get(),
                        workspaceBytes, exec);
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
  StringRef place = getPlace(code, where, workspace.get());
  std::string what = code < 0 ? "the compiled function refused its arguments"
                              : "a call of @" + name + " has failed";
  return llvm::make_error<CallFailure>(what + ": " + describe(code, place),
                                       place.str());
}

StringRef Invocation::getPlace(int32_t code, void *where,
                               const void *workspace) {
  using Symbol = const char *(*)(const void *);
  return code > 0 && where ? reinterpret_cast<Symbol>(where)(workspace) : "";
}

std::string Invocation::describe(int32_t code, StringRef place) {
  std::string text = atled_strerror(code);
  if (code >= ATLED_ERROR_EXTERNAL)
    text += " with code " + std::to_string(code);
  return place.empty() ? text : text + ", at " + place.str();
}

//===----------------------------------------------------------------------===//
// CompiledFunction
//===----------------------------------------------------------------------===//

bool CompiledFunction::fitsInputs(ArrayRef<int64_t> dims,
                                  ArrayRef<int64_t> inputDims) const {
  if (!entry.tellsInputDims())
    return true;
  std::vector<int64_t> expected(inputDims.size());
  using Symbol = int32_t (*)(const int64_t *, int64_t *);
  return reinterpret_cast<Symbol>(addresses.inputDims)(
             dims.data(), expected.data()) == ATLED_OK &&
         inputDims == ArrayRef(expected);
}

llvm::Expected<std::vector<int64_t>>
CompiledFunction::getOutputDims(ArrayRef<int64_t> dims) const {
  std::vector<int64_t> outputDims(entry.countOutputDims());
  if (!entry.isDynamic())
    return outputDims;
  if (getWorkspaceBytes(dims) == SIZE_MAX)
    return llvm::make_error<UnfitError>(entry.name);
  using Symbol = int32_t (*)(const int64_t *, int64_t *);
  if (!outputDims.empty())
    (void)reinterpret_cast<Symbol>(addresses.outputDims)(dims.data(),
                                                         outputDims.data());
  return outputDims;
}

size_t CompiledFunction::getWorkspaceBytes(ArrayRef<int64_t> dims) const {
  using Symbol = size_t (*)(const int64_t *);
  return entry.isDynamic()
             ? reinterpret_cast<Symbol>(addresses.workspaceBytes)(dims.data())
             : size_t(entry.workspaceBytes);
}

llvm::Expected<Invocation>
CompiledFunction::prepare(ArrayRef<const HostTensor *> inputs) const {
  if (inputs.size() != entry.inputs.size())
    return llvm::createStringError(
        "@" + entry.name + " takes " + llvm::Twine(entry.inputs.size()) +
        " inputs, and " + llvm::Twine(inputs.size()) + " are given");
  Invocation invocation;
  invocation.name = entry.name;
  std::vector<int64_t> inputDims;
  for (auto [index, input, expected] : llvm::enumerate(inputs, entry.inputs)) {
    if (!matches(input->getSignature(), expected))
      return llvm::createStringError(
          "input " + llvm::Twine(index) + " is of type " +
          input->getSignature().str() + ", and @" + entry.name + " takes " +
          describeType(expected));
    invocation.in.push_back(input->getBytes().data());
    for (auto [size, expectedSize] :
         llvm::zip_equal(input->getShape(), expected.type.getShape()))
      if (ShapedType::isDynamic(expectedSize))
        inputDims.push_back(size);
  }
  invocation.dims = inputDims;
  if (std::optional<unsigned> told = entry.findToldDims()) {
    invocation.dims.assign(entry.countDims(), 0);
    size_t bytes = invocation.dims.size() * sizeof(int64_t);
    if (inputs[*told]->getBytes().size() >= bytes)
      std::memcpy(invocation.dims.data(), inputs[*told]->getBytes().data(),
                  bytes);
  }
  llvm::Expected<std::vector<int64_t>> outputDims =
      getOutputDims(invocation.dims);
  if (!outputDims)
    return outputDims.takeError();
  if (!fitsInputs(invocation.dims, inputDims))
    return llvm::make_error<UnfitError>(entry.name);
  auto nextDim = outputDims->begin();
  for (const EntryTensor &output : entry.outputs) {
    TensorSignature signature{getKind(output), {}};
    for (int64_t size : output.type.getShape())
      signature.shape.push_back(ShapedType::isDynamic(size) ? *nextDim++
                                                            : size);
    llvm::Expected<HostTensor> tensor = HostTensor::create(signature);
    if (!tensor)
      return tensor.takeError();
    invocation.out.push_back(tensor->getBytes().data());
    invocation.outputs.push_back(std::move(*tensor));
  }

  invocation.symbol = reinterpret_cast<Invocation::Symbol>(addresses.symbol);
  invocation.where = addresses.where;
  if (llvm::Error error =
          invocation.allocateWorkspace(getWorkspaceBytes(invocation.dims)))
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
                                 ArrayRef<int64_t> dims, void *workspace,
                                 size_t workspaceBytes) const {
  return reinterpret_cast<Invocation::Symbol>(addresses.symbol)(
      in, out, dims.data(), workspace, workspaceBytes, /*exec=*/nullptr);
}

std::string CompiledFunction::describe(int32_t code,
                                       const void *workspace) const {
  return Invocation::describe(
      code, Invocation::getPlace(code, addresses.where, workspace));
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
  CompiledFunction::Addresses addresses;
  auto find = [&](StringRef suffix, void *&address) -> llvm::Error {
    llvm::Expected<llvm::orc::ExecutorAddr> found =
        jit->lookup(entry.symbol + suffix.str());
    if (!found)
      return found.takeError();
    address = found->toPtr<void *>();
    return llvm::Error::success();
  };
  if (llvm::Error error = find("", addresses.symbol))
    return error;
  if (entry.isDynamic())
    if (llvm::Error error = find("_workspace_bytes", addresses.workspaceBytes))
      return error;
  if (entry.tellsInputDims())
    if (llvm::Error error = find("_input_dims", addresses.inputDims))
      return error;
  if (entry.countOutputDims() != 0)
    if (llvm::Error error = find("_output_dims", addresses.outputDims))
      return error;
  if (entry.tellsPlaces)
    if (llvm::Error error = find("_where", addresses.where))
      return error;
  return CompiledFunction(entry, addresses);
}
