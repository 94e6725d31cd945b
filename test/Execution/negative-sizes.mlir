// A size that the program computes may turn out negative, or not to be that of what is reshaped: the call says so,
// before it looks for that much memory, or reads beyond a tensor.

// DEFINE: %{entry} = broadcast
// DEFINE: %{inputs} = --input=f32=1
// DEFINE: %{call} = atled-run %s --entry=%{entry} %{inputs}
// DEFINE: %{both} = not %{call} --input=i64=-3 2>&1 | FileCheck %s --check-prefix=FAILED && \
// DEFINE:           not %{call} --input=i64=-3 --checked 2>&1 | FileCheck %s --check-prefix=CHECKED && \
// DEFINE:           %{call} --input=i64=0 | FileCheck %s --check-prefix=NONE
// RUN: %{both}
// REDEFINE: %{entry} = reshape
// REDEFINE: %{inputs} = --input=9xf32=1
// RUN: not %{call} --input=i64=-3 --checked 2>&1 | FileCheck %s --check-prefix=CHECKED
// RUN: not %{call} --input=i64=4 2>&1 | FileCheck %s --check-prefix=FAILED
// RUN: %{call} --input=i64=3 | FileCheck %s --check-prefix=FITS
// REDEFINE: %{entry} = gather
// RUN: %{both}
// REDEFINE: %{entry} = iota
// REDEFINE: %{inputs} =
// RUN: %{both}
// REDEFINE: %{entry} = random
// RUN: %{both}
// FAILED: error: a call of @{{.*}} has failed: a size that the program computes is negative, or does not fit
// CHECKED: negative-sizes.mlir:[[#]]:8: error: a call of @{{.*}} has failed: a size that the program computes is negative, or does not fit, at negative-sizes.mlir:[[#]]:8: a size is negative
// NONE: f32 = 0.0
// FITS: f32 = 9.0

func.func @broadcast(%x: tensor<f32>, %count: tensor<i64>) -> tensor<f32> {
  %c = tensor.extract %count[] : tensor<i64>
  %n = arith.index_cast %c : i64 to index
  %y = atled.broadcast %x dimensions = [] sizes(%n) : tensor<f32> -> tensor<?xf32>
  %z = atled.cumsum %y dimension = 0 : tensor<?xf32>
  %s = atled.reduce_sum %z dimensions = [0] : tensor<?xf32> -> tensor<f32>
  return %s : tensor<f32>
}
func.func @reshape(%x: tensor<9xf32>, %count: tensor<i64>) -> tensor<f32> {
  %c = tensor.extract %count[] : tensor<i64>
  %n = arith.index_cast %c : i64 to index
  %y = atled.reshape %x sizes(%n, %n) : tensor<9xf32> -> tensor<?x?xf32>
  %s = atled.reduce_sum %y dimensions = [0, 1] : tensor<?x?xf32> -> tensor<f32>
  return %s : tensor<f32>
}
func.func @gather(%x: tensor<9xf32>, %count: tensor<i64>) -> tensor<f32> {
  %c = tensor.extract %count[] : tensor<i64>
  %n = arith.index_cast %c : i64 to index
  %i = atled.constant dense<0> : tensor<i32>
  %y = atled.gather %x[%i] sizes = [?](%n) offset = [0] collapsed = [] indexed = [0] vector = 0
      : (tensor<9xf32>, tensor<i32>, index) -> tensor<?xf32>
  %z = atled.cumsum %y dimension = 0 : tensor<?xf32>
  %s = atled.reduce_sum %z dimensions = [0] : tensor<?xf32> -> tensor<f32>
  return %s : tensor<f32>
}
func.func @iota(%count: tensor<i64>) -> tensor<f32> {
  %c = tensor.extract %count[] : tensor<i64>
  %n = arith.index_cast %c : i64 to index
  %y = atled.iota dimension = 0 sizes(%n) : tensor<?xf32>
  %z = atled.cumsum %y dimension = 0 : tensor<?xf32>
  %s = atled.reduce_sum %z dimensions = [0] : tensor<?xf32> -> tensor<f32>
  return %s : tensor<f32>
}
func.func @random(%count: tensor<i64>) -> tensor<f32> {
  %c = tensor.extract %count[] : tensor<i64>
  %n = arith.index_cast %c : i64 to index
  %key = atled.constant dense<[1, 2]> : tensor<2xui32>
  %y = atled.random_uniform %key sizes(%n) : tensor<2xui32> -> tensor<?xf32>
  %z = atled.cumsum %y dimension = 0 : tensor<?xf32>
  %s = atled.reduce_sum %z dimensions = [0] : tensor<?xf32> -> tensor<f32>
  return %s : tensor<f32>
}
