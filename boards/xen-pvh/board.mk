# SPDX-License-Identifier: BSD-2-Clause
# A PVH guest of Xen on x86-64: virtual hardware without any device.
# Sources: RDSEED, RDRAND
# Clones: a generation id, if it has one
FAMILY := x86 xen xen-x86 timing
BOARD_SRCS := board.c
COMMON_SRCS := x86/pvh.S
APPS := smoke hello record clone keygen accumulator loop
TESTS := smoke stress
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END
