# SPDX-License-Identifier: BSD-2-Clause
# QEMU's pseries, a partition of a POWER hypervisor, with a 64-bit big-endian
# image.
# Sources: darn, H_RANDOM
FAMILY := pseries wfi
ISA := ppc64
BOARD_SRCS := platform.c
BOARD_PLATFORM := platform.c
APPS := smoke hello record clone keygen loop accumulator
TESTS := smoke loop keys refuse library
