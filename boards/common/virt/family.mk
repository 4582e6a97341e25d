# SPDX-License-Identifier: BSD-2-Clause
# QEMU's virt machines: virtio-rng over MMIO and over PCI.
COMMON_SRCS += virt/rng.c
HAL_SRCS += virtio/virtio_rng.c virtio/virtio_ring.c virtio/virtio_mmio.c \
	virtio/virtio_mmio_legacy.c virtio/virtio_mmio_find.c \
	virtio/virtio_pci.c virtio/virtio_pci_legacy.c virtio/virtio_pci_find.c \
	bus/pci.c bus/pci_ecam.c bus/pci_assign.c bus/fdt.c
