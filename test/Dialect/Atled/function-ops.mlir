// RUN: atled-opt %s | atled-opt | FileCheck %s
// RUN: atled-opt %s --mlir-print-op-generic | atled-opt | FileCheck %s

// CHECK-LABEL: func.func @functions_of_one
func.func @functions_of_one(%x: tensor<?x4xf32>) {
  // CHECK: atled.exp2 %{{.*}} : tensor<?x4xf32>
  %0 = atled.exp2 %x : tensor<?x4xf32>
  // CHECK: atled.log2 %{{.*}} : tensor<?x4xf32>
  %1 = atled.log2 %x : tensor<?x4xf32>
  // CHECK: atled.log10 %{{.*}} : tensor<?x4xf32>
  %2 = atled.log10 %x : tensor<?x4xf32>
  // CHECK: atled.cbrt %{{.*}} : tensor<?x4xf32>
  %3 = atled.cbrt %x : tensor<?x4xf32>
  // CHECK: atled.tan %{{.*}} : tensor<?x4xf32>
  %4 = atled.tan %x : tensor<?x4xf32>
  // CHECK: atled.asin %{{.*}} : tensor<?x4xf32>
  %5 = atled.asin %x : tensor<?x4xf32>
  // CHECK: atled.acos %{{.*}} : tensor<?x4xf32>
  %6 = atled.acos %x : tensor<?x4xf32>
  // CHECK: atled.atan %{{.*}} : tensor<?x4xf32>
  %7 = atled.atan %x : tensor<?x4xf32>
  // CHECK: atled.sinh %{{.*}} : tensor<?x4xf32>
  %8 = atled.sinh %x : tensor<?x4xf32>
  // CHECK: atled.cosh %{{.*}} : tensor<?x4xf32>
  %9 = atled.cosh %x : tensor<?x4xf32>
  // CHECK: atled.asinh %{{.*}} : tensor<?x4xf32>
  %10 = atled.asinh %x : tensor<?x4xf32>
  // CHECK: atled.acosh %{{.*}} : tensor<?x4xf32>
  %11 = atled.acosh %x : tensor<?x4xf32>
  // CHECK: atled.atanh %{{.*}} : tensor<?x4xf32>
  %12 = atled.atanh %x : tensor<?x4xf32>
  // CHECK: atled.softplus %{{.*}} : tensor<?x4xf32>
  %13 = atled.softplus %x : tensor<?x4xf32>
  // CHECK: atled.silu %{{.*}} : tensor<?x4xf32>
  %14 = atled.silu %x : tensor<?x4xf32>
  // CHECK: atled.erf %{{.*}} : tensor<?x4xf32>
  %15 = atled.erf %x : tensor<?x4xf32>
  // CHECK: atled.erfc %{{.*}} : tensor<?x4xf32>
  %16 = atled.erfc %x : tensor<?x4xf32>
  // The default is not written.
  // CHECK: atled.gelu %{{.*}} : tensor<?x4xf32>
  %17 = atled.gelu %x form = exact : tensor<?x4xf32>
  // CHECK: atled.gelu %{{.*}} form = tanh : tensor<?x4xf32>
  %18 = atled.gelu %x form = tanh : tensor<?x4xf32>
  return
}

// CHECK-LABEL: func.func @functions_of_two
func.func @functions_of_two(%x: tensor<4xbf16>, %y: tensor<4xbf16>) {
  // CHECK: atled.atan2 %{{.*}}, %{{.*}} : tensor<4xbf16>
  %0 = atled.atan2 %x, %y : tensor<4xbf16>
  // CHECK: atled.logaddexp %{{.*}}, %{{.*}} : tensor<4xbf16>
  %1 = atled.logaddexp %x, %y : tensor<4xbf16>
  return
}

// CHECK-LABEL: func.func @special_functions
func.func @special_functions(%x: tensor<?x4xf16>) {
  // CHECK: atled.erf_inv %{{.*}} : tensor<?x4xf16>
  %0 = atled.erf_inv %x : tensor<?x4xf16>
  // CHECK: atled.lgamma %{{.*}} : tensor<?x4xf16>
  %1 = atled.lgamma %x : tensor<?x4xf16>
  // CHECK: atled.digamma %{{.*}} : tensor<?x4xf16>
  %2 = atled.digamma %x : tensor<?x4xf16>
  // CHECK: atled.polygamma %{{.*}} order = 3 : tensor<?x4xf16>
  %3 = atled.polygamma %x order = 3 : tensor<?x4xf16>
  return
}
