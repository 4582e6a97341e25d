# SPDX-License-Identifier: BSD-2-Clause
# A board where floating point and SIMD are enabled wherever seedbed may be
# called, and where a call may interrupt code that uses their registers. It is
# the family simd with keystreams that save each register that they write. It
# stands behind the family that sets ARCH.
HAL_SRCS += stream/dispatch.c
BOARD_LDFLAGS += -Wl,-u,sb_stream_choose
# On 64-bit Arm the table has facts of its own: SVE.
COMMON_SRCS += simd-saved/keystreams_$(ARCH).c $(if $(filter x86,$(ARCH)),simd/facts_x86.c)
