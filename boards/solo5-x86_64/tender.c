/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A tender of our own, so that the guest runs without Solo5. It implements the
 * calls of solo5_abi.h over Linux and is linked in the place of Solo5's
 * bindings. It is not Solo5, and no test that runs on it claims so.
 *
 * As with spt, after the start the guest can write to the console, look at the
 * clock, sleep and end. Any other system call kills it. The tender is stricter
 * than any of Solo5's: the heap, which belongs to the program, cannot be
 * touched, and the stack has an end.
 *
 *	IMAGE [--net] [--clock=stuck | --clock=back] [--unconfined] [WORD...]
 *
 * The WORDs are the guest's command line. --net adds a network device "event"
 * that gives each frame back. --clock chooses a clock that stands still or one
 * that runs backward. --unconfined is for an emulator of programs, which has no
 * seccomp: no call kills then.
 */
#include <linux/mman.h>
#include <asm/unistd.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>
#include <linux/time.h>
#include <linux/time_types.h>
#include <string.h>
#include "board.h"
#include "solo5_abi.h"

#define TENDER_HEAP 0x100000u
/* the part of the heap's end that can be touched */
#define TENDER_STACK 0x10000u
#define TENDER_GUARD 0x10000u /* behind the heap */
#define TENDER_LINE 512
#define TENDER_FRAME 1514
#define TENDER_ABSTIME 1 /* TIMER_ABSTIME of <time.h> */

enum tender_clock { TENDER_CLOCK_TRUE, TENDER_CLOCK_STUCK, TENDER_CLOCK_BACK };

static enum tender_clock tender_clock;
static uint64_t tender_begin;
static int tender_has_net, tender_unconfined;
static uint8_t tender_frame[TENDER_FRAME];
static size_t tender_frame_len;
static char tender_line[TENDER_LINE];
static struct solo5_start_info tender_info = { .cmdline = tender_line, .heap_size = TENDER_HEAP };

__attribute__((used)) _Noreturn void tender_start(const uintptr_t *stack);

static long tender_call(long number, uintptr_t a, uintptr_t b, uintptr_t c, uintptr_t d)
{
	register uintptr_t r10 __asm__("r10") = d;
	register uintptr_t r8 __asm__("r8") = 0;
	register uintptr_t r9 __asm__("r9") = 0;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "0"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}

static uint64_t tender_time(int clock)
{
	struct __kernel_timespec t = { 0 };

	(void)tender_call(__NR_clock_gettime, (uintptr_t)clock, (uintptr_t)&t, 0, 0);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

void solo5_exit(int status)
{
	for (;;)
		(void)tender_call(__NR_exit_group, (uintptr_t)status, 0, 0, 0);
}

void solo5_console_write(const char *buf, size_t size)
{
	while (size) {
		long done = tender_call(__NR_write, 1, (uintptr_t)buf, size, 0);

		if (done <= 0)
			return;
		buf += done;
		size -= (size_t)done;
	}
}

uint64_t solo5_clock_wall(void)
{
	return tender_time(CLOCK_REALTIME);
}

uint64_t solo5_clock_monotonic(void)
{
	uint64_t now = tender_time(CLOCK_MONOTONIC);

	return tender_clock == TENDER_CLOCK_TRUE    ? now
	       : tender_clock == TENDER_CLOCK_STUCK ? tender_begin
						    : 2 * tender_begin - now;
}

/*
 * If the clock will not get to the deadline, the sleep is as long as the guest
 * believes is left, or it is left out.
 */
void solo5_yield(uint64_t deadline, uint64_t *ready_set)
{
	uint64_t now = solo5_clock_monotonic(), left = deadline > now ? deadline - now : 0;
	struct __kernel_timespec t;

	if (!tender_frame_len && left) {
		left += tender_time(CLOCK_MONOTONIC);
		t.tv_sec = (long long)(left / 1000000000u);
		t.tv_nsec = (long long)(left % 1000000000u);
		(void)tender_call(__NR_clock_nanosleep, CLOCK_MONOTONIC, TENDER_ABSTIME,
				  (uintptr_t)&t, 0);
	}
	if (ready_set)
		*ready_set = tender_frame_len ? 1 : 0;
}

static int tender_is(const char *word, const char *other)
{
	return strlen(word) == strlen(other) && memcmp(word, other, strlen(other)) == 0;
}

unsigned solo5_net_acquire(const char *name, uint64_t *handle, struct solo5_net_info *info)
{
	if (!tender_has_net || !tender_is(name, "event"))
		return 2;
	*handle = 0;
	*info = (struct solo5_net_info){ .mac_address = { 2, 0, 0, 0, 0, 1 },
					 .mtu = TENDER_FRAME - 14 };
	return 0;
}

unsigned solo5_net_write(uint64_t handle, const uint8_t *buf, size_t size)
{
	if (handle || size > TENDER_FRAME)
		return 2;
	memcpy(tender_frame, buf, size);
	tender_frame_len = size;
	return 0;
}

unsigned solo5_net_read(uint64_t handle, uint8_t *buf, size_t size, size_t *read_size)
{
	if (handle || size < TENDER_FRAME)
		return 2;
	if (!tender_frame_len)
		return 1;
	memcpy(buf, tender_frame, tender_frame_len);
	*read_size = tender_frame_len;
	tender_frame_len = 0;
	return 0;
}

static _Noreturn void tender_fail(const char *why)
{
	solo5_console_write("tender: ", 8);
	solo5_console_write(why, strlen(why));
	solo5_console_write("\n", 1);
	solo5_exit(255);
}

/*
 * seccomp(2). A call that is not listed kills the process, and so does a call
 * by the numbers of another ABI.
 */
static void tender_confine(void)
{
#define TENDER_LOAD(member) \
	BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define TENDER_IS(value, yes, no) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, yes, no)
	static struct sock_filter filter[] = {
		TENDER_LOAD(arch),
		TENDER_IS(AUDIT_ARCH_X86_64, 0, 7),
		TENDER_LOAD(nr),
		TENDER_IS(__NR_clock_gettime, 6, 0),
		TENDER_IS(__NR_clock_nanosleep, 5, 0),
		TENDER_IS(__NR_exit_group, 4, 0),
		TENDER_IS(__NR_write, 0, 2),
		TENDER_LOAD(args[0]),
		TENDER_IS(1, 1, 0),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog program = { .len = sizeof filter / sizeof filter[0], .filter = filter };

	if (tender_call(__NR_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0) ||
	    tender_call(__NR_prctl, PR_SET_SECCOMP, SECCOMP_MODE_FILTER, (uintptr_t)&program, 0))
		tender_fail("this kernel has no seccomp");
}

static void tender_heap(void)
{
	long at = tender_call(__NR_mmap, 0, TENDER_HEAP + TENDER_GUARD, PROT_NONE,
			      MAP_PRIVATE | MAP_ANONYMOUS);

	if (at < 0 || tender_call(__NR_mprotect, (uintptr_t)at + TENDER_HEAP - TENDER_STACK,
				  TENDER_STACK, PROT_READ | PROT_WRITE, 0))
		tender_fail("no memory");
	tender_info.heap_start = (uintptr_t)at;
}

static void tender_option(const char *word)
{
	if (tender_is(word, "--net"))
		tender_has_net = 1;
	else if (tender_is(word, "--clock=stuck"))
		tender_clock = TENDER_CLOCK_STUCK;
	else if (tender_is(word, "--clock=back"))
		tender_clock = TENDER_CLOCK_BACK;
	else if (tender_is(word, "--unconfined"))
		tender_unconfined = 1;
	else
		tender_fail("what is this option?");
}

static void tender_word(const char *word, size_t *at)
{
	size_t len = strlen(word);

	if (*at + len + 2 > TENDER_LINE)
		tender_fail("the command line is too long");
	if (*at)
		tender_line[(*at)++] = ' ';
	memcpy(tender_line + *at, word, len);
	*at += len;
}

/* stack is as the kernel left it: argc and the words. */
_Noreturn void tender_start(const uintptr_t *stack)
{
	size_t at = 0;

	for (size_t i = 2; i <= stack[0]; i++) {
		const char *word = (const char *)stack[i];

		if (word[0] == '-' && word[1] == '-')
			tender_option(word);
		else
			tender_word(word, &at);
	}
	tender_begin = tender_time(CLOCK_MONOTONIC);
	tender_heap();
	if (!tender_unconfined)
		tender_confine();
	__asm__ volatile(
		"movq %0, %%rsp\n\txorl %%ebp, %%ebp\n\tcall *%1\n\tmovl %%eax, %%edi\n\tcall *%2"
		:
		: "r"(tender_info.heap_start + TENDER_HEAP), "r"(solo5_app_main), "b"(solo5_exit),
		  "D"(&tender_info)
		: "memory");
	__builtin_unreachable();
}

__asm__(".globl _start\n_start:\n\txorl %ebp, %ebp\n\tmovq %rsp, %rdi\n\tcall tender_start");
