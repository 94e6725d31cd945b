//===- TracedFunction.cpp - A function that C++ holds ---------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TracedFunction.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Differentiation/TensorNames.h"
#include "atled/Emission/Header.h"
#include "atled/Execution/UnfitExtents.h"
#include "atled/Support/OutputFiles.h"
#include "mlir/IR/AttrTypeSubElements.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/IR/Verifier.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/StringExtras.h"

using namespace atled;

uint64_t atled::makeOrigin() {
  static std::atomic<uint64_t> last = 0;
  return ++last;
}

//===----------------------------------------------------------------------===//
// Signatures
//===----------------------------------------------------------------------===//

TracedFunction::TracedFunction(OwningOpRef<ModuleOp> ownedModule,
                               StringRef entryName, Origins origins,
                               Checks checks)
    : module(std::move(ownedModule)), entry(entryName),
      origins(std::move(origins)), checks(checks) {
  func::FuncOp function = getFunction();
  for (auto [index, type] : llvm::enumerate(function.getArgumentTypes())) {
    inputs.push_back(getInterfaceType(cast<RankedTensorType>(type)));
    names.push_back(getArgumentName(function, index));
  }
  for (auto [index, type] : llvm::enumerate(function.getResultTypes())) {
    outputs.push_back(getInterfaceType(cast<RankedTensorType>(type)));
    names.push_back(getResultName(function, index));
  }
  // Only now: pointers into a vector that does not grow any more.
  for (auto [index, name] : llvm::enumerate(names))
    (index < inputs.size() ? inputNames : outputNames).push_back(name.c_str());
  signature = {entry.c_str(),     inputs.size(),  outputs.size(),
               inputs.data(),     outputs.data(), inputNames.data(),
               outputNames.data()};
}

func::FuncOp TracedFunction::getFunction() const {
  return ModuleOp(module.get()).lookupSymbol<func::FuncOp>(entry);
}

size_t TracedFunction::countOperations() const {
  size_t count = 0;
  ModuleOp(module.get()).walk([&](func::FuncOp function) {
    function.getBody().walk([&](Operation *) { ++count; });
  });
  return count;
}

//===----------------------------------------------------------------------===//
// Functions in other functions' modules
//===----------------------------------------------------------------------===//

/// A name that no symbol of the two modules has.
static StringAttr makeUniqueName(StringAttr name, ModuleOp first,
                                 ModuleOp second) {
  for (unsigned number = 0;; ++number) {
    auto candidate = StringAttr::get(name.getContext(),
                                     name.getValue() + "_" + Twine(number));
    if (!first.lookupSymbol(candidate) && !second.lookupSymbol(candidate))
      return candidate;
  }
}

/// The name in `origins` of the function with the number `origin`, or null.
static StringAttr findOrigin(const Origins &origins, uint64_t origin) {
  for (auto [name, other] : origins)
    if (other == origin)
      return name;
  return nullptr;
}

/// Gives each function its name in `names`, wherever it is called.
static void rename(const llvm::MapVector<func::FuncOp, StringAttr> &names,
                   ModuleOp module) {
  for (auto [function, name] : names) {
    if (failed(SymbolTable::replaceAllSymbolUses(function, name, module)))
      llvm_unreachable("a module's symbols are all known");
    function.setSymNameAttr(name);
  }
}

/// A rule comes with its function: those of functions that are known go.
template <typename RuleOp>
static void eraseRules(ModuleOp module,
                       const llvm::SmallPtrSetImpl<Operation *> &known) {
  for (auto rule : llvm::make_early_inc_range(module.getOps<RuleOp>()))
    if (known.contains(module.lookupSymbol(rule.getFunction())))
      rule.erase();
}

StringAttr atled::importFunction(const TracedFunction &callee, ModuleOp module,
                                 Origins &origins) {
  OwningOpRef<ModuleOp> copy = ModuleOp(callee.module.get()).clone();
  func::FuncOp entry = copy->lookupSymbol<func::FuncOp>(callee.entry);
  // By a name of the one step only, so that no new name is another's old one.
  llvm::MapVector<func::FuncOp, StringAttr> passing, names;
  llvm::SmallPtrSet<Operation *, 8> known;
  for (auto function : copy->getOps<func::FuncOp>()) {
    StringAttr name = function.getSymNameAttr();
    uint64_t origin = callee.origins.lookup(name);
    passing[function] =
        StringAttr::get(name.getContext(), "atled.import." + name.getValue());
    if (StringAttr there = findOrigin(origins, origin)) {
      names[function] = there;
      known.insert(function);
      continue;
    }
    names[function] =
        module.lookupSymbol(name) ? makeUniqueName(name, *copy, module) : name;
    origins[names[function]] = origin;
  }
  eraseRules<ad::CustomVjpOp>(*copy, known);
  eraseRules<ad::CustomJvpOp>(*copy, known);
  rename(passing, *copy);
  rename(names, *copy);
  StringAttr name = names.lookup(entry);
  for (Operation *function : known)
    function->erase();
  for (Operation &op : llvm::make_early_inc_range(copy->getOps())) {
    if (auto function = dyn_cast<func::FuncOp>(op))
      function.setPrivate();
    op.moveBefore(module.getBody(), module.getBody()->end());
  }
  return name;
}

//===----------------------------------------------------------------------===//
// Derivatives
//===----------------------------------------------------------------------===//

FailureOr<std::unique_ptr<TracedFunction>>
TracedFunction::derive(DerivativeRequest::Kind kind, ArrayRef<int64_t> wrt,
                       Location location) const {
  OwningOpRef<ModuleOp> derived = ModuleOp(module.get()).clone();
  DerivativeRequest request{kind, entry};
  auto numbers = llvm::map_to_vector(
      wrt, [](int64_t index) { return std::to_string(index); });
  std::string name = getDerivativeName(request);
  if (failed(addDerivative(*derived, request, numbers)) ||
      failed(setEntries(*derived, name)))
    return failure();
  // Requested where C++ asks for it, not where the function was traced.
  derived->lookupSymbol(name)->walk(
      [&](Operation *op) { op->setLoc(location); });
  Origins all = origins;
  all[StringAttr::get(&getContext(), name)] = makeOrigin();
  return std::make_unique<TracedFunction>(std::move(derived), name,
                                          std::move(all), checks);
}

FailureOr<std::unique_ptr<TracedFunction>> TracedFunction::bind(
    Checks more,
    function_ref<void(OpBuilder &, ModuleOp, Origins &)> write) const {
  OwningOpRef<ModuleOp> bound = ModuleOp(module.get()).clone();
  Origins all = origins;
  auto builder = OpBuilder::atBlockEnd(bound->getBody());
  write(builder, *bound, all);
  // With a rule it is another function than the one without.
  all[StringAttr::get(&getContext(), entry)] = makeOrigin();
  if (failed(verify(*bound)))
    return failure();
  more |= checks;
  return std::make_unique<TracedFunction>(std::move(bound), entry,
                                          std::move(all), more);
}

FailureOr<std::unique_ptr<TracedFunction>>
TracedFunction::bindVjp(const TracedFunction &forward,
                        const TracedFunction &reverse,
                        Location location) const {
  Checks more = forward.checks;
  more |= reverse.checks;
  return bind(more, [&](OpBuilder &builder, ModuleOp bound, Origins &all) {
    StringAttr forwardName = importFunction(forward, bound, all);
    StringAttr reverseName = importFunction(reverse, bound, all);
    builder.setInsertionPointToEnd(bound.getBody());
    ad::CustomVjpOp::create(builder, location, entry, forwardName.getValue(),
                            reverseName.getValue());
  });
}

FailureOr<std::unique_ptr<TracedFunction>>
TracedFunction::bindJvp(const TracedFunction &rule, Location location) const {
  return bind(
      rule.checks, [&](OpBuilder &builder, ModuleOp bound, Origins &all) {
        StringAttr name = importFunction(rule, bound, all);
        builder.setInsertionPointToEnd(bound.getBody());
        ad::CustomJvpOp::create(builder, location, entry, name.getValue());
      });
}

std::unique_ptr<TracedFunction>
TracedFunction::donate(ArrayRef<int64_t> inputs,
                       ArrayRef<int64_t> outputs) const {
  auto result = std::make_unique<TracedFunction>(ModuleOp(module.get()).clone(),
                                                 entry, origins, checks);
  result->donated = donated;
  for (auto [input, output] : llvm::zip_equal(inputs, outputs))
    result->donated.push_back((Twine(signature.input_names[input]) + ":" +
                               signature.output_names[output])
                                  .str());
  return result;
}

std::unique_ptr<TracedFunction> TracedFunction::check(Checks more) const {
  more |= checks;
  auto result = std::make_unique<TracedFunction>(ModuleOp(module.get()).clone(),
                                                 entry, origins, more);
  result->donated = donated;
  return result;
}

//===----------------------------------------------------------------------===//
// Code
//===----------------------------------------------------------------------===//

static FailureOr<Target> getHostTarget(StringRef cpu, Location location) {
  return getTarget(/*name=*/"", cpu, [&] { return emitError(location); });
}

/// This very machine, which takes a while to find out. Only in a session.
static FailureOr<Target> getThisMachine(Location location) {
  static std::optional<Target> known;
  if (known)
    return *known;
  FailureOr<Target> target = getHostTarget("native", location);
  if (failed(target))
    return failure();
  // The code stays here, and need not ask what it finds.
  target->required.clear();
  known = *target;
  return target;
}

LogicalResult atled::trustPasses(PassManager &pm) {
#ifdef NDEBUG
  pm.enableVerifier(false);
#endif
  return success();
}

/// In memory nothing has a name in C, so what is called may have any. What is
/// donated goes by its name.
static void eraseTensorNames(ModuleOp module) {
  StringAttr name = StringAttr::get(module.getContext(), tensorNameAttrName);
  for (auto function : module.getOps<func::FuncOp>()) {
    for (unsigned index = 0; index < function.getNumArguments(); ++index)
      function.removeArgAttr(index, name);
    for (unsigned index = 0; index < function.getNumResults(); ++index)
      function.removeResultAttr(index, name);
  }
}

static std::atomic<int64_t> compiledFunctions = 0;

int64_t atled_compiled_functions(void) { return compiledFunctions; }

void TracedFunction::setOptions(PipelineOptions &options) const {
  options.donated.append(donated);
  options.checked = checks.indices;
  options.checkNaN = checks.nan;
}

int TracedFunction::compile(ArrayRef<TracedFunction *> functions,
                            atled_location place) {
  SmallVector<TracedFunction *> others;
  int status = runInSession(place, [&]() -> LogicalResult {
    SmallVector<TracedFunction *> missing;
    for (TracedFunction *function : functions) {
      if (function->isCompiled() || llvm::is_contained(missing, function))
        continue;
      bool isAlike =
          missing.empty() || function->checks == missing.front()->checks;
      (isAlike ? missing : others).push_back(function);
    }
    if (missing.empty())
      return success();
    Location location = missing.front()->getLoc();
    CompileOptions options;
    FailureOr<Target> target = getThisMachine(location);
    if (failed(target))
      return failure();
    options.pipeline.target = *target;
    options.configure = trustPasses;
    for (TracedFunction *function : missing)
      function->setOptions(options.pipeline);
    assert((missing.size() == 1 || options.pipeline.donated.empty()) &&
           "what updates in place is compiled alone");
    OwningOpRef<ModuleOp> all = ModuleOp::create(location);
    Origins origins;
    auto names = llvm::map_to_vector(missing, [&](TracedFunction *function) {
      return importFunction(*function, *all, origins).str();
    });
    if (options.pipeline.donated.empty())
      eraseTensorNames(*all);
    FailureOr<Program> compiled = Program::compile(*all, names, options);
    // The caches that only the way to LLVM makes are there by now.
    static thread_local EndOfThread behindCaches;
    if (failed(compiled))
      return failure();
    auto program = std::make_shared<Program>(std::move(*compiled));
    for (auto [function, name] : llvm::zip_equal(missing, names)) {
      function->program = program;
      function->code.store(&(*program)[name], std::memory_order_release);
    }
    compiledFunctions += missing.size();
    return success();
  });
  return status || others.empty() ? status : compile(others, place);
}

const CompiledFunction *TracedFunction::compile(atled_location place) {
  if (!isCompiled() && compile(this, place))
    return nullptr;
  return code;
}

std::shared_ptr<TracedFunction>
TracedFunction::share(std::unique_ptr<TracedFunction> function) {
  return {function.release(), [](TracedFunction *last) {
            // Functions of their own, with sessions of their own.
            Pullbacks::List others = last->pullbacks.take();
            runLocked([&] { delete last; });
          }};
}

WorkspacePool::Workspace WorkspacePool::take(size_t bytes) {
  {
    std::lock_guard<std::mutex> guard(lock);
    if (!free.empty()) {
      Workspace workspace = std::move(free.back());
      free.pop_back();
      if (workspace.bytes >= bytes)
        return workspace;
    }
  }
  return {
      std::unique_ptr<char, Free>(static_cast<char *>(allocateAligned(bytes))),
      bytes};
}

void WorkspacePool::put(Workspace workspace) {
  std::lock_guard<std::mutex> guard(lock);
  free.push_back(std::move(workspace));
}

TracedFunction::Outcome TracedFunction::run(const CompiledFunction &code,
                                            const void *const *inputs,
                                            void *const *outputs,
                                            ArrayRef<int64_t> dims,
                                            size_t bytes) {
  while (true) {
    WorkspacePool::Workspace workspace = workspaces.take(bytes);
    if (!workspace.memory)
      return {ATLED_ERROR_EXHAUSTED_WORKSPACE,
              ("there is not enough memory for the workspace, which has " +
               Twine(bytes) + " bytes")
                  .str()};
    int32_t status = code.invoke(inputs, outputs, dims, workspace.memory.get(),
                                 workspace.bytes);
    if (status == ATLED_ERROR_EXHAUSTED_WORKSPACE) {
      uint64_t required;
      std::memcpy(&required, workspace.memory.get(), sizeof(required));
      assert(required > workspace.bytes && "that size was not enough");
      bytes = required;
      continue;
    }
    Outcome outcome{status, ""};
    if (status != ATLED_OK)
      outcome.failure = code.describe(status, workspace.memory.get());
    workspaces.put(std::move(workspace));
    return outcome;
  }
}

int TracedFunction::checkArgument(size_t index, atled_type given,
                                  atled_location place) const {
  if (isTensorType(given) && accepts(signature.inputs[index], given))
    return 0;
  if (!isTensorType(given))
    return setLastError(place, "argument '" +
                                   Twine(signature.input_names[index]) +
                                   "' of '" + signature.name +
                                   "' is given with a type that no tensor "
                                   "has");
  return setLastError(place,
                      "argument '" + Twine(signature.input_names[index]) +
                          "' of '" + signature.name + "' is a tensor of " +
                          formatType(signature.inputs[index]) +
                          ", and one of " + formatType(given) + " is given");
}

SmallVector<int64_t> TracedFunction::getDims(ArrayRef<atled_type> types) const {
  SmallVector<int64_t> dims;
  for (auto [type, expected] : llvm::zip_equal(types, inputs))
    for (int32_t i = 0; i < type.rank; ++i)
      if (expected.shape[i] == ATLED_DYNAMIC)
        dims.push_back(type.shape[i]);
  return dims;
}

int TracedFunction::reportUnfit(ArrayRef<atled_type> types,
                                atled_location place) const {
  SmallVector<CallExtent> extents;
  for (auto [index, type] : llvm::enumerate(types))
    for (int32_t i = 0; i < type.rank; ++i)
      if (inputs[index].shape[i] == ATLED_DYNAMIC)
        extents.push_back({("dimension " + Twine(i) + " of '" +
                            signature.input_names[index] + "'")
                               .str(),
                           type.shape[i]});
  runInSession(place, [&]() -> LogicalResult {
    OwningOpRef<ModuleOp> copy = ModuleOp(module.get()).clone();
    CompileOptions options;
    options.configure = trustPasses;
    setOptions(options.pipeline);
    InFlightDiagnostic error = emitError(getLocation(place))
                               << "the shapes of the arguments of '" << entry
                               << "' do not fit together: ";
    if (!explainUnfit(*copy, entry, options, extents, error))
      error << llvm::join(llvm::map_range(types, formatType), ", ");
    return error;
  });
  return ATLED_MISUSED;
}

size_t TracedFunction::countOutputExtents() const {
  size_t count = 0;
  for (const atled_type &output : outputs)
    count += output.rank;
  return count;
}

int TracedFunction::getOutputExtents(ArrayRef<atled_type> types,
                                     atled_location place, int64_t *extents) {
  const CompiledFunction *compiled = compile(place);
  if (!compiled)
    return ATLED_REFUSED;
  llvm::Expected<std::vector<int64_t>> dims =
      compiled->getOutputDims(getDims(types));
  if (!dims) {
    llvm::consumeError(dims.takeError());
    return reportUnfit(types, place);
  }
  auto next = dims->begin();
  for (const atled_type &output : outputs)
    for (int32_t i = 0; i < output.rank; ++i)
      *extents++ = output.shape[i] == ATLED_DYNAMIC ? *next++ : output.shape[i];
  return 0;
}

void TracedFunction::markOperation() {
  isOperation = true;
  if (!checks.any())
    return;
  AttrTypeReplacer replacer;
  replacer.addReplacement([](FileLineColRange place) -> Attribute {
    return UnknownLoc::get(place.getContext());
  });
  replacer.recursivelyReplaceElementsIn(module.get(), /*replaceAttrs=*/false,
                                        /*replaceLocs=*/true);
}

std::string TracedFunction::getShownName() const {
  auto [operation, derivative] = StringRef(entry).split("_kernel");
  return isOperation ? (operation + derivative).str() : entry;
}

/// Whether the caller has handed over something wrong.
static bool isMisuse(int32_t status) {
  switch (status) {
  case ATLED_ERROR_NULL_INPUT:
  case ATLED_ERROR_NULL_OUTPUT:
  case ATLED_ERROR_MISALIGNED_INPUT:
  case ATLED_ERROR_MISALIGNED_OUTPUT:
  case ATLED_ERROR_DONATION:
    return true;
  default:
    return false;
  }
}

int TracedFunction::call(ArrayRef<atled_type> types, const void *const *inputs,
                         void *const *outputs, atled_location place) {
  const CompiledFunction *compiled = compile(place);
  if (!compiled)
    return ATLED_REFUSED;
  SmallVector<int64_t> dims = getDims(types);
  size_t bytes = compiled->getWorkspaceBytes(dims);
  if (bytes == SIZE_MAX)
    return reportUnfit(types, place);
  Outcome outcome = run(*compiled, inputs, outputs, dims, bytes);
  if (outcome.status == ATLED_OK)
    return 0;
  return setLastError(place,
                      "'" + getShownName() + "' failed: " + outcome.failure,
                      isMisuse(outcome.status) ? ATLED_MISUSED : ATLED_FAILED);
}

int TracedFunction::save(StringRef path, StringRef cpu,
                         atled_location place) const {
  std::string code, header, cxxHeader;
  int status = runInSession(place, [&]() -> LogicalResult {
    Location location = getLocation(place);
    CompileOptions options;
    FailureOr<Target> target = getHostTarget(cpu, location);
    if (failed(target))
      return failure();
    options.pipeline.target = *target;
    setOptions(options.pipeline);
    options.entries = {entry};
    OwningOpRef<ModuleOp> copy = ModuleOp(module.get()).clone();
    FailureOr<CompiledProgram> compiled = atled::compile(*copy, options);
    static thread_local EndOfThread behindCaches;
    if (failed(compiled))
      return failure();
    code.assign(compiled->code.begin(), compiled->code.end());
    llvm::raw_string_ostream os(header), cxxStream(cxxHeader);
    if (failed(printHeader(compiled->entries, compiled->externals, os)))
      return failure();
    return printCxxHeader(compiled->entries, compiled->externals, cxxStream);
  });
  if (status)
    return status;
  OutputFiles files([&](const Twine &message) {
    status = setLastError(place, message, ATLED_UNREADABLE);
  });
  files.add((path + ".o").str(), std::move(code));
  files.add((path + ".h").str(), std::move(header));
  files.add((path + ".hpp").str(), std::move(cxxHeader));
  (void)files.write();
  return status;
}

std::string TracedFunction::print() const {
  std::string text;
  llvm::raw_string_ostream os(text);
  ModuleOp(module.get()).print(os);
  return text;
}

int atled::giveFunction(
    atled_location place, atled_function **result,
    function_ref<FailureOr<std::unique_ptr<TracedFunction>>()> make) {
  return runInSession(place, [&]() -> LogicalResult {
    FailureOr<std::unique_ptr<TracedFunction>> made = make();
    if (failed(made))
      return failure();
    *result = wrap(std::move(*made));
    return success();
  });
}
