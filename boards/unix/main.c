/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A file of its own. A program that links this board's archive without --wrap
 * then has a main like any other.
 */
#include "board.h"
#include "stack_guard.h"

/*
 * --wrap of the linker renames the program's main to __real_main. The C library
 * starts __wrap_main.
 */
int __real_main(void);
int __wrap_main(void);

STACK_GUARD_NONE int __wrap_main(void)
{
	stack_guard_start();
	board_exit(__real_main());
}
