/* SPDX-License-Identifier: BSD-2-Clause */
#include "virtio_ccw.h"

/* VIRTIO 1.2 section 4.3.2.2.2: struct vq_info_block_legacy. QEMU takes no
   other alignment. */
#define VCCWL_QUEUE_ALIGN 8
#define VCCWL_QUEUE_SIZE 14
#define VCCWL_QUEUE_BYTES 16u
#define VCCWL_PAGE 4096u

/* Section 4.3.2.1.3: a device that rejects the command has revision 0 too. */
static int vccwl_find(void *ctx, uint32_t kind)
{
	struct sb_virtio_ccw *at = ctx;

	if (!sb_virtio_ccw_open(at, kind))
		return SB_ENODEV;
	(void)sb_virtio_ccw_revise(at, 0);
	return at->life == CCW_READY ? SB_OK : SB_ENODEV;
}

static int vccwl_set_queue(void *ctx, const struct sb_virtio_queue *queue)
{
	struct sb_virtio_ccw *at = ctx;
	uint8_t *data = ccw_blank(at); /* with queue 0 */

	ccw_put64(data, queue->descriptors);
	ccw_put32(data + VCCWL_QUEUE_ALIGN, VCCWL_PAGE);
	ccw_put16(data + VCCWL_QUEUE_SIZE, queue->size);
	return sb_virtio_ccw_run(at, CCW_SET_QUEUE, VCCWL_QUEUE_BYTES);
}

const struct sb_virtio_transport sb_virtio_ccw_legacy = {
	.find = vccwl_find,
	.status = sb_virtio_ccw_status,
	.set_status = sb_virtio_ccw_set_status,
	.offered = sb_virtio_ccw_offered,
	.accept = sb_virtio_ccw_accept,
	.queue_size = sb_virtio_ccw_queue_size,
	.set_queue = vccwl_set_queue,
	.notify = sb_virtio_ccw_notify,
	.legacy = VCCWL_PAGE,
};
SB_OWN(sb_virtio_ccw_legacy);
