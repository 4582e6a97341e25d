/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A buffer in front of an instance. Each read goes into the instance, so its
 * seal is checked, and no other call changes it meanwhile.
 */
#include "core.h"
#include "instance.h"
#include "seedbed_buffer.h"

/* What is longer would empty the buffer in a few reads. */
#define BUFFER_READ_MAX 128
/* The bytes in front, which become the number of a batch. */
#define BUFFER_BATCH (sizeof((struct seedbed_buffer *)0)->bytes - SEEDBED_BUFFER_BYTES)

/* No bytes are left. The sum of the two counts is wrong, so it is filled. */
static void buffer_erase(struct seedbed_buffer *b)
{
	b->left = b->taken = 0;
	b->batch = 0;
	sb_wipe(b->bytes, sizeof b->bytes);
}

static int buffer_enter(struct seedbed_buffer *b)
{
	uintptr_t mark = b->mark;

	if (mark == ~(uintptr_t)b)
		return SB_EAGAIN;
	if (mark && mark != (uintptr_t)b)
		return SB_EIO;
	b->mark = ~(uintptr_t)b;
	sb_barrier();
	return SB_OK;
}

static int buffer_leave(struct seedbed_buffer *b, int result)
{
	if (b->wiped) /* before the store to mark, and again behind it */
		result = SB_EIO;
	sb_barrier();
	b->mark = (uintptr_t)b;
	if (b->wiped)
		seedbed_buffer_wipe(b);
	return result;
}

/*
 * An instance forgets its batch with each new key and each alarm. The next
 * buffer that is filled names a new one, by keystream, so that none comes twice
 * in the lives of that memory.
 */
static void buffer_filled(struct seedbed_buffer *b, struct seedbed *s)
{
	if (!s->batch)
		s->batch = sb_load32(b->bytes) | 1;
	sb_wipe(b->bytes, BUFFER_BATCH);
	b->batch = s->batch;
	b->taken = BUFFER_BATCH;
	b->left = SEEDBED_BUFFER_BYTES;
}

static int buffer_holds(const struct seedbed_buffer *b, const struct seedbed *s, size_t len)
{
	return b->batch == s->batch && (size_t)b->left + b->taken == sizeof b->bytes &&
	       len <= b->left;
}

/* Where memory must be aligned, the compiler makes bytes of it. */
typedef uintptr_t __attribute__((may_alias, aligned(1))) buffer_word;

/*
 * Each byte is erased as it is handed out. By hand: two calls for 16 bytes take
 * a quarter of the time of the whole read.
 */
static void buffer_take(struct seedbed_buffer *b, uint8_t *out, size_t len)
{
	uint8_t *from = b->bytes + b->taken;
	size_t i = 0;

	for (; len - i >= sizeof(uintptr_t); i += sizeof(uintptr_t)) {
		*(buffer_word *)(out + i) = *(buffer_word *)(from + i);
		*(buffer_word *)(from + i) = 0;
	}
	for (; i < len; i++) {
		out[i] = from[i];
		from[i] = 0;
	}
	b->taken = (uint16_t)(b->taken + len);
	b->left = (uint16_t)(b->left - len);
}

/* Where there is no epoch, not even a call. */
static int buffer_epoch(struct seedbed *s)
{
	return s->hal->epoch ? sb_gather_epoch(s) : SB_OK;
}

/* From what is held. SB_EAGAIN: not enough, or no longer good. */
static int buffer_serve(struct seedbed_buffer *b, struct seedbed *s, uint8_t *out, size_t len)
{
	if (buffer_epoch(s) != SB_OK || !buffer_holds(b, s, len))
		return SB_EAGAIN;
	buffer_take(b, out, len);
	s->served++;
	return buffer_epoch(s);
}

/*
 * As sb_out, where no word changed that the seal sums up. A bit of them that
 * turned over meanwhile is still noticed.
 */
static int buffer_out(struct seedbed *s, uintptr_t mark)
{
	if (s->wiped)
		return sb_out(s, SB_EIO);
	sb_barrier();
	s->mark = mark;
	sb_barrier();
	if (s->wiped)
		seedbed_wipe(s);
	return SB_OK;
}

/*
 * A clone may be made between any two instructions here. The second try, or the
 * caller, throws away what was drawn before it.
 *
 * noinline: its frame must be dead when the stack is wiped.
 */
static __attribute__((noinline)) int buffer_renew(struct seedbed_buffer *b, struct seedbed *s,
						  uint8_t *out, size_t len)
{
	for (int tries = 0; tries < 2; tries++) {
		int result = sb_rng_read(s, b->bytes, sizeof b->bytes);

		if (result != SB_OK)
			return result;
		buffer_filled(b, s);
		buffer_take(b, out, len);
		if (buffer_epoch(s) == SB_OK)
			return SB_OK;
	}
	return SB_EAGAIN;
}

static int buffer_read(struct seedbed_buffer *b, struct seedbed *s, uint8_t *out, size_t len)
{
	uintptr_t mark = s->mark;
	int result = instance_enter(s, mark);

	if (result == SB_EAGAIN)
		return result;
	if (result == SB_OK) {
		if (buffer_serve(b, s, out, len) == SB_OK)
			result = buffer_out(s, mark);
		else
			result = sb_leave(s, buffer_renew(b, s, out, len));
	}
	if (result != SB_OK)
		buffer_erase(b);
	return result;
}

static int buffer_within(const struct seedbed_buffer *b, const void *at, size_t len)
{
	return (uintptr_t)at - (uintptr_t)b < sizeof *b || (uintptr_t)b - (uintptr_t)at < len;
}

int seedbed_buffer_read(struct seedbed_buffer *b, struct seedbed *s, void *out, size_t len)
{
	int result;

	if (!b || !sb_outside(s, out, len) || buffer_within(b, out, len))
		return SB_EINVAL;
	result = buffer_enter(b);
	if (result == SB_OK)
		result = buffer_leave(b, len > BUFFER_READ_MAX ? seedbed_read(s, out, len)
							       : buffer_read(b, s, out, len));
	if (result != SB_OK)
		memset(out, 0, len);
	return result;
}
SB_OWN(seedbed_buffer_read);

/*
 * A buffer that is entered gives nothing to an interrupt. It is left empty: its
 * mark becomes zero last.
 */
void seedbed_buffer_wipe(struct seedbed_buffer *b)
{
	uintptr_t was;

	if (!b)
		return;
	was = b->mark;
	b->mark = ~(uintptr_t)b;
	sb_barrier();
	buffer_erase(b);
	if (was == b->mark) {
		b->wiped = 1;
		return;
	}
	sb_barrier();
	b->mark = 0;
	b->wiped = 0; /* an interrupt may have wiped meanwhile */
}
SB_OWN(seedbed_buffer_wipe);
