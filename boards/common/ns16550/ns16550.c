/* SPDX-License-Identifier: BSD-2-Clause */
#include "ns16550.h"
#include "io.h"

/* National Semiconductor PC16550D, table II. */
#define NS16550_DATA 0
#define NS16550_STATUS 5
#define NS16550_EMPTY 0x20u
#define NS16550_POLLS 100000u /* a byte takes 87 us at 115200 baud */

void ns16550_write(uintptr_t base, const char *text, size_t len)
{
	while (len--) {
		for (uint32_t polls = 0;
		     polls < NS16550_POLLS && !(sb_io_read8(base + NS16550_STATUS) & NS16550_EMPTY);
		     polls++)
			sb_io_relax();
		sb_io_write8(base + NS16550_DATA, (uint8_t)*text++);
	}
}
