/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table of sources is not checked at run time. tools/provenance checks that
 * of the image. A table that is made at run time is never checked.
 */
#include "core.h"

int sb_table_check(const struct sb_hal *hal)
{
	(void)hal;
	return SB_OK;
}
SB_OWN(sb_table_check);
SB_MARK(sb_without_table_, sb_table_check);
