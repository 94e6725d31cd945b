// RUN: atled-run --check %s | FileCheck %s
// RUN: atled-run --check %s -O0 | FileCheck %s
// RUN: atled-run --check %s -mcpu=native | FileCheck %s

// f16 and bf16 need nothing that is not in the object.
// RUN: atled-compile %s --entry=f16,bf16 -o %t.o
// RUN: nm -u %t.o | FileCheck %s --check-prefix=SYMBOLS --allow-empty
// SYMBOLS-NOT: U {{_|.*[hb]f}}

// CHECK: 7 tests, 14 checks passed, 0 failed

// Exponential functions, sums, comparisons, and what is only moved.
func.func @f16(%x: tensor<9xf16>, %i: tensor<9xi32>) -> (tensor<9xf16>, tensor<f16>, tensor<9x2xf16>) {
  %exp = atled.exp %x : tensor<9xf16>
  %zero = atled.constant dense<0.0> : tensor<9xf16>
  %less = atled.compare lt, %x, %zero : tensor<9xf16>
  %n = atled.convert %i : tensor<9xi32> to tensor<9xf16>
  %y = atled.select %less, %exp, %n : tensor<9xi1>, tensor<9xf16>
  %sum = atled.reduce_sum %y dimensions = [0] : tensor<9xf16> -> tensor<f16>
  %twice = atled.broadcast %x dimensions = [0] : tensor<9xf16> -> tensor<9x2xf16>
  return %y, %sum, %twice : tensor<9xf16>, tensor<f16>, tensor<9x2xf16>
}

func.func @bf16(%x: tensor<9xbf16>, %i: tensor<9xi32>) -> (tensor<9xbf16>, tensor<bf16>, tensor<9x2xbf16>) {
  %exp = atled.exp %x : tensor<9xbf16>
  %zero = atled.constant dense<0.0> : tensor<9xbf16>
  %less = atled.compare lt, %x, %zero : tensor<9xbf16>
  %n = atled.convert %i : tensor<9xi32> to tensor<9xbf16>
  %y = atled.select %less, %exp, %n : tensor<9xi1>, tensor<9xbf16>
  %sum = atled.reduce_sum %y dimensions = [0] : tensor<9xbf16> -> tensor<bf16>
  %twice = atled.broadcast %x dimensions = [0] : tensor<9xbf16> -> tensor<9x2xbf16>
  return %y, %sum, %twice : tensor<9xbf16>, tensor<bf16>, tensor<9x2xbf16>
}

// Conversions of what is not known when compiling.
func.func private @f16_to_f64(%x: tensor<8xf16>) -> tensor<8xf64> {
  %y = atled.convert %x : tensor<8xf16> to tensor<8xf64>
  return %y : tensor<8xf64>
}
func.func private @f64_to_f16(%x: tensor<8xf64>) -> tensor<8xf16> {
  %y = atled.convert %x : tensor<8xf64> to tensor<8xf16>
  return %y : tensor<8xf16>
}
func.func private @bf16_to_f64(%x: tensor<8xbf16>) -> tensor<8xf64> {
  %y = atled.convert %x : tensor<8xbf16> to tensor<8xf64>
  return %y : tensor<8xf64>
}
func.func private @f64_to_bf16(%x: tensor<8xf64>) -> tensor<8xbf16> {
  %y = atled.convert %x : tensor<8xf64> to tensor<8xbf16>
  return %y : tensor<8xbf16>
}
func.func private @i32_to_bf16(%x: tensor<5xi32>) -> tensor<5xbf16> {
  %y = atled.convert %x : tensor<5xi32> to tensor<5xbf16>
  return %y : tensor<5xbf16>
}
func.func private @i64_to_bf16(%x: tensor<4xi64>) -> tensor<4xbf16> {
  %y = atled.convert %x : tensor<4xi64> to tensor<4xbf16>
  return %y : tensor<4xbf16>
}
func.func private @ui64_to_bf16(%x: tensor<2xui64>) -> tensor<2xbf16> {
  %y = atled.convert %x : tensor<2xui64> to tensor<2xbf16>
  return %y : tensor<2xbf16>
}
func.func private @i32_to_f16(%x: tensor<3xi32>) -> tensor<3xf16> {
  %y = atled.convert %x : tensor<3xi32> to tensor<3xf16>
  return %y : tensor<3xf16>
}

// The least subnormal number, the greatest of them, the least normal one, the greatest.
func.func @f16_is_exact() {
  %x = atled.constant dense<[0x0001, 0x03FF, 0x0400, 0x7BFF, 0x8000, 0xFC00, 0x7E00, 0x3C01]> : tensor<8xf16>
  %y = call @f16_to_f64(%x) : (tensor<8xf16>) -> tensor<8xf64>
  %expected = atled.constant dense<[5.9604644775390625e-08, 6.097555160522461e-05, 6.103515625e-05, 65504.0, -0.0,
                                    0xFFF0000000000000, 0x7FF8000000000000, 1.0009765625]> : tensor<8xf64>
  check.expect_eq %y, %expected : tensor<8xf64>
  %back = call @f64_to_f16(%y) : (tensor<8xf64>) -> tensor<8xf16>
  check.expect_eq %back, %x : tensor<8xf16>
  return
}

func.func @bf16_is_exact() {
  %x = atled.constant dense<[0x0001, 0x007F, 0x0080, 0x7F7F, 0x8000, 0xFF80, 0x7FC0, 0x3F81]> : tensor<8xbf16>
  %y = call @bf16_to_f64(%x) : (tensor<8xbf16>) -> tensor<8xf64>
  %expected = atled.constant dense<[0x37A0000000000000, 0x380FC00000000000, 0x3810000000000000, 0x47EFE00000000000,
                                    -0.0, 0xFFF0000000000000, 0x7FF8000000000000, 1.0078125]> : tensor<8xf64>
  check.expect_eq %y, %expected : tensor<8xf64>
  %back = call @f64_to_bf16(%y) : (tensor<8xf64>) -> tensor<8xbf16>
  check.expect_eq %back, %x : tensor<8xbf16>
  return
}

// Ties go to the even neighbour; what is next to a tie in f64 is none. 65520 is the middle between 65504 and 65536;
// 2^-25 is that between 0 and the least subnormal number.
func.func @f16_rounds_once() {
  %x = atled.constant dense<[1.00048828125, 1.00146484375, 1.0004882812500002, 65519.999999999993, 65520.0,
                             2.98023223876953125e-08, 2.9802322387695319e-08, -1.00048828125]> : tensor<8xf64>
  %y = call @f64_to_f16(%x) : (tensor<8xf64>) -> tensor<8xf16>
  %expected = atled.constant dense<[1.0, 1.001953125, 1.0009765625, 65504.0, 0x7C00, 0.0, 0x0001, -1.0]>
      : tensor<8xf16>
  check.expect_eq %y, %expected : tensor<8xf16>
  return
}

// 1 + 2^-8 is a tie; 2^128 - 2^119 is the middle between the greatest number and what would follow.
func.func @bf16_rounds_once() {
  %x = atled.constant dense<[1.00390625, 1.01171875, 1.0039062500000002, 0x47EFF00000000000, 0x47EFEFFFFFFFFFFF,
                             -1.00390625, 3.0, -0.0]> : tensor<8xf64>
  %y = call @f64_to_bf16(%x) : (tensor<8xf64>) -> tensor<8xbf16>
  %expected = atled.constant dense<[1.0, 1.015625, 1.0078125, 0x7F80, 0x7F7F, -1.0, 3.0, -0.0]> : tensor<8xbf16>
  check.expect_eq %y, %expected : tensor<8xbf16>
  return
}

// 2^30 + 2^22 is a tie, and so is 2^62 + 2^54: f32, and f64, round what is next to it to the tie itself.
func.func @integers_round_once() {
  %i = atled.constant dense<[1077936128, 1077936129, -1077936129, 257, 258]> : tensor<5xi32>
  %x = call @i32_to_bf16(%i) : (tensor<5xi32>) -> tensor<5xbf16>
  %ei = atled.constant dense<[1073741824.0, 1082130432.0, -1082130432.0, 256.0, 258.0]> : tensor<5xbf16>
  check.expect_eq %x, %ei : tensor<5xbf16>
  %j = atled.constant dense<[4629700416936869888, 4629700416936869889, -4629700416936869889, 9223372036854775807]>
      : tensor<4xi64>
  %y = call @i64_to_bf16(%j) : (tensor<4xi64>) -> tensor<4xbf16>
  %ej = atled.constant dense<[4611686018427387904.0, 4647714815446351872.0, -4647714815446351872.0,
                              9223372036854775808.0]> : tensor<4xbf16>
  check.expect_eq %y, %ej : tensor<4xbf16>
  %u = atled.constant dense<[18446744073709551615, 4629700416936869889]> : tensor<2xui64>
  %z = call @ui64_to_bf16(%u) : (tensor<2xui64>) -> tensor<2xbf16>
  %eu = atled.constant dense<[18446744073709551616.0, 4647714815446351872.0]> : tensor<2xbf16>
  check.expect_eq %z, %eu : tensor<2xbf16>
  %h = atled.constant dense<[65519, 65520, 2049]> : tensor<3xi32>
  %w = call @i32_to_f16(%h) : (tensor<3xi32>) -> tensor<3xf16>
  %eh = atled.constant dense<[65504.0, 0x7C00, 2048.0]> : tensor<3xf16>
  check.expect_eq %w, %eh : tensor<3xf16>
  return
}

// In bf16 a sum of ones ends at 256, to which 1 is too little.
func.func private @sum(%x: tensor<300xbf16>) -> tensor<bf16> {
  %y = atled.reduce_sum %x dimensions = [0] : tensor<300xbf16> -> tensor<bf16>
  return %y : tensor<bf16>
}
func.func private @product(%x: tensor<1x300xbf16>, %y: tensor<300x1xbf16>) -> tensor<1x1xbf16> {
  %z = atled.matmul %x, %y : (tensor<1x300xbf16>, tensor<300x1xbf16>) -> tensor<1x1xbf16>
  return %z : tensor<1x1xbf16>
}
func.func private @mean(%x: tensor<300xbf16>) -> tensor<bf16> {
  %y = atled.mean %x dimensions = [0] : tensor<300xbf16> -> tensor<bf16>
  return %y : tensor<bf16>
}
func.func @sums_are_wide() {
  %ones = atled.constant dense<1.0> : tensor<300xbf16>
  %row = atled.constant dense<1.0> : tensor<1x300xbf16>
  %column = atled.constant dense<1.0> : tensor<300x1xbf16>
  %sum = call @sum(%ones) : (tensor<300xbf16>) -> tensor<bf16>
  %product = call @product(%row, %column) : (tensor<1x300xbf16>, tensor<300x1xbf16>) -> tensor<1x1xbf16>
  %mean = call @mean(%ones) : (tensor<300xbf16>) -> tensor<bf16>
  %e = atled.constant dense<300.0> : tensor<bf16>
  %em = atled.constant dense<300.0> : tensor<1x1xbf16>
  %one = atled.constant dense<1.0> : tensor<bf16>
  check.expect_eq %sum, %e : tensor<bf16>
  check.expect_eq %product, %em : tensor<1x1xbf16>
  check.expect_eq %mean, %one : tensor<bf16>
  return
}

// Cotangents of one value are added as the elements of a sum are.
func.func private @many(%x: tensor<bf16>) -> tensor<bf16> {
  %c = atled.constant dense<256.0> : tensor<bf16>
  %0 = atled.mul %x, %c : tensor<bf16>
  %1 = atled.add %0, %x : tensor<bf16>
  %2 = atled.mul %x, %c : tensor<bf16>
  %3 = atled.add %1, %2 : tensor<bf16>
  %4 = atled.add %3, %x : tensor<bf16>
  %5 = atled.mul %x, %c : tensor<bf16>
  %6 = atled.add %4, %5 : tensor<bf16>
  %7 = atled.add %6, %x : tensor<bf16>
  return %7 : tensor<bf16>
}
func.func @cotangents_are_wide() {
  %x = atled.constant dense<1.0> : tensor<bf16>
  %r:2 = ad.vjp @many(%x) seed(%x) wrt = [0] : (tensor<bf16>, tensor<bf16>) -> (tensor<bf16>, tensor<bf16>)
  %e = atled.constant dense<772.0> : tensor<bf16>
  check.expect_eq %r#1, %e : tensor<bf16>
  return
}
