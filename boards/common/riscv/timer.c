/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The clock and the sleep of boards/common/wfi. A masked interrupt that is
 * pending, and let through by mie or sie, ends WFI (Privileged Architecture
 * 20211203, section 3.3.3).
 */
#include "riscv.h"
#include "scale.h"

#define TIMER_HZ_UNKNOWN 10000000u /* as QEMU's virt has it */
#define TIMER_NS 1000000000u

static uint64_t timer_scale; /* nanoseconds a tick, 32.32 */
static uint64_t timer_rate;  /* ticks a nanosecond, 32.32 */

void riscv_timer_start(uint32_t hz)
{
	uintptr_t wakes = riscv_wakes();

	hz = hz ? hz : TIMER_HZ_UNKNOWN;
	timer_scale = scale_divide((uint64_t)TIMER_NS << 32, hz);
	timer_rate = scale_divide((uint64_t)hz << 32, TIMER_NS);
	riscv_alarm(UINT64_MAX);
	__asm__ volatile("csrw " RISCV_CSR("ie") ", %0" : : "r"(wakes));
	wfi_works = wakes != 0;
}

uint64_t wfi_now(void)
{
	return scale_multiply(riscv_time(), timer_scale);
}

void wfi_alarm(uint32_t ns)
{
	riscv_alarm(ns ? riscv_time() + scale_multiply(ns, timer_rate) + 1 : UINT64_MAX);
}

void wfi_sleep(void)
{
	__asm__ volatile("fence\n\twfi" : : : "memory");
}
