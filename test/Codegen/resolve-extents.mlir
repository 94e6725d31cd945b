// RUN: atled-opt %s --atled-resolve-extents --canonicalize | FileCheck %s

#id = affine_map<(i) -> (i)>

// CHECK-LABEL: func.func @two_of_one_size(
// CHECK-SAME: attributes {atled.extents = @two_of_one_size.extents}
// CHECK: func.func private @two_of_one_size.extents(%[[X:.*]]: index, %[[Y:.*]]: index) -> (i1, index) attributes {atled.companion}
// CHECK: %[[AGREE:.*]] = arith.cmpi eq, %[[X]], %[[Y]]
// CHECK: return %{{.*}}, %[[X]] : i1, index
func.func @two_of_one_size(%x: tensor<?xf32>, %y: tensor<?xf32>) -> tensor<?xf32> {
  %r = linalg.generic {indexing_maps = [#id, #id, #id], iterator_types = ["parallel"]}
      ins(%x, %y : tensor<?xf32>, tensor<?xf32>) outs(%x : tensor<?xf32>) {
  ^bb0(%a: f32, %b: f32, %o: f32):
    %s = arith.addf %a, %b : f32
    linalg.yield %s : f32
  } -> tensor<?xf32>
  return %r : tensor<?xf32>
}

// The size of a part: less than the whole.
// CHECK-LABEL: func.func private @part.extents(%{{.*}}: index) -> (i1, index)
// CHECK: %[[SIZE:.*]] = arith.subi %{{.*}}, %c3
// CHECK: return %{{.*}}, %[[SIZE]]
func.func @part(%x: tensor<?xf32>) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %c3 = arith.constant 3 : index
  %n = tensor.dim %x, %c0 : tensor<?xf32>
  %m = arith.subi %n, %c3 : index
  %r = tensor.extract_slice %x[3] [%m] [1] : tensor<?xf32> to tensor<?xf32>
  return %r : tensor<?xf32>
}

// A loop that does not run asks for nothing.
// CHECK-LABEL: func.func private @first_of_each.extents(%{{.*}}: index) -> i1
// CHECK: %[[RUNS:.*]] = arith.cmpi sgt, %{{.*}}, %c0
// CHECK: %[[INSIDE:.*]] = arith.cmpi sge, %{{.*}}, %c4
// CHECK: arith.select %[[RUNS]], %[[INSIDE]], %true
func.func @first_of_each(%x: tensor<?xf32>) -> tensor<4xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c0 : tensor<?xf32>
  %e = tensor.empty() : tensor<4xf32>
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%s = %e) -> tensor<4xf32> {
    %p = tensor.extract_slice %x[0] [4] [1] : tensor<?xf32> to tensor<4xf32>
    scf.yield %p : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}

// Static shapes need nobody to tell them.
// CHECK-LABEL: func.func @known(
// CHECK-NOT: @known.extents
func.func @known(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}

// A call where branches return tensors of different size is refused, so the first says how large their result is.
// CHECK: func.func private @one_of_many.extents(%[[X:.*]]: index, %[[Y:.*]]: index) -> (i1, index)
// CHECK: arith.cmpi eq, %[[X]], %[[Y]]
// CHECK: return %{{.*}}, %[[X]]
func.func @one_of_many(%x: tensor<?xf32>, %y: tensor<?xf32>) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %i = tensor.dim %x, %c0 : tensor<?xf32>
  %r = scf.index_switch %i -> tensor<?xf32>
  case 0 {
    scf.yield %x : tensor<?xf32>
  }
  case 5 {
    scf.yield %y : tensor<?xf32>
  }
  default {
    scf.yield %x : tensor<?xf32>
  }
  return %r : tensor<?xf32>
}

// What is no tensor has no extents.
// CHECK-LABEL: func.func private @with_number.extents(
// CHECK-SAME: %[[X:.*]]: index) -> (i1, index)
// CHECK: return %{{.*}}, %[[X]]
func.func @with_number(%x: tensor<?xf32>, %i: index) -> tensor<?xf32> {
  return %x : tensor<?xf32>
}

// The largest number is one like others.
// CHECK-LABEL: func.func private @far_apart.extents(
// CHECK: return %{{.*}}
func.func @far_apart(%x: tensor<?xf32>) -> tensor<?xf32> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?xf32>
  %r = tensor.extract_slice %x[0] [%n] [9223372036854775807] : tensor<?xf32> to tensor<?xf32>
  return %r : tensor<?xf32>
}

// The second half of a derivative has sizes of what the first takes and returns, and one index that it returns.

// CHECK-LABEL: func.func @there
func.func @there(%x: tensor<?xf32>, %y: tensor<2x?xf32>)
    -> (tensor<?xf32>, tensor<?xf32> {ad.residual}, tensor<index> {ad.residual}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c0 : tensor<?xf32>
  %m = tensor.dim %y, %c1 : tensor<2x?xf32>
  %sum = arith.addi %n, %m : index
  %kept = tensor.empty(%m) : tensor<?xf32>
  %index = tensor.from_elements %sum : tensor<index>
  return %x, %kept, %index : tensor<?xf32>, tensor<?xf32>, tensor<index>
}
// CHECK: func.func private @there.extents(%[[N:.*]]: index, %[[M:.*]]: index) -> (i1, index, index, index)
// CHECK: %[[SUM:.*]] = arith.addi %[[N]], %[[M]]
// CHECK: return %{{.*}}, %[[N]], %[[M]], %[[SUM]]

// CHECK: func.func @back({{.*}}, %{{.*}}: tensor<index> {ad.residual, atled.known}
func.func @back(%seed: tensor<?xf32>, %kept: tensor<?xf32> {ad.residual}, %index: tensor<index> {ad.residual})
    -> tensor<?xf32> attributes {ad.forward = "there", ad.like = array<i64: 2, 3, 4>} {
  %n = tensor.extract %index[] : tensor<index>
  %r = tensor.empty(%n) : tensor<?xf32>
  return %r : tensor<?xf32>
}
// CHECK: func.func private @back.extents(%[[N:.*]]: index, %[[M:.*]]: index)
// CHECK: %[[FIRST:.*]]:4 = call @there.extents(%[[N]], %[[M]])
// CHECK: return %{{.*}}, %[[FIRST]]#1, %[[FIRST]]#2, %[[FIRST]]#3, %[[FIRST]]#3
