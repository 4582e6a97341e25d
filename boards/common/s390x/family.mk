# SPDX-License-Identifier: BSD-2-Clause
# A guest on s390x in supervisor state, with addresses of 64 bits and no
# translation, as QEMU and KVM start it: console and end by SCLP.
ARCH := s390x
ISA := s390x
COMMON_SRCS += s390x/start.S s390x/main.c s390x/console.c s390x/trap.c s390x/timer.c
BOARD_LDFLAGS += -nostdlib -static -Wl,--build-id=none -Wl,-z,noexecstack \
	-Wl,-T,boards/common/s390x/s390x.ld
