/* SPDX-License-Identifier: BSD-2-Clause */
/* QEMU's microvm, pc and q35. What a machine lacks is found out without touching what might not answer. */
#include "exit_line.h"
#include "io.h"
#include "x86_qemu.h"
#include "x86_trap.h"
#include "sb_fw_cfg.h"
#include "sb_virtio_pci.h"
#include "sb_vmgenid.h"
#include "sb_x86.h"

/* 16550 at COM1: National PC16550D data sheet, section 8 */
#define COM1 0x3f8
#define COM1_LINE_STATUS (COM1 + 5)
#define COM1_EMPTY 0x20
#define COM1_POLLS 100000u /* a byte takes 87 us at 115200 baud */

#define DEBUG_EXIT 0xf4 /* -device isa-debug-exit,iobase=0xf4: QEMU ends with (value << 1) | 1 */
#define DEBUG_EXIT_PASS 0x10u

/* virtio-mmio slots of microvm (QEMU hw/i386/microvm.c), 8 or, with a second IOAPIC, 24. An empty one reads device id 0. */
#define SLOT_FIRST 0xfeb00000u
#define SLOT_SIZE 0x200u
#define SLOTS 24
#define SLOT_MAGIC 0x74726976u /* VIRTIO 1.2 section 4.2.2, registers 0x000, 0x004 and 0x008 */

#define FW_CFG_SELECT 0x510 /* QEMU docs/specs/fw_cfg, x86 */
#define FW_CFG_DATA 0x511

int main(void);
const char *board_facts;

static const struct sb_x86_cpu machine_cpu = { .cpuid = sb_x86_cpuid,
					       .msr = board_rdmsr,
					       .msr_survives = 1 };
static struct sb_virtio_rng_state machine_rng = SB_VIRTIO_RNG_STATE(NULL, NULL, NULL);
static struct sb_virtio_pci machine_rng_pci;
static struct sb_virtio_pages machine_rng_pages;
static const volatile uint8_t *machine_guid;

void board_write(const char *text, size_t len)
{
	uint32_t polls;

	while (len--) {
		for (polls = 0; polls < COM1_POLLS && !(sb_io_in8(COM1_LINE_STATUS) & COM1_EMPTY);
		     polls++)
			sb_io_relax();
		sb_io_out8(COM1, (uint8_t)*text++);
	}
}

_Noreturn void board_exit(int status)
{
	board_exit_line(status);
	sb_io_out32(DEBUG_EXIT, DEBUG_EXIT_PASS + (unsigned)status);
	sb_io_out8(
		0x64,
		0xfe); /* no such device: reset by the keyboard controller, which -no-reboot turns into an end */
	for (;;)
		__asm__ volatile("cli; hlt");
}

static void machine_fw_cfg_select(uint16_t key)
{
	sb_io_out16(FW_CFG_SELECT, key);
}

static uint8_t machine_fw_cfg_next(void)
{
	return sb_io_in8(FW_CFG_DATA);
}

/* The address, little-endian, points at the id itself; 0 until the firmware has allocated it (QEMU docs/specs/vmgenid). */
static void machine_find_guid(void)
{
	static const struct sb_fw_cfg cfg = { .select = machine_fw_cfg_select,
					      .next = machine_fw_cfg_next };
	uint64_t address = 0;
	uint8_t raw[8];
	int i;

	if (sb_fw_cfg_read(&cfg, "etc/vmgenid_addr", raw, sizeof(raw)) != SB_OK)
		return;
	for (i = 7; i >= 0; i--)
		address = address << 8 | raw[i];
	if (address) /* the first 4 GiB are reached; SeaBIOS puts it at the end of RAM, on pc up to 3.5 GiB */
		machine_guid = address <= UINT32_MAX - 15
				       ? (const volatile uint8_t *)(uintptr_t)address
				       : SB_VMGENID_BEYOND;
}

/* microvm. On pc and q35 nothing is at the first slot, and the others are left alone. */
static void machine_find_rng_slot(void)
{
	uintptr_t slot;

	for (slot = SLOT_FIRST;
	     slot < SLOT_FIRST + SLOTS * SLOT_SIZE && sb_io_read32(slot) == SLOT_MAGIC;
	     slot += SLOT_SIZE) {
		if (sb_io_read32(slot + 8) == SB_VIRTIO_ENTROPY) {
			machine_rng.transport = sb_io_read32(slot + 4) == 1 ? &sb_virtio_mmio_legacy
									    : &sb_virtio_mmio;
			machine_rng.at = (void *)slot;
			return;
		}
	}
}

/* pc and q35. */
static void machine_find_rng_pci(void)
{
	uint32_t function = board_pci_present()
				    ? sb_pci_find(&board_pci, 0, sb_virtio_pci_is_entropy)
				    : SB_PCI_NOWHERE;

	if (function == SB_PCI_NOWHERE)
		return;
	machine_rng.transport = sb_virtio_pci_open(&machine_rng_pci, &board_pci, function);
	machine_rng.pages = &machine_rng_pages;
	if (machine_rng.transport)
		machine_rng.at = &machine_rng_pci;
}

_Noreturn void board_start(void)
{
	board_trap_init();
	machine_find_guid();
	machine_find_rng_slot();
	if (!machine_rng.at)
		machine_find_rng_pci();
	board_exit(main());
}

static int machine_epoch(uint8_t id[16])
{
	return sb_vmgenid_read(machine_guid, id);
}

static uint8_t machine_distrust(void)
{
	return sb_x86_distrust(&machine_cpu);
}

static const struct sb_source machine_sources[] = {
	SB_X86_RDSEED(&machine_cpu),
	SB_X86_RDRAND(&machine_cpu),
	SB_VIRTIO_RNG(&machine_rng),
};

/* One CPU, interrupts off: neither enter nor leave. */
const struct sb_hal sb_platform = {
	.cycles = sb_x86_tsc,
	.cycle_bits = 64,
	.epoch = machine_epoch,
	.distrust = machine_distrust,
	.loop = &board_loop,
	.sources = machine_sources,
	.source_count = sizeof(machine_sources) / sizeof(machine_sources[0]),
};
