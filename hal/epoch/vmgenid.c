/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_vmgenid.h"

int sb_vmgenid_read(const volatile uint8_t *guid, uint8_t id[16])
{
	if (!guid)
		return SB_ENODEV;
	if (guid == SB_VMGENID_BEYOND)
		return SB_EIO;
	/* No lock is needed: no CPU of the guest runs while the id is
	   rewritten. A torn copy would differ as well. */
	for (unsigned i = 0; i < 16; i++)
		id[i] = guid[i];
	return SB_OK;
}
SB_OWN(sb_vmgenid_read);
