/* See fixture.h. */
#include "unit/package/fixture.h"
#include "engine/methods.h"
#include "unit/test.h"
#include <iconv.h>
#include <math.h>
#include <string.h>

static void add_groups(struct fixture *f) {
    static const char *const ids[] = {"g", "h"};
    f->scheme.group = arena_alloc(f->arena, 2, sizeof *f->scheme.group);
    f->scheme.group_count = 2;
    for (uint32_t i = 0; i < 2; i++) {
        f->scheme.group[i].id = ids[i];
        hash_add(f->arena, &f->reader.group, ids[i], 1, i);
    }
}

static void add_methods(struct fixture *f) {
    struct baton_method method;
    method_initial(BATON_METHOD_RANGE, &method);
    method.id = "low";
    package_method_add(&f->reader, &method);
    method_initial(BATON_METHOD_LEVELS, &method);
    method.id = "grade";
    struct baton_band *bands = arena_alloc(f->arena, 2, sizeof *bands);
    bands[0] = (struct baton_band){package_code(&f->reader, "A", 1), 100};
    bands[1] = (struct baton_band){package_code(&f->reader, "B", 1), 60};
    method.bands = bands;
    method.table_count = 2;
    package_method_add(&f->reader, &method);
}

static void add_items(struct fixture *f) {
    static const struct baton_level levels[] = {{"national", 2}, {"provincial", 1}};
    static const struct baton_item items[] = {
        {.id = "praise", .kind = BATON_BONUS, .points = 1},
        {.id = "honour", .kind = BATON_BONUS, .points = NAN, .level = levels, .level_count = 2},
        {.id = "fault", .kind = BATON_DEDUCTION, .points = NAN},
        {.id = "accident", .kind = BATON_VETO, .points = NAN},
    };
    f->scheme.item = arena_alloc(f->arena, LENGTH(items), sizeof *f->scheme.item);
    memcpy(f->scheme.item, items, sizeof items);
    f->scheme.item_count = LENGTH(items);
    for (uint32_t i = 0; i < LENGTH(items); i++)
        hash_add(f->arena, &f->reader.item, items[i].id, strlen(items[i].id), i);
}

void fixture_open(struct fixture *f) {
    memset(f, 0, sizeof *f);
    f->arena = arena_open();
    f->found.arena = f->arena;
    struct source *source;
    CHECK_INT(source_open(f->arena, test_folder(), &source, &f->found), BATON_OK);
    package_reader_open(&f->reader, f->arena, &f->scheme, source, &f->found);
    add_groups(f);
    add_methods(f);
    add_items(f);
}

void fixture_close(struct fixture *f) {
    parallel_close(f->reader.parallel);
    arena_close(f->arena);
}

void fixture_file(const char *name, const char *text) {
    test_file(name, text, strlen(text));
}

const char *fixture_found(struct fixture *f) {
    const char *text = "";
    baton_findings_sort(&f->found);
    for (size_t i = 0; i < f->found.count; i++) {
        const struct baton_finding *finding = &f->found.item[i];
        text = arena_printf(f->arena, "%s%s%s %s:%u%s%s", text, i > 0 ? "; " : "",
                            baton_code_info(finding->code)->name, finding->where.file,
                            finding->where.row, finding->where.field != NULL ? " " : "",
                            finding->where.field != NULL ? finding->where.field : "");
    }
    return text;
}

const char *fixture_message(struct fixture *f, size_t n) {
    return n < f->found.count ? baton_finding_message(f->arena, &f->found.item[n], BATON_EN) : "";
}

const char *fixture_advice(struct fixture *f, size_t n) {
    return n < f->found.count ? baton_finding_advice(f->arena, &f->found.item[n], BATON_EN) : "";
}

bool fixture_knows_gb18030(void) {
    const iconv_t iconv = iconv_open("UTF-8", "GB18030");
    if ((intptr_t)iconv == -1)
        return false;
    iconv_close(iconv);
    return true;
}

struct reading {
    struct package_reader *reader;
    baton_code (*read)(struct package_reader *reader);
};

static baton_code run_reading(void *context) {
    struct reading *reading = context;
    return reading->read(reading->reader);
}

void fixture_read(struct fixture *f, baton_code (*read)(struct package_reader *reader)) {
    struct reading reading = {&f->reader, read};
    f->code = arena_run(f->arena, run_reading, &reading);
}
