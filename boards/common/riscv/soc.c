/* SPDX-License-Identifier: BSD-2-Clause */
/* By the tree: console by a 16550, the end by a SiFive test finisher. */
#include "io.h"
#include "riscv.h"

/* National Semiconductor PC16550D, table II. The loader has set it up. */
#define SOC_UART_DATA 0
#define SOC_UART_STATUS 5
#define SOC_UART_EMPTY 0x20u
#define SOC_UART_POLLS 100000u /* a byte takes 87 us at 115200 baud */

/* QEMU hw/misc/sifive_test.c */
#define SOC_FINISHER_PASS 0x5555u
#define SOC_FINISHER_FAIL 0x3333u
#define SOC_FINISHER_POLLS 50000000u /* a fraction of a second under QEMU */

static uintptr_t soc_uart, soc_finisher; /* 0: there is none */

/* #address-cells is 2 above each of them, on 32 bits too. */
static void soc_find(const struct sb_fdt *tree, const char *name, uintptr_t *at)
{
	struct sb_fdt_value reg;

	if (sb_fdt_find(tree, name, 0, "reg", &reg) == SB_OK && reg.len >= 8)
		*at = (uintptr_t)sb_fdt_cells(&reg, 0);
}

void riscv_soc_start(const struct sb_fdt *tree, uintptr_t uart, uintptr_t finisher)
{
	soc_uart = uart;
	soc_finisher = finisher;
	if (!tree)
		return;
	soc_uart = soc_finisher = 0;
	soc_find(tree, "ns16550a", &soc_uart);
	soc_find(tree, "sifive,test0", &soc_finisher);
}

uint32_t riscv_timebase(const struct sb_fdt *tree)
{
	struct sb_fdt_value hz;

	return sb_fdt_get(tree, "/cpus", "timebase-frequency", &hz) == SB_OK ? sb_fdt_cell(&hz, 0)
									     : 0;
}

void riscv_soc_write(const char *text, size_t len)
{
	while (soc_uart && len--) {
		for (uint32_t polls = 0;
		     polls < SOC_UART_POLLS &&
		     !(sb_io_read8(soc_uart + SOC_UART_STATUS) & SOC_UART_EMPTY);
		     polls++)
			sb_io_relax();
		sb_io_write8(soc_uart + SOC_UART_DATA, (uint8_t)*text++);
	}
}

/* Returns where there is none. */
void riscv_soc_end(int status)
{
	if (!soc_finisher)
		return;
	sb_io_write32(soc_finisher,
		      status ? (uint32_t)status << 16 | SOC_FINISHER_FAIL : SOC_FINISHER_PASS);
	/* It takes a moment, in which another way to end would take the status
	   back: QEMU keeps the last one. */
	for (uint32_t polls = 0; polls < SOC_FINISHER_POLLS; polls++)
		sb_io_relax();
}
