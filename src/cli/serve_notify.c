/* By hand, as the protocol is a datagram: no library is worth that. */
#include "cli/serve_notify.h"
#include "ledger/fact.h"
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

void serve_notify(const char *state) {
    const char *const path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (path == NULL || (path[0] != '/' && path[0] != '@') ||
        strlen(path) >= sizeof address.sun_path)
        return;
    memcpy(address.sun_path, path, strlen(path));
    if (path[0] == '@') /* a name that is no file */
        address.sun_path[0] = '\0';
    const int file = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (file < 0)
        return;
    const socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path));
    (void)!sendto(file, state, strlen(state), MSG_NOSIGNAL, (struct sockaddr *)&address, size);
    close(file);
}

uint32_t serve_watchdog_ms(void) {
    enum { SLOWEST_MS = 3600000 };
    const char *const text = getenv("WATCHDOG_USEC"), *const pid = getenv("WATCHDOG_PID");
    uint64_t us, whose;
    if (text == NULL || !fact_position(text, &us) || us < 2000)
        return 0;
    if (pid != NULL && (!fact_position(pid, &whose) || whose != (uint64_t)getpid()))
        return 0;
    return us / 2000 < SLOWEST_MS ? (uint32_t)(us / 2000) : SLOWEST_MS;
}
