//===- TracedFunction.h - A function that C++ holds ------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_FRONTEND_TRACEDFUNCTION_H
#define ATLED_LIB_FRONTEND_TRACEDFUNCTION_H

#include "Pullback.h"
#include "Session.h"
#include "atled/Execution/Program.h"
#include "atled/Pipelines/Request.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/DenseMap.h"
#include <atomic>
#include <memory>
#include <mutex>

namespace atled {

/// Which functions of a module are which, whatever they are called in it: each
/// function that was ever traced or derived has a number.
using Origins = llvm::DenseMap<StringAttr, uint64_t>;

uint64_t makeOrigin();

/// What compiled code looks at beyond what it always does.
struct Checks {
  bool indices = false, nan = false;

  Checks &operator|=(const Checks &other) {
    indices |= other.indices;
    nan |= other.nan;
    return *this;
  }

  bool any() const { return indices || nan; }

  bool operator==(const Checks &other) const {
    return indices == other.indices && nan == other.nan;
  }
};

/// Those that a number of atled-c.h has.
inline Checks readChecks(int32_t checks) {
  return {(checks & ATLED_CHECK_INDICES) != 0, (checks & ATLED_CHECK_NAN) != 0};
}

/// Workspaces that calls of one function hand on to each other.
class WorkspacePool {
public:
  struct Free {
    void operator()(char *memory) const { std::free(memory); }
  };
  struct Workspace {
    std::unique_ptr<char, Free> memory;
    size_t bytes = 0;
  };

  /// A workspace of at least `bytes`; without memory where there is too little.
  Workspace take(size_t bytes);
  void put(Workspace workspace);

private:
  std::mutex lock;
  std::vector<Workspace> free;
};

/// A module of its own with the function and whatever it calls.
class TracedFunction {
public:
  TracedFunction(OwningOpRef<ModuleOp> module, StringRef entry, Origins origins,
                 Checks checks);

  /// A function that is freed in a session of its own: not to be let go in one.
  static std::shared_ptr<TracedFunction>
  share(std::unique_ptr<TracedFunction> function);

  const atled_signature &getSignature() const { return signature; }
  func::FuncOp getFunction() const;
  Location getLoc() const { return getFunction().getLoc(); }

  FailureOr<std::unique_ptr<TracedFunction>>
  derive(DerivativeRequest::Kind kind, ArrayRef<int64_t> wrt,
         Location location) const;
  FailureOr<std::unique_ptr<TracedFunction>>
  bindVjp(const TracedFunction &forward, const TracedFunction &reverse,
          Location location) const;
  FailureOr<std::unique_ptr<TracedFunction>> bindJvp(const TracedFunction &rule,
                                                     Location location) const;

  /// The function in which the output with each number takes the place of the
  /// input with the number beside it.
  std::unique_ptr<TracedFunction> donate(ArrayRef<int64_t> inputs,
                                         ArrayRef<int64_t> outputs) const;

  /// The function whose code looks at `more`, too.
  std::unique_ptr<TracedFunction> check(Checks more) const;
  const Checks &getChecks() const { return checks; }

  /// Says that the function is one operation, which many places share: what is
  /// wrong with its derivative is said of the place that asks for it, and what
  /// its checks find of the place that runs it.
  void markOperation();

  /// The way back with respect to the inputs `wrt`. Null where there is none,
  /// and the last error says why.
  std::shared_ptr<const Pullback> getPullback(ArrayRef<int64_t> wrt,
                                              atled_location place) {
    return pullbacks.get(*this, wrt, place);
  }

  /// How many operations there are to compile. Only in a session.
  size_t countOperations() const;

  bool isCompiled() const { return code.load(std::memory_order_acquire); }
  /// The code for this machine, compiled at the first call. Null where it
  /// cannot be compiled, and the last error says why.
  const CompiledFunction *compile(atled_location place);
  /// Compiles several functions at once, which takes less time than one by one.
  static int compile(ArrayRef<TracedFunction *> functions,
                     atled_location place);

  /// Returns a code of atled-c.h, and sets the last error, where `given` is not
  /// the type of the input with the number `index`.
  int checkArgument(size_t index, atled_type given, atled_location place) const;
  /// Runs the function on memory that fits, of inputs of these types. Returns a
  /// code of atled-c.h.
  int call(ArrayRef<atled_type> types, const void *const *inputs,
           void *const *outputs, atled_location place);
  /// The extents of what a call with such inputs returns, of one output after
  /// the other. Returns a code of atled-c.h.
  int getOutputExtents(ArrayRef<atled_type> types, atled_location place,
                       int64_t *extents);
  size_t countOutputExtents() const;

  /// Returns a code of atled-c.h.
  int save(StringRef path, StringRef cpu, atled_location place) const;
  std::string print() const;

private:
  /// A copy with a rule, which `write` writes into the module, and which looks
  /// at `more`, too.
  FailureOr<std::unique_ptr<TracedFunction>>
  bind(Checks more,
       function_ref<void(OpBuilder &builder, ModuleOp module, Origins &origins)>
           write) const;
  /// The name in messages: that of an operation without what makes it another
  /// function than C's.
  std::string getShownName() const;

  friend class Pullbacks;
  friend StringAttr importFunction(const TracedFunction &callee,
                                   ModuleOp module, Origins &origins);

  /// The function of a pullback; `taken` are those arguments of the vjp that it
  /// takes.
  FailureOr<std::unique_ptr<TracedFunction>>
  derivePullback(ArrayRef<int64_t> wrt, Location location,
                 SmallVector<unsigned> &taken) const;

  /// What compiled code has returned, and what that says.
  struct Outcome {
    int32_t status = ATLED_OK;
    std::string failure;
  };
  /// Runs compiled code with a workspace of `bytes`, or what it asks for.
  Outcome run(const CompiledFunction &code, const void *const *inputs,
              void *const *outputs, ArrayRef<int64_t> dims, size_t bytes);
  /// The dimensions that inputs of these types say.
  SmallVector<int64_t> getDims(ArrayRef<atled_type> types) const;
  /// Says which sizes of inputs of these types do not fit together.
  int reportUnfit(ArrayRef<atled_type> types, atled_location place) const;
  /// What the pipeline has to know of this function.
  void setOptions(PipelineOptions &options) const;

  OwningOpRef<ModuleOp> module;
  std::string entry;
  Origins origins;
  /// Outputs in the place of inputs, as the pipeline takes them: "w:w_new".
  SmallVector<std::string> donated;
  const Checks checks;
  bool isOperation = false;

  std::vector<std::string> names;
  std::vector<const char *> inputNames, outputNames;
  std::vector<atled_type> inputs, outputs;
  atled_signature signature;

  /// Written once, in a session.
  std::shared_ptr<Program> program;
  std::atomic<const CompiledFunction *> code = nullptr;
  WorkspacePool workspaces;
  Pullbacks pullbacks;
};

/// Lets passes run on functions of a program that is verified. What they leave
/// is verified where they are tested, and as long as assertions are on: for a
/// small function that takes an eighth of the time.
LogicalResult trustPasses(PassManager &pm);

/// Copies `callee`, and what it needs, into `module`, unless it is there.
/// Returns its name there. `origins` are those of the module.
StringAttr importFunction(const TracedFunction &callee, ModuleOp module,
                          Origins &origins);

} // namespace atled

struct atled_function {
  std::shared_ptr<atled::TracedFunction> traced;
  /// What the caller is given of the text, when he asks for it.
  mutable std::once_flag printed;
  mutable std::string text;
};

namespace atled {

inline atled_function *wrap(std::unique_ptr<TracedFunction> traced) {
  auto *function = new atled_function;
  function->traced = TracedFunction::share(std::move(traced));
  return function;
}
/// Gives a caller what `make` makes in a session. Returns a code of atled-c.h.
int giveFunction(
    atled_location place, atled_function **result,
    function_ref<FailureOr<std::unique_ptr<TracedFunction>>()> make);

inline TracedFunction &getTraced(const atled_function *function) {
  return *function->traced;
}

} // namespace atled

#endif // ATLED_LIB_FRONTEND_TRACEDFUNCTION_H
