// RUN: atled-run --check -O0 %s | FileCheck %s
// RUN: atled-run --check %s | FileCheck %s
// CHECK: 10 tests, 61 checks passed, 0 failed

// What is simplified where it stands is compared with calls, where it is not: on zeros of both signs, a
// denormal, infinities, NaN; on the smallest integer.

func.func private @add(%x: tensor<8xf32>, %y: tensor<8xf32>) -> tensor<8xf32> {
  %0 = atled.add %x, %y : tensor<8xf32>
  return %0 : tensor<8xf32>
}
func.func private @sub(%x: tensor<8xf32>, %y: tensor<8xf32>) -> tensor<8xf32> {
  %0 = atled.sub %x, %y : tensor<8xf32>
  return %0 : tensor<8xf32>
}
func.func private @mul(%x: tensor<8xf32>, %y: tensor<8xf32>) -> tensor<8xf32> {
  %0 = atled.mul %x, %y : tensor<8xf32>
  return %0 : tensor<8xf32>
}
func.func private @div(%x: tensor<8xf32>, %y: tensor<8xf32>) -> tensor<8xf32> {
  %0 = atled.div %x, %y : tensor<8xf32>
  return %0 : tensor<8xf32>
}
func.func private @pow(%x: tensor<8xf32>, %y: tensor<8xf32>) -> tensor<8xf32> {
  %0 = atled.pow %x, %y : tensor<8xf32>
  return %0 : tensor<8xf32>
}
func.func private @maximum(%x: tensor<8xf32>, %y: tensor<8xf32>) -> tensor<8xf32> {
  %0 = atled.maximum %x, %y : tensor<8xf32>
  return %0 : tensor<8xf32>
}

func.func @zeros() {
  %x = atled.constant dense<[0.0, -0.0, 1.5, -1.5, 0x00000001, 0x7F800000, 0xFF800000, 0x7FC00000]> : tensor<8xf32>
  %positive = atled.constant dense<0.0> : tensor<8xf32>
  %negative = atled.constant dense<-0.0> : tensor<8xf32>

  %0 = atled.add %x, %negative : tensor<8xf32>
  %apart0 = call @add(%x, %negative) : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  check.expect_eq %0, %apart0 : tensor<8xf32>
  %1 = atled.add %x, %positive : tensor<8xf32>
  %apart1 = call @add(%x, %positive) : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  check.expect_eq %1, %apart1 : tensor<8xf32>
  %2 = atled.sub %x, %positive : tensor<8xf32>
  %apart2 = call @sub(%x, %positive) : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  check.expect_eq %2, %apart2 : tensor<8xf32>
  %3 = atled.sub %x, %negative : tensor<8xf32>
  %apart3 = call @sub(%x, %negative) : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  check.expect_eq %3, %apart3 : tensor<8xf32>
  %4 = atled.sub %negative, %x : tensor<8xf32>
  %apart4 = call @sub(%negative, %x) : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  check.expect_eq %4, %apart4 : tensor<8xf32>
  %5 = atled.sub %positive, %x : tensor<8xf32>
  %apart5 = call @sub(%positive, %x) : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  check.expect_eq %5, %apart5 : tensor<8xf32>
  %6 = atled.mul %x, %positive : tensor<8xf32>
  %apart6 = call @mul(%x, %positive) : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  check.expect_eq %6, %apart6 : tensor<8xf32>
  %7 = atled.sub %x, %x : tensor<8xf32>
  %apart7 = call @sub(%x, %x) : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  check.expect_eq %7, %apart7 : tensor<8xf32>
  %8 = atled.pow %x, %negative : tensor<8xf32>
  %apart8 = call @pow(%x, %negative) : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  check.expect_eq %8, %apart8 : tensor<8xf32>
  return
}

func.func @ones() {
  %x = atled.constant dense<[0.0, -0.0, 1.5, -1.5, 0x00000001, 0x7F800000, 0xFF800000, 0x7FC00000]> : tensor<8xf32>
  %one = atled.constant dense<1.0> : tensor<8xf32>
  %minus = atled.constant dense<-1.0> : tensor<8xf32>

  %0 = atled.mul %x, %one : tensor<8xf32>
  %apart0 = call @mul(%x, %one) : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  check.expect_eq %0, %apart0 : tensor<8xf32>
  %1 = atled.mul %x, %minus : tensor<8xf32>
  %apart1 = call @mul(%x, %minus) : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  check.expect_eq %1, %apart1 : tensor<8xf32>
  %2 = atled.div %x, %one : tensor<8xf32>
  %apart2 = call @div(%x, %one) : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  check.expect_eq %2, %apart2 : tensor<8xf32>
  %3 = atled.div %x, %minus : tensor<8xf32>
  %apart3 = call @div(%x, %minus) : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  check.expect_eq %3, %apart3 : tensor<8xf32>
  %4 = atled.pow %x, %one : tensor<8xf32>
  %apart4 = call @pow(%x, %one) : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  check.expect_eq %4, %apart4 : tensor<8xf32>
  %5 = atled.pow %one, %x : tensor<8xf32>
  %apart5 = call @pow(%one, %x) : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  check.expect_eq %5, %apart5 : tensor<8xf32>
  return
}

func.func @extrema() {
  %x = atled.constant dense<[0.0, -0.0, 1.5, -1.5, 0x00000001, 0x7F800000, 0xFF800000, 0x7FC00000]> : tensor<8xf32>
  %infinity = atled.constant dense<0xFF800000> : tensor<8xf32>
  %0 = atled.maximum %x, %infinity tie = first : tensor<8xf32>
  %apart0 = call @maximum(%x, %infinity) : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  check.expect_eq %0, %apart0 : tensor<8xf32>
  %1 = atled.maximum %x, %x : tensor<8xf32>
  %apart1 = call @maximum(%x, %x) : (tensor<8xf32>, tensor<8xf32>) -> tensor<8xf32>
  check.expect_eq %1, %apart1 : tensor<8xf32>
  return
}

//===----------------------------------------------------------------------===//
// Functions where they are exact
//===----------------------------------------------------------------------===//

func.func private @functions(%zeros: tensor<2xf64>, %ones: tensor<2xf64>)
    -> (tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>,
        tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>) {
  %0 = atled.exp %zeros : tensor<2xf64>
  %1 = atled.cos %zeros : tensor<2xf64>
  %2 = atled.logistic %zeros : tensor<2xf64>
  %3 = atled.expm1 %zeros : tensor<2xf64>
  %4 = atled.log1p %zeros : tensor<2xf64>
  %5 = atled.sin %zeros : tensor<2xf64>
  %6 = atled.tanh %zeros : tensor<2xf64>
  %7 = atled.sqrt %zeros : tensor<2xf64>
  %8 = atled.sqrt %ones : tensor<2xf64>
  %9 = atled.rsqrt %ones : tensor<2xf64>
  %10 = atled.log %ones : tensor<2xf64>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10
      : tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>,
        tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>
}

func.func @exact_points() {
  %zeros = atled.constant dense<-0.0> : tensor<2xf64>
  %ones = atled.constant dense<1.0> : tensor<2xf64>
  %r:11 = call @functions(%zeros, %ones) : (tensor<2xf64>, tensor<2xf64>)
      -> (tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>,
          tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>)
  %0 = atled.exp %zeros : tensor<2xf64>
  check.expect_eq %0, %r#0 : tensor<2xf64>
  %1 = atled.cos %zeros : tensor<2xf64>
  check.expect_eq %1, %r#1 : tensor<2xf64>
  %2 = atled.logistic %zeros : tensor<2xf64>
  check.expect_eq %2, %r#2 : tensor<2xf64>
  %3 = atled.expm1 %zeros : tensor<2xf64>
  check.expect_eq %3, %r#3 : tensor<2xf64>
  %4 = atled.log1p %zeros : tensor<2xf64>
  check.expect_eq %4, %r#4 : tensor<2xf64>
  %5 = atled.sin %zeros : tensor<2xf64>
  check.expect_eq %5, %r#5 : tensor<2xf64>
  %6 = atled.tanh %zeros : tensor<2xf64>
  check.expect_eq %6, %r#6 : tensor<2xf64>
  %7 = atled.sqrt %zeros : tensor<2xf64>
  check.expect_eq %7, %r#7 : tensor<2xf64>
  %8 = atled.sqrt %ones : tensor<2xf64>
  check.expect_eq %8, %r#8 : tensor<2xf64>
  %9 = atled.rsqrt %ones : tensor<2xf64>
  check.expect_eq %9, %r#9 : tensor<2xf64>
  %10 = atled.log %ones : tensor<2xf64>
  check.expect_eq %10, %r#10 : tensor<2xf64>
  return
}

func.func private @more_functions(%zeros: tensor<2xf64>, %ones: tensor<2xf64>)
    -> (tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>,
        tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>) {
  %0 = atled.exp2 %zeros : tensor<2xf64>
  %1 = atled.cosh %zeros : tensor<2xf64>
  %2 = atled.cbrt %zeros : tensor<2xf64>
  %3 = atled.tan %zeros : tensor<2xf64>
  %4 = atled.asin %zeros : tensor<2xf64>
  %5 = atled.atan %zeros : tensor<2xf64>
  %6 = atled.sinh %zeros : tensor<2xf64>
  %7 = atled.asinh %zeros : tensor<2xf64>
  %8 = atled.atanh %zeros : tensor<2xf64>
  %9 = atled.log2 %ones : tensor<2xf64>
  %10 = atled.log10 %ones : tensor<2xf64>
  %11 = atled.acos %ones : tensor<2xf64>
  %12 = atled.acosh %ones : tensor<2xf64>
  return %0, %1, %2, %3, %4, %5, %6, %7, %8, %9, %10, %11, %12
      : tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>,
        tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>
}

func.func @more_exact_points() {
  %zeros = atled.constant dense<-0.0> : tensor<2xf64>
  %ones = atled.constant dense<1.0> : tensor<2xf64>
  %r:13 = call @more_functions(%zeros, %ones) : (tensor<2xf64>, tensor<2xf64>)
      -> (tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>,
        tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>, tensor<2xf64>)
  %0 = atled.exp2 %zeros : tensor<2xf64>
  check.expect_eq %0, %r#0 : tensor<2xf64>
  %1 = atled.cosh %zeros : tensor<2xf64>
  check.expect_eq %1, %r#1 : tensor<2xf64>
  %2 = atled.cbrt %zeros : tensor<2xf64>
  check.expect_eq %2, %r#2 : tensor<2xf64>
  %3 = atled.tan %zeros : tensor<2xf64>
  check.expect_eq %3, %r#3 : tensor<2xf64>
  %4 = atled.asin %zeros : tensor<2xf64>
  check.expect_eq %4, %r#4 : tensor<2xf64>
  %5 = atled.atan %zeros : tensor<2xf64>
  check.expect_eq %5, %r#5 : tensor<2xf64>
  %6 = atled.sinh %zeros : tensor<2xf64>
  check.expect_eq %6, %r#6 : tensor<2xf64>
  %7 = atled.asinh %zeros : tensor<2xf64>
  check.expect_eq %7, %r#7 : tensor<2xf64>
  %8 = atled.atanh %zeros : tensor<2xf64>
  check.expect_eq %8, %r#8 : tensor<2xf64>
  %9 = atled.log2 %ones : tensor<2xf64>
  check.expect_eq %9, %r#9 : tensor<2xf64>
  %10 = atled.log10 %ones : tensor<2xf64>
  check.expect_eq %10, %r#10 : tensor<2xf64>
  %11 = atled.acos %ones : tensor<2xf64>
  check.expect_eq %11, %r#11 : tensor<2xf64>
  %12 = atled.acosh %ones : tensor<2xf64>
  check.expect_eq %12, %r#12 : tensor<2xf64>
  return
}

//===----------------------------------------------------------------------===//
// Sums and products of equal elements
//===----------------------------------------------------------------------===//

func.func private @sum(%x: tensor<3000xf16>) -> tensor<f16> {
  %0 = atled.reduce_sum %x dimensions = [0] : tensor<3000xf16> -> tensor<f16>
  return %0 : tensor<f16>
}
func.func private @product(%x: tensor<7xf32>) -> tensor<f32> {
  %0 = atled.reduce_prod %x dimensions = [0] : tensor<7xf32> -> tensor<f32>
  return %0 : tensor<f32>
}

func.func @equal_elements() {
  // In f32 and rounded once, to 9004; a sum starts at +0.
  %three = atled.constant dense<3.001953125> : tensor<3000xf16>
  %0 = atled.reduce_sum %three dimensions = [0] : tensor<3000xf16> -> tensor<f16>
  %apart0 = call @sum(%three) : (tensor<3000xf16>) -> tensor<f16>
  check.expect_eq %0, %apart0 : tensor<f16>
  %zero = atled.constant dense<-0.0> : tensor<3000xf16>
  %1 = atled.reduce_sum %zero dimensions = [0] : tensor<3000xf16> -> tensor<f16>
  %apart1 = call @sum(%zero) : (tensor<3000xf16>) -> tensor<f16>
  check.expect_eq %1, %apart1 : tensor<f16>

  // -3 to the 7th; of -0 an odd number of times; 2^-20 to the 7th, a denormal; and less than that, rounded.
  %minus = atled.constant dense<-3.0> : tensor<7xf32>
  %2 = atled.reduce_prod %minus dimensions = [0] : tensor<7xf32> -> tensor<f32>
  %apart2 = call @product(%minus) : (tensor<7xf32>) -> tensor<f32>
  check.expect_eq %2, %apart2 : tensor<f32>
  %negative = atled.constant dense<-0.0> : tensor<7xf32>
  %3 = atled.reduce_prod %negative dimensions = [0] : tensor<7xf32> -> tensor<f32>
  %apart3 = call @product(%negative) : (tensor<7xf32>) -> tensor<f32>
  check.expect_eq %3, %apart3 : tensor<f32>
  %small = atled.constant dense<0x35800000> : tensor<7xf32>
  %4 = atled.reduce_prod %small dimensions = [0] : tensor<7xf32> -> tensor<f32>
  %apart4 = call @product(%small) : (tensor<7xf32>) -> tensor<f32>
  check.expect_eq %4, %apart4 : tensor<f32>
  %smaller = atled.constant dense<0x34F00000> : tensor<7xf32>
  %5 = atled.reduce_prod %smaller dimensions = [0] : tensor<7xf32> -> tensor<f32>
  %apart5 = call @product(%smaller) : (tensor<7xf32>) -> tensor<f32>
  check.expect_eq %5, %apart5 : tensor<f32>
  return
}

func.func private @no_elements(%x: tensor<0x2xf32>, %i: tensor<0x2xi8>)
    -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xi8>, tensor<2xi8>) {
  %0 = atled.reduce_sum %x dimensions = [0] : tensor<0x2xf32> -> tensor<2xf32>
  %1 = atled.reduce_prod %x dimensions = [0] : tensor<0x2xf32> -> tensor<2xf32>
  %2 = atled.reduce_max %x dimensions = [0] : tensor<0x2xf32> -> tensor<2xf32>
  %3 = atled.reduce_min %x dimensions = [0] : tensor<0x2xf32> -> tensor<2xf32>
  %4 = atled.reduce_max %i dimensions = [0] : tensor<0x2xi8> -> tensor<2xi8>
  %5 = atled.reduce_min %i dimensions = [0] : tensor<0x2xi8> -> tensor<2xi8>
  return %0, %1, %2, %3, %4, %5 : tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xi8>, tensor<2xi8>
}

// Folded, and the documented value.
func.func @reductions_of_no_elements() {
  %x = atled.constant dense<> : tensor<0x2xf32>
  %i = atled.constant dense<> : tensor<0x2xi8>
  %r:6 = call @no_elements(%x, %i) : (tensor<0x2xf32>, tensor<0x2xi8>)
      -> (tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xi8>, tensor<2xi8>)
  %zero = atled.constant dense<0.0> : tensor<2xf32>
  check.expect_eq %r#0, %zero : tensor<2xf32>
  %one = atled.constant dense<1.0> : tensor<2xf32>
  check.expect_eq %r#1, %one : tensor<2xf32>
  %least = atled.constant dense<0xFF800000> : tensor<2xf32>
  check.expect_eq %r#2, %least : tensor<2xf32>
  %greatest = atled.constant dense<0x7F800000> : tensor<2xf32>
  check.expect_eq %r#3, %greatest : tensor<2xf32>
  %smallest = atled.constant dense<-128> : tensor<2xi8>
  check.expect_eq %r#4, %smallest : tensor<2xi8>
  %largest = atled.constant dense<127> : tensor<2xi8>
  check.expect_eq %r#5, %largest : tensor<2xi8>
  return
}

//===----------------------------------------------------------------------===//
// Integers and booleans
//===----------------------------------------------------------------------===//

func.func private @add_integers(%x: tensor<4xi8>, %y: tensor<4xi8>) -> tensor<4xi8> {
  %0 = atled.add %x, %y : tensor<4xi8>
  return %0 : tensor<4xi8>
}
func.func private @subtract_integers(%x: tensor<4xi8>, %y: tensor<4xi8>) -> tensor<4xi8> {
  %0 = atled.sub %x, %y : tensor<4xi8>
  return %0 : tensor<4xi8>
}

func.func @integers_that_cancel() {
  %x = atled.constant dense<[-128, 127, -1, 0]> : tensor<4xi8>
  %y = atled.constant dense<[1, -128, -128, 127]> : tensor<4xi8>
  %difference = atled.sub %x, %y : tensor<4xi8>
  %0 = atled.add %difference, %y : tensor<4xi8>
  %difference_apart = call @subtract_integers(%x, %y) : (tensor<4xi8>, tensor<4xi8>) -> tensor<4xi8>
  %apart0 = call @add_integers(%difference_apart, %y) : (tensor<4xi8>, tensor<4xi8>) -> tensor<4xi8>
  check.expect_eq %0, %apart0 : tensor<4xi8>
  %sum = atled.add %x, %y : tensor<4xi8>
  %1 = atled.sub %sum, %x : tensor<4xi8>
  %sum_apart = call @add_integers(%x, %y) : (tensor<4xi8>, tensor<4xi8>) -> tensor<4xi8>
  %apart1 = call @subtract_integers(%sum_apart, %x) : (tensor<4xi8>, tensor<4xi8>) -> tensor<4xi8>
  check.expect_eq %1, %apart1 : tensor<4xi8>
  return
}

func.func private @choose(%p: tensor<4xi1>, %x: tensor<4xi1>, %y: tensor<4xi1>) -> tensor<4xi1> {
  %0 = atled.select %p, %x, %y : tensor<4xi1>, tensor<4xi1>
  return %0 : tensor<4xi1>
}

func.func @choices() {
  %p = atled.constant dense<[true, true, false, false]> : tensor<4xi1>
  %q = atled.constant dense<[true, false, true, false]> : tensor<4xi1>
  %true = atled.constant dense<true> : tensor<4xi1>
  %false = atled.constant dense<false> : tensor<4xi1>
  %0 = atled.select %p, %false, %true : tensor<4xi1>, tensor<4xi1>
  %apart0 = call @choose(%p, %false, %true) : (tensor<4xi1>, tensor<4xi1>, tensor<4xi1>) -> tensor<4xi1>
  check.expect_eq %0, %apart0 : tensor<4xi1>
  %1 = atled.select %p, %true, %false : tensor<4xi1>, tensor<4xi1>
  %apart1 = call @choose(%p, %true, %false) : (tensor<4xi1>, tensor<4xi1>, tensor<4xi1>) -> tensor<4xi1>
  check.expect_eq %1, %apart1 : tensor<4xi1>
  // select(p, select(p, q, p), select(p, p, q)), by a negation
  %not = atled.compare eq, %p, %false : tensor<4xi1>
  %a = atled.select %p, %q, %p : tensor<4xi1>, tensor<4xi1>
  %b = atled.select %not, %q, %p : tensor<4xi1>, tensor<4xi1>
  %2 = atled.select %p, %a, %b : tensor<4xi1>, tensor<4xi1>
  %a_apart = call @choose(%p, %q, %p) : (tensor<4xi1>, tensor<4xi1>, tensor<4xi1>) -> tensor<4xi1>
  %b_apart = call @choose(%apart0, %q, %p) : (tensor<4xi1>, tensor<4xi1>, tensor<4xi1>) -> tensor<4xi1>
  %apart2 = call @choose(%p, %a_apart, %b_apart) : (tensor<4xi1>, tensor<4xi1>, tensor<4xi1>) -> tensor<4xi1>
  check.expect_eq %2, %apart2 : tensor<4xi1>
  return
}

//===----------------------------------------------------------------------===//
// Places
//===----------------------------------------------------------------------===//

func.func private @pad(%x: tensor<2xf32>, %v: tensor<f32>) -> tensor<6xf32> {
  %0 = atled.pad %x, %v low = [1] high = [2] interior = [1] : (tensor<2xf32>, tensor<f32>) -> tensor<6xf32>
  return %0 : tensor<6xf32>
}
func.func private @cut(%x: tensor<6xf32>) -> tensor<3xf32> {
  %0 = atled.slice %x[1:6:2] : tensor<6xf32> -> tensor<3xf32>
  return %0 : tensor<3xf32>
}
func.func private @part(%x: tensor<6xf32>, %i: tensor<i32>) -> tensor<2xf32> {
  %0 = atled.dynamic_slice %x[%i] sizes = [2] out_of_range = clamp : (tensor<6xf32>, tensor<i32>) -> tensor<2xf32>
  return %0 : tensor<2xf32>
}
func.func private @replace(%x: tensor<6xf32>, %u: tensor<2xf32>, %i: tensor<i32>) -> tensor<6xf32> {
  %0 = atled.dynamic_update_slice %u into %x[%i] out_of_range = clamp
      : (tensor<6xf32>, tensor<2xf32>, tensor<i32>) -> tensor<6xf32>
  return %0 : tensor<6xf32>
}

// The place is outside, and moved.
func.func private @at(%x: tensor<6xf32>, %i: tensor<i32>) -> (tensor<6xf32>, tensor<2xf32>) {
  %0 = atled.dynamic_slice %x[%i] sizes = [2] out_of_range = clamp : (tensor<6xf32>, tensor<i32>) -> tensor<2xf32>
  %1 = atled.dynamic_update_slice %0 into %x[%i] out_of_range = clamp
      : (tensor<6xf32>, tensor<2xf32>, tensor<i32>) -> tensor<6xf32>
  %2 = atled.dynamic_update_slice %0 into %1[%i] out_of_range = clamp
      : (tensor<6xf32>, tensor<2xf32>, tensor<i32>) -> tensor<6xf32>
  %3 = atled.dynamic_slice %2[%i] sizes = [2] out_of_range = clamp : (tensor<6xf32>, tensor<i32>) -> tensor<2xf32>
  return %2, %3 : tensor<6xf32>, tensor<2xf32>
}

func.func @places() {
  %x = atled.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]> : tensor<6xf32>
  %i = atled.constant dense<100> : tensor<i32>
  %r:2 = call @at(%x, %i) : (tensor<6xf32>, tensor<i32>) -> (tensor<6xf32>, tensor<2xf32>)
  %u = call @part(%x, %i) : (tensor<6xf32>, tensor<i32>) -> tensor<2xf32>
  %once = call @replace(%x, %u, %i) : (tensor<6xf32>, tensor<2xf32>, tensor<i32>) -> tensor<6xf32>
  %twice = call @replace(%once, %u, %i) : (tensor<6xf32>, tensor<2xf32>, tensor<i32>) -> tensor<6xf32>
  check.expect_eq %r#0, %twice : tensor<6xf32>
  %back = call @part(%twice, %i) : (tensor<6xf32>, tensor<i32>) -> tensor<2xf32>
  check.expect_eq %r#1, %back : tensor<2xf32>

  %s = atled.constant dense<7.0> : tensor<f32>
  %short = atled.slice %x[1:6:4] : tensor<6xf32> -> tensor<2xf32>
  %padded = atled.pad %short, %s low = [1] high = [2] interior = [1] : (tensor<2xf32>, tensor<f32>) -> tensor<6xf32>
  %taken = atled.slice %padded[1:6:2] : tensor<6xf32> -> tensor<3xf32>
  %padded_apart = call @pad(%short, %s) : (tensor<2xf32>, tensor<f32>) -> tensor<6xf32>
  %taken_apart = call @cut(%padded_apart) : (tensor<6xf32>) -> tensor<3xf32>
  check.expect_eq %taken, %taken_apart : tensor<3xf32>
  return
}
