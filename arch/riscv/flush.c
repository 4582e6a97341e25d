/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_riscv.h"

/*
 * cbo.flush, for assemblers that do not know Zicbom: Base Cache Management
 * Operation ISA Extensions 1.0, section "Cache Block Flush". A fence orders it
 * as it orders a write (section "Memory Ordering"). So the one below keeps it
 * behind the read that showed an answer; sb_io_publish keeps what tells the
 * device behind it.
 */
#define FLUSH_BLOCK(at) __asm__ volatile(".insn i 0x0f, 2, x0, %0, 2" : : "r"(at) : "memory")

void sb_riscv_flush_block(const volatile void *at)
{
	FLUSH_BLOCK(at);
}
SB_OWN(sb_riscv_flush_block);

void sb_riscv_fence(void)
{
	/* A counter is a CSR, and a read of one counts as input: Unprivileged
	   ISA 20191213, section 9.1, "CSR Access Ordering". */
	__asm__ volatile("fence iorw, iorw" : : : "memory");
}
SB_OWN(sb_riscv_fence);

void sb_riscv_flush(const volatile void *at, size_t len, size_t block)
{
	uintptr_t from = (uintptr_t)at & ~(uintptr_t)(block - 1), last = (uintptr_t)at + len - 1;

	if (!block || !len)
		return;
	sb_riscv_fence();
	FLUSH_BLOCK(from);
	/* what is left, as the last block may end where the addresses do */
	while (last - from >= block) {
		from += block;
		FLUSH_BLOCK(from);
	}
}
SB_OWN(sb_riscv_flush);
