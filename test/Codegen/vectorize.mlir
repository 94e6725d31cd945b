// RUN: atled-opt %s --atled-vectorize=vector-bytes=16 -canonicalize -cse -split-input-file | FileCheck %s

// CHECK-LABEL: func.func @elementwise
// CHECK: scf.for %[[I:.*]] = %c0 to %c64 step %c4
// CHECK:   %[[V:.*]] = vector.load %arg0[%[[I]]] : memref<64xf32>, vector<4xf32>
// CHECK:   %[[E:.*]] = math.exp %[[V]] : vector<4xf32>
// CHECK:   vector.store %[[E]], %arg1[%[[I]]]
func.func @elementwise(%x: memref<64xf32>, %y: memref<64xf32>) {
  linalg.exp ins(%x : memref<64xf32>) outs(%y : memref<64xf32>)
  return
}

// -----

// What remains is split in powers of two.

// CHECK-LABEL: func.func @remainder
// CHECK-NOT: scf.for
// CHECK: vector.load %arg0[%c0] : memref<7xf32>, vector<4xf32>
// CHECK: vector.load %arg0[%c4] : memref<7xf32>, vector<2xf32>
// CHECK: memref.load %arg0[%c6]
func.func @remainder(%x: memref<7xf32>, %y: memref<7xf32>) {
  linalg.exp ins(%x : memref<7xf32>) outs(%y : memref<7xf32>)
  return
}

// -----

// A dynamic remainder is a loop over scalars.

// CHECK-LABEL: func.func @dynamic
// CHECK: scf.for %{{.*}} = %c0 to %{{.*}} step %c4
// CHECK:   vector.store
// CHECK: scf.for %{{.*}} = %{{.*}} to %{{.*}} step %c1
// CHECK:   memref.store
func.func @dynamic(%x: memref<?xf32>, %y: memref<?xf32>) {
  linalg.exp ins(%x : memref<?xf32>) outs(%y : memref<?xf32>)
  return
}

// -----

// A contraction is computed in tiles of rows times vectors, which share what
// they load; the order of each sum is that of k.

// CHECK-LABEL: func.func @matmul
// CHECK: scf.for %[[N:.*]] = %c0 to %c16 step %c8
// CHECK:   scf.for %[[M:.*]] = %c0 to %c8 step %c4
// CHECK:     %[[SUMS:.*]]:8 = scf.for %[[K:.*]] = %c0 to %c32 step %c1 iter_args
// CHECK:       memref.load %arg0[%[[M]], %[[K]]]
// CHECK:       vector.load %arg1[%[[K]], %[[N]]] : memref<32x16xf32>, vector<4xf32>
// CHECK-COUNT-8: math.fma
// CHECK:       scf.yield
// CHECK:     %[[C:.*]] = vector.load %arg2[%[[M]], %[[N]]]
// CHECK:     %[[S:.*]] = arith.addf %[[C]], %[[SUMS]]#0
// CHECK:     vector.store %[[S]], %arg2[%[[M]], %[[N]]]
func.func @matmul(%a: memref<8x32xf32>, %b: memref<32x16xf32>, %c: memref<8x16xf32>) {
  linalg.generic {indexing_maps = [affine_map<(m, n, k) -> (m, k)>, affine_map<(m, n, k) -> (k, n)>,
                                   affine_map<(m, n, k) -> (m, n)>],
                  iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %b : memref<8x32xf32>, memref<32x16xf32>) outs(%c : memref<8x16xf32>) {
  ^bb0(%x: f32, %y: f32, %sum: f32):
    %s = math.fma %x, %y, %sum : f32
    linalg.yield %s : f32
  }
  return
}

// -----

// Rows that share what they load lie side by side, also where there are more of
// others.

// CHECK-LABEL: func.func @near_rows
// CHECK: scf.for %[[I:.*]] = %c0 to %c64 step %c1
// CHECK-NEXT: scf.for %[[M:.*]] = %c0 to %c8 step %c4
// CHECK-NEXT: scf.for %[[K:.*]] = %c0 to %c16 step %c1
// CHECK-NEXT: memref.load %arg0[%[[I]], %[[M]], %[[K]]]
func.func @near_rows(%a: memref<64x8x16xf32>, %b: memref<16x8xf32>, %c: memref<64x8x8xf32>) {
  linalg.generic {indexing_maps = [affine_map<(i, m, n, k) -> (i, m, k)>, affine_map<(i, m, n, k) -> (k, n)>,
                                   affine_map<(i, m, n, k) -> (i, m, n)>],
                  iterator_types = ["parallel", "parallel", "parallel", "reduction"]}
      ins(%a, %b : memref<64x8x16xf32>, memref<16x8xf32>) outs(%c : memref<64x8x8xf32>) {
  ^bb0(%x: f32, %y: f32, %sum: f32):
    %s = math.fma %x, %y, %sum : f32
    linalg.yield %s : f32
  }
  return
}

// -----

// A long chain of additions is cut in blocks.

// CHECK-LABEL: func.func @blocks
// CHECK: scf.for %[[B:.*]] = %c0 to %c1024 step %c256
// CHECK:   %[[E:.*]] = affine.apply #{{.*}}(%[[B]])
// CHECK:   scf.for %{{.*}} = %[[B]] to %[[E]] step %c1 iter_args
// CHECK:   vector.store
func.func @blocks(%x: memref<1024x4xf32>, %y: memref<4xf32>) {
  linalg.reduce { arith.addf } ins(%x : memref<1024x4xf32>) outs(%y : memref<4xf32>) dimensions = [0]
  return
}

// -----

// The sum of a row has 32 lanes, which are added in pairs.

// CHECK-LABEL: func.func @row_sum
// CHECK: %[[NEUTRAL:.*]] = arith.constant dense<-0.000000e+00> : vector<32xf32>
// CHECK: %[[LANES:.*]] = scf.for %[[K:.*]] = %c0 to %c64 step %c32 iter_args(%[[SUM:.*]] = %[[NEUTRAL]])
// CHECK:   %[[V:.*]] = vector.load %{{.*}} : memref<2x65xf32>, vector<32xf32>
// CHECK:   arith.addf %[[SUM]], %[[V]] : vector<32xf32>
// CHECK: %[[L:.*]] = vector.extract %[[LANES]][0]
// CHECK: %[[A:.*]] = arith.addf %[[L]], %{{.*}} : f32
// CHECK: vector.insert %[[A]], %[[LANES]] [0]
// CHECK: arith.addf %{{.*}} : vector<16xf32>
// CHECK: arith.addf %{{.*}} : vector<8xf32>
// CHECK: arith.addf %{{.*}} : vector<4xf32>
// CHECK: arith.addf %{{.*}} : vector<2xf32>
// CHECK: arith.addf %{{.*}} : f32
func.func @row_sum(%x: memref<2x65xf32>, %y: memref<2xf32>) {
  linalg.reduce { arith.addf } ins(%x : memref<2x65xf32>) outs(%y : memref<2xf32>) dimensions = [1]
  return
}

// -----

// f64 has 16 lanes; a short row has fewer.

// CHECK-LABEL: func.func @lanes
// CHECK: vector.load {{.*}} : memref<2x64xf64>, vector<16xf64>
// CHECK: vector.load {{.*}} : memref<2x4xf32>, vector<4xf32>
func.func @lanes(%x: memref<2x64xf64>, %y: memref<2xf64>, %z: memref<2x4xf32>, %w: memref<2xf32>) {
  linalg.reduce { arith.addf } ins(%x : memref<2x64xf64>) outs(%y : memref<2xf64>) dimensions = [1]
  linalg.reduce { arith.maximumf } ins(%z : memref<2x4xf32>) outs(%w : memref<2xf32>) dimensions = [1]
  return
}

// -----

// Without one combining operation the steps stay one chain; other rows fill
// the lanes.

// CHECK-LABEL: func.func @argmax
// CHECK: vector.load %arg1
// CHECK: vector.load %arg2
// CHECK: scf.for {{.*}} iter_args
// CHECK:   vector.load %arg0{{.*}} vector<4xf32>
// CHECK:   arith.cmpf ogt, {{.*}} : vector<4xf32>
// CHECK:   arith.select {{.*}} : vector<4xi1>, vector<4xf32>
func.func @argmax(%x: memref<5x4xf32>, %y: memref<4xf32>, %i: memref<4xi32>) {
  linalg.generic {indexing_maps = [affine_map<(k, n) -> (k, n)>, affine_map<(k, n) -> (n)>,
                                   affine_map<(k, n) -> (n)>],
                  iterator_types = ["reduction", "parallel"]}
      ins(%x : memref<5x4xf32>) outs(%y, %i : memref<4xf32>, memref<4xi32>) {
  ^bb0(%a: f32, %max: f32, %at: i32):
    %k = linalg.index 0 : index
    %ki = arith.index_cast %k : index to i32
    %p = arith.cmpf ogt, %a, %max : f32
    %m = arith.select %p, %a, %max : f32
    %j = arith.select %p, %ki, %at : i32
    linalg.yield %m, %j : f32, i32
  }
  return
}

// -----

// A body that reads memory is left alone.

// CHECK-LABEL: func.func @gather
// CHECK: linalg.generic
func.func @gather(%x: memref<8xf32>, %i: memref<4xindex>, %y: memref<4xf32>) {
  linalg.generic {indexing_maps = [affine_map<(d) -> (d)>, affine_map<(d) -> (d)>], iterator_types = ["parallel"]}
      ins(%i : memref<4xindex>) outs(%y : memref<4xf32>) {
  ^bb0(%a: index, %o: f32):
    %v = memref.load %x[%a] : memref<8xf32>
    linalg.yield %v : f32
  }
  return
}

// -----

// A part of a single element has at most one: it may be the view of a buffer without dimensions, where no vector starts.

// CHECK-LABEL: func.func @part_of_one
// CHECK-NOT: vector
// CHECK: linalg.exp
// CHECK-NOT: vector
func.func @part_of_one(%x: memref<f32>, %y: memref<f32>, %at: index, %n: index) {
  %a = memref.expand_shape %x [] output_shape [1] : memref<f32> into memref<1xf32>
  %b = memref.expand_shape %y [] output_shape [1] : memref<f32> into memref<1xf32>
  %from = memref.subview %a[%at] [%n] [1] : memref<1xf32> to memref<?xf32, strided<[1], offset: ?>>
  %to = memref.subview %b[%at] [%n] [1] : memref<1xf32> to memref<?xf32, strided<[1], offset: ?>>
  linalg.exp ins(%from : memref<?xf32, strided<[1], offset: ?>>) outs(%to : memref<?xf32, strided<[1], offset: ?>>)
  return
}

// -----

// What is no lane of a vector is left alone: vectors, numbers of other sizes, floats without infinities.

// CHECK-LABEL: func.func @of_vectors
// CHECK: linalg.generic
func.func @of_vectors(%x: memref<8xvector<4xf32>>, %y: memref<8xvector<4xf32>>) {
  linalg.generic {indexing_maps = [affine_map<(d) -> (d)>, affine_map<(d) -> (d)>], iterator_types = ["parallel"]}
      ins(%x : memref<8xvector<4xf32>>) outs(%y : memref<8xvector<4xf32>>) {
  ^bb0(%a: vector<4xf32>, %b: vector<4xf32>):
    %c = arith.addf %a, %b : vector<4xf32>
    linalg.yield %c : vector<4xf32>
  }
  return
}

// CHECK-LABEL: func.func @by_way_of_vectors
// CHECK: linalg.generic
func.func @by_way_of_vectors(%x: memref<8xi1>, %v: vector<4xf32>, %i: i64, %y: memref<8xf32>) {
  linalg.generic {indexing_maps = [affine_map<(d) -> (d)>, affine_map<(d) -> (d)>], iterator_types = ["parallel"]}
      ins(%x : memref<8xi1>) outs(%y : memref<8xf32>) {
  ^bb0(%p: i1, %b: f32):
    %c = arith.select %p, %v, %v : vector<4xf32>
    linalg.yield %b : f32
  }
  return
}

// CHECK-LABEL: func.func @complex
// CHECK: linalg.generic
func.func @complex(%x: memref<8xcomplex<f32>>, %y: memref<8xcomplex<f32>>) {
  linalg.generic {indexing_maps = [affine_map<(d) -> (d)>, affine_map<(d) -> (d)>], iterator_types = ["parallel"]}
      ins(%x : memref<8xcomplex<f32>>) outs(%y : memref<8xcomplex<f32>>) {
  ^bb0(%a: complex<f32>, %b: complex<f32>):
    %c = complex.add %a, %b : complex<f32>
    linalg.yield %c : complex<f32>
  }
  return
}

// CHECK-LABEL: func.func @odd_sizes
// CHECK: linalg.reduce
// CHECK: linalg.reduce
func.func @odd_sizes(%x: memref<64xi48>, %y: memref<i48>, %z: memref<64xf80>, %w: memref<f80>) {
  linalg.reduce { arith.addi } ins(%x : memref<64xi48>) outs(%y : memref<i48>) dimensions = [0]
  linalg.reduce { arith.addf } ins(%z : memref<64xf80>) outs(%w : memref<f80>) dimensions = [0]
  return
}

// CHECK-LABEL: func.func @without_infinity
// CHECK: linalg.reduce
func.func @without_infinity(%x: memref<64xf8E4M3FN>, %y: memref<f8E4M3FN>) {
  linalg.reduce { arith.maximumf } ins(%x : memref<64xf8E4M3FN>) outs(%y : memref<f8E4M3FN>) dimensions = [0]
  return
}

// -----

// An index is a number, too.

// CHECK-LABEL: func.func @indices
// CHECK: arith.constant dense<-9223372036854775808> : vector<16xindex>
// CHECK: arith.maxsi %{{.*}} : vector<16xindex>
func.func @indices(%x: memref<64xindex>, %y: memref<index>) {
  linalg.reduce { arith.maxsi } ins(%x : memref<64xindex>) outs(%y : memref<index>) dimensions = [0]
  return
}
