# SPDX-License-Identifier: BSD-2-Clause
# Arm MPS2+ AN505: Cortex-M33 in its secure state, no entropy source but a seed;
# with newlib over semihosting, so the test suites run on it.
# Sources: seed
FAMILY := mps2 cortex-m newlib seed
ISA := armv8m
BOARD_SRCS := board.c
BOARD_CFLAGS := -DCORTEX_M_IRQS=124 -DTASKS_ROOM=0x80000000u
APPS := smoke hello record keygen getentropy arc4random ecdsa loop
TESTS := smoke suites stress loop keys ecdsa library refuse
GUESTS := fault fault-OVERFLOW fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END \
	tasks tasks-WITHOUT_LOCK tasks-WITHOUT_LOCK-WITHOUT_BUSY \
	events events-WITHOUT_BUSY events-EVENT_STIRS counter
