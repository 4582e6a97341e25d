/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lwIP as Debian has it, over adapters/lwip.h. The transaction ids of its DHCP
 * client come from seedbed, or there are none.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include "fake.h"
#include "lwip_buffered.h"
#include "lwip/dhcp.h"
#include "lwip/etharp.h"
#include "lwip/init.h"
#include "lwip/netif.h"
#include "lwip/sys.h"
#include "netif/ethernet.h"

#define LEASES 50
#define DHCP_AT (14 + 20 + 8) /* Ethernet, IPv4, UDP */

static struct netif net;
static jmp_buf asserted;
static unsigned frames, asserts, discovers;
static uint32_t ids[LEASES];

void test_lwip_assert(const char *text)
{
	(void)text;
	asserts++;
	longjmp(asserted, 1);
}

u32_t sys_now(void)
{
	return 0;
}

static err_t output(struct netif *netif, struct pbuf *frame)
{
	uint8_t bytes[DHCP_AT + 8];

	(void)netif;
	frames++;
	if (pbuf_copy_partial(frame, bytes, sizeof bytes, 0) == sizeof bytes && bytes[12] == 8 &&
	    bytes[13] == 0 && bytes[37] == 67 && bytes[DHCP_AT] == 1 && discovers < LEASES)
		memcpy(&ids[discovers++], bytes + DHCP_AT + 4, 4);
	return ERR_OK;
}

static err_t net_init(struct netif *netif)
{
	netif->output = etharp_output;
	netif->linkoutput = output;
	netif->mtu = 1500;
	netif->hwaddr_len = 6;
	netif->flags =
		NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHARP | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP;
	return (err_t)seedbed_lwip_ready();
}

static struct netif *net_add(void)
{
	memset(&net, 0, sizeof net);
	return netif_add(&net, NULL, NULL, NULL, NULL, net_init, ethernet_input);
}

static int begin(void **state)
{
	(void)state;
	seedbed_wipe(seedbed_shared());
	fake_reset();
	frames = asserts = discovers = 0;
	return 0;
}

/* The two sources of the shared instance of tests/unit/fake.c. */
static void machine(int present)
{
	fake_add(FAKE_VIRTIO)->probe = present ? SB_OK : SB_ENODEV;
	fake_add(FAKE_VIRTIO)->probe = SB_ENODEV;
}

static void leases(void)
{
	assert_ptr_equal(net_add(), &net);
	netif_set_up(&net);
	for (unsigned i = 0; i < LEASES; i++) {
		assert_int_equal(dhcp_start(&net), ERR_OK);
		dhcp_stop(&net);
	}
	assert_int_equal(discovers, LEASES);
	dhcp_cleanup(&net);
	netif_remove(&net);
}

static void every_id_is_new(void **state)
{
	(void)state;
	machine(1);
	lwip_init();
	leases();
	for (unsigned i = 0; i < LEASES; i++) {
		assert_int_not_equal(ids[i], 0);
		for (unsigned j = 0; j < i; j++)
			assert_int_not_equal(ids[i], ids[j]);
	}
	assert_int_equal(asserts, 0);
}

/*
 * Two boots with the same sources have the same generator. If the DHCP ids are
 * the same too, they come from it. net_init has lwIP's own global as its other
 * input.
 */
static void ids_are_what_seedbed_gave(void **state)
{
	uint32_t word, found = 0;

	(void)state;
	machine(1);
	leases();
	begin(state);
	machine(1);
	for (unsigned i = 0; i < 4 * LEASES; i++) {
		assert_int_equal(seedbed_random(&word, i ? sizeof word : 1),
				 SB_OK); /* the one byte of net_init */
		word = lwip_htonl(word);
		found += i > 0 && found < LEASES && memcmp(&word, &ids[found], 4) == 0;
	}
	assert_int_equal(found, LEASES);
}

static void refusal_is_lwips_own_code(void **state)
{
	(void)state;
	machine(0);
	assert_int_equal(seedbed_lwip_ready(), ERR_IF);
	assert_null(net_add());
	assert_int_equal(frames, 0);
}

static void later_is_would_block(void **state)
{
	(void)state;
	machine(1);
	fake_script(&fake.source[0], FAKE_RESULT, SB_EAGAIN);
	assert_int_equal(seedbed_lwip_ready(), ERR_WOULDBLOCK);
	assert_null(net_add());
}

/*
 * A program that does not ask first is stopped before a frame with a guessed id
 * goes out.
 */
static void unasked_it_asserts(void **state)
{
	(void)state;
	machine(0);
	if (setjmp(asserted) == 0) {
		(void)LWIP_RAND();
		fail_msg("it came back");
	}
	if (setjmp(asserted) == 0) {
		lwip_init();
		fail_msg("it came back");
	}
	assert_int_equal(asserts, 2);
	assert_int_equal(frames, 0);
}

/*
 * After a clone the program waits for a slow device, but not without a bound.
 */
static void a_clone_is_waited_for(void **state)
{
	(void)state;
	machine(1);
	fake.epoch = SB_OK;
	fake.id[0] = 1;
	assert_int_equal(seedbed_lwip_ready(), ERR_OK);
	fake.id[0] = 2;
	fake_script(&fake.source[0], FAKE_FLAP, 500);
	(void)LWIP_RAND();
	assert_int_equal(asserts, 0);
	fake.id[0] = 3;
	fake.source[0].reads = 0;
	fake_script(&fake.source[0], FAKE_RESULT, SB_EAGAIN);
	if (setjmp(asserted) == 0)
		(void)LWIP_RAND();
	assert_int_equal(asserts, 1);
	assert_in_range(fake.source[0].reads, 1000, 2000);
}

/* The first number, which finds no instance, is not of the buffer. */
static void buffered_numbers_are_new(void **state)
{
	static uint32_t numbers[400];
	unsigned reads;

	(void)state;
	machine(1);
	fake.epoch = SB_OK;
	fake.id[0] = 1;
	for (unsigned i = 0; i < 400; i++) {
		if (i == 200)
			fake.id[0] = 2;
		numbers[i] = seedbed_lwip_rand_buffered();
		for (unsigned j = 0; j < i; j++)
			assert_int_not_equal(numbers[i], numbers[j]);
	}
	reads = seedbed_shared()->served;
	(void)seedbed_lwip_rand_buffered();
	assert_int_equal(seedbed_shared()->served, reads + 1);
	assert_int_equal(fake.enters, fake.leaves);
	assert_int_equal(fake.nested, 0);
	assert_int_equal(seedbed_status(seedbed_shared()).generation, 1);
}

/* 128 numbers cost one output of the generator. */
static void buffered_numbers_are_held(void **state)
{
	uint32_t key[8];

	(void)state;
	machine(1);
	(void)seedbed_lwip_rand_buffered();
	(void)seedbed_lwip_rand_buffered();
	memcpy(key, seedbed_shared()->key, sizeof key);
	for (unsigned i = 1; i < 128; i++)
		(void)seedbed_lwip_rand_buffered();
	assert_memory_equal(seedbed_shared()->key, key, sizeof key);
	(void)seedbed_lwip_rand_buffered();
	assert_memory_not_equal(seedbed_shared()->key, key, sizeof key);
}

static void buffered_refusal_asserts(void **state)
{
	(void)state;
	machine(0);
	if (setjmp(asserted) == 0) {
		(void)seedbed_lwip_rand_buffered();
		fail_msg("it came back");
	}
	assert_int_equal(asserts, 1);
	assert_int_equal(fake.enters, fake.leaves);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(every_id_is_new, begin),
		cmocka_unit_test_setup(ids_are_what_seedbed_gave, begin),
		cmocka_unit_test_setup(refusal_is_lwips_own_code, begin),
		cmocka_unit_test_setup(later_is_would_block, begin),
		cmocka_unit_test_setup(unasked_it_asserts, begin),
		cmocka_unit_test_setup(a_clone_is_waited_for, begin),
		cmocka_unit_test_setup(buffered_numbers_are_new, begin),
		cmocka_unit_test_setup(buffered_numbers_are_held, begin),
		cmocka_unit_test_setup(buffered_refusal_asserts, begin),
	};

	return cmocka_run_group_tests_name("lwip", tests, NULL, NULL);
}
