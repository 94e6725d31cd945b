// RUN: atled-opt %s | atled-opt | FileCheck %s
// RUN: atled-opt %s -mlir-print-op-generic | atled-opt | FileCheck %s
// RUN: atled-opt %s -emit-bytecode | atled-opt | FileCheck %s

func.func private @f(tensor<4xf32>, tensor<i32>, tensor<2xf32>) -> (tensor<f32>, tensor<i1>, tensor<3xf32>)

// Integers have no tangent. The map may be used in any region of the function.
// CHECK-LABEL: @uses(
func.func @uses(%x: tensor<4xf32>, %n: tensor<i32>, %w: tensor<2xf32>, %c: i1) -> tensor<4xf32> {
  // CHECK: %[[Y:.*]]:3, %[[MAP:.*]] = ad.linearize @f(%{{.*}}, %{{.*}}, %{{.*}}) wrt = [0, 2] :
  // CHECK-SAME: (tensor<4xf32>, tensor<i32>, tensor<2xf32>) -> (tensor<f32>, tensor<i1>, tensor<3xf32>, !ad.linear_map<(tensor<4xf32>, tensor<2xf32>) -> (tensor<f32>, tensor<3xf32>)>)
  %y:3, %map = ad.linearize @f(%x, %n, %w) wrt = [0, 2]
      : (tensor<4xf32>, tensor<i32>, tensor<2xf32>)
        -> (tensor<f32>, tensor<i1>, tensor<3xf32>,
            !ad.linear_map<(tensor<4xf32>, tensor<2xf32>) -> (tensor<f32>, tensor<3xf32>)>)
  // CHECK: scf.if
  %r = scf.if %c -> (tensor<4xf32>) {
    // CHECK-NEXT: %[[T:.*]]:2 = ad.apply %[[MAP]](%{{.*}}, %{{.*}}) : !ad.linear_map<(tensor<4xf32>, tensor<2xf32>) -> (tensor<f32>, tensor<3xf32>)>
    %t:2 = ad.apply %map(%x, %w) : !ad.linear_map<(tensor<4xf32>, tensor<2xf32>) -> (tensor<f32>, tensor<3xf32>)>
    // CHECK-NEXT: ad.apply_transpose %[[MAP]](%[[T]]#0, %[[T]]#1) : !ad.linear_map<(tensor<4xf32>, tensor<2xf32>) -> (tensor<f32>, tensor<3xf32>)>
    %d:2 = ad.apply_transpose %map(%t#0, %t#1) : !ad.linear_map<(tensor<4xf32>, tensor<2xf32>) -> (tensor<f32>, tensor<3xf32>)>
    scf.yield %d#0 : tensor<4xf32>
  } else {
    scf.yield %x : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}
