/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The pseudo-random number generator in the security subsystem (SSS) of
 * Samsung's Exynos 4. It is no TRNG: software gives it a seed. The manual is
 * not public. Registers are those of Linux's driver
 * (drivers/crypto/exynos-rng.c, from a driver by Samsung) and binding
 * (samsung,exynos4-rng).
 */
#ifndef SB_TRNG_EXYNOS4_H
#define SB_TRNG_EXYNOS4_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

struct sb_trng_exynos4_state {
	uintptr_t base; /* 0x10830400 on Exynos 4210 */
};

/* How often one read looks at the status: some 2 ms. Linux looks 100 times. */
#define SB_TRNG_EXYNOS4_POLLS 16384u

/*
 * Blocks of 20 bytes. probe gives it a seed that everybody may know, since no
 * secret is at hand then. SB_ENODEV: it does not say that the seed is set. Each
 * read makes one block. SB_EAGAIN: it was not done within the polls. stop
 * deselects the engine, since nothing turns it off.
 */
extern const struct sb_driver sb_trng_exynos4;

/*
 * A row of sb_hal.sources. Anybody who knows the seed can compute all that
 * comes, so its bytes are mixed and never counted. There is no variant with
 * another credit.
 */
/* clang-format off */
#define SB_TRNG_EXYNOS4(state) { &sb_trng_exynos4, (state), 0 }
/* clang-format on */

#ifdef __cplusplus
}
#endif
#endif
