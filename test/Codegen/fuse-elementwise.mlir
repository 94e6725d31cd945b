// RUN: atled-opt %s --atled-fuse-elementwise | FileCheck %s

#id = affine_map<(i, j) -> (i, j)>
#row = affine_map<(i, j) -> (j)>
#lhs = affine_map<(i, j, k) -> (i, k)>
#rhs = affine_map<(i, j, k) -> (k, j)>
#out = affine_map<(i, j, k) -> (i, j)>

// Elementwise into elementwise, whatever it costs.
// CHECK-LABEL: func @chain
// CHECK: linalg.generic
// CHECK: math.sin
// CHECK: math.exp
// CHECK-NOT: linalg.generic
// CHECK: return
func.func @chain(%x: tensor<4x8xf32>) -> tensor<4x8xf32> {
  %e = tensor.empty() : tensor<4x8xf32>
  %a = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %s = math.sin %in : f32
    linalg.yield %s : f32
  } -> tensor<4x8xf32>
  %b = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%a : tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %t = math.exp %in : f32
    linalg.yield %t : f32
  } -> tensor<4x8xf32>
  return %b : tensor<4x8xf32>
}

// A contraction reads each element for each column: what is dear is computed before.
// CHECK-LABEL: func @dear
// CHECK: linalg.generic
// CHECK: math.tanh
// CHECK: linalg.generic
// CHECK-NOT: math.tanh
// CHECK: return
func.func @dear(%x: tensor<4x8xf32>, %w: tensor<8x16xf32>, %y: tensor<4x16xf32>) -> tensor<4x16xf32> {
  %e = tensor.empty() : tensor<4x8xf32>
  %a = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %s = math.tanh %in : f32
    linalg.yield %s : f32
  } -> tensor<4x8xf32>
  %b = linalg.generic {indexing_maps = [#lhs, #rhs, #out], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %w : tensor<4x8xf32>, tensor<8x16xf32>) outs(%y : tensor<4x16xf32>) {
  ^bb0(%l: f32, %r: f32, %out: f32):
    %p = arith.mulf %l, %r : f32
    %s = arith.addf %out, %p : f32
    linalg.yield %s : f32
  } -> tensor<4x16xf32>
  return %b : tensor<4x16xf32>
}

// So are functions of the dialect special.
// CHECK-LABEL: func @dear_special
// CHECK: linalg.generic
// CHECK: special.lgamma
// CHECK: linalg.generic
// CHECK-NOT: special.lgamma
// CHECK: return
func.func @dear_special(%x: tensor<4x8xf32>, %w: tensor<8x16xf32>, %y: tensor<4x16xf32>) -> tensor<4x16xf32> {
  %e = tensor.empty() : tensor<4x8xf32>
  %a = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %s = special.lgamma %in : f32
    linalg.yield %s : f32
  } -> tensor<4x8xf32>
  %b = linalg.generic {indexing_maps = [#lhs, #rhs, #out], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %w : tensor<4x8xf32>, tensor<8x16xf32>) outs(%y : tensor<4x16xf32>) {
  ^bb0(%l: f32, %r: f32, %out: f32):
    %p = arith.mulf %l, %r : f32
    %s = arith.addf %out, %p : f32
    linalg.yield %s : f32
  } -> tensor<4x16xf32>
  return %b : tensor<4x16xf32>
}

// What is cheap is computed again: it takes less than to keep it.
// CHECK-LABEL: func @cheap
// CHECK: linalg.generic
// CHECK: arith.negf
// CHECK: arith.mulf
// CHECK-NOT: linalg.generic
// CHECK: return
func.func @cheap(%x: tensor<4x8xf32>, %w: tensor<8x16xf32>, %y: tensor<4x16xf32>) -> tensor<4x16xf32> {
  %e = tensor.empty() : tensor<4x8xf32>
  %a = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %s = arith.negf %in : f32
    linalg.yield %s : f32
  } -> tensor<4x8xf32>
  %b = linalg.generic {indexing_maps = [#lhs, #rhs, #out], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%a, %w : tensor<4x8xf32>, tensor<8x16xf32>) outs(%y : tensor<4x16xf32>) {
  ^bb0(%l: f32, %r: f32, %out: f32):
    %p = arith.mulf %l, %r : f32
    %s = arith.addf %out, %p : f32
    linalg.yield %s : f32
  } -> tensor<4x16xf32>
  return %b : tensor<4x16xf32>
}

// A row for all rows, likewise; but not where there is one.
// CHECK-LABEL: func @row
// CHECK: math.exp
// CHECK: linalg.generic
// CHECK: arith.addf
// CHECK: return
func.func @row(%x: tensor<8xf32>, %y: tensor<?x8xf32>) -> tensor<?x8xf32> {
  %e = tensor.empty() : tensor<8xf32>
  %a = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<8xf32>) outs(%e : tensor<8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %s = math.exp %in : f32
    linalg.yield %s : f32
  } -> tensor<8xf32>
  %b = linalg.generic {indexing_maps = [#row, #id], iterator_types = ["parallel", "parallel"]}
      ins(%a : tensor<8xf32>) outs(%y : tensor<?x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %t = arith.addf %in, %out : f32
    linalg.yield %t : f32
  } -> tensor<?x8xf32>
  return %b : tensor<?x8xf32>
}
// CHECK-LABEL: func @one_row
// CHECK: linalg.generic
// CHECK: math.exp
// CHECK: arith.addf
// CHECK-NOT: linalg.generic
// CHECK: return
func.func @one_row(%x: tensor<8xf32>, %y: tensor<1x8xf32>) -> tensor<1x8xf32> {
  %e = tensor.empty() : tensor<8xf32>
  %a = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%x : tensor<8xf32>) outs(%e : tensor<8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %s = math.exp %in : f32
    linalg.yield %s : f32
  } -> tensor<8xf32>
  %b = linalg.generic {indexing_maps = [#row, #id], iterator_types = ["parallel", "parallel"]}
      ins(%a : tensor<8xf32>) outs(%y : tensor<1x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %t = arith.addf %in, %out : f32
    linalg.yield %t : f32
  } -> tensor<1x8xf32>
  return %b : tensor<1x8xf32>
}

// The sum of rows reads each element once.
// CHECK-LABEL: func @sum
// CHECK: linalg.generic
// CHECK: math.exp
// CHECK: arith.addf
// CHECK-NOT: linalg.generic
// CHECK: return
func.func @sum(%x: tensor<4x8xf32>, %y: tensor<8xf32>) -> tensor<8xf32> {
  %e = tensor.empty() : tensor<4x8xf32>
  %a = linalg.generic {indexing_maps = [#id, #id], iterator_types = ["parallel", "parallel"]}
      ins(%x : tensor<4x8xf32>) outs(%e : tensor<4x8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %s = math.exp %in : f32
    linalg.yield %s : f32
  } -> tensor<4x8xf32>
  %b = linalg.generic {indexing_maps = [#id, #row], iterator_types = ["reduction", "parallel"]}
      ins(%a : tensor<4x8xf32>) outs(%y : tensor<8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %t = arith.addf %in, %out : f32
    linalg.yield %t : f32
  } -> tensor<8xf32>
  return %b : tensor<8xf32>
}

// A constant of one value is part of the body; the exponential of one is left to be computed.
// CHECK-LABEL: func @constants
// CHECK: %[[TWO:.*]] = arith.constant dense<2.000000e+00> : tensor<8xf32>
// CHECK: linalg.generic {{.*}} ins(%[[TWO]] :
// CHECK: math.exp
// CHECK: linalg.generic {{.*}} ins(%{{.*}} : tensor<8xf32>)
// CHECK: arith.mulf %{{.*}}, %cst
// CHECK: return
func.func @constants(%x: tensor<8xf32>) -> (tensor<8xf32>, tensor<8xf32>) {
  %e = tensor.empty() : tensor<8xf32>
  %two = arith.constant dense<2.0> : tensor<8xf32>
  %three = arith.constant dense<3.0> : tensor<8xf32>
  %a = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%two : tensor<8xf32>) outs(%e : tensor<8xf32>) {
  ^bb0(%in: f32, %out: f32):
    %s = math.exp %in : f32
    linalg.yield %s : f32
  } -> tensor<8xf32>
  %b = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>, affine_map<(i) -> (i)>],
                       iterator_types = ["parallel"]}
      ins(%x, %three : tensor<8xf32>, tensor<8xf32>) outs(%e : tensor<8xf32>) {
  ^bb0(%in: f32, %factor: f32, %out: f32):
    %s = arith.mulf %in, %factor : f32
    linalg.yield %s : f32
  } -> tensor<8xf32>
  return %a, %b : tensor<8xf32>, tensor<8xf32>
}

// What makes the rows of a kernel contiguous stays where a window slides; a contraction can do without.
// CHECK-LABEL: func @window
// CHECK: %[[COLUMNS:.*]] = linalg.generic {{.*}} ins(%{{.*}} : tensor<16x3xf32>) outs(%{{.*}} : tensor<3x16xf32>)
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %[[COLUMNS]] :
// CHECK: return
func.func @window(%x: tensor<9xf32>, %w: tensor<16x3xf32>, %y: tensor<7x16xf32>) -> tensor<7x16xf32> {
  %e = tensor.empty() : tensor<3x16xf32>
  %t = linalg.generic {indexing_maps = [affine_map<(i, j) -> (j, i)>, affine_map<(i, j) -> (i, j)>],
                       iterator_types = ["parallel", "parallel"]}
      ins(%w : tensor<16x3xf32>) outs(%e : tensor<3x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<3x16xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(s, o, k) -> (s + k)>, affine_map<(s, o, k) -> (k, o)>,
                                        affine_map<(s, o, k) -> (s, o)>],
                       iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x, %t : tensor<9xf32>, tensor<3x16xf32>) outs(%y : tensor<7x16xf32>) {
  ^bb0(%a: f32, %b: f32, %out: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %out, %p : f32
    linalg.yield %s : f32
  } -> tensor<7x16xf32>
  return %r : tensor<7x16xf32>
}

// CHECK-LABEL: func @product
// CHECK: linalg.generic {{.*}} ins(%{{.*}}, %{{.*}} : tensor<7x3xf32>, tensor<16x3xf32>)
// CHECK-NEXT: ^bb0
// CHECK: return
func.func @product(%x: tensor<7x3xf32>, %w: tensor<16x3xf32>, %y: tensor<7x16xf32>) -> tensor<7x16xf32> {
  %e = tensor.empty() : tensor<3x16xf32>
  %t = linalg.generic {indexing_maps = [affine_map<(i, j) -> (j, i)>, affine_map<(i, j) -> (i, j)>],
                       iterator_types = ["parallel", "parallel"]}
      ins(%w : tensor<16x3xf32>) outs(%e : tensor<3x16xf32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<3x16xf32>
  %r = linalg.generic {indexing_maps = [affine_map<(s, o, k) -> (s, k)>, affine_map<(s, o, k) -> (k, o)>,
                                        affine_map<(s, o, k) -> (s, o)>],
                       iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%x, %t : tensor<7x3xf32>, tensor<3x16xf32>) outs(%y : tensor<7x16xf32>) {
  ^bb0(%a: f32, %b: f32, %out: f32):
    %p = arith.mulf %a, %b : f32
    %s = arith.addf %out, %p : f32
    linalg.yield %s : f32
  } -> tensor<7x16xf32>
  return %r : tensor<7x16xf32>
}

// What takes elements out of a tensor before that is updated, by an insertion or in a loop, does so still; where
// the update comes behind the reader, they fuse.
// CHECK-LABEL: func @before_update
// CHECK: linalg.generic
// CHECK: tensor.extract
// CHECK: tensor.insert_slice
// CHECK: linalg.generic
// CHECK-NOT: tensor.extract
// CHECK: return
func.func @before_update(%x: tensor<9xf32>, %u: tensor<4xf32>, %i: index) -> (tensor<9xf32>, tensor<4xf32>) {
  %e = tensor.empty() : tensor<4xf32>
  %a = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>], iterator_types = ["parallel"]} outs(%e : tensor<4xf32>) {
  ^bb0(%out: f32):
    %k = linalg.index 0 : index
    %at = arith.addi %i, %k : index
    %v = tensor.extract %x[%at] : tensor<9xf32>
    linalg.yield %v : f32
  } -> tensor<4xf32>
  %y = tensor.insert_slice %u into %x[%i] [4] [1] : tensor<4xf32> into tensor<9xf32>
  %b = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%a : tensor<4xf32>) outs(%e : tensor<4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %s = math.sin %in : f32
    linalg.yield %s : f32
  } -> tensor<4xf32>
  return %y, %b : tensor<9xf32>, tensor<4xf32>
}

// CHECK-LABEL: func @before_loop
// CHECK: linalg.generic
// CHECK: tensor.extract
// CHECK: scf.for
// CHECK: linalg.generic
// CHECK: return
func.func @before_loop(%x: tensor<9xf32>, %v: f32, %i: index) -> tensor<9xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %e = tensor.empty() : tensor<f32>
  %a = linalg.generic {indexing_maps = [affine_map<() -> ()>], iterator_types = []} outs(%e : tensor<f32>) {
  ^bb0(%out: f32):
    %k = tensor.extract %x[%i] : tensor<9xf32>
    linalg.yield %k : f32
  } -> tensor<f32>
  %y = scf.for %j = %c0 to %i step %c1 iter_args(%t = %x) -> tensor<9xf32> {
    %b = linalg.generic {indexing_maps = [affine_map<() -> ()>, affine_map<() -> ()>], iterator_types = []}
        ins(%a : tensor<f32>) outs(%e : tensor<f32>) {
    ^bb0(%in: f32, %out: f32):
      %s = math.sin %in : f32
      linalg.yield %s : f32
    } -> tensor<f32>
    %u = tensor.insert_slice %b into %t[%j] [1] [1] : tensor<f32> into tensor<9xf32>
    scf.yield %u : tensor<9xf32>
  }
  return %y : tensor<9xf32>
}

// CHECK-LABEL: func @before_nothing
// CHECK: linalg.generic
// CHECK-NOT: linalg.generic
// CHECK: tensor.insert_slice
// CHECK: return
func.func @before_nothing(%x: tensor<9xf32>, %i: index) -> tensor<9xf32> {
  %e = tensor.empty() : tensor<4xf32>
  %a = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>], iterator_types = ["parallel"]} outs(%e : tensor<4xf32>) {
  ^bb0(%out: f32):
    %k = linalg.index 0 : index
    %at = arith.addi %i, %k : index
    %v = tensor.extract %x[%at] : tensor<9xf32>
    linalg.yield %v : f32
  } -> tensor<4xf32>
  %b = linalg.generic {indexing_maps = [affine_map<(i) -> (i)>, affine_map<(i) -> (i)>], iterator_types = ["parallel"]}
      ins(%a : tensor<4xf32>) outs(%e : tensor<4xf32>) {
  ^bb0(%in: f32, %out: f32):
    %s = math.sin %in : f32
    linalg.yield %s : f32
  } -> tensor<4xf32>
  %y = tensor.insert_slice %b into %x[0] [4] [1] : tensor<4xf32> into tensor<9xf32>
  return %y : tensor<9xf32>
}
