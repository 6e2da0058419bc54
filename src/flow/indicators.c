/* Each version of a scheme is compiled once, with the package that it is of, into an arena of its own; only one thread asks at a time, for a ledger makes one batch at a time. */
#include "flow/indicators.h"
#include "base/hash.h"
#include "baton/number.h"
#include "engine/session.h"
#include "flow/expected.h"
#include "flow/ledger_score.h"
#include "flow/post_reach.h"
#include "package/observations.h"
#include <stdlib.h>
#include <string.h>

/* An assessment by one version of its scheme. */
struct compiled {
    struct compiled *next;
    struct baton_arena *arena;
    char *assessment;
    int64_t scheme;
    const struct baton_session *session; /* NULL = it is not sound */
    const struct observations *figures;  /* of the package */
    const struct expectation *const *expected;
    struct hash figure; /* unit and element, with a separator, to their place in `expected` */
};

struct indicators {
    const struct ledger_place *place;
    struct compiled *first;
};

static void give_up(struct compiled *compiled) {
    arena_close(compiled->arena);
    free(compiled->assessment);
    free(compiled);
}

/* Whatever is kept; it is made again when somebody asks. */
static void close_indicators(void *context) {
    struct indicators *const indicators = context;
    while (indicators->first != NULL) {
        struct compiled *const compiled = indicators->first;
        indicators->first = compiled->next;
        give_up(compiled);
    }
}

struct indicators *indicators_open(struct baton_arena *arena, const struct ledger_place *place) {
    struct indicators *const indicators = arena_alloc(arena, 1, sizeof *indicators);
    indicators->place = place;
    arena_on_close(arena, close_indicators, indicators);
    return indicators;
}

/* The work, as the body of an arena_run. */
struct compiling {
    const struct ledger_place *place;
    struct compiled *into;
};

static void close_session(void *session) {
    baton_session_close(session);
}

static const char *figure_key(struct baton_arena *arena, const char *unit, const char *element) {
    return arena_printf(arena, "%s\x1f%s", unit, element);
}

static void keep_expected(struct compiled *compiled) {
    struct expected expected;
    expected_all(compiled->arena, compiled->session, &expected);
    hash_reserve(compiled->arena, &compiled->figure, expected.count);
    for (size_t i = 0; i < expected.count; i++) {
        const char *const key =
            figure_key(compiled->arena, expected.item[i]->unit, expected.item[i]->element);
        hash_add(compiled->arena, &compiled->figure, key, strlen(key), (uint32_t)i);
    }
    compiled->expected = expected.item;
}

static baton_code compile_body(void *context) {
    const struct compiling *const compiling = context;
    struct baton_arena *const arena = compiling->into->arena;
    struct baton_findings found = {.arena = arena};
    const struct baton_options options = {.as_of_day = INT32_MAX, .threads = 1};
    const struct baton_package_options loading = {.threads = 1};
    struct ledger_view view = {.assessment = compiling->into->assessment};
    const struct baton_links *links;
    struct baton_package *package;
    struct baton_session *session;
    uint64_t scheme;
    TRY(reader_open(arena, compiling->place, &view.reader, &found));
    TRY(reader_size(view.reader, &view.known));
    TRY(ledger_package(arena, &view, &loading, &package, &scheme, &found));
    TRY(baton_package_link(package, &options, &links, &found));
    TRY(baton_session_open(arena, baton_package_scheme(package), baton_package_facts(package),
                           links, &options, &session, &found));
    arena_on_close(arena, close_session, session);
    compiling->into->session = session;
    compiling->into->figures = package->observations;
    keep_expected(compiling->into);
    return BATON_OK;
}

static struct compiled *compile(const struct indicators *indicators, const char *assessment,
                                int64_t scheme) {
    struct compiled *const compiled = calloc(1, sizeof *compiled);
    if (compiled == NULL)
        return NULL;
    *compiled = (struct compiled){
        .arena = arena_open(), .assessment = strdup(assessment), .scheme = scheme};
    if (compiled->assessment != NULL &&
        arena_run(compiled->arena, compile_body,
                  &(struct compiling){indicators->place, compiled}) == BATON_OK)
        return compiled;
    give_up(compiled);
    return NULL;
}

/* NULL = it is not sound; then it is tried again with the next question. */
static const struct compiled *find(struct indicators *indicators, const char *assessment,
                                   int64_t scheme) {
    struct compiled **at = &indicators->first;
    while (*at != NULL && strcmp((*at)->assessment, assessment) != 0)
        at = &(*at)->next;
    if (*at != NULL && (*at)->scheme == scheme)
        return *at;
    struct compiled *const newer = compile(indicators, assessment, scheme);
    if (newer == NULL)
        return NULL;
    if (*at != NULL) {
        struct compiled *const older = *at;
        newer->next = older->next;
        *at = newer;
        give_up(older);
    } else {
        newer->next = NULL;
        *at = newer;
    }
    return newer;
}

/* One answer, as the body of an arena_run. */
struct covering {
    struct baton_arena *arena;
    const struct compiled *compiled;
    const char *indicator;
    enum fact_kind kind;
    const struct fact_body *body;
    bool covers;
};

static baton_code cover_body(void *context) {
    struct covering *const covering = context;
    struct post_reach reach;
    post_reach_of(covering->arena, covering->compiled->session, covering->indicator, &reach);
    covering->covers = post_reaches(&reach, covering->kind, covering->body);
    return BATON_OK;
}

static bool cover(void *context, const char *assessment, int64_t scheme, const char *indicator,
                  enum fact_kind kind, const struct fact_body *body) {
    const struct compiled *const compiled = scheme < 0 ? NULL : find(context, assessment, scheme);
    struct covering covering = {NULL, compiled, indicator, kind, body, false};
    if (compiled == NULL)
        return false;
    covering.arena = arena_open();
    const baton_code code = arena_run(covering.arena, cover_body, &covering);
    arena_close(covering.arena);
    return code == BATON_OK && covering.covers;
}

/* One answer, as the body of an arena_run. */
struct asking {
    struct baton_arena *arena;
    const struct compiled *compiled;
    const struct fact_body *figure;
    const struct expectation *found; /* NULL = nothing asks for it */
    bool is_sound;
};

/* As reading the tables would have it; of an element without any figure yet, whether it is a number, or may be a code. */
static bool is_sound(const struct compiled *compiled, const struct expectation *one,
                     const struct fact_body *figure) {
    const char *const value = body_text(figure, "value"), *const state = body_text(figure, "state");
    double number;
    uint8_t read;
    if (*value == '\0' && *state == '\0')
        return false;
    if (one->element_index < compiled->session->reported)
        return observations_figure(compiled->figures, one->element_index, value, state, &number,
                                   &read);
    return *value == '\0' ||
           baton_session_scheme(compiled->session)->element[one->element_index].is_code ||
           baton_number_parse(value, strlen(value), &number, NULL) == BATON_NUMBER_OK;
}

static baton_code find_figure(void *context) {
    struct asking *const asking = context;
    const char *const period = body_text(asking->figure, "period");
    const char *const key = figure_key(asking->arena, body_text(asking->figure, "unit"),
                                       body_text(asking->figure, "element"));
    const uint32_t at = hash_find(&asking->compiled->figure, key, strlen(key));
    struct baton_period parsed;
    if (at != HASH_NONE && baton_period_parse(period, strlen(period), &parsed) &&
        asking->compiled->expected[at]->frequency == (enum baton_period_kind)parsed.kind)
        asking->found = asking->compiled->expected[at];
    asking->is_sound =
        asking->found != NULL && is_sound(asking->compiled, asking->found, asking->figure);
    return BATON_OK;
}

static bool responsible(void *context, int64_t scheme, const struct fact_body *figure,
                        const char **reporter, const char **verifier, bool *is_sound) {
    struct asking asking = {.figure = figure,
                            .compiled =
                                scheme < 0 ? NULL : find(context, figure->assessment, scheme)};
    if (asking.compiled == NULL)
        return false;
    asking.arena = arena_open();
    const baton_code code = arena_run(asking.arena, find_figure, &asking);
    arena_close(asking.arena);
    if (code != BATON_OK || asking.found == NULL)
        return false;
    *reporter = asking.found->reporter;
    *verifier = asking.found->verifier;
    *is_sound = asking.is_sound;
    return true;
}

/* Who reports what hangs on the units too. */
static void units_changed(void *context) {
    close_indicators(context);
}

struct standing_indicators indicators_of(struct indicators *indicators) {
    return (struct standing_indicators){cover, responsible, units_changed, indicators};
}
