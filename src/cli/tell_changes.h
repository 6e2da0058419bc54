/* What facts change in scores, ranks and grades, for people. */
#ifndef CLI_TELL_CHANGES_H
#define CLI_TELL_CHANGES_H

#include "cli/command.h"
#include "flow/foresee.h"

/* Prints how many units change, and the first of them: score, rank and grade before and after. The scheme has the names of grades. */
void tell_changes(struct invocation *invocation, const struct baton_scheme *scheme,
                  struct baton_period period, const struct unit_change *change, size_t count);

/* The same of what was foreseen. */
void tell_foreseen(struct invocation *invocation, const struct foreseen *foreseen);

/* Whether something can be foreseen of a fact: it is a row of a table that is scored, or a version of a scheme. */
bool is_foreseeable(const struct fact_body *body);

/* Scores the assessment with these facts, of it as known to the reader; tells what is wrong with them. Fields in order. */
MUST_USE baton_code foresee_facts(struct invocation *invocation, struct ledger_reader *reader,
                                  const char *assessment, const struct fact_body *fact,
                                  size_t count, struct foreseen *out);

#endif
