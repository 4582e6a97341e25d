/* SPDX-License-Identifier: BSD-2-Clause */
/* A PVH domain of Xen, first or not, entered like a PVH kernel without a hypervisor. Its frames are its own, and start.S maps them one to one. */
#include "sb_x86.h"
#include "x86_trap.h"
#include "xen.h"

#define PVH_FIRST_DOMAIN 2 /* SIF_INITDOMAIN: public/xen.h */
#define PVH_LEAF_HYPERCALL \
	2 /* EBX: the MSR that takes the address of the hypercall page (public/arch-x86/cpuid.h) */

struct pvh_start_info { /* public/arch-x86/hvm/start_info.h */
	uint32_t magic, version, flags;
};

_Noreturn void board_start(const struct pvh_start_info *info); /* called by ../x86_pvh.S */

static uint64_t pvh_shared[512] __attribute__((aligned(4096))); /* Xen puts its page here */

void board_cpuid(uint32_t leaf, uint32_t sub, uint32_t reg[4])
{
	sb_x86_cpuid(leaf, sub, reg);
}

/* 0: this is not Xen, and there is nobody to tell. */
static int pvh_hypercall_init(void)
{
	uint32_t reg[4], leaf = board_xen_leaf(), page = (uint32_t)(uintptr_t)board_hypercall_page;

	if (!leaf)
		return 0;
	board_cpuid(leaf + PVH_LEAF_HYPERCALL, 0, reg);
	__asm__ volatile("wrmsr" : : "c"(reg[1]), "a"(page), "d"(0) : "memory");
	return 1;
}

/* Both are below 4 GiB, where Xen puts the pages that it makes for a domain. */
static void pvh_find_ring(void)
{
	uint64_t frame, port;

	if (sb_xen_param(&board_xen, SB_XEN_CONSOLE_PAGE, &frame) != SB_OK ||
	    sb_xen_param(&board_xen, SB_XEN_CONSOLE_PORT, &port) != SB_OK)
		return;
	if (frame > UINT32_MAX >> 12)
		return;
	board_xen.ring = (volatile struct sb_xen_ring *)(uintptr_t)(frame << 12);
	board_xen.ring_port = (uint32_t)port;
}

_Noreturn void board_start(const struct pvh_start_info *info)
{
	int first = (info->flags & PVH_FIRST_DOMAIN) != 0;

	while (!pvh_hypercall_init())
		__asm__ volatile("cli; hlt");
	if (!first)
		pvh_find_ring();
	board_trap_init();
	board_main(first, sb_xen_place_shared(&board_xen, (uintptr_t)pvh_shared >> 12) == SB_OK
				  ? pvh_shared
				  : NULL);
}
