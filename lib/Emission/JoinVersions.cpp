//===- JoinVersions.cpp - One object for several processors ---------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each version of the program is a module of its own. Their functions come into
// one, under names that end in the version's; an entry asks which of them this
// machine can run, and goes on there:
//
//   loss:      switch (choose()) { case 1: return loss.x86-64-v4(...);
//                                   case 2: return loss.x86-64-v3(...);
//                                   default: return ATLED_ERROR_PROCESSOR; }
//
//===----------------------------------------------------------------------===//

#include "EntrySymbols.h"
#include "atled/Emission/EntryPoint.h"
#include "atled/Emission/Passes.h"
#include "atled/Emission/Version.h"
#include "atled/Target/CPU/ChooseVersion.h"
#include "atled/atled.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace atled {
#define GEN_PASS_DEF_JOINVERSIONSPASS
#include "atled/Emission/Passes.h.inc"
} // namespace atled

using namespace atled;

ModuleOp atled::createVersion(OpBuilder &builder, Location loc,
                              const Target &target) {
  auto version = ModuleOp::create(builder, loc, StringRef(target.cpu));
  SmallVector<StringRef> required(target.required.begin(),
                                  target.required.end());
  version->setAttr(
      versionAttrName,
      builder.getDictionaryAttr(
          {builder.getNamedAttr("cpu", builder.getStringAttr(target.cpu)),
           builder.getNamedAttr("features",
                                builder.getStringAttr(target.features)),
           builder.getNamedAttr("vector_bits",
                                builder.getI64IntegerAttr(target.vectorBits)),
           builder.getNamedAttr("required",
                                builder.getStrArrayAttr(required))}));
  return version;
}

//===----------------------------------------------------------------------===//
// One version
//===----------------------------------------------------------------------===//

namespace {
/// A version on its way into the common module.
struct Version {
  ModuleOp module;
  std::string name;
  DictionaryAttr facts;
  /// What C calls.
  SmallVector<LLVM::LLVMFuncOp> functions;
  /// Where it stands among the others.
  size_t position;

  Version(ModuleOp module, size_t position)
      : module(module), name(module.getName().value_or("").str()),
        facts(module->getAttrOfType<DictionaryAttr>(versionAttrName)),
        position(position) {}

  SmallVector<StringRef> getRequired() const {
    return llvm::to_vector(
        facts.getAs<ArrayAttr>("required").getAsValueRange<StringAttr>());
  }
};
} // namespace

static bool isDeclaration(Operation &op) {
  auto function = dyn_cast<LLVM::LLVMFuncOp>(op);
  return function && function.isExternal();
}

/// Finds what C calls: entries, and functions that tell sizes. Erases what the
/// common module will have of its own.
static void takeFunctions(Version &version) {
  SymbolTable symbols(version.module);
  SmallVector<Operation *> replaced;
  for (auto function : version.module.getOps<LLVM::LLVMFuncOp>())
    if (function->hasAttr(entryAttrName))
      for (const std::string &name :
           {getVersionedSymbol(function.getName()),
            getProcessorQuerySymbol(function.getName())})
        if (Operation *op = symbols.lookup(name))
          replaced.push_back(op);
  for (Operation *op : replaced)
    op->erase();
  for (auto function : version.module.getOps<LLVM::LLVMFuncOp>())
    if (!function.isExternal() &&
        function.getLinkage() == LLVM::Linkage::External)
      version.functions.push_back(function);
}

/// Appends the version's name to that of everything that it defines.
static void renameDefinitions(Version &version) {
  DenseMap<StringAttr, StringAttr> newNames;
  for (Operation &op : *version.module.getBody()) {
    auto name = op.getAttrOfType<StringAttr>(SymbolTable::getSymbolAttrName());
    if (!name || isDeclaration(op))
      continue;
    auto newName =
        StringAttr::get(op.getContext(), name.getValue() + "." + version.name);
    newNames[name] = newName;
    SymbolTable::setSymbolName(&op, newName);
  }
  AttrTypeReplacer replacer;
  replacer.addReplacement([&](FlatSymbolRefAttr use) {
    auto newName = newNames.find(use.getAttr());
    return newName == newNames.end() ? use
                                     : FlatSymbolRefAttr::get(newName->second);
  });
  replacer.recursivelyReplaceElementsIn(version.module);
}

/// Compiles the functions for the version's processor.
static void setProcessor(Version &version) {
  MLIRContext *context = version.module.getContext();
  auto features = version.facts.getAs<StringAttr>("features");
  int64_t bits = version.facts.getAs<IntegerAttr>("vector_bits").getInt();
  for (auto function : version.module.getOps<LLVM::LLVMFuncOp>()) {
    if (function.isExternal())
      continue;
    function.setTargetCpuAttr(version.facts.getAs<StringAttr>("cpu"));
    if (!features.empty())
      function.setTargetFeaturesAttr(
          LLVM::TargetFeaturesAttr::get(context, features.getValue()));
    function.setPreferVectorWidth(std::to_string(bits));
  }
}

/// Moves everything to the end of `module`; what several versions declare is
/// declared once.
static void moveInto(ModuleOp module, Version &version) {
  SymbolTable symbols(module);
  for (Operation &op : llvm::make_early_inc_range(*version.module.getBody())) {
    if (isDeclaration(op) &&
        symbols.lookup(cast<LLVM::LLVMFuncOp>(op).getName()))
      op.erase();
    else
      op.moveBefore(module.getBody(), module.getBody()->end());
  }
  version.module.erase();
}

//===----------------------------------------------------------------------===//
// All versions
//===----------------------------------------------------------------------===//

/// What the caller needs to know of all versions of an entry: the workspace is
/// large enough for each.
static EntryPoint describe(ArrayRef<LLVM::LLVMFuncOp> entries) {
  EntryPoint common = EntryPoint::fromAttribute(
      entries.front()->getAttrOfType<DictionaryAttr>(entryAttrName));
  for (LLVM::LLVMFuncOp entry : entries.drop_front()) {
    EntryPoint other = EntryPoint::fromAttribute(
        entry->getAttrOfType<DictionaryAttr>(entryAttrName));
    common.workspaceBytes =
        std::max(common.workspaceBytes, other.workspaceBytes);
    common.fullCallBytes = std::max(common.fullCallBytes, other.fullCallBytes);
  }
  return common;
}

/// Writes the function that says whether there is a version for this machine.
static void buildQuery(LLVM::LLVMFuncOp entry, LLVM::LLVMFuncOp choose) {
  LLVM::LLVMFuncOp query = createProcessorQuery(entry);
  setBaseline(query);
  ImplicitLocOpBuilder b(entry.getLoc(), entry.getContext());
  b.setInsertionPointToEnd(&query.getBody().front());
  Value number = LLVM::CallOp::create(b, choose, ValueRange()).getResult();
  Value zero = LLVM::ConstantOp::create(b, b.getI32IntegerAttr(0));
  Value has = LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::sgt, number, zero);
  LLVM::ReturnOp::create(b, LLVM::ZExtOp::create(b, b.getI32Type(), has));
}

/// What a function returns on a machine that no version is for: the code, as a
/// size the one that there never is, and no place where anything has failed.
static Value buildNothing(ImplicitLocOpBuilder &b, Type type) {
  if (isa<LLVM::LLVMPointerType>(type))
    return LLVM::ZeroOp::create(b, type);
  int64_t nothing = type.isInteger(32) ? ATLED_ERROR_PROCESSOR : -1;
  return LLVM::ConstantOp::create(b, b.getIntegerAttr(type, nothing));
}

/// Writes the function of which `versions` are the versions; where it is an
/// entry, also those beside it.
static void buildDispatch(ModuleOp module, StringRef symbol,
                          ArrayRef<LLVM::LLVMFuncOp> versions,
                          LLVM::LLVMFuncOp choose) {
  LLVM::LLVMFuncOp first = versions.front();
  ImplicitLocOpBuilder b(first.getLoc(), module.getContext());
  b.setInsertionPoint(choose);
  auto function = LLVM::LLVMFuncOp::create(b, symbol, first.getFunctionType());
  function.setVisibility_(first.getVisibility_());
  setBaseline(function);
  Block *block = function.addEntryBlock(b);
  Region &body = function.getBody();

  Block *none = b.createBlock(&body, body.end());
  LLVM::ReturnOp::create(
      b, buildNothing(b, first.getFunctionType().getReturnType()));
  SmallVector<int32_t> numbers;
  SmallVector<Block *> blocks;
  for (LLVM::LLVMFuncOp version : versions) {
    blocks.push_back(b.createBlock(&body, body.end()));
    numbers.push_back(blocks.size());
    auto call = LLVM::CallOp::create(b, version, block->getArguments());
    call.setTailCallKind(LLVM::TailCallKind::Tail);
    LLVM::ReturnOp::create(b, call.getResult());
  }
  b.setInsertionPointToEnd(block);
  Value number = LLVM::CallOp::create(b, choose, ValueRange()).getResult();
  LLVM::SwitchOp::create(b, number, none, ValueRange(), numbers, blocks,
                         SmallVector<ValueRange>(blocks.size()));

  if (!first->hasAttr(entryAttrName))
    return;
  function->setAttr(entryAttrName,
                    describe(versions).toAttribute(module.getContext()));
  buildAlias(function);
  buildQuery(function, choose);
}

static LogicalResult checkFacts(const Version &version) {
  DictionaryAttr facts = version.facts;
  if (facts && facts.getAs<StringAttr>("cpu") &&
      facts.getAs<StringAttr>("features") &&
      facts.getAs<IntegerAttr>("vector_bits") &&
      facts.getAs<ArrayAttr>("required") &&
      llvm::all_of(facts.getAs<ArrayAttr>("required"),
                   llvm::IsaPred<StringAttr>))
    return success();
  return ModuleOp(version.module).emitError("has an '")
         << versionAttrName << "' that describes no processor";
}

/// All versions have the same functions, which C can call, and each entry says
/// what it is.
static LogicalResult checkFunctions(ArrayRef<Version> versions) {
  ArrayRef<LLVM::LLVMFuncOp> first = versions.front().functions;
  for (const Version &version : versions) {
    if (version.functions.size() != first.size())
      return ModuleOp(version.module).emitError("has ")
             << version.functions.size()
             << " functions where another version has " << first.size();
    for (auto [index, function] :
         llvm::enumerate(SmallVector<LLVM::LLVMFuncOp>(version.functions))) {
      LLVM::LLVMFuncOp other = first[index];
      Type result = function.getFunctionType().getReturnType();
      if (function.getFunctionType() != other.getFunctionType() ||
          !(isa<LLVM::LLVMPointerType>(result) || result.isInteger()))
        return function.emitOpError("is no version of a function that C calls");
      if (Attribute entry = function->getAttr(entryAttrName);
          entry && !EntryPoint::isDescription(entry))
        return function.emitOpError("has an '")
               << entryAttrName << "' that describes no entry";
    }
  }
  return success();
}

namespace {
struct JoinVersionsPass : atled::impl::JoinVersionsPassBase<JoinVersionsPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    SmallVector<Version> versions;
    for (auto nested : module.getOps<ModuleOp>())
      if (nested->hasAttr(versionAttrName))
        versions.emplace_back(nested, versions.size());
    if (versions.empty())
      return;
    for (const Version &version : versions)
      if (failed(checkFacts(version)))
        return signalPassFailure();
    // What has all that another one has, and more, is asked for first.
    llvm::sort(versions, [](const Version &lhs, const Version &rhs) {
      return std::pair(lhs.getRequired().size(), rhs.position) >
             std::pair(rhs.getRequired().size(), lhs.position);
    });

    for (Version &version : versions)
      takeFunctions(version);
    if (failed(checkFunctions(versions)))
      return signalPassFailure();
    SmallVector<std::string> symbols;
    for (LLVM::LLVMFuncOp function : versions.front().functions)
      symbols.push_back(function.getName().str());
    for (Version &version : versions) {
      renameDefinitions(version);
      setProcessor(version);
      moveInto(module, version);
    }
    SmallVector<SmallVector<StringRef>> required;
    for (const Version &version : versions)
      required.push_back(version.getRequired());
    LLVM::LLVMFuncOp choose = addVersionChoice(module, required);
    for (auto [index, symbol] : llvm::enumerate(symbols)) {
      SmallVector<LLVM::LLVMFuncOp> functions;
      for (Version &version : versions)
        functions.push_back(version.functions[index]);
      buildDispatch(module, symbol, functions, choose);
      for (LLVM::LLVMFuncOp function : functions) {
        function->removeAttr(entryAttrName);
        function.setLinkage(LLVM::Linkage::Internal);
        function.setVisibility_(LLVM::Visibility::Default);
      }
    }
  }
};
} // namespace
