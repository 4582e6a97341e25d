# SPDX-License-Identifier: BSD-2-Clause
# QEMU's x86-64 machines: one PVH image boots on microvm, pc and q35.
ARCH := x86
ISA := x86_64
CROSS := x86_64-linux-gnu-
TARGET := x86_64-linux-gnu
HAL_SRCS := virtio_rng.c virtio_ring.c virtio_mmio.c virtio_mmio_legacy.c virtio_pci.c virtio_pci_legacy.c pci.c fw_cfg.c vmgenid.c loop.c
BOARD_SRCS := start.S far.c ../x86_pvh.S ../x86_trap.c ../x86_clock.c ../x86_apic.c ../x86_pci.c ../x86_qemu.c ../exit_line.c ../mem.c
BOARD_INCLUDE := -Iboards/freestanding
BOARD_LDFLAGS := -nostdlib -static -Wl,--build-id=none -Wl,-T,boards/x86_64.ld
BOARD_LIBS :=
APPS := smoke record clone keygen errata loop ecdsa accumulator confidential
TESTS := smoke stress loop keys refuse ecdsa library size
GUESTS := sleep events events-WITHOUT_BUSY events-EVENT_STIRS smp smp-COPIES \
	sleep-SPINS \
	loop-CLOCK_STANDS loop-WITHOUT_HOOKS loop-HOOKS_TWICE loop-ADDS_TWICE \
	loop-ONE_HOOK loop-KEEPS_HOOKS loop-SKIPS loop-FORGETS_THE_PAST \
	loop-OVERSLEEPS loop-SPINS loop-WITHOUT_EVENTS loop-STAYS_AWAKE \
	loop-LOSES_EVENTS
