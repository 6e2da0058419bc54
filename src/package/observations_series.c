/* Elements and their columns. There is one registry for all threads, behind a lock, and one table
 * for each thread, which is asked first; so the lock is taken once for each thread and column. What
 * the registry allocates is in an arena of its own, in an arena_run of its own, so that running out
 * of memory never leaves with the lock held. */
#include "base/text.h"
#include "package/observations_internal.h"
#include <assert.h>
#include <string.h>

struct name name_of(const char *text, size_t size) {
    struct name name = {{0}};
    if (size > NAME_SHORT_MOST) {
        name.byte[15] = NAME_LONG;
    } else {
        memcpy(name.byte, text, size);
        name.byte[size] = ',';
        name.byte[15] = (uint8_t)size;
    }
    return name;
}

/* Closes the arena of a registry, which holds the registry itself, once. */
static void close_holder(void *context) {
    struct baton_arena **holder = context;
    arena_close(*holder);
    *holder = NULL;
}

struct opening {
    struct package_reader *reader;
    struct baton_arena *arena;
    struct registry *registry;
};

static void destroy_lock(void *context) {
    pthread_mutex_destroy(context);
}

static baton_code open_registry(void *context) {
    struct opening *opening = context;
    struct registry *registry = arena_alloc(opening->arena, 1, sizeof *registry);
    registry->arena = opening->arena;
    registry->reader = opening->reader;
    pthread_mutex_init(&registry->lock, NULL);
    arena_on_close(opening->arena, destroy_lock, &registry->lock);
    opening->registry = registry;
    return BATON_OK;
}

baton_code registry_open(struct package_reader *reader, bool want_origins, struct registry **out) {
    struct baton_arena **holder = arena_alloc(reader->arena, 1, sizeof *holder);
    arena_on_close(reader->arena, close_holder, holder);
    *holder = arena_open();
    struct opening opening = {.reader = reader, .arena = *holder};
    TRY(arena_run(*holder, open_registry, &opening));
    *out = opening.registry;
    (*out)->want_origins = want_origins;
    (*out)->holder = holder;
    return BATON_OK;
}

void registry_close(struct registry *registry) {
    close_holder(registry->holder);
}

/* One request, made with the lock held. */
struct request {
    struct registry *registry;
    const char *id;
    size_t size;
    struct figure_element *element;
    struct baton_period period;
    struct series *series;
};

struct figure_element figure_element_of(const struct package_reader *reader, uint32_t element) {
    const struct baton_element *of_scheme = &reader->scheme->element[element];
    return (struct figure_element){
        .measure = of_scheme->measure,
        .percent = numeral_percent_of(of_scheme->measure),
        .is_code = of_scheme->is_code,
        .is_named = of_scheme->value.text != NULL,
        .code = reader->element[element].code,
        .code_count = reader->element[element].code_count,
    };
}

static baton_code find_element(void *context) {
    struct request *request = context;
    struct registry *registry = request->registry;
    const struct package_reader *reader = registry->reader;
    const uint32_t known = hash_find(&registry->elements, request->id, request->size);
    if (known != HASH_NONE) {
        request->element = registry->element[known];
        return BATON_OK;
    }
    if (registry->element_count >= LIMIT_ELEMENTS)
        return BATON_FIGURES_TOO_MANY;
    struct figure_element *element = arena_alloc(registry->arena, 1, sizeof *element);
    const uint32_t index = hash_find(&reader->element_index, request->id, request->size);
    if (index != HASH_NONE)
        *element = figure_element_of(reader, index);
    element->id = arena_text(registry->arena, request->id, request->size);
    element->size = (uint32_t)request->size;
    element->index = (uint32_t)registry->element_count;
    *ARRAY_PUSH(registry->arena, registry->element, registry->element_count,
                registry->element_capacity) = element;
    hash_add(registry->arena, &registry->elements, element->id, element->size, element->index);
    request->element = element;
    return BATON_OK;
}

static baton_code find_series(void *context) {
    struct request *request = context;
    struct registry *registry = request->registry;
    const uint32_t pair[2] = {request->element->index, baton_period_key(request->period)};
    const uint32_t known = hash_find(&registry->pairs, (const char *)pair, sizeof pair);
    if (known != HASH_NONE) {
        request->series = registry->series[known];
        return BATON_OK;
    }
    const uint32_t units = registry->reader->scheme->unit_count;
    if (registry->series_count >= LIMIT_SERIES ||
        (registry->series_count + 1) * (uint64_t)units > LIMIT_CELLS)
        return BATON_FIGURES_TOO_MANY;
    struct series *series = arena_alloc(registry->arena, 1, sizeof *series);
    series->element = request->element;
    series->period = request->period;
    series->cell = arena_alloc(registry->arena, units, sizeof *series->cell);
    if (registry->want_origins)
        series->origin = arena_alloc(registry->arena, units, sizeof *series->origin);
    uint32_t *key = arena_alloc(registry->arena, 2, sizeof *key);
    memcpy(key, pair, sizeof pair);
    const uint32_t index = (uint32_t)registry->series_count;
    *ARRAY_PUSH(registry->arena, registry->series, registry->series_count,
                registry->series_capacity) = series;
    hash_add(registry->arena, &registry->pairs, (const char *)key, sizeof pair, index);
    request->series = series;
    return BATON_OK;
}

static baton_code make_states(void *context) {
    struct request *request = context;
    struct series *series = request->series;
    if (atomic_load_explicit(&series->state, memory_order_relaxed) == NULL) {
        uint8_t *state =
            arena_alloc(request->registry->arena, request->registry->reader->scheme->unit_count, 1);
        atomic_store_explicit(&series->state, state, memory_order_release);
    }
    return BATON_OK;
}

static baton_code locked(struct registry *registry, baton_code (*body)(void *context),
                         struct request *request) {
    pthread_mutex_lock(&registry->lock);
    const baton_code code = arena_run(registry->arena, body, request);
    pthread_mutex_unlock(&registry->lock);
    return code;
}

baton_code registry_element(struct registry *registry, const char *id, size_t size,
                            struct figure_element **out) {
    struct request request = {.registry = registry, .id = id, .size = size};
    TRY(locked(registry, find_element, &request));
    *out = request.element;
    return BATON_OK;
}

baton_code registry_series(struct registry *registry, struct figure_element *element,
                           struct baton_period period, struct series **out) {
    struct request request = {.registry = registry, .element = element, .period = period};
    TRY(locked(registry, find_series, &request));
    *out = request.series;
    return BATON_OK;
}

baton_code registry_states(struct registry *registry, struct series *series) {
    struct request request = {.registry = registry, .series = series};
    return locked(registry, make_states, &request);
}

baton_code worker_element(struct parsing *parsing, struct worker *worker, const char *id,
                          size_t size, struct figure_element **out) {
    const uint32_t local = hash_find(&worker->elements, id, size);
    if (local != HASH_NONE) {
        *out = worker->element[local];
        return BATON_OK;
    }
    TRY(registry_element(parsing->registry, id, size, out));
    const uint32_t index = (uint32_t)worker->element_count;
    *ARRAY_PUSH(worker->arena, worker->element, worker->element_count, worker->element_capacity) =
        *out;
    hash_add(worker->arena, &worker->elements, (*out)->id, (*out)->size, index);
    return BATON_OK;
}

baton_code worker_known(struct parsing *parsing, struct worker *worker,
                        struct figure_element *element, struct baton_period period,
                        const char *text, size_t size, uint32_t *out) {
    const uint32_t pair[2] = {element->index, baton_period_key(period)};
    const uint32_t local = hash_find(&worker->pairs, (const char *)pair, sizeof pair);
    if (local != HASH_NONE) {
        *out = local;
        return BATON_OK;
    }
    struct series *series;
    TRY(registry_series(parsing->registry, element, period, &series));
    const uint32_t index = (uint32_t)worker->known_count;
    uint32_t *key = arena_alloc(worker->arena, 2, sizeof *key);
    memcpy(key, pair, sizeof pair);
    struct known *known =
        ARRAY_PUSH(worker->arena, worker->known, worker->known_count, worker->known_capacity);
    *known = (struct known){
        .next = index, .cell = series->cell, .series = series, .is_plain = !element->is_code};
    const size_t together = element->size + size + 2;
    if (known->is_plain && together <= sizeof known->text) {
        memcpy(known->text, element->id, element->size);
        known->text[element->size] = ',';
        memcpy(known->text + element->size + 1, text, size);
        known->text[together - 1] = ',';
        known->size = (uint8_t)together;
        known->wanted = UINT32_MAX >> (32 - together);
    }
    size_t count = index;
    *ARRAY_PUSH(worker->arena, worker->rest, count, worker->rest_capacity) = (struct known_rest){
        .element = name_of(element->id, element->size),
        .period = name_of(text, size),
        .chunk = worker->chunk_index,
        .line = worker->line,
    };
    hash_add(worker->arena, &worker->pairs, (const char *)key, sizeof pair, index);
    *out = index;
    return BATON_OK;
}

baton_code worker_series(struct parsing *parsing, struct worker *worker, const char *element,
                         size_t element_size, const char *period, size_t period_size,
                         uint32_t *out) {
    struct figure_element *of;
    struct baton_period when;
    *out = HASH_NONE;
    if (!baton_period_parse(period, period_size, &when))
        return BATON_OK;
    if (hash_find(&worker->elements, element, element_size) == HASH_NONE &&
        !text_is_identifier(element, element_size))
        return BATON_OK;
    if (package_id_is_taken(element, element_size))
        return BATON_OK;
    TRY(worker_element(parsing, worker, element, element_size, &of));
    return worker_known(parsing, worker, of, when, period, period_size, out);
}

uint32_t figure_code(const struct package_reader *reader, const struct figure_element *element,
                     const char *text, size_t size) {
    const uint32_t code = hash_find(&reader->code, text, size);
    for (uint32_t i = 0; code != HASH_NONE && i < element->code_count; i++)
        if (element->code[i] == code)
            return code;
    return BATON_NONE;
}
