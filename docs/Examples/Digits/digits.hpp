//===- digits.hpp - The data of the digits example, and random numbers ----===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef DIGITS_HPP
#define DIGITS_HPP

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace digits {

constexpr int pixels = 64, hidden = 64, classes = 10, batch = 32, epochs = 30;

/// splitmix64: the same numbers everywhere.
class Random {
public:
  explicit Random(uint64_t seed) : state(seed) {}

  uint64_t bits() {
    uint64_t z = state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
  }

  /// Weights between ±sqrt(6 / (rows + columns)).
  std::vector<float> weights(int rows, int columns) {
    float bound = std::sqrt(6.0f / static_cast<float>(rows + columns));
    std::vector<float> values(static_cast<size_t>(rows) * columns);
    for (float &value : values)
      value = bound * (static_cast<float>(bits() >> 40) / 8388608.0f - 1.0f);
    return values;
  }

private:
  uint64_t state;
};

struct Split {
  std::vector<float> images;
  std::vector<int32_t> labels;

  int rows() const { return static_cast<int>(labels.size()); }

  void add(const float *image, int32_t label) {
    images.insert(images.end(), image, image + pixels);
    labels.push_back(label);
  }

  /// The rows in `order` from `first` on, as many as a batch has; the last row
  /// again where there are no more.
  Split take(const std::vector<int> &order, int first) const {
    Split part;
    for (int i = first; i < first + batch; ++i) {
      int row = order[std::min<size_t>(i, order.size() - 1)];
      part.add(&images[static_cast<size_t>(row) * pixels], labels[row]);
    }
    return part;
  }
};

inline std::vector<int> in_order(int rows) {
  std::vector<int> order(rows);
  for (int i = 0; i < rows; ++i)
    order[i] = i;
  return order;
}

inline std::vector<int> shuffled(int rows, Random &random) {
  std::vector<int> order = in_order(rows);
  for (int i = rows - 1; i > 0; --i)
    std::swap(order[i], order[random.bits() % (i + 1)]);
  return order;
}

struct Data {
  Split training, test;
};

/// Rows of 64 pixels from 0 to 16 and a digit; every fifth is for the test.
inline Data read(const std::string &path) {
  std::ifstream file(path);
  Data data;
  for (int row = 0; file; ++row) {
    float image[pixels];
    char comma;
    for (float &pixel : image) {
      file >> pixel >> comma;
      pixel /= 16;
    }
    int32_t label;
    if (file >> label)
      (row % 5 == 4 ? data.test : data.training).add(image, label);
  }
  if (data.training.rows() < batch || data.test.rows() == 0)
    throw std::runtime_error(path + " has no rows of 64 pixels and a digit");
  return data;
}

/// The share of digits that `predict`, of a batch of images, gets right.
template <class Predict>
double accuracy(const Split &split, Predict predict) {
  int right = 0;
  for (int first = 0; first < split.rows(); first += batch) {
    std::vector<int32_t> found =
        predict(split.take(in_order(split.rows()), first).images);
    for (int i = 0; i < batch && first + i < split.rows(); ++i)
      right += found[i] == split.labels[first + i];
  }
  return static_cast<double>(right) / split.rows();
}

} // namespace digits

#endif // DIGITS_HPP
