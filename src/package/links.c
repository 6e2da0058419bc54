/* The packages that a package names: those that result() reads, and the one that it succeeds. Each folder is read once,
 * told by its real path; sessions are opened from the bottom up, so that each is given those it hangs on. */
#include "package/package.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PACKAGES_MAX = 64 };

/* A package of the tree of links, and its session. */
struct linked {
    const char *real;   /* path */
    const char *folder; /* as it was opened; NULL for the first */
    const char *prefix; /* of its files in findings: "../city/" ; "" for the first */
    struct baton_package *package;
    struct baton_session *session; /* NULL while it is being linked, and always for the first */
    struct baton_findings scoring; /* of its own scorings */
    size_t told;                   /* of them, how many were handed on */
    struct links *links;           /* to those that it names */
    baton_code code;               /* BATON_OK, or why it has no session */
    bool open;                     /* is being linked: naming it again is a circle */
};

/* What struct baton_links is to the session of one package. */
struct links {
    struct linking *all;
    struct linked **import; /* [import_count] */
    struct baton_links public;
};

/* One call of baton_package_link; lives as long as the sessions. */
struct linking {
    struct baton_arena *arena;
    struct baton_findings *found;
    struct baton_options options;
    const struct package_shelf *shelf; /* NULL = packages are loaded */
    struct linked *package[PACKAGES_MAX];
    size_t count;
    struct linked *path[PACKAGES_MAX]; /* from the first to the one being linked */
    size_t depth;
    bool
        refused[PACKAGES_MAX]; /* in each of the attempts in which we are: see struct baton_links */
    size_t attempts;
};

static baton_code link_package(struct linking *all, struct linked *linked);

/* Findings of another package, with the path to it in front of its files. */
static void hand_on(struct linking *all, const struct linked *from, struct baton_findings *found,
                    size_t *told) {
    for (; *told < found->count; (*told)++) {
        const struct baton_finding *finding = &found->item[*told];
        struct baton_where where = finding->where;
        /* What is wrong with an archive as such has its own path. */
        const bool is_whole =
            where.file == NULL || (from->folder != NULL && strcmp(where.file, from->folder) == 0);
        where.file = arena_printf(all->arena, "%s%s", from->prefix, is_whole ? "" : where.file);
        if (baton_code_info(finding->code)->severity == BATON_ERROR)
            baton_findings_add(all->found, finding->code, where, finding->arg[0], finding->arg[1],
                               finding->arg[2], finding->arg[3]);
    }
}

/* Results */

/* Scores the period unless that is what the session holds already. */
static bool has_scored(struct linking *all, struct linked *linked, struct baton_period period) {
    const struct baton_result *result = baton_session_result(linked->session);
    if (result != NULL && baton_period_equal(result->period, period))
        return true;
    baton_code code = baton_score(linked->session, period, &result, &linked->scoring);
    if (code != BATON_OK && all->attempts > 0) {
        all->refused[all->attempts - 1] = true;
        linked->told = linked->scoring.count;
    }
    hand_on(all, linked, &linked->scoring, &linked->told);
    return code == BATON_OK;
}

/* See struct baton_links. A session makes one earlier result at a time, so attempts are nested no deeper than packages. */
static bool attempt(void *context, bool begins) {
    struct linking *all = ((const struct links *)context)->all;
    if (!begins)
        return all->refused[--all->attempts];
    assert(all->attempts < PACKAGES_MAX);
    all->refused[all->attempts++] = false;
    return false;
}

/* What result(IMPORT, unit, node) names in the other package. */
struct named {
    struct linked *linked;
    uint32_t unit, node; /* HASH_NONE = there is none; node 0 = the total, or base */
    bool is_base;
};

static struct named find_named(const struct links *links, uint32_t import, const char *unit,
                               const char *node) {
    const struct package_reader *reader = &links->import[import]->package->reader;
    struct named named = {.linked = links->import[import],
                          .unit = hash_find(&reader->unit, unit, strlen(unit)),
                          .is_base = strcmp(node, "base") == 0};
    if (!named.is_base && strcmp(node, "total") != 0)
        named.node = hash_find(&reader->node, node, strlen(node));
    return named;
}

/* Why there can be no row of it in any period; NULL = it is named rightly. */
static const char *why_not_named(const struct named *named) {
    if (named->unit == HASH_NONE || named->unit >= named->linked->package->scheme.ranked_count)
        return "no_unit";
    return named->node == HASH_NONE ? "no_node" : NULL;
}

/* Why there is no row of it in the period; NULL = there is one, and the session holds it. */
static const char *why_no_row(struct linking *all, const struct named *named,
                              struct baton_period period) {
    struct linked *linked = named->linked;
    if (why_not_named(named) != NULL)
        return why_not_named(named);
    if (!has_scored(all, linked, period))
        return "no_result";
    return baton_result_has_row(linked->session, named->node, named->unit) ? NULL : "no_row";
}

/* The node as results know it. */
static uint32_t node_of_result(const struct named *named) {
    const bool has_base = baton_session_result(named->linked->session)->base != NULL;
    return named->is_base && has_base ? BATON_NONE : named->node;
}

/* result(IMPORT, unit, node): see struct baton_links. */
static double result_of(void *context, uint32_t import, const char *unit, const char *node,
                        struct baton_period period) {
    const struct links *links = context;
    const struct named named = find_named(links, import, unit, node);
    if (why_no_row(links->all, &named, period) != NULL)
        return NAN;
    return baton_result_as_ranked(named.linked->session, node_of_result(&named), named.unit);
}

/* What stands behind it: see struct baton_imported. */
static void about_result(void *context, uint32_t import, const char *unit, const char *node,
                         struct baton_period period, struct baton_imported *out) {
    const struct links *links = context;
    const struct named named = find_named(links, import, unit, node);
    const struct baton_scheme *scheme = &named.linked->package->scheme;
    struct baton_arena *arena = links->all->arena;
    *out = (struct baton_imported){
        .package = scheme->id,
        .title = &scheme->title,
        .unit = unit,
        .node = node,
        .period = period,
        .score = NAN,
        .at = {.file = arena_printf(arena, "%sscheme.yaml", named.linked->prefix)}};
    if (named.unit != HASH_NONE)
        out->unit_name = &scheme->unit[named.unit].name;
    if (named.node != HASH_NONE && named.node != 0) {
        out->node_name = &scheme->node[named.node].name;
        out->at = scheme->node[named.node].at;
        out->at.file = arena_printf(arena, "%s%s", named.linked->prefix, out->at.file);
    }
    out->why_missing = period.kind == BATON_PERIOD_NONE ? why_not_named(&named)
                                                        : why_no_row(links->all, &named, period);
    if (period.kind == BATON_PERIOD_NONE && out->why_missing == NULL)
        out->why_missing = "no_result";
    if (out->why_missing != NULL)
        return;
    const struct baton_session *session = named.linked->session;
    const struct baton_result *result = baton_session_result(session);
    const uint32_t of = node_of_result(&named);
    const uint32_t *rank = of == BATON_NONE ? result->base_rank
                           : of == 0 || result->all_ranks
                               ? result->rank + (size_t)of * result->stride
                               : NULL;
    out->score = baton_result_as_ranked(session, of, named.unit);
    out->why_missing = isnan(out->score) ? "no_score" : NULL;
    if (rank == NULL || rank[named.unit] == 0)
        return;
    out->rank_twice = rank[named.unit];
    out->of = baton_result_of(session, of, scheme->unit[named.unit].group);
}

/* Loading */

static struct linked *known(const struct linking *all, const char *real) {
    for (size_t i = 0; i < all->count; i++)
        if (strcmp(all->package[i]->real, real) == 0)
            return all->package[i];
    return NULL;
}

/* "city -> district -> city", by the ids of the schemes. */
static void report_circle(struct linking *all, const struct linked *again, struct baton_where at) {
    const char *circle = "";
    for (size_t i = 0; i < all->depth; i++)
        if (circle[0] != '\0' || all->path[i] == again)
            circle = arena_printf(all->arena, "%s%s -> ", circle, all->path[i]->package->scheme.id);
    circle = arena_printf(all->arena, "%s%s", circle, again->package->scheme.id);
    baton_findings_add(all->found, BATON_LINK_CIRCLE, at, circle, NULL, NULL, NULL);
}

static struct linked *add_linked(struct linking *all, const char *real, const char *prefix) {
    struct linked *linked = arena_alloc(all->arena, 1, sizeof(*linked));
    linked->real = real;
    linked->prefix = prefix;
    linked->scoring.arena = all->arena;
    all->package[all->count++] = linked;
    return linked;
}

static void close_session(void *context) {
    baton_session_close(context);
}

/* Where a package that is named stands. */
struct place {
    const char *real; /* NULL = nowhere */
    const char *folder;
    struct source *source;         /* where it is no folder or file; else NULL */
    struct baton_package *package; /* where it was loaded already; else NULL */
};

static baton_code load_place(struct linking *all, const struct place *place,
                             const struct baton_package_options *of, struct baton_package **out,
                             struct baton_findings *found) {
    const struct baton_package_options options = {all->options.threads, of->want_origins,
                                                  of->in_file_only, NULL};
    if (place->source != NULL)
        return baton_package_load_source(all->arena, place->source, &options, out, found);
    if (place->package == NULL)
        return baton_package_load(all->arena, place->folder, &options, out, found);
    *out = place->package;
    return BATON_OK;
}

/* Loads the package, links it and opens its session. */
static baton_code open_linked(struct linking *all, struct linked *linked, const struct place *place,
                              const struct baton_package_options *of) {
    struct baton_findings loading = {.arena = all->arena};
    size_t told = 0;
    linked->folder = place->folder;
    baton_code code = load_place(all, place, of, &linked->package, &loading);
    hand_on(all, linked, &loading, &told);
    if (code != BATON_OK)
        return code;
    TRY(link_package(all, linked));
    code = baton_session_open(all->arena, &linked->package->scheme, &linked->package->facts,
                              &linked->links->public, &all->options, &linked->session, &loading);
    hand_on(all, linked, &loading, &told);
    if (code == BATON_OK)
        arena_on_close(all->arena, close_session, linked->session);
    return code;
}

/* "../district/../city/" as "../city/". */
static char *without_returns(struct baton_arena *arena, const char *prefix) {
    char *path = arena_text(arena, prefix, strlen(prefix));
    for (char *name = path, *next; (next = strchr(name, '/')) != NULL;) {
        next++;
        const bool is_name =
            next - name > 1 && strncmp(name, "./", 2) != 0 && strncmp(name, "../", 3) != 0;
        if (is_name && strncmp(next, "../", 3) == 0) {
            memmove(name, next + 3, strlen(next + 3) + 1);
            name = path; /* the name before it may return now */
        } else {
            name = next;
        }
    }
    return path;
}

/* The path of a package for findings: short, unless a link in the file system makes the short one lead elsewhere. */
static const char *prefix_of(struct linking *all, const struct linked *from, const char *path,
                             const char *real) {
    const char *prefix = arena_printf(all->arena, "%s%s/", from->prefix, path);
    const char *shorter = without_returns(all->arena, prefix);
    const char *leads_to =
        source_real(all->arena, source_other(all->package[0]->package->source, shorter));
    return leads_to != NULL && strcmp(leads_to, real) == 0 ? shorter : prefix;
}

/* Whether a real path is in the file in which the first package stands. */
static bool is_in_its_file(const struct linking *all, const char *real) {
    const char *file, *inside;
    if (real == NULL ||
        !source_split(all->arena, all->package[0]->package->source->path, &file, &inside))
        return false;
    const char *const whole = source_real(all->arena, file);
    const size_t size = whole == NULL ? 0 : strlen(whole);
    return size > 0 && strncmp(real, whole, size) == 0 && real[size] == '/';
}

static baton_code find_place(struct linking *all, const struct linked *from, const char *path,
                             struct place *out) {
    struct source *source = from->package->source;
    *out = (struct place){0};
    if (all->shelf != NULL) {
        out->package = all->shelf->other(all->shelf->context, from->package, path, &out->real);
        out->folder = out->package != NULL ? out->package->folder : NULL;
        return BATON_OK;
    }
    if (source->form->other == NULL) {
        out->folder = source_other(source, path);
        out->real = source_real(all->arena, out->folder);
        return BATON_OK;
    }
    TRY(source->form->other(source, path, &out->source, all->found));
    if (out->source != NULL) {
        out->folder = out->source->path;
        out->real = source_name(out->source);
    }
    return BATON_OK;
}

static void note_link(const struct linked *from, const char *path, const struct linked *to) {
    struct baton_package *package = from->package;
    for (size_t i = 0; i < package->link_count; i++)
        if (strcmp(package->link[i].path, path) == 0)
            return;
    *ARRAY_PUSH(package->arena, package->link, package->link_count, package->link_capacity) =
        (struct package_link){path, to->package};
}

/* The package at a path from `from`, linked and open; `at` is where it is named. */
static baton_code find_linked(struct linking *all, const struct linked *from, const char *path,
                              struct baton_where at, struct linked **out) {
    struct place place;
    TRY(find_place(all, from, path, &place));
    const char *real = place.real;
    at.file = arena_printf(all->arena, "%s%s", from->prefix, at.file);
    if (from->package->options.in_file_only && !is_in_its_file(all, real)) {
        baton_findings_add(all->found, BATON_PACKAGE_OUTSIDE, at, path, NULL, NULL, NULL);
        return BATON_PACKAGE_OUTSIDE;
    }
    if (real == NULL) {
        baton_findings_add(all->found, BATON_NO_PACKAGE, at, path, NULL, NULL, NULL);
        return BATON_NO_PACKAGE;
    }
    *out = known(all, real);
    if (*out != NULL && (*out)->open) {
        report_circle(all, *out, at);
        return BATON_LINK_CIRCLE;
    }
    if (*out != NULL) {
        note_link(from, path, *out);
        return (*out)->code;
    }
    if (all->count == PACKAGES_MAX) {
        baton_findings_add(all->found, BATON_LINKS_TOO_MANY, at,
                           package_count(all->arena, PACKAGES_MAX), NULL, NULL, NULL);
        return BATON_LINKS_TOO_MANY;
    }
    *out = add_linked(all, real,
                      place.source == NULL && place.package == NULL
                          ? prefix_of(all, from, path, real)
                          : arena_printf(all->arena, "%s/", real));
    (*out)->code = open_linked(all, *out, &place, &from->package->options);
    note_link(from, path, *out);
    return (*out)->code;
}

/* Opens everything that the package names, so that all that is wrong with any of it is found; answers the first error. */
static baton_code link_package(struct linking *all, struct linked *linked) {
    const struct baton_scheme *scheme = &linked->package->scheme;
    struct links *links = arena_alloc(all->arena, 1, sizeof(*links));
    baton_code worst = BATON_OK;
    struct linked *before = NULL;
    links->all = all;
    links->import = arena_alloc(all->arena, scheme->import_count, sizeof(struct linked *));
    linked->links = links;
    linked->open = true;
    all->path[all->depth++] = linked;
    for (uint32_t i = 0; i < scheme->import_count; i++) {
        const struct baton_import *import = &scheme->import[i];
        baton_code code = find_linked(all, linked, import->path, import->at, &links->import[i]);
        worst = worst == BATON_OK ? code : worst;
    }
    if (scheme->succeeds != NULL) {
        baton_code code = find_linked(all, linked, scheme->succeeds, scheme->succeeds_at, &before);
        worst = worst == BATON_OK ? code : worst;
    }
    all->depth--;
    linked->open = false;
    links->public.context = links;
    links->public.result = scheme->import_count > 0 ? result_of : NULL;
    links->public.attempt = scheme->import_count > 0 ? attempt : NULL;
    links->public.about = scheme->import_count > 0 ? about_result : NULL;
    links->public.predecessor = before == NULL ? NULL : before->session;
    return worst;
}

static baton_code link_first(void *context) {
    struct linking *all = context;
    struct linked *first = all->package[0];
    const char *real = all->shelf == NULL ? source_name(first->package->source) : NULL;
    if (real != NULL) /* it was there when it was read */
        first->real = real;
    const baton_code code = link_package(all, first);
    if (code !=
        BATON_OK) /* so that what is wrong with the expressions is told too; the code is that of the links */
        (void)baton_scheme_check(all->arena, &first->package->scheme, all->found);
    return code;
}

struct beginning {
    struct baton_arena *arena;
    struct baton_package *package;
    const char *name; /* "" = it has none yet */
    struct linking *all;
};

static baton_code begin(void *context) {
    struct beginning *b = context;
    b->all = arena_alloc(b->arena, 1, sizeof(*b->all));
    b->all->arena = b->arena;
    add_linked(b->all, b->name, "")->package = b->package;
    return BATON_OK;
}

static baton_code link_all(struct beginning *beginning, const struct package_shelf *shelf,
                           const struct baton_options *options, const struct baton_links **out,
                           struct baton_findings *found) {
    TRY(arena_run(beginning->arena, begin, beginning));
    struct linking *all = beginning->all;
    all->found = found;
    all->options = *options;
    all->shelf = shelf;
    baton_code code = arena_run(beginning->arena, link_first, all);
    if (code == BATON_OK)
        *out = &all->package[0]->links->public;
    return code;
}

baton_code baton_package_link(struct baton_package *package, const struct baton_options *options,
                              const struct baton_links **out, struct baton_findings *found) {
    return link_all(&(struct beginning){package->arena, package, "", NULL}, NULL, options, out,
                    found);
}

baton_code package_link_loaded(struct baton_arena *arena, struct baton_package *package,
                               const char *name, const struct package_shelf *shelf,
                               const struct baton_options *options, const struct baton_links **out,
                               struct baton_findings *found) {
    return link_all(&(struct beginning){arena, package, name, NULL}, shelf, options, out, found);
}
