/* SPDX-License-Identifier: BSD-2-Clause */
/* Signals of a 64-bit Linux (arch/ARCH/include/uapi/asm/signal.h). */
#ifndef TRAP_ACTION_H
#define TRAP_ACTION_H

#include "user.h"

#define TRAP_SIGILL 4u
#define TRAP_SIGSEGV 11u

/* struct sigaction of the kernel. */
struct trap_action {
	void (*handler)(int signal, void *info, void *context);
	uint64_t flags;
	void (*restorer)(void); /* the way back, where the flags have one */
	uint64_t mask;
};

/* `number` is that of rt_sigaction. */
static void trap_install(long number, const struct trap_action *action)
{
	CHECK(user_call(number, TRAP_SIGILL, (uintptr_t)action, 0, 8) == 0);
	CHECK(user_call(number, TRAP_SIGSEGV, (uintptr_t)action, 0, 8) == 0);
}

#endif
