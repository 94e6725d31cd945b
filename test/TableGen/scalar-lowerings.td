// The C++ of rows: a function for each operation, with one case for each kind of element.
//
// RUN: %atled_tblgen -gen-scalar-lowerings %s | FileCheck %s

include "scalars.td"

// CHECK:       #ifdef GET_SCALAR_LOWERINGS

// The default for integers is that they are not taken.
// CHECK-LABEL: static ::mlir::Value lowerScalar(::toy::SinOp op, ::atled::ScalarBuilder &builder, ::mlir::ValueRange elements) {
// CHECK-NEXT:    switch (builder.getKind()) {
// CHECK-NEXT:    case ::atled::ScalarKind::Float: {
// CHECK-NEXT:      ::mlir::Value t0 = ::mlir::math::SinOp::create(builder, elements[0]);
// CHECK-NEXT:      return t0;
// CHECK-NEXT:    }
// CHECK-NEXT:    default:
// CHECK-NEXT:      return {};
def : ScalarLowering<Toy_SinOp, (Math_SinOp $x)>;

// Literals, attributes, functions; unsigned integers as signed ones where the row does not say otherwise.
// CHECK-LABEL: lowerScalar(::toy::SignOp op
// CHECK-NEXT:    switch
// CHECK-NEXT:    case ::atled::ScalarKind::Float: {
// CHECK-NEXT:      ::mlir::Value t0 = builder.literal(0);
// CHECK-NEXT:      ::mlir::Value t1 = ::mlir::arith::CmpFOp::create(builder, ::mlir::arith::CmpFPredicate::OLT, elements[0], t0);
// CHECK-NEXT:      ::mlir::Value t2 = builder.literal(-1);
// CHECK-NEXT:      ::mlir::Value t3 = ::mlir::arith::SelectOp::create(builder, t1, t2, elements[0]);
// CHECK-NEXT:      return t3;
// CHECK-NEXT:    }
// CHECK-NEXT:    case ::atled::ScalarKind::Signed: {
// CHECK-NEXT:      ::mlir::Value t0 = unchanged(builder, op, elements[0]);
// CHECK-NEXT:      return t0;
// CHECK-NEXT:    }
// CHECK-NEXT:    case ::atled::ScalarKind::Unsigned: {
// CHECK-NEXT:      ::mlir::Value t0 = unchanged(builder, op, elements[0]);
def : ScalarLowering<Toy_SignOp, (SelectOp (Arith_CmpFOp OLT, $x, 0), -1, $x), (Unchanged $x)>;

// What occurs twice is computed once.
// CHECK-LABEL: lowerScalar(::toy::MulOp op
// CHECK:         ::mlir::Value t0 = ::mlir::arith::AddFOp::create(builder, elements[0], elements[1]);
// CHECK-NEXT:    ::mlir::Value t1 = ::mlir::arith::MulFOp::create(builder, t0, t0);
// CHECK-NEXT:    return t1;
defvar sum = (Arith_AddFOp $lhs, $rhs);
def : ScalarLowering<Toy_MulOp, (Arith_MulFOp sum, sum)>;

// CHECK:       #endif // GET_SCALAR_LOWERINGS

// CHECK:       #ifdef GET_SCALAR_LOWERING_OPS
// CHECK-NEXT:  #undef GET_SCALAR_LOWERING_OPS
// CHECK-NEXT:  ::toy::SinOp,
// CHECK-NEXT:  ::toy::SignOp,
// CHECK-NEXT:  ::toy::MulOp
// CHECK-NEXT:  #endif // GET_SCALAR_LOWERING_OPS
