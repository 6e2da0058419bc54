/* Results that are kept current, of assessments and periods that somebody asks for. */
#ifndef SERVER_KEPT_H
#define SERVER_KEPT_H

#include "flow/live.h"

/* The current result, until live_release, where it is one of those that are kept: of the scheme's own period (kind NONE, or by its name), and of the periods of its frequency from the first figure to the
 * last. *is_kept false = it is none of them, and *out nothing. Of an assessment that nobody asked for before it waits until all have been scored once. What live_watch answers. */
MUST_USE baton_code kept_result(struct live *live, const char *assessment,
                                struct baton_period period, struct live_result *out, bool *is_kept);

#endif
