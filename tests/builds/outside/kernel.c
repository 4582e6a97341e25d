/* SPDX-License-Identifier: BSD-2-Clause */
#include "kernel.h"

/* start.S */
#define KERNEL_RAM 0xffffffff80000000
/* Physical 0 would be here. The map begins at 3 GiB. */
#define KERNEL_DEVICES 0xfffffffe80000000

/*
 * The local APIC, Intel SDM volume 3, chapter 11: its registers, and its timer,
 * which is QEMU's 1 GHz divided by 16.
 */
#define KERNEL_APIC 0xfee00000u
#define APIC_EOI 0x0b0
#define APIC_SPURIOUS 0x0f0
#define APIC_TIMER 0x320
#define APIC_TIMER_PERIODIC 0x20000u
#define APIC_INITIAL 0x380
#define APIC_DIVIDE 0x3e0
#define APIC_DIVIDE_16 3u
#define APIC_MILLISECOND 62500u
#define KERNEL_VECTOR 32

struct kernel_gate {
	uint16_t low, segment, flags, middle;
	uint32_t high, zero;
};
extern const uint8_t kernel_vector[];
void kernel_tick(void);
void kernel_main(void);

static struct kernel_gate kernel_gates[KERNEL_VECTOR + 1];
static volatile uint64_t kernel_count;
static void (*kernel_call)(uint32_t);

static void kernel_out8(uint16_t port, uint8_t value)
{
	__asm__ volatile("outb %0, %1" : : "a"(value), "Nd"(port));
}

static void kernel_apic(unsigned at, uint32_t value)
{
	volatile uint32_t *apic = kernel_device(KERNEL_APIC);

	apic[at / sizeof *apic] = value;
}

void kernel_tick(void)
{
	kernel_count++;
	if (kernel_call)
		kernel_call((uint32_t)kernel_count);
	kernel_apic(APIC_EOI, 0);
}

uint64_t kernel_ticks(void)
{
	return kernel_count;
}

void kernel_sleep(void)
{
	__asm__ volatile("hlt" : : : "memory");
}

void kernel_on_tick(void (*call)(uint32_t))
{
	kernel_call = call;
}

uint64_t kernel_physical(const volatile void *at)
{
	return (uintptr_t)at - KERNEL_RAM;
}

void *kernel_device(uint32_t physical)
{
	return (void *)(KERNEL_DEVICES + physical);
}

void kernel_print(const char *text, size_t len)
{
	while (len--)
		kernel_out8(0x3f8, (uint8_t)*text++); /* QEMU's UART is never full */
}

_Noreturn void kernel_stop(int code)
{
	kernel_out8(0xf4, (uint8_t)code);
	for (;;)
		__asm__ volatile("cli; hlt");
}

void kernel_main(void)
{
	uint64_t vector = (uintptr_t)kernel_vector;
	struct {
		uint8_t pad[6];
		uint16_t limit;
		uint64_t base;
	} table = { .limit = sizeof kernel_gates - 1, .base = (uintptr_t)kernel_gates };

	kernel_gates[KERNEL_VECTOR] =
		(struct kernel_gate){ (uint16_t)vector,         8, 0x8e00, (uint16_t)(vector >> 16),
				      (uint32_t)(vector >> 32), 0 };
	__asm__ volatile("lidt %0" : : "m"(table.limit), "m"(table), "m"(kernel_gates));
	kernel_out8(0x21, 0xff); /* no interrupts from the old controllers */
	kernel_out8(0xa1, 0xff);
	kernel_apic(APIC_SPURIOUS, 0x1ff);
	kernel_apic(APIC_DIVIDE, APIC_DIVIDE_16);
	kernel_apic(APIC_TIMER, APIC_TIMER_PERIODIC | KERNEL_VECTOR);
	kernel_apic(APIC_INITIAL, APIC_MILLISECOND);
	__asm__ volatile("sti");
	kernel_stop(kernel_task());
}
