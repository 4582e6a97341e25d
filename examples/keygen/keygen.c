/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The demo, and an example of any dependent. It prints the receipt, then makes
 * three keys and prints them as PEM. Everything that reads the console has the
 * keys, so they must not be used.
 *
 * Status: 0 three keys; 1 refused, no key was made ("verdict refused"); 2 a key
 * could not be made.
 */
#include "board.h"
#include "keys.h"
#include "print.h"
#include "receipt.h"
#include "seedbed_bearssl.h"
#include "ready.h"

/*
 * A machine that is cloned during each of three tries is no place to make keys.
 */
#define KEYGEN_TRIES 3

static struct seedbed keygen_seedbed;
static unsigned char keygen_der[KEYS_DER_MAX];
static char keygen_pem[KEYS_DER_MAX * 3 / 2];

static uint64_t keygen_now(void)
{
	return sb_platform.loop ? sb_platform.loop->now() : 0;
}

static size_t keygen_try(size_t (*make)(const br_prng_class **, unsigned char *))
{
	struct seedbed_bearssl operation;
	size_t len = 0;
	int result = ready_rounds(&keygen_seedbed);

	if (result == SB_OK)
		result = seedbed_bearssl_start(&operation, &keygen_seedbed);
	if (result != SB_OK)
		return 0;
	len = make(seedbed_bearssl_prng(&operation), keygen_der);
	result = seedbed_bearssl_finish(&operation);
	if (result == SB_OK)
		return len;
	print_text("discarded: the same key may exist on a clone of this machine\n");
	seedbed_bearssl_wipe(keygen_der, sizeof keygen_der);
	return 0;
}

static void keygen_pem_print(size_t len)
{
	size_t chars = br_pem_encode(NULL, keygen_der, len, "PRIVATE KEY", BR_PEM_LINE64);

	if (chars < sizeof keygen_pem) {
		br_pem_encode(keygen_pem, keygen_der, len, "PRIVATE KEY", BR_PEM_LINE64);
		board_write(keygen_pem, chars);
	}
	seedbed_bearssl_wipe(keygen_pem, sizeof keygen_pem);
	seedbed_bearssl_wipe(keygen_der, sizeof keygen_der);
}

/*
 * Prints two lines, "making NAME at=SECONDS" and "key NAME seconds=SECONDS",
 * then the PEM block. Returns 1 if the key was made.
 */
static int keygen_make(const char *name, size_t (*make)(const br_prng_class **, unsigned char *))
{
	uint64_t begin = keygen_now();
	size_t len = 0;

	print_text("making ");
	print_text(name);
	print_text(" at=");
	print_seconds(begin);
	print_text("\n");
	for (int i = 0; i < KEYGEN_TRIES && len == 0; i++)
		len = keygen_try(make);
	print_text(len ? "key " : "no key ");
	print_text(name);
	print_text(" seconds=");
	print_seconds(keygen_now() - begin);
	print_text("\n");
	if (len)
		keygen_pem_print(len);
	return len != 0;
}

int main(void)
{
	int started = ready_start(&keygen_seedbed), result = ready_rounds(&keygen_seedbed), made;

	if (receipt_print(&keygen_seedbed, started) != SB_OK || result != SB_OK)
		return 1;
	made = keygen_make("x25519", keys_x25519) + keygen_make("p-256", keys_p256) +
	       keygen_make("rsa-2048", keys_rsa2048);
	seedbed_wipe(&keygen_seedbed);
	return made == 3 ? 0 : 2;
}
