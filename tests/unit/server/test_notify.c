/* Commands that are told notices: which of their ends takes one. */
#include "server/notify.h"
#include "unit/test.h"
#include <signal.h>

static const struct {
    const char *name;
    const char *command[4];
    bool is_ignored; /* SIGCHLD, so that the system throws the status away */
    bool is_taken;
    const char *error;
} cases[] = {
    {"a command that ends well", {"/bin/sh", "-c", "exit 0"}, false, true, ""},
    {"one that fails", {"/bin/sh", "-c", "exit 3"}, false, false, "it ended with 3"},
    {"one that is killed", {"/bin/sh", "-c", "kill -9 $$"}, false, false, "it ended by signal 9"},
    {"one that takes too long",
     {"/bin/sh", "-c", "sleep 60"},
     false,
     false,
     "it took too long, and was killed"},
    {"one that fails where SIGCHLD is ignored",
     {"/bin/sh", "-c", "exit 3"},
     true,
     false,
     "how it ended is not known"},
};

TEST(notify_command) {
    for (size_t i = 0; i < LENGTH(cases); i++) {
        CASE("%s", cases[i].name);
        struct baton_arena *const arena = arena_open();
        struct baton_findings found = {.arena = arena};
        const struct notify_settings settings = {.command = cases[i].command, .timeout_ms = 2000};
        struct notify *notify;
        const char *error;
        signal(SIGCHLD, cases[i].is_ignored ? SIG_IGN : SIG_DFL);
        if (CHECK_INT(notify_open(arena, &settings, &notify, &found), BATON_OK)) {
            CHECK_INT(notify_send(notify, arena, 7, "{}", &error), cases[i].is_taken);
            CHECK_TEXT(error, cases[i].error);
        }
        signal(SIGCHLD, SIG_DFL);
        arena_close(arena);
    }
}
