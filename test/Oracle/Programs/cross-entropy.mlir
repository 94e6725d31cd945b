// The mean cross entropy of labels, with a weight for each class.

func.func @loss(%logits: tensor<6x5xf64>, %weights: tensor<5xf64>, %labels: tensor<6xi32>) -> tensor<f64> {
  %attached = atled.reduce_max %logits dimensions = [1] : tensor<6x5xf64> -> tensor<6xf64>
  %max = ad.detach %attached : tensor<6xf64>
  %maxes = atled.broadcast %max dimensions = [0] : tensor<6xf64> -> tensor<6x5xf64>
  %shifted = atled.sub %logits, %maxes : tensor<6x5xf64>
  %exponentials = atled.exp %shifted : tensor<6x5xf64>
  %sums = atled.reduce_sum %exponentials dimensions = [1] : tensor<6x5xf64> -> tensor<6xf64>
  %logs = atled.log %sums : tensor<6xf64>
  %normalizers = atled.broadcast %logs dimensions = [0] : tensor<6xf64> -> tensor<6x5xf64>
  %log_softmax = atled.sub %shifted, %normalizers : tensor<6x5xf64>

  %classes = atled.iota dimension = 1 : tensor<6x5xi32>
  %wanted = atled.broadcast %labels dimensions = [0] : tensor<6xi32> -> tensor<6x5xi32>
  %is_label = atled.compare eq, %classes, %wanted : tensor<6x5xi32>
  %zero = atled.constant dense<0.0> : tensor<6x5xf64>
  %class_weights = atled.broadcast %weights dimensions = [1] : tensor<5xf64> -> tensor<6x5xf64>
  %weighted = atled.mul %class_weights, %log_softmax : tensor<6x5xf64>
  %chosen = atled.select %is_label, %weighted, %zero : tensor<6x5xi1>, tensor<6x5xf64>
  %chosen_weights = atled.select %is_label, %class_weights, %zero : tensor<6x5xi1>, tensor<6x5xf64>
  %total = atled.reduce_sum %chosen dimensions = [0, 1] : tensor<6x5xf64> -> tensor<f64>
  %total_weight = atled.reduce_sum %chosen_weights dimensions = [0, 1] : tensor<6x5xf64> -> tensor<f64>
  %mean = atled.div %total, %total_weight : tensor<f64>
  %loss = atled.neg %mean : tensor<f64>
  return %loss : tensor<f64>
}
