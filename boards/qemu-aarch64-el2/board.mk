# SPDX-License-Identifier: BSD-2-Clause
# QEMU's virt machine, entered at EL2 as a hypervisor is: the raw image by
# Linux's boot protocol. Its file in C is that of qemu-aarch64-virt.
# Sources: RNDRRS, RNDR, virtio-rng, rng-seed
# Clones: VM Generation ID, VMClock
FAMILY := aarch64
BOARD_SRCS := ../qemu-aarch64-virt/board.c
HAL_SRCS := virtio/virtio_rng.c virtio/virtio_ring.c virtio/virtio_mmio.c \
	virtio/virtio_mmio_legacy.c virtio/virtio_mmio_find.c seed/seed.c bus/fdt.c \
	epoch/epoch.c epoch/epoch_tree.c epoch/vmgenid.c epoch/vmclock.c
COMMON_SRCS := aarch64/epoch.c
APPS := smoke hello record clone keygen loop accumulator
TESTS := smoke stress loop keys refuse library
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END
