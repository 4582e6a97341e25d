/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The noise generator of Arm's CryptoCell 310 and 312. Nordic's nRF52840,
 * nRF5340 and nRF9160 have it (product specifications, chapter CRYPTOCELL,
 * registers CC_RNG), and Raspberry Pi's RP2350 has it alone (RP2350 datasheet,
 * section 12.12, TRNG).
 *
 * | part | base | config | clock |
 * |---|---|---|---|
 * | RP2350 | 0x400f0000 | 0 | 0 |
 * | nRF52840 | 0x5002b000 | 4 | 0x1c4 |
 * | nRF5340, application core | 0x50845000 | 4 | 0x1c4 |
 * | nRF9160 | 0x50841000 | 4 | 0x1c4 |
 */
#ifndef SB_TRNG_CRYPTOCELL_H
#define SB_TRNG_CRYPTOCELL_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

struct sb_trng_cryptocell_state {
	/*
	 * The board's. It has taken the block out of reset (RP2350), or turned
	 * CRYPTOCELL.ENABLE on (nRF).
	 */
	uintptr_t base;  /* RNG_IMR is at base + 0x100 */
	uint32_t sample; /* clocks between two samples: SB_..._SAMPLE */
	uint16_t config; /* bits of TRNG_CONFIG beside the ring: 4 is SOP_SEL */
	uint16_t clock;  /* the offset of RNG_CLK_ENABLE; 0: there is none */
	/* The driver's. */
	uint8_t ring;         /* 0 to 3: the oscillator in use */
	uint8_t failed, good; /* blocks: lately refused, and in a row good */
};

/*
 * The datasheet says some 7.5 kbit/s at 150 MHz (RP2350, 12.12.1): a bit in
 * 20000 clocks, and a von Neumann corrector takes four samples for one. A
 * shorter time makes the block's own tests fail more often.
 */
#define SB_TRNG_CRYPTOCELL_SAMPLE 5000u
/*
 * How often one read looks at the status. At 150 MHz it takes some 1 ms, at 64
 * MHz 3 ms, and a block of 24 bytes takes 25 ms there and 60 ms here. The unit
 * goes on, and a later read finds the block.
 */
#define SB_TRNG_CRYPTOCELL_POLLS 16384u
/* And for a reset to end, until which a register keeps nothing. */
#define SB_TRNG_CRYPTOCELL_RESET_POLLS 256u
/* The block's own tests refuse so many: SB_EIO. So many good ones forget it. */
#define SB_TRNG_CRYPTOCELL_FAILS 4
#define SB_TRNG_CRYPTOCELL_GOOD 64

/*
 * Samples of a ring oscillator behind a von Neumann corrector. The block tests
 * them: 32 equal samples (VN_ERR), two equal pieces of 16 bits in a row
 * (CRNGT_ERR), autocorrelation four times in a row (AUTOCORR_ERR).
 *
 * A block of 24 bytes is handed over only if none of these is set before and
 * after it was read, and none of the tests is bypassed. Software for RP2350 has
 * served blocks that the tests had refused (apache/nuttx, pull request 19557),
 * or bypassed the tests (embassy-rs/embassy, pull request 4139; the boot ROM
 * does so too, section 12.12). A refused block is dropped, the unit is reset,
 * and after AUTOCORR_ERR the next ring is used: SB_EAGAIN.
 *
 * CRNGT_ERR comes once in 2^16 pieces from a sound oscillator. So SB_EIO comes
 * with the fourth refused block, and 64 good ones in a row forget the ones
 * before.
 *
 * probe: SB_ENODEV: a register keeps nothing. SB_EUNFIT: TRNG_DEBUG_CONTROL
 * keeps a bypass. read: a block, and no more than that. SB_EIO also if somebody
 * has set a bypass since. stop resets the unit, and turns its oscillator and
 * its clock off.
 */
extern const struct sb_driver sb_trng_cryptocell;

/*
 * A row of sb_hal.sources. The datasheet calls a block "192 entropy bits"
 * (RP2350, 12.12.1), and names no figure of min-entropy. No public SP 800-90B
 * assessment of these parts is known to us. A corrector removes bias, not
 * dependence between samples. So half is counted: 4 bits a byte.
 */
/* clang-format off */
#define SB_TRNG_CRYPTOCELL(state) { &sb_trng_cryptocell, (state), 1024 }
/* clang-format on */

#ifdef __cplusplus
}
#endif
#endif
