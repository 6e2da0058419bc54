/* The register of a ledger, as register and burden begin with it. */
#ifndef CLI_OPEN_REGISTER_H
#define CLI_OPEN_REGISTER_H

#include "cli/command.h"
#include "flow/register_open.h"

struct register_asked {
    struct ledger_reader *reader;
    uint64_t known;
    struct register_opened opened;
    struct register_filter filter; /* as the options say */
    int32_t today;
    int year; /* --year, else that of today */
};

/* Opens what the first operand and --known say; assessments that are not sound are told on standard error, and left out. Tells what is wrong, and answers its code. */
MUST_USE baton_code open_register(struct invocation *invocation, struct register_asked *out);

#endif
