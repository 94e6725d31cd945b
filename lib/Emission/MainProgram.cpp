//===- MainProgram.cpp - A command line around an object ------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The program is the same for all objects, in the folder Program; what is
// written here are the tables that it goes by:
//
//   static const struct tensor atled_inputs_0[] = {
//       {"w", ATLED_F32, 1, (const int64_t[]){3}, 0, -1, -1, -1}};
//
//===----------------------------------------------------------------------===//

#include "atled/Emission/MainProgram.h"
#include "Contract.h"
#include "EntrySymbols.h"
#include "atled/Emission/Header.h"
#include "llvm/ADT/StringExtras.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// What is a gradient of what
//===----------------------------------------------------------------------===//

static std::optional<unsigned> findTensor(ArrayRef<EntryTensor> tensors,
                                          StringRef name) {
  for (auto [index, tensor] : llvm::enumerate(tensors))
    if (tensor.name == name)
      return index;
  return std::nullopt;
}

/// The tensor among `others` that `tensor` is the gradient of, or the seed: of
/// that name behind `prefix`, and of that type.
static std::optional<unsigned> findOther(const EntryTensor &tensor,
                                         StringRef prefix,
                                         ArrayRef<EntryTensor> others) {
  StringRef name = tensor.name;
  if (!name.consume_front(prefix))
    return std::nullopt;
  std::optional<unsigned> index = findTensor(others, name);
  if (index && others[*index].type == tensor.type)
    return index;
  return std::nullopt;
}

namespace {
/// How the gradients of an entry can be checked.
struct GradientFacts {
  bool isGradient = false;
  /// The entry that has the values, if this one has none.
  std::optional<unsigned> primal;
};
} // namespace

static GradientFacts getGradientFacts(ArrayRef<EntryPoint> entries,
                                      const EntryPoint &entry) {
  StringRef name = entry.name;
  GradientFacts facts;
  if (name.consume_back("_value_and_grad") || name.consume_back("_vjp")) {
    facts.isGradient = true;
    return facts;
  }
  if (!name.consume_back("_grad"))
    return facts;
  for (auto [index, other] : llvm::enumerate(entries))
    if (other.name == name && other.inputs.size() == entry.inputs.size()) {
      facts.isGradient = true;
      facts.primal = index;
    }
  return facts;
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

static std::string getKind(const EntryTensor &tensor) {
  if (tensor.residuals)
    return "ATLED_UI8";
  std::string name;
  llvm::raw_string_ostream(name) << tensor.type.getElementType();
  return "ATLED_" + StringRef(name).upper();
}

static int64_t orNone(std::optional<unsigned> index) {
  return index ? static_cast<int64_t>(*index) : -1;
}

static void printTensors(StringRef table, unsigned index,
                         ArrayRef<EntryTensor> tensors, const EntryPoint &entry,
                         bool isGradient, raw_ostream &os) {
  if (tensors.empty())
    return;
  os << "static const struct tensor atled_" << table << "_" << index
     << "[] = {";
  llvm::interleave(
      tensors, os,
      [&](const EntryTensor &tensor) {
        os << "\n    {\"" << tensor.name << "\", " << getKind(tensor) << ", "
           << tensor.type.getRank() << ", ";
        if (tensor.type.getRank() == 0)
          os << "NULL";
        else
          os << "(const int64_t[]){"
             << llvm::join(llvm::map_range(tensor.type.getShape(),
                                           [](int64_t size) {
                                             return ShapedType::isDynamic(size)
                                                        ? "-1"
                                                        : std::to_string(size);
                                           }),
                           ", ")
             << "}";
        std::optional<unsigned> gradientOf, seedOf;
        if (isGradient) {
          gradientOf = findOther(tensor, "grad_", entry.inputs);
          seedOf = findOther(tensor, "seed_", entry.outputs);
        }
        os << ", " << tensor.accumulates << ", " << orNone(tensor.donated)
           << ", " << orNone(gradientOf) << ", " << orNone(seedOf) << "}";
      },
      ",");
  os << "};\n";
}

static void printFunction(unsigned index, const EntryPoint &entry,
                          const GradientFacts &facts, raw_ostream &os) {
  auto printTable = [&](StringRef table, ArrayRef<EntryTensor> tensors) {
    if (tensors.empty())
      os << "NULL";
    else
      os << "atled_" << table << "_" << index;
    os << ", ";
  };
  os << "    {\"" << entry.symbol << "\", " << getVersionedSymbol(entry.symbol)
     << ", " << getProcessorQuerySymbol(entry.symbol) << ", "
     << (entry.tellsPlaces ? getWhereSymbol(entry.symbol) : "NULL")
     << ",\n     "
     << (entry.isDynamic() ? getWorkspaceBytesSymbol(entry.symbol) : "NULL")
     << ", "
     << (entry.tellsInputDims() ? getInputDimsSymbol(entry.symbol) : "NULL")
     << ", "
     << (entry.countOutputDims() ? getOutputDimsSymbol(entry.symbol) : "NULL")
     << ",\n     ";
  printTable("inputs", entry.inputs);
  printTable("outputs", entry.outputs);
  os << entry.inputs.size() << ", " << entry.outputs.size() << ", "
     << entry.workspaceBytes << ", " << orNone(entry.findToldDims()) << ", "
     << entry.countDims() << ", " << facts.isGradient << ", "
     << orNone(facts.primal) << "},\n";
}

LogicalResult atled::printMainProgram(ArrayRef<EntryPoint> entries,
                                      ArrayRef<ExternalFunction> externals,
                                      raw_ostream &os) {
  os << "/* A program around an object of Atled's: see --help. Compile it with "
        "the object and\n"
        " * link with -lm. It has three parts: the object's header, what is in "
        "the object as\n"
        " * tables, and code that goes by them. */\n\n"
        "#ifdef __GNUC__\n"
        "/* The header's typed functions are for others. */\n"
        "#pragma GCC diagnostic ignored \"-Wunused-function\"\n"
        "#endif\n\n";
  if (failed(printHeader(entries, externals, os)))
    return failure();
  os << "\n" << getMainProgramTypes() << "\n/*===-- The object --===*/\n\n";
  SmallVector<GradientFacts> facts;
  for (auto [index, entry] : llvm::enumerate(entries)) {
    facts.push_back(getGradientFacts(entries, entry));
    printTensors("inputs", index, entry.inputs, entry, facts.back().isGradient,
                 os);
    printTensors("outputs", index, entry.outputs, entry,
                 facts.back().isGradient, os);
  }
  os << "\nstatic const struct function atled_functions[] = {\n";
  for (auto [index, entry] : llvm::enumerate(entries))
    printFunction(index, entry, facts[index], os);
  os << "};\n\n" << getMainProgramCode();
  return success();
}
