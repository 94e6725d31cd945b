//===- Header.cpp - The C header of an object -----------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Emission/Header.h"
#include "CNames.h"
#include "Contract.h"
#include "EntrySymbols.h"
#include "atled/atled.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/raw_ostream.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// Macros of a tensor begin with this: `LOSS_GRAD_IN_W`.
static std::string getTensorMacro(const EntryPoint &entry, StringRef direction,
                                  const EntryTensor &tensor) {
  return toMacroName(entry.symbol) + "_" + direction.str() + "_" +
         toMacroName(tensor.name);
}

SmallVector<std::string> atled::getDeclaredNames(const EntryPoint &entry) {
  const std::string &symbol = entry.symbol;
  std::string macro = toMacroName(symbol);
  SmallVector<std::string> names = getDefinedSymbols(entry);
  names.insert(names.end(),
               {symbol + "_call", symbol + "_inputs", symbol + "_outputs",
                macro + "_WORKSPACE_ALIGN", macro + "_H", macro + "_HPP"});
  if (entry.isDynamic())
    names.insert(names.end(), {macro + "_DIMS", macro + "_INPUT_DIMS",
                               macro + "_OUTPUT_DIMS"});
  else
    names.insert(names.end(), {macro + "_WORKSPACE_BYTES",
                               macro + "_FULL_CALL_WORKSPACE_BYTES"});
  auto addTensors = [&](StringRef direction, ArrayRef<EntryTensor> tensors) {
    for (const EntryTensor &tensor : tensors) {
      if (tensor.residuals) {
        names.push_back(macro + "_RESIDUAL_BYTES");
        names.push_back(macro + "_RESIDUAL_ALIGN");
        continue;
      }
      std::string prefix = getTensorMacro(entry, direction, tensor);
      names.push_back(prefix + "_SIZE");
      for (int64_t i = 0, rank = tensor.type.getRank(); i != rank; ++i)
        names.push_back(prefix + "_DIM" + llvm::utostr(i));
    }
  };
  addTensors("IN", entry.inputs);
  addTensors("OUT", entry.outputs);
  return names;
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

/// `w: tensor<64x10xf32>, b: tensor<10xf32>`, a line each where there are many.
static void printTensorList(ArrayRef<EntryTensor> tensors, raw_ostream &os) {
  StringRef separator = tensors.size() > 3 ? ",\n *       " : ", ";
  os << "(";
  if (tensors.size() > 3)
    os << "\n *       ";
  llvm::interleave(
      tensors, os,
      [&](const EntryTensor &tensor) {
        os << tensor.name << ": " << tensor.type;
      },
      separator);
  os << ")";
}

static void printSignature(const EntryPoint &entry, raw_ostream &os) {
  os << " *   " << entry.symbol;
  printTensorList(entry.inputs, os);
  os << " -> ";
  printTensorList(entry.outputs, os);
  os << "\n";
}

static void printFileComment(ArrayRef<EntryPoint> entries,
                             ArrayRef<ExternalFunction> externals,
                             raw_ostream &os) {
  os << "/* Compiled by Atled; do not edit. This header and the object need no "
        "other file;\n"
        " * link with the C library's mathematics (-lm).\n"
        " *\n";
  for (const EntryPoint &entry : entries)
    printSignature(entry, os);
  if (!externals.empty())
    os << " *\n * The object calls functions that it does not define:\n *\n";
  for (const ExternalFunction &external : externals)
    os << " *   " << external.name << external.signature << "\n";
  os << " */\n";
}

/// How many elements `tensor` has, in C; `dims` has the dynamic dimensions,
/// those of this tensor from the `next`-th on.
static std::string getSizeText(const EntryTensor &tensor, StringRef dims,
                               unsigned next) {
  if (tensor.type.hasStaticShape())
    return llvm::itostr(tensor.type.getNumElements());
  SmallVector<std::string> factors;
  for (int64_t size : tensor.type.getShape())
    factors.push_back(ShapedType::isDynamic(size)
                          ? (dims + "[" + Twine(next++) + "]").str()
                          : llvm::itostr(size));
  return "(" + llvm::join(factors, " * ") + ")";
}

/// The dimensions of tensors; dynamic ones as a part of the array `dims`.
static void printTensorMacros(const EntryPoint &entry, StringRef direction,
                              StringRef dims, ArrayRef<EntryTensor> tensors,
                              raw_ostream &os) {
  unsigned next = 0;
  std::string parameter = ("(" + dims + ")").str();
  for (const EntryTensor &tensor : tensors) {
    if (tensor.residuals) {
      next += tensor.type.getNumDynamicDims();
      continue;
    }
    std::string prefix = getTensorMacro(entry, direction, tensor);
    os << "#define " << prefix << "_SIZE"
       << (tensor.type.hasStaticShape() ? "" : parameter) << " "
       << getSizeText(tensor, parameter, next) << "\n";
    for (auto [dimension, size] : llvm::enumerate(tensor.type.getShape())) {
      os << "#define " << prefix << "_DIM" << dimension;
      if (ShapedType::isDynamic(size))
        os << parameter << " (" << parameter << "[" << next++ << "])\n";
      else
        os << " " << size << "\n";
    }
  }
}

/// `dims[0] is dimension 0 of x`, a line each.
static void printDimensionList(StringRef array, ArrayRef<EntryTensor> tensors,
                               raw_ostream &os) {
  unsigned next = 0;
  for (const EntryTensor &tensor : tensors)
    for (auto [dimension, size] : llvm::enumerate(tensor.type.getShape()))
      if (ShapedType::isDynamic(size))
        os << "\n *   " << array << "[" << next++ << "]: dimension "
           << dimension << " of " << tensor.name;
}

/// One that tells dimensions which follow from `dims`.
static void printDimsFunction(const EntryPoint &entry, StringRef array,
                              ArrayRef<EntryTensor> tensors, StringRef symbol,
                              raw_ostream &os) {
  printDimensionList(array, tensors, os);
  unsigned count = 0;
  for (const EntryTensor &tensor : tensors)
    count += tensor.type.getNumDynamicDims();
  os << " */\n#define " << toMacroName(entry.symbol) << "_"
     << toMacroName(array) << " " << count << "\n"
     << "int32_t " << symbol << "(const int64_t *dims, int64_t *" << array
     << ");\n\n";
}

/// What a call asks for before it is made, where a dimension is dynamic.
static void printSizeFunctions(const EntryPoint &entry, raw_ostream &os) {
  std::string macro = toMacroName(entry.symbol);
  if (entry.countDims() == 0)
    os << "/* No input has a dynamic dimension: dims may be NULL.";
  else if (entry.forwardInputs)
    os << "/* The dynamic dimensions that a call takes are those of the way "
          "there:";
  else
    os << "/* The dynamic dimensions that a call takes:";
  printDimensionList("dims", entry.getSizedByCaller(), os);
  os << " */\n#define " << macro << "_DIMS " << entry.countDims() << "\n"
     << "/* Enough workspace for "
     << (entry.hasArena ? "many calls with these dimensions, in bytes. One may "
                          "need more, depending on\n"
                          " * its inputs: then it returns "
                          "ATLED_ERROR_EXHAUSTED_WORKSPACE and tells how much. "
                        : "every call with these dimensions, in bytes. ")
     << "SIZE_MAX where they\n * do not fit together. */\n"
     << "size_t " << getWorkspaceBytesSymbol(entry.symbol)
     << "(const int64_t *dims);\n"
     << "#define " << macro << "_WORKSPACE_ALIGN ATLED_WORKSPACE_ALIGN\n\n";
  auto printComment = [&](StringRef tensors) {
    os << "/* The dynamic dimensions of the " << tensors
       << ", which follow. Returns 0, ATLED_ERROR_NULL_DIMS\n"
          " * where one of both is NULL, or ATLED_ERROR_DIMS:";
  };
  if (entry.tellsInputDims()) {
    printComment("inputs");
    printDimsFunction(entry, "input_dims", entry.inputs,
                      getInputDimsSymbol(entry.symbol), os);
  }
  if (entry.countOutputDims() != 0) {
    printComment("outputs");
    printDimsFunction(entry, "output_dims", entry.outputs,
                      getOutputDimsSymbol(entry.symbol), os);
  }
}

static void printWorkspaceMacros(const EntryPoint &entry, raw_ostream &os) {
  std::string macro = toMacroName(entry.symbol);
  os << (entry.hasArena ? "/* The least workspace, in bytes. A call may need "
                          "more, depending on its inputs:\n"
                          " * then it returns ATLED_ERROR_EXHAUSTED_WORKSPACE "
                          "and tells how much. */\n"
                        : "/* Enough workspace for every call, in bytes. */\n")
     << "#define " << macro << "_WORKSPACE_BYTES " << entry.workspaceBytes
     << "\n"
     << "/* Enough where no output is NULL. */\n"
     << "#define " << macro << "_FULL_CALL_WORKSPACE_BYTES "
     << entry.fullCallBytes << "\n"
     << "#define " << macro << "_WORKSPACE_ALIGN ATLED_WORKSPACE_ALIGN\n\n";
}

/// What the caller must know of residuals, if there are any.
static void printResidualMacros(const EntryPoint &entry,
                                ArrayRef<EntryTensor> tensors,
                                StringRef comment, raw_ostream &os) {
  std::string macro = toMacroName(entry.symbol);
  for (const EntryTensor &tensor : tensors) {
    if (!tensor.residuals)
      continue;
    os << comment;
    if (entry.isDynamic())
      os << "size_t " << getResidualBytesSymbol(entry.symbol)
         << "(const int64_t *dims);\n";
    else
      os << "#define " << macro << "_RESIDUAL_BYTES " << tensor.getBytes()
         << "\n";
    os << "#define " << macro << "_RESIDUAL_ALIGN " << tensor.getAlignment()
       << "\n\n";
  }
}

static void printMacros(const EntryPoint &entry, raw_ostream &os) {
  if (entry.isDynamic())
    printSizeFunctions(entry, os);
  else
    printWorkspaceMacros(entry, os);
  printResidualMacros(
      entry, entry.outputs,
      "/* Bytes of the residuals: what this call keeps for its way back, which "
      "nobody else\n"
      " * understands. The way back only reads them: it may run any number of "
      "times, and on\n"
      " * other threads at once. */\n",
      os);
  printResidualMacros(
      entry, entry.inputs,
      ("/* Bytes of the residuals that the way there has kept. They are only "
       "read, any number\n"
       " * of times, and on any threads. Other inputs of the same names as "
       "there must have the\n"
       " * values that they had then" +
       Twine(entry.countDims() ? ", and the dimensions are the same. */\n"
                               : ". */\n"))
          .str(),
      os);
  os << "/* Elements, and dimensions from the outermost to the innermost"
     << (entry.isDynamic() ? ". The elements are a product that\n"
                             " * overflows for dimensions that are out of "
                             "range: see before whether they fit. */\n"
                           : ". */\n");
  printTensorMacros(entry, "IN", entry.forwardInputs ? "input_dims" : "dims",
                    entry.inputs, os);
  printTensorMacros(entry, "OUT", "output_dims", entry.outputs, os);
  os << "\n";
}

static void printStruct(const EntryPoint &entry, StringRef suffix,
                        StringRef qualifier, ArrayRef<EntryTensor> tensors,
                        raw_ostream &os) {
  if (tensors.empty())
    return;
  os << "struct " << entry.symbol << suffix << " {\n";
  for (const EntryTensor &tensor : tensors) {
    StringRef type =
        tensor.residuals ? "void" : getCType(tensor.type.getElementType());
    os << "  " << qualifier << type << " *" << tensor.name << "; /* "
       << tensor.type;
    if (tensor.accumulates)
      os << ", added to what is there";
    if (tensor.donated)
      os << ", where input " << entry.inputs[*tensor.donated].name << " is";
    os << " */\n";
  }
  os << "};\n\n";
}

static void printDeclaration(StringRef symbol, raw_ostream &os) {
  os << "int32_t " << symbol
     << "(const void *const *in, void *const *out, const int64_t *dims,\n"
     << std::string(symbol.size() + 9, ' ')
     << "void *workspace, size_t workspace_bytes, const atled_exec *exec);\n";
}

/// The array of pointers that the uniform symbol takes.
static void printPointerArray(StringRef type, StringRef name, StringRef from,
                              ArrayRef<EntryTensor> tensors, raw_ostream &os) {
  if (tensors.empty())
    return;
  os << "  " << type << name << "[] = {";
  StringRef separator = tensors.size() > 4 ? ",\n      " : ", ";
  if (tensors.size() > 4)
    os << "\n      ";
  llvm::interleave(
      tensors, os,
      [&](const EntryTensor &tensor) { os << from << "->" << tensor.name; },
      separator);
  os << "};\n";
}

/// The typed wrapper. It calls the symbol that carries the contract's version.
static void printCall(const EntryPoint &entry, raw_ostream &os) {
  const std::string &symbol = entry.symbol;
  os << "static inline int32_t " << symbol << "_call(";
  std::string indent(symbol.size() + 28, ' ');
  if (!entry.inputs.empty())
    os << "const struct " << symbol << "_inputs *inputs,\n" << indent;
  if (!entry.outputs.empty())
    os << "const struct " << symbol << "_outputs *outputs,\n" << indent;
  if (entry.isDynamic())
    os << "const int64_t *dims,\n" << indent;
  os << "void *workspace, size_t workspace_bytes,\n"
     << indent << "const atled_exec *exec) {\n";
  printPointerArray("const void *const ", "in", "inputs", entry.inputs, os);
  printPointerArray("void *const ", "out", "outputs", entry.outputs, os);
  os << "  return " << getVersionedSymbol(symbol) << "("
     << (entry.inputs.empty() ? "NULL" : "in") << ", "
     << (entry.outputs.empty() ? "NULL" : "out") << ", "
     << (entry.isDynamic() ? "dims" : "NULL")
     << ", workspace, workspace_bytes, exec);\n"
     << "}\n\n";
}

static void printEntry(const EntryPoint &entry, raw_ostream &os) {
  os << "/*===-- " << entry.symbol << " --===*/\n\n";
  printMacros(entry, os);
  printStruct(entry, "_inputs", "const ", entry.inputs, os);
  printStruct(entry, "_outputs", "", entry.outputs, os);
  os << "/* The same function under two names; see the contract above. The one "
        "that is\n"
        " * typed below calls the second: an object of another contract does "
        "not link. */\n";
  printDeclaration(entry.symbol, os);
  printDeclaration(getVersionedSymbol(entry.symbol), os);
  os << "\n/* 1 if this machine can run the code, 0 if its processor lacks "
        "what "
        "the code needs:\n"
        " * then every call returns ATLED_ERROR_PROCESSOR. */\n"
     << "int32_t " << getProcessorQuerySymbol(entry.symbol) << "(void);\n\n";
  if (entry.tellsPlaces)
    os << "/* Where the call failed that returned a positive code and had this "
          "workspace. */\n"
       << "const char *" << getWhereSymbol(entry.symbol)
       << "(const void *workspace);\n\n";
  printCall(entry, os);
}

/// For whoever writes these functions: a definition of another type is an
/// error.
static void printExternals(ArrayRef<ExternalFunction> externals,
                           raw_ostream &os) {
  if (externals.empty())
    return;
  os << "/*===-- What the linker has to find --===*/\n\n"
        "/* Each reads its inputs, writes every element of every output, and "
        "returns 0 or a\n"
        " * code, which the entry that runs then returns; see the contract "
        "above. */\n\n";
  for (const ExternalFunction &external : externals) {
    if (external.workspaceBytes)
      os << "/* With a workspace of " << external.workspaceBytes
         << " bytes, aligned to " << ATLED_WORKSPACE_ALIGN << ". */\n";
    else
      os << "/* Without a workspace. */\n";
    printDeclaration(external.name, os);
    os << "\n";
  }
}

LogicalResult atled::printHeader(ArrayRef<EntryPoint> entries,
                                 ArrayRef<ExternalFunction> externals,
                                 raw_ostream &os) {
  // `loss` and `loss_call`, or `loss` and `Loss`, cannot be in one header.
  if (failed(
          checkNamesDiffer(entries, "declare", "the header", getDeclaredNames)))
    return failure();
  std::string guard =
      entries.empty() ? "ATLED_EMPTY_H" : toMacroName(entries[0].symbol) + "_H";
  printFileComment(entries, externals, os);
  os << "#ifndef " << guard << "\n#define " << guard << "\n\n"
     << getContractText() << "\n";
  os << "#if ATLED_ABI != " << ATLED_ABI << "\n"
     << "#error \"an atled.h of another version has been included before this "
        "header\"\n"
     << "#endif\n\n"
     << "#ifdef __cplusplus\nextern \"C\" {\n#endif\n\n";
  for (const EntryPoint &entry : entries)
    printEntry(entry, os);
  printExternals(externals, os);
  os << "#ifdef __cplusplus\n}\n#endif\n\n#endif /* " << guard << " */\n";
  return success();
}
