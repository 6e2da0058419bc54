/* Posted tables made again. Each in an arena of its own, so that any number of them needs the memory of one. */
#include "flow/posting_parts.h"
#include <string.h>

/* What a posting says. */
struct posted {
    uint64_t position, scheme, size;
    const char *assessment, *period_name, *engine, *digest;
    struct baton_period period;
    struct digest table;
    bool has_table;
};

struct gathering {
    struct baton_arena *arena;
    struct posted *posted;
    size_t count, capacity;
};

struct verifying {
    struct baton_arena *arena; /* of the one that is made again */
    struct ledger_reader *reader;
    const struct posted *posted;
    const char *engine;
    unsigned threads;
    struct posting_report *report;
    struct baton_findings *found;
    baton_code code;
};

static const char *kept(struct baton_arena *arena, const struct fact_body *body, const char *name) {
    const char *text = body_text(body, name);
    return arena_text(arena, text, strlen(text));
}

static baton_code take_posting(void *context, const struct fact_row *row) {
    struct gathering *g = context;
    const struct fact_body *body = &row->entry.body;
    struct posted *posted = ARRAY_PUSH(g->arena, g->posted, g->count, g->capacity);
    posted->position = row->position;
    posted->assessment = arena_text(g->arena, body->assessment, strlen(body->assessment));
    posted->period_name = kept(g->arena, body, "period");
    posted->engine = kept(g->arena, body, "engine");
    posted->digest = kept(g->arena, body, "digest");
    (void)fact_position(body_text(body, "scheme"), &posted->scheme);
    (void)fact_position(body_text(body, "size"), &posted->size);
    (void)baton_period_parse(posted->period_name, strlen(posted->period_name), &posted->period);
    for (size_t i = 0; i < body->field_count; i++)
        if (strcmp(body->field[i].name, "table") == 0 && body->field[i].size == DIGEST_SIZE) {
            memcpy(posted->table.byte, body->field[i].value, DIGEST_SIZE);
            posted->has_table = true;
        }
    return BATON_OK;
}

static baton_code tell(struct verifying *v, baton_code code) {
    if (code != BATON_OK && code != BATON_NO_MEMORY)
        reader_report(v->reader, code, v->found);
    return code;
}

/* "no. 812 (city-2021, 2021)" */
static baton_code differs(struct verifying *v, baton_code code, const char *arg3,
                          const char *arg4) {
    const struct posted *posted = v->posted;
    baton_findings_add(v->found, code, (struct baton_where){0},
                       arena_printf(v->arena, "%llu", (unsigned long long)posted->position),
                       arena_printf(v->arena, "%s %s", posted->assessment, posted->period_name),
                       arg3, arg4);
    v->code = v->code == BATON_OK ? code : v->code;
    return BATON_OK;
}

/* The first line in which two tables differ, as the posted one has it; "" behind its end. */
static const char *line_that_differs(struct baton_arena *arena, const char *posted, size_t size,
                                     const char *made, size_t made_size) {
    size_t line = 0, i = 0;
    for (; i < size && i < made_size && posted[i] == made[i]; i++)
        if (posted[i] == '\n')
            line = i + 1;
    const char *end = line < size ? memchr(posted + line, '\n', size - line) : NULL;
    return arena_text(arena, posted + line, (end != NULL ? (size_t)(end - posted) : size) - line);
}

static baton_code compare_table(struct verifying *v, const struct posting_made *made) {
    const struct posted *posted = v->posted;
    char hex[DIGEST_HEX_SIZE];
    const char *text = NULL;
    size_t size = 0;
    digest_hex(&made->digest, hex);
    const baton_code code =
        posted->has_table ? reader_content_text(v->reader, v->arena, &posted->table, &text, &size)
                          : BATON_CONTENT_UNKNOWN;
    if (code == BATON_CONTENT_ERASED) {
        v->report->erased++;
        return strcmp(hex, posted->digest) == 0
                   ? BATON_OK
                   : differs(v, BATON_POSTING_DIFFERS, posted->engine, NULL);
    }
    TRY(tell(v, code));
    const struct digest own = digest_bytes(reader_digest(v->reader), text, size);
    char own_hex[DIGEST_HEX_SIZE];
    digest_hex(&own, own_hex);
    if (strcmp(own_hex, posted->digest) != 0)
        return differs(v, BATON_POSTING_DIGEST, NULL, NULL);
    if (size == made->size && memcmp(text, made->table, size) == 0)
        return BATON_OK;
    return differs(v, BATON_POSTING_DIFFERS,
                   strcmp(posted->engine, v->engine) == 0 ? NULL : posted->engine,
                   line_that_differs(v->arena, text, size, made->table, made->size));
}

static baton_code verify_one(void *context) {
    struct verifying *v = context;
    const struct posted *posted = v->posted;
    struct posting_made made;
    struct baton_findings why = {.arena = v->arena};
    const struct ledger_view view = {.reader = v->reader,
                                     .assessment = posted->assessment,
                                     .known = posted->size,
                                     .period = posted->period};
    const baton_code code = posting_made(v->arena, &view, v->threads, &made, &why);
    if (code == BATON_NO_MEMORY)
        return code;
    v->report->postings++;
    if (code != BATON_OK)
        return differs(v, BATON_POSTING_LOST,
                       why.count == 0 ? baton_code_info(code)->name
                                      : baton_finding_message(v->arena, &why.item[0], BATON_EN),
                       why.count == 0 ? baton_code_info(code)->name
                                      : baton_finding_message(v->arena, &why.item[0], BATON_ZH));
    if (made.scheme != posted->scheme)
        TRY(differs(v, BATON_POSTING_SCHEME,
                    arena_printf(v->arena, "%llu", (unsigned long long)posted->scheme),
                    arena_printf(v->arena, "%llu", (unsigned long long)made.scheme)));
    return compare_table(v, &made);
}

static baton_code gather(struct verifying *v, struct gathering *g) {
    const char **assessment;
    size_t count;
    uint64_t known;
    TRY(tell(v, reader_size(v->reader, &known)));
    TRY(tell(v, reader_assessments(v->reader, g->arena, &assessment, &count)));
    for (size_t i = 0; i < count; i++)
        TRY(tell(v, reader_rows(v->reader, assessment[i], FACT_POSTING, known, take_posting, g)));
    return BATON_OK;
}

baton_code posting_verify(struct baton_arena *arena, struct ledger_reader *reader,
                          const char *engine, unsigned threads, verify_progress *progress,
                          void *context, struct posting_report *out, struct baton_findings *found) {
    struct gathering g = {.arena = arena};
    struct verifying v = {.arena = arena,
                          .reader = reader,
                          .engine = engine,
                          .threads = threads,
                          .report = out,
                          .found = found};
    *out = (struct posting_report){0};
    TRY(gather(&v, &g));
    for (size_t i = 0; i < g.count; i++) {
        if (progress != NULL && !progress(context, i, g.count))
            return BATON_VERIFY_ENDED;
        v.posted = &g.posted[i];
        v.arena = arena_open();
        const baton_code code = arena_run(v.arena, verify_one, &v);
        arena_close(v.arena);
        TRY(code);
    }
    return v.code;
}
