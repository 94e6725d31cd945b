// The classifier of handwritten digits: 64 pixels, 64 hidden units, 10 digits, in batches of 32.

// The score of each digit for each image.
func.func private @logits(%hidden_weights: tensor<64x64xf32>, %hidden_bias: tensor<64xf32>,
                          %output_weights: tensor<64x10xf32>, %output_bias: tensor<10xf32>,
                          %images: tensor<32x64xf32>) -> tensor<32x10xf32> {
  %products = atled.matmul %images, %hidden_weights
      : (tensor<32x64xf32>, tensor<64x64xf32>) -> tensor<32x64xf32>
  %hidden_biases = atled.broadcast %hidden_bias dimensions = [1]
      : tensor<64xf32> -> tensor<32x64xf32>
  %sums = atled.add %products, %hidden_biases : tensor<32x64xf32>
  %hidden = atled.tanh %sums : tensor<32x64xf32>
  %scores = atled.matmul %hidden, %output_weights
      : (tensor<32x64xf32>, tensor<64x10xf32>) -> tensor<32x10xf32>
  %output_biases = atled.broadcast %output_bias dimensions = [1]
      : tensor<10xf32> -> tensor<32x10xf32>
  %logits = atled.add %scores, %output_biases : tensor<32x10xf32>
  return %logits : tensor<32x10xf32>
}

// log(sum(exp(logits))) for each image. The maximum is subtracted first, so that no exponential
// overflows. The result does not depend on it: to the derivative it is a constant.
func.func private @logsumexp(%logits: tensor<32x10xf32>) -> tensor<32xf32> {
  %attached = atled.reduce_max %logits dimensions = [1] : tensor<32x10xf32> -> tensor<32xf32>
  %max = ad.detach %attached : tensor<32xf32>
  %maxes = atled.broadcast %max dimensions = [0] : tensor<32xf32> -> tensor<32x10xf32>
  %shifted = atled.sub %logits, %maxes : tensor<32x10xf32>
  %exponentials = atled.exp %shifted : tensor<32x10xf32>
  %sum = atled.reduce_sum %exponentials dimensions = [1] : tensor<32x10xf32> -> tensor<32xf32>
  %log = atled.log %sum : tensor<32xf32>
  %result = atled.add %log, %max : tensor<32xf32>
  return %result : tensor<32xf32>
}

// The mean cross entropy of the labels.
func.func @loss(%hidden_weights: tensor<64x64xf32> {atled.name = "hidden_weights"},
                %hidden_bias: tensor<64xf32> {atled.name = "hidden_bias"},
                %output_weights: tensor<64x10xf32> {atled.name = "output_weights"},
                %output_bias: tensor<10xf32> {atled.name = "output_bias"},
                %images: tensor<32x64xf32> {atled.name = "images"},
                %labels: tensor<32xi32> {atled.name = "labels"})
    -> (tensor<f32> {atled.name = "loss"}) {
  %logits = call @logits(%hidden_weights, %hidden_bias, %output_weights, %output_bias, %images)
      : (tensor<64x64xf32>, tensor<64xf32>, tensor<64x10xf32>, tensor<10xf32>, tensor<32x64xf32>)
      -> tensor<32x10xf32>
  %normalizer = call @logsumexp(%logits) : (tensor<32x10xf32>) -> tensor<32xf32>

  // The logit of the label: all others are multiplied by 0.
  %digits = atled.iota dimension = 1 : tensor<32x10xi32>
  %wanted = atled.broadcast %labels dimensions = [0] : tensor<32xi32> -> tensor<32x10xi32>
  %is_label = atled.compare eq, %digits, %wanted : tensor<32x10xi32>
  %one_hot = atled.convert %is_label : tensor<32x10xi1> to tensor<32x10xf32>
  %chosen = atled.mul %logits, %one_hot : tensor<32x10xf32>
  %label_logit = atled.reduce_sum %chosen dimensions = [1] : tensor<32x10xf32> -> tensor<32xf32>

  %losses = atled.sub %normalizer, %label_logit : tensor<32xf32>
  %total = atled.reduce_sum %losses dimensions = [0] : tensor<32xf32> -> tensor<f32>
  %count = atled.constant dense<32.0> : tensor<f32>
  %loss = atled.div %total, %count : tensor<f32>
  return %loss : tensor<f32>
}

// The digit with the greatest score for each image.
func.func @predict(%hidden_weights: tensor<64x64xf32> {atled.name = "hidden_weights"},
                   %hidden_bias: tensor<64xf32> {atled.name = "hidden_bias"},
                   %output_weights: tensor<64x10xf32> {atled.name = "output_weights"},
                   %output_bias: tensor<10xf32> {atled.name = "output_bias"},
                   %images: tensor<32x64xf32> {atled.name = "images"})
    -> (tensor<32xi32> {atled.name = "digits"}) {
  %logits = call @logits(%hidden_weights, %hidden_bias, %output_weights, %output_bias, %images)
      : (tensor<64x64xf32>, tensor<64xf32>, tensor<64x10xf32>, tensor<10xf32>, tensor<32x64xf32>)
      -> tensor<32x10xf32>
  %digits = atled.argmax %logits dimension = 1 : tensor<32x10xf32> -> tensor<32xi32>
  return %digits : tensor<32xi32>
}
