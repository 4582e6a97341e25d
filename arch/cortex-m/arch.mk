# SPDX-License-Identifier: BSD-2-Clause
# Cortex-M, bare metal.
ARCH_CFLAGS := -mthumb
ARCH_CROSS := arm-none-eabi-
# gcc knows where its newlib is, clang does not. clang's enums are as small as
# newlib's with -fshort-enums, and it calls memcpy by that name with -meabi gnu.
newlib_include := $(wildcard /usr/lib/arm-none-eabi/include /usr/arm-none-eabi/include)
ARCH_CFLAGS_CLANG := -meabi gnu -fshort-enums \
	-isystem $(firstword $(newlib_include) boards/common/libc/freestanding)

ISA_CFLAGS_armv6m := -mcpu=cortex-m0
ISA_CFLAGS_armv7m := -mcpu=cortex-m3
# All boards of this ISA have newlib.
ISA_LIBC_armv7m := newlib
