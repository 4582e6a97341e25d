# SPDX-License-Identifier: BSD-2-Clause
# No instruction is assumed: for the host side of an ISA that has no folder of its own yet.
ISA_CFLAGS :=
