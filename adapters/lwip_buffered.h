/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * seedbed for lwIP, by a buffer: include this in your arch/cc.h instead of
 * lwip.h, and link adapters/lwip_buffered.c beside adapters/lwip.c.
 *
 * LWIP_RAND() then takes its ports and transaction ids from keystream that was
 * made ahead (core/seedbed_buffer.h). They are no keys. Where the machine has
 * no epoch, two clones repeat at most 128 of them. The buffer is read within
 * the platform's lock, so each task may call it.
 *
 * All that lwip.h says of refusals holds here too.
 */
#ifndef SEEDBED_LWIP_BUFFERED_H
#define SEEDBED_LWIP_BUFFERED_H

#include "lwip.h"

#ifdef __cplusplus
extern "C" {
#endif

#undef LWIP_RAND
#define LWIP_RAND() seedbed_lwip_rand_buffered()

/*
 * Returns 32 bits. What the buffer refuses is seedbed_lwip_rand's to decide.
 */
uint32_t seedbed_lwip_rand_buffered(void);

#ifdef __cplusplus
}
#endif
#endif
