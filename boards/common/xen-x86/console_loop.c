/* SPDX-License-Identifier: BSD-2-Clause */
#include "exit_line.h"
#include "xen.h"

static struct sb_hook *xen_hooks;

void board_write(const char *text, size_t len)
{
	sb_xen_write(&board_xen, text, len);
}

_Noreturn void board_exit(int status)
{
	board_exit_line(status);
	board_stop(status);
	for (;;)
		sb_xen_shutdown(&board_xen, status ? SB_XEN_CRASH : SB_XEN_POWEROFF);
}

int board_event(void)
{
	return sb_xen_event(&board_xen);
}

static uint64_t xen_now(void)
{
	return sb_xen_now(&board_xen);
}

static void xen_wait(uint64_t deadline)
{
	sb_loop_run(xen_hooks);
	sb_xen_wait(&board_xen, deadline);
}

const struct sb_loop board_loop = { .now = xen_now, .wait = xen_wait, .hooks = &xen_hooks };
