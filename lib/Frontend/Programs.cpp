//===- Programs.cpp - Functions of programs that are text -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TracedFunction.h"
#include "mlir/Bytecode/BytecodeReader.h"
#include "mlir/Parser/Parser.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// The function that is meant
//===----------------------------------------------------------------------===//

/// The name of the only public function. Emits an error at `location` where
/// there is none, or more.
static FailureOr<std::string> findEntry(ModuleOp module, Location location) {
  SmallVector<StringRef> names;
  for (auto function : module.getOps<func::FuncOp>())
    if (function.isPublic() && !function.isDeclaration())
      names.push_back(function.getName());
  if (names.size() == 1)
    return names.front().str();
  InFlightDiagnostic diagnostic =
      emitError(location) << "the program has " << names.size()
                          << " public functions, and no name says which is "
                             "meant";
  if (!names.empty())
    diagnostic.attachNote()
        << "these are '" << llvm::join(names, "', '") << "'";
  return diagnostic;
}

/// Whether what a program of C has can be the tensor.
static bool isCallable(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor &&
         getSignature(RankedTensorType::get({}, tensor.getElementType()));
}

static LogicalResult checkTypes(func::FuncOp function, TypeRange types,
                                StringRef what) {
  for (auto [index, type] : llvm::enumerate(types))
    if (!isCallable(type))
      return function.emitError() << what << " " << index << " of '"
                                  << function.getName() << "' has type " << type
                                  << ", and a call takes tensors of known rank";
  return success();
}

static FailureOr<std::unique_ptr<TracedFunction>>
create(OwningOpRef<ModuleOp> module, StringRef entry, Location location) {
  // Where it is said that there is no such function.
  module->getOperation()->setLoc(location);
  if (failed(setEntries(*module, entry.str())))
    return failure();
  auto function = module->lookupSymbol<func::FuncOp>(entry);
  if (!function)
    return emitError(location) << "'" << entry
                               << "' is half of a split; ask for the function "
                                  "that is split";
  if (failed(checkTypes(function, function.getArgumentTypes(), "argument")) ||
      failed(checkTypes(function, function.getResultTypes(), "result")))
    return failure();
  Origins origins;
  for (auto other : module->getOps<func::FuncOp>())
    origins[other.getSymNameAttr()] = makeOrigin();
  return std::make_unique<TracedFunction>(std::move(module), entry,
                                          std::move(origins), Checks());
}

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

static FailureOr<std::unique_ptr<TracedFunction>>
parse(llvm::MemoryBufferRef text, const char *entry, Location location) {
  // The reader of bytecode trusts it.
  if (isBytecode(text))
    return emitError(location) << "'" << text.getBufferIdentifier()
                               << "' is bytecode, and a program is text here";
  OwningOpRef<ModuleOp> module =
      parseSourceString<ModuleOp>(text.getBuffer(), ParserConfig(&getContext()),
                                  text.getBufferIdentifier());
  if (!module)
    return failure();
  if (entry)
    return create(std::move(module), entry, location);
  FailureOr<std::string> only = findEntry(*module, location);
  if (failed(only))
    return failure();
  return create(std::move(module), *only, location);
}

int atled_function_parse(const char *text, size_t length, const char *file,
                         const char *entry, atled_location place,
                         atled_function **function) {
  if (int status =
          checkPointers(place, {{"text", text}, {"function", function}}))
    return status;
  // A copy, behind which a null character ends the text for the parser.
  auto buffer = llvm::MemoryBuffer::getMemBufferCopy(StringRef(text, length),
                                                     file ? file : "program");
  return giveFunction(place, function, [&] {
    return parse(*buffer, entry, getLocation(place));
  });
}

int atled_function_read(const char *path, const char *entry,
                        atled_location place, atled_function **function) {
  if (int status =
          checkPointers(place, {{"path", path}, {"function", function}}))
    return status;
  auto buffer = llvm::MemoryBuffer::getFile(path);
  if (!buffer)
    return setLastError(place,
                        "cannot read '" + Twine(path) +
                            "': " + buffer.getError().message(),
                        ATLED_UNREADABLE);
  return giveFunction(place, function, [&] {
    return parse(**buffer, entry, getLocation(place));
  });
}
