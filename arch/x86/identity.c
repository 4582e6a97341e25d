/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_x86.h"

int sb_x86_spells(const uint32_t reg[4], const char order[3], const char text[12])
{
	for (unsigned i = 0; i < 12; i++)
		if ((char)(reg[order[i / 4] - 'a'] >> i % 4 * 8) != text[i])
			return 0;
	return 1;
}
SB_OWN(sb_x86_spells);

int sb_x86_is(const struct sb_x86_cpu *cpu, const struct sb_x86_models *models)
{
	uint32_t id[4], version[4];

	sb_x86_ask(cpu, 0, 0, id);
	sb_x86_ask(cpu, 1, 0, version);

	/* The extended family counts if the base family is 0Fh, the extended
	   model if that is 06h or 0Fh: Intel SDM volume 2, CPUID; AMD APM
	   volume 3, appendix E.3.2. Each row of a table here is such a family,
	   and elsewhere these bits are 0. */
	uint32_t family = (version[0] >> 8 & 0xf) + (version[0] >> 20 & 0xff);
	uint32_t model = (version[0] >> 4 & 0xf) | (version[0] >> 12 & 0xf0);

	return family == models->family && model >= models->first && model <= models->last &&
	       sb_x86_spells(id, "bdc", models->vendor);
}
SB_OWN(sb_x86_is);
