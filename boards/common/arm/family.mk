# SPDX-License-Identifier: BSD-2-Clause
# 32-bit Arm, A-profile, without a firmware. A board says its ISA, and arm_at,
# where in RAM the image lies.
ARCH := arm
COMMON_SRCS += arm/start.S arm/trap.c arm/sleep.c semihosting/exit.c \
	$(if $(filter armv5te,$(ISA)),arm/vectors_high.S,arm/vectors_vbar.S)
BOARD_LDFLAGS += -nostdlib -static -Wl,--build-id=none -Wl,-z,noexecstack \
	-Wl,--defsym=arm_at=$(arm_at) -Wl,-T,$(family_dir)/arm.ld
# Division, which these CPUs lack: for the clock, and for programs.
BOARD_LIBS = $(shell $(CROSS)gcc $(ISA_CFLAGS) -print-libgcc-file-name)
