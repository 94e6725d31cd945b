// The C++ of one rule of each kind.
//
// RUN: %atled_tblgen -gen-derivative-rules %s | FileCheck %s
// RUN: %atled_tblgen -gen-derivative-list %s | FileCheck --check-prefix=LIST %s

include "toy.td"

// A partial derivative is multiplied with what arrives; each operation is a statement of its own.
// CHECK-LABEL: struct SinOpRule {
// CHECK-NEXT:    static constexpr bool isCheap = false;
// CHECK-NEXT:    static constexpr bool isSingular = false;
// CHECK-NEXT:    static constexpr bool isLastFirst = false;
// CHECK-NEXT:    static ::atled::DerivativeKind kind(::toy::SinOp op, unsigned operand) {
// CHECK-NEXT:      switch (::atled::detail::getDefinedOperand(op, operand, 1)) {
// CHECK-NEXT:      case 0: return ::atled::DerivativeKind::Exists;
// CHECK:         static ::mlir::Value apply(::atled::RuleBuilder &builder, ::toy::SinOp op, unsigned operand, ::mlir::Value direction) {
// CHECK:           case 0: {
// CHECK-NEXT:        auto value0 = ::toy::CosOp::create(builder, op.getX());
// CHECK-NEXT:        auto value1 = builder.product(direction, value0);
// CHECK-NEXT:        return value1;
def : Partials<Toy_SinOp, [(Toy_CosOp $x)]>;

// An entry in $tangent says itself what becomes of it. Constants have the result's type.
// CHECK-LABEL: struct DivOpRule {
// CHECK:           case 0: {
// CHECK-NEXT:        auto value0 = ::toy::DivOp::create(builder, direction, op.getRhs());
// CHECK-NEXT:        return value0;
// CHECK:           case 1: {
// CHECK-NEXT:        auto value0 = ::toy::MulOp::create(builder, direction, op.getResult());
// CHECK-NEXT:        auto value1 = builder.splat(-1.5);
// CHECK-NEXT:        auto value2 = ::toy::MulOp::create(builder, value1, op.getRhs());
// CHECK-NEXT:        auto value3 = ::toy::DivOp::create(builder, value0, value2);
// CHECK-NEXT:        return value3;
def : Partials<Toy_DivOp, [(Toy_DivOp $tangent, $rhs),
                           (Toy_DivOp (Toy_MulOp $tangent, $result),
                                      (Toy_MulOp Splat<"-1.5">, $rhs))]>;

// What is zero is not computed.
// CHECK-LABEL: struct SignOpRule {
// CHECK:           case 0: return ::atled::DerivativeKind::Zero;
// CHECK:         apply(
// CHECK-NOT:       case
// CHECK:           llvm_unreachable("operand without a derivative");
def : Partials<Toy_SignOp, [(Zero)]>;

// An operand without a derivative; constants as operands.
// CHECK-LABEL: struct ChooseOpRule {
// CHECK:           case 0: return ::atled::DerivativeKind::None;
// CHECK-NEXT:      case 1: return ::atled::DerivativeKind::Exists;
// CHECK-NEXT:      case 2: return ::atled::DerivativeKind::Exists;
// CHECK:         apply(
// CHECK-NOT:       case 0
// CHECK:           case 1: {
// CHECK-NEXT:        auto value0 = builder.splat(0.0);
// CHECK-NEXT:        auto value1 = ::toy::ChooseOp::create(builder, op.getWhich(), direction, value0);
// CHECK-NEXT:        return value1;
def : Linear<Toy_ChooseOp, [(NoDerivative), (Toy_ChooseOp $which, $cotangent, Nought),
                            (Toy_ChooseOp $which, Nought, $cotangent)]>;

// C++ gets the builder first; attributes are passed as attributes.
// CHECK-LABEL: struct RotateOpRule {
// CHECK:             auto value0 = opposite(builder, op.getAngleAttr());
// CHECK-NEXT:        auto value1 = ::toy::RotateOp::create(builder, direction, value0);
def Opposite : Function<"opposite">;
def : Linear<Toy_RotateOp, [(Toy_RotateOp $cotangent, (Opposite $angle))]>;

// One entry for all of a variadic operand: the operation and the operand's number tell them apart.
// CHECK-LABEL: struct JoinOpRule {
// CHECK:             auto value0 = takePart(builder, direction, op, operand);
def TakePart : Function<"takePart">;
def : Linear<Toy_JoinOp, [(TakePart $cotangent, $op, $number)]>;

// Nothing is built where a cotangent passes as it is.
// CHECK-LABEL: struct AddOpRule {
// CHECK:           case 0: {
// CHECK-NEXT:        return direction;
def : Linear<Toy_AddOp, [(Itself $cotangent), (Itself $cotangent)]>;

// CHECK-LABEL: struct MulOpRule {
// CHECK:             auto value0 = ::toy::MulOp::create(builder, direction, op.getRhs());
// CHECK:             auto value0 = ::toy::MulOp::create(builder, op.getLhs(), direction);
def : Multilinear<Toy_MulOp, [(Toy_MulOp $cotangent, $rhs), (Toy_MulOp $lhs, $cotangent)]>;

// Code is attached by whoever wrote it.
// CHECK-NOT: MaxOp
def : Coded<Toy_MaxOp, ["to the greater", "to the greater"]>;

// CHECK-LABEL: static void populateToyDerivatives(::mlir::MLIRContext *context) {
// CHECK-NEXT:    ::toy::SinOp::attachInterface<::atled::PartialsModel<SinOpRule, ::toy::SinOp>>(*context);
// CHECK-DAG:     ::toy::ChooseOp::attachInterface<::atled::LinearModel<ChooseOpRule, ::toy::ChooseOp>>(*context);
// CHECK-DAG:     ::toy::MulOp::attachInterface<::atled::MultilinearModel<MulOpRule, ::toy::MulOp>>(*context);
// CHECK-NOT:     MaxOp

// LIST:      toy.sin
// LIST-NEXT: toy.div
// LIST-NEXT: toy.sign
// LIST-NEXT: toy.choose
// LIST-NEXT: toy.rotate
// LIST-NEXT: toy.join
// LIST-NEXT: toy.add
// LIST-NEXT: toy.mul
// LIST-NEXT: toy.max
