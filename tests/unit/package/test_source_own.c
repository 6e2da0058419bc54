/* Packages in a form of the caller's own: texts in memory, which name each other by paths and tell what stands behind their rows. */
#include "package/package.h"
#include "unit/test.h"
#include <math.h>
#include <string.h>

static struct baton_arena *arena;
static struct baton_findings found;

struct text {
    const char *name, *text;
};

/* A package in memory. */
struct memory {
    const char *real;
    const struct text *text;
    size_t count;
    const char *path; /* under which it names `other`; NULL = it names none */
    struct memory *other;
};

static const struct text *text_of(const struct source *source, const char *name) {
    const struct memory *memory = source->inside;
    for (size_t i = 0; i < memory->count; i++)
        if (strcmp(memory->text[i].name, name) == 0)
            return &memory->text[i];
    return NULL;
}

static int64_t memory_size(struct source *source, const char *name) {
    const struct text *text = text_of(source, name);
    return text == NULL ? -1 : (int64_t)strlen(text->text);
}

static baton_code memory_read(struct source *source, const char *name, uint64_t size_most, bool map,
                              struct file *out, struct baton_findings *told) {
    const struct text *text = text_of(source, name);
    (void)size_most;
    (void)map;
    (void)told;
    *out = (struct file){.name = name, .text = arena_text(source->arena, "", 0)};
    if (text == NULL)
        return BATON_OK;
    out->there = true;
    out->size = strlen(text->text);
    out->text = arena_text(source->arena, text->text, out->size);
    return BATON_OK;
}

static baton_code memory_list(struct source *source, const char *folder, const char *ending,
                              struct source_names *out, struct baton_findings *told) {
    const struct memory *memory = source->inside;
    (void)told;
    out->there = folder[0] == '\0';
    for (size_t i = 0; i < memory->count && out->there; i++)
        if (source_is_listed(folder, ending, memory->text[i].name, strlen(memory->text[i].name)))
            *ARRAY_PUSH(source->arena, out->name, out->count, out->capacity) = memory->text[i].name;
    return BATON_OK;
}

static struct source *source_of(struct memory *memory);

static baton_code memory_other(struct source *source, const char *path, struct source **out,
                               struct baton_findings *told) {
    const struct memory *memory = source->inside;
    (void)told;
    *out =
        memory->path != NULL && strcmp(memory->path, path) == 0 ? source_of(memory->other) : NULL;
    return BATON_OK;
}

static const char *memory_real(const struct source *source) {
    return ((const struct memory *)source->inside)->real;
}

static bool memory_fact(struct source *source, struct baton_arena *in, const char *file,
                        uint32_t row, struct baton_fact *out) {
    (void)source;
    if (strcmp(file, "observations.csv") != 0)
        return false;
    *out = (struct baton_fact){.position = 100 + row, .reporter = arena_text(in, "li", 2)};
    return true;
}

static struct source *source_of(struct memory *memory) {
    static const struct source_form form = {
        .size = memory_size,
        .read = memory_read,
        .list = memory_list,
        .other = memory_other,
        .real = memory_real,
        .fact = memory_fact,
    };
    struct source *source = arena_alloc(arena, 1, sizeof *source);
    *source = (struct source){.arena = arena,
                              .path = memory->real,
                              .base = memory->real,
                              .form = &form,
                              .inside = memory};
    return source;
}

#define HEAD(id) \
    "baton: 1\nid: " id "\ntitle: {zh: 方案}\nperiod: 2021\nfrequency: year\n" \
    "methods: {d: {kind: direct}}\ngroups: [{id: g}]\n"
#define UNITS \
    { "units.csv", "id,name,group\na,甲,g\nb,乙,g\n" }

static const struct text city[] = {
    {"scheme.yaml", HEAD("city")},
    UNITS,
    {"indicators.csv", "id,name,weight,method\nx,指标,1,d\n"},
    {"observations.csv", "unit,element,period,value\na,x,2021,80\nb,x,2021,90\n"},
};
static const struct text town[] = {
    {"scheme.yaml", HEAD("town") "imports: {up: ../city}\n"},
    UNITS,
    {"indicators.csv", "id,name,weight,method,value\nx,指标,1,d,\"result(up, a, total)\"\n"},
    {"observations.csv", "unit,element,period,value\na,y,2021,1\n"},
};

static void begin(void) {
    arena = arena_open();
    found = (struct baton_findings){.arena = arena};
}

static baton_code load(struct memory *memory, struct baton_package **out) {
    const struct baton_package_options options = {.threads = 1, .want_origins = true};
    return baton_package_load_source(arena, source_of(memory), &options, out, &found);
}

static baton_code link_it(struct baton_package *package, const struct baton_links **out) {
    return baton_package_link(
        package, &(struct baton_options){.as_of_day = INT32_MAX, .threads = 1}, out, &found);
}

TEST(package_of_an_own_form_is_read) {
    begin();
    struct memory memory = {"ledger/city", city, LENGTH(city), NULL, NULL};
    struct baton_package *package;
    struct baton_observation row;
    struct baton_fact fact;
    if (!CHECK_INT(load(&memory, &package), BATON_OK))
        return;
    CHECK_TEXT(baton_package_folder(package), "ledger/city");
    CHECK(baton_package_observation(package, arena, 3, &row));
    CHECK_TEXT(row.value, "90");
    CHECK(baton_package_fact(package, arena, "observations.csv", 3, &fact));
    CHECK_INT(fact.position, 103);
    CHECK_TEXT(fact.reporter, "li");
    CHECK(!baton_package_fact(package, arena, "indicators.csv", 2, &fact));
    arena_close(arena);
}

TEST(package_of_an_own_form_names_others) {
    begin();
    struct memory upper = {"ledger/city", city, LENGTH(city), NULL, NULL};
    struct memory memory = {"ledger/town", town, LENGTH(town), "../city", &upper};
    struct baton_package *package;
    const struct baton_links *links;
    struct baton_session *session;
    const struct baton_result *result;
    if (!CHECK_INT(load(&memory, &package), BATON_OK) ||
        !CHECK_INT(link_it(package, &links), BATON_OK))
        return;
    CHECK_INT(package->link_count, 1);
    CHECK_TEXT(package->link[0].path, "../city");
    CHECK_TEXT(baton_package_scheme(package->link[0].package)->id, "city");
    CHECK_INT(baton_session_open(arena, baton_package_scheme(package), baton_package_facts(package),
                                 links, &(struct baton_options){.as_of_day = INT32_MAX}, &session,
                                 &found),
              BATON_OK);
    CHECK_INT(baton_score(session, (struct baton_period){2021, 1, BATON_YEAR}, &result, &found),
              BATON_OK);
    CHECK_DOUBLE(result->score[0], 80);
    baton_session_close(session);
    arena_close(arena);
}

TEST(package_of_an_own_form_that_it_does_not_have) {
    begin();
    struct memory memory = {"ledger/town", town, LENGTH(town), NULL, NULL};
    struct baton_package *package;
    const struct baton_links *links;
    if (CHECK_INT(load(&memory, &package), BATON_OK))
        CHECK_INT(link_it(package, &links), BATON_NO_PACKAGE);
    arena_close(arena);
}

TEST(package_of_an_own_form_in_a_circle) {
    begin();
    struct memory memory = {"ledger/town", town, LENGTH(town), "../city", NULL};
    memory.other = &memory;
    struct baton_package *package;
    const struct baton_links *links;
    if (CHECK_INT(load(&memory, &package), BATON_OK))
        CHECK_INT(link_it(package, &links), BATON_LINK_CIRCLE);
    arena_close(arena);
}
