/* SPDX-License-Identifier: BSD-2-Clause */
/* The least of lwIP that asks for a DHCP lease: no system, no sockets. */
#ifndef LWIPOPTS_H
#define LWIPOPTS_H

#define NO_SYS 1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_SOCKET 0
#define LWIP_NETCONN 0
#define LWIP_DHCP 1
#define LWIP_STATS 0
#define MEM_ALIGNMENT 8

#endif
