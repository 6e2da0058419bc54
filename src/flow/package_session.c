/* What scoring, checking and importing begin with. */
#include "flow/package_session.h"
#include "base/arena.h"
#include "base/macros.h"

static void close_session(void *session) {
    baton_session_close(session);
}

baton_code package_session(struct baton_arena *arena, struct baton_package *package,
                           const struct baton_options *options, const struct baton_links **links,
                           struct baton_session **out, struct baton_findings *found) {
    const struct baton_links *own;
    TRY(baton_package_link(package, options, &own, found));
    TRY(baton_session_open(arena, baton_package_scheme(package), baton_package_facts(package), own,
                           options, out, found));
    arena_on_close(arena, close_session, *out);
    if (links != NULL)
        *links = own;
    return baton_findings_worst(found);
}
