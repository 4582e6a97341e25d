/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * QEMU's virt machine (QEMU docs/system/loongarch/virt; addresses:
 * include/hw/loongarch/virt.h). Its device tree tells of all of them, but in
 * QEMU 7.2 not of the register that ends it.
 */
#include "exit_line.h"
#include "io.h"
#include "loongarch_virt.h"
#include "ns16550.h"

#define VIRT_TREE ((void *)0x100000)
#define VIRT_UART 0x1fe001e0u
/* ACPI 6.5, section 4.8.3.7: the sleep control register, SLP_EN and S5 */
#define VIRT_OFF 0x100e001cu
#define VIRT_OFF_VALUE 0x34u

const char *board_facts;

/* All virtio is on PCI. */
const struct virt_places virt_places = { .reach = loongarch_reach };

struct sb_seed_state virt_seed;

static uintptr_t virt_uart, virt_off;
static uint8_t virt_off_value = VIRT_OFF_VALUE;

static uintptr_t virt_find(const struct sb_fdt *tree, const char *name, uint32_t otherwise)
{
	struct sb_fdt_value reg;
	uint64_t at = otherwise;
	void *place;

	if (sb_fdt_find(tree, name, 0, "reg", &reg) == SB_OK && reg.len >= 8)
		at = sb_fdt_cells(&reg, 0);
	place = loongarch_reach(at, 8);
	return place ? (uintptr_t)place : LOONGARCH_DEVICES + otherwise;
}

/* Linux Documentation/devicetree/bindings/power/reset/syscon-poweroff */
static void virt_find_off(const struct sb_fdt *tree)
{
	static const char *const name[] = { "value", "offset" };
	struct sb_fdt_value value[2];

	virt_off = LOONGARCH_DEVICES + VIRT_OFF;
	if (sb_fdt_find_all(tree, "syscon-poweroff", 0, name, value, 2) != SB_OK)
		return;
	virt_off = virt_find(tree, "syscon", VIRT_OFF) + sb_fdt_cell(&value[1], 0);
	virt_off_value = (uint8_t)sb_fdt_cell(&value[0], 0);
}

void board_write(const char *text, size_t len)
{
	ns16550_write(virt_uart, text, len);
}

_Noreturn void board_exit(int status)
{
	exit_line(status);
	sb_io_write8(virt_off, virt_off_value);
	for (;;)
		__asm__ volatile("idle 0");
}

_Noreturn void loongarch_main(uintptr_t efi, const void *table)
{
	struct sb_fdt fdt = { 0 };
	void *tree = loongarch_tree(efi, table);
	int found = sb_fdt_open(&fdt, tree ? tree : VIRT_TREE, LOONGARCH_TREE_MAX) == SB_OK;

	virt_uart = virt_find(&fdt, "ns16550a", VIRT_UART);
	virt_find_off(&fdt);
	loongarch_timer_start();
	if (found)
		sb_fdt_seed(&fdt, &virt_seed);
	virt_find_rng(found ? &fdt : NULL);
	board_exit(constructors_main());
}
