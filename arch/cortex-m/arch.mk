# SPDX-License-Identifier: BSD-2-Clause
# Cortex-M, bare metal.
ARCH_CFLAGS := -mthumb
ARCH_NAME := Cortex-M
ARCH_WORD := 32 LE
ARCH_CROSS := arm-none-eabi-
# gcc knows where its newlib is, clang does not. clang's enums are as small as
# newlib's with -fshort-enums, and it calls memcpy by that name with -meabi gnu.
newlib_include := $(wildcard /usr/lib/arm-none-eabi/include /usr/arm-none-eabi/include)
ARCH_CFLAGS_CLANG := -meabi gnu -fshort-enums \
	-isystem $(firstword $(newlib_include) boards/common/libc/freestanding)

ISA_CFLAGS_armv6m := -mcpu=cortex-m0
ISA_CFLAGS_armv7m := -mcpu=cortex-m3
ISA_CFLAGS_armv7em := -mcpu=cortex-m4 -mfloat-abi=soft
ISA_CFLAGS_armv8m := -mcpu=cortex-m33 -mfloat-abi=soft
ISA_CFLAGS_armv81m := -mcpu=cortex-m55+nofp+nomve -mfloat-abi=soft
# The same with picolibc. No compiler finds its headers by itself.
ISA_CFLAGS_armv6m-picolibc := $(ISA_CFLAGS_armv6m) \
	-isystem build/deps/picolibc-arm-none-eabi/include
ISA_LIBC_armv6m-picolibc := picolibc
# All boards of these ISAs have newlib.
ISA_LIBC_armv7m := newlib
ISA_LIBC_armv7em := newlib
ISA_LIBC_armv8m := newlib
ISA_LIBC_armv81m := newlib
