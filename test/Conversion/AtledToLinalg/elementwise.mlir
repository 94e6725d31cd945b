// RUN: atled-opt %s --atled-to-linalg --canonicalize | FileCheck %s

// CHECK: #[[IDENTITY:.*]] = affine_map<(d0, d1) -> (d0, d1)>

// CHECK-LABEL: func.func @one_generic
// CHECK-SAME: %[[X:.*]]: tensor<?x4xf32>, %[[Y:.*]]: tensor<?x4xf32>
func.func @one_generic(%x: tensor<?x4xf32>, %y: tensor<?x4xf32>) -> tensor<?x4xf32> {
  // CHECK: %[[EXTENT:.*]] = tensor.dim %{{.*}}, %c0
  // CHECK: %[[EMPTY:.*]] = tensor.empty(%[[EXTENT]]) : tensor<?x4xf32>
  // CHECK: linalg.generic
  // CHECK-SAME: indexing_maps = [#[[IDENTITY]], #[[IDENTITY]], #[[IDENTITY]]]
  // CHECK-SAME: iterator_types = ["parallel", "parallel"]
  // CHECK-SAME: ins(%[[X]], %[[Y]] : {{.*}}) outs(%[[EMPTY]]
  // CHECK-NEXT: ^bb0(%[[A:.*]]: f32, %[[B:.*]]: f32, %{{.*}}: f32):
  // CHECK-NEXT: %[[SUM:.*]] = arith.addf %[[A]], %[[B]] : f32
  // CHECK-NEXT: linalg.yield %[[SUM]]
  %0 = atled.add %x, %y : tensor<?x4xf32>
  return %0 : tensor<?x4xf32>
}

// CHECK-LABEL: func.func @no_dimensions
func.func @no_dimensions(%x: tensor<f64>) -> tensor<f64> {
  // CHECK: linalg.generic
  // CHECK-SAME: iterator_types = []
  // CHECK: math.exp
  %0 = atled.exp %x : tensor<f64>
  return %0 : tensor<f64>
}

// CHECK-LABEL: func.func @small_floats_compute_in_f32
func.func @small_floats_compute_in_f32(%x: tensor<4xbf16>, %y: tensor<4xbf16>) -> tensor<4xbf16> {
  // CHECK: ^bb0(%[[A:.*]]: bf16, %[[B:.*]]: bf16, %{{.*}}: bf16):
  // CHECK-NEXT: %[[WIDE_A:.*]] = arith.extf %[[A]] : bf16 to f32
  // CHECK-NEXT: %[[WIDE_B:.*]] = arith.extf %[[B]] : bf16 to f32
  // CHECK-NEXT: %[[PRODUCT:.*]] = arith.mulf %[[WIDE_A]], %[[WIDE_B]] : f32
  // CHECK-NEXT: %[[ROUNDED:.*]] = arith.truncf %[[PRODUCT]] : f32 to bf16
  // CHECK-NEXT: linalg.yield %[[ROUNDED]]
  %0 = atled.mul %x, %y : tensor<4xbf16>
  return %0 : tensor<4xbf16>
}

// CHECK-LABEL: func.func @signed_division
func.func @signed_division(%x: tensor<4xi32>, %y: tensor<4xi32>) -> tensor<4xi32> {
  // CHECK: ^bb0(%[[A:.*]]: i32, %[[B:.*]]: i32, %{{.*}}: i32):
  // CHECK-DAG: %[[BY_ZERO:.*]] = arith.cmpi eq, %[[B]], %c0_i32
  // CHECK-DAG: %[[BY_MINUS_ONE:.*]] = arith.cmpi eq, %[[B]], %c-1_i32
  // CHECK: %[[SPECIAL:.*]] = arith.ori %[[BY_ZERO]], %[[BY_MINUS_ONE]]
  // CHECK: %[[DIVISOR:.*]] = arith.select %[[SPECIAL]], %c1_i32, %[[B]]
  // CHECK: arith.divsi %[[A]], %[[DIVISOR]]
  %0 = atled.div %x, %y : tensor<4xi32>
  return %0 : tensor<4xi32>
}

// CHECK-LABEL: func.func @unsigned
// CHECK-SAME: %{{.*}}: tensor<4xi8> {atled.element_type = ui8}, %{{.*}}: tensor<4xi8> {atled.element_type = ui8})
// CHECK-SAME: -> (tensor<4xi8> {atled.element_type = ui8})
func.func @unsigned(%x: tensor<4xui8>, %y: tensor<4xui8>) -> tensor<4xui8> {
  // CHECK: arith.divui
  // CHECK: arith.maxui
  %0 = atled.div %x, %y : tensor<4xui8>
  %1 = atled.maximum %0, %y : tensor<4xui8>
  return %1 : tensor<4xui8>
}

// CHECK-LABEL: func.func @compare
func.func @compare(%x: tensor<4xf32>, %y: tensor<4xf32>, %i: tensor<4xi32>, %j: tensor<4xi32>, %u: tensor<4xui32>, %v: tensor<4xui32>)
    -> (tensor<4xi1>, tensor<4xi1>, tensor<4xi1>, tensor<4xi1>) {
  // CHECK: arith.cmpf une
  // CHECK: arith.cmpf olt
  // CHECK: arith.cmpi slt
  // CHECK: arith.cmpi ult
  %0 = atled.compare ne, %x, %y : tensor<4xf32>
  %1 = atled.compare lt, %x, %y : tensor<4xf32>
  %2 = atled.compare lt, %i, %j : tensor<4xi32>
  %3 = atled.compare lt, %u, %v : tensor<4xui32>
  return %0, %1, %2, %3 : tensor<4xi1>, tensor<4xi1>, tensor<4xi1>, tensor<4xi1>
}

// CHECK-LABEL: func.func @select
func.func @select(%p: tensor<4xi1>, %x: tensor<4xi16>) -> tensor<4xi16> {
  // CHECK: ^bb0(%[[P:.*]]: i1, %[[A:.*]]: i16, %[[B:.*]]: i16, %{{.*}}: i16):
  // CHECK-NEXT: arith.select %[[P]], %[[A]], %[[B]] : i16
  %0 = atled.neg %x : tensor<4xi16>
  %1 = atled.select %p, %x, %0 : tensor<4xi1>, tensor<4xi16>
  return %1 : tensor<4xi16>
}

// What a float cannot be converted from is never handed to arith.fptosi.
// CHECK-LABEL: func.func @float_to_integer
func.func @float_to_integer(%x: tensor<4xf32>) -> tensor<4xi8> {
  // CHECK: ^bb0(%[[X:.*]]: f32, %{{.*}}: i8):
  // CHECK-DAG: %[[ABOVE:.*]] = arith.cmpf oge, %[[X]], %cst{{.*}}
  // CHECK-DAG: %[[BELOW:.*]] = arith.cmpf olt, %[[X]], %cst{{.*}}
  // CHECK: %[[FITS:.*]] = arith.andi %[[ABOVE]], %[[BELOW]]
  // CHECK: %[[IN_RANGE:.*]] = arith.select %[[FITS]], %[[X]], %cst{{.*}}
  // CHECK: arith.fptosi %[[IN_RANGE]] : f32 to i8
  %0 = atled.convert %x : tensor<4xf32> to tensor<4xi8>
  return %0 : tensor<4xi8>
}

// CHECK-LABEL: func.func @double_to_half_rounds_once
func.func @double_to_half_rounds_once(%x: tensor<4xf64>) -> tensor<4xf16> {
  // CHECK: arith.truncf %{{.*}} : f64 to f16
  %0 = atled.convert %x : tensor<4xf64> to tensor<4xf16>
  return %0 : tensor<4xf16>
}

// CHECK-LABEL: func.func @integer_to_bf16_rounds_once
func.func @integer_to_bf16_rounds_once(%x: tensor<4xi32>) -> tensor<4xbf16> {
  // CHECK: arith.sitofp %{{.*}} : i32 to bf16
  %0 = atled.convert %x : tensor<4xi32> to tensor<4xbf16>
  return %0 : tensor<4xbf16>
}

// CHECK-LABEL: func.func @rounding
func.func @rounding(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  // CHECK: math.roundeven
  // CHECK: math.round %
  %0 = atled.round %x : tensor<4xf32>
  %1 = atled.round %x halfway = away : tensor<4xf32>
  return %0, %1 : tensor<4xf32>, tensor<4xf32>
}

// arith does not shift by the width or more.
// CHECK-LABEL: func.func @shifts
func.func @shifts(%x: tensor<4xi32>, %n: tensor<4xi32>) -> (tensor<4xi32>, tensor<4xi32>) {
  // CHECK: ^bb0(%[[X:.*]]: i32, %[[N:.*]]: i32, %{{.*}}: i32):
  // CHECK: %[[FITS:.*]] = arith.cmpi ult, %[[N]], %c32_i32
  // CHECK: %[[AMOUNT:.*]] = arith.select %[[FITS]], %[[N]], %c0_i32
  // CHECK: %[[SHIFTED:.*]] = arith.shli %[[X]], %[[AMOUNT]]
  // CHECK: arith.select %[[FITS]], %[[SHIFTED]], %c0_i32
  // CHECK: %[[LIMITED:.*]] = arith.minui %{{.*}}, %c31_i32
  // CHECK: arith.shrsi %{{.*}}, %[[LIMITED]]
  %0 = atled.shift_left %x, %n : tensor<4xi32>
  %1 = atled.shift_right_arithmetic %x, %n : tensor<4xi32>
  return %0, %1 : tensor<4xi32>, tensor<4xi32>
}

// CHECK-LABEL: func.func @bits_are_not_widened
func.func @bits_are_not_widened(%x: tensor<4xbf16>) -> tensor<4xui16> {
  // CHECK: ^bb0(%[[X:.*]]: bf16, %{{.*}}: i16):
  // CHECK-NEXT: %[[BITS:.*]] = arith.bitcast %[[X]] : bf16 to i16
  // CHECK-NEXT: linalg.yield %[[BITS]]
  %0 = atled.bitcast %x : tensor<4xbf16> to tensor<4xui16>
  return %0 : tensor<4xui16>
}

// The division itself is by 1 where the remainder is known, for it would trap.
// CHECK-LABEL: func.func @remainder
func.func @remainder(%x: tensor<4xi32>, %y: tensor<4xi32>) -> tensor<4xi32> {
  // CHECK: %[[SPECIAL:.*]] = arith.ori
  // CHECK: %[[DIVISOR:.*]] = arith.select %[[SPECIAL]], %c1_i32
  // CHECK: arith.remsi %{{.*}}, %[[DIVISOR]]
  %0 = atled.rem %x, %y : tensor<4xi32>
  return %0 : tensor<4xi32>
}

// Equal infinities have no difference.
// CHECK-LABEL: func.func @logaddexp
func.func @logaddexp(%x: tensor<4xf32>, %y: tensor<4xf32>) -> tensor<4xf32> {
  // CHECK: ^bb0(%[[X:.*]]: f32, %[[Y:.*]]: f32, %{{.*}}: f32):
  // CHECK-DAG: %[[GREATER:.*]] = arith.maximumf %[[X]], %[[Y]]
  // CHECK-DAG: %[[EQUAL:.*]] = arith.cmpf oeq, %[[X]], %[[Y]]
  // CHECK: %[[DISTANCE:.*]] = arith.select %[[EQUAL]]
  // CHECK: %[[DECAY:.*]] = arith.negf %[[DISTANCE]]
  // CHECK: %[[REST:.*]] = special.softplus %[[DECAY]]
  // CHECK: arith.addf %[[GREATER]], %[[REST]]
  %0 = atled.logaddexp %x, %y : tensor<4xf32>
  return %0 : tensor<4xf32>
}

// What math does not have is of our own dialect until it becomes arithmetic.
// CHECK-LABEL: func.func @special
func.func @special(%x: tensor<4xf16>) -> (tensor<4xf16>, tensor<4xf16>, tensor<4xf16>, tensor<4xf16>, tensor<4xf16>) {
  // CHECK: special.erf_inv %{{.*}} : f32
  // CHECK: special.lgamma %{{.*}} : f32
  // CHECK: special.digamma %{{.*}} : f32
  // CHECK: special.digamma %{{.*}} : f32
  // CHECK: special.polygamma %{{.*}} order = 2 : f32
  %0 = atled.erf_inv %x : tensor<4xf16>
  %1 = atled.lgamma %x : tensor<4xf16>
  %2 = atled.digamma %x : tensor<4xf16>
  %3 = atled.polygamma %x order = 0 : tensor<4xf16>
  %4 = atled.polygamma %x order = 2 : tensor<4xf16>
  return %0, %1, %2, %3, %4 : tensor<4xf16>, tensor<4xf16>, tensor<4xf16>, tensor<4xf16>, tensor<4xf16>
}

// CHECK-LABEL: func.func @activations
func.func @activations(%x: tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) {
  // CHECK: special.logistic %{{.*}} : f64
  // CHECK: special.softplus %{{.*}} : f64
  // CHECK: special.silu %{{.*}} : f64
  // CHECK: special.gelu %{{.*}} : f64
  // CHECK: special.gelu_tanh %{{.*}} : f64
  %0 = atled.logistic %x : tensor<4xf64>
  %1 = atled.softplus %x : tensor<4xf64>
  %2 = atled.silu %x : tensor<4xf64>
  %3 = atled.gelu %x : tensor<4xf64>
  %4 = atled.gelu %x form = tanh : tensor<4xf64>
  return %0, %1, %2, %3, %4 : tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>, tensor<4xf64>
}
