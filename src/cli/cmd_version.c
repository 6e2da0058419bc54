/* `baton version`. */
#include "cli/command.h"

baton_code cmd_version(struct invocation *invocation) {
    writer_printf(invocation->out,
                  in_language(invocation, "baton %s\nassessment packages of format 1\n",
                              "baton（指挥棒）%s\n考核包格式 1\n"),
                  BATON_VERSION);
    return BATON_OK;
}
