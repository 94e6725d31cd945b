// RUN: atled-opt %s -ad-erase-detach | FileCheck %s
// RUN: atled-opt %s -canonicalize -cse | FileCheck %s --check-prefix=KEPT

// CHECK-LABEL: func.func @stop
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>)
// CHECK-NEXT: return %[[X]]
// Simplification leaves it alone.
// KEPT-LABEL: func.func @stop
// KEPT: ad.detach
func.func @stop(%x: tensor<4xf32>) -> tensor<4xf32> {
  %u = ad.detach %x : tensor<4xf32>
  return %u : tensor<4xf32>
}
