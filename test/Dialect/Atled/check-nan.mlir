// RUN: atled-opt %s --atled-check-nan | FileCheck %s
// RUN: atled-opt %s --ad-differentiate --atled-check-nan | FileCheck %s --check-prefix=DERIVATIVE

// What comes in, then every result in its order.
// CHECK-LABEL: func.func @log
// CHECK-SAME: %[[X:.*]]: tensor<4xf64>
// CHECK: %[[HOLDS:.*]] = call @has_no_nan(%[[X]])
// CHECK: cf.assert %[[HOLDS]], "argument 'x'" {ad.limit = "nan"}
// CHECK: %[[Y:.*]] = atled.log %[[X]]
// CHECK: %[[HOLDS:.*]] = call @has_no_nan(%[[Y]])
// CHECK: cf.assert %[[HOLDS]], "the result of 'atled.log'" {ad.limit = "nan"}
func.func @log(%x: tensor<4xf64> {atled.name = "x"}) -> tensor<4xf64> {
  %y = atled.log %x : tensor<4xf64>
  return %y : tensor<4xf64>
}

// Neither constants nor integers, nor what nobody has written yet, or is only chosen.
// CHECK-LABEL: func.func private @left
// CHECK-NOT: cf.assert
func.func private @left(%x: tensor<4xf64>, %n: tensor<4xi32>, %i: index, %p: i1) -> (tensor<4xf64>, tensor<4xi32>, tensor<2xf64>) {
  %nan = atled.constant dense<0x7FF8000000000000> : tensor<4xf64>
  %m = atled.add %n, %n : tensor<4xi32>
  %empty = tensor.empty() : tensor<3x2xf64>
  %row = tensor.extract_slice %empty[%i, 0] [1, 2] [1, 1] : tensor<3x2xf64> to tensor<2xf64>
  %other = tensor.empty() : tensor<2xf64>
  %scalar = tensor.empty() : tensor<f64>
  // Of these only the size is wanted.
  %twice = atled.mul %row, %row : tensor<2xf64>
  %spread = atled.broadcast %scalar dimensions = [] : tensor<f64> -> tensor<2xf64>
  %sum = atled.add %twice, %spread : tensor<2xf64>
  %part = arith.select %p, %sum, %other : tensor<2xf64>
  return %nan, %m, %part : tensor<4xf64>, tensor<4xi32>, tensor<2xf64>
}

// Scalars, too, and in branches; what C provides by its name.
// CHECK-LABEL: func.func private @scalar
// CHECK: scf.if
// CHECK: %[[Y:.*]] = arith.divf
// CHECK: %[[HOLDS:.*]] = arith.cmpf oeq, %[[Y]], %[[Y]]
// CHECK: cf.assert %[[HOLDS]], "the result of 'arith.divf'"
// CHECK: %[[Z:.*]] = {{.*}}call @elsewhere
// CHECK: %[[HOLDS:.*]] = call @has_no_nan(%[[Z]])
// CHECK: cf.assert %[[HOLDS]], "the result of 'elsewhere'"
func.func private @elsewhere(tensor<4xf64>) -> tensor<4xf64>
func.func private @scalar(%x: f64, %p: i1, %t: tensor<4xf64>) -> (f64, tensor<4xf64>) {
  %y = scf.if %p -> (f64) {
    %y = arith.divf %x, %x : f64
    scf.yield %y : f64
  } else {
    scf.yield %x : f64
  }
  %z = func.call @elsewhere(%t) : (tensor<4xf64>) -> tensor<4xf64>
  return %y, %z : f64, tensor<4xf64>
}

// A tensor of dynamic shape is looked at where it is.
// CHECK-LABEL: func.func @dynamic
// CHECK-SAME: %[[X:.*]]: tensor<?xf64>
// CHECK: %[[EQUAL:.*]] = atled.compare eq, %[[X]], %[[X]]
// CHECK: %[[ALL:.*]] = atled.reduce_all %[[EQUAL]] dimensions = [0]
// CHECK: %[[HOLDS:.*]] = tensor.extract %[[ALL]][]
// CHECK: cf.assert %[[HOLDS]], "argument 'in0'"
func.func @dynamic(%x: tensor<?xf64>) {
  return
}

// The derivative of an operation is told from it, in both directions and to any order.
// DERIVATIVE-LABEL: func.func private @root.vjp.0
// DERIVATIVE: cf.assert %{{.*}}, "the result of 'atled.sqrt'"
// DERIVATIVE: cf.assert %{{.*}}, "the derivative of 'atled.sqrt'"
// DERIVATIVE-NOT: "the result of
// DERIVATIVE-LABEL: func.func private @root.jvp.0
// DERIVATIVE: cf.assert %{{.*}}, "the result of 'atled.sqrt'"
// DERIVATIVE: cf.assert %{{.*}}, "the derivative of 'atled.sqrt'"
func.func private @root(%x: tensor<4xf64>) -> tensor<4xf64> {
  %y = atled.sqrt %x : tensor<4xf64>
  return %y : tensor<4xf64>
}
func.func @back(%x: tensor<4xf64>, %dy: tensor<4xf64>) -> tensor<4xf64> {
  %r:2 = ad.vjp @root(%x) seed(%dy) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#1 : tensor<4xf64>
}
func.func @along(%x: tensor<4xf64>, %dx: tensor<4xf64>) -> tensor<4xf64> {
  %r:2 = ad.jvp @root(%x) tangent(%dx) wrt = [0] : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#1 : tensor<4xf64>
}
// DERIVATIVE: "the derivative of the derivative of 'atled.sqrt'"
func.func @twice(%x: tensor<4xf64>, %dx: tensor<4xf64>) -> tensor<4xf64> {
  %r:2 = ad.jvp @along(%x, %dx) tangent(%dx) wrt = [0]
      : (tensor<4xf64>, tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<4xf64>)
  return %r#1 : tensor<4xf64>
}

// There is one function for all tensors of a type.
// CHECK: func.func private @has_no_nan(%[[X:.*]]: tensor<4xf64>) -> i1 attributes {passthrough = ["noinline"]}
// CHECK: %[[EQUAL:.*]] = atled.compare eq, %[[X]], %[[X]]
// CHECK: %[[ALL:.*]] = atled.reduce_all %[[EQUAL]] dimensions = [0]
// CHECK: %[[HOLDS:.*]] = tensor.extract %[[ALL]][]
// CHECK: return %[[HOLDS]]
// CHECK-NOT: func.func
