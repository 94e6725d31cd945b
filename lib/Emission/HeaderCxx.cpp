//===- HeaderCxx.cpp - The C++ header of an object ------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each entry is a struct of the namespace atled::fn with what belongs to it:
//
//   atled::fn::loss_grad::inputs in;    // spans, checked by the compiler
//   atled::fn::loss_grad::run(in, out, workspace);
//
//===----------------------------------------------------------------------===//

#include "CNames.h"
#include "Contract.h"
#include "EntrySymbols.h"
#include "atled/Emission/Header.h"
#include "atled/atled.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace atled;

/// `span<const float, 640>`; residuals are bytes.
static std::string getSpan(const EntryTensor &tensor, StringRef qualifier) {
  StringRef type = tensor.residuals ? "unsigned char"
                                    : getCType(tensor.type.getElementType());
  std::string size = tensor.type.hasStaticShape()
                         ? llvm::itostr(tensor.type.getNumElements())
                         : "::atled::dynamic_extent";
  return ("::atled::span<" + qualifier + type + ", " + size + ">").str();
}

static void printTensors(StringRef name, StringRef qualifier,
                         ArrayRef<EntryTensor> tensors, raw_ostream &os) {
  os << "  struct " << name << " {\n";
  for (const EntryTensor &tensor : tensors)
    os << "    " << getSpan(tensor, qualifier) << " " << tensor.name << "; // "
       << tensor.type << "\n";
  os << "  };\n\n";
}

static void printPointers(StringRef type, StringRef array, StringRef from,
                          ArrayRef<EntryTensor> tensors, raw_ostream &os) {
  if (tensors.empty()) {
    os << "    (void)" << from << ";\n";
    return;
  }
  os << "    " << type << array << "[] = {";
  llvm::interleave(
      tensors, os,
      [&](const EntryTensor &tensor) {
        os << "\n        " << from << "." << tensor.name << ".data()";
      },
      ",");
  os << "};\n";
}

/// The name of an entry, unless it is that of one of its members.
static std::string getStructName(const EntryPoint &entry) {
  bool isTaken =
      llvm::StringSwitch<bool>(entry.symbol)
          .Cases({"call", "cpu_ok", "run", "where", "inputs", "outputs"}, true)
          .Cases({"workspace_bytes", "full_call_workspace_bytes",
                  "residual_bytes"},
                 true)
          .Cases({"dims", "input_dims", "get_input_dims", "output_dims",
                  "get_output_dims", "check_views", "call_checked"},
                 true)
          .Default(false);
  return entry.symbol + (isTaken ? "_" : "");
}

/// Returns ATLED_ERROR_DIMS where a view has another size than `dims` says.
static void printSizeChecks(StringRef from, StringRef dims,
                            ArrayRef<EntryTensor> tensors, raw_ostream &os) {
  unsigned next = 0;
  for (const EntryTensor &tensor : tensors) {
    if (tensor.type.hasStaticShape())
      continue;
    std::string view = from.str() + "." + tensor.name;
    // What has room for more has room for these.
    if (tensor.residuals) {
      os << "    if (" << view << ".data() != nullptr &&\n"
         << "        " << view << ".size() < static_cast<std::uint64_t>("
         << dims << "[" << next++ << "]))\n"
         << "      return ATLED_ERROR_DIMS;\n";
      continue;
    }
    os << "    if (" << view << ".data() != nullptr &&\n"
       << "        !::atled::has_size(" << view << ".size(), {";
    llvm::interleaveComma(tensor.type.getShape(), os, [&](int64_t size) {
      if (ShapedType::isDynamic(size))
        os << dims << "[" << next++ << "]";
      else
        os << size;
    });
    os << "}))\n"
       << "      return ATLED_ERROR_DIMS;\n";
  }
}

/// Views are compared with the dimensions before there is memory for any of
/// what these say.
static void printCheckViews(const EntryPoint &entry, raw_ostream &os) {
  bool hasOutputs = entry.countOutputDims() != 0;
  os << "  static std::int32_t check_views("
     << (entry.countInputDims() != 0 ? "const inputs &in, " : "")
     << (hasOutputs ? "const outputs &out, " : "") << "const dims &d) noexcept "
     << "{\n";
  if (entry.tellsInputDims())
    os << "    input_dims i;\n"
       << "    if (std::int32_t code = get_input_dims(d, i))\n"
       << "      return code;\n";
  printSizeChecks("in", entry.forwardInputs ? "i" : "d", entry.inputs, os);
  if (hasOutputs) {
    os << "    output_dims o;\n"
       << "    if (std::int32_t code = get_output_dims(d, o))\n"
       << "      return code;\n";
    printSizeChecks("out", "o", entry.outputs, os);
  }
  os << "    return ATLED_OK;\n"
     << "  }\n\n";
}

/// What a call asks for before it is made, where a dimension is dynamic.
static void printCxxSizeFunctions(const EntryPoint &entry, raw_ostream &os) {
  os << "  using dims = std::array<std::int64_t, " << entry.countDims()
     << ">;\n"
     << "  /// Enough for every call with these dimensions"
     << (entry.hasArena ? ", but for some inputs: `run` finds out" : "")
     << "; SIZE_MAX where they do not fit together.\n"
     << "  static std::size_t workspace_bytes(const dims &d) noexcept {\n"
     << "    return ::" << getWorkspaceBytesSymbol(entry.symbol)
     << "(d.data());\n"
     << "  }\n";
  if (entry.getResiduals())
    os << "  /// A `buffer` of that size holds residuals.\n"
       << "  static std::size_t residual_bytes(const dims &d) noexcept {\n"
       << "    return ::" << getResidualBytesSymbol(entry.symbol)
       << "(d.data());\n"
       << "  }\n";
  auto printDimsFunction = [&](StringRef side, unsigned count,
                               const std::string &symbol) {
    os << "  using " << side << "_dims = std::array<std::int64_t, " << count
       << ">;\n"
       << "  /// Writes the dynamic dimensions of the " << side
       << "s; returns a code of the contract.\n"
       << "  static std::int32_t get_" << side << "_dims(const dims &d, "
       << side << "_dims &" << side.front() << ") noexcept {\n"
       << "    return ::" << symbol << "(d.data(), " << side.front()
       << ".data());\n"
       << "  }\n";
  };
  if (entry.tellsInputDims())
    printDimsFunction("input", entry.countInputDims(),
                      getInputDimsSymbol(entry.symbol));
  if (entry.countOutputDims() != 0)
    printDimsFunction("output", entry.countOutputDims(),
                      getOutputDimsSymbol(entry.symbol));
}

static void printWorkspaceConstants(const EntryPoint &entry, raw_ostream &os) {
  os << "  /// Enough for every call"
     << (entry.hasArena ? ", but for some inputs: `run` finds out" : "")
     << "; and where no output is null.\n"
     << "  static constexpr std::size_t workspace_bytes = "
     << entry.workspaceBytes << ";\n"
     << "  static constexpr std::size_t full_call_workspace_bytes = "
     << entry.fullCallBytes << ";\n";
}

/// What `call` and `run` take.
static void printParameters(const EntryPoint &entry, StringRef indent,
                            raw_ostream &os) {
  os << "(const inputs &in, const outputs &out, ";
  if (entry.isDynamic())
    os << "const dims &d, ";
  os << "::atled::buffer &workspace,\n"
     << indent << "const atled_exec *exec = nullptr)";
}

/// `name`, which hands everything on to the object.
static void printCall(const EntryPoint &entry, StringRef name,
                      raw_ostream &os) {
  os << "  static std::int32_t " << name;
  printParameters(entry, std::string(23 + name.size(), ' '), os);
  os << " noexcept {\n";
  printPointers("const void *const ", "in_pointers", "in", entry.inputs, os);
  printPointers("void *const ", "out_pointers", "out", entry.outputs, os);
  os << "    return ::" << getVersionedSymbol(entry.symbol) << "("
     << (entry.inputs.empty() ? "nullptr" : "in_pointers") << ", "
     << (entry.outputs.empty() ? "nullptr" : "out_pointers") << ", "
     << (entry.isDynamic() ? "d.data()" : "nullptr")
     << ",\n        workspace.data(), workspace.size(), exec);\n"
     << "  }\n\n";
}

static void printCxxEntry(const EntryPoint &entry, raw_ostream &os) {
  bool isDynamic = entry.isDynamic();
  // `run` has checked the views before there is a workspace.
  StringRef call = isDynamic ? "call_checked" : "call";
  StringRef dimsArgument = isDynamic ? "d, " : "";
  StringRef inArgument = entry.countInputDims() != 0 ? "in, " : "";
  StringRef outArgument = entry.countOutputDims() != 0 ? "out, " : "";
  std::string checkViews =
      ("check_views(" + inArgument + outArgument + "d)").str();
  os << "struct " << getStructName(entry) << " {\n";
  if (isDynamic)
    printCxxSizeFunctions(entry, os);
  else
    printWorkspaceConstants(entry, os);
  if (const EntryTensor *residuals = entry.getResiduals();
      residuals && !isDynamic)
    os << "  /// A `buffer` of that size holds residuals.\n"
       << "  static constexpr std::size_t residual_bytes = "
       << residuals->getBytes() << ";\n";
  os << "\n";
  printTensors("inputs", "const ", entry.inputs, os);
  printTensors("outputs", "", entry.outputs, os);
  os << "  /// Whether this machine can run the code.\n"
     << "  static bool cpu_ok() noexcept { return ::"
     << getProcessorQuerySymbol(entry.symbol) << "() != 0; }\n\n";
  if (entry.tellsPlaces)
    os << "  /// Where the call failed that returned a positive code and had "
          "this workspace.\n"
       << "  static const char *where(const ::atled::buffer &workspace) "
          "noexcept {\n"
       << "    return ::" << getWhereSymbol(entry.symbol)
       << "(workspace.data());\n  }\n\n";
  if (isDynamic) {
    os << "private:\n";
    printCheckViews(entry, os);
    printCall(entry, "call_checked", os);
    os << "public:\n";
  }
  os << "  /// Returns a code of the contract.\n";
  if (isDynamic) {
    os << "  static std::int32_t call";
    printParameters(entry, std::string(27, ' '), os);
    os << " noexcept {\n"
       << "    if (std::int32_t code = " << checkViews << ")\n"
       << "      return code;\n"
       << "    return " << call << "(in, out, " << dimsArgument
       << "workspace, exec);\n"
       << "  }\n\n";
  } else {
    printCall(entry, "call", os);
  }
  os << "#if ATLED_EXCEPTIONS\n"
     << "  /// Lets the workspace grow to what the call needs, and throws "
        "`error` where it fails.\n"
     << "  static void run";
  printParameters(entry, std::string(18, ' '), os);
  os << " {\n";
  if (isDynamic)
    os << "    const std::size_t bytes = workspace_bytes(d);\n"
       << "    std::int32_t code = bytes == static_cast<std::size_t>(-1)\n"
       << "                            ? ATLED_ERROR_DIMS\n"
       << "                            : " << checkViews << ";\n"
       << "    if (code != ATLED_OK)\n"
       << "      throw ::atled::error(code);\n"
       << "    workspace.grow(bytes);\n"
       << "    code = " << call << "(in, out, " << dimsArgument
       << "workspace, exec);\n";
  else
    os << "    workspace.grow(workspace_bytes);\n"
       << "    std::int32_t code = " << call << "(in, out, " << dimsArgument
       << "workspace, exec);\n";
  if (entry.hasArena)
    os << "    if (code == ATLED_ERROR_EXHAUSTED_WORKSPACE) {\n"
       << "      std::uint64_t needed;\n"
       << "      std::memcpy(&needed, workspace.data(), sizeof needed);\n"
       << "      workspace.grow(static_cast<std::size_t>(needed));\n"
       << "      code = " << call << "(in, out, " << dimsArgument
       << "workspace, exec);\n"
       << "    }\n";
  if (entry.tellsPlaces)
    os << "    if (code > 0)\n"
       << "      throw ::atled::error(code, where(workspace));\n";
  os << "    if (code != ATLED_OK)\n"
     << "      throw ::atled::error(code);\n"
     << "  }\n"
     << "#endif\n"
     << "};\n\n";
}

LogicalResult atled::printCxxHeader(ArrayRef<EntryPoint> entries,
                                    ArrayRef<ExternalFunction> externals,
                                    raw_ostream &os) {
  // `call` is `call_`, too.
  auto getNames = [](const EntryPoint &entry) {
    return SmallVector<std::string>{getStructName(entry)};
  };
  if (failed(printHeader(entries, externals, os)) ||
      failed(checkNamesDiffer(entries, "declare",
                              "the namespace 'atled::fn' of the header",
                              getNames)))
    return failure();
  std::string guard = entries.empty() ? "ATLED_EMPTY_HPP"
                                      : toMacroName(entries[0].symbol) + "_HPP";
  os << "\n/*===-- C++ --===*/\n\n"
     << "#ifndef " << guard << "\n#define " << guard << "\n\n"
     << getCxxContractText() << "\n"
     << "namespace atled {\nnamespace fn {\n\n";
  for (const EntryPoint &entry : entries)
    printCxxEntry(entry, os);
  os << "} // namespace fn\n} // namespace atled\n\n#endif /* " << guard
     << " */\n";
  return success();
}
