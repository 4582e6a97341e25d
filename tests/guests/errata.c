/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For x86 boards: which instruction is refused on which CPU, in the word size
 * of this build. The CPUs are invented. The drivers are the first two of the
 * board.
 */
#include <string.h>
#include "board.h"
#include "checks.h"
#include "sb_x86.h"

static uint32_t errata_version; /* leaf 1, EAX */
static int errata_has = 1;      /* CPUID has both instructions */
static const char *errata_vendor;

static void errata_cpuid(uint32_t leaf, uint32_t sub, uint32_t reg[4])
{
	(void)sub;
	memset(reg, 0, 4 * sizeof *reg);
	if (leaf == 0) {
		reg[0] = 7;
		memcpy(&reg[1], errata_vendor, 4);
		memcpy(&reg[3], errata_vendor + 4, 4);
		memcpy(&reg[2], errata_vendor + 8, 4);
	} else if (leaf == 1) {
		reg[0] = errata_version;
		reg[2] = (uint32_t)errata_has << 30;
	} else if (leaf == 7) {
		reg[1] = (uint32_t)errata_has << 18;
	}
}

static void errata_check(const char *name, const char *vendor, uint32_t version, int rdseed,
			 int rdrand)
{
	static struct sb_x86_cpu cpu = { .cpuid = errata_cpuid };
	const struct sb_source *source = sb_platform.sources;
	int right;

	errata_vendor = vendor;
	errata_version = version;
	right = source[0].driver == &sb_x86_rdseed && source[0].driver->probe(&cpu) == rdseed;
	right &= source[1].driver == &sb_x86_rdrand && source[1].driver->probe(&cpu) == rdrand;
	checks_say(name, right);
}

static int errata_step(unsigned long *word)
{
	*word = (unsigned long)0x8877665544332211u;
	return 1;
}

int main(void)
{
	static const uint8_t expected[8] = { 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88 };
	int narrow = sizeof(unsigned long) == 4;
	uint8_t bytes[8] = { 0 };

	errata_check("GenuineIntel, family 6", "GenuineIntel", 0x000906ea, SB_OK, SB_OK);
	errata_check("Zen 5 (1Ah, 02h): no RDSEED in words of 32 bits", "AuthenticAMD", 0x00b00f21,
		     narrow ? SB_EUNFIT : SB_OK, SB_OK);
	errata_check("Zen 5 (1Ah, 44h): no RDSEED in words of 32 bits", "AuthenticAMD", 0x00b40f40,
		     narrow ? SB_EUNFIT : SB_OK, SB_OK);
	errata_check("the same numbers of another vendor", "GenuineIntel", 0x00b00f21, SB_OK,
		     SB_OK);
	errata_check("Zen 4 (19h, 61h)", "AuthenticAMD", 0x00a60f12, SB_OK, SB_OK);
	errata_check("family 15h: no RDRAND", "AuthenticAMD", 0x00600f12, SB_OK, SB_EUNFIT);
	errata_check("Cyan Skillfish (17h, 47h): no RDSEED", "AuthenticAMD", 0x00840f70, SB_EUNFIT,
		     SB_OK);
	errata_has = 0;
	errata_check("family 15h without either: absent", "AuthenticAMD", 0x00600f12, SB_ENODEV,
		     SB_ENODEV);
	checks_say("seven bytes are a word, or two, and no more",
		   sb_x86_words(errata_step, 1, bytes, 7) == 7 &&
			   memcmp(bytes, expected, narrow ? 4 : 7) == 0 &&
			   (!narrow || memcmp(bytes + 4, expected, 3) == 0) && bytes[7] == 0);
	return checks_end() ? 2 : 0;
}
