/* SPDX-License-Identifier: BSD-2-Clause */
#include "io.h"
#include "sb_trng_nrf51.h"

/* nRF51 Series Reference Manual 3.0, chapter RNG, register overview. */
#define TRNG_NRF51_TASKS_START 0x000
#define TRNG_NRF51_TASKS_STOP 0x004
#define TRNG_NRF51_EVENTS_VALRDY 0x100
#define TRNG_NRF51_SHORTS 0x200
#define TRNG_NRF51_CONFIG 0x504
#define TRNG_NRF51_CONFIG_DERCEN 1u
#define TRNG_NRF51_VALUE 0x508

static uintptr_t trng_nrf51_base(const void *ctx)
{
	return ((const struct sb_trng_nrf51_state *)ctx)->base;
}

/* The event is cleared before the start: a byte from before a stop must not be
   taken for a new one. SHORTS is cleared because a boot loader may have set the
   unit up to stop after a byte. */
static int trng_nrf51_probe(void *ctx)
{
	uintptr_t base = trng_nrf51_base(ctx);

	sb_io_write32(base + TRNG_NRF51_SHORTS, 0);
	sb_io_write32(base + TRNG_NRF51_CONFIG, TRNG_NRF51_CONFIG_DERCEN);
	sb_io_write32(base + TRNG_NRF51_EVENTS_VALRDY, 0);
	sb_io_write32(base + TRNG_NRF51_TASKS_START, 1);
	return SB_OK;
}

/* The value is read first, then the event is cleared: a byte that comes in
   between is lost. The other way round it would be taken twice. */
static uint8_t trng_nrf51_take(uintptr_t base)
{
	uint8_t value = (uint8_t)sb_io_read32(base + TRNG_NRF51_VALUE);

	sb_io_write32(base + TRNG_NRF51_EVENTS_VALRDY, 0);
	return value;
}

static int trng_nrf51_read(void *ctx, uint8_t *buf, size_t len)
{
	uintptr_t base = trng_nrf51_base(ctx);
	size_t n = 0;

	for (uint32_t polls = 0; n < len && polls < SB_TRNG_NRF51_POLLS; polls++)
		if (sb_io_read32(base + TRNG_NRF51_EVENTS_VALRDY))
			buf[n++] = trng_nrf51_take(base);
	return n ? (int)n : SB_EAGAIN;
}

static void trng_nrf51_stop(void *ctx)
{
	uintptr_t base = trng_nrf51_base(ctx);

	sb_io_write32(base + TRNG_NRF51_TASKS_STOP, 1);
	sb_io_write32(base + TRNG_NRF51_EVENTS_VALRDY, 0);
}

const struct sb_driver sb_trng_nrf51 = {
	.name = "nrf51-trng",
	SB_ASSESSED(1024, 1),
	.flags = SB_NOISE,
	.probe = trng_nrf51_probe,
	.read = trng_nrf51_read,
	.stop = trng_nrf51_stop,
};
SB_DRIVER(sb_trng_nrf51);
