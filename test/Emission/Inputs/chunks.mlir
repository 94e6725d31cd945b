// Programs that are large enough to be cut into chunks, in each of the ways in which operations are: along rows, some of
// which are left over; along the rows of an image, whose windows overlap; along columns; and elementwise.
func.func private @product(%x: tensor<1000x96xf32>, %w: tensor<96x200xf32>) -> tensor<1000x200xf32> {
  %y = atled.matmul %x, %w : (tensor<1000x96xf32>, tensor<96x200xf32>) -> tensor<1000x200xf32>
  return %y : tensor<1000x200xf32>
}
func.func @product_vjp(%x: tensor<1000x96xf32>, %w: tensor<96x200xf32>, %dy: tensor<1000x200xf32>)
    -> (tensor<1000x200xf32>, tensor<1000x96xf32>, tensor<96x200xf32>) {
  %r:3 = ad.vjp @product(%x, %w) seed(%dy) wrt = [0, 1]
      : (tensor<1000x96xf32>, tensor<96x200xf32>, tensor<1000x200xf32>)
      -> (tensor<1000x200xf32>, tensor<1000x96xf32>, tensor<96x200xf32>)
  return %r#0, %r#1, %r#2 : tensor<1000x200xf32>, tensor<1000x96xf32>, tensor<96x200xf32>
}

func.func private @image(%x: tensor<3x45x31x8xf32>, %k: tensor<3x3x8x16xf32>) -> tensor<3x45x31x16xf32> {
  %y = atled.convolution %x, %k "b01i" x "01io" -> "b01o" strides = [1, 1]
      low = [1, 1] high = [1, 1] lhs_dilation = [1, 1] rhs_dilation = [1, 1]
      : (tensor<3x45x31x8xf32>, tensor<3x3x8x16xf32>) -> tensor<3x45x31x16xf32>
  return %y : tensor<3x45x31x16xf32>
}
func.func @image_vjp(%x: tensor<3x45x31x8xf32>, %k: tensor<3x3x8x16xf32>, %dy: tensor<3x45x31x16xf32>)
    -> (tensor<3x45x31x16xf32>, tensor<3x45x31x8xf32>, tensor<3x3x8x16xf32>) {
  %r:3 = ad.vjp @image(%x, %k) seed(%dy) wrt = [0, 1]
      : (tensor<3x45x31x8xf32>, tensor<3x3x8x16xf32>, tensor<3x45x31x16xf32>)
      -> (tensor<3x45x31x16xf32>, tensor<3x45x31x8xf32>, tensor<3x3x8x16xf32>)
  return %r#0, %r#1, %r#2 : tensor<3x45x31x16xf32>, tensor<3x45x31x8xf32>, tensor<3x3x8x16xf32>
}

// Squares, the sum of each row of them, and that of each column.
func.func private @squares(%x: tensor<1100x1300xf32>)
    -> (tensor<1100x1300xf32>, tensor<1100xf32>, tensor<1300xf32>) {
  %y = atled.mul %x, %x : tensor<1100x1300xf32>
  %rows = atled.reduce_sum %y dimensions = [1] : tensor<1100x1300xf32> -> tensor<1100xf32>
  %columns = atled.reduce_sum %y dimensions = [0] : tensor<1100x1300xf32> -> tensor<1300xf32>
  return %y, %rows, %columns : tensor<1100x1300xf32>, tensor<1100xf32>, tensor<1300xf32>
}
func.func @squares_vjp(%x: tensor<1100x1300xf32>, %dy: tensor<1100x1300xf32>, %dr: tensor<1100xf32>, %dc: tensor<1300xf32>)
    -> (tensor<1100x1300xf32>, tensor<1100xf32>, tensor<1300xf32>, tensor<1100x1300xf32>) {
  %r:4 = ad.vjp @squares(%x) seed(%dy, %dr, %dc) wrt = [0]
      : (tensor<1100x1300xf32>, tensor<1100x1300xf32>, tensor<1100xf32>, tensor<1300xf32>)
      -> (tensor<1100x1300xf32>, tensor<1100xf32>, tensor<1300xf32>, tensor<1100x1300xf32>)
  return %r#0, %r#1, %r#2, %r#3
      : tensor<1100x1300xf32>, tensor<1100xf32>, tensor<1300xf32>, tensor<1100x1300xf32>
}

// As many rows as the caller says, with a tensor in between that is kept for the way back.
func.func private @layer(%x: tensor<?x96xf32>, %w: tensor<96x200xf32>) -> tensor<?x200xf32> {
  %h = atled.tanh %x : tensor<?x96xf32>
  %y = atled.matmul %h, %w : (tensor<?x96xf32>, tensor<96x200xf32>) -> tensor<?x200xf32>
  return %y : tensor<?x200xf32>
}
func.func @layer_vjp(%x: tensor<?x96xf32>, %w: tensor<96x200xf32>, %dy: tensor<?x200xf32>)
    -> (tensor<?x200xf32>, tensor<?x96xf32>, tensor<96x200xf32>) {
  %r:3 = ad.vjp @layer(%x, %w) seed(%dy) wrt = [0, 1]
      : (tensor<?x96xf32>, tensor<96x200xf32>, tensor<?x200xf32>)
      -> (tensor<?x200xf32>, tensor<?x96xf32>, tensor<96x200xf32>)
  return %r#0, %r#1, %r#2 : tensor<?x200xf32>, tensor<?x96xf32>, tensor<96x200xf32>
}
