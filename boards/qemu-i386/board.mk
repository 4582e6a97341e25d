# SPDX-License-Identifier: BSD-2-Clause
# QEMU's x86 machines in 32 bits: one PVH image boots on microvm, pc and q35.
# Sources: RDSEED, RDRAND, virtio-rng
# Clones: VM Generation ID, VMClock
FAMILY := x86 qemu-x86 timing
ISA := i386
BOARD_SRCS := start.S map_far.c
BOARD_LDFLAGS := -Wl,-T,$(BOARD_DIR)/link.ld
APPS := smoke hello record clone keygen errata accumulator loop confidential
TESTS := smoke stress loop refuse library
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END
