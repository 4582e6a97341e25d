/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The event loop of a machine whose interrupts stay masked. A masked interrupt
 * that is pending still ends WFI.
 */
#include "aarch64.h"
#include "io.h"
#include "sb_aarch64.h"

/*
 * Generic Interrupt Controller Architecture Specification 2.0, IHI 0048,
 * sections 4.3 and 4.4.
 */
#define LOOP_GICD_CTLR 0x000
#define LOOP_GICD_ISENABLER0 0x100
#define LOOP_GICD_ICENABLER0 0x180
#define LOOP_GICD_SGIR 0xf00
#define LOOP_GICD_SGIR_SELF 0x02000000u
#define LOOP_GICC_CTLR 0x00
#define LOOP_GICC_PMR 0x04
#define LOOP_GICC_IAR 0x0c
#define LOOP_GICC_EOIR 0x10
#define LOOP_GIC_ID 0x3ffu
#define LOOP_GIC_NONE 1020u /* this and above: no interrupt */

/*
 * The virtual timer's: Arm Base System Architecture, DEN0094. QEMU and Xen have
 * it there too.
 */
#define LOOP_TIMER_ID 27u
#define LOOP_EVENT_ID 0u
#define LOOP_IDS (1u << LOOP_TIMER_ID | 1u << LOOP_EVENT_ID)
#define LOOP_PENDING_MAX 32 /* one look acknowledges at most this many */

#define LOOP_HZ_UNKNOWN 1000000000u /* the frequency from ARMv8.6 on */
#define LOOP_NS 1000000000ull
#define LOOP_SLEEP_MAX LOOP_NS /* a wait that ends early counts as an event */
#define LOOP_WAKES_MAX 1000    /* spurious wakes before a wait gives up */
#define LOOP_POLLS_MAX 1000000u

static uintptr_t loop_gicd, loop_gicc;
static struct sb_hook *loop_hooks;

static uint64_t loop_hz(void)
{
	uint32_t hz = sb_aarch64_cntfrq();

	return hz ? hz : LOOP_HZ_UNKNOWN;
}

static uint64_t loop_now(void)
{
	uint64_t ticks = sb_aarch64_cntvct(), hz = loop_hz();

	return ticks / hz * LOOP_NS + ticks % hz * LOOP_NS / hz;
}

/* Takes what is pending. Nonzero if there was more than the timer. */
static int loop_acknowledge(void)
{
	int events = 0;

	for (int i = 0; i < LOOP_PENDING_MAX; i++) {
		uint32_t taken = sb_io_read32(loop_gicc + LOOP_GICC_IAR);

		if ((taken & LOOP_GIC_ID) >= LOOP_GIC_NONE)
			break;
		sb_io_write32(loop_gicc + LOOP_GICC_EOIR, taken);
		events += (taken & LOOP_GIC_ID) != LOOP_TIMER_ID;
	}
	return events;
}

static void loop_sleep(uint64_t ns)
{
	uint64_t alarm = sb_aarch64_cntvct() + ns * loop_hz() / LOOP_NS + 1;

	__asm__ volatile("msr cntv_cval_el0, %0\n\tmsr cntv_ctl_el0, %1\n\tisb\n\tdsb "
			 "sy\n\twfi\n\tmsr cntv_ctl_el0, xzr\n\tisb"
			 :
			 : "r"(alarm), "r"(1ull)
			 : "memory");
}

static void loop_poll(uint64_t deadline)
{
	for (uint32_t polls = 0; polls < LOOP_POLLS_MAX && loop_now() < deadline; polls++)
		sb_io_relax();
}

static void loop_wait(uint64_t deadline)
{
	uint64_t now = loop_now();

	sb_loop_run(loop_hooks);
	if (deadline > now && deadline - now > LOOP_SLEEP_MAX)
		deadline = now + LOOP_SLEEP_MAX;
	if (!loop_gicc) {
		loop_poll(deadline);
		return;
	}
	for (unsigned wakes = 0; wakes < LOOP_WAKES_MAX && !loop_acknowledge(); wakes++) {
		now = loop_now();
		if (now >= deadline)
			return;
		loop_sleep(deadline - now);
	}
}

const struct sb_loop aarch64_loop = { .now = loop_now, .wait = loop_wait, .hooks = &loop_hooks };

int board_event(void)
{
	if (!loop_gicd)
		return -1;
	sb_io_publish();
	sb_io_write32(loop_gicd + LOOP_GICD_SGIR, LOOP_GICD_SGIR_SELF | LOOP_EVENT_ID);
	return 0;
}

/*
 * The node has two registers of two cells each: distributor and CPU interface
 * (Linux's binding arm,gic).
 */
void aarch64_loop_start(const struct sb_fdt *tree)
{
	struct sb_fdt_value reg;
	uintptr_t gicd;

	if (sb_fdt_find(tree, "arm,cortex-a15-gic", 0, "reg", &reg) != SB_OK &&
	    sb_fdt_find(tree, "arm,gic-400", 0, "reg", &reg) != SB_OK)
		return;
	if (reg.len < 32)
		return;
	gicd = (uintptr_t)sb_fdt_cells(&reg, 0);
	sb_io_write32(gicd + LOOP_GICD_ICENABLER0, 0xffffffffu);
	sb_io_write32(gicd + LOOP_GICD_ISENABLER0, LOOP_IDS);
	/* Where EL3 kept the interrupts to itself, they stay off. */
	if ((sb_io_read32(gicd + LOOP_GICD_ISENABLER0) & LOOP_IDS) != LOOP_IDS)
		return;
	loop_gicd = gicd;
	loop_gicc = (uintptr_t)sb_fdt_cells(&reg, 4);
	sb_io_write32(loop_gicd + LOOP_GICD_CTLR, 1);
	sb_io_write32(loop_gicc + LOOP_GICC_PMR, 0xff);
	sb_io_write32(loop_gicc + LOOP_GICC_CTLR, 1);
}
