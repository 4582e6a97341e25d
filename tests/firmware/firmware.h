/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A firmware for QEMU's virt with `secure=on,virtualization=on`: what a board
 * finds below itself. It starts at EL3, keeps EL3 and EL2, and enters the image
 * at EL1, 64-bit or 32-bit. It answers PSCI, SMCCC and DEN0098, rightly or as
 * the tests want it.
 *
 * Beside the image it wants a word in memory that says how it behaves:
 * `-device loader,addr=0x43fff000,data=N,data-len=4`. Without it, it is right,
 * over SMC.
 */
#ifndef FIRMWARE_H
#define FIRMWARE_H

#include <stddef.h>
#include <stdint.h>

#define FIRMWARE_WORD 0x43fff000u
#define FIRMWARE_TREE 0x40000000u

/* Bits of the word. The lowest eight are a row of serve_kind. */
#define FIRMWARE_HVC 0x100u     /* it is called by HVC; else by SMC */
#define FIRMWARE_HIDES 0x200u   /* the image sees no RNDR */
#define FIRMWARE_IMAGE32 0x400u /* the image is AArch32 */

/* What is wrong with it. The scenarios read this list. */
enum serve_kind {
	SERVE_RIGHT,
	SERVE_NO_ENTROPY,      /* ever */
	SERVE_SELDOM,          /* NO_ENTROPY three times of four */
	SERVE_LATE,            /* NO_ENTROPY 100 times, then right */
	SERVE_INVALID,         /* INVALID_PARAMETERS for each TRNG_RND */
	SERVE_NOT_SUPPORTED,   /* for TRNG_RND, which TRNG_FEATURES says it has */
	SERVE_POSITIVE,        /* 1, which is no result of this interface */
	SERVE_UNTOUCHED,       /* success, and registers as they were */
	SERVE_FIRST_UNTOUCHED, /* the same of the first one alone */
	SERVE_ZEROS,
	SERVE_REPEATS,       /* one answer for ever */
	SERVE_FEWER,         /* a third of the bits that were asked for */
	SERVE_VERSION_2,     /* 2.0 */
	SERVE_VERSION_0,     /* 0.9 */
	SERVE_NO_UUID,       /* TRNG_GET_UUID says -1 */
	SERVE_NARROW,        /* the call of 32 bits alone */
	SERVE_GARBAGE,       /* the same, and ones above its bits in the registers */
	SERVE_NO_RND,        /* TRNG_FEATURES has neither */
	SERVE_NO_BACK_END,   /* TRNG_VERSION says NOT_SUPPORTED */
	SERVE_ZERO_EXTENDED, /* the same as 0xffffffff in a register of 64 bits */
	SERVE_SMCCC_1_0,     /* what it does not know ends the machine */
	SERVE_PSCI_0_2,      /* the same */
	SERVE_NO_FEATURE     /* PSCI 1.0 without SMCCC_VERSION; the same */
};

/*
 * Answers one call: reg is x0 to x3. Returns 0 if the call ends the machine.
 * random fills a word.
 */
struct serve {
	enum serve_kind kind;
	void (*random)(uint64_t *word);
	uint32_t calls; /* of TRNG_RND so far */
	uint64_t kept[3];
};
int serve(struct serve *server, uint64_t reg[4]);

/* tree.c: adds a node /psci with that method, as a firmware does. */
void tree_add_psci(uint8_t *tree, const char *method);

#endif
