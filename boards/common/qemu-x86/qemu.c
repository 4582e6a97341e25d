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
#include "sb_cache_timing.h"
#include "sb_x86.h"

/* 16550 at COM1: National PC16550D data sheet, section 8. */
#define QEMU_COM1 0x3f8
#define QEMU_COM1_LINE_STATUS (QEMU_COM1 + 5)
#define QEMU_COM1_EMPTY 0x20
#define QEMU_COM1_POLLS 100000u /* a byte takes 87 us at 115200 baud */

/* -device isa-debug-exit,iobase=0xf4: QEMU ends with (value << 1) | 1 */
#define QEMU_EXIT 0xf4
#define QEMU_EXIT_PASS 0x10u

static struct sb_x86_leaves qemu_leaves;
static const struct sb_x86_cpu qemu_cpu = {
	.cpuid = sb_x86_cpuid, .leaves = &qemu_leaves, .msr = x86_rdmsr, .msr_survives = 1
};

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

_Noreturn void x86_main(const struct qemu_x86_start *start)
{
	struct sb_acpi acpi;
	int opened;

	x86_trap_init();
	opened = qemu_x86_acpi(&acpi, start);
	qemu_x86_find_epoch(&acpi, opened);
	qemu_x86_find_rng(&acpi, opened);
	board_exit(constructors_main());
}

static uint16_t qemu_distrust(void)
{
	return sb_x86_distrust(&qemu_cpu);
}

static int qemu_flushes(void)
{
	return sb_x86_flushes(&qemu_cpu);
}

static struct sb_cache_timing_area qemu_lines;
static struct sb_cache_timing_state qemu_times = { .able = qemu_flushes,
						   SB_X86_CACHE_TIMING,
						   .area = &qemu_lines };

/* Nobody recorded times here (docs/evidence), so they are not counted. */
static const struct sb_source qemu_sources[] = {
	SB_X86_RDSEED(&qemu_cpu),           SB_X86_RDRAND(&qemu_cpu),
	SB_VIRTIO_RNG(&qemu_x86_rng[0]),    SB_VIRTIO_RNG_2(&qemu_x86_rng[1]),
	SB_CACHE_TIMING_AS(&qemu_times, 0),
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
