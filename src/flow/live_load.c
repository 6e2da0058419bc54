/* Assessments in memory: each read from the ledger once, then changed figure by figure, until a fact comes that is more than a figure. */
#include "flow/live_parts.h"
#include <string.h>

bool live_is_trouble(baton_code code) {
    return code != BATON_OK &&
           (code == BATON_NO_MEMORY || baton_code_info(code)->number / 100 == 51);
}

baton_code live_trouble_among(const struct baton_findings *found) {
    for (size_t i = 0; i < found->count; i++)
        if (live_is_trouble(found->item[i].code))
            return found->item[i].code;
    return BATON_OK;
}

void loaded_release(struct loaded *loaded) {
    if (loaded != NULL && atomic_fetch_sub(&loaded->holders, 1) == 1)
        arena_close(loaded->arena);
}

void live_forget(struct subject *subject) {
    for (struct loaded *loaded = subject->loaded, *next; loaded != NULL; loaded = next) {
        next = loaded->next;
        loaded_release(loaded);
    }
    subject->loaded = NULL;
    subject->has_newest = false;
}

/* Versions */

baton_code live_version(struct live *live, const struct subject *subject,
                        struct baton_period period, uint64_t *out) {
    struct entry version;
    const struct arena_mark mark = arena_mark(live->work);
    TRY(reader_scheme(live->reader, live->work, subject->id, period, live->size, &version));
    *out = version.position;
    arena_reset_to(live->work, mark);
    return BATON_OK;
}

/* Loading */

struct loading {
    struct live *live;
    struct subject *subject;
    struct baton_period period;
    struct baton_arena *arena;
    struct loaded *loaded;
};

static bool looks_ahead(const struct baton_scheme *scheme) {
    for (uint32_t i = 0; i < scheme->method_count; i++)
        if (scheme->method[i].over == BATON_OVER_PANEL)
            return true;
    return false;
}

static baton_code read_package(struct loading *l) {
    struct loaded *loaded = l->loaded;
    const struct ledger_view view = {.reader = l->live->reader,
                                     .assessment = l->subject->id,
                                     .known = l->live->size,
                                     .period = l->period};
    const struct baton_package_options options = {.threads = 1, .want_origins = true};
    struct source *source;
    TRY(ledger_source_open(l->arena, &view, &source, &loaded->found));
    loaded->scheme = ledger_source_scheme(source);
    loaded->link = ledger_source_links(source, &loaded->link_count);
    TRY(baton_package_load_source(l->arena, source, &options, &loaded->package, &loaded->found));
    loaded->looks_ahead = looks_ahead(&loaded->package->scheme);
    loaded->figures = figures_of(l->arena, loaded->package);
    return BATON_OK;
}

static baton_code load(void *context) {
    struct loading *l = context;
    struct loaded *loaded = arena_alloc(l->arena, 1, sizeof *loaded);
    l->loaded = loaded;
    loaded->arena = l->arena;
    loaded->subject = l->subject;
    loaded->found.arena = l->arena;
    atomic_init(&loaded->holders, 1);
    loaded->code = read_package(l);
    if (live_is_trouble(loaded->code))
        return loaded->code;
    return live_trouble_among(&loaded->found);
}

baton_code live_load(struct live *live, struct subject *subject, struct baton_period period,
                     uint64_t scheme, struct loaded **out) {
    for (struct loaded *loaded = subject->loaded; loaded != NULL; loaded = loaded->next)
        if (loaded->scheme == scheme) {
            *out = loaded;
            return BATON_OK;
        }
    struct loading loading = {live, subject, period, arena_open(), NULL};
    const baton_code code = arena_run(loading.arena, load, &loading);
    if (code != BATON_OK) {
        arena_close(loading.arena);
        return code;
    }
    *out = loading.loaded;
    (*out)->next = subject->loaded;
    subject->loaded = *out;
    return BATON_OK;
}

baton_code live_load_newest(struct live *live, struct subject *subject, struct loaded **out) {
    const struct baton_period newest = {0};
    if (!subject->has_newest)
        TRY(live_version(live, subject, newest, &subject->newest));
    subject->has_newest = true;
    return live_load(live, subject, newest, subject->newest, out);
}
