/* An assessment of a ledger as a package: what was known when there were so many entries, by the version of the scheme that is in force for a period.
 *
 * scheme.yaml, indicators.csv, weights.csv, documents and mappings are the files of that version; the other tables are made of the facts in force (fact_table.h). The
 * packages that it names by paths are assessments of the same ledger, as the version says (`link:PATH`), as known then, by their newest version. Rows tell the
 * fact that stands behind them. */
#ifndef FLOW_LEDGER_SOURCE_H
#define FLOW_LEDGER_SOURCE_H

#include "ledger/reader.h"
#include "package/source.h"

/* Which assessment, and as known when. */
struct ledger_view {
    struct ledger_reader *reader; /* stays open as long as the source */
    const char *assessment;
    uint64_t known;             /* entries */
    struct baton_period period; /* of kind NONE = the newest version of the scheme */
    /* facts that nobody has said yet and that count as if they were, fields in order; for who asks what they would change */
    const struct fact_body *also;
    size_t also_count;
    uint64_t
        version; /* position of the version of the scheme; 0 = the one in force for the period */
    bool want_origins; /* of ledger_score: rows tell the facts behind them */
};

/* Opens it; its path, by which people know it, is the id of the assessment. SCHEME_NONE with a finding that names what there is. Two sources of one ledger for one assessment are
 * one package. */
MUST_USE baton_code ledger_source_open(struct baton_arena *arena, const struct ledger_view *view,
                                       struct source **out, struct baton_findings *found);

/* Position of the version of the scheme. */
uint64_t ledger_source_scheme(const struct source *source);

/* A path with which the package names another one, and the assessment that it means; texts live as long as the source. In the order of the paths. */
struct ledger_link {
    const char *path, *assessment;
};
const struct ledger_link *ledger_source_links(const struct source *source, size_t *count);

#endif
