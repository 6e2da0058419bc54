/* Vintages: what a figure was first said to be, how it was revised, what it is now; and what each revision did to a result.
 *
 * A revision is a correction or a withdrawal of a row of observations, targets or adjustments, or a row said again after it was withdrawn. */
#ifndef FLOW_VINTAGES_H
#define FLOW_VINTAGES_H

#include "flow/ledger_score.h"
#include "flow/tables.h"

/* One saying of a row. Texts in the arena. */
struct vintage {
    struct baton_fact fact; /* who, when, why; `was` is not filled in */
    bool withdrawn;
    /* what it says besides its key, in the order of the format: "value", "8.1"; then the office's own (x_...). Empty fields are left out */
    const char **name, **text;
    size_t count;
    const char *value; /* the figure, target or points; NULL = none is said */
};

/* A row with all that was said of it: the first, the revised ones, the last, which is in force unless it is withdrawn. */
struct vintages {
    enum fact_kind kind;
    const char *
        key; /* as the ledger has it, its parts separated by U+001F; of adjustments the position of the first */
    /* whose it is: of adjustments unit, item, period, as the first said them; NULL = it says none */
    const char *unit, *what, *period; /* what: element, indicator or item */
    struct vintage *vintage;
    size_t count;
};

/* All revisions of one row. count 0 = the ledger has none of that key. What the reader answers, with a finding. */
MUST_USE baton_code vintages_of(struct baton_arena *arena, struct ledger_reader *reader,
                                const char *assessment, enum fact_kind kind, const char *key,
                                struct vintages *out, struct baton_findings *found);

/* Every row of a table that was revised, among the first `known` entries: in the order of its newest revision. */
MUST_USE baton_code vintages_revised(struct baton_arena *arena, struct ledger_reader *reader,
                                     const char *assessment, enum fact_kind kind, uint64_t known,
                                     struct vintages **out, size_t *count,
                                     struct baton_findings *found);

/* A unit whose total (as published), rank or grade was another one before. NaN, 0, NULL = it had none. */
struct unit_change {
    const char *unit, *group, *grade_old, *grade_new; /* ids */
    const struct baton_text *name;
    double score_old, score_new;
    int decimals;
    uint32_t rank_old, rank_new; /* twice, as struct baton_result has them */
};

/* What one revision did to the result of a period. */
struct revision_effect {
    enum fact_kind kind;
    const char *unit, *what, *period;
    struct vintage before,
        after; /* the row before it and with it; before.count 0 = it was withdrawn then */
    struct unit_change *change; /* in the order of groups and units */
    size_t change_count;
    /* why the result cannot be compared: it could not be scored before (or after); BATON_OK = it could */
    baton_code code;
};

struct revision_effects {
    struct baton_period period;
    struct revision_effect *effect; /* in the order of the journal */
    size_t count;
    uint64_t left_out; /* older ones, beyond the most that were wished for */
};

/* Which revisions are looked at, and how. */
struct revision_wish {
    uint64_t most; /* the newest so many of those that it takes; 0 = all */
    unsigned threads;
    /* Whether vintage `index` of a row, a revision, is one of them; NULL = each is. Another code than BATON_OK ends it all. */
    baton_code (*takes)(void *context, const struct vintages *row, size_t index, bool *out);
    void *context;
};

/* Scores the period of a view (kind NONE: the scheme's own) as known just before and just after each revision of figures, targets and adjustments among view->known entries that is wished
 * for, each by the version in force as known then. Two scorings each, less where one follows the other. */
MUST_USE baton_code vintages_effects(struct baton_arena *arena, const struct ledger_view *view,
                                     const struct revision_wish *wish, struct revision_effects *out,
                                     struct baton_findings *found);

#endif
