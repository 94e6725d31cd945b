// Residuals of dynamic size are a file that says which dimensions it is for.

// RUN: rm -rf %t && mkdir %t
// RUN: atled-run %s --entry=there --input=3x2xf64=1,2,3,4,5,6 --input=2x2xf64=1,0.5,2,0.25 --output=%t/total.npy --output=%t/residuals.npy | count 0
// RUN: atled-run %s --entry=back --input=3x2xf64=1,2,3,4,5,6 --input=2x2xf64=1,0.5,2,0.25 --input=%t/residuals.npy --input=f64=2 | FileCheck %s
// CHECK: grad_x: 3x2xf64 =
// CHECK-NEXT: {{\[\[}}3.0, 4.5],
// CHECK: grad_w: 2x2xf64 =
// CHECK-NEXT: {{\[\[}}18.0, 18.0],
// CHECK-NEXT: [24.0, 24.0]]
// RUN: not atled-run %s --entry=back --input=2x2xf64=1,2,3,4 --input=2x2xf64=1,0.5,2,0.25 --input=%t/residuals.npy --input=f64=2 2>&1 | FileCheck %s --check-prefix=UNFIT
// RUN: not atled-run %s --entry=back --input=3x2xf64=1,2,3,4,5,6 --input=2x2xf64=1,0.5,2,0.25 --input=3xi8=1 --input=f64=2 2>&1 | FileCheck %s --check-prefix=UNFIT
// UNFIT: error: the sizes of the inputs of @back do not fit together: x: {{[23]}}x2xf64, w: 2x2xf64, residuals: {{[0-9]+}}xi8, seed_total: f64

func.func @product(%x: tensor<?x2xf64> {atled.name = "x"}, %w: tensor<2x?xf64> {atled.name = "w"})
    -> (tensor<f64> {atled.name = "total"}) {
  %h = atled.matmul %x, %w : (tensor<?x2xf64>, tensor<2x?xf64>) -> tensor<?x?xf64>
  %total = atled.reduce_sum %h dimensions = [0, 1] : tensor<?x?xf64> -> tensor<f64>
  return %total : tensor<f64>
}
ad.split @product wrt = [0, 1] forward @there reverse @back
