//===- LoadedObject.h - Calling an object in memory -------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Loads the bytes that Emission writes to an object file, unchanged, and calls
// its functions as a C program would.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_EXECUTION_LOADEDOBJECT_H
#define ATLED_EXECUTION_LOADEDOBJECT_H

#include "atled/Emission/EntryPoint.h"
#include "atled/Emission/ExternalFunction.h"
#include "atled/Execution/HostTensor.h"
#include "atled/atled.h"
#include <vector>

namespace llvm {
class MemoryBuffer;
namespace orc {
class LLJIT;
} // namespace orc
} // namespace llvm

namespace atled {

/// The signature of a tensor in the caller's memory; none where its elements
/// have no kind here, or a dimension is dynamic.
std::optional<TensorSignature> getSignature(RankedTensorType type);

/// The kind of a tensor's elements, which is one of C's.
ElementKind getKind(const EntryTensor &tensor);

/// "?x4xf32": what an entry takes or returns, for a message.
std::string describeType(const EntryTensor &tensor);

/// Whether a tensor is of the type that an entry takes.
bool matches(const TensorSignature &signature, const EntryTensor &expected);

/// What a call has returned that is no success.
class CallFailure : public llvm::ErrorInfo<CallFailure> {
public:
  CallFailure(std::string message, std::string place)
      : message(std::move(message)), place(std::move(place)) {}

  void log(llvm::raw_ostream &os) const override { os << message; }
  std::error_code convertToErrorCode() const override {
    return llvm::inconvertibleErrorCode();
  }
  /// As NAME_where tells, or empty: "model.mlir:4:8: 'atled.gather'".
  StringRef getPlace() const { return place; }

  static char ID;

private:
  std::string message, place;
};

/// Says of inputs that their sizes do not fit together.
class UnfitError : public llvm::ErrorInfo<UnfitError> {
public:
  explicit UnfitError(std::string entry) : entry(std::move(entry)) {}

  void log(llvm::raw_ostream &os) const override {
    os << "the sizes of the inputs of @" << entry << " do not fit together";
  }
  std::error_code convertToErrorCode() const override {
    return llvm::inconvertibleErrorCode();
  }

  static char ID;

private:
  std::string entry;
};

/// One set of arguments for a function: may be run many times.
class Invocation {
public:
  /// Runs the function. Its outputs and its workspace are full of NaN before,
  /// so that what it reads without having written shows. If the inputs need
  /// more workspace, it gets that and runs again.
  llvm::Error run();

  /// Runs the function on what the last run has left in outputs and workspace.
  llvm::Error runAgain();

  /// Runs on these threads from now on, which live as long.
  void setExec(const atled_exec *threads) { exec = threads; }

  /// The outputs of the last run.
  MutableArrayRef<HostTensor> getOutputs() { return outputs; }
  std::vector<HostTensor> takeOutputs() { return std::move(outputs); }

private:
  friend class CompiledFunction;

  struct Free {
    void operator()(void *pointer) const { std::free(pointer); }
  };
  using Symbol = int32_t (*)(const void *const *in, void *const *out,
                             const int64_t *dims, void *workspace,
                             size_t workspaceBytes, const atled_exec *exec);

  /// Where a call that returned `code` has failed; `where` is null or the
  /// function of the object.
  static StringRef getPlace(int32_t code, void *where, const void *workspace);
  /// What a code says.
  static std::string describe(int32_t code, StringRef place);
  llvm::Error allocateWorkspace(size_t bytes);

  std::string name;
  Symbol symbol = nullptr;
  void *where = nullptr;
  std::vector<int64_t> dims;
  std::vector<const void *> in;
  std::vector<void *> out;
  std::vector<HostTensor> outputs;
  std::unique_ptr<char, Free> workspace;
  size_t workspaceBytes = 0;
  const atled_exec *exec = nullptr;
};

/// A function in memory; valid as long as its object.
class CompiledFunction {
public:
  /// Where it is, and, if it has dynamic dimensions, what tells sizes; and what
  /// tells where it has failed.
  struct Addresses {
    void *symbol = nullptr, *workspaceBytes = nullptr, *inputDims = nullptr,
         *outputDims = nullptr;
    /// Null where the object does not tell where calls fail.
    void *where = nullptr;
  };

  CompiledFunction(EntryPoint entry, Addresses addresses)
      : entry(std::move(entry)), addresses(addresses) {}

  const EntryPoint &getEntry() const { return entry; }

  /// Checks the inputs against the function's signature. They are not copied.
  llvm::Expected<Invocation> prepare(ArrayRef<const HostTensor *> inputs) const;

  llvm::Expected<std::vector<HostTensor>>
  call(ArrayRef<const HostTensor *> inputs) const;

  /// Calls the function as C code does; returns a code of atled.h.
  int32_t invoke(const void *const *in, void *const *out,
                 ArrayRef<int64_t> dims, void *workspace,
                 size_t workspaceBytes) const;

  /// What `code` says of the call that returned it, and where in the program
  /// that was if the object tells.
  std::string describe(int32_t code, const void *workspace) const;

  /// The dynamic dimensions of the outputs, one after the other.
  llvm::Expected<std::vector<int64_t>>
  getOutputDims(ArrayRef<int64_t> dims) const;
  /// SIZE_MAX where the dimensions do not fit together.
  size_t getWorkspaceBytes(ArrayRef<int64_t> dims) const;

private:
  /// Whether inputs have the dimensions that follow from `dims`.
  bool fitsInputs(ArrayRef<int64_t> dims, ArrayRef<int64_t> inputDims) const;

  EntryPoint entry;
  Addresses addresses;
};

/// Where functions are that an object calls and does not define.
using SymbolAddresses = std::vector<std::pair<std::string, void *>>;

/// Loads shared libraries, which stay, and finds `externals` in them, in the
/// first that has each. Emits an error where one cannot be loaded or found.
FailureOr<SymbolAddresses> findSymbols(ArrayRef<ExternalFunction> externals,
                                       ArrayRef<std::string> libraries,
                                       Location loc);

class LoadedObject {
public:
  static llvm::Expected<LoadedObject>
  load(std::unique_ptr<llvm::MemoryBuffer> object,
       const SymbolAddresses &symbols = {});

  LoadedObject(LoadedObject &&);
  ~LoadedObject();

  llvm::Expected<CompiledFunction> getFunction(const EntryPoint &entry);

private:
  explicit LoadedObject(std::unique_ptr<llvm::orc::LLJIT> jit);

  std::unique_ptr<llvm::orc::LLJIT> jit;
};

} // namespace atled

#endif // ATLED_EXECUTION_LOADEDOBJECT_H
