/* Lint: ratings that no indicator can have, and scores that have none.
 *
 * Groups that share a list of ratings are looked at together, so that the scheme's own list is told of once. */
#include "analyse/lint_reach.h"
#include <math.h>

/* All leaves of the groups that have the same ratings. */
struct rated {
    struct span span;
    uint32_t lowest; /* the leaf that can score least */
};

static struct rated rated_of(const struct lint *lint, const struct reach *reach,
                             const struct baton_rating *item) {
    const struct baton_scheme *scheme = lint->scheme;
    struct rated out = {{INFINITY, -INFINITY}, BATON_NONE};
    for (uint32_t g = 0; g < scheme->group_count; g++)
        for (uint32_t n = 1; n < scheme->node_count && scheme->group[g].ratings.item == item; n++) {
            const struct span span = reach->node[n * scheme->group_count + g];
            if (!lint_is_leaf(scheme, n) || !span_any(span))
                continue;
            out.span.hi = span.hi > out.span.hi ? span.hi : out.span.hi;
            if (span.lo < out.span.lo) {
                out.span.lo = span.lo;
                out.lowest = n;
            }
        }
    return out;
}

static void look_at(struct lint *lint, const struct baton_ratings *ratings, struct rated rated) {
    const struct baton_rating *last = &ratings->item[ratings->count - 1];
    for (uint32_t i = 0; i < ratings->count; i++) {
        const struct baton_rating *rating = &ratings->item[i];
        if (baton_number_compare12(rating->at_least, rated.span.hi) > 0)
            lint_report(lint, BATON_LINT_RATING_NEVER, rating->at, NULL, rating->id,
                        lint_number(lint, rating->at_least), lint_number(lint, rated.span.hi),
                        NULL);
    }
    for (uint32_t i = 1; i < ratings->count; i++)
        if (baton_number_compare12(ratings->item[i - 1].at_least, rated.span.lo) <= 0) {
            lint_report(lint, BATON_LINT_RATING_IDLE, ratings->item[i].at, NULL,
                        ratings->item[i].id, lint_number(lint, ratings->item[i - 1].at_least),
                        lint_number(lint, rated.span.lo), NULL);
            return;
        }
    if (baton_number_compare12(last->at_least, rated.span.lo) > 0)
        lint_report(lint, BATON_LINT_RATING_GAP, last->at, NULL, last->id,
                    lint_number(lint, last->at_least), lint->scheme->node[rated.lowest].id,
                    isinf(rated.span.lo) ? NULL : lint_number(lint, rated.span.lo));
}

void lint_ratings(struct lint *lint, struct reach *reach) {
    const struct baton_scheme *scheme = lint->scheme;
    for (uint32_t g = 0; g < scheme->group_count; g++) {
        const struct baton_ratings *ratings = &scheme->group[g].ratings;
        bool seen = ratings->count == 0;
        for (uint32_t before = 0; before < g; before++)
            seen |= scheme->group[before].ratings.item == ratings->item;
        if (seen)
            continue;
        const struct rated rated = rated_of(lint, reach, ratings->item);
        if (span_any(rated.span))
            look_at(lint, ratings, rated);
    }
}
