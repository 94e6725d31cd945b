// RUN: atled-opt %s --atled-to-linalg | FileCheck %s

// CHECK-LABEL: func.func private @callee
// CHECK-SAME: tensor<?xi16> {atled.element_type = ui16}) -> (tensor<?xi16> {atled.element_type = ui16})
func.func private @callee(%x: tensor<?xui16>) -> tensor<?xui16> {
  return %x : tensor<?xui16>
}

// CHECK-LABEL: func.func @call_and_dim
func.func @call_and_dim(%x: tensor<?xui16>) -> (tensor<?xui16>, index) {
  // CHECK: %[[Y:.*]] = call @callee(%{{.*}}) : (tensor<?xi16>) -> tensor<?xi16>
  // CHECK: tensor.dim %[[Y]], %{{.*}} : tensor<?xi16>
  %c0 = arith.constant 0 : index
  %y = call @callee(%x) : (tensor<?xui16>) -> tensor<?xui16>
  %n = tensor.dim %y, %c0 : tensor<?xui16>
  return %y, %n : tensor<?xui16>, index
}

// CHECK-LABEL: func.func @control_flow
func.func @control_flow(%p: i1, %n: index, %x: tensor<4xui8>) -> tensor<4xui8> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // CHECK: scf.for {{.*}} -> (tensor<4xi8>)
  %y = scf.for %i = %c0 to %n step %c1 iter_args(%s = %x) -> tensor<4xui8> {
    // CHECK: scf.if {{.*}} -> (tensor<4xi8>)
    %t = scf.if %p -> tensor<4xui8> {
      %u = atled.add %s, %x : tensor<4xui8>
      scf.yield %u : tensor<4xui8>
    } else {
      scf.yield %s : tensor<4xui8>
    }
    scf.yield %t : tensor<4xui8>
  }
  return %y : tensor<4xui8>
}

// Signless types are as they were.
// CHECK-LABEL: func.func @signless(
// CHECK-SAME: %{{.*}}: tensor<4xi8>, %{{.*}}: tensor<4xi1>) -> tensor<4xi8>
func.func @signless(%x: tensor<4xi8>, %p: tensor<4xi1>) -> tensor<4xi8> {
  return %x : tensor<4xi8>
}
