# SPDX-License-Identifier: BSD-2-Clause
# The least that boots, to be copied (docs/porting.md). Here it is a guest of
# QEMU's microvm that has the CPU's instructions and nothing else.
# Sources: RDSEED, RDRAND
FAMILY := x86
ISA := x86_64
BOARD_SRCS := board.c
COMMON_SRCS := x86/pvh.S
BOARD_LDFLAGS := -Wl,-T,boards/common/x86/x86_64.ld
APPS := smoke hello record
TESTS := smoke refuse
