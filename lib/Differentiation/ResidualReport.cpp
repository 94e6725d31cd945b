//===- ResidualReport.cpp - Tells what the way back keeps -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ResidualReport.h"
#include "Diagnostics.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Interfaces/DifferentiableOpInterface.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// Words
//===----------------------------------------------------------------------===//

/// Where `value` is computed; of what a loop carries, where the loop is.
static Location getPlace(Value value) {
  Operation *op = value.getDefiningOp();
  return (op ? op : value.getParentBlock()->getParentOp())->getLoc();
}

static std::string describeSource(Value value) {
  std::string source;
  llvm::raw_string_ostream os(source);
  if (auto result = dyn_cast<OpResult>(value)) {
    Operation *op = result.getOwner();
    if (op->getNumResults() == 1)
      os << "the result";
    else
      os << "result " << result.getResultNumber();
    os << " of '" << op->getName() << "'";
    // The function says of itself what its results are.
    if (auto call = dyn_cast<func::CallOp>(op))
      os << " @" << call.getCallee();
    return source;
  }
  Operation *parent = value.getParentBlock()->getParentOp();
  os << (isa<func::FuncOp>(parent) ? "an argument of the function"
                                   : "what the loop carries");
  return source;
}

/// What uses `value` on the way back.
static std::string describeUses(Value value, const ResidualPlan &plan) {
  llvm::StringSet<> seen;
  SmallVector<std::string> users;
  auto addUser = [&](Operation *op) {
    std::string user;
    llvm::raw_string_ostream os(user);
    os << "'" << op->getName() << "' at ";
    printPlace(op->getLoc(), os);
    if (seen.insert(user).second)
      users.push_back(user);
  };
  if (auto it = plan.uses.find(value); it != plan.uses.end())
    for (OpOperand *use : it->second)
      addUser(use->getOwner());
  for (Operation *op : plan.recomputed)
    if (llvm::is_contained(getUsedValues(op), value))
      addUser(op);
  constexpr size_t most = 3;
  std::string reason = llvm::join(ArrayRef(users).take_front(most), ", ");
  if (users.size() > most)
    reason += " and " + std::to_string(users.size() - most) + " more";
  return reason;
}

//===----------------------------------------------------------------------===//
// Costs
//===----------------------------------------------------------------------===//

static std::optional<int64_t> multiply(std::optional<int64_t> lhs,
                                       std::optional<int64_t> rhs) {
  int64_t product;
  if (!lhs || !rhs || llvm::MulOverflow(*lhs, *rhs, product))
    return std::nullopt;
  return product;
}

static std::optional<int64_t> add(std::optional<int64_t> lhs,
                                  std::optional<int64_t> rhs) {
  int64_t sum;
  if (!lhs || !rhs || llvm::AddOverflow(*lhs, *rhs, sum))
    return std::nullopt;
  return sum;
}

/// How many scalar operations `op` takes; nothing if only a run tells.
static std::optional<int64_t> countOperations(Operation *op) {
  auto countBody = [](Block &body) {
    std::optional<int64_t> sum = 0;
    for (Operation &inner : body.without_terminator())
      sum = add(sum, countOperations(&inner));
    return sum;
  };
  if (op->hasTrait<OpTrait::ConstantLike>())
    return 0;
  if (auto rule = dyn_cast<DifferentiableOpInterface>(op))
    return rule.getNumOperations();
  if (auto loop = dyn_cast<scf::ForOp>(op)) {
    std::optional<APInt> trips = loop.getStaticTripCount();
    return trips ? multiply(trips->getSExtValue(), countBody(*loop.getBody()))
                 : std::nullopt;
  }
  if (auto call = dyn_cast<func::CallOp>(op)) {
    auto callee = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
        call, call.getCalleeAttr());
    return callee && !callee.isDeclaration()
               ? countBody(callee.getBody().front())
               : std::nullopt;
  }
  return op->getNumRegions() == 0 ? countElements(op) : std::nullopt;
}

/// How many it takes to compute `value` from what else `plan` keeps, and what
/// the block begins with.
static std::optional<int64_t> countAgain(Value value,
                                         const ResidualPlan &plan) {
  Block *block = value.getParentBlock();
  std::optional<int64_t> sum = 0;
  SmallVector<Value> pending = {value};
  DenseSet<Operation *> seen;
  while (!pending.empty()) {
    Value next = pending.pop_back_val();
    Operation *op = next.getDefiningOp();
    bool isThere = !op || op->getBlock() != block ||
                   (next != value && llvm::is_contained(plan.kept, next));
    if (isThere || !seen.insert(op).second)
      continue;
    sum = add(sum, countOperations(op));
    llvm::append_range(pending, getUsedValues(op));
  }
  return sum;
}

//===----------------------------------------------------------------------===//
// Entries
//===----------------------------------------------------------------------===//

bool ResidualReport::hold(Value value, Value holder,
                          ArrayRef<KeptValue::Level> levels) {
  bool found = false;
  for (auto &[kept, current] : entries) {
    if (current != value)
      continue;
    found = true;
    current = holder;
    kept.levels.insert(kept.levels.begin(), levels.begin(), levels.end());
  }
  return found;
}

static KeptValue::Level getLevel(OpFoldResult capacity, Operation *loop) {
  auto number =
      loop->getAttrOfType<IntegerAttr>(ad::ADDialect::loopNumberAttrName);
  return {getConstantIntValue(capacity).value_or(0),
          number ? std::optional(number.getInt()) : std::nullopt};
}

static StringAttr getFunctionName(Value value) {
  Operation *op = value.getParentBlock()->getParentOp();
  auto function = dyn_cast<func::FuncOp>(op);
  if (!function)
    function = op->getParentOfType<func::FuncOp>();
  return function.getNameAttr();
}

void ResidualReport::record(const ResidualPlan &plan, Value value, Value holder,
                            ArrayRef<KeptValue::Level> levels) {
  if (hold(value, holder, levels))
    return;
  std::optional<int64_t> operations;
  if (value.getDefiningOp())
    operations = countAgain(value, plan);
  entries.push_back(
      {{getPlace(value), describeSource(value), value.getType(),
        describeUses(value, plan), operations,
        SmallVector<KeptValue::Level>(levels), getFunctionName(value)},
       holder});
}

void ResidualReport::record(const ResidualPlan &plan, ValueRange holders) {
  for (auto [value, holder] : llvm::zip_equal(plan.kept, holders))
    record(plan, value, holder, ArrayRef<KeptValue::Level>());
}

void ResidualReport::recordStack(const ResidualPlan &plan, Value value,
                                 Value stack, OpFoldResult capacity,
                                 Operation *loop) {
  record(plan, value, stack, getLevel(capacity, loop));
}

void ResidualReport::recordSnapshots(ValueRange values, ValueRange stacks,
                                     OpFoldResult capacity, Operation *loop) {
  for (auto [value, stack] : llvm::zip_equal(values, stacks))
    entries.push_back({{getPlace(value),
                        describeSource(value),
                        value.getType(),
                        "",
                        std::nullopt,
                        {getLevel(capacity, loop)},
                        getFunctionName(stack)},
                       stack});
}

void ResidualReport::remap(const IRMapping &mapping) {
  for (Entry &entry : entries)
    entry.holder = mapping.lookupOrDefault(entry.holder);
}

std::vector<KeptValue> ResidualReport::getKept() const {
  std::vector<KeptValue> kept;
  for (const Entry &entry : entries)
    kept.push_back(entry.kept);
  return kept;
}

//===----------------------------------------------------------------------===//
// The report
//===----------------------------------------------------------------------===//

std::optional<int64_t> KeptValue::getBytes() const {
  auto shaped = dyn_cast<ShapedType>(type);
  if (shaped && !shaped.hasStaticShape())
    return std::nullopt;
  std::optional<int64_t> bytes = estimateBytes(type);
  for (Level level : levels)
    bytes = multiply(bytes, level.count == 0 ? std::nullopt
                                             : std::optional(level.count));
  return bytes;
}

static void printBytes(std::optional<int64_t> bytes, llvm::raw_ostream &os) {
  bytes ? os << *bytes : os << "an unknown number of";
  os << " bytes";
}

static void print(const KeptValue &kept, llvm::raw_ostream &os) {
  printBytes(kept.getBytes(), os << "  ");
  os << ": ";
  for (KeptValue::Level level : kept.levels)
    (level.count ? os << level.count : os << '?') << " x ";
  os << kept.type << ", " << kept.source << " at ";
  printPlace(kept.location, os);
  os << "\n    ";
  if (kept.uses.empty())
    os << "from here iterations run again\n";
  else
    os << "the way back uses it in " << kept.uses << "\n";
  if (kept.operations)
    os << "    to compute it again takes " << *kept.operations
       << (*kept.operations == 1 ? " operation" : " operations")
       << " each time\n";
}

void atled::printKept(ArrayRef<KeptValue> kept, llvm::raw_ostream &os) {
  llvm::MapVector<StringAttr, SmallVector<const KeptValue *>> functions;
  for (const KeptValue &value : kept)
    functions[value.function].push_back(&value);
  if (functions.empty())
    os << "no derivative keeps anything for its way back\n";
  for (auto &[function, values] : functions) {
    std::optional<int64_t> total = 0;
    for (const KeptValue *value : values)
      total = add(total, value->getBytes());
    printBytes(total, os << "@" << function.getValue() << " keeps ");
    os << " for its way back\n";
    // What is not known may be anything; of equals, the one that was first.
    auto getKey = [](const KeptValue *value) {
      constexpr int64_t most = std::numeric_limits<int64_t>::max();
      return std::pair(-value->getBytes().value_or(most), value);
    };
    llvm::sort(values, [&](const KeptValue *lhs, const KeptValue *rhs) {
      return getKey(lhs) < getKey(rhs);
    });
    for (const KeptValue *value : values)
      print(*value, os);
  }
}
