# SPDX-License-Identifier: BSD-2-Clause
# QEMU's virt machine with a 32-bit CPU, without firmware.
# Sources: SMCCC, virtio-rng, seed
# Clones: VM Generation ID, VMClock
FAMILY := arm wfi gic pl011 virt
ISA := armv7a
arm_at := 0x40200000
BOARD_SRCS := board.c
COMMON_SRCS := arm/timer.c virt/epoch.c virt/firmware.c gic/gic_tree.c
HAL_SRCS := bus/acpi.c seed/seed.c firmware/smccc_find.c firmware/smccc_trng.c \
	epoch/epoch.c epoch/epoch_tree.c epoch/vmgenid.c epoch/vmclock.c
APPS := smoke hello record clone keygen loop accumulator
TESTS := smoke levels stress loop keys refuse library size
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END counter
