//===- X86Features.cpp - What processors of x86-64 differ in --------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// From the manuals of Intel (CPUID in volume 2A) and AMD (volume 3, appendix
// E).
//
//===----------------------------------------------------------------------===//

#include "atled/Target/X86Features.h"

using namespace atled;

/// Bits of the register XCR0: the halves of the vector registers; masks and
/// the rest of them; the general registers from 16 on.
static constexpr uint32_t avxState = 0x6, avx512State = 0xe6,
                          apxState = 0x80000;

static constexpr X86Feature features[] = {
    {"sse3", X86Word::Leaf1Ecx, 0, 0},
    {"pclmul", X86Word::Leaf1Ecx, 1, 0},
    {"ssse3", X86Word::Leaf1Ecx, 9, 0},
    {"fma", X86Word::Leaf1Ecx, 12, avxState},
    {"cx16", X86Word::Leaf1Ecx, 13, 0},
    {"sse4.1", X86Word::Leaf1Ecx, 19, 0},
    {"sse4.2", X86Word::Leaf1Ecx, 20, 0},
    {"movbe", X86Word::Leaf1Ecx, 22, 0},
    {"popcnt", X86Word::Leaf1Ecx, 23, 0},
    {"aes", X86Word::Leaf1Ecx, 25, 0},
    {"avx", X86Word::Leaf1Ecx, 28, avxState},
    {"f16c", X86Word::Leaf1Ecx, 29, avxState},
    {"bmi", X86Word::Leaf7Ebx, 3, 0},
    {"avx2", X86Word::Leaf7Ebx, 5, avxState},
    {"bmi2", X86Word::Leaf7Ebx, 8, 0},
    {"avx512f", X86Word::Leaf7Ebx, 16, avx512State},
    {"avx512dq", X86Word::Leaf7Ebx, 17, avx512State},
    {"adx", X86Word::Leaf7Ebx, 19, 0},
    {"avx512ifma", X86Word::Leaf7Ebx, 21, avx512State},
    {"avx512cd", X86Word::Leaf7Ebx, 28, avx512State},
    {"avx512bw", X86Word::Leaf7Ebx, 30, avx512State},
    {"avx512vl", X86Word::Leaf7Ebx, 31, avx512State},
    {"avx512vbmi", X86Word::Leaf7Ecx, 1, avx512State},
    {"avx512vbmi2", X86Word::Leaf7Ecx, 6, avx512State},
    {"gfni", X86Word::Leaf7Ecx, 8, 0},
    {"vaes", X86Word::Leaf7Ecx, 9, avxState},
    {"vpclmulqdq", X86Word::Leaf7Ecx, 10, avxState},
    {"avx512vnni", X86Word::Leaf7Ecx, 11, avx512State},
    {"avx512bitalg", X86Word::Leaf7Ecx, 12, avx512State},
    {"avx512vpopcntdq", X86Word::Leaf7Ecx, 14, avx512State},
    {"movdiri", X86Word::Leaf7Ecx, 27, 0},
    {"avx512vp2intersect", X86Word::Leaf7Edx, 8, avx512State},
    {"avx512fp16", X86Word::Leaf7Edx, 23, avx512State},
    {"avxvnni", X86Word::Leaf7Sub1Eax, 4, avxState},
    {"avx512bf16", X86Word::Leaf7Sub1Eax, 5, avx512State},
    {"avxifma", X86Word::Leaf7Sub1Eax, 23, avxState},
    {"avxvnniint8", X86Word::Leaf7Sub1Edx, 4, avxState},
    {"avxneconvert", X86Word::Leaf7Sub1Edx, 5, avxState},
    {"avxvnniint16", X86Word::Leaf7Sub1Edx, 10, avxState},
    // Registers 16 to 31, of which all that is new with them makes use.
    {"egpr", X86Word::Leaf7Sub1Edx, 21, apxState},
    {"sahf", X86Word::ExtendedLeaf1Ecx, 0, 0},
    {"lzcnt", X86Word::ExtendedLeaf1Ecx, 5, 0},
    {"sse4a", X86Word::ExtendedLeaf1Ecx, 6, 0},
    {"xop", X86Word::ExtendedLeaf1Ecx, 11, avxState},
    {"fma4", X86Word::ExtendedLeaf1Ecx, 16, avxState},
    {"tbm", X86Word::ExtendedLeaf1Ecx, 21, 0},
};

ArrayRef<X86Feature> atled::getX86Features() { return features; }
