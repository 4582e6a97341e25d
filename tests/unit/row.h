/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One row of a table of sources, read by itself. Include it behind fake.h. What
 * the row hands over is in row_buf; behind it nothing may have been touched.
 */
#ifndef ROW_H
#define ROW_H

#include <string.h>
#include "sb_hal.h"

#define ROW_MARK 0xa5

static uint8_t row_buf[70]; /* more than a read may ask for */

static inline int row_take(const struct sb_source *row, size_t len)
{
	memset(row_buf, ROW_MARK, sizeof row_buf);
	return row->driver->read(row->ctx, row_buf, len);
}

/* Behind so many bytes nothing was touched. */
static inline int row_untouched(size_t from)
{
	for (; from < sizeof row_buf; from++)
		if (row_buf[from] != ROW_MARK)
			return 0;
	return 1;
}

/* The table of the fake machine has the row alone. */
static inline void row_alone(const struct sb_source *row)
{
	fake.table[0] = *row;
	fake.hal.source_count = 1;
}

/* How often a word stays below this frame, after a read of 9 bytes of a source
   that has no other word. It is read where it is: a copy would be found too. */
static inline unsigned row_left_on_the_stack(const struct sb_source *row,
					     const volatile uint64_t *secret)
{
	const volatile uint64_t *stack = __builtin_frame_address(0);
	unsigned found = 0;

	assert_int_equal(row_take(row, 9), 9);
	for (unsigned i = 0; i < 256; i++)
		found += *stack-- == *secret;
	return found;
}

#endif
