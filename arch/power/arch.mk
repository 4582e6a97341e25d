# SPDX-License-Identifier: BSD-2-Clause
# 64-bit POWER of version 2.07 (POWER8) or later, in both byte orders. Both have
# version 2 of the ELF ABI: lld knows no other, and it needs no descriptors of
# functions.
ARCH_CFLAGS := -mcpu=power8 -mabi=elfv2 -fno-asynchronous-unwind-tables
# No register of floating point or of vectors is touched.
ARCH_CFLAGS_OWN := -msoft-float -mno-altivec -mno-vsx
ARCH_NAME := POWER
ARCH_WORD := 64 BE
ARCH_CROSS := powerpc64-linux-gnu-

ISA_CFLAGS_ppc64 := -mbig-endian
ISA_CFLAGS_ppc64le := -mlittle-endian
ISA_WORD_ppc64le := 64 LE
ISA_TARGET_ppc64le := powerpc64le-linux-gnu
