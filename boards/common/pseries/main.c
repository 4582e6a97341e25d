/* SPDX-License-Identifier: BSD-2-Clause */
/* From the firmware to the program: what the device tree says. */
#include "constructors.h"
#include "pseries.h"

#define MAIN_TEXTS 1024u
#define MAIN_FEATURES 256u

const char *board_facts;
struct sb_power_cpu pseries_cpu = { .msr = sb_power_msr };
struct sb_papr pseries_papr = { .call = sb_power_hcall };

/* The texts of LoPAR, or a node of QEMU's. */
static int main_has_random(uint32_t rtas)
{
	static char texts[MAIN_TEXTS];
	int len = pseries_property(rtas, "ibm,hypertas-functions", texts, sizeof texts);
	uint32_t node = pseries_node("/ibm,platform-facilities/ibm,random-v1");

	if (sb_papr_lists(texts, (size_t)len, "hcall-random"))
		return 1;
	len = pseries_property(node, "compatible", texts, sizeof texts);
	return sb_papr_lists(texts, (size_t)len, "ibm,random");
}

static int main_has_darn(uint32_t cpu)
{
	static uint8_t features[MAIN_FEATURES];
	int len = pseries_property(cpu, "ibm,pa-features", features, sizeof features);

	return sb_papr_has_darn(features, (size_t)len);
}

/*
 * /chosen/rng-seed is left alone. It cannot be erased through this interface,
 * and 256 bits are fewer than a first output needs.
 */
_Noreturn void pseries_main(uint32_t firmware)
{
	uint32_t rtas, cpu, hz, server;

	pseries_tree_start(firmware);
	rtas = pseries_node("/rtas");
	cpu = pseries_child(pseries_node("/cpus"));
	pseries_console_start(
		pseries_cell(pseries_instance(pseries_cell(pseries_node("/chosen"), "stdout")),
			     "reg"),
		pseries_cell(rtas, "power-off"));
	pseries_papr.told = (uint8_t)main_has_random(rtas);
	pseries_cpu.darn = (uint8_t)main_has_darn(cpu);
	hz = pseries_cell(cpu, "timebase-frequency");
	server = pseries_cell(cpu, "ibm,ppc-interrupt-server#s");
	pseries_tree_end();
	pseries_trap_start();
	pseries_timer_start(hz, server);
	board_exit(constructors_main());
}
