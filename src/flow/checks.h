/* What the checks of a scheme say of figures that are reported: judged by the figures in force, with the figures themselves laid over them and what else the same reporter has under way for the period.
 *
 * Besides the checks of the scheme every number is looked at for slips of magnitude (analyse/magnitude.h), which are to be justified, whatever the scheme says: CHECKS_MAGNITUDE. */
#ifndef FLOW_CHECKS_H
#define FLOW_CHECKS_H

#include "base/json.h"
#include "flow/expected.h"
#include "ledger/reader.h"

#define CHECKS_MAGNITUDE "magnitude"

/* A figure, as it is reported. */
struct checks_figure {
    const struct expectation *expectation;
    const char *value, *state, *note; /* NULL or "" = none */
    struct baton_where where;         /* for findings; zero = nowhere */
};

struct checks_wish {
    const char *assessment, *period;
    const struct expected *expected; /* everything that is ever expected (expected_all) */
    const struct checks_figure *figure;
    size_t count;
    /* Also those figures of the same reporters that are signed off or further and have a check which reads one of these: told of only where that one does not hold any more. */
    bool touches;
    /* Whether whoever asks may read a report; others are left out of account. NULL = all. */
    bool (*may_read)(void *context, const struct entry *report);
    /* Whether whoever asks may be told a figure: `one` is what is expected of it, NULL = it is not reported. NULL = every figure. */
    bool (*may_show)(void *context, const char *unit, const char *element,
                     const struct expectation *one);
    void *context;
};

/* failed     it does not hold, and nothing stands against that
 * justified  it does not hold, it may be justified, and the figure has a note
 * unjudged   something that it reads is not there: no history yet, parts that are missing */
enum checked_state { CHECKED_FAILED, CHECKED_JUSTIFIED, CHECKED_UNJUDGED };

struct checked {
    size_t figure; /* index in the wish; its count or more: of a figure that these touch */
    const struct checks_figure *of;
    const char *id; /* of the check */
    struct baton_text title;
    enum baton_check_severity severity;
    enum checked_state state;
    const char *rule; /* as written; NULL = of CHECKS_MAGNITUDE */
    /* By enum baton_language: with values in place of names; "530 ≈ 5.3 × 100". They differ, as texts and as pointers, where a value may not be told. */
    const char *shown[2];
};

/* Every check that does not hold or is not judged, by figure, then in the order of the scheme. */
struct checked_list {
    struct checked *item;
    size_t count, capacity;
};

/* Judges. FIGURE_BAD, with a finding for each, where a value is none; what the reader answers. Some microseconds for a figure and check; reads the ledger for reports of figures that a check names and that are
 * not among those of the wish, and for revisions where a check asks for them. */
MUST_USE baton_code checks_judge(struct baton_arena *arena, struct ledger_reader *reader,
                                 const struct checks_wish *wish, struct checked_list *out,
                                 struct baton_findings *found);

/* Whether value and state say a figure of its element, or why there is none; of codes only that there is one. The wish's session is needed. */
bool checks_is_figure(const struct baton_session *session, const struct checks_figure *figure);

/* A finding for each that stands in the way of signing off: CHECK_FAILED, CHECK_UNJUSTIFIED. The code of the first, or BATON_OK. */
MUST_USE baton_code checks_refuse(struct baton_arena *arena, const struct checked_list *list,
                                  struct baton_findings *found);

const char *checked_state_word(enum checked_state state);
const char *check_severity_word(enum baton_check_severity severity);

/* An array `checks`: of the figure (SIZE_MAX = of all, each with its unit and element). */
void checks_json(struct json *json, const struct checked_list *list, size_t figure,
                 enum baton_language language);

#endif
