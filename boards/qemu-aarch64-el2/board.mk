# SPDX-License-Identifier: BSD-2-Clause
# QEMU's virt machine, entered at EL2 as a hypervisor is: the raw image by
# Linux's boot protocol. Its file in C is that of qemu-aarch64-virt.
# Sources: RNDRRS, SMCCC, virtio-rng, seed
# Clones: VM Generation ID, VMClock
FAMILY := aarch64 wfi gic pl011 virt timing
BOARD_SRCS := ../qemu-aarch64-virt/board.c
COMMON_SRCS := aarch64/reach.c virt/epoch.c virt/firmware.c gic/gic_tree.c
HAL_SRCS := bus/acpi.c seed/seed.c firmware/smccc_find.c firmware/smccc_trng.c \
	epoch/epoch.c epoch/epoch_tree.c epoch/vmgenid.c epoch/vmclock.c
APPS := smoke hello record clone keygen loop accumulator
TESTS := smoke stress loop keys refuse library
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END
