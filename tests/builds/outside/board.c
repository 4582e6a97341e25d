/* SPDX-License-Identifier: BSD-2-Clause */
/* seedbed's port to the kernel of kernel.h, by docs/porting.md. Its one source
   does its own DMA. */
#include "board.h"
#include "io.h"
#include "kernel.h"
#include "seedbed.h"
#include "sb_virtio.h"
#include "sb_x86.h"

const char *board_facts;
int main(void);

static const struct sb_dma outside_dma = { .address = kernel_physical };
static struct sb_virtio_pages outside_pages; /* QEMU's queue has 1024 descriptors */
static struct sb_virtio_rng_state outside_rng =
	SB_VIRTIO_RNG_STATE(&sb_virtio_mmio, NULL, &outside_dma);
static const struct sb_source outside_rows[] = { SB_VIRTIO_RNG(&outside_rng) };
static struct sb_hook *outside_all;

static uint64_t outside_now(void)
{
	return kernel_ticks() * 1000000;
}

static void outside_wait(uint64_t deadline)
{
	for (sb_loop_run(outside_all); outside_now() < deadline;)
		kernel_sleep();
}

static const struct sb_loop outside_loop = { outside_now, outside_wait, &outside_all, &sb_harvest };
const struct sb_hal sb_platform = { .cycles = sb_x86_tsc,
				    .cycle_bits = 64,
				    .loop = &outside_loop,
				    .sources = outside_rows,
				    .source_count = 1 };

static void outside_tick(uint32_t number)
{
	seedbed_event(seedbed_shared(), number);
}

_Noreturn void board_exit(int status)
{
	kernel_print(
		(const char[]){ '[', 'e', 'x', 'i', 't', ' ', (char)('0' + status), ']', '\n' }, 9);
	kernel_stop(0x10 + status);
}

int kernel_task(void)
{
	outside_rng.pages = &outside_pages;
	/* The virtio-mmio slots of microvm. */
	for (uint32_t slot = 0xfeb00000; slot < 0xfeb03000 && !outside_rng.at; slot += 0x200)
		if (sb_io_read32((uintptr_t)kernel_device(slot) + 8) == SB_VIRTIO_ENTROPY)
			outside_rng.at = kernel_device(slot);
	kernel_on_tick(outside_tick);
	board_exit(main());
}
