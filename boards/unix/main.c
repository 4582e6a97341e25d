/* SPDX-License-Identifier: BSD-2-Clause */
/* A file of its own: who links this board's archive without --wrap has a main as any other. */
#include "board.h"

/* The linker's --wrap: what the C library starts, and the program's own main. */
int __real_main(void);
int __wrap_main(void);

int __wrap_main(void)
{
	board_exit(__real_main());
}
