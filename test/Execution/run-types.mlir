// Every element type goes in and out as it is, through a file too.
// RUN: atled-run %s --entry=i1 --input=3xi1=true,false,true --output=%t.npy
// RUN: atled-run %s --entry=i1 --input=%t.npy | FileCheck %s --check-prefix=I1
// I1: out0: 3xi1 = [ true, false,  true]
// RUN: atled-run %s --entry=ui8 --input=3xui8=0,128,255 --output=%t.npy
// RUN: atled-run %s --entry=ui8 --input=%t.npy | FileCheck %s --check-prefix=UI8
// UI8: out0: 3xui8 = [  0, 128, 255]
// RUN: atled-run %s --entry=i64 --input=2xi64=-9223372036854775808,7 --output=%t.npy
// RUN: atled-run %s --entry=i64 --input=%t.npy | FileCheck %s --check-prefix=I64
// I64: out0: 2xi64 = [-9223372036854775808,                    7]
// RUN: atled-run %s --entry=f16 --input=3xf16=0.1,-65504,nan --output=%t.npy
// RUN: atled-run %s --entry=f16 --input=%t.npy | FileCheck %s --check-prefix=F16
// F16: out0: 3xf16 = [      0.1, -6.55e+04,       nan]
// RUN: atled-run %s --entry=bf16 --input=3xbf16=0.1,-inf,3 --output=%t.npy
// RUN: atled-run %s --entry=bf16 --input=%t.npy | FileCheck %s --check-prefix=BF16
// BF16: out0: 3xbf16 = [ 0.1, -inf,  3.0]
// RUN: atled-run %s --entry=empty --input=0x4xf32= --output=%t.npy
// RUN: atled-run %s --entry=empty --input=%t.npy | FileCheck %s --check-prefix=EMPTY
// EMPTY: out0: 0x4xf32 = []

func.func @i1(%x: tensor<3xi1>) -> tensor<3xi1> { return %x : tensor<3xi1> }
func.func @ui8(%x: tensor<3xui8>) -> tensor<3xui8> { return %x : tensor<3xui8> }
func.func @i64(%x: tensor<2xi64>) -> tensor<2xi64> { return %x : tensor<2xi64> }
func.func @f16(%x: tensor<3xf16>) -> tensor<3xf16> { return %x : tensor<3xf16> }
func.func @bf16(%x: tensor<3xbf16>) -> tensor<3xbf16> { return %x : tensor<3xbf16> }
func.func @empty(%x: tensor<0x4xf32>) -> tensor<0x4xf32> { return %x : tensor<0x4xf32> }
