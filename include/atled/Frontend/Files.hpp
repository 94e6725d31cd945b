//===- Files.hpp - Arrays in NumPy's files ---------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An .npy file is one array, an .npz file has several with names. A structure
// of arrays is written with the ways to its leaves as names.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_FRONTEND_FILES_HPP
#define ATLED_FRONTEND_FILES_HPP

#include "atled/Frontend/Structure.hpp"
#include <memory>

namespace atled {
namespace detail {

/// What a file has, with the names.
inline std::vector<std::pair<std::string, Array>>
read_arrays(const std::string &path, Location location) {
  atled_tensors *read = nullptr;
  check(atled_tensors_read(path.c_str(), raw(location), &read));
  std::unique_ptr<atled_tensors, decltype(&atled_tensors_release)> tensors(
      read, atled_tensors_release);
  std::vector<std::pair<std::string, Array>> arrays;
  for (size_t i = 0; i < atled_tensors_count(read); ++i) {
    atled_type type = atled_tensors_type(read, i);
    Array array(static_cast<DType>(type.dtype),
                Shape(type.shape, type.shape + type.rank));
    if (array.size())
      std::memcpy(array.raw(), atled_tensors_data(read, i),
                  array.size() * size_of(array.dtype()));
    arrays.emplace_back(atled_tensors_name(read, i), std::move(array));
  }
  return arrays;
}

/// Writes an archive of the arrays in `structure`, which are called `names`.
template <class T>
void write_arrays(const std::string &path, const T &structure,
                  const std::vector<std::string> &names, Location location) {
  std::vector<const char *> texts;
  for (const std::string &name : names)
    texts.push_back(name.c_str());
  // A pointer that is null stands for an .npy file.
  texts.push_back(nullptr);
  std::vector<atled_type> types;
  std::vector<const void *> data;
  for_each_leaf(structure, "", [&](const std::string &, const Array &array) {
    types.push_back(array.interface_type());
    data.push_back(array.raw(location));
  });
  check(atled_tensors_write(path.c_str(), texts.data(), types.data(),
                            data.data(), data.size(), raw(location)));
}

/// Whether the array has this type, of which an extent may be dynamic.
inline bool has_type(const Array &array, const Spec &spec) {
  auto fits = [](int64_t extent, int64_t wanted) {
    return wanted == dynamic || extent == wanted;
  };
  return array.dtype() == spec.dtype &&
         std::equal(array.shape().begin(), array.shape().end(),
                    spec.shape.begin(), spec.shape.end(), fits);
}

/// The arrays of a file in a structure of these types, which are called
/// `names` there.
template <class T>
rebind_t<T, Array> read_structure(const std::string &path, const T &specs,
                                  const std::vector<std::string> &names,
                                  Location location) {
  std::map<std::string, Array> arrays;
  std::string there;
  for (auto &[name, array] : read_arrays(path, location)) {
    there += (there.empty() ? "" : ", ") + name;
    arrays.emplace(name, std::move(array));
  }
  auto name = names.begin();
  auto take = [&](const std::string &, const Spec &spec) {
    auto found = arrays.find(*name++);
    if (found == arrays.end())
      fail(location, "'" + path + "' has no array '" + name[-1] +
                         "'; it has (" + there + ")");
    Array &array = found->second;
    if (!has_type(array, spec))
      fail(location,
           "array '" + name[-1] + "' in '" + path + "' is a tensor of " +
               array.to_string() + ", and one of " +
               atled::to_string(spec.dtype, spec.shape) + " is wanted");
    return std::move(array);
  };
  return transform<Array>(specs, "", take);
}

} // namespace detail

/// The array of an .npy file.
inline Array load_npy(const std::string &path,
                      Location location = Location::here()) {
  auto arrays = detail::read_arrays(path, location);
  if (arrays.size() != 1 || !arrays[0].first.empty())
    detail::fail(location,
                 "'" + path + "' is an .npz file; load_npz reads its arrays");
  return std::move(arrays[0].second);
}

inline void save_npy(const std::string &path, const Array &array,
                     Location location = Location::here()) {
  atled_type type = array.interface_type();
  const void *data = array.raw(location);
  detail::check(atled_tensors_write(path.c_str(), nullptr, &type, &data, 1,
                                    detail::raw(location)));
}

/// The arrays of an .npz file.
inline std::map<std::string, Array>
load_npz(const std::string &path, Location location = Location::here()) {
  auto arrays = detail::read_arrays(path, location);
  if (arrays.size() == 1 && arrays[0].first.empty())
    detail::fail(location, "'" + path + "' is an .npy file; load_npy reads it");
  return {std::make_move_iterator(arrays.begin()),
          std::make_move_iterator(arrays.end())};
}

/// The arrays that save_npz has written of such a structure.
template <class T>
detail::rebind_t<T, Array> load_npz(const std::string &path, const T &specs,
                                    Location location = Location::here()) {
  return detail::read_structure(path, specs, detail::get_paths(specs),
                                location);
}

/// Writes a structure of arrays, a map for instance.
template <class T>
void save_npz(const std::string &path, const T &arrays,
              Location location = Location::here()) {
  detail::write_arrays(path, arrays, detail::get_paths(arrays), location);
}

} // namespace atled

#endif // ATLED_FRONTEND_FILES_HPP
