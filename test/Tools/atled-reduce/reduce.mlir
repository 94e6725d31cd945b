// A program with one line of interest becomes that line.

// RUN: rm -rf %t && mkdir %t
// RUN: printf '#!/bin/sh\natled-opt --ad-differentiate "$1" 2>&1 | grep -q "math.atan. op has no derivative rule" && exit 1\nexit 0\n' > %t/fails.sh
// RUN: printf '#!/bin/sh\nexit 0\n' > %t/never.sh
// RUN: chmod +x %t/fails.sh %t/never.sh

// RUN: atled-reduce %s --reduce-operations='test=%t/fails.sh' -o %t/small.mlir
// RUN: FileCheck %s --match-full-lines --strict-whitespace < %t/small.mlir
//      CHECK:module {
// CHECK-NEXT:  func.func private @f(%arg0: tensor<4xf32>) -> tensor<4xf32> {
// CHECK-NEXT:    %0 = math.atan %arg0 : tensor<4xf32>
// CHECK-NEXT:    return %0 : tensor<4xf32>
// CHECK-NEXT:  }
// CHECK-NEXT:  func.func @ask(%arg0: tensor<4xf32>, %arg1: tensor<3xf32>) -> tensor<4xf32> {
// CHECK-NEXT:    %0 = atled.constant dense<0.000000e+00> : tensor<4xf32>
// CHECK-NEXT:    %1:2 = ad.vjp @f(%0) seed(%arg0) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
// CHECK-NEXT:    return %1#1 : tensor<4xf32>
// CHECK-NEXT:  }
// CHECK-NEXT:}

// Upstream's way still works: it leaves out functions.
// RUN: atled-reduce %s --reduction-tree='traversal-mode=0 test=%t/fails.sh' 2> /dev/null | FileCheck %s --check-prefix=TREE
// TREE-NOT: @unrelated
// TREE: math.atan

// RUN: not atled-reduce %s --reduce-operations='test=%t/none.sh' 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: error: cannot execute the script '{{.*}}none.sh'
// RUN: not atled-reduce %s --reduce-operations='test=%t/never.sh' 2>&1 | FileCheck %s --check-prefix=NEVER
// NEVER: error: the script '{{.*}}never.sh' does not find the program interesting: it exits with 0

// RUN: atled-reduce --help | FileCheck %s --check-prefix=HELP --implicit-check-not=--polly
// HELP: --reduce-operations {{.*}}leave out operations while a script still finds the program interesting
// HELP: --test=<string> {{.*}}the script, which is given the name of a file: exits with 1 if the program in it is interesting, else with 0

func.func @unrelated(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = atled.tanh %x : tensor<4xf32>
  return %y : tensor<4xf32>
}

func.func private @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %a = atled.exp %x : tensor<4xf32>
  %b = atled.mul %a, %a : tensor<4xf32>
  %c = math.atan %b : tensor<4xf32>
  %d = atled.sin %c : tensor<4xf32>
  %e = atled.add %d, %a : tensor<4xf32>
  return %e : tensor<4xf32>
}

func.func @ask(%x: tensor<4xf32>, %y: tensor<3xf32>) -> tensor<4xf32> {
  %sum = atled.reduce_sum %y dimensions = [0] : tensor<3xf32> -> tensor<f32>
  %z = atled.pad %y, %sum low = [0] high = [1] interior = [0] : (tensor<3xf32>, tensor<f32>) -> tensor<4xf32>
  %r:2 = ad.vjp @f(%z) seed(%x) wrt = [0] : (tensor<4xf32>, tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#1 : tensor<4xf32>
}
