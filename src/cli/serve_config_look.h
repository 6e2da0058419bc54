/* What `baton doctor` finds of the configuration of a server, on the machine that it runs on. */
#ifndef CLI_SERVE_CONFIG_LOOK_H
#define CLI_SERVE_CONFIG_LOOK_H

#include "cli/command.h"

/* One thing that was looked at: its name in JSON, for people, what was found, whether that is good. All live as long as the invocation. */
typedef void config_told(void *context, const char *name, const char *what, const char *value,
                         bool is_good);

/* Looks at the file and all that it names. is_served: somebody appends to the ledger, so that its server may be what has the port. */
void serve_config_look(struct invocation *invocation, const char *path, bool is_served,
                       config_told *tell, void *context);

#endif
