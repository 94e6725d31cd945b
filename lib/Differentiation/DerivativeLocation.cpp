//===- DerivativeLocation.cpp - Which derivative it belongs to ------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Differentiation/DerivativeLocation.h"
#include "mlir/IR/Operation.h"

using namespace atled;

/// What the name of such a location begins with.
static constexpr StringLiteral prefix = "the derivative of ";

DerivativeScope::DerivativeScope(OpBuilder &builder, Operation *primal)
    : builder(builder), outer(builder.getListener()) {
  // The derivative of a derivative is one of what that is of.
  std::string of =
      describeDerivative(primal->getLoc())
          .value_or(("'" + primal->getName().getStringRef() + "'").str());
  name = builder.getStringAttr(prefix + of);
  builder.setListener(this);
}

DerivativeScope::~DerivativeScope() { builder.setListener(outer); }

void DerivativeScope::notifyOperationInserted(Operation *op,
                                              OpBuilder::InsertPoint previous) {
  if (outer)
    outer->notifyOperationInserted(op, previous);
  Location location = op->getLoc();
  // Already said of what it is built from.
  if (auto derivative = dyn_cast<NameLoc>(location);
      derivative && derivative.getName().strref().starts_with(prefix))
    location = derivative.getChildLoc();
  op->setLoc(NameLoc::get(name, location));
}

std::optional<std::string> atled::describeDerivative(Location location) {
  std::optional<std::string> description;
  location->walk([&](Location part) {
    auto named = dyn_cast<NameLoc>(part);
    if (!named || !named.getName().strref().starts_with(prefix))
      return WalkResult::advance();
    description = named.getName().str();
    return WalkResult::interrupt();
  });
  return description;
}
