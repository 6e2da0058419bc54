/* Each version of a scheme is compiled once, with the package that it is of, into an arena of its own; only one thread asks at a time, for a ledger makes one batch at a time.
 *
 * That a package is not sound is remembered as well. A figure may mend it, so it is compiled anew once the journal has got another fact than those that are no part of any package. */
#include "flow/indicators.h"
#include "base/hash.h"
#include "base/text.h"
#include "baton/number.h"
#include "engine/session.h"
#include "flow/expected_index.h"
#include "flow/ledger_score.h"
#include "flow/post_reach.h"
#include "flow/tables.h"
#include "ledger/requests.h"
#include "package/observations.h"
#include "package/yaml.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An assessment by one version of its scheme. */
struct compiled {
    struct compiled *next;
    struct baton_arena *arena;
    char *assessment;
    int64_t scheme;
    const struct baton_session *session; /* NULL = it is not sound */
    uint64_t known;                     /* then: entries of the journal for which that is certain */
    struct ledger_reader *reader;       /* then: looks at what came after; NULL = not opened yet */
    const struct observations *figures; /* of the package */
    struct expected_index expected;
};

struct indicators {
    const struct ledger_place *place;
    struct compiled *first;
    uint64_t compiled;
};

uint64_t indicators_compiled(const struct indicators *indicators) {
    return indicators->compiled;
}

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
    const struct request_question *question; /* NULL = none: the version in force */
};

static void close_session(void *session) {
    baton_session_close(session);
}

static void keep_expected(struct compiled *compiled) {
    struct expected expected;
    expected_all(compiled->arena, compiled->session, &expected);
    expected_index_make(compiled->arena, &expected, &compiled->expected);
}

static baton_code compile_body(void *context) {
    const struct compiling *const compiling = context;
    struct baton_arena *const arena = compiling->into->arena;
    struct baton_findings found = {.arena = arena};
    const struct baton_options options = {.as_of_day = INT32_MAX, .threads = 1};
    const struct baton_package_options loading = {.threads = 1};
    struct ledger_view view = {.assessment = compiling->into->assessment};
    if (compiling->question != NULL) {
        view.also = compiling->question->also;
        view.also_count = compiling->question->also_count;
    }
    const struct baton_links *links;
    struct baton_package *package;
    struct baton_session *session;
    uint64_t scheme;
    TRY(reader_open(arena, compiling->place, &view.reader, &found));
    TRY(reader_size(view.reader, &view.known));
    compiling->into->known = view.known;
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

/* Whether it is not sound, rather than that it could not be read. */
static bool is_unsound(baton_code code) {
    return code != BATON_OK && baton_code_info(code)->exit_status == 2;
}

/* With the facts of a question, which count as if they had been said; NULL = without. NULL where it could not be read. */
static struct compiled *compile(struct indicators *indicators, const char *assessment,
                                int64_t scheme, const struct request_question *question) {
    struct compiled *const compiled = calloc(1, sizeof *compiled);
    if (compiled == NULL)
        return NULL;
    indicators->compiled++;
    *compiled = (struct compiled){
        .arena = arena_open(), .assessment = strdup(assessment), .scheme = scheme};
    const baton_code code =
        compiled->assessment == NULL
            ? BATON_NO_MEMORY
            : arena_run(compiled->arena, compile_body,
                        &(struct compiling){indicators->place, compiled, question});
    if (code == BATON_OK)
        return compiled;
    if (!is_unsound(code)) {
        give_up(compiled);
        return NULL;
    }
    arena_close(compiled->arena); /* of what was read nothing is asked any more */
    compiled->arena = arena_open();
    return compiled;
}

/* Whether a fact of the kind leaves every package as it is. */
static bool is_beside_packages(const char *word) {
    enum fact_kind kind;
    if (!fact_kind_of(word, &kind))
        return false;
    switch (kind) {
    case FACT_REPORT:
    case FACT_EVIDENCE:
    case FACT_PERSON:
    case FACT_POST:
    case FACT_PERIOD:
    case FACT_EXCEPTION:
        return true;
    default:
        return false;
    }
}

/* What came since, as the body of an arena_run. */
struct since {
    const struct ledger_place *place;
    struct compiled *of;
    struct baton_arena *arena;
    bool is_other;
};

static baton_code look_since(void *context) {
    enum { MOST = 1000 }; /* more take as long as compiling */
    struct since *const since = context;
    struct compiled *const of = since->of;
    struct baton_findings found = {.arena = of->arena};
    uint64_t size;
    if (of->reader == NULL)
        TRY(reader_open(of->arena, since->place, &of->reader, &found));
    TRY(reader_size(of->reader, &size));
    since->is_other = size - of->known > MOST;
    while (of->known < size && !since->is_other) {
        struct entry entry;
        TRY(reader_entry(of->reader, since->arena, of->known, &entry));
        since->is_other = !is_beside_packages(entry.body.kind);
        of->known += !since->is_other;
    }
    return BATON_OK;
}

/* Whether a package that was not sound may be by now. */
static bool may_be_mended(const struct indicators *indicators, struct compiled *compiled) {
    struct since since = {indicators->place, compiled, arena_open(), false};
    const baton_code code = arena_run(since.arena, look_since, &since);
    arena_close(since.arena);
    return code != BATON_OK || since.is_other;
}

/* NULL = it is not sound, or cannot be read. */
static const struct compiled *find(struct indicators *indicators, const char *assessment,
                                   int64_t scheme) {
    struct compiled **at = &indicators->first;
    while (*at != NULL && strcmp((*at)->assessment, assessment) != 0)
        at = &(*at)->next;
    if (*at != NULL && (*at)->scheme == scheme &&
        ((*at)->session != NULL || !may_be_mended(indicators, *at)))
        return (*at)->session != NULL ? *at : NULL;
    struct compiled *const newer = compile(indicators, assessment, scheme, NULL);
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
    return newer->session != NULL ? newer : NULL;
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

/* As reading the tables would have it; of an element without any figure yet, whether it is a number, or may be a code. */
static bool figure_is_sound(const struct compiled *compiled, const struct expectation *one,
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

/* NULL = nothing asks for it. */
static const struct expectation *find_figure(const struct expected_index *expected,
                                             const struct fact_body *figure) {
    const char *const period = body_text(figure, "period");
    const size_t at =
        expected_index_find(expected, body_text(figure, "unit"), body_text(figure, "element"));
    struct baton_period parsed;
    if (at == SIZE_MAX || !baton_period_parse(period, strlen(period), &parsed) ||
        expected->all.item[at]->frequency != (enum baton_period_kind)parsed.kind)
        return NULL;
    return expected->all.item[at];
}

static bool responsible(void *context, int64_t scheme, const struct fact_body *figure,
                        const char **reporter, const char **verifier, bool *is_sound,
                        bool *needs_evidence) {
    const struct compiled *const compiled =
        scheme < 0 ? NULL : find(context, figure->assessment, scheme);
    const struct expectation *const found =
        compiled == NULL ? NULL : find_figure(&compiled->expected, figure);
    if (found == NULL)
        return false;
    *reporter = found->reporter;
    *verifier = found->verifier;
    *is_sound = figure_is_sound(compiled, found, figure);
    *needs_evidence = found->needs_evidence;
    return true;
}

static bool has_unit(const struct compiled *compiled, const char *unit) {
    const struct baton_scheme *const scheme = baton_session_scheme(compiled->session);
    for (uint32_t u = 0; u < scheme->unit_count; u++)
        if (strcmp(scheme->unit[u].id, unit) == 0)
            return true;
    return false;
}

static bool excepts(void *context, int64_t scheme, const struct fact_body *exception,
                    bool *unit_is_unknown) {
    const struct compiled *const compiled =
        scheme < 0 ? NULL : find(context, exception->assessment, scheme);
    if (compiled == NULL)
        return true;
    *unit_is_unknown = !has_unit(compiled, body_text(exception, "unit"));
    return !*unit_is_unknown && (strcmp(body_text(exception, "element"), "*") == 0 ||
                                 find_figure(&compiled->expected, exception) != NULL);
}

/* ---- What is on the lists of what may be asked. */

/* As the body of an arena_run. */
struct holding {
    struct baton_arena *arena;
    const struct compiled *compiled;
    const struct request_question *question;
    struct request_refused *out;
    bool is_refused;
};

/* Who reports it is who is asked. *by gets the level whose list does not have it. */
static bool is_permitted(const struct holding *holding, const struct expectation *one,
                         const char **by) {
    const struct request_question *const question = holding->question;
    const struct baton_scheme *const scheme = baton_session_scheme(holding->compiled->session);
    const struct permit_asked asked = {question->assessment, one->element, one->verifier,
                                       question->day};
    return permits_of_unit(question->permits, question->levels, one->reporter,
                           scheme->unit[one->reporter_index].kind, &asked, by) != PERMITTED_NOT;
}

static void put_text(char out[REQUEST_TEXT_SIZE], const char *text) {
    snprintf(out, REQUEST_TEXT_SIZE, "%s", text);
    out[text_valid_size(out, strlen(out))] = '\0';
}

static bool hold(struct holding *holding, const struct expectation *one) {
    const char *by;
    if (is_permitted(holding, one, &by))
        return true;
    put_text(holding->out->unit, one->reporter);
    put_text(holding->out->element, one->element);
    put_text(holding->out->level, by);
    holding->is_refused = true;
    return false;
}

static void hold_figure(struct holding *holding) {
    const struct fact_body *const figure = holding->question->figure;
    const struct expected_index *const expected = &holding->compiled->expected;
    const size_t at =
        expected_index_find(expected, body_text(figure, "unit"), body_text(figure, "element"));
    if (at != SIZE_MAX)
        (void)hold(holding, expected->all.item[at]);
}

static baton_code hold_body(void *context) {
    struct holding *const holding = context;
    const struct compiled *const compiled = holding->compiled;
    const char *const name = holding->question->period;
    struct expected expected = compiled->expected.all;
    struct baton_period period;
    if (holding->question->figure != NULL) {
        hold_figure(holding);
        return BATON_OK;
    }
    if (name != NULL && baton_period_parse(name, strlen(name), &period))
        expected_in(holding->arena, &expected, period, &expected);
    for (size_t i = 0; i < expected.count && hold(holding, expected.item[i]); i++)
        continue;
    return BATON_OK;
}

static bool refused(void *context, const struct request_question *question,
                    struct request_refused *out) {
    const bool is_new = question->also_count > 0;
    struct compiled *const own =
        is_new ? compile(context, question->assessment, question->scheme, question) : NULL;
    const struct compiled *const compiled =
        is_new                 ? own
        : question->scheme < 0 ? NULL
                               : find(context, question->assessment, question->scheme);
    struct holding holding = {NULL, compiled, question, out, false};
    if (compiled != NULL && compiled->session != NULL) {
        holding.arena = arena_open();
        const baton_code code = arena_run(holding.arena, hold_body, &holding);
        arena_close(holding.arena);
        holding.is_refused = holding.is_refused && code == BATON_OK;
    }
    if (own != NULL)
        give_up(own);
    return holding.is_refused;
}

/* ---- The year of a version of a scheme. */

/* As the body of an arena_run. */
struct dating {
    struct baton_arena *arena;
    const struct ledger_place *place;
    const struct fact_body *scheme;
    const char *text;
    size_t size;
    int year; /* 0 = it cannot be read */
};

/* What the ledger has of the file, where it did not come along. */
static baton_code read_stored(struct dating *dating) {
    struct baton_findings found = {.arena = dating->arena};
    struct ledger_reader *reader;
    struct digest digest;
    if (!body_content(dating->scheme, FLOW_FILE "scheme.yaml", &digest))
        return BATON_FACT_FIELD_NEEDED;
    TRY(reader_open(dating->arena, dating->place, &reader, &found));
    return reader_content_text(reader, dating->arena, &digest, &dating->text, &dating->size);
}

static baton_code date_body(void *context) {
    struct dating *const dating = context;
    struct baton_findings found = {.arena = dating->arena};
    struct yaml_value *root;
    struct baton_period period;
    if (dating->text == NULL)
        TRY(read_stored(dating));
    TRY(yaml_read(dating->arena, "scheme.yaml", dating->text, dating->size, &root, &found));
    const struct yaml_value *const value = yaml_get(root, "period");
    if (value != NULL && value->kind == YAML_TEXT &&
        baton_period_parse(value->text, value->size, &period))
        dating->year = period.year;
    return BATON_OK;
}

static bool year(void *context, const struct fact_body *scheme, const char *text, size_t size,
                 int *out) {
    const struct indicators *const indicators = context;
    struct dating dating = {arena_open(), indicators->place, scheme, text, size, 0};
    const baton_code code = arena_run(dating.arena, date_body, &dating);
    arena_close(dating.arena);
    *out = dating.year;
    return code == BATON_OK && dating.year != 0;
}

/* Who reports what hangs on the units too. */
static void units_changed(void *context) {
    close_indicators(context);
}

struct standing_indicators indicators_of(struct indicators *indicators) {
    return (struct standing_indicators){cover, responsible,   excepts,   refused,
                                        year,  units_changed, indicators};
}
