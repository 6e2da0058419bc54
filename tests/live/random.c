/* Live results against scorings from nothing, after random facts.
 *
 *     live-random ADDRESS PACKAGES FACTS SEED       PACKAGES: the folder tests/live/packages; ADDRESS: of a database without the ledger live-SEED
 *
 * Says figures (sound and not), corrections, withdrawals, units, targets, adjustments, successions, versions of schemes and erasures, a few at a time, and compares all results
 * that are watched to the byte: with a scoring of all entries; where that is refused, what is kept with a scoring of the entries by which it was made. The last line is
 * `N passed, N failed`. */
#include "base/arena.h"
#include "flow/ledger_source.h"
#include "flow/live.h"
#include "flow/package_import.h"
#include "package/package.h"
#include "report/result_csv.h"
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 4096, TOGETHER = 12, COMPARISONS = 200, FAILURES_MAX = 10, WAIT_MS = 60000 };

/* A row of a table that was said. */
struct row {
    char assessment[16], kind[16],
        key[3][32];    /* values of its key fields, or the first ones that it has */
    uint64_t position; /* of what is in force */
    bool withdrawn;
    bool wrong; /* with it the assessment is not sound */
};

struct trial {
    struct baton_arena *arena; /* of the ledger */
    struct baton_arena *work;  /* of one fact or one comparison */
    struct ledger_world world;
    struct ledger_place place;
    struct ledger *ledger;
    struct ledger_reader *reader;
    struct live *live;
    const char *packages;
    uint64_t chance;         /* of the facts */
    _Atomic uint64_t secret; /* of the ledger */
    _Atomic int64_t now_utc_ms;
    struct row row[ROWS_MAX];
    size_t row_count;
    unsigned version;
    char erased
        [2]
        [16]; /* an assessment of which a version was erased, and from when that was in force; "" = none */
    uint32_t together; /* facts from one comparison to the next, at most */
    uint64_t said, refused, compared, unsound, passed, failed;
};

static uint64_t mixed(uint64_t z) {
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static uint32_t below(struct trial *t, uint32_t n) {
    return (uint32_t)(mixed(t->chance += UINT64_C(0x9e3779b97f4a7c15)) % n);
}

static const char *one_of(struct trial *t, const char *const word[], uint32_t count) {
    return word[below(t, count)];
}
#define ONE_OF(t, ...) \
    one_of((t), (const char *const[]){__VA_ARGS__}, \
           sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static int64_t now(void *context) {
    return atomic_fetch_add(&((struct trial *)context)->now_utc_ms, 1);
}

static void secret(void *context, void *out, size_t size) {
    for (uint8_t *byte = out; size > 0; size--)
        *byte++ = (uint8_t)mixed(
            atomic_fetch_add(&((struct trial *)context)->secret, UINT64_C(0x9e3779b97f4a7c15)));
}

/* Saying */

struct said {
    struct field field[12];
    size_t count;
};

static void add(struct said *said, const char *name, const char *value) {
    if (value != NULL && value[0] != '\0')
        said->field[said->count++] = (struct field){name, value, strlen(value), 't'};
}

static bool append(struct trial *t, const char *actor, const char *kind, const char *assessment,
                   const struct field *field, size_t count, uint64_t *position) {
    struct fact_body body = {kind, assessment, field, count};
    struct submission submission = {.actor = actor, .fact = &body, .count = 1};
    struct baton_findings found = {.arena = t->work};
    if (ledger_append(t->ledger, t->work, &submission, &found) != BATON_OK) {
        t->refused++;
        return false;
    }
    t->said++;
    *position = submission.first;
    return true;
}

static struct row *find_row(struct trial *t, const char *assessment, const char *kind,
                            const char *const key[3]) {
    for (size_t i = 0; i < t->row_count; i++) {
        struct row *row = &t->row[i];
        if (strcmp(row->assessment, assessment) == 0 && strcmp(row->kind, kind) == 0 &&
            strcmp(row->key[0], key[0]) == 0 && strcmp(row->key[1], key[1]) == 0 &&
            strcmp(row->key[2], key[2]) == 0)
            return row;
    }
    return NULL;
}

static void copy_text(char *to, size_t room, const char *from) {
    snprintf(to, room, "%s", from);
}

static struct row *note_row(struct trial *t, const char *assessment, const char *kind,
                            const char *const key[3]) {
    if (t->row_count == ROWS_MAX)
        exit(3);
    struct row *row = &t->row[t->row_count++];
    copy_text(row->assessment, sizeof row->assessment, assessment);
    copy_text(row->kind, sizeof row->kind, kind);
    for (int i = 0; i < 3; i++)
        copy_text(row->key[i], sizeof row->key[i], key[i]);
    return row;
}

/* Says a row of a table with a key: the first time, again after a withdrawal, or as a correction. `said` has what is not its key. */
static void say_row(struct trial *t, const char *assessment, const char *kind,
                    const char *const name[3], const char *const key[3], struct said *said,
                    bool wrong) {
    struct row *row = find_row(t, assessment, kind, key);
    uint64_t position;
    for (int i = 0; i < 3; i++)
        add(said, name[i], key[i]);
    if (row != NULL && !row->withdrawn) {
        add(said, "@corrects", arena_printf(t->work, "%llu", (unsigned long long)row->position));
        add(said, "@reason", "更正");
    }
    if (!append(t, "li", kind, assessment, said->field, said->count, &position))
        return;
    if (row == NULL)
        row = note_row(t, assessment, kind, key);
    row->position = position;
    row->withdrawn = false;
    row->wrong = wrong;
}

static const char *key_name(const char *kind, int i) {
    static const char *const names[][4] = {{"observation", "unit", "element", "period"},
                                           {"unit", "id", "", ""},
                                           {"target", "unit", "indicator", "period"},
                                           {"succession", "from", "to", "date"},
                                           {"adjustment", "", "", ""}};
    for (size_t k = 0; k < LENGTH(names); k++)
        if (strcmp(names[k][0], kind) == 0)
            return names[k][i + 1];
    return "";
}

static void withdraw(struct trial *t, struct row *row) {
    struct said said = {.count = 0};
    uint64_t position;
    if (row->withdrawn)
        return;
    for (int i = 0; i < 3; i++)
        if (key_name(row->kind, i)[0] != '\0')
            add(&said, key_name(row->kind, i), row->key[i]);
    add(&said, "@withdrawn", "1");
    add(&said, "@reason", "撤销");
    add(&said, "@corrects", arena_printf(t->work, "%llu", (unsigned long long)row->position));
    if (!append(t, "li", row->kind, row->assessment, said.field, said.count, &position))
        return;
    row->position = position;
    row->withdrawn = true;
    row->wrong = strcmp(row->kind, "unit") == 0; /* it may have figures */
}

/* One of those that were said; seldom a unit. */
static void withdraw_some(struct trial *t) {
    struct row *row = &t->row[below(t, (uint32_t)t->row_count)];
    if (strcmp(row->kind, "unit") != 0 || below(t, 2 * t->together) == 0)
        withdraw(t, row);
}

/* All figures of an element in a period, or of an element: a column goes, or the element. */
static void withdraw_column(struct trial *t) {
    const struct row of = t->row[below(t, (uint32_t)t->row_count)];
    const bool whole = below(t, 3) == 0;
    if (strcmp(of.kind, "observation") != 0)
        return;
    for (size_t i = 0; i < t->row_count; i++) {
        struct row *row = &t->row[i];
        if (strcmp(row->kind, of.kind) == 0 && strcmp(row->assessment, of.assessment) == 0 &&
            strcmp(row->key[1], of.key[1]) == 0 && (whole || strcmp(row->key[2], of.key[2]) == 0))
            withdraw(t, row);
    }
}

static const char *number(struct trial *t) {
    return arena_printf(t->work, "%u.%u", below(t, 20), below(t, 10));
}

static void say_figure(struct trial *t) {
    static const char *const name[3] = {"unit", "element", "period"};
    const char *assessment =
        ONE_OF(t, "towns", "towns", "towns", "towns", "before", "panel", "county");
    const bool is_county = strcmp(assessment, "county") == 0;
    const char *unit =
        is_county ? ONE_OF(t, "a", "b", "c") : ONE_OF(t, "a", "b", "c", "d", "e", "f");
    const char *element = strcmp(assessment, "towns") == 0
                              ? ONE_OF(t, "growth", "jobs", "growing_orders", "opinion")
                          : is_county ? "own"
                                      : "growth";
    const int year = strcmp(assessment, "before") == 0 ? 2020 : 2021;
    const char *period = is_county ? arena_printf(t->work, "2021-Q%u", 1 + below(t, 3))
                                   : arena_printf(t->work, "%d-%02u", year, 1 + below(t, 8));
    const char *value = strcmp(element, "opinion") == 0 ? ONE_OF(t, "A", "B", "C", "D") : number(t);
    struct said said = {.count = 0};
    bool wrong = false;
    switch (below(t, 20 * t->together)) { /* what is not a plain figure; some of it is an error */
    case 0:
        unit = "nobody";
        wrong = true;
        break;
    case 1:
        element = ONE_OF(t, "new_1", "new_2", "jobs");
        value = number(t);
        break;
    case 2:
        value = ONE_OF(t, "many", "1,200", "12%", "E", " 3");
        wrong = true;
        break;
    case 3:
        period = "2021";
        wrong = true;
        break;
    case 4:
    case 5:
    case 6:
        add(&said, "state", ONE_OF(t, "na", "pending"));
        break;
    case 7:
    case 8:
        value = "";
        break;
    case 9:
        add(&said, ONE_OF(t, "x_note", "x_place"), "\"说明\", 一");
        break;
    case 10:
        add(&said, "state", "other");
        wrong = true;
        break;
    case 11:
    case 12:
        add(&said, "source", "统计局");
        break;
    default:
        break;
    }
    add(&said, "value", value);
    say_row(t, assessment, "observation", name, (const char *const[]){unit, element, period}, &said,
            wrong);
}

/* Other tables; what would be an error now and then. */

static void say_this_unit(struct trial *t, const char *assessment, const char *id, bool wrong) {
    static const char *const name[3] = {"id", "", ""};
    struct said said = {.count = 0};
    add(&said, "name", ONE_OF(t, "东岭", "南桥", "新区", "开发区"));
    add(&said, "group", wrong ? "none" : ONE_OF(t, "town", "town", "street", ""));
    if (below(t, 4) == 0)
        add(&said, "joined", arena_printf(t->work, "2021-%02u", 1 + below(t, 6)));
    say_row(t, assessment, "unit", name, (const char *const[]){id, "", ""}, &said, wrong);
}

static void say_unit(struct trial *t) {
    const char *assessment = ONE_OF(t, "towns", "panel");
    const char *id = ONE_OF(t, "a", "b", "c", "d", "e", "f", "g");
    say_this_unit(t, assessment, id, below(t, 8) == 0);
}

static void say_target(struct trial *t) {
    static const char *const name[3] = {"unit", "indicator", "period"};
    struct said said = {.count = 0};
    const char *const key[3] = {ONE_OF(t, "*", "a", "b", "c"), "jobs",
                                ONE_OF(t, "2020", "2021", "2021-03")};
    add(&said, "target", arena_printf(t->work, "%u", 100 + below(t, 900)));
    say_row(t, "towns", "target", name, key, &said, false);
}

static void say_succession(struct trial *t) {
    static const char *const name[3] = {"from", "to", "date"};
    struct said said = {.count = 0};
    const bool late = below(t, 2) == 0;
    const char *const key[3] = {ONE_OF(t, "a", "b", "c"), late ? "e" : "d",
                                late ? "2021-04-01" : "2021-02-01"};
    add(&said, "share", ONE_OF(t, "1", "", "0.5"));
    say_row(t, ONE_OF(t, "towns", "panel"), "succession", name, key, &said, false);
}

static void say_adjustment(struct trial *t) {
    struct said said = {.count = 0};
    uint64_t position;
    add(&said, "unit", ONE_OF(t, "a", "b", "c", "e"));
    add(&said, "item", ONE_OF(t, "accident", "progress", "accident"));
    add(&said, "period", arena_printf(t->work, "2021-%02u", 1 + below(t, 8)));
    add(&said, "count", ONE_OF(t, "1", "2", ""));
    add(&said, "reason", "事故");
    if (!append(t, "li", "adjustment", "towns", said.field, said.count, &position))
        return;
    const char *first = arena_printf(t->work, "%llu", (unsigned long long)position);
    note_row(t, "towns", "adjustment", (const char *const[]){first, "", ""})->position = position;
}

/* Two persons */

static void decide(struct trial *t, struct fact_body *fact) {
    struct baton_findings found = {.arena = t->work};
    struct submission proposal = {.actor = "li", .fact = fact, .count = 1}, decision = {0};
    if (ledger_propose(t->ledger, t->work, &proposal, "修订", 0, &found) != BATON_OK ||
        ledger_decide(t->ledger, t->work, "wang", NULL, proposal.first, true, "同意", &decision,
                      &found) != BATON_OK)
        t->refused++;
    else
        t->said++;
}

static const char *read_file(struct trial *t, const char *assessment, const char *name,
                             size_t *size) {
    char *text = arena_alloc(t->work, 1 << 16, 1);
    FILE *file = fopen(arena_printf(t->work, "%s/%s/%s", t->packages, assessment, name), "r");
    if (file == NULL)
        return NULL;
    *size = fread(text, 1, (1 << 16) - 1, file);
    fclose(file);
    return text;
}

/* A version with other decimals, and weights, in force from some month on or from ever. */
static void say_version(struct trial *t, const char *assessment, const char *in_force) {
    struct said said = {.count = 0};
    size_t size;
    const char *yaml = read_file(t, assessment, "scheme.yaml", &size);
    const char *indicators = read_file(t, assessment, "indicators.csv", &size);
    if (yaml == NULL || indicators == NULL)
        exit(3);
    yaml = arena_printf(t->work, "%s# 第 %u 版\ndue: {month: 0d}\n", yaml, ++t->version);
    char *weighted = arena_text(t->work, indicators, strlen(indicators));
    char *weight = strstr(weighted, ",2,");
    if (weight != NULL)
        weight[1] = (char)('1' + below(t, 9));
    said.field[said.count++] = (struct field){"file:scheme.yaml", yaml, strlen(yaml), 'C'};
    said.field[said.count++] =
        (struct field){"file:indicators.csv", weighted, strlen(weighted), 'C'};
    if (strcmp(assessment, "towns") == 0)
        add(&said, "link:../before", "before");
    if (strcmp(assessment, "county") == 0)
        add(&said, "link:../towns", "towns");
    add(&said, "in_force", in_force);
    struct fact_body body = {"scheme", assessment, said.field, said.count};
    decide(t, &body);
}

static void say_scheme(struct trial *t) {
    const char *assessment = ONE_OF(t, "towns", "towns", "panel", "before", "county");
    say_version(t, assessment, ONE_OF(t, "", "2021-02", "2021-05", "2021-Q2", "2020"));
}

/* Erases a file of some version, which then cannot be scored by any more. */
static void erase(struct trial *t) {
    struct entry version;
    const struct baton_period newest = {0};
    uint64_t size;
    const char *assessment = ONE_OF(t, "towns", "panel", "before");
    if (reader_size(t->reader, &size) != BATON_OK ||
        reader_scheme(t->reader, t->work, assessment, newest, below(t, (uint32_t)size) + 1,
                      &version) != BATON_OK)
        return;
    const struct field *content = body_field(&version.body, "file:scheme.yaml");
    if (content == NULL || t->erased[0][0] != '\0')
        return;
    const struct field field = {"content", content->value, content->size, 'c'};
    struct fact_body body = {"erasure", "", &field, 1};
    decide(t, &body);
    copy_text(t->erased[0], sizeof t->erased[0], assessment);
    copy_text(t->erased[1], sizeof t->erased[1], body_text(&version.body, "in_force"));
}

/* Mends now and then what is not sound, so that most results are compared. */
static void mend(struct trial *t) {
    for (size_t i = 0; i < t->row_count; i++) {
        struct row *row = &t->row[i];
        if (!row->wrong || below(t, 2) > 0)
            continue;
        if (strcmp(row->kind, "unit") == 0)
            say_this_unit(t, row->assessment, row->key[0], false);
        else
            withdraw(t, row);
    }
    if (t->erased[0][0] != '\0' && below(t, 2) == 0) {
        say_version(t, t->erased[0], t->erased[1]);
        t->erased[0][0] = '\0';
    }
}

static void say_something(struct trial *t) {
    const uint32_t which = below(t, 1000);
    if (which < 760)
        say_figure(t);
    else if (which < 880)
        withdraw_some(t);
    else if (which < 900)
        withdraw_column(t);
    else if (which < 925)
        say_target(t);
    else if (which < 960)
        say_adjustment(t);
    else if (which < 972)
        say_unit(t);
    else if (which < 980)
        say_succession(t);
    else if (which < 998)
        say_scheme(t);
    else
        erase(t);
}

/* Scoring from nothing */

struct scratch {
    struct trial *trial;
    struct baton_arena *arena;
    const char *assessment, *text; /* NULL = refused */
    struct baton_period period;
    uint64_t known;
};

static const char *csv_of(struct baton_arena *arena, const struct baton_session *session) {
    struct result_view view = result_view_of(session);
    struct writer *csv = writer_memory(arena);
    view.as_of_day = INT32_MAX;
    result_csv(arena, &view, csv, NULL);
    result_csv_awards(&view, csv);
    return writer_text_of(csv);
}

static baton_code score(void *context) {
    struct scratch *s = context;
    const struct ledger_view view = {.reader = s->trial->reader,
                                     .assessment = s->assessment,
                                     .known = s->known,
                                     .period = s->period};
    const struct baton_options options = {.as_of_day = INT32_MAX, .threads = 1, .full = true};
    const struct baton_package_options reading = {.threads = 1};
    struct baton_findings found = {.arena = s->arena};
    struct source *source;
    struct baton_package *package;
    const struct baton_links *links;
    struct baton_session *session;
    const struct baton_result *result;
    TRY(ledger_source_open(s->arena, &view, &source, &found));
    TRY(baton_package_load_source(s->arena, source, &reading, &package, &found));
    TRY(baton_package_link(package, &options, &links, &found));
    struct baton_scheme *scheme = baton_package_scheme(package);
    TRY(baton_session_open(s->arena, scheme, baton_package_facts(package), links, &options,
                           &session, &found));
    TRY(baton_score(session, s->period.kind == BATON_PERIOD_NONE ? scheme->period : s->period,
                    &result, &found));
    TRY(baton_findings_worst(&found));
    s->text = csv_of(s->arena, session);
    return BATON_OK;
}

static void tell_difference(const char *got, const char *want) {
    while (*got != '\0' && *got == *want && got[strcspn(got, "\n")] == '\n' &&
           strcspn(got, "\n") == strcspn(want, "\n") &&
           strncmp(got, want, strcspn(got, "\n")) == 0) {
        want += strcspn(want, "\n") + 1;
        got += strcspn(got, "\n") + 1;
    }
    printf("  live:         %.*s\n  from nothing: %.*s\n", (int)strcspn(got, "\n"), got,
           (int)strcspn(want, "\n"), want);
}

static bool compare(struct trial *t, const char *assessment, struct baton_period period,
                    uint64_t size) {
    struct live_result live;
    struct scratch s = {t, arena_open(), assessment, NULL, period, size};
    bool same = live_result(t->live, assessment, period, &live) && live.size == size;
    const baton_code code = arena_run(s.arena, score, &s);
    char name[BATON_PERIOD_NAME_SIZE];
    baton_period_format(period, name);
    t->compared++;
    t->unsound += code != BATON_OK;
    if (!same || (code == BATON_OK) != (live.code == BATON_OK)) {
        printf("%s %s at %llu: live says %s (as of %llu), from nothing %s\n", assessment, name,
               (unsigned long long)size, baton_code_info(live.code)->name,
               (unsigned long long)live.size, baton_code_info(code)->name);
        same = false;
    }
    /* Where it is refused, what is kept is compared with what it was made of, as far as nothing of that was erased. */
    if (code != BATON_OK && live.session != NULL) {
        s.known = live.scored_at;
        if (arena_run(s.arena, score, &s) != BATON_OK)
            s.text = NULL;
    }
    const char *text =
        live.session != NULL && s.text != NULL ? csv_of(s.arena, live.session) : s.text;
    if (same && s.text != NULL && strcmp(text, s.text) != 0) {
        printf("%s %s at %llu differs\n", assessment, name, (unsigned long long)size);
        tell_difference(text, s.text);
        same = false;
    }
    live_release(&live);
    arena_close(s.arena);
    return same;
}

static const char *const watched[][2] = {
    {"towns", ""},         {"before", ""},       {"panel", ""},        {"county", ""},
    {"county", "2021-Q2"}, {"towns", "2021-Q1"}, {"towns", "2020-12"}, {"county", "2021-03"},
};

static struct baton_period period_of(const char *name) {
    struct baton_period period = {0};
    (void)baton_period_parse(name, strlen(name), &period);
    return period;
}

static void compare_all(struct trial *t) {
    static const char *const whole[] = {"towns", "before", "panel", "county"};
    struct baton_period period[64];
    uint64_t size;
    bool same = reader_size(t->reader, &size) == BATON_OK && live_wait(t->live, size, WAIT_MS);
    if (!same)
        printf("the results do not take in the first %llu entries\n", (unsigned long long)size);
    for (size_t i = 0; same && i < LENGTH(whole); i++) {
        const size_t count = live_periods(t->live, whole[i], LENGTH(period), period);
        same = compare(t, whole[i], (struct baton_period){0}, size);
        for (size_t k = 0; same && k < count && k < LENGTH(period); k++)
            same = compare(t, whole[i], period[k], size);
    }
    t->passed += same;
    t->failed += !same;
}

/* Beginning */

static bool hire(struct trial *t) {
    uint64_t position;
    const struct field person[] = {{"id", "wang", 4, 't'}, {"name", "王敏", 6, 'C'}},
                       post[] = {{"person", "wang", 4, 't'},
                                 {"role", "office", 6, 't'},
                                 {"from", "2020-01-01", 10, 't'}};
    return append(t, "li", "person", "", person, LENGTH(person), &position) &&
           append(t, "li", "post", "", post, LENGTH(post), &position);
}

/* The rows that the packages brought, so that they can be corrected and withdrawn. */
static baton_code note_known(void *context, const struct fact_row *row) {
    struct trial *t = context;
    const struct fact_body *body = &row->entry.body;
    const char *key[3] = {"", "", ""};
    for (int i = 0; i < 3; i++)
        if (key_name(body->kind, i)[0] != '\0')
            key[i] = body_text(body, key_name(body->kind, i));
    note_row(t, body->assessment, body->kind, key)->position = row->position;
    return BATON_OK;
}

static baton_code note_all(struct trial *t) {
    static const char *const assessment[] = {"towns", "before", "panel", "county"};
    static const enum fact_kind kind[] = {FACT_OBSERVATION, FACT_TARGET, FACT_UNIT,
                                          FACT_SUCCESSION};
    for (size_t i = 0; i < LENGTH(assessment); i++)
        for (size_t k = 0; k < LENGTH(kind); k++)
            TRY(reader_rows(t->reader, assessment[i], kind[k], UINT32_MAX, note_known, t));
    return BATON_OK;
}

static baton_code begin(void *context) {
    static const struct ledger_founder founder = {"li", "李强"};
    static const char *const package[] = {"county", "panel"};
    struct trial *t = context;
    struct baton_findings found = {.arena = t->arena};
    const struct live_options options = {INT32_MAX, 0};
    TRY(ledger_create(t->arena, &t->world, &t->place, DIGEST_SHA256, SIGNATURE_ED25519, &founder,
                      &found));
    TRY(ledger_open(t->arena, &t->world, &t->place, &t->ledger, &found));
    TRY(reader_open(t->arena, &t->place, &t->reader, &found));
    if (!hire(t))
        return BATON_RIGHT_LACKING;
    for (size_t i = 0; i < LENGTH(package); i++) {
        const struct import_wish wish = {
            .path = arena_printf(t->arena, "%s/%s", t->packages, package[i]),
            .actor = "li",
            .threads = 1};
        struct import_result imported;
        TRY(package_import(t->arena, t->ledger, t->reader, &wish, &imported, &found));
    }
    TRY(note_all(t));
    TRY(live_open(t->arena, &t->place, &options, &t->live, &found));
    ledger_listen(t->ledger, live_heard, t->live);
    for (size_t i = 0; i < LENGTH(watched); i++)
        TRY(live_watch(t->live, watched[i][0], period_of(watched[i][1])));
    return BATON_OK;
}

static baton_code say_some(void *context) {
    struct trial *t = context;
    mend(t);
    for (uint32_t i = below(t, t->together) + 1; i > 0; i--)
        say_something(t);
    return BATON_OK;
}

int main(int count, char **argument) {
    static struct trial trial;
    struct trial *t = &trial;
    if (count != 5)
        return 2;
    const uint64_t facts = strtoull(argument[3], NULL, 10);
    t->together = facts / COMPARISONS > TOGETHER ? (uint32_t)(facts / COMPARISONS) : TOGETHER;
    t->chance = strtoull(argument[4], NULL, 10);
    t->secret = mixed(t->chance + 1);
    t->now_utc_ms = INT64_C(1630000000000);
    t->arena = arena_open();
    t->work = arena_open();
    t->packages = argument[2];
    t->world = (struct ledger_world){t, now, secret};
    t->place = (struct ledger_place){.address = argument[1],
                                     .ledger = arena_printf(t->arena, "live-%s", argument[4]),
                                     .holder = "test"};
    t->place.key = getenv("LIVE_KEY"); /* a server has no place for it */
    const baton_code begun = arena_run(t->arena, begin, t);
    if (begun != BATON_OK) {
        printf("live-random: %s\n0 passed, 1 failed\n", baton_code_info(begun)->name);
        return 1;
    }
    compare_all(t);
    while (t->said < facts && t->failed < FAILURES_MAX) {
        const struct arena_mark mark = arena_mark(t->work);
        if (arena_run(t->work, say_some, t) != BATON_OK)
            t->failed++;
        compare_all(t);
        arena_reset_to(t->work, mark);
    }
    if (t->failed > 0)
        printf("seed %s\n", argument[4]);
    printf("%llu facts, %llu refused; %llu results compared, %llu of them not sound\n",
           (unsigned long long)t->said, (unsigned long long)t->refused,
           (unsigned long long)t->compared, (unsigned long long)t->unsound);
    ledger_listen(t->ledger, NULL, NULL);
    live_close(t->live);
    reader_close(t->reader);
    ledger_close(t->ledger);
    arena_close(t->work);
    arena_close(t->arena);
    printf("%llu passed, %llu failed\n", (unsigned long long)t->passed,
           (unsigned long long)t->failed);
    return t->failed > 0;
}
