// RUN: atled-opt %s --split-input-file --atled-skip-unwanted | FileCheck %s

// What serves both runs for either; what serves one waits for that.

// CHECK-LABEL: func.func @shared(
// CHECK-SAME: %[[X:.*]]: tensor<4xf32>, %[[WANTED:.*]]: tensor<2xi1> {atled.wanted})
// CHECK: %[[SECOND:.*]] = tensor.extract %[[WANTED]][%c1{{.*}}]
// CHECK: %[[FIRST:.*]] = tensor.extract %[[WANTED]][%c0{{.*}}]
// CHECK: %[[H:.*]] = math.sin %[[X]]
// CHECK: %[[A:.*]] = scf.if %[[FIRST]] -> (tensor<4xf32>) {
// CHECK-NEXT: %[[COS:.*]] = math.cos %[[H]]
// CHECK-NEXT: scf.yield %[[COS]]
// CHECK-NEXT: } else {
// CHECK-NEXT: %[[NONE:.*]] = tensor.empty() : tensor<4xf32>
// CHECK-NEXT: scf.yield %[[NONE]]
// CHECK: %[[B:.*]] = scf.if %[[SECOND]]
// CHECK-NEXT: math.exp %[[H]]
// CHECK: return %[[A]], %[[B]]
func.func @shared(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %h = math.sin %x : tensor<4xf32>
  %a = math.cos %h : tensor<4xf32>
  %b = math.exp %h : tensor<4xf32>
  return %a, %b : tensor<4xf32>, tensor<4xf32>
}

// -----

// Some of three: a branch for two of them, before theirs, and each makes its own view.

// CHECK-LABEL: func.func @some(
// CHECK: %[[SECOND:.*]] = tensor.extract %[[WANTED:.*]][%c1
// CHECK: %[[FIRST:.*]] = tensor.extract %[[WANTED]][%c0
// CHECK: %[[EITHER:.*]] = arith.ori %[[FIRST]], %[[SECOND]]
// CHECK: %[[H:.*]] = scf.if %[[EITHER]]
// CHECK-NEXT: math.sin
// CHECK: scf.if
// CHECK-NEXT: tensor.extract_slice %[[H]][0]
// CHECK-NEXT: math.cos
// CHECK: scf.if
// CHECK-NEXT: tensor.extract_slice %[[H]][0]
// CHECK-NEXT: math.exp
// CHECK: scf.if
// CHECK-NEXT: math.log
func.func @some(%x: tensor<4xf32>) -> (tensor<2xf32>, tensor<2xf32>, tensor<4xf32>) {
  %h = math.sin %x : tensor<4xf32>
  %s = tensor.extract_slice %h[0] [2] [1] : tensor<4xf32> to tensor<2xf32>
  %a = math.cos %s : tensor<2xf32>
  %b = math.exp %s : tensor<2xf32>
  %c = math.log %x : tensor<4xf32>
  return %a, %b, %c : tensor<2xf32>, tensor<2xf32>, tensor<4xf32>
}

// -----

// One result: whoever calls wants it. Residuals and what takes an input's place are wanted always; what is added to
// something is not.

// CHECK-LABEL: func.func @one(%{{.*}}: tensor<4xf32>) -> tensor<4xf32>
// CHECK-NOT: scf.if
// CHECK-LABEL: func.func @residual(
// CHECK: %[[WANTED:.*]] = tensor.extract
// CHECK: scf.if %[[WANTED]]
// CHECK-NEXT: math.cos
// CHECK-NOT: scf.if
// CHECK-LABEL: func.func @in_place(
// CHECK: scf.if
// CHECK-NEXT: math.cos
// CHECK-NOT: scf.if
// CHECK-LABEL: func.func @added(
// CHECK-COUNT-2: scf.if
func.func @one(%x: tensor<4xf32>) -> tensor<4xf32> {
  %a = math.sin %x : tensor<4xf32>
  return %a : tensor<4xf32>
}
func.func @residual(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32> {ad.residual}) {
  %a = math.cos %x : tensor<4xf32>
  %r = math.sin %x : tensor<4xf32>
  return %a, %r : tensor<4xf32>, tensor<4xf32>
}
func.func @in_place(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32> {atled.in_place = 0 : i64}) {
  %a = math.cos %x : tensor<4xf32>
  %r = math.sin %x : tensor<4xf32>
  return %a, %r : tensor<4xf32>, tensor<4xf32>
}
func.func @added(%x: tensor<4xf32>, %acc: tensor<4xf32> {atled.accumulator})
    -> (tensor<4xf32>, tensor<4xf32> {atled.in_place = 1 : i64}) {
  %a = math.cos %x : tensor<4xf32>
  %r = math.absf %acc : tensor<4xf32>
  return %a, %r : tensor<4xf32>, tensor<4xf32>
}

// -----

// A callee learns which of its results serve what is wanted; elsewhere it is asked for all of them.

// CHECK-LABEL: func.func private @pair(
// CHECK-SAME: tensor<2xi1> {atled.wanted}
// CHECK-COUNT-2: scf.if
// CHECK-LABEL: func.func @caller(
// CHECK: %[[FIRST:.*]] = tensor.extract
// CHECK: %[[SECOND:.*]] = tensor.extract
// CHECK: %[[BITS:.*]] = tensor.from_elements %[[FIRST]], %[[SECOND]] : tensor<2xi1>
// CHECK: call @pair(%{{.*}}, %[[BITS]])
// CHECK-SAME: atled.wanted_by = [array<i64: 0>, array<i64: 1>]
// CHECK-LABEL: func.func @sum(
// CHECK: %[[ALL:.*]] = arith.constant dense<true> : tensor<2xi1>
// CHECK: call @pair(%{{.*}}, %[[ALL]])
func.func private @pair(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %a = math.sin %x : tensor<4xf32>
  %b = math.cos %x : tensor<4xf32>
  return %a, %b : tensor<4xf32>, tensor<4xf32>
}
func.func @caller(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %p:2 = call @pair(%x) : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %p#0, %p#1 : tensor<4xf32>, tensor<4xf32>
}
func.func @sum(%x: tensor<4xf32>) -> tensor<4xf32> {
  %p:2 = call @pair(%x) : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  %s = arith.addf %p#0, %p#1 : tensor<4xf32>
  return %s : tensor<4xf32>
}
// What takes the place of an input is wanted by everybody: nothing is asked.
// CHECK-LABEL: func.func @donated(
// CHECK-COUNT-1: tensor.extract
// CHECK-NOT: tensor.extract
// CHECK: %[[TRUE:.*]] = arith.constant true
// CHECK: tensor.from_elements %{{.*}}, %[[TRUE]] : tensor<2xi1>
func.func @donated(%x: tensor<4xf32>, %place: tensor<4xf32>)
    -> (tensor<4xf32>, tensor<4xf32> {atled.in_place = 1 : i64}) {
  %p:2 = call @pair(%x) : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %p#0, %p#1 : tensor<4xf32>, tensor<4xf32>
}

// Of calls in a row, each serves some results more than the one after: each bit is read once, and what they have in
// common is asked once.
// CHECK-LABEL: func.func @row(
// CHECK: %[[BIT0:.*]] = tensor.extract
// CHECK: %[[BIT1:.*]] = tensor.extract
// CHECK: %[[TWO:.*]] = arith.ori %[[BIT0]], %[[BIT1]]
// CHECK: %[[BIT2:.*]] = tensor.extract
// CHECK: %[[THREE:.*]] = arith.ori %[[TWO]], %[[BIT2]]
// CHECK: %[[BIT3:.*]] = tensor.extract
// CHECK-NOT: {{tensor.extract|arith.ori}}
// CHECK: tensor.from_elements %[[THREE]], %[[BIT3]]
// CHECK: tensor.from_elements %[[TWO]], %[[BIT2]]
// CHECK: tensor.from_elements %[[BIT0]], %[[BIT1]]
// CHECK: return
func.func @row(%x: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %p:2 = call @pair(%x) : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  %q:2 = call @pair(%p#0) : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  %r:2 = call @pair(%q#0) : (tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>)
  return %r#0, %r#1, %q#1, %p#1 : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// -----

// An assertion holds or fails whoever wants what, also one in a callee. A loop has its bounds with it.

// CHECK-LABEL: func.func @effects(
// CHECK-NOT: scf.if
// CHECK: call @asserts
// CHECK: scf.if
// CHECK-DAG: arith.constant 0 : index
// CHECK-DAG: arith.constant 1 : index
// CHECK: scf.for
// CHECK: scf.if
// CHECK-NEXT: math.exp
// CHECK-NOT: scf.if
func.func private @asserts(%x: tensor<4xf32>) -> tensor<4xf32> {
  %true = arith.constant true
  cf.assert %true, "never fails"
  return %x : tensor<4xf32>
}
func.func @effects(%x: tensor<4xf32>, %n: index) -> (tensor<4xf32>, tensor<4xf32>, tensor<4xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a = call @asserts(%x) : (tensor<4xf32>) -> tensor<4xf32>
  %b = scf.for %i = %c0 to %n step %c1 iter_args(%h = %x) -> tensor<4xf32> {
    %s = math.sin %h : tensor<4xf32>
    scf.yield %s : tensor<4xf32>
  }
  %c = math.exp %x : tensor<4xf32>
  return %a, %b, %c : tensor<4xf32>, tensor<4xf32>, tensor<4xf32>
}

// -----

// Nothing stands for a tensor whose size is computed: what makes it runs in any case, and so does what that reads.

// CHECK-LABEL: func.func @unknown_size(
// CHECK: math.sin
// CHECK: scf.if
// CHECK-NEXT: math.cos
// CHECK: linalg.fill
// CHECK-NOT: scf.if
// CHECK: return
func.func @unknown_size(%x: tensor<4xf32>, %n: tensor<index>) -> (tensor<?xf32>, tensor<4xf32>) {
  %c0 = arith.constant 0 : index
  %s = math.sin %x : tensor<4xf32>
  %c = math.cos %x : tensor<4xf32>
  %v = tensor.extract %s[%c0] : tensor<4xf32>
  %size = tensor.extract %n[] : tensor<index>
  %e = tensor.empty(%size) : tensor<?xf32>
  %f = linalg.fill ins(%v : f32) outs(%e : tensor<?xf32>) -> tensor<?xf32>
  return %f, %c : tensor<?xf32>, tensor<4xf32>
}

// -----

// Operations stay in their order, so that what one reads need not wait for all others that serve the same: a way back
// through layers, which computes a part of the second result at each.

// CHECK-LABEL: func.func @layers(
// CHECK: math.exp
// CHECK: scf.if
// CHECK: math.cos
// CHECK: scf.if
// CHECK: math.sin
// CHECK: scf.if
// CHECK: math.sqrt
// CHECK-NOT: scf.if
// CHECK: return
func.func @layers(%d: tensor<4xf32>, %w: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  %last = math.exp %d : tensor<4xf32>
  %part = math.cos %last : tensor<4xf32>
  %first = math.sin %last : tensor<4xf32>
  %both = arith.addf %part, %w : tensor<4xf32>
  %sum = math.sqrt %both : tensor<4xf32>
  return %first, %sum : tensor<4xf32>, tensor<4xf32>
}
