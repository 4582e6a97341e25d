/* SPDX-License-Identifier: BSD-2-Clause */
#include "virtio_ccw.h"

/* VIRTIO 1.2 section 4.3.1: SENSE ID of a virtio device. */
#define VCCW_ID_BYTES 7u
#define VCCW_ID_TYPE 1 /* of the control unit; its model follows */
#define VCCW_ID_VIRTIO 0x3832u

#define VCCW_REVISION 2 /* section 4.3.2.1: the first with READ_STATUS */

/* Section 4.3.2.2: struct vq_info_block. */
#define VCCW_QUEUE_DESC 0
#define VCCW_QUEUE_SIZE 14
#define VCCW_QUEUE_DRIVER 16
#define VCCW_QUEUE_DEVICE 24
#define VCCW_QUEUE_BYTES 32u

/* Section 4.3.2.4: struct virtio_feature_desc, little-endian. */
#define VCCW_FEATURE_INDEX 4
#define VCCW_FEATURE_BYTES 5u

int sb_virtio_ccw_open(struct sb_virtio_ccw *at, uint32_t kind)
{
	const uint8_t *data = at->block.data;

	if (at->life == CCW_FAILED)
		at->life = CCW_READY;
	return sb_virtio_ccw_enable(at, CCW_DISABLED) && sb_virtio_ccw_enable(at, CCW_ENABLED) &&
	       sb_virtio_ccw_run(at, CCW_SENSE_ID, VCCW_ID_BYTES) == SB_OK &&
	       ccw_get16(data + VCCW_ID_TYPE) == VCCW_ID_VIRTIO && data[VCCW_ID_TYPE + 2] == kind;
}
SB_OWN(sb_virtio_ccw_open);

int sb_virtio_ccw_revise(struct sb_virtio_ccw *at, uint8_t revision)
{
	at->revision = revision;
	ccw_put16(ccw_blank(at), revision); /* with no data of its own */
	return sb_virtio_ccw_run(at, CCW_SET_REVISION, 4);
}
SB_OWN(sb_virtio_ccw_revise);

static int vccw_find(void *ctx, uint32_t kind)
{
	uint8_t revision = sb_virtio_ccw_open(ctx, kind) ? VCCW_REVISION : 0;

	for (; revision; revision--)
		if (sb_virtio_ccw_revise(ctx, revision) == SB_OK)
			return SB_OK;
	return SB_ENODEV;
}

/* 0xff: nobody answers. */
uint8_t sb_virtio_ccw_status(void *ctx)
{
	struct sb_virtio_ccw *at = ctx;

	if (at->life != CCW_READY)
		return 0xff;
	if (at->status == 0 || at->revision < VCCW_REVISION)
		return at->status;
	return sb_virtio_ccw_run(at, CCW_READ_STATUS, 1) == SB_OK ? at->block.data[0] : 0xff;
}
SB_OWN(sb_virtio_ccw_status);

/* Section 4.3.3.3: a reset is over when its command has ended. Section 4.3.2.3:
   a status that the device rejects leaves the one before. */
void sb_virtio_ccw_set_status(void *ctx, uint8_t status)
{
	struct sb_virtio_ccw *at = ctx;

	if (status == 0 && at->life == CCW_FAILED)
		at->life = CCW_READY;
	ccw_blank(at)[0] = status;
	if (sb_virtio_ccw_run(at, status ? CCW_WRITE_STATUS : CCW_RESET, status ? 1 : 0) == SB_OK)
		at->status = status;
	else if (status == 0 && at->life == CCW_READY)
		at->life = CCW_FAILED;
}
SB_OWN(sb_virtio_ccw_set_status);

uint32_t sb_virtio_ccw_offered(void *ctx, uint32_t word)
{
	struct sb_virtio_ccw *at = ctx;
	uint8_t *data = ccw_blank(at);

	data[VCCW_FEATURE_INDEX] = (uint8_t)word;
	if (sb_virtio_ccw_run(at, CCW_READ_FEATURES, VCCW_FEATURE_BYTES) != SB_OK)
		return 0;
	return (uint32_t)data[3] << 24 | (uint32_t)data[2] << 16 | (uint32_t)data[1] << 8 | data[0];
}
SB_OWN(sb_virtio_ccw_offered);

/* A device that does not take our choice has another. It is asked nothing more,
   so that no FEATURES_OK hides that. */
void sb_virtio_ccw_accept(void *ctx, uint32_t word, uint32_t bits)
{
	struct sb_virtio_ccw *at = ctx;
	uint8_t *data = ccw_blank(at);

	for (unsigned i = 0; i < 4; i++)
		data[i] = (uint8_t)(bits >> 8 * i);
	data[VCCW_FEATURE_INDEX] = (uint8_t)word;
	if (sb_virtio_ccw_run(at, CCW_WRITE_FEATURES, VCCW_FEATURE_BYTES) != SB_OK &&
	    at->life == CCW_READY)
		at->life = CCW_FAILED;
}
SB_OWN(sb_virtio_ccw_accept);

uint32_t sb_virtio_ccw_queue_size(void *ctx)
{
	struct sb_virtio_ccw *at = ctx;

	const uint8_t *data = ccw_blank(at); /* queue 0, of no size */

	return sb_virtio_ccw_run(at, CCW_READ_QUEUE, 4) == SB_OK ? ccw_get16(data + 2) : 0;
}
SB_OWN(sb_virtio_ccw_queue_size);

static int vccw_set_queue(void *ctx, const struct sb_virtio_queue *queue)
{
	struct sb_virtio_ccw *at = ctx;
	uint8_t *data = ccw_blank(at); /* with queue 0 */

	ccw_put64(data + VCCW_QUEUE_DESC, queue->descriptors);
	ccw_put16(data + VCCW_QUEUE_SIZE, queue->size);
	ccw_put64(data + VCCW_QUEUE_DRIVER, queue->available);
	ccw_put64(data + VCCW_QUEUE_DEVICE, queue->used);
	return sb_virtio_ccw_run(at, CCW_SET_QUEUE, VCCW_QUEUE_BYTES);
}

void sb_virtio_ccw_notify(void *ctx)
{
	struct sb_virtio_ccw *at = ctx;

	at->channel->notify(at->subchannel, 0);
}
SB_OWN(sb_virtio_ccw_notify);

const struct sb_virtio_transport sb_virtio_ccw = {
	.find = vccw_find,
	.status = sb_virtio_ccw_status,
	.set_status = sb_virtio_ccw_set_status,
	.offered = sb_virtio_ccw_offered,
	.accept = sb_virtio_ccw_accept,
	.queue_size = sb_virtio_ccw_queue_size,
	.set_queue = vccw_set_queue,
	.notify = sb_virtio_ccw_notify,
};
SB_OWN(sb_virtio_ccw);
