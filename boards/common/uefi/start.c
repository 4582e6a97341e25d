/* SPDX-License-Identifier: BSD-2-Clause */
/* The entry of a UEFI application, its console, its loop and its end. */
#include "exit_line.h"
#include "hex.h"
#include "stack_guard.h"
#include "uefi.h"

#if defined(__x86_64__)
#define START_RELATIVE 8u /* System V ABI, AMD64: R_X86_64_RELATIVE */
#elif defined(__aarch64__)
/* ELF for the Arm 64-bit Architecture: R_AARCH64_RELATIVE */
#define START_RELATIVE 1027u
#else
#error "which relocation is the relative one of this ISA?"
#endif

struct start_relocation { /* gabi: Elf64_Rela */
	uint64_t offset, info;
	uint64_t addend;
};

/*
 * From uefi.ld. They are hidden, so that their addresses do not come from a
 * table that must be relocated itself.
 */
extern uint8_t uefi_image[] __attribute__((visibility("hidden")));
extern const struct start_relocation uefi_relocations[] __attribute__((visibility("hidden")));
extern const struct start_relocation uefi_relocations_end[] __attribute__((visibility("hidden")));

SB_UEFI_CALL sb_uefi_status uefi_start(void *image, struct sb_uefi_table *table);

const char *board_facts;
static char start_facts[96 + SB_EPOCH_FACTS];
static struct sb_hook *start_hooks;

/*
 * A static image that exports nothing has no other relocations. Returns 0 if it
 * has one.
 */
STACK_GUARD_NONE static int start_relocate(void)
{
	for (const struct start_relocation *r = uefi_relocations; r < uefi_relocations_end; r++) {
		if (r->info != START_RELATIVE)
			return 0;
		*(uint64_t *)(void *)(uefi_image + r->offset) =
			(uint64_t)(uintptr_t)uefi_image + r->addend;
	}
	return 1;
}

static char *start_text(char *to, const char *text)
{
	while (*text)
		*to++ = *text++;
	return to;
}

/*
 * The facts are the maker and the revision of the firmware, and the places of
 * the epoch. Characters that cannot stand in a receipt become "?". The revision
 * is the maker's own number.
 */
static void start_find_facts(const struct sb_uefi_table *table)
{
	char *at = start_text(start_facts, "firmware=\"");

	for (unsigned i = 0; table->vendor && table->vendor[i] && i < 48; i++) {
		uint16_t c = table->vendor[i];
		int plain = c >= ' ' && c < 127 && c != '"' && c != '\\';

		*at++ = plain ? (char)c : '?';
	}
	at = start_text(at, "\" revision=0x");
	hex_digits(at, 8, table->revision);
	at[8] = ' ';
	if (sb_epoch_facts(&uefi_places, at + 9) == at + 9)
		at[8] = 0;
	board_facts = start_facts;
}

STACK_GUARD_NONE SB_UEFI_CALL sb_uefi_status uefi_start(void *image, struct sb_uefi_table *table)
{
	if (!start_relocate())
		return SB_UEFI_UNSUPPORTED;
	uefi_firmware.image = image;
	uefi_firmware.table = table;
	uefi_find();
	uefi_find_epoch();
	start_find_facts(table);
	sb_uefi_start(&uefi_firmware);
	board_exit(constructors_main());
}

void board_write(const char *text, size_t len)
{
	sb_uefi_write(&uefi_firmware, text, len);
}

_Noreturn void board_exit(int status)
{
	exit_line(status);
	for (;;)
		sb_uefi_exit(&uefi_firmware, status);
}

int board_event(void)
{
	return sb_uefi_event(&uefi_firmware);
}

static uint64_t start_now(void)
{
	return sb_uefi_now(&uefi_firmware);
}

static void start_wait(uint64_t deadline)
{
	sb_loop_run(start_hooks);
	sb_uefi_wait(&uefi_firmware, deadline);
}

const struct sb_loop uefi_loop = {
	.now = start_now, .wait = start_wait, .hooks = &start_hooks, .harvest = &sb_harvest
};
