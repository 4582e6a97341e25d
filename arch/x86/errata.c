/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_x86.h"

/*
 * CPUs that give wrong words and report success. Each row refuses one
 * instruction on a range of models. A fault that a health test sees at once
 * needs no row. Zen 2 of 2019 is an example (family 17h model 71h before AGESA
 * 1.0.0.3ABA): its RDRAND is all-ones from power-on.
 */
struct errata_row {
	char vendor[13];
	uint8_t family, first_model, last_model;
	uint8_t instruction; /* enum sb_x86_instruction */
	uint8_t widest;      /* forms of at most this many bytes are wrong */
};

#define ERRATA_ANY_FORM 8

static const struct errata_row errata_table[] = {
	/* All-ones with CF=1 after a suspend that the firmware did not undo.
	   AMD's remedy is to hide the CPUID bit: Linux commit c49a0a80137c, Xen
	   likewise. A machine cannot tell that it was suspended. */
	{ "AuthenticAMD", 0x15, 0x00, 0xff, SB_X86_IS_RDRAND, ERRATA_ANY_FORM },
	{ "AuthenticAMD", 0x16, 0x00, 0xff, SB_X86_IS_RDRAND, ERRATA_ANY_FORM },
	/* Cyan Skillfish: RDSEED is all-ones for ever, RDRAND is sound. Linux
	   commit 5b937a1ed64e. */
	{ "AuthenticAMD", 0x17, 0x47, 0x47, SB_X86_IS_RDSEED, ERRATA_ANY_FORM },
	/* Zen 5: the 16- and 32-bit forms return 0 with CF=1 too often, the
	   64-bit form is sound. AMD-SB-7055, CVE-2025-62626. CPUID does not
	   show the fixed microcode revisions, and a guest sees an invented
	   revision. So the whole generation is refused. */
	{ "AuthenticAMD", 0x1a, 0x00, 0x2f, SB_X86_IS_RDSEED, 4 },
	{ "AuthenticAMD", 0x1a, 0x40, 0x4f, SB_X86_IS_RDSEED, 4 },
	{ "AuthenticAMD", 0x1a, 0x60, 0x7f, SB_X86_IS_RDSEED, 4 },
};

/* Leaf 0 spells the vendor in EBX, EDX, ECX. */
static int errata_vendor_is(const uint32_t reg[4], const char vendor[12])
{
	static const uint8_t order[3] = { 1, 3, 2 };

	for (unsigned i = 0; i < 12; i++)
		if ((char)(reg[order[i / 4]] >> i % 4 * 8) != vendor[i])
			return 0;
	return 1;
}

int sb_x86_erratum(const struct sb_x86_cpu *cpu, enum sb_x86_instruction instruction, size_t word)
{
	uint32_t id[4], version[4];

	cpu->cpuid(0, 0, id);
	cpu->cpuid(1, 0, version);

	/* AMD APM volume 3, appendix E.3.2: the extended fields count if the
	   base family is 0Fh, which it is in every row above */
	uint32_t family = (version[0] >> 8 & 0xf) + (version[0] >> 20 & 0xff);
	uint32_t model = (version[0] >> 4 & 0xf) | (version[0] >> 12 & 0xf0);

	for (size_t i = 0; i < sizeof errata_table / sizeof *errata_table; i++) {
		const struct errata_row *row = &errata_table[i];

		if (row->family == family && row->first_model <= model &&
		    model <= row->last_model && row->instruction == instruction &&
		    word <= row->widest && errata_vendor_is(id, row->vendor))
			return 1;
	}
	return 0;
}
SB_OWN(sb_x86_erratum);
