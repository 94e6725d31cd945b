// RUN: atled-opt %s --atled-check-indices | FileCheck %s

// Of each dimension that index vectors count along, the least and the greatest.
// CHECK-LABEL: func.func @gather
// CHECK-SAME: %[[X:.*]]: tensor<5x8xf32>, %[[I:.*]]: tensor<4x2xi32>
// CHECK: %[[ROWS:.*]] = atled.slice %[[I]][0:4, 0:1]
// CHECK: %[[MAX:.*]] = atled.reduce_max %[[ROWS]] dimensions = [0, 1]
// CHECK: %[[WIDEMAX:.*]] = atled.convert %[[MAX]] : tensor<i32> to tensor<i64>
// CHECK: %[[GREATEST:.*]] = tensor.extract %[[WIDEMAX]][]
// CHECK: %[[MIN:.*]] = atled.reduce_min %[[ROWS]] dimensions = [0, 1]
// CHECK: %[[WIDEMIN:.*]] = atled.convert %[[MIN]]
// CHECK: %[[LEAST:.*]] = tensor.extract %[[WIDEMIN]][]
// CHECK: arith.cmpi sge, %[[LEAST]]
// CHECK: arith.cmpi sle, %[[GREATEST]]
// CHECK: cf.assert %{{.*}}, "'atled.gather' along dimension 0, which takes 0 to 4" {ad.limit = "index"}
// CHECK: atled.slice %[[I]][0:4, 1:2]
// CHECK: cf.assert %{{.*}}, "'atled.gather' along dimension 1, which takes 0 to 5" {ad.limit = "index"}
// CHECK: atled.gather
func.func @gather(%x: tensor<5x8xf32>, %i: tensor<4x2xi32>) -> tensor<4x3xf32> {
  %y = atled.gather %x[%i] sizes = [1, 3] offset = [1] collapsed = [0] indexed = [0, 1] vector = 1
      : (tensor<5x8xf32>, tensor<4x2xi32>) -> tensor<4x3xf32>
  return %y : tensor<4x3xf32>
}

// Where the program says what happens, nothing is out of range.
// CHECK-LABEL: func.func @said
// CHECK-NOT: cf.assert
func.func @said(%x: tensor<5xf32>, %i: tensor<4x1xi32>, %u: tensor<4xf32>, %k: tensor<i64>)
    -> (tensor<4xf32>, tensor<5xf32>, tensor<2xf32>) {
  %y = atled.gather %x[%i] sizes = [1] offset = [] collapsed = [0] indexed = [0] vector = 1 out_of_range = clamp
      : (tensor<5xf32>, tensor<4x1xi32>) -> tensor<4xf32>
  %z = atled.scatter set, %u into %x[%i] offset = [] collapsed = [0] indexed = [0] vector = 1 out_of_range = drop
      : (tensor<5xf32>, tensor<4x1xi32>, tensor<4xf32>) -> tensor<5xf32>
  %w = atled.dynamic_slice %x[%k] sizes = [2] out_of_range = clamp : (tensor<5xf32>, tensor<i64>) -> tensor<2xf32>
  return %y, %z, %w : tensor<4xf32>, tensor<5xf32>, tensor<2xf32>
}

// What is unsigned is not less than 0; what is too large for an i64 has become so.
// CHECK-LABEL: func.func @unsigned
// CHECK-NOT: atled.reduce_min
// CHECK: atled.reduce_max
// CHECK: atled.convert %{{.*}} : tensor<ui64> to tensor<i64>
// CHECK: cf.assert %{{.*}}, "'atled.scatter' along dimension 0, which takes 0 to 4"
func.func @unsigned(%x: tensor<5xf32>, %i: tensor<4x1xui64>, %u: tensor<4xf32>) -> tensor<5xf32> {
  %z = atled.scatter set, %u into %x[%i] offset = [] collapsed = [0] indexed = [0] vector = 1
      : (tensor<5xf32>, tensor<4x1xui64>, tensor<4xf32>) -> tensor<5xf32>
  return %z : tensor<5xf32>
}

// CHECK-LABEL: func.func @starts
// CHECK-SAME: %[[X:.*]]: tensor<?x8xf32>, %[[U:.*]]: tensor<2x?xf32>
// CHECK: %[[ROWS:.*]] = tensor.dim %[[X]]
// CHECK: arith.subi %[[ROWS]], %{{.*}} : index
// CHECK: cf.assert %{{.*}}, "'atled.dynamic_update_slice' along dimension 0" {ad.limit = "index"}
// CHECK: %[[COLUMNS:.*]] = tensor.dim %[[U]]
// CHECK: arith.subi %{{.*}}, %[[COLUMNS]] : index
// CHECK: cf.assert %{{.*}}, "'atled.dynamic_update_slice' along dimension 1" {ad.limit = "index"}
func.func @starts(%x: tensor<?x8xf32>, %u: tensor<2x?xf32>, %i: tensor<i64>, %j: tensor<i64>) -> tensor<?x8xf32> {
  %y = atled.dynamic_update_slice %u into %x[%i, %j]
      : (tensor<?x8xf32>, tensor<2x?xf32>, tensor<i64>, tensor<i64>) -> tensor<?x8xf32>
  return %y : tensor<?x8xf32>
}

// CHECK-LABEL: func.func @element
// CHECK-SAME: %{{.*}}: tensor<6xf64>, %[[I:.*]]: index
// CHECK: %[[LEAST:.*]] = arith.cmpi sge, %[[I]], %{{.*}} : index
// CHECK: %[[MOST:.*]] = arith.cmpi sle, %[[I]], %{{.*}} : index
// CHECK: %[[INSIDE:.*]] = arith.andi %[[LEAST]], %[[MOST]]
// CHECK: cf.assert %[[INSIDE]], "'tensor.extract' along dimension 0, which takes 0 to 5" {ad.limit = "index"}
// CHECK-NEXT: tensor.extract
// CHECK: cf.assert %{{.*}}, "'tensor.insert' along dimension 0, which takes 0 to 5" {ad.limit = "index"}
// CHECK: tensor.insert
func.func @element(%x: tensor<6xf64>, %i: index) -> tensor<6xf64> {
  %e = tensor.extract %x[%i] : tensor<6xf64>
  %y = tensor.insert %e into %x[%i] : tensor<6xf64>
  return %y : tensor<6xf64>
}

// CHECK-LABEL: func.func @known
// CHECK-NOT: cf.assert
func.func @known(%x: tensor<6xf64>) -> (f64, tensor<2xf64>) {
  %c5 = arith.constant 5 : index
  %e = tensor.extract %x[%c5] : tensor<6xf64>
  %y = tensor.extract_slice %x[4] [2] [1] : tensor<6xf64> to tensor<2xf64>
  return %e, %y : f64, tensor<2xf64>
}

// A dimension is one that the tensor has.
// CHECK-LABEL: func.func @dimension
// CHECK-SAME: %{{.*}}: tensor<?x?xf64>, %[[I:.*]]: index
// CHECK: %[[LEAST:.*]] = arith.cmpi sge, %[[I]], %c0
// CHECK: %[[MOST:.*]] = arith.cmpi sle, %[[I]], %c1
// CHECK: %[[INSIDE:.*]] = arith.andi %[[LEAST]], %[[MOST]]
// CHECK: cf.assert %[[INSIDE]], "'tensor.dim' of a tensor of rank 2" {ad.limit = "index"}
// CHECK-NOT: cf.assert
func.func @dimension(%x: tensor<?x?xf64>, %i: index) -> (index, index) {
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %i : tensor<?x?xf64>
  %m = tensor.dim %x, %c1 : tensor<?x?xf64>
  return %n, %m : index, index
}

// No product of sizes and strides: that may not fit into an index.
// CHECK-LABEL: func.func @strided
// CHECK-NOT: arith.muli
// CHECK: arith.divsi
// CHECK: cf.assert %{{.*}}, "'tensor.extract_slice' along dimension 0"
func.func @strided(%x: tensor<6xf64>, %offset: index, %size: index, %stride: index) -> tensor<?xf64> {
  %y = tensor.extract_slice %x[%offset] [%size] [%stride] : tensor<6xf64> to tensor<?xf64>
  return %y : tensor<?xf64>
}

// What is put into a part is as large as that.
// CHECK-LABEL: func.func @put
// CHECK-SAME: %{{.*}}: tensor<6x3xf64>, %[[PART:.*]]: tensor<?xf64>, %[[SIZE:.*]]: index
// CHECK: cf.assert %{{.*}}, "'tensor.insert_slice' along dimension 0"
// CHECK: %[[EXTENT:.*]] = tensor.dim %[[PART]]
// CHECK: %[[FITS:.*]] = arith.cmpi eq, %[[EXTENT]], %[[SIZE]]
// CHECK: cf.assert %[[FITS]], "'tensor.insert_slice' along dimension 0"
func.func @put(%x: tensor<6x3xf64>, %part: tensor<?xf64>, %size: index) -> tensor<6x3xf64> {
  %y = tensor.insert_slice %part into %x[0, 1] [%size, 1] [1, 1] : tensor<?xf64> into tensor<6x3xf64>
  return %y : tensor<6x3xf64>
}

// In loops and branches each time; what a linalg operation does is its own affair.
// CHECK-LABEL: func.func @nested
// CHECK: scf.for
// CHECK: cf.assert
// CHECK: linalg.generic
// CHECK-NOT: cf.assert
func.func @nested(%x: tensor<6xf64>, %y: tensor<6xf64>, %n: index) -> (f64, tensor<6xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0.0 : f64
  %sum = scf.for %i = %c0 to %n step %c1 iter_args(%s = %zero) -> (f64) {
    %e = tensor.extract %x[%i] : tensor<6xf64>
    %more = arith.addf %s, %e : f64
    scf.yield %more : f64
  }
  %z = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      outs(%y : tensor<6xf64>) {
  ^bb0(%out: f64):
    %e = tensor.extract %x[%n] : tensor<6xf64>
    linalg.yield %e : f64
  } -> tensor<6xf64>
  return %sum, %z : f64, tensor<6xf64>
}
