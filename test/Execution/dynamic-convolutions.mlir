// Convolutions of images, and with kernels, of which the caller says how large they are: forward mode, reverse mode and
// differences agree, at sizes of 0 and 1 and where the kernel has no place too.

// DEFINE: %{verify} = atled-run %s --verify-gradient
// DEFINE: %{check} = FileCheck %s
// CHECK: in0 {{.*}} ok

// What is behind the last place of the kernel depends on the size.
// RUN: %{verify} --entry=strides --input=2x9xf64=random:1 --input=3xf64=random:2 | %{check}
// RUN: %{verify} --entry=strides --input=2x10xf64=random:3 --input=3xf64=random:4 | %{check}
// RUN: %{verify} --entry=strides --input=2x11xf64=random:5 --input=2xf64=random:6 | %{check}
// RUN: %{verify} --entry=strides --input=1x1xf64=3 --input=1xf64=2 | %{check}
// RUN: %{verify} --entry=strides --input=1x1xf64=3 --input=5xf64=random:7 | %{check}
// RUN: %{verify} --entry=strides --input=2x0xf64=0 --input=1xf64=random:8 | %{check}
// RUN: %{verify} --entry=strides --input=2x0xf64=0 --input=3xf64=random:9 | %{check}
// RUN: %{verify} --entry=strides --input=0x4xf64=0 --input=3xf64=random:10 | %{check}
// RUN: not atled-run %s --entry=strides --input=1x1xf64=3 --input=0xf64=0 2>&1 | FileCheck %s --check-prefix=EMPTY
// EMPTY: error: the sizes of the inputs of @strides do not fit together
func.func @strides(%x: tensor<?x?xf64>, %w: tensor<?xf64>) -> tensor<?x?xf64> {
  %y = atled.convolution %x, %w "b0" x "0" -> "b0" strides = [3] low = [1] high = [0] lhs_dilation = [1] rhs_dilation = [2]
      : (tensor<?x?xf64>, tensor<?xf64>) -> tensor<?x?xf64>
  %s = atled.sin %y : tensor<?x?xf64>
  return %s : tensor<?x?xf64>
}

// An image with gaps, of which the margins take away and add.
// RUN: %{verify} --entry=gaps --input=5xf64=random:1 --input=3xf64=random:2 | %{check}
// RUN: %{verify} --entry=gaps --input=6xf64=random:3 --input=4xf64=random:4 | %{check}
// RUN: %{verify} --entry=gaps --input=1xf64=3 --input=1xf64=2 | %{check}
// RUN: %{verify} --entry=gaps --input=1xf64=3 --input=2xf64=2,5 | %{check}
// RUN: %{verify} --entry=gaps --input=0xf64=0 --input=1xf64=2 | %{check}
func.func @gaps(%x: tensor<?xf64>, %w: tensor<?xf64>) -> tensor<?xf64> {
  %y = atled.convolution %x, %w "0" x "0" -> "0" strides = [2] low = [-2] high = [3] lhs_dilation = [3] rhs_dilation = [1]
      : (tensor<?xf64>, tensor<?xf64>) -> tensor<?xf64>
  %s = atled.sin %y : tensor<?xf64>
  return %s : tensor<?xf64>
}

// Margins greater than the kernel reaches.
// RUN: %{verify} --entry=wide --input=4xf64=random:1 --input=2xf64=random:2 | %{check}
// RUN: %{verify} --entry=wide --input=1xf64=random:3 --input=1xf64=random:4 | %{check}
// RUN: %{verify} --entry=wide --input=0xf64=0 --input=2xf64=random:5 | %{check}
func.func @wide(%x: tensor<?xf64>, %w: tensor<?xf64>) -> tensor<?xf64> {
  %y = atled.convolution %x, %w "0" x "0" -> "0" strides = [2] low = [5] high = [4] lhs_dilation = [1] rhs_dilation = [1]
      : (tensor<?xf64>, tensor<?xf64>) -> tensor<?xf64>
  %s = atled.sin %y : tensor<?xf64>
  return %s : tensor<?xf64>
}

// Two spatial dimensions, one of them of known size, with features and groups.
// RUN: %{verify} --entry=images --input=2x2x2x5x4xf64=random:1 --input=3x2x2x3x2xf64=random:2 | %{check}
// RUN: %{verify} --entry=images --input=1x2x2x6x4xf64=random:3 --input=1x2x2x3x2xf64=random:4 | %{check}
// RUN: %{verify} --entry=images --input=1x2x2x1x4xf64=random:5 --input=1x2x2x3x2xf64=random:6 | %{check}
func.func @images(%x: tensor<?x2x2x?x4xf64>, %w: tensor<?x2x2x3x2xf64>) -> tensor<?x2x?x?x2xf64> {
  %y = atled.convolution %x, %w "bgi01" x "ogi01" -> "bgo01" strides = [2, 2] low = [1, 0] high = [1, 0]
      lhs_dilation = [1, 1] rhs_dilation = [1, 1]
      : (tensor<?x2x2x?x4xf64>, tensor<?x2x2x3x2xf64>) -> tensor<?x2x?x?x2xf64>
  %s = atled.sin %y : tensor<?x2x?x?x2xf64>
  return %s : tensor<?x2x?x?x2xf64>
}

// To the second order.
// RUN: %{verify} --entry=slopes --input=6xf64=random:1 --input=3xf64=random:2 | %{check}
// RUN: %{verify} --entry=slopes --input=1xf64=random:3 --input=1xf64=random:4 | %{check}
func.func private @loss(%x: tensor<?xf64>, %w: tensor<?xf64>) -> tensor<f64> {
  %y = func.call @wide(%x, %w) : (tensor<?xf64>, tensor<?xf64>) -> tensor<?xf64>
  %z = atled.reduce_sum %y dimensions = [0] : tensor<?xf64> -> tensor<f64>
  return %z : tensor<f64>
}
func.func @slopes(%x: tensor<?xf64>, %w: tensor<?xf64>) -> (tensor<?xf64>, tensor<?xf64>) {
  %r:2 = ad.grad @loss(%x, %w) wrt = [0, 1] : (tensor<?xf64>, tensor<?xf64>) -> (tensor<?xf64>, tensor<?xf64>)
  return %r#0, %r#1 : tensor<?xf64>, tensor<?xf64>
}

// A kernel of one element, and features as many as the caller says.
// RUN: %{verify} --entry=points --input=5xf64=random:1 --input=2x1xf64=random:2 | %{check}
// RUN: %{verify} --entry=points --input=6xf64=random:3 --input=1x1xf64=random:4 | %{check}
func.func @points(%x: tensor<?xf64>, %w: tensor<?x1xf64>) -> tensor<?x?xf64> {
  %y = atled.convolution %x, %w "0" x "o0" -> "o0" strides = [2] low = [0] high = [0] lhs_dilation = [1] rhs_dilation = [1]
      : (tensor<?xf64>, tensor<?x1xf64>) -> tensor<?x?xf64>
  %s = atled.sin %y : tensor<?x?xf64>
  return %s : tensor<?x?xf64>
}

// No images, and no features, beside an extent that the caller says.
// RUN: %{verify} --entry=no_images --input=0x5xf64=0 --input=3x1xf64=random:1 | %{check}
// RUN: %{verify} --entry=no_features --input=2x5xf64=random:1 --input=0x1xf64=0 | %{check}
func.func @no_images(%x: tensor<0x?xf64>, %w: tensor<3x1xf64>) -> tensor<0x3x?xf64> {
  %y = atled.convolution %x, %w "b0" x "o0" -> "bo0" strides = [1] low = [0] high = [0] lhs_dilation = [1] rhs_dilation = [1]
      : (tensor<0x?xf64>, tensor<3x1xf64>) -> tensor<0x3x?xf64>
  %s = atled.sin %y : tensor<0x3x?xf64>
  return %s : tensor<0x3x?xf64>
}
func.func @no_features(%x: tensor<2x?xf64>, %w: tensor<0x1xf64>) -> tensor<2x0x?xf64> {
  %y = atled.convolution %x, %w "b0" x "o0" -> "bo0" strides = [1] low = [0] high = [0] lhs_dilation = [1] rhs_dilation = [1]
      : (tensor<2x?xf64>, tensor<0x1xf64>) -> tensor<2x0x?xf64>
  %s = atled.sin %y : tensor<2x0x?xf64>
  return %s : tensor<2x0x?xf64>
}

// Images of margins alone.
// RUN: %{verify} --entry=margins --input=2x0x2xf64=0 --input=1x2x1x3xf64=random:1 | %{check}
func.func @margins(%x: tensor<?x0x?xf64>, %w: tensor<1x?x1x?xf64>) -> tensor<?x2x?xf64> {
  %y = atled.convolution %x, %w "b10" x "0b1n" -> "n10" strides = [3, 1] low = [1, 0] high = [3, 2]
      lhs_dilation = [1, 1] rhs_dilation = [1, 1] : (tensor<?x0x?xf64>, tensor<1x?x1x?xf64>) -> tensor<?x2x?xf64>
  %s = atled.sin %y : tensor<?x2x?xf64>
  return %s : tensor<?x2x?xf64>
}
