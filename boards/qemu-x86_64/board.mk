# SPDX-License-Identifier: BSD-2-Clause
# QEMU's x86-64 machines: one PVH image boots on microvm, pc and q35.
# Sources: RDSEED, RDRAND, virtio-rng
# Clones: VM Generation ID, VMClock
FAMILY := x86 qemu-x86 timing
ISA := x86_64
BOARD_SRCS := map_far.c
COMMON_SRCS := x86/pvh.S
BOARD_LDFLAGS := -Wl,-T,boards/common/x86/x86_64.ld
APPS := smoke hello record clone keygen errata loop ecdsa accumulator confidential
TESTS := smoke levels stress streams loop keys refuse ecdsa library size
GUESTS := scan fault fault-STACK_FAR fault-STACK_NOWHERE fault-IN_WRITE fault-IN_END \
	events events-WITHOUT_BUSY events-EVENT_STIRS smp smp-COPIES sleep-SPINS \
	loop-CLOCK_STANDS loop-WITHOUT_HOOKS loop-HOOKS_TWICE \
	loop-ONE_HOOK loop-KEEPS_HOOKS loop-SKIPS loop-FORGETS_THE_PAST loop-OVERSLEEPS \
	timing timing-WITHOUT_CONTRAST \
	registers registers-HALVES unsaved \
	loop-SPINS loop-WITHOUT_EVENTS loop-STAYS_AWAKE loop-LOSES_EVENTS
