# SPDX-License-Identifier: BSD-2-Clause
# QEMU's pseries, a partition of a POWER hypervisor, with a 64-bit big-endian
# image.
# Sources: darn, papr-random
FAMILY := pseries wfi
ISA := ppc64
BOARD_SRCS := platform.c
BOARD_PLATFORM := platform.c
APPS := smoke hello record clone keygen loop accumulator
TESTS := smoke levels stress loop keys refuse library size
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END \
	events events-WITHOUT_BUSY events-EVENT_STIRS
