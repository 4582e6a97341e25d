# SPDX-License-Identifier: BSD-2-Clause
# A paravirtual guest of Xen on x86-64, in ring 3.
# Sources: RDSEED, RDRAND
FAMILY := x86 xen xen-x86 timing
BOARD_SRCS := start.S board.c
APPS := smoke hello record clone keygen accumulator loop
TESTS := smoke stress
GUESTS := fault fault-IN_WRITE fault-IN_END
