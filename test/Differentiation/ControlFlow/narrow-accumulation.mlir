// Loops of thousands of steps in bf16 and f16, whose iterations all read one value: what they contribute to its
// cotangent is added up in f32 and rounded once. Added in the narrow type, ones would stay at 256 in bf16 and at 2048
// in f16.

// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check -O0 %s | FileCheck %s

// CHECK: checks passed, 0 failed

// bf16: n w.
func.func private @additions_bf16(%w: tensor<2xbf16>, %n: tensor<i64>) -> tensor<2xbf16> {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %m = tensor.extract %n[] : tensor<i64>
  %zero = atled.constant dense<0.0> : tensor<2xbf16>
  %r = scf.for %i = %c0 to %m step %c1 iter_args(%s = %zero) -> (tensor<2xbf16>) : i64 {
    %t = atled.add %s, %w : tensor<2xbf16>
    scf.yield %t : tensor<2xbf16>
  }
  return %r : tensor<2xbf16>
}
// The same through a while loop with a callee and a branch in its body: of three iterations, one multiplies by 2.
func.func private @sum_bf16(%s: tensor<2xbf16>, %w: tensor<2xbf16>, %double: i1) -> tensor<2xbf16> {
  %v = scf.if %double -> (tensor<2xbf16>) {
    %two = atled.constant dense<2.0> : tensor<2xbf16>
    %d = atled.mul %w, %two : tensor<2xbf16>
    scf.yield %d : tensor<2xbf16>
  } else {
    scf.yield %w : tensor<2xbf16>
  }
  %t = atled.add %s, %v : tensor<2xbf16>
  return %t : tensor<2xbf16>
}
func.func private @callee_bf16(%w: tensor<2xbf16>, %n: tensor<i64>) -> tensor<2xbf16> {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c3 = arith.constant 3 : i64
  %m = tensor.extract %n[] : tensor<i64>
  %zero = atled.constant dense<0.0> : tensor<2xbf16>
  %r:2 = scf.while (%s = %zero, %i = %c0) : (tensor<2xbf16>, i64) -> (tensor<2xbf16>, i64) {
    %go = arith.cmpi slt, %i, %m : i64
    scf.condition(%go) %s, %i : tensor<2xbf16>, i64
  } do {
  ^bb0(%s: tensor<2xbf16>, %i: i64):
    %k = arith.remui %i, %c3 : i64
    %double = arith.cmpi eq, %k, %c0 : i64
    %t = func.call @sum_bf16(%s, %w, %double) : (tensor<2xbf16>, tensor<2xbf16>, i1) -> tensor<2xbf16>
    %next = arith.addi %i, %c1 : i64
    scf.yield %t, %next : tensor<2xbf16>, i64
  }
  return %r#0 : tensor<2xbf16>
}
// An inner loop of four iterations in each.
func.func private @nested_bf16(%w: tensor<2xbf16>, %n: tensor<i64>) -> tensor<2xbf16> {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c4 = arith.constant 4 : i64
  %m = tensor.extract %n[] : tensor<i64>
  %zero = atled.constant dense<0.0> : tensor<2xbf16>
  %r = scf.for %i = %c0 to %m step %c4 iter_args(%s = %zero) -> (tensor<2xbf16>) : i64 {
    %q = scf.for %j = %c0 to %c4 step %c1 iter_args(%a = %s) -> (tensor<2xbf16>) : i64 {
      %t = atled.add %a, %w : tensor<2xbf16>
      scf.yield %t : tensor<2xbf16>
    }
    scf.yield %q : tensor<2xbf16>
  }
  return %r : tensor<2xbf16>
}

// Elements read by turns: each gets half of the contributions.
func.func private @elements_bf16(%w: tensor<2xbf16>, %n: tensor<i64>) -> tensor<bf16> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %l = tensor.extract %n[] : tensor<i64>
  %m = arith.index_cast %l : i64 to index
  %zero = atled.constant dense<0.0> : tensor<bf16>
  %r = scf.for %i = %c0 to %m step %c1 iter_args(%s = %zero) -> (tensor<bf16>) {
    %k = arith.remui %i, %c2 : index
    %e = tensor.extract_slice %w[%k] [1] [1] : tensor<2xbf16> to tensor<bf16>
    %t = atled.add %s, %e : tensor<bf16>
    scf.yield %t : tensor<bf16>
  }
  return %r : tensor<bf16>
}

// f16: n w.
func.func private @additions_f16(%w: tensor<2xf16>, %n: tensor<i64>) -> tensor<2xf16> {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %m = tensor.extract %n[] : tensor<i64>
  %zero = atled.constant dense<0.0> : tensor<2xf16>
  %r = scf.for %i = %c0 to %m step %c1 iter_args(%s = %zero) -> (tensor<2xf16>) : i64 {
    %t = atled.add %s, %w : tensor<2xf16>
    scf.yield %t : tensor<2xf16>
  }
  return %r : tensor<2xf16>
}
// The same through a while loop with a callee and a branch in its body: of three iterations, one multiplies by 2.
func.func private @sum_f16(%s: tensor<2xf16>, %w: tensor<2xf16>, %double: i1) -> tensor<2xf16> {
  %v = scf.if %double -> (tensor<2xf16>) {
    %two = atled.constant dense<2.0> : tensor<2xf16>
    %d = atled.mul %w, %two : tensor<2xf16>
    scf.yield %d : tensor<2xf16>
  } else {
    scf.yield %w : tensor<2xf16>
  }
  %t = atled.add %s, %v : tensor<2xf16>
  return %t : tensor<2xf16>
}
func.func private @callee_f16(%w: tensor<2xf16>, %n: tensor<i64>) -> tensor<2xf16> {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c3 = arith.constant 3 : i64
  %m = tensor.extract %n[] : tensor<i64>
  %zero = atled.constant dense<0.0> : tensor<2xf16>
  %r:2 = scf.while (%s = %zero, %i = %c0) : (tensor<2xf16>, i64) -> (tensor<2xf16>, i64) {
    %go = arith.cmpi slt, %i, %m : i64
    scf.condition(%go) %s, %i : tensor<2xf16>, i64
  } do {
  ^bb0(%s: tensor<2xf16>, %i: i64):
    %k = arith.remui %i, %c3 : i64
    %double = arith.cmpi eq, %k, %c0 : i64
    %t = func.call @sum_f16(%s, %w, %double) : (tensor<2xf16>, tensor<2xf16>, i1) -> tensor<2xf16>
    %next = arith.addi %i, %c1 : i64
    scf.yield %t, %next : tensor<2xf16>, i64
  }
  return %r#0 : tensor<2xf16>
}
// An inner loop of four iterations in each.
func.func private @nested_f16(%w: tensor<2xf16>, %n: tensor<i64>) -> tensor<2xf16> {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c4 = arith.constant 4 : i64
  %m = tensor.extract %n[] : tensor<i64>
  %zero = atled.constant dense<0.0> : tensor<2xf16>
  %r = scf.for %i = %c0 to %m step %c4 iter_args(%s = %zero) -> (tensor<2xf16>) : i64 {
    %q = scf.for %j = %c0 to %c4 step %c1 iter_args(%a = %s) -> (tensor<2xf16>) : i64 {
      %t = atled.add %a, %w : tensor<2xf16>
      scf.yield %t : tensor<2xf16>
    }
    scf.yield %q : tensor<2xf16>
  }
  return %r : tensor<2xf16>
}

// Elements read by turns: each gets half of the contributions.
func.func private @elements_f16(%w: tensor<2xf16>, %n: tensor<i64>) -> tensor<f16> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %l = tensor.extract %n[] : tensor<i64>
  %m = arith.index_cast %l : i64 to index
  %zero = atled.constant dense<0.0> : tensor<f16>
  %r = scf.for %i = %c0 to %m step %c1 iter_args(%s = %zero) -> (tensor<f16>) {
    %k = arith.remui %i, %c2 : index
    %e = tensor.extract_slice %w[%k] [1] [1] : tensor<2xf16> to tensor<f16>
    %t = atled.add %s, %e : tensor<f16>
    scf.yield %t : tensor<f16>
  }
  return %r : tensor<f16>
}

func.func @in_bf16() {
  %w = atled.constant dense<[1.0, 0.25]> : tensor<2xbf16>
  %one = atled.constant dense<1.0> : tensor<2xbf16>
  %n = atled.constant dense<4080> : tensor<i64>
  %all = atled.constant dense<4080.0> : tensor<2xbf16>
  %a:2 = ad.vjp @additions_bf16(%w, %n) seed(%one) wrt = [0] : (tensor<2xbf16>, tensor<i64>, tensor<2xbf16>) -> (tensor<2xbf16>, tensor<2xbf16>)
  check.expect_eq %a#1, %all : tensor<2xbf16>
  %b:2 = ad.vjp @nested_bf16(%w, %n) seed(%one) wrt = [0] : (tensor<2xbf16>, tensor<i64>, tensor<2xbf16>) -> (tensor<2xbf16>, tensor<2xbf16>)
  check.expect_eq %b#1, %all : tensor<2xbf16>
  %c:2 = ad.vjp @callee_bf16(%w, %n) seed(%one) wrt = [0] : (tensor<2xbf16>, tensor<i64>, tensor<2xbf16>) -> (tensor<2xbf16>, tensor<2xbf16>)
  %more = atled.constant dense<5440.0> : tensor<2xbf16>
  check.expect_eq %c#1, %more : tensor<2xbf16>
  %one_of = atled.constant dense<1.0> : tensor<bf16>
  %half = atled.constant dense<2040.0> : tensor<2xbf16>
  %e:2 = ad.vjp @elements_bf16(%w, %n) seed(%one_of) wrt = [0] : (tensor<2xbf16>, tensor<i64>, tensor<bf16>) -> (tensor<bf16>, tensor<2xbf16>)
  check.expect_eq %e#1, %half : tensor<2xbf16>
  // 4080 (1 + 2⁻⁷) is 4111.875, of which 4096 is the nearest bf16.
  %seed = atled.constant dense<1.0078125> : tensor<2xbf16>
  %d:2 = ad.vjp @additions_bf16(%w, %n) seed(%seed) wrt = [0] : (tensor<2xbf16>, tensor<i64>, tensor<2xbf16>) -> (tensor<2xbf16>, tensor<2xbf16>)
  %sum = atled.constant dense<4096.0> : tensor<2xbf16>
  check.expect_eq %d#1, %sum : tensor<2xbf16>
  return
}

func.func @in_f16() {
  %w = atled.constant dense<[1.0, 0.25]> : tensor<2xf16>
  %one = atled.constant dense<1.0> : tensor<2xf16>
  %n = atled.constant dense<4080> : tensor<i64>
  %all = atled.constant dense<4080.0> : tensor<2xf16>
  %a:2 = ad.vjp @additions_f16(%w, %n) seed(%one) wrt = [0] : (tensor<2xf16>, tensor<i64>, tensor<2xf16>) -> (tensor<2xf16>, tensor<2xf16>)
  check.expect_eq %a#1, %all : tensor<2xf16>
  %b:2 = ad.vjp @nested_f16(%w, %n) seed(%one) wrt = [0] : (tensor<2xf16>, tensor<i64>, tensor<2xf16>) -> (tensor<2xf16>, tensor<2xf16>)
  check.expect_eq %b#1, %all : tensor<2xf16>
  %c:2 = ad.vjp @callee_f16(%w, %n) seed(%one) wrt = [0] : (tensor<2xf16>, tensor<i64>, tensor<2xf16>) -> (tensor<2xf16>, tensor<2xf16>)
  %more = atled.constant dense<5440.0> : tensor<2xf16>
  check.expect_eq %c#1, %more : tensor<2xf16>
  %one_of = atled.constant dense<1.0> : tensor<f16>
  %half = atled.constant dense<2040.0> : tensor<2xf16>
  %e:2 = ad.vjp @elements_f16(%w, %n) seed(%one_of) wrt = [0] : (tensor<2xf16>, tensor<i64>, tensor<f16>) -> (tensor<f16>, tensor<2xf16>)
  check.expect_eq %e#1, %half : tensor<2xf16>
  // 4080 (1 + 2⁻¹⁰) is 4083.984375, of which 4084 is the nearest f16.
  %seed = atled.constant dense<1.0009765625> : tensor<2xf16>
  %d:2 = ad.vjp @additions_f16(%w, %n) seed(%seed) wrt = [0] : (tensor<2xf16>, tensor<i64>, tensor<2xf16>) -> (tensor<2xf16>, tensor<2xf16>)
  %sum = atled.constant dense<4084.0> : tensor<2xf16>
  check.expect_eq %d#1, %sum : tensor<2xf16>
  return
}

// 771 ones, in a loop in a loop, in branches, and in loops one after the other, are rounded once: 3 * 257 is 772 in
// bf16, three times 257, rounded to 256, would be 768.
func.func private @nested_257(%w: tensor<2xbf16>) -> tensor<2xbf16> {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c3 = arith.constant 3 : i64
  %c257 = arith.constant 257 : i64
  %zero = atled.constant dense<0.0> : tensor<2xbf16>
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%s = %zero) -> (tensor<2xbf16>) : i64 {
    %q = scf.for %j = %c0 to %c257 step %c1 iter_args(%a = %s) -> (tensor<2xbf16>) : i64 {
      %t = atled.add %a, %w : tensor<2xbf16>
      scf.yield %t : tensor<2xbf16>
    }
    scf.yield %q : tensor<2xbf16>
  }
  return %r : tensor<2xbf16>
}
func.func private @branch_257(%w: tensor<2xbf16>) -> tensor<2xbf16> {
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c2 = arith.constant 2 : i64
  %c771 = arith.constant 771 : i64
  %zero = atled.constant dense<0.0> : tensor<2xbf16>
  %r = scf.for %i = %c0 to %c771 step %c1 iter_args(%s = %zero) -> (tensor<2xbf16>) : i64 {
    %k = arith.remui %i, %c2 : i64
    %p = arith.cmpi eq, %k, %c0 : i64
    %q = scf.if %p -> tensor<2xbf16> {
      %t = atled.add %s, %w : tensor<2xbf16>
      scf.yield %t : tensor<2xbf16>
    } else {
      %t = atled.sub %s, %w : tensor<2xbf16>
      %u = atled.add %t, %w : tensor<2xbf16>
      %v = atled.add %u, %w : tensor<2xbf16>
      scf.yield %v : tensor<2xbf16>
    }
    scf.yield %q : tensor<2xbf16>
  }
  return %r : tensor<2xbf16>
}
func.func private @before_257(%w: tensor<2xbf16>) -> tensor<2xbf16> {
  // Two loops, one after the other.
  %c0 = arith.constant 0 : i64
  %c1 = arith.constant 1 : i64
  %c257 = arith.constant 257 : i64
  %zero = atled.constant dense<0.0> : tensor<2xbf16>
  %r = scf.for %i = %c0 to %c257 step %c1 iter_args(%s = %zero) -> (tensor<2xbf16>) : i64 {
    %t = atled.add %s, %w : tensor<2xbf16>
    scf.yield %t : tensor<2xbf16>
  }
  %q = scf.for %i = %c0 to %c257 step %c1 iter_args(%s = %r) -> (tensor<2xbf16>) : i64 {
    %t = atled.add %s, %w : tensor<2xbf16>
    scf.yield %t : tensor<2xbf16>
  }
  %t = scf.for %i = %c0 to %c257 step %c1 iter_args(%s = %q) -> (tensor<2xbf16>) : i64 {
    %t = atled.add %s, %w : tensor<2xbf16>
    scf.yield %t : tensor<2xbf16>
  }
  return %t : tensor<2xbf16>
}
func.func @rounded_once() {
  %w = atled.constant dense<[1.0, 0.25]> : tensor<2xbf16>
  %one = atled.constant dense<1.0> : tensor<2xbf16>
  %all = atled.constant dense<771.0> : tensor<2xbf16>
  %nested:2 = ad.vjp @nested_257(%w) seed(%one) wrt = [0] : (tensor<2xbf16>, tensor<2xbf16>) -> (tensor<2xbf16>, tensor<2xbf16>)
  check.expect_eq %nested#1, %all : tensor<2xbf16>
  %branch:2 = ad.vjp @branch_257(%w) seed(%one) wrt = [0] : (tensor<2xbf16>, tensor<2xbf16>) -> (tensor<2xbf16>, tensor<2xbf16>)
  check.expect_eq %branch#1, %all : tensor<2xbf16>
  %before:2 = ad.vjp @before_257(%w) seed(%one) wrt = [0] : (tensor<2xbf16>, tensor<2xbf16>) -> (tensor<2xbf16>, tensor<2xbf16>)
  check.expect_eq %before#1, %all : tensor<2xbf16>
  return
}
