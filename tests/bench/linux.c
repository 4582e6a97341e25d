/* SPDX-License-Identifier: BSD-2-Clause */
/* Linux's generator: by its system call, and by its vDSO from Linux 6.11 on. */
#define _GNU_SOURCE
#include <elf.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "turns.h"

/* As Linux documents them: include/uapi/linux/random.h, lib/vdso/getrandom.c */
typedef ssize_t (*linux_vdso)(void *out, size_t len, unsigned flags, void *state, size_t state_len);
struct linux_params {
	uint32_t size_of_opaque_state, mmap_prot, mmap_flags, reserved[13];
};

static linux_vdso linux_getrandom;
static struct linux_params linux_params;

/* By hand, as glibc calls it from 2.41 on only. The vDSO has the table of its
   sections with it. */
static void *linux_find(const char *name)
{
	const uint8_t *at = (const uint8_t *)getauxval(AT_SYSINFO_EHDR);
	const Elf64_Ehdr *head = (const void *)at;
	const Elf64_Shdr *section = at ? (const void *)(at + head->e_shoff) : NULL;

	for (unsigned i = 0; at && i < head->e_shnum; i++) {
		const Elf64_Sym *symbol = (const void *)(at + section[i].sh_offset);
		size_t count = section[i].sh_size / sizeof *symbol;

		if (section[i].sh_type != SHT_DYNSYM)
			continue;
		const char *names = (const char *)at + section[section[i].sh_link].sh_offset;

		for (size_t j = 0; j < count; j++)
			if (!strcmp(names + symbol[j].st_name, name))
				return (void *)(uintptr_t)(at + symbol[j].st_value);
	}
	return NULL;
}

/* A state is that of one thread. */
static void *linux_state(void)
{
	static void *state;
	void *page;

	if (state)
		return state;
	page = mmap(NULL, (size_t)sysconf(_SC_PAGESIZE), (int)linux_params.mmap_prot,
		    (int)linux_params.mmap_flags, -1, 0);
	state = page == MAP_FAILED ? NULL : page;
	return state;
}

static int linux_by_vdso(void *ctx, uint8_t *out, size_t len)
{
	return linux_getrandom(out, len, 0, ctx, linux_params.size_of_opaque_state) != (ssize_t)len;
}

static int linux_by_call(void *ctx, uint8_t *out, size_t len)
{
	(void)ctx;
	return syscall(SYS_getrandom, out, len, 0) != (ssize_t)len;
}

int main(void)
{
	/* The second is its name on arm64. */
	*(void **)&linux_getrandom = linux_find("__vdso_getrandom");
	if (!linux_getrandom)
		*(void **)&linux_getrandom = linux_find("__kernel_getrandom");
	if (!linux_getrandom)
		turns_lacks("vDSO getrandom", "Linux has it from 6.11 on");
	else if (linux_getrandom(NULL, 0, 0, &linux_params, ~(size_t)0) || !linux_state())
		turns_lacks("vDSO getrandom", "this kernel gives no state for it");
	else
		turns_has("vDSO getrandom", linux_by_vdso, linux_state());
	turns_has("getrandom(2)", linux_by_call, NULL);
	return turns_serve();
}
