# SPDX-License-Identifier: BSD-2-Clause
# A board where floating point and SIMD are enabled wherever seedbed may be
# called, and where no call interrupts code that uses their registers: the
# fastest keystream of its CPU, chosen at each start.
#
# simd_facts asks what the CPU allows. A board that asks its operating system
# has a file of its own.
simd_facts ?= simd/facts_$(ARCH).c
ifneq ($(ARCH),portable)
HAL_SRCS += stream/dispatch.c
COMMON_SRCS += simd/keystreams_$(ARCH).c $(simd_facts)
# -u: the linker takes a member of an installed board's archive only where it is
# asked for, and the library has a sb_stream_choose too.
BOARD_LDFLAGS += -Wl,-u,sb_stream_choose
endif
