/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * QEMU's microvm, pc and q35. The board finds out what a machine lacks without
 * touching anything that might not answer.
 */
#include "constructors.h"
#include "exit_line.h"
#include "io.h"
#include "qemu_x86.h"
#include "x86.h"
#include "sb_virtio_pci.h"
#include "sb_x86.h"

/* 16550 at COM1: National PC16550D data sheet, section 8. */
#define QEMU_COM1 0x3f8
#define QEMU_COM1_LINE_STATUS (QEMU_COM1 + 5)
#define QEMU_COM1_EMPTY 0x20
#define QEMU_COM1_POLLS 100000u /* a byte takes 87 us at 115200 baud */

/* -device isa-debug-exit,iobase=0xf4: QEMU ends with (value << 1) | 1 */
#define QEMU_EXIT 0xf4
#define QEMU_EXIT_PASS 0x10u

/*
 * The virtio-mmio slots of microvm (QEMU hw/i386/microvm.c): 8, or 24 with a
 * second IOAPIC.
 */
#define QEMU_SLOT_FIRST 0xfeb00000u
#define QEMU_SLOT_SIZE 0x200u
#define QEMU_SLOTS 24

static const struct sb_x86_cpu qemu_cpu = { .cpuid = sb_x86_cpuid,
					    .msr = x86_rdmsr,
					    .msr_survives = 1 };
static struct sb_virtio_pages qemu_rng_pages;
static struct sb_virtio_rng_state qemu_rng;
static struct sb_virtio_pci qemu_rng_pci;

void board_write(const char *text, size_t len)
{
	while (len--) {
		for (uint32_t polls = 0; polls < QEMU_COM1_POLLS &&
					 !(sb_io_in8(QEMU_COM1_LINE_STATUS) & QEMU_COM1_EMPTY);
		     polls++)
			sb_io_relax();
		sb_io_out8(QEMU_COM1, (uint8_t)*text++);
	}
}

_Noreturn void board_exit(int status)
{
	exit_line(status);
	sb_io_out32(QEMU_EXIT, QEMU_EXIT_PASS + (unsigned)status);
	/*
	 * Without that device: a reset by the keyboard controller. -no-reboot
	 * makes QEMU end.
	 */
	sb_io_out8(0x64, 0xfe);
	for (;;)
		__asm__ volatile("cli; hlt");
}

/* For pc and q35. */
static void qemu_find_rng_pci(void)
{
	uint32_t function = qemu_x86_pci_present()
				    ? sb_pci_find(&qemu_x86_pci, 0, sb_virtio_pci_is_entropy)
				    : SB_PCI_NOWHERE;

	if (function == SB_PCI_NOWHERE)
		return;
	qemu_rng.transport = sb_virtio_pci_open(&qemu_rng_pci, &qemu_x86_pci, function);
	qemu_rng.at = &qemu_rng_pci;
}

_Noreturn void x86_main(const struct qemu_x86_start *start)
{
	x86_trap_init();
	qemu_x86_find_epoch(start);
	qemu_rng.pages = &qemu_rng_pages;
	/*
	 * Slots are on microvm. On pc and q35 nothing answers at the first one,
	 * and the others are left alone.
	 */
	if (sb_virtio_mmio_find(&qemu_rng, QEMU_SLOT_FIRST, QEMU_SLOT_SIZE, QEMU_SLOTS) != SB_OK)
		qemu_find_rng_pci();
	board_exit(constructors_main());
}

static uint8_t qemu_distrust(void)
{
	return sb_x86_distrust(&qemu_cpu);
}

static const struct sb_source qemu_sources[] = {
	SB_X86_RDSEED(&qemu_cpu),
	SB_X86_RDRAND(&qemu_cpu),
	SB_VIRTIO_RNG(&qemu_rng),
};

/* One CPU with interrupts off, so there is no enter and no leave. */
const struct sb_hal sb_platform = {
	.cycles = sb_x86_tsc,
	.cycle_bits = 64,
	.epoch = qemu_x86_epoch,
	.distrust = qemu_distrust,
	.loop = &qemu_x86_loop,
	.sources = qemu_sources,
	.source_count = sizeof qemu_sources / sizeof qemu_sources[0],
};
