/* The figures of an assessment, kept in memory so that one can be changed without reading the others again.
 *
 *     figures = figures_of(arena, package);              as the package has them
 *     figures_put(figures, &observation, &period)        one more fact: said, corrected, withdrawn
 *     edition = figures_edition(figures)                 as they are now, for scoring; later facts do not touch it
 *
 * One thread puts and asks for editions; any thread may release them. */
#ifndef FLOW_FIGURES_H
#define FLOW_FIGURES_H

#include "ledger/fact.h"
#include "package/package.h"

struct figures;

/* Copies them. The package is sound and was read with origins; it stays as long as the arena, which is that of the figures from now on. */
struct figures *figures_of(struct baton_arena *arena, const struct baton_package *package);

/* Takes in an observation that is in force now, or that one was withdrawn; *period gets whose figure it is. False where reading all tables again would give more than another
 * figure: a unit or element that the scheme does not know, a value that is an error, the first or the last figure of an element, a column of the
 * office's own that no row had. Nothing is changed then. Putting the same fact again changes nothing. Inside of an arena_run on the figures' arena; leaving that without memory
 * leaves them as they were. */
bool figures_put(struct figures *figures, const struct fact_body *observation,
                 struct baton_period *period);

/* The figures at one time. */
struct edition {
    struct baton_facts facts; /* without `rows` and origins */
};

/* Those of now; the same one until a figure is put. Inside of an arena_run on the figures' arena. Needs releasing; the arena of the figures has to be open until then. */
const struct edition *figures_edition(struct figures *figures);
void figures_release(const struct edition *edition);

#endif
