// RUN: atled-opt %s --canonicalize=test-convergence | FileCheck %s

//===----------------------------------------------------------------------===//
// Slice
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @slice_that_takes_all
// CHECK-SAME: (%[[X:.*]]: tensor<4x?xf32>)
func.func @slice_that_takes_all(%x: tensor<4x?xf32>) -> tensor<4x?xf32> {
  // CHECK-NEXT: return %[[X]]
  %0 = atled.slice %x[0:4, 0:?] : tensor<4x?xf32> -> tensor<4x?xf32>
  return %0 : tensor<4x?xf32>
}

// CHECK-LABEL: func.func @slices_of_the_same_type_that_take_less
func.func @slices_of_the_same_type_that_take_less(%x: tensor<?xf32>) -> (tensor<?xf32>, tensor<?xf32>, tensor<4xf32>) {
  // CHECK-COUNT-3: atled.slice
  %0 = atled.slice %x[1:?] : tensor<?xf32> -> tensor<?xf32>
  %1 = atled.slice %x[0:?:2] : tensor<?xf32> -> tensor<?xf32>
  %2 = atled.slice %x[0:4] : tensor<?xf32> -> tensor<4xf32>
  return %0, %1, %2 : tensor<?xf32>, tensor<?xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @slice_of_a_splat
func.func @slice_of_a_splat() -> tensor<2xf32> {
  // CHECK-NEXT: atled.constant dense<1.000000e+00> : tensor<2xf32>
  // CHECK-NEXT: return
  %splat = atled.constant dense<1.0> : tensor<4xf32>
  %0 = atled.slice %splat[1:4:2] : tensor<4xf32> -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @slice_of_a_repeated_scalar
// CHECK-SAME: (%[[X:.*]]: tensor<f32>, %{{.*}}: index)
func.func @slice_of_a_repeated_scalar(%x: tensor<f32>, %n: index) -> (tensor<2xf32>, tensor<?xf32>) {
  %0 = atled.broadcast %x dimensions = [] sizes(%n) : tensor<f32> -> tensor<?xf32>
  // CHECK: atled.broadcast %[[X]] dimensions = [] : tensor<f32> -> tensor<2xf32>
  %1 = atled.slice %0[1:3] : tensor<?xf32> -> tensor<2xf32>
  // CHECK: atled.slice
  %2 = atled.slice %0[1:?] : tensor<?xf32> -> tensor<?xf32>
  return %1, %2 : tensor<2xf32>, tensor<?xf32>
}

// Of 10, 13, 16, 19, 22, 25, 28 the second and the fourth.
// CHECK-LABEL: func.func @slice_of_slice
// CHECK-SAME: (%[[X:.*]]: tensor<40xf32>)
func.func @slice_of_slice(%x: tensor<40xf32>) -> tensor<2xf32> {
  // CHECK-NEXT: atled.slice %[[X]][13:20:6] : tensor<40xf32> -> tensor<2xf32>
  // CHECK-NEXT: return
  %0 = atled.slice %x[10:30:3] : tensor<40xf32> -> tensor<7xf32>
  %1 = atled.slice %0[1:5:2] : tensor<7xf32> -> tensor<2xf32>
  return %1 : tensor<2xf32>
}

// CHECK-LABEL: func.func @slice_of_slice_of_dynamic_extent
// CHECK-SAME: (%[[X:.*]]: tensor<?xf32>)
func.func @slice_of_slice_of_dynamic_extent(%x: tensor<?xf32>) -> (tensor<?xf32>, tensor<2xf32>, tensor<?xf32>) {
  // CHECK: atled.slice %[[X]][3:?:2]
  %0 = atled.slice %x[1:?] : tensor<?xf32> -> tensor<?xf32>
  %1 = atled.slice %0[2:?:2] : tensor<?xf32> -> tensor<?xf32>
  // CHECK: atled.slice %[[X]][3:8:4]
  %2 = atled.slice %x[1:?:2] : tensor<?xf32> -> tensor<?xf32>
  %3 = atled.slice %2[1:4:2] : tensor<?xf32> -> tensor<2xf32>
  // CHECK: atled.slice %[[X]][1:?:4]
  %4 = atled.slice %2[0:?:2] : tensor<?xf32> -> tensor<?xf32>
  return %1, %3, %4 : tensor<?xf32>, tensor<2xf32>, tensor<?xf32>
}

// Of 3 elements every other one are 2, and nothing is behind them; but the
// extent is not 4, as x[4:?:2] would promise.
// CHECK-LABEL: func.func @slice_of_slice_with_another_promise
func.func @slice_of_slice_with_another_promise(%x: tensor<?xf32>) -> tensor<?xf32> {
  // CHECK-COUNT-2: atled.slice
  %0 = atled.slice %x[0:?:2] : tensor<?xf32> -> tensor<?xf32>
  %1 = atled.slice %0[2:?] : tensor<?xf32> -> tensor<?xf32>
  return %1 : tensor<?xf32>
}

// CHECK-LABEL: func.func @slice_of_slice_out_of_all_bounds
func.func @slice_of_slice_out_of_all_bounds(%x: tensor<?xf32>) -> tensor<2xf32> {
  // CHECK-COUNT-2: atled.slice
  %0 = atled.slice %x[0:?:4611686018427387904] : tensor<?xf32> -> tensor<?xf32>
  %1 = atled.slice %0[0:5:4] : tensor<?xf32> -> tensor<2xf32>
  return %1 : tensor<2xf32>
}

// CHECK-LABEL: func.func @slice_of_one_input_of_concatenate
// CHECK-SAME: (%[[X:.*]]: tensor<?x3xf32>, %[[Y:.*]]: tensor<?x4xf32>)
func.func @slice_of_one_input_of_concatenate(%x: tensor<?x3xf32>, %y: tensor<?x4xf32>)
    -> (tensor<?x4xf32>, tensor<?x2xf32>, tensor<?x2xf32>) {
  %0 = atled.concatenate %x, %y dimension = 1 : (tensor<?x3xf32>, tensor<?x4xf32>) -> tensor<?x7xf32>
  %1 = atled.slice %0[0:?, 3:7] : tensor<?x7xf32> -> tensor<?x4xf32>
  // CHECK: %[[PART:.*]] = atled.slice %[[Y]][1:?, 1:4:2] : tensor<?x4xf32> -> tensor<?x2xf32>
  %2 = atled.slice %0[1:?, 4:7:2] : tensor<?x7xf32> -> tensor<?x2xf32>
  // CHECK: %[[BOTH:.*]] = atled.slice
  %3 = atled.slice %0[0:?, 2:4] : tensor<?x7xf32> -> tensor<?x2xf32>
  // CHECK: return %[[Y]], %[[PART]], %[[BOTH]]
  return %1, %2, %3 : tensor<?x4xf32>, tensor<?x2xf32>, tensor<?x2xf32>
}

// CHECK-LABEL: func.func @slice_behind_an_input_of_dynamic_extent
// CHECK-SAME: (%[[X:.*]]: tensor<3xf32>, %{{.*}}: tensor<?xf32>)
func.func @slice_behind_an_input_of_dynamic_extent(%x: tensor<3xf32>, %y: tensor<?xf32>)
    -> (tensor<2xf32>, tensor<2xf32>) {
  %0 = atled.concatenate %x, %y, %x dimension = 0 : (tensor<3xf32>, tensor<?xf32>, tensor<3xf32>) -> tensor<?xf32>
  // CHECK: atled.slice %[[X]][1:3]
  %1 = atled.slice %0[1:3] : tensor<?xf32> -> tensor<2xf32>
  // CHECK: atled.slice %{{.*}}[3:5] : tensor<?xf32>
  %2 = atled.slice %0[3:5] : tensor<?xf32> -> tensor<2xf32>
  return %1, %2 : tensor<2xf32>, tensor<2xf32>
}

// The four elements are at 2, 5, 8, 11 of 14.
// CHECK-LABEL: func.func @slice_of_pad_that_takes_no_padding
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %{{.*}}: tensor<f32>)
func.func @slice_of_pad_that_takes_no_padding(%x: tensor<4xf32>, %v: tensor<f32>)
    -> (tensor<4xf32>, tensor<2xf32>, tensor<1xf32>) {
  %0 = atled.pad %x, %v low = [2] high = [2] interior = [2] : (tensor<4xf32>, tensor<f32>) -> tensor<14xf32>
  %1 = atled.slice %0[2:12:3] : tensor<14xf32> -> tensor<4xf32>
  // CHECK-NEXT: %[[SOME:.*]] = atled.slice %[[X]][1:4:2]
  %2 = atled.slice %0[5:14:6] : tensor<14xf32> -> tensor<2xf32>
  // CHECK-NEXT: %[[ONE:.*]] = atled.slice %[[X]][2:3]
  %3 = atled.slice %0[8:9] : tensor<14xf32> -> tensor<1xf32>
  // CHECK-NEXT: return %[[X]], %[[SOME]], %[[ONE]]
  return %1, %2, %3 : tensor<4xf32>, tensor<2xf32>, tensor<1xf32>
}

// CHECK-LABEL: func.func @slice_of_pad_that_takes_padding_alone
// CHECK-SAME: (%{{.*}}: tensor<4x4xf32>, %[[V:.*]]: tensor<f32>)
func.func @slice_of_pad_that_takes_padding_alone(%x: tensor<4x4xf32>, %v: tensor<f32>)
    -> (tensor<2x6xf32>, tensor<5x1xf32>) {
  %0 = atled.pad %x, %v low = [2, 1] high = [0, 1] interior = [0, 0]
      : (tensor<4x4xf32>, tensor<f32>) -> tensor<6x6xf32>
  // CHECK-NEXT: atled.broadcast %[[V]] dimensions = [] : tensor<f32> -> tensor<2x6xf32>
  %1 = atled.slice %0[0:2, 0:6] : tensor<6x6xf32> -> tensor<2x6xf32>
  // CHECK-NEXT: atled.broadcast %[[V]] dimensions = [] : tensor<f32> -> tensor<5x1xf32>
  %2 = atled.slice %0[1:6, 5:6] : tensor<6x6xf32> -> tensor<5x1xf32>
  return %1, %2 : tensor<2x6xf32>, tensor<5x1xf32>
}

// CHECK-LABEL: func.func @slice_of_pad_that_takes_both
func.func @slice_of_pad_that_takes_both(%x: tensor<4xf32>, %v: tensor<f32>) -> (tensor<2xf32>, tensor<3xf32>) {
  // CHECK-COUNT-2: atled.slice
  %0 = atled.pad %x, %v low = [1] high = [0] interior = [1] : (tensor<4xf32>, tensor<f32>) -> tensor<8xf32>
  %1 = atled.slice %0[0:2] : tensor<8xf32> -> tensor<2xf32>
  %2 = atled.slice %0[1:8:3] : tensor<8xf32> -> tensor<3xf32>
  return %1, %2 : tensor<2xf32>, tensor<3xf32>
}

//===----------------------------------------------------------------------===//
// Dynamic slice
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @dynamic_slice_at_a_known_place
// CHECK-SAME: (%[[X:.*]]: tensor<4x8xf32>)
func.func @dynamic_slice_at_a_known_place(%x: tensor<4x8xf32>) -> tensor<2x3xf32> {
  // CHECK-NEXT: atled.slice %[[X]][2:4, 5:8] : tensor<4x8xf32> -> tensor<2x3xf32>
  %i = atled.constant dense<2> : tensor<ui8>
  %j = atled.constant dense<5> : tensor<ui8>
  %0 = atled.dynamic_slice %x[%i, %j] sizes = [2, 3] : (tensor<4x8xf32>, tensor<ui8>, tensor<ui8>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func.func @dynamic_slice_that_is_clamped
// CHECK-SAME: (%[[X:.*]]: tensor<4x8x?xf32>)
func.func @dynamic_slice_that_is_clamped(%x: tensor<4x8x?xf32>) -> tensor<2x3x2xf32> {
  // CHECK-NEXT: atled.slice %[[X]][0:2, 5:8, 0:2]
  %low = atled.constant dense<-1> : tensor<i8>
  %high = atled.constant dense<127> : tensor<i8>
  %0 = atled.dynamic_slice %x[%low, %high, %low] sizes = [2, 3, 2] out_of_range = clamp
      : (tensor<4x8x?xf32>, tensor<i8>, tensor<i8>, tensor<i8>) -> tensor<2x3x2xf32>
  return %0 : tensor<2x3x2xf32>
}

// CHECK-LABEL: func.func @dynamic_slice_with_unsigned_starts
// CHECK-SAME: (%[[X:.*]]: tensor<8xf32>)
func.func @dynamic_slice_with_unsigned_starts(%x: tensor<8xf32>) -> tensor<3xf32> {
  // CHECK-NEXT: atled.slice %[[X]][5:8]
  %i = atled.constant dense<18446744073709551615> : tensor<ui64>
  %0 = atled.dynamic_slice %x[%i] sizes = [3] out_of_range = clamp : (tensor<8xf32>, tensor<ui64>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// A checked build reports the first; how many elements the second has is known
// only when the program runs.
// CHECK-LABEL: func.func @dynamic_slice_that_may_be_outside
func.func @dynamic_slice_that_may_be_outside(%x: tensor<8xf32>, %y: tensor<?xf32>) -> (tensor<3xf32>, tensor<3xf32>) {
  // CHECK-COUNT-2: atled.dynamic_slice
  %i = atled.constant dense<6> : tensor<i32>
  %0 = atled.dynamic_slice %x[%i] sizes = [3] : (tensor<8xf32>, tensor<i32>) -> tensor<3xf32>
  %1 = atled.dynamic_slice %y[%i] sizes = [3] out_of_range = clamp : (tensor<?xf32>, tensor<i32>) -> tensor<3xf32>
  return %0, %1 : tensor<3xf32>, tensor<3xf32>
}

// CHECK-LABEL: func.func @dynamic_slice_that_has_one_place
// CHECK-SAME: (%[[X:.*]]: tensor<4x?xf32>, %[[Y:.*]]: tensor<4x8xf32>, %{{.*}}: tensor<i32>)
func.func @dynamic_slice_that_has_one_place(%x: tensor<4x?xf32>, %y: tensor<4x8xf32>, %i: tensor<i32>)
    -> (tensor<4x?xf32>, tensor<4x2xf32>) {
  %0 = atled.dynamic_slice %x[%i, %i] sizes = [4, ?] : (tensor<4x?xf32>, tensor<i32>, tensor<i32>) -> tensor<4x?xf32>
  // CHECK-NEXT: %[[PART:.*]] = atled.slice %[[Y]][0:4, 0:2]
  %zero = atled.constant dense<0> : tensor<i32>
  %1 = atled.dynamic_slice %y[%i, %zero] sizes = [4, 2] : (tensor<4x8xf32>, tensor<i32>, tensor<i32>) -> tensor<4x2xf32>
  // CHECK-NEXT: return %[[X]], %[[PART]]
  return %0, %1 : tensor<4x?xf32>, tensor<4x2xf32>
}

// CHECK-LABEL: func.func @dynamic_slice_of_a_splat
func.func @dynamic_slice_of_a_splat(%i: tensor<i32>) -> tensor<2xf32> {
  // CHECK-NEXT: atled.constant dense<1.000000e+00> : tensor<2xf32>
  // CHECK-NEXT: return
  %splat = atled.constant dense<1.0> : tensor<4xf32>
  %0 = atled.dynamic_slice %splat[%i] sizes = [2] : (tensor<4xf32>, tensor<i32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}

// CHECK-LABEL: func.func @dynamic_slice_of_what_was_put_there
// CHECK-SAME: (%{{.*}}: tensor<?xf32>, %[[U:.*]]: tensor<2xf32>,
func.func @dynamic_slice_of_what_was_put_there(%x: tensor<?xf32>, %u: tensor<2xf32>, %i: tensor<i32>) -> tensor<2xf32> {
  // CHECK-NEXT: return %[[U]]
  %0 = atled.dynamic_update_slice %u into %x[%i] : (tensor<?xf32>, tensor<2xf32>, tensor<i32>) -> tensor<?xf32>
  %1 = atled.dynamic_slice %0[%i] sizes = [2] : (tensor<?xf32>, tensor<i32>) -> tensor<2xf32>
  return %1 : tensor<2xf32>
}

// CHECK-LABEL: func.func @dynamic_slice_of_another_place
func.func @dynamic_slice_of_another_place(%x: tensor<8xf32>, %u: tensor<2xf32>, %i: tensor<i32>, %j: tensor<i32>)
    -> (tensor<2xf32>, tensor<2xf32>, tensor<3xf32>) {
  // CHECK-COUNT-3: atled.dynamic_slice
  %0 = atled.dynamic_update_slice %u into %x[%i] : (tensor<8xf32>, tensor<2xf32>, tensor<i32>) -> tensor<8xf32>
  %1 = atled.dynamic_slice %0[%j] sizes = [2] : (tensor<8xf32>, tensor<i32>) -> tensor<2xf32>
  %2 = atled.dynamic_slice %0[%i] sizes = [2] out_of_range = clamp : (tensor<8xf32>, tensor<i32>) -> tensor<2xf32>
  %3 = atled.dynamic_slice %0[%i] sizes = [3] : (tensor<8xf32>, tensor<i32>) -> tensor<3xf32>
  return %1, %2, %3 : tensor<2xf32>, tensor<2xf32>, tensor<3xf32>
}

//===----------------------------------------------------------------------===//
// Dynamic update slice
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @update_of_nothing_and_of_everything
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %[[N:.*]]: tensor<0xf32>, %[[U:.*]]: tensor<4xf32>,
func.func @update_of_nothing_and_of_everything(%x: tensor<4xf32>, %n: tensor<0xf32>, %u: tensor<4xf32>, %i: tensor<i32>)
    -> (tensor<4xf32>, tensor<4xf32>) {
  // CHECK-NEXT: return %[[X]], %[[U]]
  %0 = atled.dynamic_update_slice %n into %x[%i] : (tensor<4xf32>, tensor<0xf32>, tensor<i32>) -> tensor<4xf32>
  %1 = atled.dynamic_update_slice %u into %x[%i] : (tensor<4xf32>, tensor<4xf32>, tensor<i32>) -> tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// It may be smaller.
// CHECK-LABEL: func.func @update_of_dynamic_extent
func.func @update_of_dynamic_extent(%x: tensor<?xf32>, %u: tensor<?xf32>, %i: tensor<i32>) -> tensor<?xf32> {
  // CHECK: atled.dynamic_update_slice
  %0 = atled.dynamic_update_slice %u into %x[%i] : (tensor<?xf32>, tensor<?xf32>, tensor<i32>) -> tensor<?xf32>
  return %0 : tensor<?xf32>
}

// CHECK-LABEL: func.func @update_of_an_element_by_itself
func.func @update_of_an_element_by_itself(%i: tensor<i32>) -> (tensor<4xf32>, tensor<4xf32>) {
  // CHECK: %[[ZERO:.*]] = atled.constant dense<0.000000e+00> : tensor<4xf32>
  %zero = atled.constant dense<0.0> : tensor<4xf32>
  %part = atled.constant dense<0.0> : tensor<2xf32>
  %0 = atled.dynamic_update_slice %part into %zero[%i] : (tensor<4xf32>, tensor<2xf32>, tensor<i32>) -> tensor<4xf32>
  // CHECK: %[[OTHER:.*]] = atled.dynamic_update_slice
  %negative = atled.constant dense<-0.0> : tensor<2xf32>
  %1 = atled.dynamic_update_slice %negative into %zero[%i] : (tensor<4xf32>, tensor<2xf32>, tensor<i32>) -> tensor<4xf32>
  // CHECK: return %[[ZERO]], %[[OTHER]]
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// CHECK-LABEL: func.func @update_by_what_is_there
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>,
func.func @update_by_what_is_there(%x: tensor<4xf32>, %i: tensor<i32>) -> tensor<4xf32> {
  // CHECK-NEXT: return %[[X]]
  %0 = atled.dynamic_slice %x[%i] sizes = [2] : (tensor<4xf32>, tensor<i32>) -> tensor<2xf32>
  %1 = atled.dynamic_update_slice %0 into %x[%i] : (tensor<4xf32>, tensor<2xf32>, tensor<i32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// CHECK-LABEL: func.func @update_of_update
// CHECK-SAME: (%[[X:.*]]: tensor<4xf32>, %{{.*}}: tensor<2xf32>, %[[V:.*]]: tensor<2xf32>, %[[I:.*]]: tensor<i32>)
func.func @update_of_update(%x: tensor<4xf32>, %u: tensor<2xf32>, %v: tensor<2xf32>, %i: tensor<i32>) -> tensor<4xf32> {
  // CHECK-NEXT: atled.dynamic_update_slice %[[V]] into %[[X]][%[[I]]]
  // CHECK-NEXT: return
  %0 = atled.dynamic_update_slice %u into %x[%i] : (tensor<4xf32>, tensor<2xf32>, tensor<i32>) -> tensor<4xf32>
  %1 = atled.dynamic_update_slice %v into %0[%i] : (tensor<4xf32>, tensor<2xf32>, tensor<i32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// CHECK-LABEL: func.func @updates_of_different_parts
func.func @updates_of_different_parts(%x: tensor<4xf32>, %u: tensor<2xf32>, %v: tensor<1xf32>, %i: tensor<i32>, %j: tensor<i32>)
    -> (tensor<4xf32>, tensor<4xf32>) {
  // CHECK-COUNT-3: atled.dynamic_update_slice
  %0 = atled.dynamic_update_slice %u into %x[%i] : (tensor<4xf32>, tensor<2xf32>, tensor<i32>) -> tensor<4xf32>
  %1 = atled.dynamic_update_slice %u into %0[%j] : (tensor<4xf32>, tensor<2xf32>, tensor<i32>) -> tensor<4xf32>
  %2 = atled.dynamic_update_slice %v into %0[%i] : (tensor<4xf32>, tensor<1xf32>, tensor<i32>) -> tensor<4xf32>
  return %1, %2 : tensor<4xf32>, tensor<4xf32>
}

//===----------------------------------------------------------------------===//
// Concatenate
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @concatenate_of_one
// CHECK-SAME: (%[[X:.*]]: tensor<?xf32>, %{{.*}}: tensor<0xf32>, %[[E:.*]]: tensor<0x?xf32>)
func.func @concatenate_of_one(%x: tensor<?xf32>, %n: tensor<0xf32>, %e: tensor<0x?xf32>)
    -> (tensor<?xf32>, tensor<?xf32>, tensor<0x?xf32>) {
  // CHECK-NEXT: return %[[X]], %[[X]], %[[E]]
  %0 = atled.concatenate %x dimension = 0 : (tensor<?xf32>) -> tensor<?xf32>
  %1 = atled.concatenate %n, %x, %n dimension = 0 : (tensor<0xf32>, tensor<?xf32>, tensor<0xf32>) -> tensor<?xf32>
  %2 = atled.concatenate %e, %e dimension = 0 : (tensor<0x?xf32>, tensor<0x?xf32>) -> tensor<0x?xf32>
  return %0, %1, %2 : tensor<?xf32>, tensor<?xf32>, tensor<0x?xf32>
}

// CHECK-LABEL: func.func @concatenate_of_equal_splats
func.func @concatenate_of_equal_splats() -> (tensor<3xf32>, tensor<2xf32>) {
  // CHECK-DAG: %[[SPLAT:.*]] = atled.constant dense<1.000000e+00> : tensor<3xf32>
  %one = atled.constant dense<1.0> : tensor<1xf32>
  %two = atled.constant dense<1.0> : tensor<2xf32>
  %0 = atled.concatenate %one, %two dimension = 0 : (tensor<1xf32>, tensor<2xf32>) -> tensor<3xf32>
  // CHECK: %[[ZEROS:.*]] = atled.concatenate
  %positive = atled.constant dense<0.0> : tensor<1xf32>
  %negative = atled.constant dense<-0.0> : tensor<1xf32>
  %1 = atled.concatenate %positive, %negative dimension = 0 : (tensor<1xf32>, tensor<1xf32>) -> tensor<2xf32>
  // CHECK: return %[[SPLAT]], %[[ZEROS]]
  return %0, %1 : tensor<3xf32>, tensor<2xf32>
}

// CHECK-LABEL: func.func @concatenate_of_concatenate
// CHECK-SAME: (%[[X:.*]]: tensor<2x2xf32>, %[[Y:.*]]: tensor<2x3xf32>)
func.func @concatenate_of_concatenate(%x: tensor<2x2xf32>, %y: tensor<2x3xf32>) -> (tensor<2x8xf32>, tensor<4x5xf32>) {
  %0 = atled.concatenate %x, %y dimension = 1 : (tensor<2x2xf32>, tensor<2x3xf32>) -> tensor<2x5xf32>
  // CHECK: atled.concatenate %[[Y]], %[[X]], %[[Y]] dimension = 1
  %1 = atled.concatenate %y, %0 dimension = 1 : (tensor<2x3xf32>, tensor<2x5xf32>) -> tensor<2x8xf32>
  // Not along another dimension.
  // CHECK: atled.concatenate {{.*}} dimension = 0
  %2 = atled.concatenate %0, %0 dimension = 0 : (tensor<2x5xf32>, tensor<2x5xf32>) -> tensor<4x5xf32>
  return %1, %2 : tensor<2x8xf32>, tensor<4x5xf32>
}

// CHECK-LABEL: func.func @concatenate_of_neighbours
// CHECK-SAME: (%[[X:.*]]: tensor<?x8xf32>)
func.func @concatenate_of_neighbours(%x: tensor<?x8xf32>) -> (tensor<?x8xf32>, tensor<?x5xf32>) {
  // CHECK-DAG: %[[LEFT:.*]] = atled.slice %[[X]][1:?, 0:3]
  // CHECK-DAG: %[[MIDDLE:.*]] = atled.slice %[[X]][1:?, 3:5]
  // CHECK: atled.slice %[[X]][1:?, 0:8]
  %0 = atled.slice %x[1:?, 0:3] : tensor<?x8xf32> -> tensor<?x3xf32>
  %1 = atled.slice %x[1:?, 3:5] : tensor<?x8xf32> -> tensor<?x2xf32>
  %2 = atled.slice %x[1:?, 5:8] : tensor<?x8xf32> -> tensor<?x3xf32>
  %3 = atled.concatenate %0, %1, %2 dimension = 1 : (tensor<?x3xf32>, tensor<?x2xf32>, tensor<?x3xf32>) -> tensor<?x8xf32>
  // CHECK: atled.concatenate %[[MIDDLE]], %[[LEFT]]
  %4 = atled.concatenate %1, %0 dimension = 1 : (tensor<?x2xf32>, tensor<?x3xf32>) -> tensor<?x5xf32>
  return %3, %4 : tensor<?x8xf32>, tensor<?x5xf32>
}

// CHECK-LABEL: func.func @concatenate_of_slices_that_are_no_neighbours
func.func @concatenate_of_slices_that_are_no_neighbours(%x: tensor<8x8xf32>) -> (tensor<4x8xf32>, tensor<8x4xf32>) {
  // A gap; two of one place.
  // CHECK-COUNT-2: atled.concatenate
  %0 = atled.slice %x[0:2, 0:8] : tensor<8x8xf32> -> tensor<2x8xf32>
  %1 = atled.slice %x[3:5, 0:8] : tensor<8x8xf32> -> tensor<2x8xf32>
  %2 = atled.concatenate %0, %1 dimension = 0 : (tensor<2x8xf32>, tensor<2x8xf32>) -> tensor<4x8xf32>
  %3 = atled.slice %x[0:8, 0:2] : tensor<8x8xf32> -> tensor<8x2xf32>
  %4 = atled.concatenate %3, %3 dimension = 1 : (tensor<8x2xf32>, tensor<8x2xf32>) -> tensor<8x4xf32>
  return %2, %4 : tensor<4x8xf32>, tensor<8x4xf32>
}

//===----------------------------------------------------------------------===//
// Pad
//===----------------------------------------------------------------------===//

// CHECK-LABEL: func.func @pad_by_nothing
// CHECK-SAME: (%[[X:.*]]: tensor<?x1xf32>, %{{.*}}: tensor<f32>)
func.func @pad_by_nothing(%x: tensor<?x1xf32>, %v: tensor<f32>) -> tensor<?x1xf32> {
  // A single element has no neighbour.
  // CHECK-NEXT: return %[[X]]
  %0 = atled.pad %x, %v low = [0, 0] high = [0, 0] interior = [0, 3] : (tensor<?x1xf32>, tensor<f32>) -> tensor<?x1xf32>
  return %0 : tensor<?x1xf32>
}

// CHECK-LABEL: func.func @pad_that_moves
func.func @pad_that_moves(%x: tensor<4xf32>, %v: tensor<f32>) -> tensor<4xf32> {
  // CHECK: atled.pad
  %0 = atled.pad %x, %v low = [1] high = [-1] interior = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<4xf32>
  return %0 : tensor<4xf32>
}

// CHECK-LABEL: func.func @pad_of_an_element_by_itself
// CHECK-SAME: (%[[S:.*]]: tensor<f32>)
func.func @pad_of_an_element_by_itself(%s: tensor<f32>) -> (tensor<9xf32>, tensor<9xf32>, tensor<6xf32>) {
  // CHECK-DAG: %[[SPLAT:.*]] = atled.constant dense<0.000000e+00> : tensor<9xf32>
  %zero = atled.constant dense<0.0> : tensor<4xf32>
  %scalar = atled.constant dense<0.0> : tensor<f32>
  %0 = atled.pad %zero, %scalar low = [1] high = [1] interior = [1] : (tensor<4xf32>, tensor<f32>) -> tensor<9xf32>
  // CHECK: %[[OTHER:.*]] = atled.pad
  %negative = atled.constant dense<-0.0> : tensor<f32>
  %1 = atled.pad %zero, %negative low = [1] high = [1] interior = [1] : (tensor<4xf32>, tensor<f32>) -> tensor<9xf32>
  // CHECK: %[[REPEATED:.*]] = atled.broadcast %[[S]]
  %repeated = atled.broadcast %s dimensions = [] : tensor<f32> -> tensor<4xf32>
  %2 = atled.pad %repeated, %s low = [1] high = [1] interior = [0] : (tensor<4xf32>, tensor<f32>) -> tensor<6xf32>
  // CHECK: return %[[SPLAT]], %[[OTHER]], %[[REPEATED]]
  return %0, %1, %2 : tensor<9xf32>, tensor<9xf32>, tensor<6xf32>
}

// CHECK-LABEL: func.func @pad_of_nothing
// CHECK-SAME: (%{{.*}}: tensor<0xf32>, %[[V:.*]]: tensor<f32>)
func.func @pad_of_nothing(%x: tensor<0xf32>, %v: tensor<f32>) -> tensor<3xf32> {
  // CHECK-NEXT: atled.broadcast %[[V]] dimensions = [] : tensor<f32> -> tensor<3xf32>
  %0 = atled.pad %x, %v low = [1] high = [2] interior = [0] : (tensor<0xf32>, tensor<f32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>
}

// CHECK-LABEL: func.func @pad_that_takes_away
// CHECK-SAME: (%[[X:.*]]: tensor<8x?xf32>, %{{.*}}: tensor<f32>)
func.func @pad_that_takes_away(%x: tensor<8x?xf32>, %v: tensor<f32>) -> (tensor<5x?xf32>, tensor<8x?xf32>) {
  // CHECK: atled.slice %[[X]][1:6, 3:?] : tensor<8x?xf32> -> tensor<5x?xf32>
  %0 = atled.pad %x, %v low = [-1, -3] high = [-2, 0] interior = [0, 0] : (tensor<8x?xf32>, tensor<f32>) -> tensor<5x?xf32>
  // A slice of a dynamic extent cannot end before its end.
  // CHECK: atled.pad
  %1 = atled.pad %x, %v low = [0, 0] high = [0, -1] interior = [0, 0] : (tensor<8x?xf32>, tensor<f32>) -> tensor<8x?xf32>
  return %0, %1 : tensor<5x?xf32>, tensor<8x?xf32>
}

// CHECK-LABEL: func.func @pad_of_pad
// CHECK-SAME: (%[[X:.*]]: tensor<?xf32>, %[[V:.*]]: tensor<f32>, %[[W:.*]]: tensor<f32>)
func.func @pad_of_pad(%x: tensor<?xf32>, %v: tensor<f32>, %w: tensor<f32>) -> (tensor<?xf32>, tensor<?xf32>, tensor<?xf32>) {
  // CHECK: atled.pad %[[X]], %[[V]] low = [3] high = [1] interior = [2]
  %0 = atled.pad %x, %v low = [1] high = [2] interior = [2] : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
  %1 = atled.pad %0, %v low = [2] high = [-1] interior = [0] : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
  // The second puts nothing.
  // CHECK: atled.pad %[[X]], %[[V]] low = [-1] high = [2] interior = [2]
  %2 = atled.pad %0, %w low = [-2] high = [0] interior = [0] : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
  // The first puts nothing.
  // CHECK: atled.pad %[[X]], %[[W]] low = [2] high = [-3] interior = [0]
  %3 = atled.pad %x, %v low = [0] high = [-2] interior = [0] : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
  %4 = atled.pad %3, %w low = [2] high = [-1] interior = [0] : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
  return %1, %2, %4 : tensor<?xf32>, tensor<?xf32>, tensor<?xf32>
}

// Another value; in place of what was there; gaps between what was padded.
// CHECK-LABEL: func.func @pads_that_stay_two
func.func @pads_that_stay_two(%x: tensor<?xf32>, %v: tensor<f32>, %w: tensor<f32>) -> (tensor<?xf32>, tensor<?xf32>, tensor<?xf32>) {
  // CHECK-COUNT-5: atled.pad
  %0 = atled.pad %x, %v low = [1] high = [0] interior = [0] : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
  %1 = atled.pad %0, %w low = [1] high = [0] interior = [0] : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
  %2 = atled.pad %x, %v low = [0] high = [-1] interior = [0] : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
  %3 = atled.pad %2, %v low = [0] high = [1] interior = [0] : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
  %4 = atled.pad %0, %v low = [0] high = [0] interior = [1] : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
  return %1, %3, %4 : tensor<?xf32>, tensor<?xf32>, tensor<?xf32>
}

// The greatest numbers that there are do not make it overflow.
// CHECK-LABEL: func.func @pads_of_extreme_margins
func.func @pads_of_extreme_margins(%x: tensor<1xf32>, %y: tensor<?xf32>, %v: tensor<f32>)
    -> (tensor<1xf32>, tensor<1xf32>, tensor<?xf32>) {
  // CHECK: atled.slice
  %0 = atled.pad %x, %v low = [-9223372036854775808] high = [9223372036854775807] interior = [0]
      : (tensor<1xf32>, tensor<f32>) -> tensor<0xf32>
  %1 = atled.pad %0, %v low = [1] high = [0] interior = [0] : (tensor<0xf32>, tensor<f32>) -> tensor<1xf32>
  %2 = atled.pad %x, %v low = [1] high = [0] interior = [9223372036854775807] : (tensor<1xf32>, tensor<f32>) -> tensor<2xf32>
  %3 = atled.slice %2[1:2] : tensor<2xf32> -> tensor<1xf32>
  // CHECK: atled.pad
  %4 = atled.pad %y, %v low = [-9223372036854775808] high = [0] interior = [0] : (tensor<?xf32>, tensor<f32>) -> tensor<?xf32>
  return %1, %3, %4 : tensor<1xf32>, tensor<1xf32>, tensor<?xf32>
}
