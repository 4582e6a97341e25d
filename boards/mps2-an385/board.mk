# SPDX-License-Identifier: BSD-2-Clause
# Arm MPS2+ AN385: Cortex-M3, no entropy source but a seed; with newlib over
# semihosting, so the test suites run on it.
# Sources: seed
FAMILY := mps2 cortex-m newlib seed
ISA := armv7m
BOARD_SRCS := board.c
APPS := smoke hello record keygen getentropy arc4random ecdsa loop
TESTS := smoke suites stress loop keys ecdsa library size
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END \
	tasks tasks-WITHOUT_LOCK tasks-WITHOUT_LOCK-WITHOUT_BUSY \
	events events-WITHOUT_BUSY events-EVENT_STIRS counter counter-CLAIMS
