/* The width of the terminal, and what it is spared. */
#include "cli/terminal.h"
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_OF_FILES = 100, WIDTH_LEAST = 60, WIDTH_MOST = 1000 };

uint32_t terminal_width(const struct invocation *invocation) {
    struct winsize size;
    if (invocation->settings.width > 0)
        return invocation->settings.width;
    if (invocation->settings.output != NULL || !isatty(1) || ioctl(1, TIOCGWINSZ, &size) != 0 ||
        size.ws_col == 0)
        return WIDTH_OF_FILES;
    return size.ws_col < WIDTH_LEAST  ? WIDTH_LEAST
           : size.ws_col > WIDTH_MOST ? WIDTH_MOST
                                      : size.ws_col;
}

baton_code terminal_refuse(struct invocation *invocation) {
    return invocation->settings.output != NULL || !isatty(1)
               ? BATON_OK
               : refuse(invocation, BATON_OUTPUT_NEEDED, invocation->command->name, NULL, NULL,
                        NULL);
}
