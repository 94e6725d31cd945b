//===- Split.cpp - The halves of a derivative as functions ----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The private halves serve callers inside of the module, which have what the
// primal takes and returns. The public ones are calls of them with a signature
// for callers outside:
//
//   func @f_fwd(%x) { %y, %r = call @f.fwd.0(%x); return %y, %r }
//   func @f_bwd(%x, %r, %dy) { %dx = call @f.bwd.0(%r, %x, %dy); return %dx }
//
//===----------------------------------------------------------------------===//

#include "Split.h"
#include "atled/Differentiation/TensorNames.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace atled;
using Residual = SplitFunction::Residual;

//===----------------------------------------------------------------------===//
// Residuals between calls
//===----------------------------------------------------------------------===//

/// Outside, a scalar is a 0-d tensor.
static Type getOuterType(Type type) {
  return type.isIntOrIndexOrFloat() ? RankedTensorType::get({}, type) : type;
}

static Value pack(OpBuilder &builder, Location location, Value value) {
  Type outer = getOuterType(value.getType());
  return outer == value.getType()
             ? value
             : tensor::FromElementsOp::create(builder, location, outer, value)
                   .getResult();
}

static Value unpack(OpBuilder &builder, Location location, Value outer,
                    Type type) {
  return outer.getType() == type
             ? outer
             : tensor::ExtractOp::create(builder, location, outer, ValueRange())
                   .getResult();
}

//===----------------------------------------------------------------------===//
// The halves
//===----------------------------------------------------------------------===//

namespace {
/// Types and attributes of arguments or results.
struct Signature {
  void add(Type type, DictionaryAttr attribute) {
    types.push_back(type);
    attributes.push_back(attribute);
  }
  void addResidual(Type type) {
    Builder builder(type.getContext());
    add(getOuterType(type),
        builder.getDictionaryAttr(builder.getNamedAttr(
            ad::ADDialect::residualAttrName, builder.getUnitAttr())));
  }

  bool isDynamic() const {
    return llvm::any_of(types, [](Type type) {
      auto shaped = dyn_cast<ShapedType>(type);
      return shaped && !shaped.hasStaticShape();
    });
  }

  SmallVector<Type> types;
  SmallVector<DictionaryAttr> attributes;
};

/// Builds the two functions. Where sizes are dynamic, the caller of both says
/// them once: the second takes the dimensions of the first.
class HalvesBuilder {
public:
  HalvesBuilder(DerivedFunctions &functions, ad::SplitOp declaration,
                func::FuncOp original, const SplitFunction &split)
      : functions(functions), declaration(declaration), original(original),
        split(split) {}

  void buildForward();
  void buildReverse();

private:
  func::FuncOp create(StringRef name, const Signature &inputs,
                      const Signature &outputs);
  void takeDimensionsOfForward(func::FuncOp reverse, ArrayRef<int64_t> like);
  DictionaryAttr makeName(const Twine &name) {
    return makeNameAttribute(original.getContext(), name);
  }
  Type getType(Residual residual) {
    func::FuncOp primal = split.primal;
    return primal.getResultTypes()[residual.index];
  }
  /// The buffer of residuals tells which dimensions it is for. Where nothing is
  /// kept, it is for that alone.
  bool hasMarkerAlone() const {
    return isDynamic && llvm::none_of(split.residuals, [](Residual residual) {
             return residual.source == Residual::Result;
           });
  }
  RankedTensorType getMarkerType() {
    return RankedTensorType::get({0},
                                 Builder(original.getContext()).getI8Type());
  }
  void addArgument(Signature &inputs, unsigned index) {
    inputs.add(original.getArgumentTypes()[index],
               makeName(getArgumentName(original, index)));
  }

  DerivedFunctions &functions;
  ad::SplitOp declaration;
  func::FuncOp original;
  const SplitFunction &split;
  bool isDynamic = false;
};
} // namespace

func::FuncOp HalvesBuilder::create(StringRef name, const Signature &inputs,
                                   const Signature &outputs) {
  func::FuncOp function = functions.create(
      original, name,
      FunctionType::get(original.getContext(), inputs.types, outputs.types));
  function.setPublic();
  function.setAllArgAttrs(inputs.attributes);
  function.setAllResultAttrs(outputs.attributes);
  return function;
}

void HalvesBuilder::buildForward() {
  Signature inputs, outputs;
  for (unsigned i = 0, e = original.getNumArguments(); i != e; ++i)
    addArgument(inputs, i);
  for (auto [index, type] : llvm::enumerate(original.getResultTypes()))
    outputs.add(type, makeName(getResultName(original, index)));
  for (Residual residual : split.residuals)
    if (residual.source == Residual::Result)
      outputs.addResidual(getType(residual));

  isDynamic = inputs.isDynamic() || outputs.isDynamic();
  if (hasMarkerAlone())
    outputs.addResidual(getMarkerType());
  func::FuncOp forward = create(declaration.getForward(), inputs, outputs);
  auto builder = OpBuilder::atBlockEnd(&forward.getBody().front());
  SmallVector<Value> residuals;
  Location location = declaration.getLoc();
  func::CallOp call =
      split.callPrimal(builder, location, forward.getArguments(), residuals);
  SmallVector<Value> returned(
      call.getResults().take_front(original.getNumResults()));
  for (auto [residual, value] : llvm::zip_equal(split.residuals, residuals))
    if (residual.source == Residual::Result)
      returned.push_back(pack(builder, location, value));
  if (hasMarkerAlone())
    returned.push_back(
        tensor::EmptyOp::create(builder, location, getMarkerType(), {}));
  func::ReturnOp::create(builder, location, returned);
}

void HalvesBuilder::takeDimensionsOfForward(func::FuncOp reverse,
                                            ArrayRef<int64_t> like) {
  Builder builder(reverse.getContext());
  reverse->setAttr(ad::ADDialect::forwardAttrName,
                   builder.getStringAttr(declaration.getForward()));
  reverse->setAttr(ad::ADDialect::likeAttrName,
                   builder.getDenseI64ArrayAttr(like));
}

void HalvesBuilder::buildReverse() {
  // The arguments come in their own order.
  llvm::SmallBitVector isNeeded(original.getNumArguments());
  for (Residual residual : split.residuals)
    if (residual.source == Residual::Argument)
      isNeeded.set(residual.index);
  Signature inputs, outputs;
  DenseMap<unsigned, unsigned> positions;
  SmallVector<int64_t> like;
  for (unsigned index : isNeeded.set_bits()) {
    positions[index] = inputs.types.size();
    like.push_back(index);
    addArgument(inputs, index);
  }
  unsigned firstResidual = inputs.types.size();
  unsigned result = original.getNumArguments() + original.getNumResults();
  for (Residual residual : split.residuals)
    if (residual.source == Residual::Result) {
      like.push_back(result++);
      inputs.addResidual(getType(residual));
    }
  if (hasMarkerAlone()) {
    like.push_back(result++);
    inputs.addResidual(getMarkerType());
  }
  unsigned firstSeed = inputs.types.size();
  for (auto [index, type] : llvm::enumerate(original.getResultTypes()))
    if (Type tangent = getTangentType(type)) {
      like.push_back(original.getNumArguments() + index);
      inputs.add(tangent, makeName("seed_" + getResultName(original, index)));
    }
  for (int64_t index : declaration.getWrt())
    outputs.add(getTangentType(original.getArgumentTypes()[index]),
                makeName("grad_" + getArgumentName(original, index)));

  func::FuncOp reverse = create(declaration.getReverse(), inputs, outputs);
  if (isDynamic)
    takeDimensionsOfForward(reverse, like);
  auto builder = OpBuilder::atBlockEnd(&reverse.getBody().front());
  Location location = declaration.getLoc();
  SmallVector<Value> operands;
  unsigned next = firstResidual;
  for (Residual residual : split.residuals)
    operands.push_back(residual.source == Residual::Argument
                           ? reverse.getArgument(positions[residual.index])
                           : unpack(builder, location,
                                    reverse.getArgument(next++),
                                    getType(residual)));
  llvm::append_range(operands, reverse.getArguments().drop_front(firstSeed));
  // The builder takes a function by its non-constant value.
  func::FuncOp callee = split.reverse;
  auto call = func::CallOp::create(builder, location, callee, operands);
  func::ReturnOp::create(builder, location, call.getResults());
}

LogicalResult atled::expandSplit(DerivedFunctions &functions,
                                 ad::SplitOp declaration,
                                 func::FuncOp function) {
  FailureOr<SplitFunction> split = functions.getSplit(
      function, declaration.getWrt(), getDifferentiableResults(function));
  if (failed(split))
    return failure();
  // Since the declaration was verified, functions have been derived.
  for (StringAttr name :
       {declaration.getForwardAttr(), declaration.getReverseAttr()}) {
    func::FuncOp other = functions.lookup(FlatSymbolRefAttr::get(name));
    if (!other)
      continue;
    InFlightDiagnostic diagnostic =
        declaration.emitOpError("makes a function @")
        << name.getValue() << ", and there is another of that name";
    diagnostic.attachNote(other.getLoc()) << "the other one is here";
    return diagnostic;
  }
  HalvesBuilder builder(functions, declaration, function, *split);
  builder.buildForward();
  builder.buildReverse();
  return success();
}
