/* A ledger in a file on a disk that forgets (forgetful_vfs.h), cut at every synchronisation of a run, and at some writes between.
 *
 *     ledger-forgetful [CUTS]      so many cuts spread over the run; without a number all
 *
 * The run makes a ledger and appends: figures one by one and from several threads, corrections, contents, a proposal that is decided on, a change of key; the log is brought
 * into the database, the ledger closed and opened. At a cut the files are written down as a disk would have them; whatever was acknowledged by then has to be there, the ledger
 * has to verify, and to take the next figure. Then the same threads meet a disk that is full for a while. */
#include "ledger/acks.h"
#include "ledger/forgetful_vfs.h"
#include "ledger/store.h"
#include <dirent.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    ACKS_MAX = 4096,
    HEADS_MAX = 256,
    KEYS = 2,
    THREADS = 8,
    EACH = 12,
    HOUR_MS = 3600000,
    RUN_CUTS = 2400 /* about as many cuts as a whole run has, to spread fewer */
};

static struct {
    char folder[256], image[256], key[KEYS][300];
    char address[300];
    struct baton_arena *arena;
    struct ledger *ledger;
    pthread_mutex_t lock;
    struct ack ack[ACKS_MAX];
    size_t ack_count;
    struct ack head[HEADS_MAX]; /* of other facts: their positions and heads */
    size_t head_count;
    uint64_t seed, chance;
    size_t cuts, cut_every, events, failed, checks;
} run;

/* -- The world -- */

static int64_t clock_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
static int64_t now_utc_ms(void *context) {
    (void)context;
    return clock_ms();
}
/* Whoever comes after the cut finds the lease run out. */
static int64_t later_utc_ms(void *context) {
    (void)context;
    return clock_ms() + HOUR_MS;
}
static void fill_random(void *context, void *out, size_t size) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static uint64_t chance = 7;
    (void)context;
    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < size; i++)
        ((uint8_t *)out)[i] = (uint8_t)forgetful_draw(&chance, 256);
    pthread_mutex_unlock(&lock);
}
static const struct ledger_world world = {NULL, now_utc_ms, fill_random};
static const struct ledger_world later = {NULL, later_utc_ms, fill_random};

static void must(bool good, const char *what) {
    run.checks++;
    if (good)
        return;
    run.failed++;
    printf("FAIL %s (seed %llu)\n", what, (unsigned long long)run.seed);
}

static bool must_be(struct baton_arena *arena, baton_code code, baton_code want, const char *what,
                    const struct baton_findings *found) {
    must(code == want, what);
    if (code != want)
        print_found(arena, stdout, what, code, found);
    return code == want;
}

/* -- After a cut -- */

static void clear_image(void) {
    char path[600];
    DIR *folder = opendir(run.image);
    for (const struct dirent *item; folder != NULL && (item = readdir(folder)) != NULL;) {
        snprintf(path, sizeof path, "%s/%s", run.image, item->d_name);
        if (item->d_name[0] != '.')
            unlink(path);
    }
    if (folder != NULL)
        closedir(folder);
}

struct reopening {
    struct baton_arena *arena;
    struct ledger_place place;
    struct ledger *ledger;
    struct baton_findings found;
    const struct ack *head;
    size_t head_count;
};

static baton_code open_inside(void *context) {
    struct reopening *r = context;
    return ledger_open(r->arena, &later, &r->place, &r->ledger, &r->found);
}

static baton_code say_next(void *context) {
    struct reopening *r = context;
    struct fact_body fact = ack_fact(r->arena, "after-the-cut", "1");
    struct submission submission = {.actor = "li.wei", .fact = &fact, .count = 1};
    return ledger_append(r->ledger, r->arena, &submission, &r->found);
}

/* With the key that was in force by then: the new one may have been, or not yet. */
static void go_on(struct reopening *r) {
    baton_code code = BATON_KEY_OTHER;
    for (int i = 0; i < KEYS && code == BATON_KEY_OTHER; i++) {
        r->place.key = run.key[i];
        r->found = (struct baton_findings){.arena = r->arena};
        if (access(run.key[i], F_OK) == 0)
            code = arena_run(r->arena, open_inside, r);
    }
    if (!must_be(r->arena, code, BATON_OK, "open after the cut", &r->found))
        return;
    must_be(r->arena, arena_run(r->arena, say_next, r), BATON_OK, "append after the cut",
            &r->found);
    ledger_close(r->ledger);
}

static baton_code heads_inside(void *context) {
    struct reopening *r = context;
    struct ledger_reader *reader;
    struct head head;
    struct public_key key;
    TRY(reader_open(r->arena, &r->place, &reader, &r->found));
    for (size_t i = 0; i < r->head_count; i++) {
        TRY(reader_head_at(reader, r->head[i].size, &head, &key));
        must(head.size == r->head[i].size &&
                 memcmp(head.root.byte, r->head[i].root, ACK_DIGEST_SIZE) == 0,
             "the head of a receipt is there");
    }
    reader_close(reader);
    return BATON_OK;
}

static baton_code create_inside(void *context) {
    struct reopening *r = context;
    const struct ledger_founder founder = {"li.wei", "李伟"};
    return ledger_create(r->arena, &later, &r->place, DIGEST_SHA256, SIGNATURE_ED25519, &founder,
                         &r->found);
}

/* Nothing was acknowledged yet: there is a ledger or there is none, and whoever makes it again succeeds. */
static void begin_again(struct reopening *r) {
    r->place.key = run.key[0];
    const baton_code code = arena_run(r->arena, create_inside, r);
    if (code != BATON_LEDGER_EXISTS)
        must_be(r->arena, code, BATON_OK, "make it again after the cut", &r->found);
    must(acks_hold(r->arena, &r->place, NULL, 0, stdout, NULL), "what was made again");
}

static void look_at_image(enum forgetful_keep keep, size_t acks, size_t heads) {
    struct reopening r = {.arena = arena_open(), .head = run.head, .head_count = heads};
    clear_image();
    forgetful_image(run.image, keep, &run.chance);
    r.place = (struct ledger_place){.address = arena_printf(r.arena, "%s/ledger.db", run.image),
                                    .ledger = "test"};
    r.found.arena = r.arena;
    run.cuts++;
    if (heads == 0) {
        begin_again(&r);
    } else {
        must(acks_hold(r.arena, &r.place, run.ack, acks, stdout, NULL), "what was acknowledged");
        must_be(r.arena, arena_run(r.arena, heads_inside, &r), BATON_OK, "heads", &r.found);
        go_on(&r);
    }
    arena_close(r.arena);
}

/* Called by whoever writes, before the write or synchronisation is done. */
static void at_event(void *context, enum forgetful_event event) {
    (void)context;
    pthread_mutex_lock(&run.lock);
    const size_t acks = run.ack_count, heads = run.head_count;
    pthread_mutex_unlock(&run.lock);
    if (event == FORGETFUL_BEFORE_WRITE && forgetful_draw(&run.chance, 30) != 0)
        return;
    if (run.events++ % run.cut_every != 0)
        return;
    store_sqlite_vfs(NULL);
    look_at_image(FORGETFUL_SYNCED, acks, heads);
    if (event != FORGETFUL_AFTER_SYNC) {
        look_at_image(FORGETFUL_SOME, acks, heads);
        look_at_image(FORGETFUL_SOME, acks, heads);
        look_at_image(FORGETFUL_ALL, acks, heads);
    }
    store_sqlite_vfs(FORGETFUL_VFS);
}

/* -- The run -- */

static void acknowledge(const char *key, const struct receipt *receipt) {
    const struct ack ack = ack_of(key, receipt);
    pthread_mutex_lock(&run.lock);
    if (key[0] != '\0' && run.ack_count < ACKS_MAX)
        run.ack[run.ack_count++] = ack;
    if (key[0] == '\0' && run.head_count < HEADS_MAX)
        run.head[run.head_count++] = ack;
    pthread_mutex_unlock(&run.lock);
}

static baton_code append(struct baton_arena *arena, const char *key, const char *actor,
                         struct fact_body *fact, struct baton_findings *found, uint64_t *position) {
    struct submission submission = {
        .actor = actor, .fact = fact, .count = 1, .want_receipts = true};
    TRY(ledger_append(run.ledger, arena, &submission, found));
    acknowledge(key, &submission.receipt[0]);
    if (position != NULL)
        *position = submission.first;
    return BATON_OK;
}

static baton_code figure(struct baton_arena *arena, const char *key, struct baton_findings *found,
                         uint64_t *position) {
    struct fact_body fact = ack_fact(arena, key, "7");
    return append(arena, key, "li.wei", &fact, found, position);
}

/* Fields: name, value ..., NULL; a name that begins with ! is content. */
static baton_code say(struct baton_arena *arena, struct baton_findings *found, const char *actor,
                      const char *kind, const char *assessment, const char *const *text) {
    struct field *field = arena_alloc(arena, 16, sizeof *field);
    size_t count = 0;
    for (; text[0] != NULL; text += 2)
        field[count++] = (struct field){text[0] + (text[0][0] == '!'), text[1], strlen(text[1]),
                                        text[0][0] == '!' ? 'C' : 't'};
    struct fact_body fact = {kind, assessment, field, count};
    return append(arena, "", actor, &fact, found, NULL);
}
#define SAY(actor, kind, assessment, ...) \
    say(run.arena, found, (actor), (kind), (assessment), (const char *const[]){__VA_ARGS__, NULL})

static baton_code open_ledger(struct baton_findings *found, int key) {
    const struct ledger_place place = {
        .address = run.address, .ledger = "test", .key = run.key[key], .holder = "a run"};
    return ledger_open(run.arena, &world, &place, &run.ledger, found);
}

static baton_code corrections(struct baton_findings *found) {
    for (unsigned i = 0; i < 12; i++) {
        uint64_t position;
        const char *key = arena_printf(run.arena, "corrected-%u", i);
        TRY(figure(run.arena, key, found, &position));
        TRY(SAY("li.wei", "observation", "city", "unit", key, "element", "gdp", "period", "2021",
                "value", "8", "@corrects", arena_printf(run.arena, "%d", (int)position), "@reason",
                "typo"));
    }
    return BATON_OK;
}

static baton_code evidence(struct baton_findings *found) {
    enum { SIZE = 700000 };
    struct content_stream *stream;
    struct digest digest;
    uint8_t *bytes = arena_alloc(run.arena, SIZE, 1);
    fill_random(NULL, bytes, SIZE);
    TRY(ledger_content_open(run.ledger, run.arena, "application/pdf", &stream));
    TRY(ledger_content_put(stream, bytes, SIZE));
    TRY(ledger_content_close(stream, &digest));
    struct field field[] = {{"content", (const char *)digest.byte, DIGEST_SIZE, 'c'},
                            {"name", "report.pdf", 10, 'C'},
                            {"size", "700000", 6, 't'}};
    struct fact_body fact = {"evidence", "city", field, LENGTH(field)};
    return append(run.arena, "", "li.wei", &fact, found, NULL);
}

static baton_code decision(struct baton_findings *found) {
    struct fact_body fact = ack_fact(run.arena, "proposed", "3");
    struct submission proposal = {
        .actor = "li.wei", .fact = &fact, .count = 1, .want_receipts = true};
    struct submission out;
    TRY(ledger_propose(run.ledger, run.arena, &proposal, "late", 0, found));
    acknowledge("", &proposal.receipt[0]);
    TRY(ledger_decide(run.ledger, run.arena, "wang.min", NULL, proposal.first, true, "seen", &out,
                      found));
    acknowledge("", &out.receipt[0]);
    acknowledge("proposed", &out.receipt[1]);
    return BATON_OK;
}

static baton_code change_of_key(struct baton_findings *found) {
    struct submission out;
    TRY(signer_create(run.arena, run.key[1], SIGNATURE_ED25519, found));
    TRY(ledger_rotate_key(run.ledger, run.arena, "li.wei", run.key[1], "yearly", &out, found));
    acknowledge("", &out.receipt[0]);
    return BATON_OK;
}

/* Brings the log into the database, past the ledger. */
static baton_code bring_in_log(const char *how) {
    sqlite3 *database;
    const bool good =
        sqlite3_open_v2(run.address, &database, SQLITE_OPEN_READWRITE, FORGETFUL_VFS) ==
            SQLITE_OK &&
        sqlite3_exec(database, arena_printf(run.arena, "PRAGMA wal_checkpoint(%s)", how), NULL,
                     NULL, NULL) == SQLITE_OK;
    sqlite3_close(database);
    return good ? BATON_OK : BATON_STORE_FAILED;
}

/* -- Threads -- */

struct teller {
    struct baton_arena *arena;
    const char *what;
    int number;
    size_t refused;
};

static baton_code tell_inside(void *context) {
    struct teller *teller = context;
    for (int i = 0; i < EACH; i++) {
        struct baton_findings found = {.arena = teller->arena};
        const char *key = arena_printf(teller->arena, "%s-%d-%d", teller->what, teller->number, i);
        baton_code code;
        while ((code = figure(teller->arena, key, &found, NULL)) == BATON_STORE_FULL) {
            teller->refused++;
            nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
        }
        TRY(code);
    }
    return BATON_OK;
}

static void *tell_in_thread(void *context) {
    struct teller *teller = context;
    teller->arena = arena_open();
    const baton_code code = arena_run(teller->arena, tell_inside, teller);
    if (code != BATON_OK)
        printf("FAIL %s: %s\n", teller->what, baton_code_info(code)->name);
    arena_close(teller->arena);
    return code == BATON_OK ? NULL : teller;
}

/* How often they were refused; all that they say is taken in the end. */
static size_t in_threads(const char *what, bool full_for_a_while) {
    pthread_t thread[THREADS];
    struct teller teller[THREADS];
    size_t refused = 0;
    forgetful_fill(full_for_a_while);
    for (int i = 0; i < THREADS; i++) {
        teller[i] = (struct teller){.what = what, .number = i};
        if (pthread_create(&thread[i], NULL, tell_in_thread, &teller[i]) != 0)
            abort();
    }
    for (int i = 0; full_for_a_while && i < 10; i++) {
        nanosleep(&(struct timespec){.tv_nsec = 30000000}, NULL);
        forgetful_fill(i % 2 != 0);
    }
    forgetful_fill(false);
    for (int i = 0; i < THREADS; i++) {
        void *failed;
        pthread_join(thread[i], &failed);
        must(failed == NULL, "all that a thread says is taken");
        refused += teller[i].refused;
    }
    return refused;
}

static baton_code all(void *context) {
    struct baton_findings *found = context;
    const struct ledger_place place = {
        .address = run.address, .ledger = "test", .key = run.key[0], .holder = "a run"};
    const struct ledger_founder founder = {"li.wei", "李伟"};
    TRY(ledger_create(run.arena, &world, &place, DIGEST_SHA256, SIGNATURE_ED25519, &founder,
                      found));
    TRY(open_ledger(found, 0));
    TRY(SAY("li.wei", "person", "", "id", "wang.min", "!name", "王敏"));
    TRY(SAY("li.wei", "post", "", "person", "wang.min", "role", "office", "from", "2021-01-01"));
    for (unsigned i = 0; i < 30; i++)
        TRY(figure(run.arena, arena_printf(run.arena, "one-%u", i), found, NULL));
    for (unsigned i = 0; i < 10; i++)
        TRY(SAY("li.wei", "person", "", "id", arena_printf(run.arena, "clerk-%u", i), "!name",
                "某"));
    TRY(corrections(found));
    in_threads("before", false);
    TRY(evidence(found));
    TRY(bring_in_log("PASSIVE"));
    TRY(decision(found));
    TRY(change_of_key(found));
    in_threads("new-key", false);
    TRY(bring_in_log("TRUNCATE"));
    TRY(evidence(found));
    in_threads("new-log", false);
    ledger_close(run.ledger);
    TRY(open_ledger(found, 1));
    in_threads("again", false);
    forgetful_listen(NULL, NULL);
    must(in_threads("full", true) > 0, "a full disk refuses");
    ledger_close(run.ledger);
    return BATON_OK;
}

static void check_end(void) {
    const struct ledger_place place = {.address = run.address, .ledger = "test"};
    must(acks_hold(run.arena, &place, run.ack, run.ack_count, stdout, NULL), "the end of the run");
}

static void remove_all(void) {
    static const char *const name[] = {"ledger.db", "ledger.db-wal", "ledger.db-shm", "key-0",
                                       "key-1"};
    char path[600];
    clear_image();
    rmdir(run.image);
    for (size_t i = 0; i < LENGTH(name); i++) {
        snprintf(path, sizeof path, "%s/%s", run.folder, name[i]);
        unlink(path);
    }
    rmdir(run.folder);
}

static bool make_folders(void) {
    const char *where = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(run.folder, sizeof run.folder, "%s/baton-forgetful-XXXXXX", where);
    snprintf(run.image, sizeof run.image, "%s/baton-forgotten-XXXXXX", where);
    if (mkdtemp(run.folder) == NULL || mkdtemp(run.image) == NULL)
        return false;
    snprintf(run.address, sizeof run.address, "%s/ledger.db", run.folder);
    for (int i = 0; i < KEYS; i++)
        snprintf(run.key[i], sizeof run.key[i], "%s/key-%d", run.folder, i);
    return true;
}

int main(int argc, char **argv) {
    const size_t cuts = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
    run.seed = argc > 2 ? strtoull(argv[2], NULL, 10) : (uint64_t)clock_ms();
    run.chance = run.seed;
    run.cut_every = cuts == 0 ? 1 : RUN_CUTS / cuts;
    run.arena = arena_open();
    pthread_mutex_init(&run.lock, NULL);
    if (run.arena == NULL || !make_folders())
        return 3;
    struct baton_findings found = {.arena = run.arena};
    forgetful_register();
    store_sqlite_vfs(FORGETFUL_VFS);
    forgetful_listen(at_event, NULL);
    must_be(run.arena, arena_run(run.arena, all, &found), BATON_OK, "the run", &found);
    store_sqlite_vfs(NULL);
    check_end();
    must(run.cuts >= cuts / 2 && run.cuts > 10, "enough cuts");
    printf("ok %zu cuts at %zu events, %zu figures and %zu other facts acknowledged\n", run.cuts,
           run.events, run.ack_count, run.head_count);
    remove_all();
    forgetful_end();
    printf("%zu passed, %zu failed\n", run.checks - run.failed, run.failed);
    arena_close(run.arena);
    return run.failed == 0 ? 0 : 1;
}
