/* SPDX-License-Identifier: BSD-2-Clause */
#include "exit_line.h"
#include "uefi.h"

#if defined(__x86_64__)
#define UEFI_RELATIVE 8u /* System V ABI, AMD64: R_X86_64_RELATIVE */
#else
#define UEFI_RELATIVE 1027u /* ELF for the Arm 64-bit Architecture: R_AARCH64_RELATIVE */
#endif

struct uefi_relocation { /* gabi: Elf64_Rela */
	uint64_t offset, info;
	uint64_t addend;
};

/* uefi.ld. Hidden, so that their addresses do not come from a table that is relocated itself. */
extern uint8_t uefi_image[] __attribute__((visibility("hidden")));
extern const struct uefi_relocation uefi_relocations[] __attribute__((visibility("hidden")));
extern const struct uefi_relocation uefi_relocations_end[] __attribute__((visibility("hidden")));

SB_UEFI_CALL sb_uefi_status uefi_start(void *image, struct sb_uefi_table *table);

const char *board_facts;
static char uefi_facts[96];
static struct sb_hook *uefi_hooks;

/* A static image that exports nothing has no others. 0: this one has. */
static int uefi_relocate(void)
{
	const struct uefi_relocation *r;

	for (r = uefi_relocations; r < uefi_relocations_end; r++) {
		if (r->info != UEFI_RELATIVE)
			return 0;
		*(uint64_t *)(void *)(uefi_image + r->offset) =
			(uint64_t)(uintptr_t)uefi_image + r->addend;
	}
	return 1;
}

static char *uefi_text(char *to, const char *text)
{
	while (*text)
		*to++ = *text++;
	return to;
}

/* Who made the firmware, as far as it is plain text that stands in a receipt, and its revision, which is the maker's own number. */
static void uefi_find_facts(const struct sb_uefi_table *table)
{
	char *at = uefi_text(uefi_facts, "firmware=\"");
	unsigned i;
	int shift;

	for (i = 0; table->vendor && table->vendor[i] && i < 48; i++) {
		uint16_t c = table->vendor[i];

		*at++ = c >= ' ' && c < 127 && c != '"' && c != '\\' ? (char)c : '?';
	}
	at = uefi_text(at, "\" revision=0x");
	for (shift = 28; shift >= 0; shift -= 4)
		*at++ = "0123456789abcdef"[table->revision >> shift & 15];
	*at = 0;
	board_facts = uefi_facts;
}

SB_UEFI_CALL sb_uefi_status uefi_start(void *image, struct sb_uefi_table *table)
{
	if (!uefi_relocate())
		return SB_UEFI_UNSUPPORTED;
	board_uefi.image = image;
	board_uefi.table = table;
	uefi_find_facts(table);
	board_find();
	sb_uefi_start(&board_uefi);
	board_exit(main());
}

void board_write(const char *text, size_t len)
{
	sb_uefi_write(&board_uefi, text, len);
}

_Noreturn void board_exit(int status)
{
	board_exit_line(status);
	for (;;)
		sb_uefi_exit(&board_uefi, status);
}

int board_event(void)
{
	return sb_uefi_event(&board_uefi);
}

static uint64_t uefi_now(void)
{
	return sb_uefi_now(&board_uefi);
}

static void uefi_wait(uint64_t deadline)
{
	sb_loop_run(uefi_hooks);
	sb_uefi_wait(&board_uefi, deadline);
}

const struct sb_loop board_loop = { .now = uefi_now, .wait = uefi_wait, .hooks = &uefi_hooks };
