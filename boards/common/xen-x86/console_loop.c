/* SPDX-License-Identifier: BSD-2-Clause */
/* Console, end and event loop of a guest of Xen on x86. */
#include "exit_line.h"
#include "xen.h"

static struct sb_hook *console_loop_hooks;

void board_write(const char *text, size_t len)
{
	sb_xen_write(&xen_domain, text, len);
}

_Noreturn void board_exit(int status)
{
	exit_line(status);
	xen_stop(status);
	for (;;)
		sb_xen_shutdown(&xen_domain, status ? SB_XEN_CRASH : SB_XEN_POWEROFF);
}

int board_event(void)
{
	return sb_xen_event(&xen_domain);
}

static uint64_t console_loop_now(void)
{
	return sb_xen_now(&xen_domain);
}

static void console_loop_wait(uint64_t deadline)
{
	sb_loop_run(console_loop_hooks);
	sb_xen_wait(&xen_domain, deadline);
}

const struct sb_loop xen_loop = { .now = console_loop_now,
				  .wait = console_loop_wait,
				  .hooks = &console_loop_hooks,
				  .harvest = &sb_harvest };
