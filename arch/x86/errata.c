/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_x86.h"

/*
 * CPUs that give wrong words and report success. Each row refuses one
 * instruction on a range of models. A fault that a health test sees at once
 * needs no row. Zen 2 of 2019 is an example (family 17h model 71h before AGESA
 * 1.0.0.3ABA): its RDRAND is all-ones from power-on.
 */
struct errata_row {
	struct sb_x86_models models;
	uint8_t instruction; /* enum sb_x86_instruction */
	uint8_t widest;      /* forms of at most this many bytes are wrong */
};

#define ERRATA_ANY_FORM 8

static const struct errata_row errata_table[] = {
	/* All-ones with CF=1 after a suspend that the firmware did not undo.
	   AMD's remedy is to hide the CPUID bit: Linux commit c49a0a80137c, Xen
	   likewise. A machine cannot tell that it was suspended. */
	{ { "AuthenticAMD", 0x15, 0x00, 0xff }, SB_X86_IS_RDRAND, ERRATA_ANY_FORM },
	{ { "AuthenticAMD", 0x16, 0x00, 0xff }, SB_X86_IS_RDRAND, ERRATA_ANY_FORM },
	/* Cyan Skillfish: RDSEED is all-ones for ever, RDRAND is sound. Linux
	   commit 5b937a1ed64e. */
	{ { "AuthenticAMD", 0x17, 0x47, 0x47 }, SB_X86_IS_RDSEED, ERRATA_ANY_FORM },
	/* Zen 5: the 16- and 32-bit forms return 0 with CF=1 too often, the
	   64-bit form is sound. AMD-SB-7055, CVE-2025-62626. CPUID does not
	   show the fixed microcode revisions, and a guest sees an invented
	   revision. So the whole generation is refused. */
	{ { "AuthenticAMD", 0x1a, 0x00, 0x2f }, SB_X86_IS_RDSEED, 4 },
	{ { "AuthenticAMD", 0x1a, 0x40, 0x4f }, SB_X86_IS_RDSEED, 4 },
	{ { "AuthenticAMD", 0x1a, 0x60, 0x7f }, SB_X86_IS_RDSEED, 4 },
};

int sb_x86_erratum(const struct sb_x86_cpu *cpu, enum sb_x86_instruction instruction, size_t word)
{
	for (size_t i = 0; i < sizeof errata_table / sizeof *errata_table; i++) {
		const struct errata_row *row = &errata_table[i];

		if (row->instruction == instruction && word <= row->widest &&
		    sb_x86_is(cpu, &row->models))
			return 1;
	}
	return 0;
}
SB_OWN(sb_x86_erratum);
