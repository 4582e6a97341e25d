# SPDX-License-Identifier: BSD-2-Clause
# QEMU's pseries, a partition of a POWER hypervisor, with a 64-bit little-endian
# image. Its files in C are those of pseries.
# Sources: darn, papr-random
FAMILY := pseries wfi
ISA := ppc64le
BOARD_SRCS := ../pseries/platform.c
BOARD_PLATFORM := ../pseries/platform.c
APPS := smoke hello record clone keygen loop accumulator
TESTS := smoke stress loop keys refuse library
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END \
	events events-WITHOUT_BUSY events-EVENT_STIRS
