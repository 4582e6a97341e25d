/* SPDX-License-Identifier: BSD-2-Clause */
/* The firmware on QEMU's virt: its start, its traps, its end. */
#include "firmware.h"

#define MAIN_UART 0x09000000u
#define MAIN_CLASS 26 /* ESR: its lowest bit */
#define MAIN_CLASS_HVC32 0x12u
#define MAIN_CLASS_SMC32 0x13u
#define MAIN_CLASS_HVC 0x16u
#define MAIN_CLASS_SMC 0x17u
#define MAIN_CLASS_REGISTER 0x18u
/* ESR of a trapped MRS without its Rt: op0 3, op1 0, CRn 0, CRm 6, op2 0 */
#define MAIN_ISAR0 0x30000cu
#define MAIN_ISS_REGISTER 0x3ffc1eu
#define MAIN_ISAR0_RNDR 0xf000000000000000u

static struct serve main_server;

/* Called by entry.S. */
uint32_t main_start(void);
void main_trap(uint64_t reg[31], uint64_t syndrome, uint64_t *at);

static void main_random(uint64_t *word)
{
	uint64_t valid;

	do /* RNDR */
		__asm__ volatile("mrs %0, s3_3_c2_c4_0\n\tcset %1, ne"
				 : "=r"(*word), "=r"(valid)
				 :
				 : "cc");
	while (!valid);
}

static _Noreturn void main_end(void)
{
	static const uint64_t block[2] = { 0x20026, 3 };
	register uint64_t x0 __asm__("x0") = 0x18;
	register const void *x1 __asm__("x1") = block;

	for (const char *text = "firmware: a call that it does not know\n"; *text; text++)
		*(volatile uint32_t *)MAIN_UART = (uint8_t)*text;
	for (;;)
		__asm__ volatile("hlt #0xf000" : "+r"(x0) : "r"(x1) : "memory");
}

/* Returns the word, for entry.S. */
uint32_t main_start(void)
{
	uint32_t word = *(volatile uint32_t *)FIRMWARE_WORD;

	main_server.kind = (enum serve_kind)(word & 0xff);
	main_server.random = main_random;
	tree_add_psci((uint8_t *)FIRMWARE_TREE, word & FIRMWARE_HVC ? "hvc" : "smc");
	return word;
}

/* An ID register of EL1 that EL2 keeps to itself, to hide RNDR. */
static void main_register(uint64_t reg[31], uint64_t syndrome, uint64_t *at)
{
	uint64_t value;

	if ((syndrome & MAIN_ISS_REGISTER) != MAIN_ISAR0)
		main_end();
	__asm__("mrs %0, id_aa64isar0_el1" : "=r"(value));
	if ((syndrome >> 5 & 31) < 31)
		reg[syndrome >> 5 & 31] = value & ~MAIN_ISAR0_RNDR;
	*at += 4;
}

void main_trap(uint64_t reg[31], uint64_t syndrome, uint64_t *at)
{
	uint32_t class = (uint32_t)(syndrome >> MAIN_CLASS);
	int hvc = class == MAIN_CLASS_HVC || class == MAIN_CLASS_HVC32;
	int smc = class == MAIN_CLASS_SMC || class == MAIN_CLASS_SMC32;
	int by_hvc = (*(volatile uint32_t *)FIRMWARE_WORD & FIRMWARE_HVC) != 0;

	if (class == MAIN_CLASS_REGISTER)
		main_register(reg, syndrome, at);
	else if ((!hvc && !smc) || hvc != by_hvc || !serve(&main_server, reg))
		main_end();
}
