/* One call of a handler: its findings become the answer, its reader goes back; and what requests say in many places: the assessment, the period, as known when, in which form. */
#include "base/civil_day.h"
#include "base/text.h"
#include "base/writer.h"
#include "http/http_problem.h"
#include "ledger/digest.h"
#include "server/api.h"
#include "server/costly.h"
#include "server/gate.h"
#include "server/route.h"
#include "server/sent.h"
#include "server/sight.h"
#include <assert.h>
#include <inttypes.h>
#include <string.h>

/* What is wrong with a part of the path is not found; nothing that is wrong with what was sent is. 0 = as the code says. */
static int status_of(const struct call *call) {
    const struct baton_finding *const finding = http_problem_main(&call->found);
    const struct baton_code_info *const code = baton_code_info(finding->code);
    if (route_misses(route_of(call->request), finding))
        return 404;
    return call->sent != NULL && code->http == 404 && route_is_of_package(code) ? 422 : 0;
}

void call_run(struct http_request *request, void *api, baton_code (*work)(struct call *call)) {
    struct call *call = arena_alloc(request->arena, 1, sizeof *call);
    *call = (struct call){.request = request,
                          .api = api,
                          .arena = request->arena,
                          .found = {.arena = request->arena}};
    const baton_code code = work(call);
    costly_end(call);
    sent_hide(call);
    if (code == BATON_OK)
        return;
    if (call->reader != NULL && call->found.errors == 0)
        reader_report(call->reader, code, &call->found);
    if (code == BATON_STORE_FAILED && call->reader != NULL)
        readers_spoil(call->api->readers, call->reader);
    if (call->found.errors > 0)
        http_answer_findings_as(request, status_of(call), &call->found);
    else
        http_answer_problem(request, code, NULL, NULL, NULL, NULL);
}

baton_code call_reader(struct call *call) {
    return call->reader != NULL
               ? BATON_OK
               : readers_take(call->api->readers, call->arena, &call->reader, &call->found);
}

baton_code call_refuse_at(struct call *call, baton_code code, const char *field, const char *a,
                          const char *b, const char *c, const char *d) {
    baton_findings_add(&call->found, code, (struct baton_where){.field = field}, a, b, c, d);
    return code;
}

baton_code call_refuse(struct call *call, baton_code code, const char *a, const char *b,
                       const char *c, const char *d) {
    return call_refuse_at(call, code, NULL, a, b, c, d);
}

/* One writing, as the body of an arena_run on the scratch. */
struct writing {
    baton_code (*write)(void *context, struct baton_arena *scratch, struct writer *writer);
    void *context;
    struct baton_arena *scratch;
    struct writer *writer;
};

static baton_code write_body(void *context) {
    const struct writing *writing = context;
    return writing->write(writing->context, writing->scratch, writing->writer);
}

static void close_scratch(void *scratch) {
    arena_close(scratch);
}

baton_code call_write(struct call *call,
                      baton_code (*write)(void *context, struct baton_arena *scratch,
                                          struct writer *writer),
                      void *context, const char **bytes, size_t *size) {
    struct writing writing = {write, context, arena_open(), writer_memory(call->arena)};
    arena_on_close(call->arena, close_scratch, writing.scratch);
    TRY(arena_run(writing.scratch, write_body, &writing));
    *bytes = writer_text_of(writing.writer);
    *size = writing.writer->used;
    return BATON_OK;
}

void call_answer(struct call *call, const char *media, struct writer *writer) {
    const char *text = writer_text_of(writer);
    http_answer(call->request, 200, media, text, strlen(text));
}

/* Who asks */

const char *call_actor(const struct call *call) {
    const struct caller *const caller = caller_of(call->request);
    assert(caller != NULL && caller->is_in);
    return caller->who.person;
}

/* What the request says */

/* A body that is in no memory is read for it. */
static baton_code digest_body(struct call *call, struct digest_stream *stream) {
    enum { PIECE = 1 << 18 };
    const struct http_request *const request = call->request;
    if (request->body != NULL || request->body_size == 0) {
        digest_add(stream, request->body, request->body_size);
        return BATON_OK;
    }
    char *const piece = arena_alloc_raw(call->arena, PIECE, 1);
    for (uint64_t at = 0; at < request->body_size;) {
        const size_t got = http_body_read(request, at, piece, PIECE);
        if (got == 0 || got == SIZE_MAX)
            return BATON_STORE_FAILED;
        digest_add(stream, piece, got);
        at += got;
    }
    return BATON_OK;
}

baton_code call_request(struct call *call, struct request *out) {
    const struct http_request *request = call->request;
    const char *const key = http_header(request, "Idempotency-Key");
    if (key == NULL || *key == '\0' || strlen(key) > REQUEST_KEY_MAX)
        return call_refuse(call, BATON_REQUEST_KEY_NEEDED, NULL, NULL, NULL, NULL);
    for (const char *at = key; *at != '\0'; at++)
        if (*at < '!' || *at > '~')
            return call_refuse(call, BATON_REQUEST_KEY_NEEDED, NULL, NULL, NULL, NULL);
    struct digest_stream *stream = digest_begin(call->arena, DIGEST_SHA256);
    digest_add(stream, http_method_word(request->method),
               strlen(http_method_word(request->method)) + 1);
    digest_add(stream, request->path, strlen(request->path) + 1);
    for (size_t i = 0; i < request->query_count; i++) {
        digest_add(stream, request->query[i].name, strlen(request->query[i].name) + 1);
        digest_add(stream, request->query[i].value, strlen(request->query[i].value) + 1);
    }
    TRY(digest_body(call, stream));
    *out = (struct request){key, digest_end(stream)};
    return BATON_OK;
}

/* "a, b, c" of those that are not empty. */
static const char *listed(struct baton_arena *arena, const char *const *name, size_t count) {
    struct writer *list = writer_memory(arena);
    bool is_first = true;
    for (size_t i = 0; i < count; i++)
        if (name[i][0] != '\0') {
            writer_printf(list, "%s%s", is_first ? "" : ", ", name[i]);
            is_first = false;
        }
    return is_first ? NULL : writer_text_of(list);
}

baton_code call_assessments(struct call *call, const char ***out, size_t *count) {
    const char **name;
    size_t all, seen = 0;
    TRY(reader_assessments(call->reader, call->arena, &name, &all));
    for (size_t i = 0; i < all; i++)
        if (name[i][0] != '\0' && sight_over(sight_of(call), name[i]))
            name[seen++] = name[i];
    *out = name;
    *count = seen;
    return BATON_OK;
}

baton_code call_assessment_named(struct call *call, const char *asked, const char **out) {
    const char **name;
    struct text_guess guess = {.text = asked, .size = strlen(asked)};
    size_t count;
    TRY(call_assessments(call, &name, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(asked, name[i]) == 0) {
            *out = name[i];
            return BATON_OK;
        }
        text_guess_offer(&guess, name[i], strlen(name[i]));
    }
    return call_refuse(call, BATON_ASSESSMENT_UNKNOWN, asked, listed(call->arena, name, count),
                       guess.best, NULL);
}

baton_code call_assessment(struct call *call, const char **out) {
    return call_assessment_named(call, http_segment(call->request, "assessment"), out);
}

baton_code call_known(struct call *call, uint64_t *out, bool *is_now) {
    const char *const asked = http_query(call->request, "known");
    uint64_t size, number;
    int32_t day;
    TRY(reader_size(call->reader, &size));
    *out = size;
    *is_now = asked == NULL;
    if (asked == NULL)
        return BATON_OK;
    if (baton_day_parse(asked, strlen(asked), &day))
        return reader_known_at(call->reader, civil_day_ends_utc_ms(day), out);
    if (!fact_position(asked, &number))
        return call_refuse_at(call, BATON_KNOWN_BAD, "known", asked, NULL, NULL, NULL);
    if (number >= size)
        return call_refuse_at(call, BATON_ENTRY_UNKNOWN, "known", asked,
                              arena_printf(call->arena, "%" PRIu64, size - 1), NULL, NULL);
    *out = number + 1;
    return BATON_OK;
}

baton_code call_period_of(struct call *call, const char *field, const char *text,
                          struct baton_period *out) {
    if (text == NULL || baton_period_parse(text, strlen(text), out))
        return BATON_OK;
    return call_refuse_at(call, BATON_PERIOD_BAD, field, text, NULL, NULL, NULL);
}

baton_code call_period(struct call *call, struct baton_period *out) {
    *out = (struct baton_period){0};
    return call_period_of(call, "period", http_segment(call->request, "period"), out);
}

baton_code call_number(struct call *call, const char *name, const char *text, uint64_t *out) {
    if (text == NULL || fact_position(text, out))
        return BATON_OK;
    return call_refuse_at(call, BATON_NUMBER_BAD, name, text, NULL, NULL, NULL);
}

baton_code call_limit(struct call *call, size_t usual, size_t most, size_t *out) {
    uint64_t asked = usual;
    TRY(call_number(call, "limit", http_query(call->request, "limit"), &asked));
    *out = asked < 1 ? 1 : asked > most ? most : (size_t)asked;
    return BATON_OK;
}

/* Forms */

const char *const form_media[FORM_COUNT] = {
    [FORM_JSON] = "application/json",
    [FORM_CSV] = "text/csv",
    [FORM_XLSX] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

static const char *const form_word[FORM_COUNT] = {
    [FORM_JSON] = "json", [FORM_CSV] = "csv", [FORM_XLSX] = "xlsx"};

/* The parameter q of a range, in thousandths; 1000 where there is none, 0 where it is no number. */
static int quality_of(const char *range, size_t size) {
    const char *q = memmem(range, size, "q=", 2);
    double number;
    if (q == NULL)
        return 1000;
    const size_t digits = strspn(q + 2, "0123456789.");
    if (baton_number_parse(q + 2, digits, &number, NULL) != BATON_NUMBER_OK || number > 1)
        return 0;
    return (int)(1000 * number);
}

/* Weight of a media type in an Accept header, 0 .. 1000; -1 where it is not named. The most exact range counts: type, type/ *, * / *. */
static int weight_of(const char *accept, const char *media) {
    const char *slash = strchr(media, '/');
    int weight = -1, exactness = 0;
    for (const char *at = accept; *at != '\0';) {
        const size_t length = strcspn(at, ",");
        const size_t name = strcspn(at, ",; ");
        const int exact = name == strlen(media) && strncasecmp(at, media, name) == 0 ? 3
                          : name == (size_t)(slash - media) + 2 && at[name - 1] == '*' &&
                                  strncasecmp(at, media, name - 1) == 0
                              ? 2
                          : name == 3 && strncmp(at, "*/*", 3) == 0 ? 1
                                                                    : 0;
        if (exact > exactness) {
            exactness = exact;
            weight = quality_of(at, length);
        }
        at += length;
        at += strspn(at, ", ");
    }
    return weight;
}

static const char *allowed_words(struct call *call, unsigned allowed) {
    const char *name[FORM_COUNT];
    size_t count = 0;
    for (unsigned form = 0; form < FORM_COUNT; form++)
        if ((allowed >> form & 1) != 0)
            name[count++] = form_word[form];
    return listed(call->arena, name, count);
}

bool form_accepted(const char *accept, unsigned allowed, enum form *out) {
    int best = 0;
    *out = FORM_JSON;
    if (accept == NULL)
        return true;
    for (unsigned form = 0; form < FORM_COUNT; form++) {
        const int weight = (allowed >> form & 1) != 0 ? weight_of(accept, form_media[form]) : -1;
        if (weight > best) {
            best = weight;
            *out = (enum form)form;
        }
    }
    return best > 0;
}

baton_code call_form(struct call *call, unsigned allowed, enum form *out) {
    const char *const asked = http_query(call->request, "format");
    const char *const accept = http_header(call->request, "Accept");
    if (asked != NULL) {
        for (unsigned form = 0; form < FORM_COUNT; form++)
            if ((allowed >> form & 1) != 0 && strcmp(asked, form_word[form]) == 0) {
                *out = (enum form)form;
                return BATON_OK;
            }
        return call_refuse_at(call, BATON_FORM_UNKNOWN, "format", asked,
                              allowed_words(call, allowed), NULL, NULL);
    }
    return form_accepted(accept, allowed, out)
               ? BATON_OK
               : call_refuse(call, BATON_FORM_UNKNOWN, accept, allowed_words(call, allowed), NULL,
                             NULL);
}
