/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_aarch64.h"

/*
 * Arm Realm Management Monitor specification, DEN0137, RSI_VERSION: the call
 * passes the version that is wanted. In a realm the answer says if the monitor
 * has that version. Outside of a realm the firmware answers that it knows no
 * such call: SMC Calling Convention, DEN0028, section 5.2.
 */
#define REALM_RSI_VERSION 0xc4000190u
#define REALM_RSI_1_0 0x10000u
#define REALM_UNKNOWN_CALL (-1)

uint16_t sb_aarch64_distrust(const struct sb_aarch64_cpu *cpu)
{
	uint64_t reg[4] = { REALM_RSI_VERSION, REALM_RSI_1_0, 0, 0 };

	if (!cpu->smc)
		return 0;
	cpu->smc(reg);
	/* another version means a realm as well */
	return (int32_t)reg[0] == REALM_UNKNOWN_CALL ? 0 : SB_HOST | SB_TIMING;
}
SB_OWN(sb_aarch64_distrust);
