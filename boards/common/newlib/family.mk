# SPDX-License-Identifier: BSD-2-Clause
# newlib as the board's C library. Its libraries by their own names, so that
# clang links them too. libgcc is for newlib: seedbed needs nothing of it.
BOARD_LIBC := newlib
COMMON_SRCS += newlib/exit.c
newlib = $(foreach lib,c rdimon gcc,\
	$(shell $(CROSS)gcc $(ISA_CFLAGS) -print-file-name=lib$(lib).a))
BOARD_LIBS = -Wl,--start-group $(newlib) -Wl,--end-group
# -u: of an installed board's archive the linker takes what is asked for, and
# librdimon has an _exit too. exit runs what atexit and C++ registered.
BOARD_LDFLAGS += -Wl,-u,_exit -Wl,-u,exit -Wl,-T,$(family_dir)/no_threads.ld
TEST_CFLAGS := -DHAVE_SIGNAL_H -DHAVE_MALLOC_H -DHAVE_INTTYPES_H -DHAVE_STRINGS_H
