/* A byte of a database is changed: either `verify` names it, or an export of journal, contents and tables is what it was.
 *
 *     flip make sqlite|postgres FOLDER        a ledger with everything in it; its address goes to FOLDER/address, what it exports to FOLDER/whole.*
 *     flip check ADDRESS FOLDER               0: named or the same, told on a line; 1: neither
 *     flip run FOLDER COUNT SEED              of the SQLite database that make made: so many changes, each checked by a process of its own
 *
 * Every other change is made in a page that is no overflow page, for most of a database is evidence. */
#include "unit/ledger/trial.h"
#include "unit/test.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* What the fixtures need of the harness: here a check that fails ends the program. */
static const char *folder;

const char *test_folder(void) {
    return folder;
}
void test_case(const char *format, ...) {
    (void)format;
}
bool test_check(const char *file, int line, bool holds, const char *condition) {
    return holds || test_fail(file, line, "%s does not hold", condition);
}
bool test_check_int(const char *file, int line, const char *what, int64_t got, int64_t want) {
    return got == want || test_fail(file, line, "%s is %lld", what, (long long)got);
}
bool test_fail(const char *file, int line, const char *format, ...) {
    va_list values;
    va_start(values, format);
    fprintf(stderr, "%s:%d: ", file, line);
    vfprintf(stderr, format, values);
    fputs("\n", stderr);
    va_end(values);
    exit(3);
}

static const char *path_of(struct baton_arena *arena, const char *name) {
    return arena_printf(arena, "%s/%s", folder, name);
}

static uint8_t *read_whole(struct baton_arena *arena, const char *path, size_t *size) {
    FILE *const file = fopen(path, "rb");
    CHECK(file != NULL);
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    uint8_t *const bytes = arena_alloc(arena, *size + 1, 1);
    CHECK_INT(fread(bytes, 1, *size, file), *size);
    fclose(file);
    return bytes;
}

static void write_whole(const char *path, const void *bytes, size_t size) {
    FILE *const file = fopen(path, "wb");
    CHECK(file != NULL);
    CHECK_INT(fwrite(bytes, 1, size, file), size);
    CHECK_INT(fclose(file), 0);
}

/* The tables that follow from the journal, as they stand: every value of every row. */
static baton_code write_tables(struct baton_arena *arena, const char *address, const char *path) {
    static const enum statement all[] = {STATEMENT_FACT_ALL,    STATEMENT_PROPOSAL_ALL,
                                         STATEMENT_REQUEST_ALL, STATEMENT_NODE_ALL,
                                         STATEMENT_CONTENT_ALL, STATEMENT_PART_OWNERS};
    static const char *const columns[] = {"tttiiii", "itttii", "ttbii", "iib", "bbbtiii", "bi"};
    struct baton_findings found = {.arena = arena};
    struct store *store;
    TRY(store_open(arena, address, STORE_READ, &store, &found));
    FILE *const file = fopen(path, "wb");
    CHECK(file != NULL);
    for (size_t i = 0; i < LENGTH(all); i++) {
        const struct store_value *row;
        TRY(store_query(store, all[i], &(struct store_value){.type = 'i', .number = 1}));
        for (;;) {
            TRY(store_next(store, &row));
            if (row == NULL)
                break;
            for (size_t c = 0; columns[i][c] != '\0'; c++) {
                fprintf(file, "%zu %c %lld %zu ", i, row[c].type, (long long)row[c].number,
                        row[c].size);
                if (row[c].type != 'i' && row[c].size > 0)
                    fwrite(row[c].data, 1, row[c].size, file);
            }
        }
    }
    CHECK_INT(fclose(file), 0);
    store_close(store);
    return BATON_OK;
}

static bool same_files(struct baton_arena *arena, const char *one, const char *other) {
    size_t size, other_size;
    const uint8_t *const a = read_whole(arena, one, &size);
    const uint8_t *const b = read_whole(arena, other, &other_size);
    return size == other_size && memcmp(a, b, size) == 0;
}

struct checking {
    struct baton_arena *arena;
    const char *address;
    baton_code code; /* by which it is named; BATON_OK = not */
    bool same;
};

static baton_code check_inside(void *context) {
    struct checking *c = context;
    const struct ledger_place place = {.address = c->address, .ledger = "city"};
    struct baton_findings found = {.arena = c->arena};
    struct verify_report report;
    c->code = ledger_verify(c->arena, &place, NULL, NULL, NULL, NULL, &report, &found);
    if (c->code != BATON_OK) /* a name is a finding, not only a code */
        return found.errors > 0 ? BATON_OK : BATON_STORE_FAILED;
    const char *const journal = path_of(c->arena, "now.journal"), *const tables = path_of(
                                                                      c->arena, "now.tables");
    c->same = ledger_export(c->arena, &place, journal, &report, &found) == BATON_OK &&
              write_tables(c->arena, c->address, tables) == BATON_OK &&
              same_files(c->arena, journal, path_of(c->arena, "whole.journal")) &&
              same_files(c->arena, tables, path_of(c->arena, "whole.tables"));
    return BATON_OK;
}

/* 0 as it must be. *code gets by what it is named. */
static int check(const char *address, baton_code *code) {
    struct checking c = {.arena = arena_open(), .address = address};
    const baton_code ran = arena_run(c.arena, check_inside, &c);
    *code = c.code;
    arena_close(c.arena);
    return ran == BATON_OK && (c.code != BATON_OK || c.same) ? 0 : 1;
}

static int make(const char *kind) {
    struct trial t;
    struct verify_report report;
    if (!trial_open(&t, strcmp(kind, "sqlite") == 0 ? STORE_SQLITE : STORE_POSTGRES, DIGEST_SHA256,
                    SIGNATURE_ED25519))
        return 3;
    trial_fill(&t);
    trial_rest(&t);
    CHECK_CODE(
        &t, ledger_export(t.arena, &t.place, path_of(t.arena, "whole.journal"), &report, &t.found),
        BATON_OK);
    CHECK_CODE(&t, write_tables(t.arena, t.place.address, path_of(t.arena, "whole.tables")),
               BATON_OK);
    write_whole(path_of(t.arena, "address"), t.place.address, strlen(t.place.address));
    trial_close(&t);
    return 0;
}

/* Changes */

static uint64_t chance(uint64_t *seed) {
    uint64_t z = *seed += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* Overflow pages begin with the number of the next one, trees with their type. */
static bool in_tree(const uint8_t *bytes, size_t at, size_t page) {
    const uint8_t type = at < page ? 5 : bytes[at / page * page];
    return type == 2 || type == 5 || type == 10 || type == 13;
}

static size_t place_of(uint64_t *seed, const uint8_t *bytes, size_t size, bool tree) {
    const size_t page = (size_t)bytes[16] << 8 | bytes[17];
    size_t at;
    do
        at = chance(seed) % size;
    while (tree && !in_tree(bytes, at, page == 1 ? 65536 : page));
    return at;
}

/* A process of its own: whatever the change does to the program shows in how it ends. */
static bool check_apart(const char *address, baton_code *code) {
    int status;
    *code = BATON_OK;
    fflush(stdout);
    const pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        alarm(60);
        _exit(check(address, code));
    }
    CHECK_INT(waitpid(child, &status, 0), child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static int run(unsigned count, uint64_t seed) {
    struct baton_arena *arena = arena_open();
    size_t size, length, named = 0, failed = 0;
    baton_code *const code =
        mmap(NULL, sizeof *code, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(code != MAP_FAILED);
    const char *const address = (const char *)read_whole(arena, path_of(arena, "address"), &length);
    uint8_t *const bytes = read_whole(arena, address, &size);
    const char *const copy = path_of(arena, "changed.db");
    for (unsigned i = 0; i < count; i++) {
        const size_t at = place_of(&seed, bytes, size, i % 2 == 1);
        const uint8_t change = (uint8_t)(1 + chance(&seed) % 255);
        bytes[at] ^= change;
        write_whole(copy, bytes, size);
        if (!check_apart(copy, code)) {
            printf("FAIL byte %zu of %zu (0x%02x for 0x%02x): %s\n", at, size, bytes[at],
                   bytes[at] ^ change,
                   *code != BATON_OK ? baton_code_info(*code)->name : "neither named nor the same");
            failed++;
        }
        named += *code != BATON_OK;
        bytes[at] ^= change;
        unlink(arena_printf(arena, "%s-wal", copy));
        unlink(arena_printf(arena, "%s-shm", copy));
    }
    printf("%u changes of %zu bytes: %zu named, %zu without a trace\n", count, size, named,
           count - named - failed);
    printf("%zu passed, %zu failed\n", count - failed, failed);
    arena_close(arena);
    return failed == 0 && count > 0 ? 0 : 1;
}

int main(int count, char **argument) {
    if (count == 4 && strcmp(argument[1], "make") == 0) {
        folder = argument[3];
        return make(argument[2]);
    }
    if (count == 4 && strcmp(argument[1], "check") == 0) {
        baton_code code;
        folder = argument[3];
        const int status = check(argument[2], &code);
        printf("%s\n", status != 0        ? "neither named nor the same"
                       : code == BATON_OK ? "the same"
                                          : baton_code_info(code)->name);
        return status;
    }
    if (count == 5 && strcmp(argument[1], "run") == 0) {
        folder = argument[2];
        return run((unsigned)strtoul(argument[3], NULL, 10), strtoull(argument[4], NULL, 10));
    }
    fputs("flip make KIND FOLDER | check ADDRESS FOLDER | run FOLDER COUNT SEED\n", stderr);
    return 2;
}
