//===- DLPack.hpp - Arrays that change hands -------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// DLPack is how libraries of tensors hand memory to each other, without a copy.
// These are its structures of version 1 and of the time before, as its
// specification lays them out; a library's own declarations are the same bytes:
//
//   auto *tensor = to_dlpack<DLManagedTensor>(std::move(array));
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_FRONTEND_DLPACK_HPP
#define ATLED_FRONTEND_DLPACK_HPP

#include "atled/Frontend/Array.hpp"

namespace atled {
namespace dlpack {

struct Device {
  int32_t type; ///< 1: the processor.
  int32_t id;
};
struct DataType {
  uint8_t code, bits;
  uint16_t lanes;
};
struct Tensor {
  void *data;
  Device device;
  int32_t rank;
  DataType dtype;
  int64_t *shape;
  int64_t *strides; ///< In elements; null: row-major and contiguous.
  uint64_t byte_offset;
};

/// Of the time before version 1.
struct ManagedTensor {
  Tensor tensor;
  void *context;
  void (*deleter)(ManagedTensor *self);
};

struct Version {
  uint32_t major, minor;
};
struct ManagedTensorVersioned {
  Version version;
  void *context;
  void (*deleter)(ManagedTensorVersioned *self);
  uint64_t flags; ///< 1: the elements must not be written.
  Tensor tensor;
};

} // namespace dlpack

namespace detail {

/// The codes are those of the specification.
inline dlpack::DataType to_dlpack(DType dtype) {
  uint8_t bits = static_cast<uint8_t>(8 * size_of(dtype));
  uint8_t code = dtype == DType::boolean                           ? 6
                 : dtype == DType::bfloat16                        ? 4
                 : dtype >= DType::float16                         ? 2
                 : dtype >= DType::uint8 && dtype <= DType::uint64 ? 1
                                                                   : 0;
  return {code, bits, 1};
}

inline DType from_dlpack(dlpack::DataType type, Location location) {
  for (int i = 0; i <= static_cast<int>(DType::float64); ++i) {
    dlpack::DataType own = to_dlpack(static_cast<DType>(i));
    if (own.code == type.code && own.bits == type.bits && type.lanes == 1)
      return static_cast<DType>(i);
  }
  fail(location, "no array has elements of DLPack's type with code " +
                     std::to_string(type.code) + ", " +
                     std::to_string(type.bits) + " bits and " +
                     std::to_string(type.lanes) + " lanes");
}

inline bool is_row_major(const dlpack::Tensor &tensor) {
  int64_t stride = 1;
  for (int32_t i = tensor.rank; tensor.strides && i-- > 0;) {
    if (tensor.shape[i] > 1 && tensor.strides[i] != stride)
      return false;
    stride *= tensor.shape[i];
  }
  return true;
}

/// What is handed over, with what its numbers point to.
template <class Managed>
struct Handover {
  Managed managed = {};
  Array array;
  Shape shape, strides;
};

/// A library's own declaration, or ours, of the same bytes.
template <class Managed>
constexpr bool is_versioned_v =
    sizeof(Managed) == sizeof(dlpack::ManagedTensorVersioned);
template <class Managed>
using ManagedOf =
    std::conditional_t<is_versioned_v<Managed>, dlpack::ManagedTensorVersioned,
                       dlpack::ManagedTensor>;
static_assert(sizeof(dlpack::ManagedTensorVersioned) !=
              sizeof(dlpack::ManagedTensor));

/// Gives a tensor back to whom it came from.
template <class Managed>
void release(Managed *managed) {
  if (managed->deleter)
    managed->deleter(managed);
}

} // namespace detail

/// Hands an array over: the receiver calls the deleter when it is done.
template <class Managed = dlpack::ManagedTensorVersioned>
Managed *to_dlpack(Array array, Location location = Location::here()) {
  using Own = detail::ManagedOf<Managed>;
  static_assert(sizeof(Managed) == sizeof(Own), "this is no tensor of DLPack");
  void *data = array.raw(location);
  auto *handover = new detail::Handover<Own>{{}, std::move(array), {}, {}};
  handover->shape = handover->array.shape();
  handover->strides.assign(handover->shape.size(), 1);
  for (size_t i = handover->shape.size(); i-- > 1;)
    handover->strides[i - 1] = handover->strides[i] * handover->shape[i];
  Own &own = handover->managed;
  own.tensor = {data,
                {1, 0},
                static_cast<int32_t>(handover->shape.size()),
                detail::to_dlpack(handover->array.dtype()),
                handover->shape.data(),
                handover->strides.data(),
                0};
  own.context = handover;
  own.deleter = [](Own *self) {
    delete static_cast<detail::Handover<Own> *>(self->context);
  };
  if constexpr (detail::is_versioned_v<Managed>)
    own.version = {1, 0};
  return reinterpret_cast<Managed *>(&own);
}

/// Takes a tensor over: the array has its memory, and the deleter is called
/// when that is no longer needed. Where that is an error, the tensor remains
/// the caller's. One that must not be written is copied.
template <class Managed>
Array from_dlpack(Managed *given, Location location = Location::here()) {
  using Own = detail::ManagedOf<Managed>;
  static_assert(sizeof(Managed) == sizeof(Own), "this is no tensor of DLPack");
  if (!given)
    detail::fail(location, "no tensor of DLPack is given: the pointer is null");
  Own *managed = reinterpret_cast<Own *>(given);
  bool is_read_only = false;
  if constexpr (detail::is_versioned_v<Managed>) {
    if (managed->version.major != 1)
      detail::fail(location, "a tensor of DLPack's version " +
                                 std::to_string(managed->version.major) +
                                 " is given, and version 1 is known");
    is_read_only = managed->flags & 1;
  }
  const dlpack::Tensor &tensor = managed->tensor;
  if (tensor.device.type != 1)
    detail::fail(location, "a tensor of DLPack's device " +
                               std::to_string(tensor.device.type) +
                               " is given; copy it to the processor, 1");
  DType dtype = detail::from_dlpack(tensor.dtype, location);
  if (tensor.rank < 0 || (tensor.rank > 0 && !tensor.shape))
    detail::fail(location, "a tensor of DLPack is given with rank " +
                               std::to_string(tensor.rank) +
                               ", and no shape of so many extents");
  Shape shape(tensor.shape, tensor.shape + tensor.rank);
  size_t bytes = count_elements(shape, location) * size_of(dtype);
  if (bytes && !tensor.data)
    detail::fail(location, "a tensor of DLPack is given without its elements: "
                           "their pointer is null");
  if (!detail::is_row_major(tensor))
    detail::fail(location, "a tensor of DLPack is given that is not row-major "
                           "and contiguous; hand over a copy that is");
  void *data = static_cast<char *>(tensor.data) + tensor.byte_offset;
  if (bytes && !is_read_only &&
      reinterpret_cast<uintptr_t>(data) % size_of(dtype))
    detail::fail(location, "a tensor of DLPack is given whose elements are not "
                           "aligned to their " +
                               std::to_string(size_of(dtype)) +
                               " bytes; hand over a copy that is");
  Memory memory(data, bytes, std::shared_ptr<void>(managed, [](void *pointer) {
                  detail::release(static_cast<Own *>(pointer));
                }));
  // A copy has memory of its own.
  return Array(dtype, std::move(shape),
               is_read_only ? Memory(static_cast<const Memory &>(memory))
                            : std::move(memory));
}

} // namespace atled

#endif // ATLED_FRONTEND_DLPACK_HPP
