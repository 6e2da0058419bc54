/* CSV: any bytes as observations.csv, as a table, and as each of the small tables of a package. The
 * first byte says which.
 *
 * Observations are read twice: as they are, which for so short a file is the slow way, and with
 * blank lines behind them, small chunks and two threads, which is the fast way where rows are
 * plain. Both must find the same. A table that was read is written again with every field in
 * quotation marks, and must read the same. */
#include "engine/methods.h"
#include "package/observations_internal.h"
#include "package/tables.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void require(bool holds) {
    if (!holds)
        abort();
}

static char folder[256];

static void write_file(const char *name, const void *bytes, size_t size) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    require(file != NULL && fwrite(bytes, 1, size, file) == size && fclose(file) == 0);
}

static const char *const names[] = {"units.csv",   "indicators.csv",  "targets.csv",
                                    "weights.csv", "adjustments.csv", "successions.csv"};
static baton_code (*const readers[])(struct package_reader *reader) = {
    units_read, indicators_read, targets_read, weights_read, adjustments_read, successions_read};

static void remove_files(void) {
    char path[512];
    for (size_t i = 0; i < LENGTH(names); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

static void open_folder(void) {
    if (folder[0] != '\0')
        return;
    const char *base = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%s/fuzz-csv-XXXXXX", base != NULL ? base : "/tmp");
    require(mkdtemp(folder) != NULL);
    atexit(remove_files);
}

/* A package around the file that is tried. */
struct package {
    struct baton_arena *arena;
    struct baton_findings found;
    struct baton_scheme scheme;
    struct package_reader reader;
    struct baton_group group[2];
    struct baton_item item[2];
    struct baton_level level[1];
    struct baton_band band[2];
};

static void open_package(struct package *p) {
    memset(p, 0, sizeof *p);
    p->arena = arena_open();
    require(p->arena != NULL);
    p->found.arena = p->arena;
    struct source *source;
    require(source_open(p->arena, folder, &source, &p->found) == BATON_OK);
    package_reader_open(&p->reader, p->arena, &p->scheme, source, &p->found);
    p->group[0].id = "g";
    p->group[1].id = "h";
    p->scheme.group = p->group;
    p->scheme.group_count = 2;
    hash_add(p->arena, &p->reader.group, "g", 1, 0);
    hash_add(p->arena, &p->reader.group, "h", 1, 1);
    p->level[0] = (struct baton_level){"national", 2};
    p->item[0] =
        (struct baton_item){.id = "honour", .points = NAN, .level = p->level, .level_count = 1};
    p->item[1] = (struct baton_item){.id = "accident", .kind = BATON_VETO, .points = NAN};
    p->scheme.item = p->item;
    p->scheme.item_count = 2;
    hash_add(p->arena, &p->reader.item, "honour", 6, 0);
    hash_add(p->arena, &p->reader.item, "accident", 8, 1);
    struct baton_method method;
    method_initial(BATON_METHOD_LEVELS, &method);
    method.id = "grade";
    p->band[0] = (struct baton_band){package_code(&p->reader, "A", 1), 100};
    p->band[1] = (struct baton_band){package_code(&p->reader, "B", 1), 60};
    method.bands = p->band;
    method.table_count = 2;
    package_method_add(&p->reader, &method);
}

static const char units[] =
    "id,name,group\na,A,g\nb,B,g\nu1,U,g\n无锡,W,h\na-long-identifier-of-a-unit,L,h\ncity,C,\n";
static const char indicators[] = "id,name,parent,weight,method,measure\nin,I,,1,,\nx,X,in,1,range,%"
                                 "\ny,Y,in,1,range,1\nz,Z,,1,grade,\n";

static void read_rest(struct package *p, size_t but) {
    if (but != 0)
        write_file(names[0], units, sizeof units - 1);
    if (but != 1)
        write_file(names[1], indicators, sizeof indicators - 1);
    require(units_read(&p->reader) == BATON_OK || but == 0);
    require(indicators_read(&p->reader) == BATON_OK || but == 1);
}

struct trial {
    struct package *package;
    size_t which;
    struct file file;
    struct observations *observations;
};

static baton_code read_small(void *context) {
    struct trial *t = context;
    read_rest(t->package, t->which);
    if (t->which >= 2)
        (void)!readers[t->which](&t->package->reader);
    return BATON_OK;
}

static void check_findings(struct package *p) {
    require((p->found.errors == 0) == (baton_findings_worst(&p->found) == BATON_OK));
    for (size_t i = 0; i < p->found.count; i++)
        for (int language = 0; language < 2; language++)
            require(baton_finding_message(p->arena, &p->found.item[i],
                                          (enum baton_language)language)[0] != '\0');
}

static void try_small(size_t which, const uint8_t *bytes, size_t size) {
    struct package p;
    open_package(&p);
    write_file(names[which], bytes, size);
    struct trial trial = {.package = &p, .which = which};
    require(arena_run(p.arena, read_small, &trial) == BATON_OK);
    check_findings(&p);
    const struct baton_scheme *s = &p.scheme;
    for (uint32_t i = 0; i < s->unit_count; i++)
        require(s->unit[i].parent == BATON_NONE || s->unit[i].parent < s->unit_count);
    for (uint32_t i = 1; i < s->node_count; i++)
        require(s->node[i].parent < i);
    arena_close(p.arena);
    unlink(names[which]);
}

static baton_code read_observed(void *context) {
    struct trial *t = context;
    read_rest(t->package, SIZE_MAX);
    return observations_read_file(&t->package->reader, &t->file, &t->observations);
}

/* The column of both packages, or of neither. */
static void compare_column(struct trial *a, struct trial *b, uint32_t element,
                           struct baton_period period) {
    const struct baton_facts one = observations_facts(a->observations),
                             two = observations_facts(b->observations);
    struct baton_column left, right;
    require(one.column(one.context, element, period, &left) &&
            two.column(two.context, element, period, &right));
    for (uint32_t u = 0; u < a->package->scheme.unit_count; u++) {
        require(baton_number_equal_bits(left.value[u], right.value[u]));
        require((left.state == NULL ? 0 : left.state[u]) ==
                (right.state == NULL ? 0 : right.state[u]));
    }
}

static bool same_text(const char *a, const char *b) {
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static void compare(struct trial *a, struct trial *b) {
    const struct baton_findings *one = &a->package->found, *two = &b->package->found;
    require(one->count == two->count && one->errors == two->errors &&
            one->left_out == two->left_out);
    for (size_t i = 0; i < one->count; i++) {
        const struct baton_finding *left = &one->item[i], *right = &two->item[i];
        require(left->code == right->code && left->where.row == right->where.row &&
                left->where.column == right->where.column &&
                same_text(left->where.field, right->where.field));
        for (size_t k = 0; k < LENGTH(left->arg); k++)
            require(same_text(left->arg[k], right->arg[k]));
    }
    require((a->observations == NULL) == (b->observations == NULL));
    if (a->observations == NULL)
        return;
    const struct baton_scheme *left = &a->package->scheme, *right = &b->package->scheme;
    require(left->element_count == right->element_count);
    for (uint32_t e = 0; e < left->element_count; e++)
        require(strcmp(left->element[e].id, right->element[e].id) == 0 &&
                left->element[e].frequency == right->element[e].frequency);
    for (uint32_t e = 0; e < a->observations->element_count; e++) {
        require(a->observations->first[e + 1] == b->observations->first[e + 1]);
        for (uint32_t i = a->observations->first[e]; i < a->observations->first[e + 1]; i++)
            compare_column(a, b, e, a->observations->observed[i].period);
    }
}

static void try_observations(const uint8_t *bytes, size_t size, bool origins) {
    static struct parallel *pool;
    enum { BLANKS = 700 };
    if (pool == NULL)
        pool = parallel_open(2);
    struct package p[2];
    struct trial trial[2];
    char *text = malloc(size + BLANKS);
    require(text != NULL);
    memcpy(text, bytes, size);
    memset(text + size, '\n', BLANKS);
    for (int i = 0; i < 2; i++) {
        open_package(&p[i]);
        trial[i] = (struct trial){
            .package = &p[i],
            .file = {.name = "observations.csv",
                     .there = true,
                     .is_mapped = true,
                     .text = text,
                     .size = size},
        };
        if (i == 1) {
            trial[i].file.size += BLANKS;
            p[i].reader.parallel = pool;
            p[i].reader.want_origins = origins;
        }
        observations_chunk_size = i == 0 ? 1 << 20 : 128;
        const baton_code code = arena_run(p[i].arena, read_observed, &trial[i]);
        require(code == BATON_OK || code == BATON_ENCODING_BAD);
        require((code == BATON_OK) == (trial[i].observations != NULL));
        check_findings(&p[i]);
    }
    compare(&trial[0], &trial[1]);
    arena_close(p[0].arena);
    arena_close(p[1].arena);
    free(text);
}

static const struct csv_column columns[] = {
    {"id", true}, {"name", false}, {"value", false}, {"period", false}};

struct table_trial {
    struct baton_arena *arena;
    struct baton_findings *found;
    struct file file;
    struct csv_table table;
};

static baton_code read_table(void *context) {
    struct table_trial *t = context;
    return csv_table_read_file(t->arena, &t->file, columns, LENGTH(columns), &t->table, t->found);
}

static char *quoted(char *to, const char *text, size_t size) {
    *to++ = '"';
    for (size_t i = 0; i < size; i++) {
        *to++ = text[i];
        if (text[i] == '"')
            *to++ = '"';
    }
    *to++ = '"';
    return to;
}

static void try_table(const uint8_t *bytes, size_t size) {
    struct baton_arena *arena = arena_open();
    struct baton_findings found = {.arena = arena};
    struct table_trial first = {.arena = arena, .found = &found};
    first.file = (struct file){.name = "t.csv",
                               .there = true,
                               .text = arena_text(arena, (const char *)bytes, size),
                               .size = size};
    const baton_code code = arena_run(arena, read_table, &first);
    require(code == BATON_OK || code == BATON_ENCODING_BAD);
    const struct csv_table *t = &first.table;
    const size_t room = 100 + 3 * first.file.size + 20 * ((size_t)t->row_count + 1);
    char *text = arena_alloc(arena, room, 1), *to = text;
    memcpy(to, "\"value\",name,id,period\n", 23);
    to += 23;
    for (uint32_t row = 0; code == BATON_OK && row < t->row_count; row++) {
        static const uint32_t order[] = {2, 1, 0, 3};
        double value;
        struct baton_period period;
        csv_number(t, row, 2, "%", &value);
        csv_period(t, row, 3, &period);
        for (size_t i = 0; i < LENGTH(order); i++) {
            const char *field = csv_text(t, row, order[i]);
            require(strlen(field) == csv_size(t, row, order[i]));
            to = quoted(to, field, strlen(field));
            *to++ = i + 1 < LENGTH(order) ? ',' : '\n';
        }
    }
    require((size_t)(to - text) <= room);
    struct baton_findings again = {.arena = arena};
    struct table_trial second = {.arena = arena, .found = &again};
    second.file =
        (struct file){.name = "t.csv", .there = true, .text = text, .size = (size_t)(to - text)};
    require(arena_run(arena, read_table, &second) == BATON_OK && again.errors == 0);
    uint32_t at = 0;
    for (uint32_t row = 0; code == BATON_OK && row < t->row_count; row++) {
        bool blank = true; // a row of which only unknown columns had anything
        for (uint32_t column = 0; column < LENGTH(columns); column++)
            blank = blank && csv_size(t, row, column) == 0;
        if (blank)
            continue;
        require(at < second.table.row_count);
        for (uint32_t column = 0; column < LENGTH(columns); column++)
            require(strcmp(csv_text(t, row, column), csv_text(&second.table, at, column)) == 0);
        at++;
    }
    require(at == second.table.row_count);
    arena_close(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    if (size == 0)
        return 0;
    open_folder();
    const unsigned which = bytes[0] % 16;
    bytes++;
    size--;
    if (which < LENGTH(names))
        try_small(which, bytes, size);
    else if (which < 8)
        try_table(bytes, size);
    else
        try_observations(bytes, size, which == 8);
    return 0;
}
