// RUN: atled-opt %s -atled-expand-extrema | FileCheck %s

// Equal numbers have other bits where one is -0: for the maximum both have to have a bit.
// CHECK-LABEL: func.func @maximum(
// CHECK-SAME:    %[[X:.*]]: f32, %[[Y:.*]]: f32)
// CHECK-DAG:   %[[XBITS:.*]] = arith.bitcast %[[X]] : f32 to i32
// CHECK-DAG:   %[[YBITS:.*]] = arith.bitcast %[[Y]] : f32 to i32
// CHECK-DAG:   %[[BOTH:.*]] = arith.andi %[[XBITS]], %[[YBITS]] : i32
// CHECK-DAG:   %[[GREATER:.*]] = arith.cmpf ogt, %[[X]], %[[Y]] : f32
// CHECK-DAG:   %[[UNEQUAL:.*]] = arith.select %[[GREATER]], %[[X]], %[[Y]] : f32
// CHECK-DAG:   %[[EQUAL:.*]] = arith.cmpf oeq, %[[X]], %[[Y]] : f32
// CHECK-DAG:   %[[SAME:.*]] = arith.bitcast %[[BOTH]] : i32 to f32
// CHECK:       %[[NUMBER:.*]] = arith.select %[[EQUAL]], %[[SAME]], %[[UNEQUAL]] : f32
// CHECK-DAG:   %[[NAN:.*]] = arith.cmpf uno, %[[X]], %[[Y]] : f32
// CHECK-DAG:   %[[SUM:.*]] = arith.addf %[[X]], %[[Y]] : f32
// CHECK:       %[[R:.*]] = arith.select %[[NAN]], %[[SUM]], %[[NUMBER]] : f32
// CHECK:       return %[[R]]
func.func @maximum(%x: f32, %y: f32) -> f32 {
  %z = arith.maximumf %x, %y : f32
  return %z : f32
}

// CHECK-LABEL: func.func @minimum(
// CHECK:         arith.ori {{.*}} : vector<4xi64>
// CHECK:         arith.cmpf olt, {{.*}} : vector<4xf64>
// CHECK-NOT:     minimumf
func.func @minimum(%x: vector<4xf64>, %y: vector<4xf64>) -> vector<4xf64> {
  %z = arith.minimumf %x, %y : vector<4xf64>
  return %z : vector<4xf64>
}
