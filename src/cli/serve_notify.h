/* What systemd is told of a service of Type=notify (sd_notify(3)): a text to the socket that NOTIFY_SOCKET names. */
#ifndef CLI_SERVE_NOTIFY_H
#define CLI_SERVE_NOTIFY_H

#include <stdint.h>

/* "READY=1", "STOPPING=1", "WATCHDOG=1". Does nothing where nobody wants to know; never waits. */
void serve_notify(const char *state);

/* How often it wants to hear WATCHDOG=1, in milliseconds: half of the time after which it gives the service up. 0 = it does not. */
uint32_t serve_watchdog_ms(void);

#endif
