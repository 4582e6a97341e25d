# SPDX-License-Identifier: BSD-2-Clause
# No instruction is assumed: this machine, where its ISA has no folder here.
ISA_CFLAGS_host :=
ISA_LIBC_host := system
