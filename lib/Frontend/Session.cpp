//===- Session.cpp - One call into the library ----------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Session.h"
#include "Trace.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "atled/Pipelines/Register.h"
#include "atled/Support/Place.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Diagnostics.h"
#include <forward_list>
#include <mutex>

using namespace atled;

//===----------------------------------------------------------------------===//
// The context
//===----------------------------------------------------------------------===//

static MLIRContext *createContext() {
  DialectRegistry registry;
  registerDialects(registry);
  auto *context = new MLIRContext(registry, MLIRContext::Threading::DISABLED);
  context->loadDialect<AtledDialect, ad::ADDialect, arith::ArithDialect,
                       func::FuncDialect, scf::SCFDialect,
                       tensor::TensorDialect>();
  // A user reads his own program, not the operation that it became.
  context->printOpOnDiagnostic(false);
  return context;
}

MLIRContext &atled::getContext() {
  static MLIRContext *context = createContext();
  return *context;
}

//===----------------------------------------------------------------------===//
// The end of a thread
//===----------------------------------------------------------------------===//

// Without a destructor, so that those of others can read it.
static thread_local bool isOver = false;

EndOfThread::~EndOfThread() { isOver = true; }

/// Those of a thread that has destroyed its own; never freed, for nothing tells
/// which destructor is the last.
static ThreadTexts &makeLateTexts() {
  static std::mutex lock;
  static auto *all = new std::forward_list<ThreadTexts>();
  std::lock_guard<std::mutex> guard(lock);
  return all->emplace_front();
}

ThreadTexts &atled::getTexts() {
  static thread_local ThreadTexts *late = nullptr;
  if (isOver) {
    if (!late)
      late = &makeLateTexts();
    return *late;
  }
  static thread_local ThreadTexts texts;
  return texts;
}

//===----------------------------------------------------------------------===//
// Errors
//===----------------------------------------------------------------------===//

const char *atled_last_error(void) { return getTexts().error.c_str(); }

int atled::setLastError(const Twine &message, int code) {
  getTexts().error = message.str();
  return code;
}

int atled::setLastError(atled_location place, const Twine &message, int code) {
  std::string where = formatLocation(place);
  return setLastError(
      where + (where.empty() ? "error: " : ": error: ") + message, code);
}

int atled::checkPointers(atled_location place, ArrayRef<Parameter> parameters) {
  for (const Parameter &parameter : parameters)
    if (parameter.isNull)
      return setLastError(place, "the parameter '" + Twine(parameter.name) +
                                     "' is NULL, and must not be");
  return ATLED_SUCCESS;
}

static void append(std::string &text, Location location, StringRef kind,
                   const Twine &message) {
  if (!text.empty())
    text += '\n';
  if (std::string place = formatPlace(location); !place.empty())
    text += place + ": ";
  text += (kind + ": " + message).str();
}

static std::mutex &getLock() {
  static std::mutex lock;
  return lock;
}

void atled::runLocked(function_ref<void()> body) {
  std::lock_guard<std::mutex> guard(getLock());
  body();
}

int atled::runInSession(atled_location place,
                        function_ref<LogicalResult()> body) {
  if (isOver)
    return setLastError(place,
                        "nothing can be traced or compiled here any more: the "
                        "thread is at its end; what it destroys there can "
                        "call what has been compiled before",
                        ATLED_REFUSED);
  // Constructed before the mark, so destroyed when no session begins any more.
  getTraces();
  std::lock_guard<std::mutex> guard(getLock());
  std::string text;
  ScopedDiagnosticHandler handler(&getContext(), [&](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() != DiagnosticSeverity::Error)
      return;
    append(text, diagnostic.getLocation(), "error", diagnostic.str());
    for (Diagnostic &note : diagnostic.getNotes())
      append(text, note.getLocation(), "note", note.str());
  });
  LogicalResult result = body();
  static thread_local EndOfThread behindCaches;
  return succeeded(result) ? 0 : setLastError(text);
}

//===----------------------------------------------------------------------===//
// Places and types
//===----------------------------------------------------------------------===//

Location atled::getLocation(atled_location location) {
  if (!location.file)
    return UnknownLoc::get(&getContext());
  return FileLineColLoc::get(&getContext(), location.file, location.line,
                             /*column=*/0);
}

std::string atled::formatLocation(atled_location location) {
  if (!location.file)
    return "";
  return (Twine(location.file) + ":" + Twine(location.line)).str();
}

// In the order of ElementKind, which is that of atled_type.
static Type getElementType(int32_t dtype) {
  Builder builder(&getContext());
  switch (static_cast<ElementKind>(dtype)) {
  case ElementKind::F16:
    return builder.getF16Type();
  case ElementKind::BF16:
    return builder.getBF16Type();
  case ElementKind::F32:
    return builder.getF32Type();
  case ElementKind::F64:
    return builder.getF64Type();
  case ElementKind::I1:
    return builder.getI1Type();
  default:
    break;
  }
  auto kind = static_cast<ElementKind>(dtype);
  unsigned width = 8 * getByteWidth(kind);
  return isUnsigned(kind) ? builder.getIntegerType(width, /*isSigned=*/false)
                          : builder.getIntegerType(width);
}

static int32_t getDType(Type elementType) {
  std::string name;
  llvm::raw_string_ostream(name) << elementType;
  std::optional<ElementKind> kind = getElementKindByName(name);
  assert(kind && "an element of a traced program has a C type");
  return static_cast<int32_t>(*kind);
}

RankedTensorType atled::getTensorType(atled_type type) {
  return RankedTensorType::get(
      ArrayRef(type.shape, static_cast<size_t>(type.rank)),
      getElementType(type.dtype));
}

atled_type atled::getInterfaceType(RankedTensorType type) {
  return {getDType(type.getElementType()), static_cast<int32_t>(type.getRank()),
          type.getShape().data()};
}

static_assert(ATLED_DYNAMIC == ShapedType::kDynamic,
              "shapes are handed over as they are");

bool atled::accepts(atled_type expected, atled_type given) {
  return expected.dtype == given.dtype && expected.rank == given.rank &&
         std::equal(given.shape, given.shape + given.rank, expected.shape,
                    [](int64_t extent, int64_t wanted) {
                      return extent == wanted || wanted == ATLED_DYNAMIC;
                    });
}

bool atled::isSameType(atled_type lhs, atled_type rhs) {
  return lhs.dtype == rhs.dtype && lhs.rank == rhs.rank &&
         std::equal(lhs.shape, lhs.shape + lhs.rank, rhs.shape);
}

bool atled::hasExtents(atled_type type, bool orDynamic) {
  return llvm::all_of(ArrayRef(type.shape, static_cast<size_t>(type.rank)),
                      [&](int64_t extent) {
                        return extent >= 0 ||
                               (orDynamic && extent == ATLED_DYNAMIC);
                      });
}

bool atled::isTensorType(atled_type type) {
  constexpr int32_t maxRank = 64;
  if (type.dtype < 0 || type.dtype > static_cast<int32_t>(ElementKind::F64) ||
      type.rank < 0 || type.rank > maxRank || (type.rank && !type.shape))
    return false;
  ArrayRef<int64_t> shape(type.shape, static_cast<size_t>(type.rank));
  TensorSignature signature{static_cast<ElementKind>(type.dtype),
                            SmallVector<int64_t>(shape)};
  return hasExtents(type, /*orDynamic=*/false) && signature.countElements();
}

llvm::Expected<HostTensor> atled::copyTensor(atled_type type,
                                             const void *data) {
  llvm::Expected<HostTensor> tensor =
      HostTensor::create({static_cast<ElementKind>(type.dtype),
                          SmallVector<int64_t>(ArrayRef(
                              type.shape, static_cast<size_t>(type.rank)))});
  if (tensor)
    llvm::copy(
        ArrayRef(static_cast<const char *>(data), tensor->getBytes().size()),
        tensor->getBytes().begin());
  return tensor;
}

std::string atled::formatType(atled_type type) {
  std::string text;
  for (int64_t extent : ArrayRef(type.shape, static_cast<size_t>(type.rank)))
    text += (extent == ATLED_DYNAMIC ? "?" : std::to_string(extent)) + "x";
  return text + getName(static_cast<ElementKind>(type.dtype)).str();
}
