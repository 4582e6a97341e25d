/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A PV domain of Xen, first or not. Its memory is one to one with its
 * pseudo-physical frames. Machine frames differ (public/xen.h).
 */
#include "x86.h"
#include "xen.h"

#define PV_SET_TRAP_TABLE 0
#define PV_UPDATE_VA_MAPPING 14
#define PV_INVALIDATE 2 /* UVMF_INVLPG */
/* present, writable, user, accessed, dirty: Intel SDM volume 3, section 4.5 */
#define PV_PAGE 0x67u
#define PV_PHYSDEV_OP 33
#define PV_SET_IOPL 6
#define PV_CODE 0xe033u /* FLAT_KERNEL_CS64 */
#define PV_VECTORS 32
#define PV_FIRST_DOMAIN 2 /* SIF_INITDOMAIN */

struct pv_start_info { /* public/xen.h */
	char magic[32];
	uint64_t pages, shared_address;
	uint32_t flags;
	uint64_t store_frame;
	uint32_t store_port;
	/* The first domain has none: its console is the hypervisor's. */
	uint64_t console_frame;
	uint32_t console_port;
};

/* called by start.S */
_Noreturn void pv_main(const struct pv_start_info *info);

/* Placeholders. Pages of Xen are mapped over them. */
static uint64_t pv_shared[512] __attribute__((aligned(4096)));
static uint64_t pv_console[512] __attribute__((aligned(4096)));

/*
 * CPUID as Xen answers it. Without the prefix the CPU answers, and its leaves
 * are not true for this guest.
 */
void xen_cpuid(uint32_t leaf, uint32_t sub, uint32_t reg[4])
{
	__asm__ volatile(".byte 0x0f, 0x0b, 0x78, 0x65, 0x6e\n\tcpuid"
			 : "=a"(reg[0]), "=b"(reg[1]), "=c"(reg[2]), "=d"(reg[3])
			 : "a"(leaf), "c"(sub));
}

static void *pv_map(uint64_t place[512], uint64_t machine_address)
{
	return xen_hypercall(PV_UPDATE_VA_MAPPING, (uintptr_t)place, machine_address | PV_PAGE,
			     PV_INVALIDATE) < 0
		       ? NULL
		       : place;
}

static void pv_trap_init(void)
{
	static struct {
		uint8_t vector, flags;
		uint16_t code;
		uint64_t address;
	} table[PV_VECTORS + 1]; /* the address in the last one is 0 */

	for (unsigned i = 0; i < PV_VECTORS; i++) {
		table[i].vector = (uint8_t)i;
		table[i].code = PV_CODE;
		table[i].address = (uintptr_t)x86_trap_stubs[i];
	}
	xen_hypercall(PV_SET_TRAP_TABLE, (uintptr_t)table, 0, 0);
}

_Noreturn void pv_main(const struct pv_start_info *info)
{
	/* the kernel of a guest counts as ring 1 */
	static const uint32_t iopl = 1;
	int first = (info->flags & PV_FIRST_DOMAIN) != 0;

	if (!first) {
		xen_domain.ring = pv_map(pv_console, info->console_frame << 12);
		xen_domain.ring_port = info->console_port;
	}
	pv_trap_init();
	if (first)
		xen_hypercall(PV_PHYSDEV_OP, PV_SET_IOPL, (uintptr_t)&iopl, 0);
	xen_main(first, pv_map(pv_shared, info->shared_address));
}
