# SPDX-License-Identifier: BSD-2-Clause
# QEMU's virt machine, entered at EL2 as a hypervisor is: the raw image by
# Linux's boot protocol. Its file in C is that of qemu-aarch64-virt.
# Sources: RNDRRS, RNDR, virtio-rng, rng-seed
# Clones: VM Generation ID, VMClock
FAMILY := aarch64
BOARD_SRCS := ../qemu-aarch64-virt/board.c ../qemu-aarch64-virt/rng.c
COMMON_SRCS := aarch64/reach.c aarch64/epoch.c
HAL_SRCS := virtio/virtio_rng.c virtio/virtio_ring.c virtio/virtio_mmio.c \
	virtio/virtio_mmio_legacy.c virtio/virtio_mmio_find.c \
	virtio/virtio_pci.c virtio/virtio_pci_legacy.c virtio/virtio_pci_find.c \
	bus/pci.c bus/pci_ecam.c bus/pci_assign.c bus/acpi.c bus/fdt.c seed/seed.c \
	epoch/epoch.c epoch/epoch_tree.c epoch/vmgenid.c epoch/vmclock.c
APPS := smoke hello record clone keygen loop accumulator
TESTS := smoke stress loop keys refuse library
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END
