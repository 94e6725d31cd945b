// One extent of an argument may be 0 while others are beyond any memory.
func.func @elements(%x: tensor<?x?x?xf32>, %y: tensor<?x?x?xf32>) -> tensor<?x?x?xf32> {
  %t = atled.tanh %x : tensor<?x?x?xf32>
  %r = atled.mul %t, %y : tensor<?x?x?xf32>
  return %r : tensor<?x?x?xf32>
}
func.func @turned(%x: tensor<?x?x?xf32>) -> tensor<?x?x?xf32> {
  %r = atled.transpose %x permutation = [2, 0, 1] : tensor<?x?x?xf32> -> tensor<?x?x?xf32>
  return %r : tensor<?x?x?xf32>
}
func.func @sums(%x: tensor<?x?x?xf32>) -> tensor<?x?xf32> {
  %s = atled.reduce_sum %x dimensions = [1] : tensor<?x?x?xf32> -> tensor<?x?xf32>
  return %s : tensor<?x?xf32>
}
func.func @total(%x: tensor<?x?x?xf32>) -> tensor<f32> {
  %e = atled.exp %x : tensor<?x?x?xf32>
  %s = atled.reduce_sum %e dimensions = [0, 1, 2] : tensor<?x?x?xf32> -> tensor<f32>
  return %s : tensor<f32>
}
func.func @product(%x: tensor<?x?xf32>, %y: tensor<?x?xf32>) -> tensor<?x?xf32> {
  %r = atled.matmul %x, %y : (tensor<?x?xf32>, tensor<?x?xf32>) -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}
func.func @sorted(%x: tensor<?x?x?xf32>) -> tensor<?x?x?xf32> {
  %r, %order = atled.sort %x dimension = 2 : (tensor<?x?x?xf32>) -> (tensor<?x?x?xf32>, tensor<?x?x?xi32>)
  return %r : tensor<?x?x?xf32>
}
func.func @running(%x: tensor<?x?x?xf32>) -> tensor<?x?x?xf32> {
  %r = atled.cumsum %x dimension = 1 : tensor<?x?x?xf32>
  return %r : tensor<?x?x?xf32>
}
func.func @rows(%x: tensor<?x?xf32>, %i: tensor<?xi32>) -> tensor<?x?xf32> {
  %r = atled.gather %x[%i] sizes = [1, ?] offset = [1] collapsed = [0] indexed = [0] vector = 1
      : (tensor<?x?xf32>, tensor<?xi32>) -> tensor<?x?xf32>
  return %r : tensor<?x?xf32>
}
// Sizes that may overflow.
func.func @padded(%x: tensor<?xi8>) -> tensor<?xi8> {
  %zero = atled.constant dense<0> : tensor<i8>
  %r = atled.pad %x, %zero low = [0] high = [0] interior = [16777216] : (tensor<?xi8>, tensor<i8>) -> tensor<?xi8>
  return %r : tensor<?xi8>
}
func.func @squared(%x: tensor<?xi8>, %v: tensor<i8>) -> tensor<?xi8> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?xi8>
  %size = arith.muli %n, %n : index
  %r = atled.broadcast %v dimensions = [] sizes(%size) : tensor<i8> -> tensor<?xi8>
  return %r : tensor<?xi8>
}
