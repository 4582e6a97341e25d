# SPDX-License-Identifier: BSD-2-Clause
# QEMU's virt machine with a 64-bit CPU, without firmware.
# Sources: RNDRRS, RNDR, virtio-rng, rng-seed
# Clones: VM Generation ID, VMClock
FAMILY := aarch64
BOARD_SRCS := board.c
HAL_SRCS := virtio/virtio_rng.c virtio/virtio_ring.c virtio/virtio_mmio.c \
	virtio/virtio_mmio_legacy.c virtio/virtio_mmio_find.c seed/seed.c bus/fdt.c \
	epoch/epoch.c epoch/epoch_tree.c epoch/vmgenid.c epoch/vmclock.c
COMMON_SRCS := aarch64/epoch.c
APPS := smoke hello record clone keygen loop ecdsa accumulator confidential
TESTS := smoke stress loop refuse ecdsa library size
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END \
	calls calls-HVC calls-SVE calls-HVC-SVE \
	calls-MODE
