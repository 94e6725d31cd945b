// What loops carry is updated in place, on the way there and back. A body that updates an element has no loop over the
// elements, whatever is kept for the way back; one that updates all of them has one loop to do so, whose operand is its
// result, and on the way there one to keep what it was: nothing copies a carried tensor or a stack.

// RUN: atled-compile %s --entry=elements_back,whole_back,both_back,until_back,either_back --emit=mlir --compile-to=loops -o - | FileCheck %s --strict-whitespace
// RUN: atled-compile %s -O0 --entry=elements_back,whole_back,both_back,until_back,either_back --emit=mlir --compile-to=loops -o - | FileCheck %s --strict-whitespace

// CHECK-LABEL: func.func @elements_back(
// CHECK: {{^    scf.for .* = %c1 to %c64 step %c1 {$}}
// CHECK-NOT: scf.for
// CHECK-NOT: memref.copy
// CHECK: memref.store %{{.*}} : memref<63xf64>
// CHECK-NOT: scf.for
// CHECK-NOT: memref.copy
// CHECK: {{^    }$}}
// CHECK: {{^    scf.for .* = %c0 to %c63 step %c1 {$}}
// CHECK-NOT: scf.for
// CHECK-NOT: memref.copy
// CHECK: memref.load %{{.*}} : memref<63xf64>
// CHECK-NOT: scf.for
// CHECK-NOT: memref.copy
// CHECK: {{^    }$}}
// CHECK: return
func.func private @elements(%x: tensor<64xf64>, %w: tensor<64xf64>) -> tensor<64xf64> {
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  %r = scf.for %i = %c1 to %c64 step %c1 iter_args(%h = %x) -> (tensor<64xf64>) {
    %before = arith.subi %i, %c1 : index
    %a = tensor.extract_slice %h[%before] [1] [1] : tensor<64xf64> to tensor<f64>
    %b = tensor.extract_slice %w[%i] [1] [1] : tensor<64xf64> to tensor<f64>
    %p = atled.mul %a, %b : tensor<f64>
    %n = tensor.insert_slice %p into %h[%i] [1] [1] : tensor<f64> into tensor<64xf64>
    scf.yield %n : tensor<64xf64>
  }
  return %r : tensor<64xf64>
}
func.func @elements_back(%x: tensor<64xf64>, %w: tensor<64xf64>, %s: tensor<64xf64>) -> (tensor<64xf64>, tensor<64xf64>) {
  %v:3 = ad.vjp @elements(%x, %w) seed(%s) wrt = [0, 1] : (tensor<64xf64>, tensor<64xf64>, tensor<64xf64>) -> (tensor<64xf64>, tensor<64xf64>, tensor<64xf64>)
  return %v#1, %v#2 : tensor<64xf64>, tensor<64xf64>
}

// CHECK-LABEL: func.func @whole_back(
// CHECK: {{^    scf.for .* = %c0 to %c9 step %c1 {$}}
// CHECK-NEXT: scf.for
// CHECK-NEXT: %[[KEPT:.*]] = vector.load [[H:%[a-z0-9_]+]][
// CHECK-NEXT: vector.store %[[KEPT]], %{{.*}} : memref<9x64xf64>
// CHECK-NEXT: }
// CHECK-NEXT: scf.for
// CHECK-NEXT: vector.load [[H]][
// CHECK-NEXT: %[[NEXT:.*]] = arith.mulf
// CHECK-NEXT: vector.store %[[NEXT]], [[H]][
// CHECK-NEXT: }
// CHECK-NEXT: {{^    }$}}
// CHECK: {{^    scf.for .* = %c0 to %c9 step %c1 {$}}
// CHECK-NEXT: arith.subi
// CHECK-NEXT: scf.for
// CHECK-NEXT: vector.load [[D:%[a-z0-9_]+]][
// CHECK-NEXT: vector.load %{{.*}} : memref<9x64xf64>
// CHECK-NEXT: arith.mulf
// CHECK-NEXT: %[[SUM:.*]] = arith.addf
// CHECK-NEXT: vector.store %[[SUM]], [[D]][
// CHECK-NEXT: }
// CHECK-NEXT: {{^    }$}}
// CHECK-NEXT: return
func.func private @whole(%x: tensor<64xf64>) -> tensor<64xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c9 = arith.constant 9 : index
  %r = scf.for %i = %c0 to %c9 step %c1 iter_args(%h = %x) -> (tensor<64xf64>) {
    %p = atled.mul %h, %h : tensor<64xf64>
    scf.yield %p : tensor<64xf64>
  }
  return %r : tensor<64xf64>
}
func.func @whole_back(%x: tensor<64xf64>, %s: tensor<64xf64>) -> tensor<64xf64> {
  %v:2 = ad.vjp @whole(%x) seed(%s) wrt = [0] : (tensor<64xf64>, tensor<64xf64>) -> (tensor<64xf64>, tensor<64xf64>)
  return %v#1 : tensor<64xf64>
}

// A while loop counts its iterations, then runs as a loop of so many.
// CHECK-LABEL: func.func @until_back(
// CHECK: scf.while
// CHECK: do
// CHECK: scf.for
// CHECK-NEXT: vector.load [[COUNTED:%[a-z0-9_]+]][
// CHECK-NEXT: %[[NEXT:.*]] = arith.mulf
// CHECK-NEXT: vector.store %[[NEXT]], [[COUNTED]][
// CHECK-NEXT: }
// CHECK-NOT: scf.for
// CHECK: {{^    }$}}
// CHECK: {{^    [^ ].*scf.for .* = %c0 to }}[[COUNT:%[^ ]+]] step %c1
// CHECK-NEXT: scf.for
// CHECK-NEXT: %[[KEPT:.*]] = vector.load [[H:%[a-z0-9_]+]][
// CHECK-NEXT: vector.store %[[KEPT]], %{{.*}} : memref<9x64xf64>
// CHECK-NEXT: }
// CHECK-NOT: memref.copy
// CHECK: scf.for
// CHECK-NEXT: vector.load [[H]][
// CHECK-NEXT: %[[NEXT:.*]] = arith.mulf
// CHECK-NEXT: vector.store %[[NEXT]], [[H]][
// CHECK-NEXT: }
// CHECK-NOT: scf.for
// CHECK-NOT: memref.copy
// CHECK: {{^    } .*}}
// CHECK: {{^    scf.for .* = %c0 to }}[[COUNT]] step
// CHECK: scf.for
// CHECK-NEXT: vector.load [[D:%[a-z0-9_]+]][
// CHECK: vector.store %{{.*}}, [[D]][
// CHECK-NEXT: }
// CHECK-NEXT: {{^    } .*}}
// CHECK-NEXT: return
func.func private @until(%x: tensor<64xf64>, %limit: tensor<f64>) -> tensor<64xf64> {
  %c0 = arith.constant 0 : index
  %l = tensor.extract %limit[] : tensor<f64>
  %r = scf.while (%h = %x) : (tensor<64xf64>) -> tensor<64xf64> {
    %v = tensor.extract %h[%c0] : tensor<64xf64>
    %go = arith.cmpf olt, %v, %l : f64
    scf.condition(%go) %h : tensor<64xf64>
  } do {
  ^bb0(%h: tensor<64xf64>):
    %p = atled.mul %h, %h : tensor<64xf64>
    scf.yield %p : tensor<64xf64>
  } attributes {ad.max_iterations = 9 : i64}
  return %r : tensor<64xf64>
}
func.func @until_back(%x: tensor<64xf64>, %limit: tensor<f64>, %s: tensor<64xf64>) -> tensor<64xf64> {
  %v:2 = ad.vjp @until(%x, %limit) seed(%s) wrt = [0] : (tensor<64xf64>, tensor<f64>, tensor<64xf64>) -> (tensor<64xf64>, tensor<64xf64>)
  return %v#1 : tensor<64xf64>
}

// Either side of a branch updates what the loop carries.
// CHECK-LABEL: func.func @either_back(
// CHECK: {{^    scf.for .* = %c0 to %c9 step %c1 {$}}
// CHECK-NEXT: scf.for
// CHECK-NEXT: %[[KEPT:.*]] = vector.load [[H:%[a-z0-9_]+]][
// CHECK-NEXT: vector.store %[[KEPT]], %{{.*}} : memref<9x64xf64>
// CHECK-NEXT: }
// CHECK: scf.if
// CHECK-NEXT: scf.for
// CHECK-NEXT: vector.load [[H]][
// CHECK: vector.store %{{.*}}, [[H]][
// CHECK-NEXT: }
// CHECK-NEXT: } else {
// CHECK-NEXT: scf.for
// CHECK-NEXT: vector.load [[H]][
// CHECK: vector.store %{{.*}}, [[H]][
// CHECK-NEXT: }
// CHECK-NEXT: }
// CHECK-NEXT: {{^    }$}}
// CHECK: {{^    scf.for .* = %c0 to %c9 step %c1 {$}}
// CHECK-NOT: scf.for
// CHECK: scf.if
// CHECK-NEXT: scf.for
// CHECK-NEXT: vector.load [[D:%[a-z0-9_]+]][
// CHECK: vector.store %{{.*}}, [[D]][
// CHECK-NEXT: }
// CHECK-NEXT: } else {
// CHECK-NEXT: scf.for
// CHECK-NEXT: vector.load [[D]][
// CHECK: vector.store %{{.*}}, [[D]][
// CHECK-NEXT: }
// CHECK-NEXT: }
// CHECK-NEXT: {{^    }$}}
// CHECK-NEXT: return
func.func private @either(%x: tensor<64xf64>, %w: tensor<64xf64>, %n: tensor<9xi1>) -> tensor<64xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c9 = arith.constant 9 : index
  %r = scf.for %i = %c0 to %c9 step %c1 iter_args(%h = %x) -> (tensor<64xf64>) {
    %p = tensor.extract %n[%i] : tensor<9xi1>
    %s = scf.if %p -> tensor<64xf64> {
      %a = atled.mul %h, %h : tensor<64xf64>
      scf.yield %a : tensor<64xf64>
    } else {
      %a = atled.mul %h, %w : tensor<64xf64>
      scf.yield %a : tensor<64xf64>
    }
    scf.yield %s : tensor<64xf64>
  }
  return %r : tensor<64xf64>
}
func.func @either_back(%x: tensor<64xf64>, %w: tensor<64xf64>, %n: tensor<9xi1>, %s: tensor<64xf64>) -> tensor<64xf64> {
  %v:2 = ad.vjp @either(%x, %w, %n) seed(%s) wrt = [0] : (tensor<64xf64>, tensor<64xf64>, tensor<9xi1>, tensor<64xf64>) -> (tensor<64xf64>, tensor<64xf64>)
  return %v#1 : tensor<64xf64>
}

// By both: what goes back to the factor is added up before its own place is written.
// CHECK-LABEL: func.func @both_back(
// CHECK: {{^    scf.for .* = %c0 to %c9 step %c1 {$}}
// CHECK: {{^    scf.for .* = %c0 to %c9 step %c1 {$}}
// CHECK-NEXT: arith.subi
// CHECK-NEXT: scf.for
// CHECK-NEXT: vector.load [[DW:%[a-z0-9_]+]][
// CHECK-NEXT: vector.load %{{.*}} : memref<9x64xf64>
// CHECK-NEXT: vector.load [[DH:%[a-z0-9_]+]][
// CHECK-NEXT: arith.mulf
// CHECK-NEXT: %[[SUM:.*]] = arith.addf
// CHECK-NEXT: vector.store %[[SUM]], [[DW]][
// CHECK-NEXT: }
// CHECK-NEXT: scf.for
// CHECK-NEXT: vector.load [[DH]][
// CHECK-NEXT: vector.load
// CHECK-NEXT: %[[BACK:.*]] = arith.mulf
// CHECK-NEXT: vector.store %[[BACK]], [[DH]][
// CHECK-NEXT: }
// CHECK-NEXT: {{^    }$}}
func.func private @both(%x: tensor<64xf64>, %w: tensor<64xf64>) -> tensor<64xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c9 = arith.constant 9 : index
  %r = scf.for %i = %c0 to %c9 step %c1 iter_args(%h = %x) -> (tensor<64xf64>) {
    %p = atled.mul %h, %w : tensor<64xf64>
    scf.yield %p : tensor<64xf64>
  }
  return %r : tensor<64xf64>
}
func.func @both_back(%x: tensor<64xf64>, %w: tensor<64xf64>, %s: tensor<64xf64>) -> (tensor<64xf64>, tensor<64xf64>) {
  %v:3 = ad.vjp @both(%x, %w) seed(%s) wrt = [0, 1] : (tensor<64xf64>, tensor<64xf64>, tensor<64xf64>) -> (tensor<64xf64>, tensor<64xf64>, tensor<64xf64>)
  return %v#1, %v#2 : tensor<64xf64>, tensor<64xf64>
}
