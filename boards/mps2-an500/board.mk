# SPDX-License-Identifier: BSD-2-Clause
# Arm MPS2+ AN500: Cortex-M7 with its caches off, no entropy source but a seed;
# with newlib over semihosting. Its file in C is that of mps2-an385.
# Sources: seed
FAMILY := mps2 cortex-m newlib seed
ISA := armv7em
BOARD_SRCS := ../mps2-an385/board.c
BOARD_PLATFORM := ../mps2-an385/board.c
APPS := smoke hello record keygen getentropy loop
TESTS := smoke stress loop keys library refuse
# Tasks and mbedTLS take long: they are tried on Cortex-M3 and M33.
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END \
	events events-WITHOUT_BUSY events-EVENT_STIRS counter
