# SPDX-License-Identifier: BSD-2-Clause
# QEMU's microvm, pc and q35, by one PVH image: all but what differs with the
# width of the CPU. A board adds start.S and map_far.c.
COMMON_SRCS += qemu-x86/clock.c qemu-x86/apic.c qemu-x86/firmware.c qemu-x86/epoch.c \
	qemu-x86/pci_ports.c qemu-x86/rng.c qemu-x86/qemu.c
HAL_SRCS += virtio/virtio_rng.c virtio/virtio_ring.c virtio/virtio_mmio.c \
	virtio/virtio_mmio_legacy.c virtio/virtio_mmio_find.c \
	virtio/virtio_pci.c virtio/virtio_pci_legacy.c virtio/virtio_pci_find.c \
	bus/pci.c bus/pci_ecam.c bus/pci_assign.c bus/fdt.c seed/seed.c bus/fw_cfg.c bus/acpi.c \
	bus/acpi_iommu.c bus/aml.c bus/aml_object.c bus/aml_named.c \
	epoch/epoch.c epoch/epoch_acpi.c epoch/vmgenid.c epoch/vmgenid_aml.c epoch/vmclock.c
