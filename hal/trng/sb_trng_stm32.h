/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The random number generator of ST's STM32: RNG at CR, SR, DR. Two kinds:
 *
 * - Without a conditioning reset: F2, F4, F7, L0, L4 (RM0090 section 24,
 *   RM0351 section 27), and G4 (RM0440 section 26). `config` is NULL.
 * - With one, CR.CONDRST: L4P5/Q5, L5, U5, H5, WL (RM0432 section 33, RM0438,
 *   RM0456, RM0453 section 22). `config` has the registers of its part.
 */
#ifndef SB_TRNG_STM32_H
#define SB_TRNG_STM32_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The configuration that ST gives for the part: "RNG configurations", section
 * "RNG entropy source validation" of its manual, or AN4230. Its CED is 0, so
 * the clock is checked.
 */
struct sb_trng_stm32_config {
	uint32_t cr;   /* the bits 4 to 29 of RNG_CR */
	uint32_t htcr; /* RNG_HTCR */
	uint32_t nscr; /* RNG_NSCR; 0: the part has none */
	/* What must be written to RNG_HTCR right before; 0: nothing. */
	uint32_t magic;
};

/* The board sets base and config. Its board.c has turned the clocks on. */
struct sb_trng_stm32_state {
	uintptr_t base;
	const struct sb_trng_stm32_config *config;
	/* The driver's. */
	uint32_t last;  /* the word before, which is never equal to the next */
	uint16_t words; /* since the last start, up to SB_TRNG_STM32_SOUND */
};

/*
 * How often a read looks at the status for one word. At 16 MHz it takes some 6
 * ms, at 480 MHz 0.3 ms. A word takes 42 RNG clocks (RM0351 section 27.6),
 * which is 1 us. If none came, the next read goes on waiting for it.
 */
#define SB_TRNG_STM32_POLLS 8192u
/* And for a reset to end, which takes 2 clocks (RM0456, CR.CONDRST). */
#define SB_TRNG_STM32_RESET_POLLS 256u
/* So many words go well between two seed errors, or the second is SB_EIO. */
#define SB_TRNG_STM32_SOUND 256u

/*
 * Words of ring oscillators behind ST's own conditioning.
 *
 * probe starts the unit by the sequence that the manual gives for a seed error,
 * which forgets all words from before. SB_ENODEV: CR does not take what is
 * written, so there is no unit, or no clock of its bus. SB_EUNFIT: CONFIGLOCK
 * is set, with another configuration than `config`. SB_EIO: the reset does not
 * end (no RNG clock), or the seed error stays.
 *
 * The first word after a start is not used. It is compared with the next, and
 * so is each later one (FIPS 140-2, RM0090 section 24.3.1). SB_EIO: two were
 * equal, or two in a row were zero, which DR reads when there is none.
 *
 * A seed error discards what there is, and read recovers as the manual says:
 * SB_EAGAIN. SB_EIO: that did not help, or the error came back too soon. A
 * clock error alone does no harm to a word (RM0351 section 27.3.7). SB_EIO: the
 * clock stays wrong, so that no word comes. Otherwise no word is SB_EAGAIN.
 *
 * stop turns the noise sources off and empties the unit. It leaves the clocks
 * to the board.
 */
extern const struct sb_driver sb_trng_stm32;

/*
 * A row of sb_hal.sources. Without a conditioning reset ST gives no figure of
 * min-entropy. With one it claims full entropy (RM0456, section RNG
 * introduction). ESV certificates cover some parts in one configuration each,
 * as E163 covers STM32H5. Which part and configuration a board has is not seen
 * here, and no assessment of the others is known to us. So half of the claim is
 * counted: 4 bits a byte.
 */
/* clang-format off */
#define SB_TRNG_STM32(state) { &sb_trng_stm32, (state), 1024 }
/* clang-format on */

#ifdef __cplusplus
}
#endif
#endif
