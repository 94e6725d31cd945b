// RUN: atled-opt %s --atled-to-linalg --canonicalize | FileCheck %s

// CHECK-LABEL: func.func @slice
func.func @slice(%x: tensor<4x8xf32>) -> tensor<3x3xf32> {
  // CHECK: tensor.extract_slice %{{.*}}[1, 2] [3, 3] [1, 2] : tensor<4x8xf32> to tensor<3x3xf32>
  %0 = atled.slice %x[1:4, 2:8:2] : tensor<4x8xf32> -> tensor<3x3xf32>
  return %0 : tensor<3x3xf32>
}

// CHECK-LABEL: func.func @slice_to_end
func.func @slice_to_end(%x: tensor<?xf32>) -> tensor<?xf32> {
  // CHECK: %[[EXTENT:.*]] = tensor.dim
  // CHECK: %[[SUM:.*]] = arith.addi %[[EXTENT]], %c1
  // CHECK: %[[SIZE:.*]] = arith.divui %[[SUM]], %c3
  // CHECK: tensor.extract_slice %{{.*}}[1] [%[[SIZE]]] [3]
  %0 = atled.slice %x[1:?:3] : tensor<?xf32> -> tensor<?xf32>
  return %0 : tensor<?xf32>
}

// An extent that the type leaves open, but that is known.
// CHECK-LABEL: func.func @slice_to_a_known_end
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>
func.func @slice_to_a_known_end(%x: tensor<4xf32>) -> tensor<2xf32> {
  // CHECK: %[[PART:.*]] = tensor.extract_slice %[[X]][0] [2] [2] : tensor<4xf32> to tensor<2xf32>
  // CHECK: return %[[PART]]
  %c4 = arith.constant 4 : index
  %0 = atled.reshape %x sizes(%c4) : tensor<4xf32> -> tensor<?xf32>
  %1 = atled.slice %0[0:?:2] : tensor<?xf32> -> tensor<?xf32>
  %2 = atled.reshape %1 : tensor<?xf32> -> tensor<2xf32>
  return %2 : tensor<2xf32>
}

// CHECK-LABEL: func.func @dynamic_slice
// CHECK-SAME: %[[X:.*]]: tensor<4x8xf32>, %[[I:.*]]: tensor<i32>, %[[J:.*]]: tensor<i32>
func.func @dynamic_slice(%x: tensor<4x8xf32>, %i: tensor<i32>, %j: tensor<i32>) -> tensor<1x8xf32> {
  // CHECK: %[[START:.*]] = tensor.extract %[[I]][] : tensor<i32>
  // CHECK: %[[INDEX:.*]] = arith.index_cast %[[START]] : i32 to index
  // CHECK: %[[LEAST:.*]] = arith.minsi %[[INDEX]], %c3
  // CHECK: %[[CLAMPED:.*]] = arith.maxsi %[[LEAST]], %c0
  // CHECK: tensor.extract_slice %[[X]][%[[CLAMPED]], {{.*}}] [1, 8] [1, 1]
  %0 = atled.dynamic_slice %x[%i, %j] sizes = [1, 8]
      : (tensor<4x8xf32>, tensor<i32>, tensor<i32>) -> tensor<1x8xf32>
  return %0 : tensor<1x8xf32>
}

// A great unsigned start is not a negative one.
// CHECK-LABEL: func.func @unsigned_start
func.func @unsigned_start(%x: tensor<4xf32>, %i: tensor<ui64>) -> tensor<1xf32> {
  // CHECK: %[[INDEX:.*]] = arith.index_castui %{{.*}} : i64 to index
  // CHECK: arith.minui %[[INDEX]], %c3
  %0 = atled.dynamic_slice %x[%i] sizes = [1] : (tensor<4xf32>, tensor<ui64>) -> tensor<1xf32>
  return %0 : tensor<1xf32>
}

// CHECK-LABEL: func.func @dynamic_update_slice
func.func @dynamic_update_slice(%x: tensor<?xf32>, %u: tensor<2xf32>, %i: tensor<i64>) -> tensor<?xf32> {
  // CHECK: %[[EXTENT:.*]] = tensor.dim
  // CHECK: %[[LAST:.*]] = arith.subi %[[EXTENT]], %c2
  // CHECK: arith.minsi %{{.*}}, %[[LAST]]
  // CHECK: %[[CLAMPED:.*]] = arith.maxsi
  // CHECK: tensor.insert_slice %{{.*}} into %{{.*}}[%[[CLAMPED]]] [2] [1]
  %0 = atled.dynamic_update_slice %u into %x[%i] : (tensor<?xf32>, tensor<2xf32>, tensor<i64>) -> tensor<?xf32>
  return %0 : tensor<?xf32>
}

// CHECK-LABEL: func.func @concatenate
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf32>, %[[Y:.*]]: tensor<?x3xf32>
func.func @concatenate(%x: tensor<2x3xf32>, %y: tensor<?x3xf32>) -> tensor<?x3xf32> {
  // CHECK: %[[EXTENT:.*]] = tensor.dim %[[Y]], %c0
  // CHECK: %[[FIRST:.*]] = tensor.insert_slice %[[X]] into %{{.*}}[0, 0] [2, 3] [1, 1]
  // CHECK: tensor.insert_slice %[[Y]] into %[[FIRST]][2, 0] [%{{.*}}, 3] [1, 1]
  %0 = atled.concatenate %x, %y dimension = 0 : (tensor<2x3xf32>, tensor<?x3xf32>) -> tensor<?x3xf32>
  return %0 : tensor<?x3xf32>
}

// Bufferization takes long for what many parts are written into.
// CHECK-LABEL: func.func @concatenate_many
// CHECK: tensor.empty() : tensor<32xf32>
// CHECK-COUNT-32: tensor.insert_slice %arg0 into {{.*}} into tensor<32xf32>
// CHECK: %[[FIRST:.*]] = tensor.insert_slice %{{.*}} into %{{.*}}[0] [32] [1]
// CHECK: tensor.insert_slice %arg0 into %[[FIRST]][32] [1] [1]
func.func @concatenate_many(%x: tensor<1xf32>) -> tensor<33xf32> {
  %0 = atled.concatenate %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x,
      %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x, %x,
      %x dimension = 0
      : (tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>,
         tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>,
         tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>,
         tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>,
         tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<33xf32>
  return %0 : tensor<33xf32>
}

// CHECK-LABEL: func.func @pad
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>, %[[VALUE:.*]]: tensor<f32>
func.func @pad(%x: tensor<4xf32>, %value: tensor<f32>) -> tensor<12xf32> {
  // CHECK: %[[SCALAR:.*]] = tensor.extract %[[VALUE]][]
  // CHECK: %[[FILLED:.*]] = linalg.fill ins(%[[SCALAR]] : f32)
  // CHECK: tensor.insert_slice %[[X]] into %[[FILLED]][1] [4] [3]
  %0 = atled.pad %x, %value low = [1] high = [1] interior = [2] : (tensor<4xf32>, tensor<f32>) -> tensor<12xf32>
  return %0 : tensor<12xf32>
}

// Places of the elements: -4, -1, 2, 5; of the result: 0 to 4.
// CHECK-LABEL: func.func @negative_pad
func.func @negative_pad(%x: tensor<4xf32>, %value: tensor<f32>) -> tensor<5xf32> {
  // CHECK: %[[KEPT:.*]] = tensor.extract_slice %{{.*}}[2] [1] [1]
  // CHECK: tensor.insert_slice %[[KEPT]] into %{{.*}}[2] [1] [3]
  %0 = atled.pad %x, %value low = [-4] high = [-1] interior = [2] : (tensor<4xf32>, tensor<f32>) -> tensor<5xf32>
  return %0 : tensor<5xf32>
}

// CHECK-LABEL: func.func @nothing_left
func.func @nothing_left(%x: tensor<2xf32>, %value: tensor<f32>) -> tensor<3xf32> {
  // CHECK: %[[FILLED:.*]] = linalg.fill
  // CHECK-NEXT: return %[[FILLED]]
  %0 = atled.pad %x, %value low = [-2] high = [3] interior = [0] : (tensor<2xf32>, tensor<f32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// Upstream's operations refuse places that are not inside, even those of no elements.
// CHECK-LABEL: func.func @empty_slice
func.func @empty_slice(%x: tensor<4x0xf32>, %i: tensor<i32>) -> (tensor<0x0xf32>, tensor<2x0xf32>) {
  // CHECK-NOT: extract_slice
  // CHECK-DAG: tensor.empty() : tensor<0x0xf32>
  // CHECK-DAG: tensor.empty() : tensor<2x0xf32>
  %0 = atled.slice %x[4:4, 0:0] : tensor<4x0xf32> -> tensor<0x0xf32>
  %1 = atled.dynamic_slice %x[%i, %i] sizes = [2, 0]
      : (tensor<4x0xf32>, tensor<i32>, tensor<i32>) -> tensor<2x0xf32>
  return %0, %1 : tensor<0x0xf32>, tensor<2x0xf32>
}

// CHECK-LABEL: func.func @empty_update
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>
func.func @empty_update(%x: tensor<4xf32>, %y: tensor<0xf32>, %i: tensor<i32>) -> (tensor<4xf32>, tensor<4xf32>) {
  // CHECK-NEXT: return %[[X]], %[[X]]
  %0 = atled.dynamic_update_slice %y into %x[%i] : (tensor<4xf32>, tensor<0xf32>, tensor<i32>) -> tensor<4xf32>
  %1 = atled.concatenate %x, %y dimension = 0 : (tensor<4xf32>, tensor<0xf32>) -> tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}
