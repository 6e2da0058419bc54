/* See ledger_fixture.h. */
#include "unit/ledger/ledger_fixture.h"
#include "unit/test.h"
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

_Atomic int64_t ledger_test_now_utc_ms = LEDGER_TEST_BEGINS;

static int64_t now(void *context) {
    (void)context;
    return atomic_load(&ledger_test_now_utc_ms);
}

/* Different every time, and the same in every run of one thread. */
static void fill(void *context, void *out, size_t size) {
    static _Atomic uint64_t state = 88172645463325252;
    uint8_t *byte = out;
    (void)context;
    for (size_t i = 0; i < size; i++) {
        uint64_t x = atomic_fetch_add(&state, UINT64_C(0x9E3779B97F4A7C15));
        x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
        x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
        byte[i] = (uint8_t)(x >> 32);
    }
}

bool ledger_test_done(struct ledger_test *test, baton_code code, const char *file, int line,
                      const char *call) {
    if (code == BATON_OK)
        return test_holds(file, line, true, call);
    test_fail(file, line, "%s: %s", call, baton_code_info(code)->name);
    for (size_t i = 0; i < test->found.count; i++)
        test_fail(file, line, "  %s",
                  baton_finding_message(test->arena, &test->found.item[i], BATON_EN));
    return false;
}

static void begin(struct ledger_test *test, const char *address) {
    *test = (struct ledger_test){.arena = arena_open()};
    test->found.arena = test->arena;
    test->world = (struct ledger_world){NULL, now, fill};
    test->place = (struct ledger_place){
        .address = arena_text(test->arena, address, strlen(address)),
        .ledger = "test",
        .key = arena_printf(test->arena, "%s/key-%s.pem", test_folder(),
                            strrchr(address, '/') != NULL ? strrchr(address, '/') + 1 : "x"),
        .holder = "a test",
    };
    for (char *at = (char *)(uintptr_t)test->place.key + strlen(test_folder()) + 1; *at != '\0';
         at++)
        if (*at == '?' || *at == '/' || *at == ':')
            *at = '_';
}

struct opening {
    struct ledger_test *test;
    enum digest_kind digest;
    enum signature_kind signature;
};

static baton_code create(void *context) {
    struct opening *o = context;
    struct ledger_test *test = o->test;
    const struct ledger_founder founder = {"li.wei", "李伟"};
    remove(test->place.key);
    return ledger_create(test->arena, &test->world, &test->place, o->digest, o->signature, &founder,
                         &test->found);
}

static baton_code open_it(void *context) {
    struct opening *o = context;
    struct ledger_test *test = o->test;
    return ledger_open(test->arena, &test->world, &test->place, &test->ledger, &test->found);
}

bool ledger_test_open(struct ledger_test *test, const char *address) {
    struct opening opening = {.test = test};
    begin(test, address);
    return CHECK_DONE(test, arena_run(test->arena, open_it, &opening));
}

bool ledger_test_make(struct ledger_test *test, const char *address, enum digest_kind digest,
                      enum signature_kind signature) {
    struct opening opening = {test, digest, signature};
    begin(test, address);
    return CHECK_DONE(test, arena_run(test->arena, create, &opening)) &&
           CHECK_DONE(test, arena_run(test->arena, open_it, &opening)) &&
           CHECK_DONE(test, ledger_test_say(test, "li.wei", "person", "", "id=wang.min name:=王敏",
                                            NULL)) &&
           CHECK_DONE(test, ledger_test_say(test, "li.wei", "post", "",
                                            "person=wang.min role=office from=2021-01-01", NULL)) &&
           CHECK_DONE(test, ledger_test_say(test, "li.wei", "person", "", "id=zhao.qing name:=赵青",
                                            NULL)) &&
           CHECK_DONE(test,
                      ledger_test_say(test, "li.wei", "post", "",
                                      "person=zhao.qing role=unit unit=a from=2021-01-01", NULL));
}

void ledger_test_close(struct ledger_test *test) {
    ledger_close(test->ledger);
    arena_close(test->arena);
}

struct fact_body ledger_test_fact(struct ledger_test *test, const char *kind,
                                  const char *assessment, const char *fields) {
    struct field *field = arena_alloc(test->arena, 32, sizeof *field);
    size_t count = 0;
    while (*fields != '\0') {
        const size_t size = strcspn(fields, " "), equals = strcspn(fields, "=");
        const bool is_content = equals > 0 && fields[equals - 1] == ':';
        const size_t end = is_content ? equals - 1 : equals, value = equals + 1;
        field[count++] = (struct field){arena_text(test->arena, fields, end),
                                        arena_text(test->arena, fields + value, size - value),
                                        size - value, is_content ? 'C' : 't'};
        fields += size;
        fields += *fields == ' ';
    }
    return (struct fact_body){kind, assessment, field, count};
}

baton_code ledger_test_say(struct ledger_test *test, const char *actor, const char *kind,
                           const char *assessment, const char *fields, uint64_t *position) {
    struct fact_body fact = ledger_test_fact(test, kind, assessment, fields);
    struct submission submission = {.actor = actor, .fact = &fact, .count = 1};
    test->found = (struct baton_findings){.arena = test->arena};
    const baton_code code = ledger_append(test->ledger, test->arena, &submission, &test->found);
    if (code == BATON_OK && position != NULL)
        *position = submission.first;
    return code;
}

baton_code ledger_test_propose(struct ledger_test *test, const char *actor, const char *kind,
                               const char *assessment, const char *fields, uint64_t *proposal) {
    struct fact_body fact = ledger_test_fact(test, kind, assessment, fields);
    struct submission submission = {.actor = actor, .fact = &fact, .count = 1};
    test->found = (struct baton_findings){.arena = test->arena};
    const baton_code code =
        ledger_propose(test->ledger, test->arena, &submission, "because", 0, &test->found);
    if (code == BATON_OK && proposal != NULL)
        *proposal = submission.first;
    return code;
}

baton_code ledger_test_accept(struct ledger_test *test, const char *actor, uint64_t proposal) {
    struct submission out;
    test->found = (struct baton_findings){.arena = test->arena};
    return ledger_decide(test->ledger, test->arena, actor, NULL, proposal, true, "seen", &out,
                         &test->found);
}
