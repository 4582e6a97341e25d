/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A Solo5 guest. It asks its host for the time, for a sleep and for the
 * console. It asks for nothing that could be taken for entropy.
 */
#include <string.h>
#include "board.h"
#include "constructors.h"
#include "exit_line.h"
#include "sb_cache_timing.h"
#include "sb_seed.h"
#include "sb_solo5.h"
#include "sb_x86.h"
#include "solo5_abi.h"

/*
 * Words of the command line, like random.trust_cpu=off of Linux. They only ever
 * take credit away: from all that is the CPU's, or from all but its times.
 */
#define GUEST_DISTRUST "seedbed.distrust=cpu"
#define GUEST_DISTRUST_BUT_TIMING "seedbed.distrust=but-timing"
/* The manifest needs this device if board_event is to have an event. */
#define GUEST_DEVICE "event"
#define GUEST_STATUS_MAX 254 /* Solo5 uses the statuses from 255 on */
/* read after one wait; a packet that is left ends the next one */
#define GUEST_PACKETS 16

const char *board_facts;
static uint16_t guest_distrusted;

/*
 * The wall clock and the command line. They are not secret, so they have no
 * credit. They make two guests differ that are alike in all else.
 */
static uint8_t guest_personal[64];
static struct sb_seed_state guest_person = { .at = guest_personal };

void board_write(const char *text, size_t len)
{
	solo5_console_write(text, len);
}

_Noreturn void board_exit(int status)
{
	exit_line(status);
	solo5_exit(status < 0 || status > GUEST_STATUS_MAX ? GUEST_STATUS_MAX : status);
}

/* Whether the word is on the line, between spaces. */
static int guest_told(const char *line, const char *word)
{
	size_t len = strlen(word);

	for (; *line; line++) {
		if (strlen(line) >= len && memcmp(line, word, len) == 0 &&
		    (line[len] == ' ' || !line[len]))
			return 1;
		while (line[1] && *line != ' ')
			line++;
	}
	return 0;
}

static void guest_personalise(const char *line)
{
	uint64_t wall = solo5_clock_wall();
	size_t len = strlen(line), room = sizeof guest_personal - sizeof wall;

	memcpy(guest_personal, &wall, sizeof wall);
	memcpy(guest_personal + sizeof wall, line, len < room ? len : room);
	guest_person.len = sizeof guest_personal;
}

int solo5_app_main(const struct solo5_start_info *info)
{
	const char *line = info->cmdline ? info->cmdline : "";

	if (guest_told(line, GUEST_DISTRUST))
		guest_distrusted = SB_LOCAL;
	if (guest_told(line, GUEST_DISTRUST_BUT_TIMING))
		guest_distrusted |= SB_CONDITIONED | SB_SEED;
	guest_personalise(line);
	board_exit(constructors_main());
}

static uint64_t guest_net;
static struct solo5_net_info guest_net_info;

static void guest_drain(uint64_t handles)
{
	static uint8_t packet[1600];
	size_t len, packets = 0;

	while (handles >> guest_net & 1 && packets++ < GUEST_PACKETS &&
	       solo5_net_read(guest_net, packet, sizeof packet, &len) == 0)
		;
}

/* An ARP request (RFC 826) for 10.0.2.2, which QEMU's user network answers. */
int board_event(void)
{
	static uint8_t frame[42] = {
		255, 255, 255, 255, 255,       255, [12] = 8, 6,  0,         1, 8, 0,
		6,   4,   0,   1,   [28] = 10, 0,   2,        15, [38] = 10, 0, 2, 2
	};

	if (!sb_solo5_ready) {
		if (solo5_net_acquire(GUEST_DEVICE, &guest_net, &guest_net_info) ||
		    guest_net_info.mtu > 1500)
			return -1;
		sb_solo5_ready = guest_drain;
		memcpy(frame + 6, guest_net_info.mac_address, 6);
		memcpy(frame + 22, guest_net_info.mac_address, 6);
	}
	return solo5_net_write(guest_net, frame, sizeof frame) ? -1 : 0;
}

/* common: the keystreams of x86 define it too, where they are linked */
struct sb_x86_leaves x86_leaves __attribute__((common));
static const struct sb_x86_cpu guest_cpu = { .cpuid = sb_x86_cpuid, .leaves = &x86_leaves };

/* It cannot read SEV_STATUS: on a CPU that has SEV it takes itself for such a
   guest. */
static uint16_t guest_distrust(void)
{
	return guest_distrusted | sb_x86_distrust(&guest_cpu);
}

static int guest_flushes(void)
{
	return sb_x86_flushes(&guest_cpu);
}

static struct sb_cache_timing_area guest_lines;
static struct sb_cache_timing_state guest_times = { .able = guest_flushes,
						    SB_X86_CACHE_TIMING,
						    .area = &guest_lines };

static const struct sb_source guest_sources[] = {
	SB_X86_RDSEED(&guest_cpu), SB_X86_RDRAND(&guest_cpu), SB_SEED_AS(&guest_person, 0),
	SB_CACHE_TIMING_AS(&guest_times, 85), /* docs/evidence/solo5-x86_64 */
};

const struct sb_hal sb_platform = {
	.cycles = sb_x86_tsc,
	.cycle_bits = 64,
	.distrust = guest_distrust,
	.loop = &sb_solo5_loop,
	.sources = guest_sources,
	.source_count = sizeof guest_sources / sizeof guest_sources[0],
};
