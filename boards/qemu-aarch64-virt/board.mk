# SPDX-License-Identifier: BSD-2-Clause
# QEMU's virt machine with a 64-bit CPU, without firmware.
# Sources: RNDRRS, RNDR, virtio-rng, rng-seed
# Clones: VM Generation ID, VMClock
FAMILY := aarch64
BOARD_SRCS := board.c rng.c
COMMON_SRCS := aarch64/reach.c aarch64/epoch.c
HAL_SRCS := virtio/virtio_rng.c virtio/virtio_ring.c virtio/virtio_mmio.c \
	virtio/virtio_mmio_legacy.c virtio/virtio_mmio_find.c \
	virtio/virtio_pci.c virtio/virtio_pci_legacy.c virtio/virtio_pci_find.c \
	bus/pci.c bus/pci_ecam.c bus/pci_assign.c bus/acpi.c bus/fdt.c seed/seed.c \
	epoch/epoch.c epoch/epoch_tree.c epoch/vmgenid.c epoch/vmclock.c
APPS := smoke hello record clone keygen loop ecdsa accumulator confidential
TESTS := smoke stress loop refuse ecdsa library size
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END \
	calls calls-HVC calls-SVE calls-HVC-SVE \
	calls-MODE
