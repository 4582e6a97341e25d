/* SPDX-License-Identifier: BSD-2-Clause */
/* The random number generator of Nordic's nRF51. */
#ifndef SB_TRNG_NRF51_H
#define SB_TRNG_NRF51_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

struct sb_trng_nrf51_state {
	uintptr_t base; /* 0x4000d000 on every nRF51 */
};

/* Looks at the event register that one read may take: on a 16 MHz Cortex-M0 some 0.4 s before a dead unit is SB_EAGAIN. */
#define SB_TRNG_NRF51_POLLS 524288u

/*
 * Thermal noise behind the unit's own bias corrector (CONFIG.DERCEN), which the manual recommends: the bytes are the corrector's,
 * as raw as the unit hands them over with it on. It takes about 0.7 ms a byte, without a bound, so read gives what came within its
 * polls and SB_EAGAIN if nothing did. probe starts the unit and believes the board that it is there: no register identifies it, and
 * where it is missing the bus faults. stop: halts it; nothing is buffered but the last byte, which is never handed out afterwards.
 */
extern const struct sb_driver sb_trng_nrf51;

/*
 * A row of sb_hal.sources. Nordic gives no figure of min-entropy (nRF51 Series Reference Manual 3.0, chapter RNG: "true
 * non-deterministic", "statistically uniform" with the corrector), and no public SP 800-90B assessment of this part is known to us. A
 * corrector takes away bias, not dependence between bits, and the raw bits before it cannot be seen while it is on: so half of what
 * the manual promises is counted, 4 bits a byte.
 */
/* clang-format off */
#define SB_TRNG_NRF51(state) SB_TRNG_NRF51_AS(state, 1024)
#define SB_TRNG_NRF51_AS(state, credit) { &sb_trng_nrf51, (state), (credit) }
/* clang-format on */

#ifdef __cplusplus
}
#endif
#endif
