// Functions that a program only declares come from shared libraries.

// RUN: rm -rf %t && mkdir %t
// RUN: gcc -std=c99 -shared -fPIC -DCUBE -I%source_dir/include %S/Inputs/elsewhere.c -o %t/libcube.so
// RUN: gcc -std=c99 -shared -fPIC -I%source_dir/include %S/Inputs/elsewhere.c -o %t/librules.so
// RUN: atled-run %s --entry=f --input=3xf64=1,2,3 --load=%t/libcube.so | FileCheck %s
// RUN: cd %t && atled-run %s --entry=f --input=3xf64=1,2,3 --load=libcube.so | FileCheck %s
// CHECK: out0: f64 = 36.0

// RUN: atled-run %s --grad=f --input=3xf64=1,2,3 --load=%t/libcube.so --load=%t/librules.so | FileCheck %s --check-prefix=GRAD
// GRAD: grad_in0: 3xf64 = [ 3.0, 12.0, 27.0]
// RUN: atled-run %s --verify-gradient --entry=f --input=3xf64=1,2,3 --load=%t/librules.so --load=%t/libcube.so

// One that is not called is not needed.
// RUN: atled-run %s --entry=nothing --input=3xf64=1,2,3

// What fails, and what is missing.
// RUN: not atled-run %s --entry=f --input=3xf64=1,-2,3 --load=%t/libcube.so 2>&1 | FileCheck %s --check-prefix=FAILS
// FAILS: error: a call of @{{.*}} has failed: a function that the program only declares has failed with code 1025
// RUN: not atled-run %s --entry=f --input=3xf64=1,2,3 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: run-external.mlir:[[#@LINE+6]]:1: error: function 'cube' has no body, and no library is loaded; give the shared library that does with '--load'
// RUN: not atled-run %s --grad=f --input=3xf64=1,2,3 --load=%t/libcube.so 2>&1 | FileCheck %s --check-prefix=MISSING
// MISSING: error: function 'cube_{{.*}}' has no body, and no library that is loaded defines it; give the shared library that does with '--load'
// RUN: not atled-run %s --entry=f --input=3xf64=1,2,3 --load=%t/nowhere.so 2>&1 | FileCheck %s --check-prefix=NOWHERE
// NOWHERE: error: cannot load the library '{{.*}}nowhere.so': {{.*}}nowhere.so

func.func private @cube(tensor<3xf64>) -> tensor<3xf64>
func.func private @cube_tangent(tensor<3xf64>, tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>)
ad.custom_jvp @cube rule @cube_tangent
func.func private @cube_forward(%x: tensor<3xf64>) -> (tensor<3xf64>, tensor<3xf64>) {
  %y = call @cube(%x) : (tensor<3xf64>) -> tensor<3xf64>
  return %y, %x : tensor<3xf64>, tensor<3xf64>
}
func.func private @cube_reverse(tensor<3xf64>, tensor<3xf64>) -> tensor<3xf64>
ad.custom_vjp @cube forward @cube_forward reverse @cube_reverse

func.func @f(%x: tensor<3xf64>) -> tensor<f64> {
  %y = call @cube(%x) : (tensor<3xf64>) -> tensor<3xf64>
  %sum = atled.reduce_sum %y dimensions = [0] : tensor<3xf64> -> tensor<f64>
  return %sum : tensor<f64>
}
func.func @nothing(%x: tensor<3xf64>) -> tensor<3xf64> {
  return %x : tensor<3xf64>
}
