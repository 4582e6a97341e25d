/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a keystream of x86 leaves behind. It runs twice at the same place, with
 * other keys and nonces. Behind it the dead stack and the registers are the
 * same each time, whatever the compiler did with its secrets. And the vector
 * registers, which are full before it, are zero where it may use them, and as
 * they were elsewhere.
 *
 *   leftovers KEYSTREAM [stack | registers]
 *
 * Exit 77: this CPU or system lacks it. Both compilers build this program at
 * each level. Built with tests/host/unwiped.h, it leaves out that wipe, and
 * must fail.
 */
#include <stdio.h>
#include <string.h>
#include "streams.h"
#include "sb_x86_simd.h"
#include "unwiped.h"

#define STACK_GAP 512            /* more than the painter and the reader take */
#define STACK_ABOVE 1024         /* so that all which the call writes is read */
#define STACK_DEPTH (32u * 1024) /* deeper than a body without optimisation */
#define STACK_PAINT 0xd5
#define ALONE __attribute__((noinline))

struct registers {
	uint64_t general[9]; /* those that are not a caller's */
	uint8_t vector[32][64];
};

/*
 * Fills the vector registers from `at`, calls run with the first four, and
 * stores all registers there. Those that the CPU lacks stay as they are.
 */
void leftovers_call(uint32_t key[8], const uint32_t nonce[3], uint8_t *out, size_t len,
		    void (*run)(uint32_t *, const uint32_t *, uint8_t *, size_t),
		    struct registers *at);
/* 0, 1, 2: a vector register has 16, 32, 64 bytes. */
extern uint32_t leftovers_width;
uint32_t leftovers_width;
int unwiped_stack, unwiped_registers;

#define LOW ".irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n\t"
#define ALL LOW_AND("16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31")
#define LOW_AND(more) ".irp n,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15," more "\n\t"
#define MOVE(name, sse, avx, avx512)                  \
	name ":\n\t"                                  \
	     "cmpl $1, leftovers_width(%rip)\n\t"     \
	     "ja 2f\n\t"                              \
	     "je 1f\n\t" LOW sse "\n\t.endr\n\tret\n" \
	     "1:\t" LOW avx "\n\t.endr\n\tret\n"      \
	     "2:\t" ALL avx512 "\n\t.endr\n\tret\n"
#define PLACE "72 + 64 * \\n(%rbx)"
__asm__(".text\n" MOVE("leftovers_fill", "movups " PLACE ", %xmm\\n", "vmovups " PLACE ", %ymm\\n",
		       "vmovups " PLACE ", %zmm\\n") /* */
	MOVE("leftovers_take", "movups %xmm\\n, " PLACE, "vmovups %ymm\\n, " PLACE,
	     "vmovups %zmm\\n, " PLACE) /* */
	".globl leftovers_call\n"
	"leftovers_call:\n\t"
	"push %rbx\n\t"
	"push %r12\n\t"
	"push %r13\n\t"
	"mov %r9, %rbx\n\t"
	"mov %r8, %r12\n\t"
	"call leftovers_fill\n\t"
	"xor %eax, %eax\n\t"
	"xor %r10d, %r10d\n\t"
	"xor %r11d, %r11d\n\t"
	"call *%r12\n\t"
	"mov %rax, (%rbx)\n\t"
	"mov %rcx, 8(%rbx)\n\t"
	"mov %rdx, 16(%rbx)\n\t"
	"mov %rsi, 24(%rbx)\n\t"
	"mov %rdi, 32(%rbx)\n\t"
	"mov %r8, 40(%rbx)\n\t"
	"mov %r9, 48(%rbx)\n\t"
	"mov %r10, 56(%rbx)\n\t"
	"mov %r11, 64(%rbx)\n\t"
	"call leftovers_take\n\t"
	"cmpl $0, leftovers_width(%rip)\n\t"
	"je 1f\n\t"
	"vzeroupper\n"
	"1:\tpop %r13\n\t"
	"pop %r12\n\t"
	"pop %rbx\n\t"
	"ret\n");

struct leftovers {
	struct registers registers;
	uint8_t stack[STACK_DEPTH];
};

static struct leftovers now, before;
static uint8_t out[5000];
static uint32_t key[8], nonce[3];

/* Both work downwards from below their own frame. */
ALONE static void stack_paint(void)
{
	volatile uint8_t *top =
		(volatile uint8_t *)((uintptr_t)__builtin_frame_address(0) - STACK_GAP);

	for (unsigned i = 1; i <= STACK_DEPTH; i++)
		top[-(int)i] = STACK_PAINT;
}

ALONE static void stack_read(void)
{
	volatile uint8_t *top =
		(volatile uint8_t *)((uintptr_t)__builtin_frame_address(0) - STACK_GAP);

	for (unsigned i = 1; i <= STACK_DEPTH; i++)
		now.stack[i - 1] = top[-(int)i];
}

ALONE static void called(const struct sb_keystream *entry, size_t len)
{
	uint8_t gap[STACK_ABOVE];

	__asm__ volatile("" : : "r"(gap) : "memory");
	leftovers_call(key, nonce, out, len, entry->run, &now.registers);
	__asm__ volatile("" : : "r"(gap) : "memory");
}

static uint8_t full(size_t reg, size_t byte)
{
	return (uint8_t)(reg * 64 + byte * 7 + 1);
}

/* Nothing but the secrets tells one run from another. */
static void leftovers_run(const struct sb_keystream *entry, size_t len, uint32_t secret)
{
	for (uint32_t i = 0; i < 8; i++)
		key[i] = secret += 0x9e3779b1;
	for (uint32_t i = 0; i < 3; i++)
		nonce[i] = secret += 0x85ebca77;
	for (size_t i = 0; i < 32; i++)
		for (size_t k = 0; k < 64; k++)
			now.registers.vector[i][k] = full(i, k);
	stack_paint();
	called(entry, len);
	stack_read();
}

/* 1 where the keystream leaves zeros in this byte of a vector register. */
static int zeroed(const struct sb_keystream *entry, size_t reg, size_t byte)
{
	if (entry->needs & SB_X86_AVX512)
		return 1;
	if (entry->needs & (SB_X86_AVX2 | SB_X86_VAES))
		return reg < 16;
	return reg < 16 && byte < 16;
}

static int wrong_vectors(const struct sb_keystream *entry)
{
	size_t registers = leftovers_width == 2 ? 32 : 16, bytes = (size_t)16 << leftovers_width;

	for (size_t i = 0; i < registers; i++)
		for (size_t k = 0; k < bytes; k++)
			if (now.registers.vector[i][k] != (zeroed(entry, i, k) ? 0 : full(i, k)))
				return printf("vector register %zu, byte %zu", i, k);
	return 0;
}

static int left_over(const struct sb_keystream *entry, size_t len)
{
	leftovers_run(entry, len, 1);
	before = now;
	leftovers_run(entry, len, 2);
	for (size_t i = 0; i < STACK_DEPTH; i++)
		if (now.stack[i] != before.stack[i])
			return printf("the dead stack, byte %zu", i);
	for (size_t i = 0; i < 9; i++)
		if (now.registers.general[i] != before.registers.general[i])
			return printf("general register %zu", i);
	return wrong_vectors(entry);
}

static uint32_t width_of(uint32_t facts)
{
	return facts & SB_X86_AVX512 ? 2 : facts & SB_X86_AVX2 ? 1 : 0;
}

int main(int argc, char **argv)
{
	static const size_t lengths[] = {
		0,  1,   2,   5,   15,  16,  32,  33,   64,   95,
		96, 100, 224, 225, 256, 400, 737, 1000, 4096, sizeof out
	};
	const struct sb_keystream *entry = argc > 1 ? streams_entry(streams_way(argv[1])) : NULL;

	if (!entry)
		return 2;
	unwiped_stack = argc > 2 && strcmp(argv[2], "stack") == 0;
	unwiped_registers = argc > 2 && strcmp(argv[2], "registers") == 0;
	leftovers_width = width_of(sb_keystream_facts());
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
		if (left_over(entry, lengths[i])) {
			printf(" has what %s left there, after %zu bytes\n", entry->name,
			       lengths[i]);
			return 1;
		}
	printf("%s leaves nothing\n", entry->name);
	return 0;
}
