// RUN: not atled-compile %s --grad=add -o - 2>&1 | FileCheck %s --check-prefix=ADD
// RUN: not atled-compile %s --grad=exp -o - 2>&1 | FileCheck %s --check-prefix=EXP
// RUN: not atled-compile %s --grad=matmul -o - 2>&1 | FileCheck %s --check-prefix=MATMUL
// RUN: not atled-compile %s --grad=convert -o - 2>&1 | FileCheck %s --check-prefix=CONVERT
// RUN: not atled-compile %s --grad=loop -o - 2>&1 | FileCheck %s --check-prefix=LOOP
// RUN: not atled-compile %s --grad=generic -o - 2>&1 | FileCheck %s --check-prefix=GENERIC

// An operation without a rule: a note names the one that has one, if there is such a one.

// ADD: [[#@LINE+3]]:8: error: 'arith.addf' op has no derivative rule, and the requested gradient passes through it
// ADD: [[#@LINE+2]]:8: note: 'atled.add' has a derivative rule
func.func @add(%x: tensor<f32>) -> tensor<f32> {
  %y = arith.addf %x, %x : tensor<f32>
  return %y : tensor<f32>
}

// EXP: error: 'math.exp' op has no derivative rule
// EXP: note: 'atled.exp' has a derivative rule
func.func @exp(%x: tensor<f32>) -> tensor<f32> {
  %y = math.exp %x : tensor<f32>
  return %y : tensor<f32>
}

// MATMUL: error: 'linalg.matmul' op has no derivative rule
// MATMUL: note: 'atled.matmul' has a derivative rule
func.func @matmul(%x: tensor<2x2xf32>) -> tensor<f32> {
  %y = linalg.matmul ins(%x, %x : tensor<2x2xf32>, tensor<2x2xf32>) outs(%x : tensor<2x2xf32>) -> tensor<2x2xf32>
  %r = atled.reduce_sum %y dimensions = [0, 1] : tensor<2x2xf32> -> tensor<f32>
  return %r : tensor<f32>
}

// CONVERT: error: 'arith.extf' op has no derivative rule
// CONVERT: note: 'atled.convert' has a derivative rule
func.func @convert(%x: tensor<f32>) -> tensor<f64> {
  %y = arith.extf %x : tensor<f32> to tensor<f64>
  return %y : tensor<f64>
}

// LOOP: error: 'affine.for' op has no derivative rule
// LOOP: note: 'scf.for' has a derivative rule
func.func @loop(%x: tensor<f32>) -> tensor<f32> {
  %y = affine.for %i = 0 to 4 iter_args(%h = %x) -> tensor<f32> {
    %r = atled.sin %h : tensor<f32>
    affine.yield %r : tensor<f32>
  }
  return %y : tensor<f32>
}

// GENERIC: error: 'linalg.generic' op has no derivative rule
// GENERIC-NOT: has a derivative rule
// GENERIC: note: 'ad.detach' on its results makes it count as a constant
func.func @generic(%x: tensor<f32>) -> tensor<f32> {
  %y = linalg.generic {indexing_maps = [affine_map<() -> ()>, affine_map<() -> ()>], iterator_types = []}
      ins(%x : tensor<f32>) outs(%x : tensor<f32>) {
  ^bb0(%in: f32, %out: f32):
    linalg.yield %in : f32
  } -> tensor<f32>
  return %y : tensor<f32>
}
