# SPDX-License-Identifier: BSD-2-Clause
# 64-bit Arm under Xen, by one image: the first domain, or one that Xen starts
# by itself from the device tree (dom0less). The first domain alone has
# virtio-rng and a seed.
# Sources: RNDRRS, SMCCC, virtio-rng, seed
FAMILY := aarch64 wfi gic pl011 xen timing
BOARD_SRCS := board.c
COMMON_SRCS := gic/gic_tree.c
HAL_SRCS := virtio/virtio_rng.c virtio/virtio_ring.c virtio/virtio_mmio.c \
	virtio/virtio_mmio_legacy.c virtio/virtio_mmio_find.c bus/fdt.c \
	firmware/smccc_find.c firmware/smccc_trng.c
APPS := smoke hello record keygen ecdsa accumulator loop
TESTS := smoke stress
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END
