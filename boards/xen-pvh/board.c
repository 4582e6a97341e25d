/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A PVH domain of Xen, first or not. Xen enters it like a PVH kernel without a
 * hypervisor. The domain's frames are its own, and x86/pvh.S maps them one to
 * one.
 */
#include "io.h"
#include "sb_x86.h"
#include "x86.h"
#include "xen.h"

#define PVH_FIRST_DOMAIN 2 /* SIF_INITDOMAIN: public/xen.h */
/*
 * EBX: the MSR that takes the address of the hypercall page
 * (public/arch-x86/cpuid.h)
 */
#define PVH_LEAF_HYPERCALL 2

#define PVH_COM1 0x3f8
#define PVH_COM1_STATUS (PVH_COM1 + 5)
#define PVH_COM1_EMPTY 0x20
#define PVH_COM1_POLLS 100000u
#define PVH_EXIT 0xf4
#define PVH_EXIT_FAIL 0x11u
#define PVH_KEYBOARD 0x64
#define PVH_KEYBOARD_RESET 0xfe

struct pvh_start_info { /* public/arch-x86/hvm/start_info.h */
	uint32_t magic, version, flags;
};

/* called by x86/pvh.S */
_Noreturn void x86_main(const struct pvh_start_info *info);

/* Xen puts its page here */
static uint64_t pvh_shared[512] __attribute__((aligned(4096)));

void xen_cpuid(uint32_t leaf, uint32_t sub, uint32_t reg[4])
{
	sb_x86_cpuid(leaf, sub, reg);
}

/* Returns 0 if this is not Xen. */
static int pvh_hypercall_init(void)
{
	uint32_t reg[4], leaf = xen_leaf(), page = (uint32_t)(uintptr_t)xen_hypercall_page;

	if (!leaf)
		return 0;
	xen_cpuid(leaf + PVH_LEAF_HYPERCALL, 0, reg);
	__asm__ volatile("wrmsr" : : "c"(reg[1]), "a"(page), "d"(0) : "memory");
	return 1;
}

/*
 * A machine that enters a PVH image and is not Xen is a PC of QEMU or its like.
 * COM1 and the way to end are as in qemu-x86/qemu.c.
 */
static _Noreturn void pvh_not_xen(void)
{
	static const char line[] = "start: this is not Xen\n[exit 1]\n";

	for (const char *at = line; *at; at++) {
		for (uint32_t polls = 0;
		     polls < PVH_COM1_POLLS && !(sb_io_in8(PVH_COM1_STATUS) & PVH_COM1_EMPTY);
		     polls++)
			sb_io_relax();
		sb_io_out8(PVH_COM1, (uint8_t)*at);
	}
	sb_io_out32(PVH_EXIT, PVH_EXIT_FAIL);
	sb_io_out8(PVH_KEYBOARD, PVH_KEYBOARD_RESET);
	for (;;)
		__asm__ volatile("cli; hlt");
}

/* Both are below 4 GiB, where Xen puts the pages that it makes for a domain. */
static void pvh_find_ring(void)
{
	uint64_t frame, port;

	if (sb_xen_param(&xen_domain, SB_XEN_CONSOLE_PAGE, &frame) != SB_OK ||
	    sb_xen_param(&xen_domain, SB_XEN_CONSOLE_PORT, &port) != SB_OK)
		return;
	if (frame > UINT32_MAX >> 12)
		return;
	xen_domain.ring = (volatile struct sb_xen_ring *)(uintptr_t)(frame << 12);
	xen_domain.ring_port = (uint32_t)port;
}

_Noreturn void x86_main(const struct pvh_start_info *info)
{
	int first = (info->flags & PVH_FIRST_DOMAIN) != 0;

	if (!pvh_hypercall_init())
		pvh_not_xen();
	if (!first)
		pvh_find_ring();
	x86_trap_init();
	xen_main(first, sb_xen_place_shared(&xen_domain, (uintptr_t)pvh_shared >> 12) == SB_OK
				? pvh_shared
				: NULL);
}
