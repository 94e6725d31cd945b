// RUN: atled-opt %s --atled-codegen | FileCheck %s
// RUN: atled-opt %s --atled-codegen > %t.1
// RUN: atled-opt %s --atled-codegen > %t.2
// RUN: cmp %t.1 %t.2

#id = affine_map<(i, j) -> (i, j)>

// CHECK-LABEL: func.func @entry(
// CHECK-SAME: memref<8x16xf32> {atled.name = "x"{{[^}]*}}}
// CHECK-SAME: memref<2xi8> {atled.element_type = i1, atled.wanted}
// CHECK-SAME: memref<8x16xf32> {atled.name = "y"{{[^}]*}}}
// CHECK-SAME: memref<8x16xi8> {atled.element_type = i1{{[^}]*}}}
// CHECK-SAME: memref<?xi8>{{.*}}) attributes {atled.num_inputs = 2 : i64, atled.workspace_bytes = 512 : i64}
// CHECK-NOT: memref.alloc(
// CHECK-NOT: copy
// CHECK-NOT: linalg.
// CHECK-NOT: affine.
// CHECK: return{{$}}
func.func @entry(%x: tensor<8x16xf32> {atled.name = "x"})
    -> (tensor<8x16xf32> {atled.name = "y"}, tensor<8x16xi1>) {
  %y = func.call @callee(%x) : (tensor<8x16xf32>) -> tensor<8x16xf32>
  %z = func.call @callee(%y) : (tensor<8x16xf32>) -> tensor<8x16xf32>
  %e = tensor.empty() : tensor<8x16xi1>
  %p = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%y, %z : tensor<8x16xf32>, tensor<8x16xf32>) outs(%e : tensor<8x16xi1>) {
  ^bb0(%a: f32, %b: f32, %o: i1):
    %l = arith.cmpf olt, %a, %b : f32
    linalg.yield %l : i1
  } -> tensor<8x16xi1>
  return %z, %p : tensor<8x16xf32>, tensor<8x16xi1>
}
func.func private @callee(%x: tensor<8x16xf32>) -> tensor<8x16xf32> {
  %e = tensor.empty() : tensor<8x16xf32>
  %y = linalg.exp ins(%x : tensor<8x16xf32>) outs(%e : tensor<8x16xf32>) -> tensor<8x16xf32>
  return %y : tensor<8x16xf32>
}
