/* What a run reads lives in an arena of the run; what it found is copied into one that stays until the next begins. */
#include "server/verifying.h"
#include "base/limits.h"
#include "flow/entry_print.h"
#include "flow/posting.h"
#include "ledger/verify.h"
#include "report/findings_json.h"
#include "server/costly.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum state { STATE_NONE, STATE_RUNNING, STATE_HOLDS, STATE_FAILED };

struct verifying {
    const struct api *api;
    pthread_t thread;
    bool has_thread;      /* begun, and not joined */
    atomic_bool is_ended; /* the server is: nothing more is verified */
    pthread_mutex_t lock; /* of what follows */
    enum state state;
    char person[LIMIT_ID_SIZE + 1];
    int64_t begun_utc_ms, ended_utc_ms;
    bool is_scoring; /* the second part */
    uint64_t done, of;
    struct verify_report report;
    struct posting_report postings;
    struct baton_arena *kept; /* of `found` */
    struct baton_findings found;
};

/* One run. */
struct run {
    struct verifying *verifying;
    struct baton_arena *arena;
    struct baton_findings found;
    struct verify_report report;
    struct posting_report postings;
};

static int64_t now_of(const struct verifying *verifying) {
    return verifying->api->world->now_utc_ms(verifying->api->world->context);
}

static bool watch(void *context, uint64_t done, uint64_t of) {
    struct verifying *const verifying = context;
    pthread_mutex_lock(&verifying->lock);
    verifying->done = done;
    verifying->of = of;
    pthread_mutex_unlock(&verifying->lock);
    turns_yield(&verifying->api->costly->turns);
    return !atomic_load(&verifying->is_ended);
}

static baton_code verify(void *context) {
    struct run *const run = context;
    struct verifying *const verifying = run->verifying;
    const struct ledger_place *const place = &verifying->api->place;
    struct ledger_reader *reader;
    TRY(ledger_verify(run->arena, place, NULL, NULL, watch, verifying, &run->report, &run->found));
    pthread_mutex_lock(&verifying->lock);
    verifying->is_scoring = true;
    verifying->done = verifying->of = 0;
    pthread_mutex_unlock(&verifying->lock);
    TRY(reader_open(run->arena, place, &reader, &run->found));
    return posting_verify(run->arena, reader, BATON_VERSION, 1, watch, verifying, &run->postings,
                          &run->found);
}

static baton_code keep(void *context) {
    struct run *const run = context;
    struct baton_findings *const kept = &run->verifying->found;
    for (size_t i = 0; i < run->found.count; i++) {
        const struct baton_finding *const one = &run->found.item[i];
        baton_findings_add(kept, one->code, one->where, one->arg[0], one->arg[1], one->arg[2],
                           one->arg[3]);
    }
    return BATON_OK;
}

static void settle(struct run *run, baton_code code) {
    struct verifying *const verifying = run->verifying;
    pthread_mutex_lock(&verifying->lock);
    verifying->report = run->report;
    verifying->postings = run->postings;
    if (arena_run(verifying->kept, keep, run) != BATON_OK && code == BATON_OK)
        code = BATON_NO_MEMORY;
    verifying->ended_utc_ms = now_of(verifying);
    verifying->state = code == BATON_OK ? STATE_HOLDS : STATE_FAILED;
    pthread_mutex_unlock(&verifying->lock);
}

static void *work(void *context) {
    struct run run = {.verifying = context, .arena = arena_open()};
    run.found.arena = run.arena;
    struct turns *const turns = &run.verifying->api->costly->turns;
    turns_wait(turns);
    settle(&run, arena_run(run.arena, verify, &run));
    turns_give(turns);
    arena_close(run.arena);
    return NULL;
}

static void join(struct verifying *verifying) {
    if (verifying->has_thread)
        pthread_join(verifying->thread, NULL);
    verifying->has_thread = false;
}

static void close_verifying(void *context) {
    struct verifying *const verifying = context;
    verifying_close(verifying);
    arena_close(verifying->kept);
    pthread_mutex_destroy(&verifying->lock);
}

struct verifying *verifying_open(struct baton_arena *arena, const struct api *api) {
    struct verifying *verifying = arena_alloc(arena, 1, sizeof *verifying);
    verifying->api = api;
    pthread_mutex_init(&verifying->lock, NULL);
    arena_on_close(arena, close_verifying, verifying);
    return verifying;
}

void verifying_close(struct verifying *verifying) {
    if (verifying == NULL)
        return;
    atomic_store(&verifying->is_ended, true);
    join(verifying);
}

/* With the lock held, and no thread at work. */
static baton_code begin(struct verifying *verifying, const char *person) {
    join(verifying); /* it has ended */
    arena_close(verifying->kept);
    verifying->kept = arena_open();
    if (verifying->kept == NULL)
        return BATON_NO_MEMORY;
    verifying->found = (struct baton_findings){.arena = verifying->kept};
    verifying->report = (struct verify_report){0};
    verifying->postings = (struct posting_report){0};
    verifying->done = verifying->of = 0;
    verifying->is_scoring = false;
    verifying->begun_utc_ms = now_of(verifying);
    snprintf(verifying->person, sizeof verifying->person, "%s", person);
    verifying->state = STATE_RUNNING;
    verifying->has_thread = pthread_create(&verifying->thread, NULL, work, verifying) == 0;
    if (verifying->has_thread)
        return BATON_OK;
    verifying->state = STATE_NONE;
    return BATON_NO_MEMORY;
}

baton_code verifying_begin(struct verifying *verifying, const char *person) {
    pthread_mutex_lock(&verifying->lock);
    const baton_code code =
        verifying->state == STATE_RUNNING ? BATON_VERIFY_RUNNING : begin(verifying, person);
    pthread_mutex_unlock(&verifying->lock);
    return code;
}

/* Telling */

static void put_times(const struct verifying *verifying, struct baton_arena *arena,
                      struct json *json) {
    json_text(json, "by", verifying->person);
    json_text(json, "begun", time_exact(arena, verifying->begun_utc_ms));
    if (verifying->state != STATE_RUNNING)
        json_text(json, "ended", time_exact(arena, verifying->ended_utc_ms));
}

static void put_progress(const struct verifying *verifying, struct json *json) {
    json_text(json, "doing", verifying->is_scoring ? "postings" : "journal");
    json_count(json, "done", verifying->done);
    json_count(json, "of", verifying->of);
}

static void put_report(const struct verifying *verifying, struct json *json) {
    const struct verify_report *const report = &verifying->report;
    char hex[DIGEST_HEX_SIZE];
    digest_hex(&report->head.root, hex);
    json_count(json, "facts", report->entries);
    json_count(json, "heads", report->heads);
    json_count(json, "contents", report->contents);
    json_count(json, "content_bytes", report->content_bytes);
    json_count(json, "erased", report->erased);
    json_count(json, "postings", verifying->postings.postings);
    json_text(json, "root", hex);
}

static void put_findings(const struct verifying *verifying, struct baton_arena *arena,
                         enum baton_language language, struct json *json) {
    json_array(json, "problems");
    for (size_t i = 0; i < verifying->found.count; i++) {
        const struct baton_finding *const finding = &verifying->found.item[i];
        json_object(json, NULL);
        json_text(json, "name", baton_code_info(finding->code)->name);
        json_text(json, "detail", findings_message(arena, finding, language));
        json_end(json);
    }
    json_end(json);
}

struct telling {
    struct verifying *verifying;
    struct baton_arena *arena;
    enum baton_language language;
    struct json *json;
};

static baton_code tell(void *context) {
    static const char *const words[] = {[STATE_NONE] = "none",
                                        [STATE_RUNNING] = "running",
                                        [STATE_HOLDS] = "holds",
                                        [STATE_FAILED] = "failed"};
    const struct telling *const t = context;
    const struct verifying *const verifying = t->verifying;
    json_object(t->json, NULL);
    json_text(t->json, "state", words[verifying->state]);
    if (verifying->state != STATE_NONE)
        put_times(verifying, t->arena, t->json);
    if (verifying->state == STATE_RUNNING)
        put_progress(verifying, t->json);
    if (verifying->state == STATE_HOLDS)
        put_report(verifying, t->json);
    if (verifying->state == STATE_HOLDS || verifying->state == STATE_FAILED)
        put_findings(verifying, t->arena, t->language, t->json);
    json_end(t->json);
    return BATON_OK;
}

baton_code verifying_json(struct verifying *verifying, struct baton_arena *arena,
                          enum baton_language language, struct json *json) {
    struct telling telling = {verifying, arena, language, json};
    pthread_mutex_lock(&verifying->lock);
    const baton_code code = arena_run(arena, tell, &telling); /* so that the lock is given back */
    pthread_mutex_unlock(&verifying->lock);
    return code;
}
