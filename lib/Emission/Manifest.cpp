//===- Manifest.cpp - What is in an object, for programs to read ----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Emission/Manifest.h"
#include "CNames.h"
#include "EntrySymbols.h"
#include "EntryTensors.h"
#include "atled/atled.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Object/ObjectFile.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/SHA256.h"

using namespace atled;

std::vector<std::string> atled::getUndefinedSymbols(StringRef object) {
  std::unique_ptr<llvm::object::ObjectFile> file =
      llvm::cantFail(llvm::object::ObjectFile::createObjectFile(
          llvm::MemoryBufferRef(object, "object")));
  std::vector<std::string> symbols;
  for (const llvm::object::SymbolRef &symbol : file->symbols()) {
    StringRef name = llvm::cantFail(symbol.getName());
    // The first symbol of an ELF file stands for none.
    if ((llvm::cantFail(symbol.getFlags()) &
         llvm::object::SymbolRef::SF_Undefined) &&
        !name.empty())
      symbols.push_back(name.str());
  }
  llvm::sort(symbols);
  return symbols;
}

/// What the caller may and must do with an output.
static void printOutputFacts(const EntryTensor &output, const EntryPoint &entry,
                             llvm::json::OStream &json) {
  json.attribute("optional", !output.isAlwaysWanted());
  if (output.accumulates)
    json.attribute("accumulates", true);
  if (output.donated)
    json.attribute("in_place_of", entry.inputs[*output.donated].name);
}

static void printTensor(const EntryTensor &tensor, llvm::json::OStream &json,
                        llvm::function_ref<void()> printMore) {
  json.object([&] {
    json.attribute("name", tensor.name);
    std::string type;
    llvm::raw_string_ostream(type) << tensor.type.getElementType();
    json.attribute("element_type", tensor.residuals ? "bytes" : type);
    json.attribute("c_type", tensor.residuals
                                 ? "void"
                                 : getCType(tensor.type.getElementType()));
    json.attributeArray("shape", [&] {
      for (int64_t size : tensor.type.getShape())
        ShapedType::isDynamic(size) ? json.value(nullptr) : json.value(size);
    });
    if (tensor.type.hasStaticShape())
      json.attribute("bytes", tensor.getBytes());
    json.attribute("alignment", tensor.getAlignment());
    printMore();
  });
}

static void printEntry(const EntryPoint &entry, const ManifestFacts &facts,
                       llvm::json::OStream &json) {
  json.object([&] {
    json.attribute("name", entry.name);
    json.attribute("symbol", entry.symbol);
    if (entry.tellsPlaces)
      json.attribute("where_function", getWhereSymbol(entry.symbol));
    json.attributeArray("inputs", [&] {
      for (const EntryTensor &input : entry.inputs)
        printTensor(input, json, [] {});
    });
    json.attributeArray("outputs", [&] {
      for (const EntryTensor &output : entry.outputs)
        printTensor(output, json,
                    [&] { printOutputFacts(output, entry, json); });
    });
    if (entry.isDynamic() && entry.getResiduals())
      json.attribute("residual_bytes_function",
                     getResidualBytesSymbol(entry.symbol));
    if (entry.tellsInputDims())
      json.attribute("input_dims_function", getInputDimsSymbol(entry.symbol));
    json.attributeObject("workspace", [&] {
      if (entry.isDynamic()) {
        json.attribute("bytes_function", getWorkspaceBytesSymbol(entry.symbol));
      } else {
        json.attribute("bytes", entry.workspaceBytes);
        json.attribute("full_call_bytes", entry.fullCallBytes);
      }
      json.attribute("alignment", ATLED_WORKSPACE_ALIGN);
      json.attribute("may_need_more", entry.hasArena);
    });
    auto stack = facts.stackUse.find(entry.symbol);
    if (stack != facts.stackUse.end())
      json.attribute("stack_bytes", stack->second);
  });
}

/// "+avx,+fma" as a list.
static void printFeatures(StringRef features, llvm::json::OStream &json) {
  json.attributeArray("features", [&] {
    for (StringRef feature : llvm::split(features, ','))
      if (!feature.empty())
        json.value(feature);
  });
}

/// The versions of the code, each with what a machine must have to run it.
static void printVersions(ArrayRef<Target> versions,
                          llvm::json::OStream &json) {
  json.attributeArray("versions", [&] {
    for (const Target &version : versions)
      json.object([&] {
        json.attribute("cpu", version.cpu);
        json.attributeArray("required", [&] {
          for (const std::string &feature : version.required)
            json.value(feature);
        });
      });
  });
}

void atled::printManifest(ArrayRef<EntryPoint> entries,
                          ArrayRef<ExternalFunction> externals,
                          const ManifestFacts &facts, raw_ostream &os) {
  llvm::json::OStream json(os, /*IndentSize=*/2);
  json.object([&] {
    json.attribute("abi", ATLED_ABI);
    json.attributeObject("target", [&] {
      json.attribute("triple", facts.target.triple);
      json.attribute("cpu", facts.target.cpu);
      printFeatures(facts.target.features, json);
    });
    printVersions(
        facts.versions.empty() ? ArrayRef(facts.target) : facts.versions, json);
    json.attribute("input_sha256",
                   llvm::toHex(llvm::SHA256::hash(
                                   llvm::arrayRefFromStringRef(facts.input)),
                               /*LowerCase=*/true));
    json.attributeArray("flags", [&] {
      for (const std::string &flag : facts.flags)
        json.value(flag);
    });
    json.attributeArray("functions", [&] {
      for (const EntryPoint &entry : entries)
        printEntry(entry, facts, json);
    });
    json.attributeArray("external_functions", [&] {
      for (const ExternalFunction &external : externals)
        json.object([&] {
          json.attribute("name", external.name);
          json.attribute("signature", external.signature);
          json.attribute("workspace_bytes", external.workspaceBytes);
        });
    });
    json.attributeArray("undefined_symbols", [&] {
      for (const std::string &symbol : facts.undefinedSymbols)
        json.value(symbol);
    });
  });
  os << "\n";
}
