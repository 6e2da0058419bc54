/* An explanation (engine/explain.h) printed: as a tree for people, or as JSON. */
#ifndef REPORT_EXPLAIN_REPORT_H
#define REPORT_EXPLAIN_REPORT_H

#include "base/writer.h"
#include "baton/package.h"
#include "engine/explain.h"

struct explain_view {
    const struct baton_session *session;
    const struct explain_line *line; /* of the node that was asked for */
    uint32_t unit;
    int32_t as_of_day; /* INT32_MAX = none */
    enum baton_language language;
    bool colour;
    uint32_t width;   /* columns */
    bool clauses;     /* with the words of the clauses */
    bool worded;      /* JSON: each line with its label and words in `language` */
    const char *hint; /* stands at the end where indicators are only listed; NULL = none */
    /* Where figures and clauses were written. Either may be NULL, and answers false where it does not know. */
    void *context;
    bool (*observation)(void *context, struct baton_arena *arena, uint32_t origin,
                        struct baton_observation *out);
    bool (*clause)(void *context, const char *basis, struct baton_clause *out);
    /* What stands behind a row of a table, as baton_package_fact: it is told instead of file and row. NULL = nothing does. */
    bool (*fact)(void *context, struct baton_arena *arena, const char *file, uint32_t row,
                 struct baton_fact *out);
};

/* The tree, in a language. Numbers are printed at 12 significant digits, which is what scores are compared by. Lines are not longer
 * than the width unless a word is. */
void explain_text(struct baton_arena *arena, const struct explain_view *view,
                  struct writer *writer);

/* One object: {"package", "title", "period", "as_of", "unit", "group", "explanation"}. A line is an object with its `kind` and whatever it
 * says, by the names of struct explain_line and explain.def, and `lines` below it; its numbers are exact. If `worded`, it has `label` and
 * `text` as well: what explain_text prints of it, but of nodes and clauses, which are no sentences. Where something was
 * written stands as `file` and `row`, the row of a figure as `observation`; where a fact of a ledger stands behind it, as `fact` instead. */
void explain_json(struct baton_arena *arena, const struct explain_view *view,
                  struct writer *writer);

/* Who reported a fact, who verified it, what it corrected, its receipt: "no. 123 by 王敏 (wang.min), ...". In the arena. */
const char *explain_fact(struct baton_arena *arena, const struct baton_fact *fact,
                         enum baton_language language);

/* A time by the clocks of China (UTC+8), to the minute: "2021-08-27 14:30". In the arena. */
const char *explain_time(struct baton_arena *arena, int64_t time_utc_ms);
/* As programs read it: "2021-08-27T06:30:00.000Z". */
const char *explain_instant(struct baton_arena *arena, int64_t time_utc_ms);

/* Puts the words of a line in the view's language, without its label. `out` is a writer to memory. */
void explain_put_words(const struct explain_view *view, const struct explain_line *line,
                       struct writer *out);

/* Puts a calculation with its numbers at 12 significant digits. */
void explain_put_short(struct writer *out, const char *arithmetic);

#endif
