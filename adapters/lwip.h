/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * seedbed for lwIP: include this in your arch/cc.h and link adapters/lwip.c.
 *
 * lwIP draws its first ports and its DHCP and DNS transaction ids by
 * LWIP_RAND(), already within lwip_init. LWIP_RAND() cannot refuse. So ask
 * first, in three places: before lwip_init; in the init function of your netif,
 * whose error makes netif_add return NULL; and in each turn of your loop,
 * because a machine that was cloned may need a moment:
 *
 *	if (seedbed_lwip_ready() == ERR_OK)
 *		sys_check_timeouts();
 *
 * A refusal may still come in between. It goes to LWIP_PLATFORM_ASSERT, where
 * lwIP gives up. A number that others can guess is an open door (DNS), and zero
 * is such a number. LWIP_PLATFORM_ASSERT must not return. If it does, the CPU
 * traps.
 *
 * lwIP does not draw its initial TCP sequence numbers by LWIP_RAND: see
 * LWIP_HOOK_TCP_ISN.
 */
#ifndef SEEDBED_LWIP_H
#define SEEDBED_LWIP_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define LWIP_RAND() seedbed_lwip_rand()

/*
 * Returns 32 bits of the shared instance, or does not return: see above. It
 * calls seedbed_random at most 1000 times.
 */
uint32_t seedbed_lwip_rand(void);

/*
 * Returns an err_t. ERR_OK: LWIP_RAND will be served. ERR_WOULDBLOCK: not yet,
 * ask again. ERR_IF: refused; seedbed_status says why.
 */
int seedbed_lwip_ready(void);

#ifdef __cplusplus
}
#endif
#endif
