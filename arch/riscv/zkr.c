/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The entropy source of the scalar cryptography extensions: RISC-V Cryptography
 * Extensions Volume I 1.0.1, chapter 4. Section numbers below are of that
 * document.
 */
#include "sb_riscv.h"

/* Section 4.1: OPST, the two upper bits of 32. */
enum { ZKR_BIST, ZKR_WAIT, ZKR_ES16, ZKR_DEAD };
#define ZKR_OPST(value) ((unsigned)((value) >> 30 & 3))

/*
 * DEAD is an "unrecoverable self-test error". BIST is the self-test after a
 * reset, and "the driver must wait for them to finish" (appendix, T1). Where it
 * follows WAIT or ES16 it is an alarm, which the CPU shows once at least.
 */
static int zkr_judge(struct sb_riscv_zkr_state *zkr, unsigned opst)
{
	unsigned before = zkr->opst;

	zkr->opst = (uint8_t)opst;
	if (opst == ZKR_DEAD || (opst == ZKR_BIST && before != ZKR_BIST))
		return SB_EIO;
	return opst == ZKR_ES16 ? SB_OK : SB_EAGAIN;
}

/* Section 4.3, table "Entropy Source Access Control". */
static int zkr_kept(const struct sb_riscv_zkr_state *zkr)
{
	uintptr_t bit = zkr->mode == SB_RISCV_S ? SB_RISCV_MSECCFG_SSEED : SB_RISCV_MSECCFG_USEED;
	uintptr_t value;

	return zkr->mode != SB_RISCV_M && zkr->mseccfg && zkr->mseccfg(&value) == SB_OK &&
	       !(value & bit);
}

static int zkr_probe(void *ctx)
{
	struct sb_riscv_zkr_state *zkr = ctx;
	uintptr_t value;

	if (!zkr->told)
		return SB_ENODEV;
	if (zkr_kept(zkr))
		return SB_EUNFIT;
	if (zkr->guarded(sb_riscv_seed, &value) != SB_OK)
		return zkr->mode == SB_RISCV_M ? SB_ENODEV : SB_EUNFIT;
	/* what it gave is not used */
	return zkr_judge(zkr, ZKR_OPST(value)) == SB_EIO ? SB_EIO : SB_OK;
}

/*
 * Each two bytes are the 16 bits of one access. Of an odd length the last 8
 * bits are dropped; the core asks for none with credit. After an alarm no byte
 * of this read is handed over.
 */
static int zkr_read(void *ctx, uint8_t *buf, size_t len)
{
	struct sb_riscv_zkr_state *zkr = ctx;
	size_t done = 0;
	int result = zkr->opst == ZKR_DEAD ? SB_EIO : SB_EAGAIN;

	for (unsigned polls = SB_RISCV_ZKR_POLLS; polls && done < len && result != SB_EIO;
	     polls--) {
		uintptr_t value = sb_riscv_seed();

		result = zkr_judge(zkr, ZKR_OPST(value));
		if (result != SB_OK)
			continue;
		buf[done++] = (uint8_t)value;
		if (done < len)
			buf[done++] = (uint8_t)(value >> 8);
	}
	if (result == SB_EIO)
		while (done)
			buf[--done] = 0;
	return done ? (int)done : result;
}

static void zkr_stop(void *ctx)
{
	(void)ctx; /* nothing is buffered, nothing is powered */
}

/*
 * It is not SB_NOISE. That is the raw data of a noise source (SP 800-90B,
 * section 2.2.1), which Zkr gives to tests alone, by another CSR (appendix,
 * GetNoise). These bytes are the output of an entropy source (GetEntropy, 90B
 * section 2.3.1) or of a DRBG that stands for one (section 4.2.3). The CPU runs
 * 90B's start-up and continuous tests on the noise itself (section 4.2.1), and
 * BIST and DEAD are their result.
 *
 * A sample is four accesses: 8 bytes, with at least 32 bits of min-entropy by
 * the rate that is counted, and 48 by the rate that section 4.2 demands. Two
 * equal neighbours are then an alarm, which is false once in 2^32 samples; the
 * digest of the sample adds as much again. Three equal ones of 512 are an
 * alarm: once in 2^45. Both are below 90B's 2^-30 (section 4.4). So a constant
 * is found in the second sample, and a cycle of up to 255 words in its third
 * round. With samples of one access, 8 bits each, 5 in a row or 17 of 512 would
 * be alarms, and a cycle of more than 31 words would pass.
 *
 * It is not SB_FAST: WAIT "may be more frequent than ES16" (section 4.1).
 */
const struct sb_driver sb_riscv_zkr = {
	.name = "riscv-zkr",
	SB_ASSESSED(1024, 8),
	.flags = SB_CONDITIONED | SB_LOCAL,
	.probe = zkr_probe,
	.read = zkr_read,
	.stop = zkr_stop,
};
SB_DRIVER(sb_riscv_zkr);
