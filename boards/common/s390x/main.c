/* SPDX-License-Identifier: BSD-2-Clause */
#include "constructors.h"
#include "s390x.h"

const char *board_facts;

_Noreturn void s390x_main(void)
{
	s390x_trap_start();
	s390x_console_start();
	s390x_timer_start();
	s390x_board();
	board_exit(constructors_main());
}
