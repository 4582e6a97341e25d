/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_smccc_trng.h"

/* The text with its final zero, and nothing behind it. */
static int find_is(const struct sb_fdt_value *value, const char *text)
{
	return value->len == 4 && __builtin_memcmp(value->at, text, 4) == 0;
}

void sb_smccc_find(struct sb_smccc *smccc, const struct sb_fdt *tree, sb_smccc_call *smc,
		   sb_smccc_call *hvc)
{
	struct sb_fdt_value method;

	smccc->call = NULL;
	smccc->hvc = 0;
	smccc->wide = sizeof(uintptr_t) == 8;
	if (sb_fdt_find(tree, "arm,psci-1.0", 0, "method", &method) != SB_OK &&
	    sb_fdt_find(tree, "arm,psci-0.2", 0, "method", &method) != SB_OK)
		return;
	if (find_is(&method, "smc")) {
		smccc->call = smc;
	} else if (find_is(&method, "hvc")) {
		smccc->call = hvc;
		smccc->hvc = 1;
	}
}
SB_OWN(sb_smccc_find);
