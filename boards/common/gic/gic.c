/* SPDX-License-Identifier: BSD-2-Clause */
#include "gic.h"
#include "board.h"
#include "io.h"
#include "wfi.h"

/*
 * Generic Interrupt Controller Architecture Specification 2.0, IHI 0048,
 * sections 4.3 and 4.4.
 */
#define GIC_GICD_CTLR 0x000
#define GIC_GICD_ISENABLER0 0x100
#define GIC_GICD_ICENABLER0 0x180
#define GIC_GICD_SGIR 0xf00
#define GIC_GICD_SGIR_SELF 0x02000000u
#define GIC_GICC_CTLR 0x00
#define GIC_GICC_PMR 0x04
#define GIC_GICC_IAR 0x0c
#define GIC_GICC_EOIR 0x10
#define GIC_ID 0x3ffu
#define GIC_NONE 1020u /* this and above: no interrupt */

#define GIC_EVENT 0u
#define GIC_PENDING_MAX 32 /* one look acknowledges at most this many */

static uintptr_t gic_distributor, gic_cpu;
static unsigned gic_alarm;

int wfi_taken(void)
{
	int events = 0;

	for (int i = 0; i < GIC_PENDING_MAX; i++) {
		uint32_t taken = sb_io_read32(gic_cpu + GIC_GICC_IAR);

		if ((taken & GIC_ID) >= GIC_NONE)
			break;
		sb_io_write32(gic_cpu + GIC_GICC_EOIR, taken);
		events += (taken & GIC_ID) != gic_alarm;
	}
	return events;
}

int board_event(void)
{
	if (!wfi_works)
		return -1;
	sb_io_publish();
	sb_io_write32(gic_distributor + GIC_GICD_SGIR, GIC_GICD_SGIR_SELF | GIC_EVENT);
	return 0;
}

void gic_start(uintptr_t distributor, uintptr_t cpu, unsigned alarm)
{
	uint32_t ids = 1u << alarm | 1u << GIC_EVENT;

	sb_io_write32(distributor + GIC_GICD_ICENABLER0, 0xffffffffu);
	sb_io_write32(distributor + GIC_GICD_ISENABLER0, ids);
	if ((sb_io_read32(distributor + GIC_GICD_ISENABLER0) & ids) != ids)
		return;
	gic_distributor = distributor;
	gic_cpu = cpu;
	gic_alarm = alarm;
	sb_io_write32(distributor + GIC_GICD_CTLR, 1);
	sb_io_write32(cpu + GIC_GICC_PMR, 0xff);
	sb_io_write32(cpu + GIC_GICC_CTLR, 1);
	wfi_works = 1;
}
