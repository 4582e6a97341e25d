# SPDX-License-Identifier: BSD-2-Clause
# Arm MPS3 AN547: Cortex-M55 in its secure state with its caches off, no entropy
# source but a seed; with newlib over semihosting.
# Sources: seed
FAMILY := mps2 cortex-m newlib seed
ISA := armv81m
BOARD_SRCS := board.c
BOARD_CFLAGS := -DCORTEX_M_IRQS=128
APPS := smoke hello record keygen getentropy loop
TESTS := smoke stress loop keys library refuse
# Tasks and mbedTLS take long: they are tried on Cortex-M3 and M33.
GUESTS := fault fault-OVERFLOW fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END \
	events events-WITHOUT_BUSY events-EVENT_STIRS counter
