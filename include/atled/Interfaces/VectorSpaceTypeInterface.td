//===- VectorSpaceTypeInterface.td - Types that one may add --*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What differentiation needs of a type. All that the engine itself builds
// (zeros, seeds, sums of contributions, products with partials) it builds
// through this interface, so it knows no operation of any dialect.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_INTERFACES_VECTORSPACETYPEINTERFACE
#define ATLED_INTERFACES_VECTORSPACETYPEINTERFACE

include "mlir/IR/Interfaces.td"

def VectorSpaceTypeInterface : TypeInterface<"VectorSpaceTypeInterface"> {
  let cppNamespace = "::atled";
  let description = [{
    A type whose values are vectors: they have tangents that may be scaled and
    added. A type with discrete values (a tensor of integers, say) implements
    it with a null tangent type.
  }];
  let methods = [
    InterfaceMethod<[{
        The type of tangents and cotangents, or null if values of this type
        have none. A tangent type is its own tangent type.
      }],
      "::mlir::Type", "getTangentType", (ins)>,
    InterfaceMethod<[{
        Whether a value is one real number, so that a function with such a
        result has a gradient.
      }],
      "bool", "isScalar", (ins)>,
    InterfaceMethod<[{
        Builds the value of this type all of whose elements are `value`. Sizes
        that the type leaves open are those of `like`, a value of this type.
      }],
      "::mlir::Value", "buildSplat",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::Location":$location,
           "double":$value, "::mlir::Value":$like)>,
    InterfaceMethod<[{
        Builds the sum of one or more values of this type, as a balanced tree;
        narrow types are accumulated in a wider one and rounded once.
      }],
      "::mlir::Value", "buildSum",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::Location":$location,
           "::mlir::ValueRange":$terms)>,
    InterfaceMethod<[{
        Builds the product, element by element, of two values of this type: a
        tangent or cotangent with a partial derivative.
      }],
      "::mlir::Value", "buildProduct",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::Location":$location,
           "::mlir::Value":$lhs, "::mlir::Value":$rhs)>
  ];
}

#endif // ATLED_INTERFACES_VECTORSPACETYPEINTERFACE
