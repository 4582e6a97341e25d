/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a driver is assessed at, and the cutoffs of the health tests that follow
 * from it: SP 800-90B section 4.4, for a false alarm in 2^30 samples or in 2^30
 * windows of 512. All of it is constant, so no target computes anything.
 */
#ifndef SB_ASSESS_H
#define SB_ASSESS_H

#include <stdint.h>

/*
 * Members of a struct sb_driver: assessed min-entropy in 1/256 bit a byte, 2048
 * is full, and bytes in a sample, 1 to 8. Their product is at least 26 (0.1 bit
 * a sample): below it the proportion test cannot fire.
 */
/* clang-format off */
#define SB_ASSESSED(bits, bytes)                               \
	.entropy = (bits), .width = (bytes),                   \
	.repetition = SB_REPETITION((bits) * (bytes)),         \
	.proportion = SB_PROPORTION((bits) * (bytes))

/* Equal samples in a row, of h 1/256 bit each: 1 + ceil(30 bits / h). */
#define SB_REPETITION(h) (1 + (30 * 256 + (h) - 1) / (h))

/*
 * So many in a window are equal to its first. tests/host/cutoffs.py prints and
 * checks these rows. An entropy between two takes the lower row, whose cutoff
 * is the higher one.
 */
#define SB_PROPORTION(h)                                                           \
	((h) >= 8192 ? 3 : (h) >= 4096 ? 5 : (h) >= 2048 ? 17 : (h) >= 1792 ? 23 : \
	 (h) >= 1536 ? 32 : (h) >= 1280 ? 46 : (h) >= 1024 ? 71 : (h) >= 768 ? 115 : \
	 (h) >= 640 ? 148 : (h) >= 512 ? 191 : (h) >= 384 ? 249 : (h) >= 256 ? 325 : \
	 (h) >= 192 ? 371 : (h) >= 128 ? 422 : (h) >= 85 ? 459 : (h) >= 64 ? 477 : 507)
/* clang-format on */

#endif
