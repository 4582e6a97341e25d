# SPDX-License-Identifier: BSD-2-Clause
# BBC micro:bit (the first, nRF51822): Cortex-M0, a TRNG, 16 KiB of RAM; no C
# library.
# Sources: nrf51-trng
FAMILY := cortex-m
ISA := armv6m
BOARD_SRCS := board.c
HAL_SRCS := trng/trng_nrf51.c
APPS := smoke hello record loop
TESTS := smoke levels stress loop library size
GUESTS := fault fault-OVERFLOW fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END \
	events events-WITHOUT_BUSY events-EVENT_STIRS count counter
