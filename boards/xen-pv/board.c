/* SPDX-License-Identifier: BSD-2-Clause */
/* A PV domain of Xen, first or not. Its memory is one to one with its pseudo-physical frames, machine frames differ (public/xen.h). */
#include "x86_trap.h"
#include "xen.h"

#define PV_SET_TRAP_TABLE 0
#define PV_UPDATE_VA_MAPPING 14
#define PV_INVALIDATE 2 /* UVMF_INVLPG */
#define PV_PAGE \
	0x67u /* present, writable, user, accessed, dirty: Intel SDM volume 3, section 4.5 */
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
	uint64_t console_frame; /* not of the first domain, whose console is the hypervisor's */
	uint32_t console_port;
};

_Noreturn void board_start(const struct pv_start_info *info); /* called by start.S */

/* Their place is taken by pages that lie elsewhere. */
static uint64_t pv_shared[512] __attribute__((aligned(4096)));
static uint64_t pv_console[512] __attribute__((aligned(4096)));

/* CPUID that Xen answers: without the prefix the CPU itself does, and its leaves are not the truth here. */
void board_cpuid(uint32_t leaf, uint32_t sub, uint32_t reg[4])
{
	__asm__ volatile(".byte 0x0f, 0x0b, 0x78, 0x65, 0x6e\n\tcpuid"
			 : "=a"(reg[0]), "=b"(reg[1]), "=c"(reg[2]), "=d"(reg[3])
			 : "a"(leaf), "c"(sub));
}

static void *pv_map(uint64_t place[512], uint64_t machine_address)
{
	return board_hypercall(PV_UPDATE_VA_MAPPING, (uintptr_t)place, machine_address | PV_PAGE,
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
	} table[PV_VECTORS + 1]; /* the last one's address is 0 */
	unsigned i;

	for (i = 0; i < PV_VECTORS; i++) {
		table[i].vector = (uint8_t)i;
		table[i].code = PV_CODE;
		table[i].address = (uintptr_t)trap_stubs[i];
	}
	board_hypercall(PV_SET_TRAP_TABLE, (uintptr_t)table, 0, 0);
}

_Noreturn void board_start(const struct pv_start_info *info)
{
	static const uint32_t iopl = 1; /* the guest's kernel counts as ring 1 */
	int first = (info->flags & PV_FIRST_DOMAIN) != 0;

	if (!first) {
		board_xen.ring = pv_map(pv_console, info->console_frame << 12);
		board_xen.ring_port = info->console_port;
	}
	pv_trap_init();
	if (first)
		board_hypercall(PV_PHYSDEV_OP, PV_SET_IOPL, (uintptr_t)&iopl, 0);
	board_main(first, pv_map(pv_shared, info->shared_address));
}
