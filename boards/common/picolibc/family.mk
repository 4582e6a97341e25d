# SPDX-License-Identifier: BSD-2-Clause
# picolibc as the board's C library: its headers and its libc.a for this ISA,
# which qemu/setup fetches. libgcc is for picolibc: seedbed needs nothing of it.
# The link script says where its heap is: __heap_start, __heap_end.
BOARD_LIBC := picolibc
COMMON_SRCS += picolibc/picolibc.c
picolibc = $(or $(wildcard $(DEPS)/picolibc-$(CROSS:%-=%)/libc.a),$(error board $(BOARD) wants \
	picolibc, which is not here: qemu/setup check fetches it))
BOARD_LIBS = -Wl,--start-group $(picolibc) \
	$(shell $(CROSS)gcc $(ISA_CFLAGS) -print-libgcc-file-name) -Wl,--end-group
BOARD_CFLAGS += -DBOARD_HAS_EXIT
# -u: of an installed board's archive the linker takes what is asked for, and
# picolibc asks behind it.
BOARD_LDFLAGS += -Wl,-u,_exit
TEST_CFLAGS := -DHAVE_SIGNAL_H -DHAVE_MALLOC_H -DHAVE_INTTYPES_H -DHAVE_STRINGS_H
