/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The random number generator of Nordic's nRF51, nRF52 and nRF5340 (network
 * core): "RNG". Registers and what they do are the same in nRF51 Series
 * Reference Manual 3.0, nRF52832 Product Specification 1.1 and nRF5340 Product
 * Specification, each in its chapter RNG. Only a byte takes another time. For
 * the application core of nRF5340 see sb_trng_cryptocell.h.
 */
#ifndef SB_TRNG_NRF51_H
#define SB_TRNG_NRF51_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

struct sb_trng_nrf51_state {
	uintptr_t base; /* 0x4000d000; 0x41009000 on nRF5340 */
};

/* How often one read looks at the event register. On a 16 MHz Cortex-M0 it
   takes some 0.4 s until a dead unit gives SB_EAGAIN. */
#define SB_TRNG_NRF51_POLLS 524288u

/*
 * Thermal noise behind the unit's own bias corrector (CONFIG.DERCEN), which the
 * manual recommends. The bytes are the corrector's, as raw as the unit gives
 * them with the corrector on.
 *
 * probe starts the unit. No register identifies it, so probe believes the board
 * that it is there; where it is missing the bus faults. A byte of nRF51 takes
 * about 0.7 ms, and none has a bound. read gives the bytes that came within its
 * polls, or SB_EAGAIN if there was none. stop halts the unit. Only the last
 * byte is buffered, and it is never handed out afterwards.
 */
extern const struct sb_driver sb_trng_nrf51;

/*
 * A row of sb_hal.sources. Nordic gives no figure of min-entropy (nRF51 Series
 * Reference Manual 3.0, chapter RNG: "true non-deterministic", "statistically
 * uniform" with the corrector). No public SP 800-90B assessment of this part is
 * known to us. A corrector removes bias, not dependence between bits, and the
 * raw bits before it cannot be seen while it is on. So half of the manual's
 * promise is counted: 4 bits a byte.
 */
/* clang-format off */
#define SB_TRNG_NRF51(state) SB_TRNG_NRF51_AS(state, 1024)
#define SB_TRNG_NRF51_AS(state, credit) { &sb_trng_nrf51, (state), (credit) }
/* clang-format on */

#ifdef __cplusplus
}
#endif
#endif
