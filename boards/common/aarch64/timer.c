/* SPDX-License-Identifier: BSD-2-Clause */
/* The virtual timer of the Generic Timer, for boards/common/wfi. */
#include "sb_aarch64.h"
#include "wfi.h"

uint64_t wfi_now(void)
{
	return wfi_ns(sb_aarch64_cntvct(), sb_aarch64_cntfrq());
}

void wfi_alarm(uint32_t ns)
{
	uint64_t at = sb_aarch64_cntvct() + wfi_ticks(ns, sb_aarch64_cntfrq()) + 1;

	__asm__ volatile("msr cntv_cval_el0, %0\n\tmsr cntv_ctl_el0, %1\n\tisb"
			 :
			 : "r"(at), "r"((uint64_t)(ns != 0))
			 : "memory");
}

void wfi_sleep(void)
{
	__asm__ volatile("dsb sy\n\twfi" : : : "memory");
}
