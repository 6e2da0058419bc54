/* Two schemes compared (baton/compare.h), and the replay where there is one: as JSON, or as a document that an office can print. */
#ifndef REPORT_COMPARE_REPORT_H
#define REPORT_COMPARE_REPORT_H

#include "base/writer.h"
#include "baton/package.h"
#include "baton/replay.h"
#include "report/document.h"

struct compare_view {
    const struct baton_comparison *comparison;
    struct baton_stability stability;
    const struct baton_stability *stability_of; /* [groups of the old scheme] */
    /* NULL = there is none: because there are no figures, or because of what `refused` says */
    const struct baton_replay *replay;
    struct baton_replay_stability steadiness; /* of all together */
    const struct baton_replay_stability *steadiness_of;
    const struct baton_findings
        *refused; /* why the old figures cannot go through the new scheme; may be empty */
    bool changes_only;
    bool
        words; /* JSON: changes as phrases, clauses by their titles and words, names of groups and units */
    uint32_t group, unit; /* only these of the replay, in the old scheme; BATON_NONE = all */
    enum baton_language language;
    /* The clause that a basis names, in the new package, else in the old one; false = unknown. May be NULL. */
    void *context;
    bool (*clause)(void *context, const char *basis, struct baton_clause *out);
};

/* {"old", "new", "amendments", "units", "stability", "replay"}: docs/diff.md has the keys. */
void compare_json(struct baton_arena *arena, const struct compare_view *view,
                  struct writer *writer);

/* The comparison in words, fit to be printed: a sentence that sums it up; indicators added and dropped, weights, methods, owners,
 * settings, grades, adjustments, units, each as a table with old and new; the amendments with their clauses; how much stayed,
 * group by group; of the replay, who moved and what moved them. A section of which there is nothing to say is left out.
 * Everything in the arena and the view. */
struct document *compare_document(struct baton_arena *arena, const struct compare_view *view);

/* Whether the replay's unit is wanted. */
bool compare_wants(const struct compare_view *view, const struct baton_replay_unit *unit);

#endif
