/* SPDX-License-Identifier: BSD-2-Clause */
#include "pl011.h"
#include "io.h"

/*
 * PrimeCell UART PL011, DDI 0183, section 3.3. SBSA's generic UART is the same
 * here.
 */
#define PL011_DATA 0x00
#define PL011_FLAGS 0x18
#define PL011_FULL 0x20u
#define PL011_POLLS 100000u /* a byte takes 87 us at 115200 baud */

void pl011_write(uintptr_t base, const char *text, size_t len)
{
	while (len--) {
		for (uint32_t polls = 0;
		     polls < PL011_POLLS && sb_io_read32(base + PL011_FLAGS) & PL011_FULL; polls++)
			sb_io_relax();
		sb_io_write32(base + PL011_DATA, (uint8_t)*text++);
	}
}
