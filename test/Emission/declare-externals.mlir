// RUN: atled-opt %s --atled-declare-externals | FileCheck %s

// CHECK: func.func private @g(
// CHECK-SAME: atled.signature = "(x: tensor<2xi1>, in1: tensor<bf16>) -> (out0: tensor<2xf32>, int_: tensor<f16>)"
// CHECK-SAME: atled.workspace_bytes = 100 : i64
func.func private @g(tensor<2xi1> {atled.name = "x"}, tensor<bf16>) -> (tensor<2xf32>, tensor<f16> {atled.name = "int"})
    attributes {atled.workspace_bytes = 100 : i64}
// CHECK: func.func private @nothing()
// CHECK-SAME: atled.signature = "() -> ()"
func.func private @nothing()

// What nobody uses may be anything.
// CHECK: func.func private @"not called"(f32)
// CHECK-NOT: atled.signature
func.func private @"not called"(f32) -> tensor<?xf32>

func.func @f(%x: tensor<2xi1>, %y: tensor<bf16>) -> tensor<2xf32> {
  %r:2 = func.call @g(%x, %y) : (tensor<2xi1>, tensor<bf16>) -> (tensor<2xf32>, tensor<f16>)
  func.call @nothing() : () -> ()
  return %r#0 : tensor<2xf32>
}
