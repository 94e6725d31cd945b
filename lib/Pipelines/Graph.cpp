//===- Graph.cpp - A program drawn ----------------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Pipelines/Graph.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Support/Attributes.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/GraphWriter.h"

using namespace atled;

namespace {
/// Where a value comes from, in the picture.
struct Source {
  unsigned node = 0;
  /// The node is `ad.detach`.
  bool isDetached = false;
};

class GraphPrinter {
public:
  GraphPrinter(ModuleOp module, raw_ostream &os) : symbols(module), os(os) {}

  void printEntry(func::FuncOp entry);

private:
  SmallVector<Source> printBody(func::FuncOp function,
                                ArrayRef<Source> arguments, bool isDerivative);
  SmallVector<Source> printOperation(Operation *op, ArrayRef<Source> operands,
                                     bool isDerivative);
  unsigned printNode(const Twine &label, StringRef attributes);
  void printEdge(Source from, unsigned to, bool isDashed);
  DenseSet<Operation *> findPrimals(func::FuncOp function);

  SymbolTable symbols;
  raw_ostream &os;
  unsigned numNodes = 0;
};
} // namespace

static std::string getTypeLabel(Type type) {
  std::string label;
  llvm::raw_string_ostream os(label);
  if (auto shaped = dyn_cast<ShapedType>(type)) {
    for (int64_t size : shaped.getShape())
      os << (ShapedType::isDynamic(size) ? "?" : llvm::itostr(size)) << "x";
    type = shaped.getElementType();
  }
  os << type;
  return label;
}

unsigned GraphPrinter::printNode(const Twine &label, StringRef attributes) {
  os << "    n" << numNodes << " [label=\""
     << llvm::DOT::EscapeString(label.str()) << "\"" << attributes << "];\n";
  return numNodes++;
}

void GraphPrinter::printEdge(Source from, unsigned to, bool isDashed) {
  os << "    n" << from.node << " -> n" << to
     << (isDashed ? " [style=dashed]" : "") << ";\n";
}

/// The operations of `function` that the program itself asks for. A derived
/// function `f.vjp.0` or `f.jvp.0` returns first what `f` returns: what that
/// depends on is f's. All of `f.fwd.0` is, and nothing of `f.bwd.0` and
/// `f.lin.0`.
DenseSet<Operation *> GraphPrinter::findPrimals(func::FuncOp function) {
  StringRef name = function.getName();
  unsigned numPrimalResults = function.getNumResults();
  size_t reverse = name.rfind(".bwd."), both = name.rfind(".vjp.");
  if (reverse == StringRef::npos)
    reverse = name.rfind(".lin.");
  if (both == StringRef::npos)
    both = name.rfind(".jvp.");
  if (reverse != StringRef::npos)
    numPrimalResults = 0;
  else if (auto original = symbols.lookup<func::FuncOp>(name.take_front(both)))
    numPrimalResults = original.getNumResults();

  DenseSet<Operation *> primals;
  SmallVector<Value> worklist(
      function.getBody().front().getTerminator()->getOperands().take_front(
          numPrimalResults));
  while (!worklist.empty()) {
    Operation *op = worklist.pop_back_val().getDefiningOp();
    if (!op || !primals.insert(op).second)
      continue;
    llvm::append_range(worklist, op->getOperands());
    SetVector<Value> captured;
    getUsedValuesDefinedAbove(op->getRegions(), captured);
    llvm::append_range(worklist, captured);
  }
  return primals;
}

SmallVector<Source> GraphPrinter::printOperation(Operation *op,
                                                 ArrayRef<Source> operands,
                                                 bool isDerivative) {
  std::string label = op->getName().stripDialect().str();
  if (op->getNumResults() == 1)
    label += "\n" + getTypeLabel(op->getResult(0).getType());
  unsigned node = printNode(label, isDerivative ? ", color=firebrick" : "");
  bool isDetach = isa<ad::DetachOp>(op);
  for (Source operand : operands)
    printEdge(operand, node, isDetach || operand.isDetached);
  return SmallVector<Source>(op->getNumResults(), Source{node, isDetach});
}

/// Prints what `function` does with `arguments` and returns its results.
/// `isDerivative` is set where all of it belongs to a derivative.
SmallVector<Source> GraphPrinter::printBody(func::FuncOp function,
                                            ArrayRef<Source> arguments,
                                            bool isDerivative) {
  DenseMap<Value, Source> sources;
  for (auto [value, source] :
       llvm::zip_equal(function.getArguments(), arguments))
    sources[value] = source;
  DenseSet<Operation *> primals = findPrimals(function);
  auto getSources = [&](auto &&values) {
    return llvm::map_to_vector(
        values, [&](Value value) { return sources.lookup(value); });
  };

  Block &body = function.getBody().front();
  for (Operation &op : body.without_terminator()) {
    SetVector<Value> operands(op.operand_begin(), op.operand_end());
    getUsedValuesDefinedAbove(op.getRegions(), operands);
    bool belongsToDerivative = isDerivative || !primals.contains(&op);
    auto call = dyn_cast<func::CallOp>(op);
    auto callee =
        call ? symbols.lookup<func::FuncOp>(call.getCallee()) : func::FuncOp();
    SmallVector<Source> results =
        callee && !callee.isDeclaration()
            ? printBody(callee, getSources(op.getOperands()),
                        belongsToDerivative)
            : printOperation(&op, getSources(operands), belongsToDerivative);
    for (auto [value, source] : llvm::zip_equal(op.getResults(), results))
      sources[value] = source;
  }
  return getSources(body.getTerminator()->getOperands());
}

void GraphPrinter::printEntry(func::FuncOp entry) {
  os << "  subgraph \"cluster_" << entry.getName() << "\" {\n    label=\""
     << entry.getName() << "\";\n";
  SmallVector<Source> arguments;
  for (auto [index, type] : llvm::enumerate(entry.getArgumentTypes())) {
    auto name = entry.getArgAttrOfType<StringAttr>(index, tensorNameAttrName);
    std::string label = name ? name.str() : "in" + llvm::utostr(index);
    arguments.push_back(
        {printNode(label + "\n" + getTypeLabel(type), ", shape=ellipse")});
  }
  for (auto [index, source] :
       llvm::enumerate(printBody(entry, arguments, false))) {
    auto name =
        entry.getResultAttrOfType<StringAttr>(index, tensorNameAttrName);
    std::string label = name ? name.str() : "out" + llvm::utostr(index);
    unsigned node =
        printNode(label + "\n" + getTypeLabel(entry.getResultTypes()[index]),
                  ", shape=ellipse");
    printEdge(source, node, source.isDetached);
  }
  os << "  }\n";
}

void atled::printGraph(ModuleOp module, raw_ostream &os) {
  os << "// Black: the program. Red: what its derivative adds. Dashed: "
        "detached.\n"
        "digraph {\n  node [shape=box, fontname=\"monospace\"];\n";
  GraphPrinter printer(module, os);
  for (auto function : module.getOps<func::FuncOp>())
    if (function.isPublic())
      printer.printEntry(function);
  os << "}\n";
}
