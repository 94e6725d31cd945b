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
           "::mlir::Value":$lhs, "::mlir::Value":$rhs)>,
    InterfaceMethod<[{
        Builds `value`, of this type, with 0 wherever `guard`, another one, is 0:
        a product of `guard` with what may be infinite or NaN. Asked of the types
        of elementwise operations.
      }],
      "::mlir::Value", "buildGuarded",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::Location":$location,
           "::mlir::Value":$guard, "::mlir::Value":$value),
      /*methodBody=*/"", /*defaultImplementation=*/"return value;">,
    InterfaceMethod<[{
        The type in which a loop adds up many values of this type: a wider one
        where this one is narrow.
      }],
      "::mlir::Type", "getAccumulatorType", (ins),
      /*methodBody=*/"", /*defaultImplementation=*/"return $_type;">,
    InterfaceMethod<[{
        Builds the conversion of a value of this type to its accumulator type, or
        from there back.
      }],
      "::mlir::Value", "buildConversion",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::Location":$location,
           "::mlir::Value":$value, "::mlir::Type":$to),
      /*methodBody=*/"", /*defaultImplementation=*/"return value;">,
    InterfaceMethod<[{
        Builds a stack: room for `count` values of this type, whose content is
        undefined. A loop keeps in it what each iteration's way back needs. Sizes
        that the type leaves open are those of `like`, a value of this type of
        which only the size means anything; where the type leaves none, it is
        null. Null if values of this type cannot be stacked.
      }],
      "::mlir::Value", "buildStack",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::Location":$location,
           "::mlir::OpFoldResult":$count, "::mlir::Value":$like),
      /*methodBody=*/"", /*defaultImplementation=*/"return ::mlir::Value();">,
    InterfaceMethod<[{
        Builds the stack with the value number `index` replaced by `value`. Built
        of operations that have a derivative, so that a way back may be
        differentiated again.
      }],
      "::mlir::Value", "buildStackWrite",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::Location":$location,
           "::mlir::Value":$stack, "::mlir::Value":$index, "::mlir::Value":$value),
      /*methodBody=*/"", /*defaultImplementation=*/"return ::mlir::Value();">,
    InterfaceMethod<[{
        Builds the value number `index` of a stack; of operations as above.
      }],
      "::mlir::Value", "buildStackRead",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::Location":$location,
           "::mlir::Value":$stack, "::mlir::Value":$index),
      /*methodBody=*/"", /*defaultImplementation=*/"return ::mlir::Value();">,
    InterfaceMethod<[{
        Builds some value of this type at no cost. It stands where nobody looks:
        for what only a branch that was not taken computes. Sizes that the type
        leaves open are those of `like`, as above; it is null where nobody looks
        at sizes either.
      }],
      "::mlir::Value", "buildPlaceholder",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::Location":$location,
           "::mlir::Value":$like),
      /*methodBody=*/"", /*defaultImplementation=*/[{
        return ::llvm::cast<::atled::VectorSpaceTypeInterface>($_type).buildSplat(
            builder, location, 0.0, like);
      }]>,
    InterfaceMethod<[{
        How many coordinates a value of this type has; nothing if that is not
        known. A type with coordinates implements the four methods that follow,
        and those of stacks; functions on it have Jacobians.
      }],
      "::std::optional<int64_t>", "getNumCoordinates", (ins),
      /*methodBody=*/"", /*defaultImplementation=*/"return ::std::nullopt;">,
    InterfaceMethod<[{
        Builds the unit vector along the coordinate with the given number.
      }],
      "::mlir::Value", "buildUnitVector",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::Location":$location,
           "::mlir::Value":$coordinate),
      /*methodBody=*/"", /*defaultImplementation=*/"return ::mlir::Value();">,
    InterfaceMethod<[{
        The type of the derivatives of a value of this type by one of type
        `argument`: a number for each pair of coordinates. Null if there is none.
      }],
      "::mlir::Type", "getMatrixType", (ins "::mlir::Type":$argument),
      /*methodBody=*/"", /*defaultImplementation=*/"return ::mlir::Type();">,
    InterfaceMethod<[{
        Builds the matrix of type `matrix` from a stack of its rows: for each
        coordinate of this type a value of the argument's type.
      }],
      "::mlir::Value", "buildMatrixOfRows",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::Location":$location,
           "::mlir::Value":$rows, "::mlir::Type":$matrix),
      /*methodBody=*/"", /*defaultImplementation=*/"return ::mlir::Value();">,
    InterfaceMethod<[{
        Builds the matrix of type `matrix` from a stack of its columns: for each
        coordinate of the argument's type a value of this type.
      }],
      "::mlir::Value", "buildMatrixOfColumns",
      (ins "::mlir::OpBuilder &":$builder, "::mlir::Location":$location,
           "::mlir::Value":$columns, "::mlir::Type":$matrix),
      /*methodBody=*/"", /*defaultImplementation=*/"return ::mlir::Value();">
  ];
}

#endif // ATLED_INTERFACES_VECTORSPACETYPEINTERFACE
