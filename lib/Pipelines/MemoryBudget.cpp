//===- MemoryBudget.cpp - Checkpoints that save enough memory -------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The workspace is known when a program has been compiled. So it is compiled,
// and as long as it needs too much, the loop that keeps the most gets a
// checkpoint, or one that keeps less. Which one does not depend on the budget:
// there is one sequence of programs, each with more computed again, and the
// first that fits is taken. Where a snapshot has more in it than what an
// iteration keeps, a checkpoint needs more: the loop gets its next one at once,
// and if none needs less, what it had. With a larger budget less is computed
// again, and one that is no smaller than what the program needs changes
// nothing.
//
//===----------------------------------------------------------------------===//

#include "MemoryBudget.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "llvm/Support/MathExtras.h"

using namespace atled;

namespace {
class MemoryPlanner {
public:
  MemoryPlanner(ModuleOp module, const CompileOptions &options)
      : module(module), options(options) {}

  LogicalResult run();

private:
  struct Trial {
    /// The most that a function needs of who wants all its results; nothing if
    /// that depends on its inputs.
    std::optional<int64_t> bytes;
    /// That function.
    std::string entry;
    std::vector<KeptValue> kept;
  };
  FailureOr<Trial> compile();
  LogicalResult run(ModuleOp program, Phase last,
                    std::vector<KeptValue> *kept = nullptr);

  struct Loop {
    Operation *op;
    /// How often it runs; 0 is not known.
    std::optional<int64_t> trips = std::nullopt;
    /// How many checkpoints it was given, one after the other.
    unsigned step = 0;
    /// The last one that did not need more than those before; null is none.
    Attribute checkpoint = nullptr;
  };
  void numberLoops();
  /// Gives the loop that keeps the most another checkpoint; false if there is
  /// none left.
  bool saveMore(const Trial &trial);
  /// Gives `loop` its next checkpoint; false if there is none.
  bool saveMore(Loop &loop);
  /// Gives `loop` back the checkpoint it had before those that need more.
  void restore(Loop &loop);
  LogicalResult emitTooSmall(const Trial &least);
  const KeptValue *findLargest(const Trial &trial);
  /// The function of an entry, or what tells that there will be one.
  Operation *findEntry(StringRef name);

  ModuleOp module;
  const CompileOptions &options;
  SmallVector<Loop> loops;
  /// The one that was given a checkpoint last, or null.
  Loop *changed = nullptr;
};
} // namespace

void MemoryPlanner::numberLoops() {
  Builder builder(module.getContext());
  module.walk([&](Operation *op) {
    // Deep recursion becomes a loop.
    bool isLoop = isa<LoopLikeOpInterface>(op) ||
                  op->hasAttr(ad::ADDialect::maxDepthAttrName);
    if (!isLoop || op->hasAttr(ad::ADDialect::checkpointAttrName))
      return;
    op->setAttr(ad::ADDialect::loopNumberAttrName,
                builder.getI64IntegerAttr(loops.size()));
    loops.push_back({op});
  });
}

LogicalResult MemoryPlanner::run(ModuleOp program, Phase last,
                                 std::vector<KeptValue> *kept) {
  CompileOptions inner = options;
  inner.configure = nullptr;
  inner.pipeline.printResiduals = false;
  inner.pipeline.kept = kept;
  return runPipeline(program, inner, last);
}

FailureOr<MemoryPlanner::Trial> MemoryPlanner::compile() {
  OwningOpRef<ModuleOp> copy = module.clone();
  Trial trial;
  if (failed(run(*copy, Phase::LLVM, &trial.kept)))
    return failure();
  trial.bytes = 0;
  for (const EntryPoint &entry : getEntryPoints(*copy)) {
    if (entry.isDynamic())
      return findEntry(entry.name)->emitError()
             << "a memory budget needs to know all sizes, and entry '"
             << entry.name
             << "' has dynamic dimensions; give its arguments static sizes";
    if (!trial.bytes ||
        (!entry.hasArena && entry.fullCallBytes <= *trial.bytes))
      continue;
    trial.bytes = entry.fullCallBytes;
    if (entry.hasArena)
      trial.bytes = std::nullopt;
    trial.entry = entry.name;
  }
  return trial;
}

bool MemoryPlanner::saveMore(Loop &loop) {
  MLIRContext *context = module.getContext();
  auto keepPeriodically = [&](int64_t period) -> Attribute {
    return ad::PeriodicAttr::get(context, period);
  };
  auto keepSnapshots = [&](int64_t number) -> Attribute {
    return ad::BinomialAttr::get(context, number);
  };
  int64_t trips = *loop.trips;
  if (trips == 1)
    return false;
  SmallVector<Attribute> checkpoints;
  if (trips > 0) {
    // The square root and the logarithm, rounded up.
    int64_t logarithm = llvm::Log2_64_Ceil(trips);
    int64_t root = std::ceil(std::sqrt(double(trips)));
    checkpoints = {keepPeriodically(root), keepSnapshots(logarithm),
                   keepSnapshots(llvm::divideCeil(logarithm, 2)),
                   keepSnapshots(1)};
  } else {
    checkpoints = {keepSnapshots(32), keepSnapshots(8), keepSnapshots(1)};
  }
  if (loop.step == checkpoints.size())
    return false;
  loop.op->setAttr(ad::ADDialect::checkpointAttrName, checkpoints[loop.step++]);
  changed = &loop;
  return true;
}

void MemoryPlanner::restore(Loop &loop) {
  if (loop.checkpoint)
    loop.op->setAttr(ad::ADDialect::checkpointAttrName, loop.checkpoint);
  else
    loop.op->removeAttr(ad::ADDialect::checkpointAttrName);
}

/// What is not known may be anything.
static int64_t getKnown(std::optional<int64_t> number) {
  return number.value_or(std::numeric_limits<int64_t>::max());
}

bool MemoryPlanner::saveMore(const Trial &trial) {
  // By what they keep, then by how often they run, then in order.
  struct Candidate {
    int64_t bytes, trips;
    unsigned order;
    KeptValue::Level level;
    auto getKey() const { return std::tuple(-bytes, -trips, order); }
  };
  SmallVector<Candidate> candidates;
  for (const KeptValue &value : trial.kept)
    for (KeptValue::Level level : value.levels)
      if (level.loop)
        candidates.push_back(
            {getKnown(value.getBytes()),
             getKnown(level.count ? std::optional(level.count) : std::nullopt),
             unsigned(candidates.size()), level});
  llvm::sort(candidates, [](const Candidate &lhs, const Candidate &rhs) {
    return lhs.getKey() < rhs.getKey();
  });
  return llvm::any_of(candidates, [&](const Candidate &candidate) {
    Loop &loop = loops[*candidate.level.loop];
    if (!loop.trips)
      loop.trips = candidate.level.count;
    return saveMore(loop);
  });
}

Operation *MemoryPlanner::findEntry(StringRef name) {
  Operation *entry = module.lookupSymbol(name);
  return entry ? entry : module;
}

/// The functions that `function` calls, and they call, and itself.
static DenseSet<StringAttr> getCalled(func::FuncOp function) {
  DenseSet<StringAttr> called;
  SmallVector<func::FuncOp> pending = {function};
  while (!pending.empty()) {
    func::FuncOp next = pending.pop_back_val();
    if (!called.insert(next.getNameAttr()).second)
      continue;
    next.walk([&](func::CallOp call) {
      pending.push_back(SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
          call, call.getCalleeAttr()));
    });
  }
  return called;
}

/// The most that is kept for the entry that needs the most, or null.
const KeptValue *MemoryPlanner::findLargest(const Trial &trial) {
  OwningOpRef<ModuleOp> copy = module.clone();
  auto find = [&] { return copy->lookupSymbol<func::FuncOp>(trial.entry); };
  if (failed(run(*copy, Phase::Derivatives)) || !find())
    return nullptr;
  DenseSet<StringAttr> called = getCalled(find());
  const KeptValue *largest = nullptr;
  for (const KeptValue &value : trial.kept)
    if (called.contains(value.function) &&
        (!largest ||
         getKnown(value.getBytes()) > getKnown(largest->getBytes())))
      largest = &value;
  return largest;
}

LogicalResult MemoryPlanner::emitTooSmall(const Trial &least) {
  InFlightDiagnostic diagnostic = findEntry(least.entry)->emitError()
                                  << "the budget of " << *options.memoryBudget
                                  << " bytes is too small: ";
  if (least.bytes) {
    diagnostic << "with all checkpoints that loops can have, the least is "
               << *least.bytes << " bytes, for '" << least.entry << "'";
  } else {
    diagnostic << "how much a function needs depends on its inputs";
    diagnostic.attachNote()
        << "say with 'ad.max_iterations' how often a loop runs at most, let "
           "it, or a recursive function, keep snapshots with "
           "#ad.binomial<...>, or leave the budget away: then the caller gives "
           "what a call needs";
    return diagnostic;
  }
  const KeptValue *largest = findLargest(least);
  if (largest && largest->getBytes())
    diagnostic.attachNote(largest->location)
        << "the most that is kept then is this, " << *largest->getBytes()
        << " bytes; 'ad.checkpoint' around what computes it would keep less";
  return diagnostic;
}

LogicalResult MemoryPlanner::run() {
  numberLoops();
  // What the program needs with the checkpoints that its loops have for good.
  std::optional<Trial> least;
  while (true) {
    FailureOr<Trial> trial = compile();
    if (failed(trial))
      return failure();
    bool needsMore = least && getKnown(trial->bytes) > getKnown(least->bytes);
    if (!needsMore) {
      least = *trial;
      if (changed)
        changed->checkpoint =
            changed->op->getAttr(ad::ADDialect::checkpointAttrName);
    } else if (saveMore(*changed)) {
      continue;
    } else {
      restore(*changed);
    }
    bool fits = least->bytes && *least->bytes <= *options.memoryBudget;
    if (!fits && saveMore(*least))
      continue;
    for (const Loop &loop : loops)
      loop.op->removeAttr(ad::ADDialect::loopNumberAttrName);
    return fits ? success() : emitTooSmall(*least);
  }
}

LogicalResult atled::planMemory(ModuleOp module,
                                const CompileOptions &options) {
  return MemoryPlanner(module, options).run();
}
