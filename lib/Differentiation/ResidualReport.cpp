//===- ResidualReport.cpp - Tells what the way back keeps -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ResidualReport.h"
#include "atled/Interfaces/DifferentiableOpInterface.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// Words
//===----------------------------------------------------------------------===//

static void printPlace(Location location, llvm::raw_ostream &os) {
  if (auto place = location->findInstanceOf<FileLineColLoc>())
    os << place.getFilename().getValue() << ':' << place.getLine() << ':'
       << place.getColumn();
  else
    os << "an unknown place";
}

/// Where `value` is computed; of what a loop carries, where the loop is.
static Location getPlace(Value value) {
  Operation *op = value.getDefiningOp();
  return (op ? op : value.getParentBlock()->getParentOp())->getLoc();
}

static std::string describeSource(Value value) {
  std::string source;
  llvm::raw_string_ostream os(source);
  if (Operation *op = value.getDefiningOp()) {
    os << "the result of '" << op->getName() << "'";
    return source;
  }
  Operation *parent = value.getParentBlock()->getParentOp();
  bool isFunction = isa<func::FuncOp>(parent);
  os << (isFunction ? "an argument of '" : "what '") << parent->getName()
     << (isFunction ? "'" : "' carries");
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

bool ResidualReport::hold(Value value, Value holder, int64_t count) {
  bool found = false;
  for (Entry &entry : entries) {
    if (entry.holder != value)
      continue;
    found = true;
    entry.holder = holder;
    if (count != 1)
      entry.counts.insert(entry.counts.begin(), count);
  }
  return found;
}

static StringAttr getFunctionName(Value value) {
  Operation *op = value.getParentBlock()->getParentOp();
  auto function = dyn_cast<func::FuncOp>(op);
  if (!function)
    function = op->getParentOfType<func::FuncOp>();
  return function.getNameAttr();
}

void ResidualReport::record(const ResidualPlan &plan, ValueRange holders,
                            int64_t count) {
  for (auto [value, holder] : llvm::zip_equal(plan.kept, holders)) {
    if (hold(value, holder, count))
      continue;
    Entry entry = {getPlace(value),         describeSource(value),
                   value.getType(),        describeUses(value, plan),
                   std::nullopt,           {},
                   getFunctionName(value), holder};
    if (value.getDefiningOp())
      entry.operations = countAgain(value, plan);
    if (count != 1)
      entry.counts.push_back(count);
    entries.push_back(std::move(entry));
  }
}

void ResidualReport::recordSnapshots(ValueRange values, ValueRange holders,
                                     int64_t count) {
  for (auto [value, holder] : llvm::zip_equal(values, holders))
    entries.push_back({getPlace(value),
                       describeSource(value),
                       value.getType(),
                       "",
                       std::nullopt,
                       {count},
                       getFunctionName(holder),
                       holder});
}

void ResidualReport::remap(const IRMapping &mapping) {
  for (Entry &entry : entries)
    entry.holder = mapping.lookupOrDefault(entry.holder);
}

//===----------------------------------------------------------------------===//
// The report
//===----------------------------------------------------------------------===//

std::optional<int64_t> ResidualReport::Entry::getBytes() const {
  auto shaped = dyn_cast<ShapedType>(type);
  if (shaped && !shaped.hasStaticShape())
    return std::nullopt;
  std::optional<int64_t> bytes = estimateBytes(type);
  for (int64_t count : counts)
    bytes = multiply(bytes, count == 0 ? std::nullopt : std::optional(count));
  return bytes;
}

void ResidualReport::printEntry(const Entry &entry,
                                llvm::raw_ostream &os) const {
  std::optional<int64_t> bytes = entry.getBytes();
  os << "  ";
  bytes ? os << *bytes : os << "an unknown number of";
  os << " bytes: ";
  for (int64_t count : entry.counts)
    (count ? os << count : os << '?') << " x ";
  os << entry.type << ", " << entry.source << " at ";
  printPlace(entry.location, os);
  os << "\n    ";
  if (entry.reason.empty())
    os << "from here iterations run again\n";
  else
    os << "the way back uses it in " << entry.reason << "\n";
  if (entry.operations)
    os << "    to compute it again takes " << *entry.operations
       << " operations each time\n";
}

void ResidualReport::print(llvm::raw_ostream &os) const {
  llvm::MapVector<StringAttr, SmallVector<const Entry *>> functions;
  for (const Entry &entry : entries)
    functions[entry.function].push_back(&entry);
  if (functions.empty())
    os << "no derivative keeps anything for its way back\n";
  for (auto &[function, kept] : functions) {
    std::optional<int64_t> total = 0;
    for (const Entry *entry : kept)
      total = add(total, entry->getBytes());
    os << "@" << function.getValue() << " keeps ";
    total ? os << *total : os << "an unknown number of";
    os << " bytes for its way back\n";
    // What is not known may be anything; of equals, the one that was first.
    auto getKey = [](const Entry *entry) {
      constexpr int64_t most = std::numeric_limits<int64_t>::max();
      return std::pair(-entry->getBytes().value_or(most), entry);
    };
    llvm::sort(kept, [&](const Entry *lhs, const Entry *rhs) {
      return getKey(lhs) < getKey(rhs);
    });
    for (const Entry *entry : kept)
      printEntry(*entry, os);
  }
}
