# SPDX-License-Identifier: BSD-2-Clause
# QEMU's virt machine with a 64-bit CPU, without firmware.
# Sources: RNDRRS, SMCCC, virtio-rng, seed
# Clones: VM Generation ID, VMClock
FAMILY := aarch64 wfi gic pl011 virt timing
BOARD_SRCS := board.c
COMMON_SRCS := aarch64/reach.c virt/epoch.c virt/firmware.c gic/gic_tree.c
HAL_SRCS := bus/acpi.c seed/seed.c firmware/smccc_find.c firmware/smccc_trng.c \
	epoch/epoch.c epoch/epoch_tree.c epoch/vmgenid.c epoch/vmclock.c
APPS := smoke hello record clone keygen loop ecdsa accumulator confidential
TESTS := smoke levels stress loop refuse ecdsa library size
GUESTS := fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END \
	calls calls-HVC calls-SVE calls-HVC-SVE \
	calls-MODE count count_simd simd clone_simd saves saves-HALVES saves_none
