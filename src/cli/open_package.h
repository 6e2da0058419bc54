/* A package read, linked with those that it hangs on, and scored: what check, score and explain begin with. */
#ifndef CLI_OPEN_PACKAGE_H
#define CLI_OPEN_PACKAGE_H

#include "baton/package.h"
#include "baton/score.h"
#include "cli/command.h"
#include "cli/progress.h"
#include "report/result_view.h"

struct opened {
    struct baton_package *package;
    struct baton_session *session; /* has scored the period asked for, with all ranks and notes */
    const struct baton_result *result;
    struct baton_session *predecessor; /* of the package that it succeeds; NULL = none */
    struct progress *progress;         /* still running; progress_close before anything is told */
    bool is_package; /* it could be read as a package; false = there is no scheme to speak of */
};

/* Reads the package in the folder invocation->operand[0] and scores it as the settings say (period, as_of, threads).
 * Whatever is wrong or odd is added to `found`. BATON_OK: *out is complete. Otherwise what came up to the error is there, and
 * the code is that of the first error. Everything stands in invocation->arena; session_end before the arena is closed
 * is not needed. */
MUST_USE baton_code package_open(struct invocation *invocation, bool want_origins,
                                 struct opened *out, struct baton_findings *found);

/* The same for a command that only does something with a sound package, which may also stand in a ledger (--ledger, --assessment, --known) and then is no operand: tells on standard error what is wrong, or, of
 * what is merely odd, how much there is. */
MUST_USE baton_code package_open_sound(struct invocation *invocation, bool want_origins,
                                       struct opened *out);

/* Tells of a period that was asked for and of which the package can have no figure: what comes out says little. */
void look_at_period(const struct invocation *invocation, const struct baton_package *package,
                    struct baton_findings *found);

/* The index of the unit, the group, that an option names; BATON_NONE after having told what is wrong. */
uint32_t find_unit(struct invocation *invocation, const struct baton_scheme *scheme,
                   const char *id);
uint32_t find_group(struct invocation *invocation, const struct baton_scheme *scheme,
                    const char *id);

/* The group or the unit of the view, of which the options ask for one at most; after having told what is wrong, its code. */
MUST_USE baton_code choose_part(struct invocation *invocation, struct result_view *view);

#endif
