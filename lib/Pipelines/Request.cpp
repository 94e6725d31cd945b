//===- Request.cpp - Derivatives asked for from outside -------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Pipelines/Request.h"
#include "atled/Differentiation/CustomRules.h"
#include "atled/Differentiation/TensorNames.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"
#include "atled/Support/NearestName.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/StringExtras.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// Finding what is meant
//===----------------------------------------------------------------------===//

/// The function called `name`; an error suggests those of the program, and
/// `others`.
static FailureOr<func::FuncOp> findFunction(ModuleOp module, StringRef name,
                                            ArrayRef<StringRef> others = {}) {
  if (auto function = module.lookupSymbol<func::FuncOp>(name))
    return function;
  SmallVector<StringRef> names(others);
  for (auto function : module.getOps<func::FuncOp>())
    names.push_back(function.getName());
  return module.emitError() << "there is no function '" << name << "'"
                            << suggestNearestName(name, names);
}

static Location getArgumentLoc(func::FuncOp function, unsigned index) {
  return function.isDeclaration() ? function.getLoc()
                                  : function.getArgument(index).getLoc();
}

/// The argument that `text` counts, from 0, or names. `option` asks for it.
static FailureOr<int64_t> findArgument(func::FuncOp function, StringRef option,
                                       StringRef text) {
  int64_t count = function.getNumArguments(), number;
  if (!text.getAsInteger(/*Radix=*/10, number)) {
    if (number >= 0 && number < count)
      return number;
    return function.emitError() << option << " asks for argument " << number
                                << ", counted from 0, and '"
                                << function.getName() << "' has " << count;
  }
  auto names = llvm::map_to_vector(llvm::seq(count), [&](int64_t index) {
    return getArgumentName(function, index);
  });
  auto found = llvm::find(names, text);
  if (found != names.end())
    return found - names.begin();
  return function.emitError()
         << option << " asks for argument '" << text << "', and those of '"
         << function.getName() << "' are called '" << llvm::join(names, "', '")
         << "'";
}

/// Fails since argument `index` has no derivative, a number none but as a
/// tensor.
static LogicalResult reportNoDerivative(func::FuncOp function, int64_t index) {
  Type type = function.getArgumentTypes()[index];
  InFlightDiagnostic diagnostic =
      emitError(getArgumentLoc(function, index))
      << "argument " << index << " of '" << function.getName()
      << "' has no derivative: its type is " << type;
  if (isa<FloatType>(type))
    diagnostic << "; a number that has one is "
               << RankedTensorType::get({}, type);
  return diagnostic;
}

/// The arguments in `wrt`, sorted, or all that have a derivative.
static FailureOr<SmallVector<int64_t>>
findArguments(func::FuncOp function, ArrayRef<std::string> wrt) {
  SmallVector<int64_t> indices;
  if (wrt.empty()) {
    for (auto [index, type] : llvm::enumerate(function.getArgumentTypes()))
      if (getTangentType(type))
        indices.push_back(index);
    if (!indices.empty())
      return indices;
    ArrayRef<Type> types = function.getArgumentTypes();
    auto number = llvm::find_if(types, llvm::IsaPred<FloatType>);
    if (number != types.end())
      return reportNoDerivative(function, number - types.begin());
    return function.emitError() << "function '" << function.getName()
                                << "' has no argument with a derivative";
  }
  for (StringRef text : wrt) {
    FailureOr<int64_t> index = findArgument(function, "wrt", text);
    if (failed(index))
      return failure();
    indices.push_back(*index);
  }
  llvm::sort(indices);
  indices.erase(llvm::unique(indices), indices.end());
  for (int64_t index : indices) {
    if (!getTangentType(function.getArgumentTypes()[index]))
      return reportNoDerivative(function, index);
  }
  return indices;
}

/// A gradient exists where the only result is one real number.
static LogicalResult checkHasGradient(func::FuncOp function,
                                      StringRef derivative) {
  ArrayRef<Type> results = function.getResultTypes();
  auto space = results.size() == 1
                   ? dyn_cast<VectorSpaceTypeInterface>(results.front())
                   : VectorSpaceTypeInterface();
  if (space && space.getTangentType() && space.isScalar())
    return success();
  if (results.size() == 1 && isa<FloatType>(results.front()))
    return function.emitError()
           << "the result of '" << function.getName()
           << "' has no derivative: its type is " << results.front()
           << "; a number that has one is "
           << RankedTensorType::get({}, results.front());
  InFlightDiagnostic diagnostic =
      function.emitError()
      << "'" << derivative
      << "' needs a function with one real number as its only result, "
         "and '"
      << function.getName() << "' has type " << function.getFunctionType();
  diagnostic.attachNote()
      << "ask for the vjp, which takes a seed for each result";
  return diagnostic;
}

//===----------------------------------------------------------------------===//
// Writing the function
//===----------------------------------------------------------------------===//

namespace {
/// The signature of the function to write, as it grows.
struct Signature {
  SmallVector<Type> types;
  SmallVector<DictionaryAttr> attributes;
  SmallVector<Location> locations;

  void add(Type type, DictionaryAttr attribute, Location location) {
    types.push_back(type);
    attributes.push_back(attribute);
    locations.push_back(location);
  }

  /// `name`, or, where the derivative of a derivative has that already,
  /// `name`_2 and so on.
  std::string makeUnique(const std::string &name) const {
    auto isTaken = [&](StringRef candidate) {
      return llvm::any_of(attributes, [&](DictionaryAttr attribute) {
        return attribute.getAs<StringAttr>(tensorNameAttrName) == candidate;
      });
    };
    std::string candidate = name;
    for (unsigned number = 2; isTaken(candidate); ++number)
      candidate = name + "_" + std::to_string(number);
    return candidate;
  }
};

class DerivativeWriter {
public:
  DerivativeWriter(func::FuncOp function, DerivativeRequest::Kind kind,
                   ArrayRef<int64_t> wrt)
      : function(function), kind(kind), wrt(wrt) {}

  func::FuncOp write(StringRef name);

private:
  DictionaryAttr makeName(const Twine &name) {
    return makeNameAttribute(function.getContext(), name);
  }
  Signature getInputs();
  Signature getOutputs();
  Operation *writeRequest(OpBuilder &builder, Location loc, TypeRange results,
                          ValueRange arguments);

  func::FuncOp function;
  DerivativeRequest::Kind kind;
  ArrayRef<int64_t> wrt;
};
} // namespace

Signature DerivativeWriter::getInputs() {
  Signature inputs;
  for (auto [index, type] : llvm::enumerate(function.getArgumentTypes()))
    inputs.add(type, makeName(getArgumentName(function, index)),
               getArgumentLoc(function, index));
  if (kind == DerivativeRequest::Vjp)
    for (auto [index, type] : llvm::enumerate(function.getResultTypes()))
      if (Type tangent = getTangentType(type))
        inputs.add(tangent,
                   makeName(inputs.makeUnique("seed_" +
                                              getResultName(function, index))),
                   function.getLoc());
  if (kind == DerivativeRequest::Jvp)
    for (int64_t index : wrt)
      inputs.add(getTangentType(function.getArgumentTypes()[index]),
                 makeName(inputs.makeUnique("tangent_" +
                                            getArgumentName(function, index))),
                 function.getLoc());
  return inputs;
}

Signature DerivativeWriter::getOutputs() {
  Signature outputs;
  if (kind != DerivativeRequest::Grad)
    for (auto [index, type] : llvm::enumerate(function.getResultTypes()))
      outputs.add(type, makeName(getResultName(function, index)),
                  function.getLoc());
  if (kind == DerivativeRequest::Jvp) {
    for (auto [index, type] : llvm::enumerate(function.getResultTypes()))
      if (Type tangent = getTangentType(type))
        outputs.add(tangent,
                    makeName(outputs.makeUnique(
                        "tangent_" + getResultName(function, index))),
                    function.getLoc());
    return outputs;
  }
  for (int64_t index : wrt)
    outputs.add(getTangentType(function.getArgumentTypes()[index]),
                makeName(outputs.makeUnique("grad_" +
                                            getArgumentName(function, index))),
                function.getLoc());
  return outputs;
}

Operation *DerivativeWriter::writeRequest(OpBuilder &builder, Location loc,
                                          TypeRange results,
                                          ValueRange arguments) {
  auto callee = FlatSymbolRefAttr::get(function.getNameAttr());
  ValueRange primals = arguments.take_front(function.getNumArguments());
  ValueRange seeds = arguments.drop_front(function.getNumArguments());
  auto wrtAttr = builder.getDenseI64ArrayAttr(wrt);
  switch (kind) {
  case DerivativeRequest::Grad:
    return ad::GradOp::create(builder, loc, results, callee, primals, wrtAttr);
  case DerivativeRequest::ValueAndGrad:
    return ad::ValueAndGradOp::create(builder, loc, results, callee, primals,
                                      wrtAttr);
  case DerivativeRequest::Vjp:
    return ad::VjpOp::create(builder, loc, results, callee, primals, seeds,
                             wrtAttr);
  case DerivativeRequest::Jvp:
    return ad::JvpOp::create(builder, loc, results, callee, primals, seeds,
                             wrtAttr);
  case DerivativeRequest::Split:
    break;
  }
  llvm_unreachable("a split is a declaration");
}

func::FuncOp DerivativeWriter::write(StringRef name) {
  Signature inputs = getInputs(), outputs = getOutputs();
  OpBuilder builder(function->getContext());
  builder.setInsertionPointAfter(function);
  auto derivative = func::FuncOp::create(
      builder, function.getLoc(), name,
      FunctionType::get(builder.getContext(), inputs.types, outputs.types));
  derivative.setAllArgAttrs(inputs.attributes);
  derivative.setAllResultAttrs(outputs.attributes);
  Block *block = builder.createBlock(&derivative.getBody(), {}, inputs.types,
                                     inputs.locations);
  Operation *request = writeRequest(builder, function.getLoc(), outputs.types,
                                    block->getArguments());
  func::ReturnOp::create(builder, function.getLoc(), request->getResults());
  return derivative;
}

/// Declares the halves of `function` behind it.
static void declareSplit(func::FuncOp function, ArrayRef<int64_t> wrt,
                         StringRef forward, StringRef reverse) {
  OpBuilder builder(function->getContext());
  builder.setInsertionPointAfter(function);
  ad::SplitOp::create(builder, function.getLoc(), function.getName(), wrt,
                      forward, reverse);
}

//===----------------------------------------------------------------------===//
// The functions anyone may call
//===----------------------------------------------------------------------===//

/// As on the command line, and after the function's name.
static StringRef getKindName(DerivativeRequest::Kind kind) {
  static constexpr StringRef names[] = {"grad", "value_and_grad", "vjp", "jvp",
                                        "fwd"};
  return names[kind];
}

std::string atled::getDerivativeName(const DerivativeRequest &request) {
  return request.function + "_" + getKindName(request.kind).str();
}

/// The functions that a request adds.
static SmallVector<std::string>
getDerivativeNames(const DerivativeRequest &request) {
  SmallVector<std::string> names = {getDerivativeName(request)};
  if (request.kind == DerivativeRequest::Split)
    names.push_back(request.function + "_bwd");
  return names;
}

ad::SplitOp atled::findSplit(ModuleOp module, StringRef name) {
  for (auto split : module.getOps<ad::SplitOp>())
    if (split.getForward() == name || split.getReverse() == name)
      return split;
  return nullptr;
}

LogicalResult atled::addDerivative(ModuleOp module,
                                   const DerivativeRequest &request,
                                   ArrayRef<std::string> wrt) {
  // The program itself may ask for no derivative.
  module.getContext()->loadDialect<ad::ADDialect>();
  FailureOr<func::FuncOp> function = findFunction(module, request.function);
  if (failed(function))
    return failure();
  if (function->isDeclaration() && !CustomRules(module).contains(*function))
    return function->emitError()
           << "function '" << request.function << "' has no body";
  SmallVector<std::string> names = getDerivativeNames(request);
  for (StringRef name : names) {
    Operation *existing = module.lookupSymbol(name);
    if (!existing)
      existing = findSplit(module, name);
    if (existing)
      return existing->emitError()
             << "the derivative of '" << request.function
             << "' would be called '" << name
             << "', and the program has a function of that name";
  }
  FailureOr<SmallVector<int64_t>> arguments = findArguments(*function, wrt);
  if (failed(arguments))
    return failure();
  bool isGradient = request.kind == DerivativeRequest::Grad ||
                    request.kind == DerivativeRequest::ValueAndGrad;
  if (isGradient &&
      failed(checkHasGradient(*function, getKindName(request.kind))))
    return failure();
  module->getContext()->getOrLoadDialect<ad::ADDialect>();
  if (request.kind == DerivativeRequest::Split)
    declareSplit(*function, *arguments, names.front(), names.back());
  else
    DerivativeWriter(*function, request.kind, *arguments).write(names.front());
  return success();
}

FailureOr<SmallVector<std::string>>
atled::findGradients(ModuleOp module, const DerivativeRequest &request,
                     ArrayRef<std::string> wrt,
                     ArrayRef<std::string> arguments) {
  if (request.kind == DerivativeRequest::Jvp)
    return SmallVector<std::string>();
  FailureOr<func::FuncOp> function = findFunction(module, request.function);
  if (failed(function))
    return failure();
  FailureOr<SmallVector<int64_t>> there = findArguments(*function, wrt);
  if (failed(there))
    return failure();
  SmallVector<int64_t> indices;
  if (llvm::is_contained(arguments, "all"))
    indices = *there;
  else
    for (StringRef text : arguments) {
      FailureOr<int64_t> index = findArgument(*function, "accumulate", text);
      if (failed(index))
        return failure();
      if (!llvm::is_contained(*there, *index))
        return emitError(getArgumentLoc(*function, *index))
               << "accumulate asks for argument " << *index << " of '"
               << request.function << "', of type "
               << function->getArgumentTypes()[*index]
               << ", with respect to which there is no gradient";
      indices.push_back(*index);
    }
  llvm::sort(indices);
  indices.erase(llvm::unique(indices), indices.end());
  SmallVector<std::string> gradients;
  for (int64_t index : indices)
    gradients.push_back(getDerivativeNames(request).back() + ":grad_" +
                        getArgumentName(*function, index));
  return gradients;
}

LogicalResult atled::setEntries(ModuleOp module, ArrayRef<std::string> names) {
  for (auto function : module.getOps<func::FuncOp>())
    function.setPrivate();
  SmallVector<StringRef> halves;
  for (auto split : module.getOps<ad::SplitOp>())
    halves.append({split.getForward(), split.getReverse()});
  DenseSet<Operation *> splits;
  for (StringRef name : names) {
    if (ad::SplitOp split = findSplit(module, name)) {
      splits.insert(split);
      continue;
    }
    FailureOr<func::FuncOp> function = findFunction(module, name, halves);
    if (failed(function))
      return failure();
    if (function->isDeclaration())
      return function->emitError()
             << "function '" << name
             << "' has no body, so it cannot be an entry: the C code that "
                "defines it can be called by its name";
    function->setPublic();
  }
  for (auto split : llvm::make_early_inc_range(module.getOps<ad::SplitOp>()))
    if (!splits.contains(split))
      split.erase();
  return success();
}
