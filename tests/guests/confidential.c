/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One program on plain and on confidential machines. They differ only in the
 * facts that a board passes to the driver. On plain machines the sources of the
 * host count. On the others they are mixed and never count. The devices and the
 * instructions are those of the board, which must have both. Status: 0 all
 * passed; 2 a check failed.
 */
#include <string.h>
#include "board.h"
#include "checks.h"
#include "confidential.h"
#include "print.h"
#include "ready.h"

static struct seedbed confidential_bed;
static struct sb_source confidential_sources[SEEDBED_SOURCES_MAX];
static struct sb_hal confidential_hal;

/* The sum over the sources that have a flag, but for times. */
struct confidential_sum {
	uint32_t bits, bytes;
	int present, distrusted;
};

static struct confidential_sum confidential_sum(unsigned flag)
{
	struct confidential_sum sum = { 0, 0, 0, 1 };
	struct seedbed_report report;

	for (size_t i = 0; seedbed_inspect(&confidential_bed, i, &report) == SB_OK; i++) {
		if ((report.flags & (flag | SB_TIMING)) != flag || report.state == SEEDBED_ABSENT)
			continue;
		sum.present = 1;
		sum.bits += report.bits;
		sum.bytes += report.bytes;
		/* What is credited on no machine says nothing of distrust. */
		if (confidential_sources[i].credit && report.state != SEEDBED_USED_UP &&
		    (report.reason != SEEDBED_DISTRUSTED || report.credit))
			sum.distrusted = 0;
	}
	return sum;
}

/*
 * The board's platform on machine i: the same devices, with a CPU that says
 * what that machine would say.
 */
static void confidential_build(size_t i, int instruction)
{
	void *cpu = confidential_become(i, instruction);

	confidential_hal = sb_platform;
	memcpy(confidential_sources, sb_platform.sources,
	       sb_platform.source_count * sizeof *confidential_sources);
	for (size_t s = 0; s < sb_platform.source_count; s++)
		if ((confidential_sources[s].driver->flags & (SB_LOCAL | SB_TIMING)) == SB_LOCAL)
			confidential_sources[s].ctx = cpu;
	confidential_hal.sources = confidential_sources;
	confidential_hal.distrust = confidential_distrust;
}

static int confidential_gather(void)
{
	return seedbed_init(&confidential_bed, &confidential_hal) == SB_OK
		       ? ready_rounds(&confidential_bed)
		       : SB_EINVAL;
}

static int confidential_serves(void)
{
	uint8_t bytes[32] = { 0 }, zeros[32] = { 0 };

	return seedbed_read(&confidential_bed, bytes, sizeof bytes) == SB_OK &&
	       memcmp(bytes, zeros, sizeof zeros) != 0;
}

static int confidential_refuses(void)
{
	uint8_t bytes[32] = { 0xa5 }, zeros[32] = { 0 };
	struct seedbed_status status = seedbed_status(&confidential_bed);

	return status.state == SEEDBED_GATHERING && status.reason == SEEDBED_NO_SOURCE &&
	       status.bits == 0 && seedbed_read(&confidential_bed, bytes, sizeof bytes) < 0 &&
	       memcmp(bytes, zeros, sizeof zeros) == 0;
}

static void confidential_plain(size_t i)
{
	struct confidential_sum host;

	confidential_build(i, 0);
	checks_say("without the instruction it is ready",
		   confidential_gather() == SB_OK && confidential_serves());
	host = confidential_sum(SB_HOST);
	checks_say("and the host made it so",
		   host.bits >= SEEDBED_FIRST_BITS && !confidential_sum(SB_LOCAL).present);
	seedbed_wipe(&confidential_bed);
}

static void confidential_guest(size_t i)
{
	struct confidential_sum host;

	confidential_build(i, 1);
	checks_say("the instruction alone makes it ready",
		   confidential_gather() == SB_OK && confidential_serves());
	host = confidential_sum(SB_HOST);
	checks_say("the host is mixed", host.bytes >= 32);
	checks_say("and not counted, and says why", host.bits == 0 && host.distrusted);
	checks_say("the instruction is", confidential_sum(SB_LOCAL).bits >= SEEDBED_FIRST_BITS);
	seedbed_wipe(&confidential_bed);

	confidential_build(i, 0);
	checks_say("without the instruction it is refused",
		   confidential_gather() == SB_EIO && confidential_refuses());
	host = confidential_sum(SB_HOST);
	checks_say("and the host says why", host.present && host.bits == 0 && host.distrusted);
	seedbed_wipe(&confidential_bed);
}

int main(void)
{
	checks_say("this board asks, and this machine is plain",
		   sb_platform.distrust && !(sb_platform.distrust() & SB_HOST));
	for (size_t i = 0; i < confidential_count; i++) {
		const struct confidential_machine *machine = &confidential_machines[i];

		confidential_become(i, 1);
		checks_say(machine->name, confidential_distrust() == machine->distrust);
		if (machine->distrust & SB_HOST)
			confidential_guest(i);
		else
			confidential_plain(i);
	}
	return checks_end() ? 2 : 0;
}
