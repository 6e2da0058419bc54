/* The annex (附件) that an office attaches to its notice: everything that a scheme says, in words. */
#ifndef REPORT_ANNEX_H
#define REPORT_ANNEX_H

#include "baton/package.h"
#include "report/document.h"

struct annex_view {
    const struct baton_session *session; /* nothing need have been scored */
    enum baton_language language;
    uint32_t group; /* only what concerns this group; BATON_NONE = all */
    bool clauses;   /* with the words of the clauses */
    /* The clause that a basis names; false where there is none. May be NULL. */
    void *context;
    bool (*clause)(void *context, const char *basis, struct baton_clause *out);
};

/* Sections, in this order: units and periods; indicators and what each counts of the total, group by group, weights.csv put in;
 * how each indicator is made; methods with their formulas; from scores to the total; adjustments; ranks, ratings and
 * grades; awards; the indicators of each clause. A section of which the scheme says nothing is left out, from the
 * fifth on. Everything in the arena and the session. */
struct document *annex_document(struct baton_arena *arena, const struct annex_view *view);

#endif
