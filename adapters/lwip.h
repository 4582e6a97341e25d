/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * seedbed for lwIP: include this in your arch/cc.h and link adapters/lwip.c.
 *
 * lwIP draws its first ports, DHCP and DNS transaction ids by LWIP_RAND(), within lwip_init already, and leaves it no way to say no. So
 * ask first, in three places: before lwip_init; in your netif's init function, whose error makes netif_add return NULL; and in each turn
 * of your loop, since a machine that was cloned may need a moment:
 *
 *	if (seedbed_lwip_ready() == ERR_OK)
 *		sys_check_timeouts();
 *
 * What is refused in between all the same goes to LWIP_PLATFORM_ASSERT, lwIP's own end of the line: a number that others can guess is an
 * open door (DNS), and zero is one. It must not return; if it does, the CPU traps.
 *
 * lwIP's initial TCP sequence numbers are not LWIP_RAND's: see LWIP_HOOK_TCP_ISN.
 */
#ifndef SEEDBED_LWIP_H
#define SEEDBED_LWIP_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LWIP_RAND() seedbed_lwip_rand()

/* 32 bits of the shared instance, or no return: see above. At most 1000 calls of seedbed_random. */
uint32_t seedbed_lwip_rand(void);

/* An err_t. ERR_OK: LWIP_RAND will be served. ERR_WOULDBLOCK: not yet, ask again. ERR_IF: refused; seedbed_status says why. */
int seedbed_lwip_ready(void);

#ifdef __cplusplus
}
#endif
#endif
