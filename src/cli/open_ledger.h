/* The ledger that a command is about, who acts, what is meant by "as known": what the commands of ledgers begin with. Everything here tells on standard error what is wrong, and
 * answers its code. */
#ifndef CLI_OPEN_LEDGER_H
#define CLI_OPEN_LEDGER_H

#include "cli/command.h"
#include "ledger/ledger.h"

/* Where the ledger is whose database the command names, as the options say (--ledger-id, --key, --wait). */
struct ledger_place ledger_place_of(const struct invocation *invocation, const char *address);

/* Opens it for reading, for appending; closed with the invocation's arena. */
MUST_USE baton_code open_reader(struct invocation *invocation, const char *address,
                                struct ledger_reader **out);
MUST_USE baton_code open_appender_at(struct baton_arena *arena, const struct ledger_place *place,
                                     struct ledger **out, struct baton_findings *found);
MUST_USE baton_code open_appender(struct invocation *invocation, const char *address,
                                  struct ledger **out);

/* Tells what the reader answered, unless that is BATON_OK. */
baton_code refuse_reader(struct invocation *invocation, struct ledger_reader *reader,
                         baton_code code);

/* Who acts: --as, else BATON_USER. */
MUST_USE baton_code who_acts(struct invocation *invocation, const char **out);

/* How many entries count: those that --known says, a date (to its end, by the clocks of China) or the number of the last one; else all. */
MUST_USE baton_code known_as_asked(struct invocation *invocation, struct ledger_reader *reader,
                                   uint64_t *out);

/* The assessment that is meant: --assessment, else the only one that no other one reads or succeeds. */
MUST_USE baton_code which_assessment(struct invocation *invocation, struct ledger_reader *reader,
                                     const char **out);

/* A number of a fact, as people write it: "17". NUMBER_BAD. */
MUST_USE baton_code read_number(struct invocation *invocation, const char *text, uint64_t *out);

/* A fact of a submission with its fields in order, so that body_text finds them. */
struct fact_body stored_in_order(struct baton_arena *arena, const struct fact_body *fact);

/* Prints a line for each fact of a submission that was accepted: number, what it says, the beginning of its receipt. */
void tell_stored(struct invocation *invocation, const struct submission *submission);
/* The same of facts that say the same with names in place of ids: shown[submission->count]. */
void tell_stored_as(struct invocation *invocation, const struct submission *submission,
                    const struct fact_body *shown);

/* Writes a text to --output, else prints it. */
MUST_USE baton_code put_text(struct invocation *invocation, const char *text);

#endif
