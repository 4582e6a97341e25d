# SPDX-License-Identifier: BSD-2-Clause
# Cortex-M, bare metal. A board sets ISA to one of these; the library is compiled once for each.
ISA_CFLAGS_armv6m := -mthumb -mcpu=cortex-m0
ISA_CFLAGS_armv7m := -mthumb -mcpu=cortex-m3
ISA_CFLAGS := $(ISA_CFLAGS_$(ISA))
# The boards of armv6m have no C library, those of armv7m have newlib.
ISA_INCLUDE_armv6m := -Iboards/freestanding
ISA_INCLUDE := $(ISA_INCLUDE_$(ISA))
# gcc knows where its newlib is, clang does not; its enums are as small as they can be, so are newlib's; and clang calls __aeabi_memcpy and its kin unless told to call memcpy.
NEWLIB_INCLUDE := $(wildcard /usr/lib/arm-none-eabi/include /usr/arm-none-eabi/include)
ISA_CFLAGS_CLANG := -meabi gnu -fshort-enums -isystem $(firstword $(NEWLIB_INCLUDE) boards/freestanding)
