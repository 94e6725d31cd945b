//===- Bufferize.cpp - Tensors become buffers -----------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One-shot bufferization of a whole module, with the options that make every
// copy a loop we can see, then the removal of results, which are destinations.
//
//===----------------------------------------------------------------------===//

#include "RegionDestinations.h"
#include "atled/Codegen/Passes.h"
#include "atled/Support/Attributes.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Bufferization/Transforms/OneShotAnalysis.h"
#include "mlir/Dialect/Bufferization/Transforms/OneShotModuleBufferize.h"
#include "mlir/Dialect/Bufferization/Transforms/Transforms.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "mlir/Interfaces/SubsetOpInterface.h"

namespace atled {
#define GEN_PASS_DEF_BUFFERIZEPASS
#include "atled/Codegen/Passes.h.inc"
} // namespace atled

using namespace atled;

static bufferization::OneShotBufferizationOptions getOptions() {
  bufferization::OneShotBufferizationOptions options;
  options.bufferizeFunctionBoundaries = true;
  options.setFunctionBoundaryTypeConversion(
      bufferization::LayoutMapOption::IdentityLayoutMap);
  // A memref.copy of a strided buffer would become a call into a runtime.
  options.memCpyFn = [](OpBuilder &builder, Location loc, Value from,
                        Value to) {
    if (from != to)
      linalg::CopyOp::create(builder, loc, from, to);
    return success();
  };
  return options;
}

/// Gives each use of an empty tensor one of its own: whoever starts from it
/// would share memory with the others otherwise.
static void separateEmptyTensors(ModuleOp module) {
  IRRewriter rewriter(module.getContext());
  module.walk([&](tensor::EmptyOp empty) {
    rewriter.setInsertionPoint(empty);
    while (!empty->use_empty() && !empty->hasOneUse())
      empty->getUses().begin()->set(rewriter.clone(*empty)->getResult(0));
  });
}

/// Makes the copies that bufferization needs explicit, as operations that write
/// to an empty tensor, so that they too can write to where they end up.
static LogicalResult insertCopies(ModuleOp module) {
  bufferization::BufferizationState state;
  bufferization::OneShotBufferizationOptions options = getOptions();
  options.allowReturnAllocsFromLoops = true;
  if (failed(bufferization::insertTensorCopies(module, options, state)))
    return failure();
  IRRewriter rewriter(module.getContext());
  module.walk([&](bufferization::AllocTensorOp alloc) {
    rewriter.setInsertionPoint(alloc);
    Location loc = alloc.getLoc();
    Value source = alloc.getCopy();
    SmallVector<OpFoldResult> sizes =
        source ? tensor::getMixedSizes(rewriter, loc, source)
               : getMixedValues(alloc.getType().getShape(),
                                alloc.getDynamicSizes(), rewriter);
    Value copy = tensor::EmptyOp::create(rewriter, loc, sizes,
                                         alloc.getType().getElementType());
    if (source)
      copy = linalg::CopyOp::create(rewriter, loc, source, copy).getResult(0);
    rewriter.replaceOp(alloc, copy);
  });
  // Of what is a copy now, loops no longer yield an update.
  return writeCarriedToPlaces(module);
}

/// Whether `user`, or what it is nested in, comes after `op`, in its block.
static bool isAfter(Operation *user, Operation *op) {
  Operation *ancestor = op->getBlock()->findAncestorOpInBlock(*user);
  return ancestor && op->isBeforeInBlock(ancestor);
}

/// Whether somebody may read `source` after `insertion` has put it somewhere
/// else, which is why it is there twice.
static bool isReadAfter(Value source, Operation *insertion) {
  Block *block = source.getParentBlock();
  Operation *ancestor = block->findAncestorOpInBlock(*insertion);
  return llvm::any_of(source.getUsers(), [&](Operation *user) {
    if (user == insertion)
      return false;
    Operation *other = block->findAncestorOpInBlock(*user);
    if (other != ancestor)
      return ancestor->isBeforeInBlock(other);
    Operation *beside = insertion->getBlock()->findAncestorOpInBlock(*user);
    return !beside || insertion->isBeforeInBlock(beside);
  });
}

/// What `value` updates a part of, and so shares its place with.
static Value getUpdated(Value value) {
  while (auto insertion = value.getDefiningOp<SubsetInsertionOpInterface>())
    value = insertion.getDestinationOperand().get();
  return value;
}

/// Whether `insertion` may send a computation to its destination, although it
/// is the result of an operation with regions: what is in there writes for
/// good, without another look at who still reads.
static bool canRedirect(SubsetInsertionOpInterface insertion,
                        bool throughBranches) {
  Value source = insertion.getSourceOperand().get();
  if (!isa<tensor::InsertSliceOp>(insertion) && isReadAfter(source, insertion))
    return false;
  source = getUpdated(source);
  Operation *branch = source.getDefiningOp();
  if (!branch || branch->getNumRegions() == 0 || isa<linalg::LinalgOp>(branch))
    return true;
  // Of a loop, the analysis does not see that it works in its destination.
  if (isa<LoopLikeOpInterface>(branch) || !throughBranches ||
      !source.hasOneUse())
    return false;
  unsigned index = cast<OpResult>(source).getResultNumber();
  Value destination = insertion.getDestinationOperand().get();
  return llvm::none_of(destination.getUsers(), [&](Operation *user) {
    if (user == insertion)
      return false;
    if (!branch->isProperAncestor(user))
      return isAfter(user, branch);
    // In the region that reads it, the value is written as soon as it is known.
    return llvm::any_of(branch->getRegions(), [&](Region &region) {
      if (!region.isAncestor(user->getParentRegion()))
        return false;
      Operation *write =
          region.front().getTerminator()->getOperand(index).getDefiningOp();
      return !write || write->getBlock() != &region.front() ||
             isAfter(user, write);
    });
  });
}

namespace {
/// Holds what it erases until it goes. An analysis knows values by where they
/// are in memory, and would take new ones there for those.
class HoldingRewriter : public IRRewriter {
public:
  using IRRewriter::IRRewriter;
  ~HoldingRewriter() override {
    for (Operation *op : held)
      op->destroy();
  }

  void eraseOp(Operation *op) override {
    op->remove();
    op->dropAllReferences();
    held.push_back(op);
  }

private:
  SmallVector<Operation *> held;
};
} // namespace

namespace {
/// Which computations of a function are redirected into the place where their
/// results end up. What branches do to one place can be more than the analysis
/// sees through: then their results are copied, or everything is.
enum class Redirected { All, AllButBranches, Nothing };
} // namespace

/// Redirects computations, of each function those that `redirected` says (all
/// by default), from the last one to the first, since a place may be a part of
/// a later one.
static LogicalResult
eliminateEmptyTensors(ModuleOp module,
                      const llvm::StringMap<Redirected> &redirected) {
  bufferization::OneShotBufferizationOptions options = getOptions();
  bufferization::OneShotAnalysisState state(module, options);
  if (failed(bufferization::analyzeModuleOp(module, state)))
    return failure();
  SmallVector<std::pair<Operation *, bool>> insertions;
  for (auto func : module.getOps<func::FuncOp>()) {
    auto it = redirected.find(func.getName());
    Redirected mode = it == redirected.end() ? Redirected::All : it->second;
    if (mode == Redirected::Nothing)
      continue;
    func.walk([&](SubsetInsertionOpInterface op) {
      insertions.emplace_back(op, mode == Redirected::All);
    });
  }
  HoldingRewriter rewriter(module.getContext());
  for (auto [insertion, throughBranches] : llvm::reverse(insertions))
    if (canRedirect(cast<SubsetInsertionOpInterface>(insertion),
                    throughBranches) &&
        failed(
            bufferization::eliminateEmptyTensors(rewriter, insertion, state)))
      return failure();
  return success();
}

/// The first function in which not every operation can write where it must.
static std::string findInconsistentFunction(ModuleOp module) {
  // The analysis tells where that is, so that has to be the function.
  OwningOpRef<ModuleOp> probe = module.clone();
  MLIRContext *context = module.getContext();
  for (auto func : probe->getOps<func::FuncOp>()) {
    auto location = NameLoc::get(func.getSymNameAttr());
    func.walk([&](Operation *op) { op->setLoc(location); });
  }
  std::string name;
  ScopedDiagnosticHandler handler(context, [&](Diagnostic &diagnostic) {
    if (auto location = dyn_cast<NameLoc>(diagnostic.getLocation()))
      name = location.getName().str();
    return success();
  });
  bufferization::OneShotBufferizationOptions options = getOptions();
  bufferization::OneShotAnalysisState state(*probe, options);
  (void)bufferization::analyzeModuleOp(*probe, state);
  return name;
}

/// The tensor in front of `branch` in whose place `value`, which is computed
/// inside, is, if it is in one.
static Value getPlaceInFront(Value value, scf::IfOp branch) {
  while (Operation *op = value.getDefiningOp()) {
    if (!branch->isProperAncestor(op))
      return value;
    if (auto insertion = dyn_cast<SubsetInsertionOpInterface>(op))
      value = insertion.getDestinationOperand().get();
    else if (auto computation = dyn_cast<DestinationStyleOpInterface>(op))
      value = computation.getTiedOpOperand(cast<OpResult>(value))->get();
    else
      break;
  }
  return Value();
}

/// A region that yields any content yields what is in the place of the other:
/// two places would take twice the memory.
static void shareEmptyPlaces(scf::IfOp branch) {
  if (branch.getNumResults() == 0)
    return;
  for (auto [first, second] :
       llvm::zip_equal(branch.thenYield()->getOpOperands(),
                       branch.elseYield()->getOpOperands()))
    for (auto [any, other] :
         {std::pair(&first, &second), std::pair(&second, &first)})
      if (any->get().getDefiningOp<tensor::EmptyOp>())
        if (Value place = getPlaceInFront(other->get(), branch);
            place && place.getDefiningOp<tensor::EmptyOp>())
          any->set(place);
}

/// Copies what is written in another place than it is computed in; fails,
/// without a diagnostic unless `isLast`, where that does not help.
static LogicalResult copyOutOfPlace(ModuleOp module, bool isLast) {
  std::optional<ScopedDiagnosticHandler> silence;
  if (!isLast)
    silence.emplace(module.getContext(),
                    [](Diagnostic &) { return success(); });
  return bufferization::insertTensorCopies(module, getOptions(),
                                           bufferization::BufferizationState());
}

/// Finds the place of every computation.
static LogicalResult choosePlaces(ModuleOp module) {
  OwningOpRef<ModuleOp> before = module.clone();
  llvm::StringMap<Redirected> redirected;
  while (true) {
    if (failed(eliminateEmptyTensors(module, redirected)))
      return failure();
    module.walk(shareEmptyPlaces);
    if (succeeded(copyOutOfPlace(module, /*isLast=*/false)))
      return success();
    auto [it, isNew] = redirected.try_emplace(findInconsistentFunction(module),
                                              Redirected::AllButBranches);
    if (!isNew && it->second == Redirected::Nothing)
      return copyOutOfPlace(module, /*isLast=*/true);
    if (!isNew)
      it->second = Redirected::Nothing;
    OwningOpRef<ModuleOp> again = before->clone();
    module.getBodyRegion().takeBody(again->getBodyRegion());
  }
}

/// Follows views and casts from `buffer` to what they look at, and loops to
/// what they began with: they carry one buffer for all iterations.
static Value getRoot(Value buffer) {
  while (Operation *op = buffer.getDefiningOp()) {
    if (auto view = dyn_cast<ViewLikeOpInterface>(op))
      buffer = view.getViewSource();
    else if (auto loop = dyn_cast<scf::ForOp>(op))
      buffer = loop.getTiedLoopInit(cast<OpResult>(buffer))->get();
    else
      break;
  }
  return buffer;
}

/// Fails where `func` does not have what atled-destination-passing gives it: a
/// body of one block, and a destination for each result that becomes a buffer.
static LogicalResult checkDestinations(func::FuncOp func) {
  auto numInputs = func->getAttrOfType<IntegerAttr>(numInputsAttrName);
  int64_t numBuffers = llvm::count_if(
      func.getResultTypes(), llvm::IsaPred<TensorType, BaseMemRefType>);
  if (numInputs && numInputs.getInt() + numBuffers <= func.getNumArguments() &&
      !func.isDeclaration() && func.getBody().hasOneBlock())
    return success();
  return func.emitOpError("does not have a destination for each result: run "
                          "'atled-destination-passing' first");
}

/// Drops the results of `func` that are its destinations: all buffers among
/// them, in order.
static LogicalResult dropDestinationResults(func::FuncOp func) {
  Operation *terminator = func.getBody().front().getTerminator();
  BitVector dropped(func.getNumResults());
  unsigned argument =
      func->getAttrOfType<IntegerAttr>(numInputsAttrName).getInt();
  for (OpOperand &result : terminator->getOpOperands()) {
    if (!isa<MemRefType>(result.get().getType()))
      continue;
    Value place = func.getArgument(argument++);
    if (auto taken = func.getResultAttrOfType<IntegerAttr>(
            result.getOperandNumber(), inPlaceAttrName))
      place = func.getArgument(taken.getInt());
    if (getRoot(result.get()) != place)
      return func.emitOpError("result ")
             << result.getOperandNumber()
             << " was not computed in its destination";
    dropped.set(result.getOperandNumber());
  }
  terminator->eraseOperands(dropped);
  return func.eraseResults(dropped);
}

/// The same at a call, whose destinations are the operands after the inputs.
static void dropDestinationResults(func::CallOp call, func::FuncOp callee) {
  unsigned operand =
      callee->getAttrOfType<IntegerAttr>(numInputsAttrName).getInt();
  for (OpResult result : call.getResults())
    if (isa<MemRefType>(result.getType()))
      result.replaceAllUsesWith(call.getOperand(operand++));
  OpBuilder builder(call);
  auto updated =
      func::CallOp::create(builder, call.getLoc(), callee, call.getOperands());
  updated->setDiscardableAttrs(call->getDiscardableAttrDictionary());
  auto scalars = llvm::filter_to_vector(call.getResults(), [](Value result) {
    return !isa<MemRefType>(result.getType());
  });
  for (auto [result, value] : llvm::zip_equal(scalars, updated.getResults()))
    result.replaceAllUsesWith(value);
  call.erase();
}

/// Takes a stand-in away: what remains is a declaration on buffers.
static void eraseStandIn(func::FuncOp func) {
  func.eraseBody();
  func->removeAttr("atled.stand_in");
  for (unsigned index = 0; index < func.getNumArguments(); ++index)
    func.removeArgAttr(
        index, bufferization::BufferizationDialect::kBufferAccessAttrName);
}

namespace {
struct BufferizePass : atled::impl::BufferizePassBase<BufferizePass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    for (auto func : module.getOps<func::FuncOp>())
      if (failed(checkDestinations(func)))
        return signalPassFailure();
    bufferization::BufferizationState state;
    separateEmptyTensors(module);
    if (failed(insertCopies(module)) || failed(choosePlaces(module)) ||
        failed(bufferization::bufferizeModuleOp(module, getOptions(), state)))
      return signalPassFailure();
    for (auto func : module.getOps<func::FuncOp>())
      if (failed(dropDestinationResults(func)))
        return signalPassFailure();
    SymbolTable symbols(module);
    module.walk([&](func::CallOp call) {
      dropDestinationResults(call,
                             symbols.lookup<func::FuncOp>(call.getCallee()));
    });
    for (auto func : module.getOps<func::FuncOp>())
      if (func->hasAttr("atled.stand_in"))
        eraseStandIn(func);
  }
};
} // namespace
