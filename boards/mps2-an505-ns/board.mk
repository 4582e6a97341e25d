# SPDX-License-Identifier: BSD-2-Clause
# Arm MPS2+ AN505: Cortex-M33 in its non-secure state; with newlib over
# semihosting. It has other addresses and other faults than the secure one. Its
# file in C is that of mps2-an505.
# Sources: seed
FAMILY := mps2 cortex-m newlib seed
ISA := armv8m
BOARD_SRCS := ../mps2-an505/board.c
BOARD_PLATFORM := ../mps2-an505/board.c
COMMON_SRCS := mps2/secure.S
BOARD_CFLAGS := -DCORTEX_M_IRQS=124
APPS := smoke hello record keygen getentropy loop
TESTS := smoke stress loop keys refuse
GUESTS := fault fault-OVERFLOW fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END \
	events events-WITHOUT_BUSY events-EVENT_STIRS counter
