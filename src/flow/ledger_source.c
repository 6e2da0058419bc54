/* A source over the facts of a ledger. Tables are made when they are first asked for and kept; contents are fetched as they are read. */
#include "flow/ledger_source.h"
#include "flow/fact_origin.h"
#include "flow/fact_table.h"
#include <string.h>

struct content {
    const char *name;
    struct digest digest;
};

/* A table, once it was made. */
struct made {
    bool there;
    struct fact_table table;
};

struct inside {
    struct ledger_view view;
    uint64_t scheme; /* position */
    struct content *file;
    size_t file_count;
    struct ledger_link *link;
    size_t link_count;
    struct made made[FLOW_TABLES];
};

static const char *behind(const char *name, const char *beginning) {
    const size_t size = strlen(beginning);
    return strncmp(name, beginning, size) == 0 ? name + size : NULL;
}

static const struct content *content_of(const struct inside *in, const char *name) {
    for (size_t i = 0; i < in->file_count; i++)
        if (strcmp(in->file[i].name, name) == 0)
            return &in->file[i];
    return NULL;
}

static baton_code tell(const struct inside *in, baton_code code, struct baton_findings *found) {
    if (code != BATON_OK && code != BATON_NO_MEMORY)
        reader_report(in->view.reader, code, found);
    return code;
}

static baton_code make_table(struct source *source, const struct flow_table *table,
                             const struct fact_table **out, struct baton_findings *found) {
    struct inside *in = source->inside;
    struct made *made = &in->made[table - flow_tables];
    if (!made->there)
        TRY(fact_table_read_with(source->arena, in->view.reader, in->view.assessment, table,
                                 in->view.known, in->view.also, in->view.also_count, &made->table,
                                 found));
    made->there = true;
    *out = &made->table;
    return BATON_OK;
}

static bool is_there(const struct flow_table *table, const struct fact_table *rows) {
    return table->needed || rows->row_count > 0;
}

static int64_t ledger_size(struct source *source, const char *name) {
    const struct inside *in = source->inside;
    const struct flow_table *table = flow_table_of_file(name);
    const struct fact_table *rows;
    struct reader_content about;
    if (table != NULL) {
        /* One that cannot be made is there: who reads it is told why it cannot. */
        struct baton_findings unheard = {.arena = source->arena};
        if (make_table(source, table, &rows, &unheard) != BATON_OK)
            return 1;
        return is_there(table, rows) ? (int64_t)rows->size : -1;
    }
    const struct content *content = content_of(in, name);
    if (content == NULL)
        return -1;
    return reader_content(in->view.reader, &content->digest, &about) == BATON_OK
               ? (int64_t)about.size
               : 1;
}

static baton_code refuse_size(const struct file *file, uint64_t size_most,
                              struct baton_arena *arena, struct baton_findings *found) {
    if (file->size <= size_most)
        return BATON_OK;
    baton_findings_add(found, BATON_FILE_TOO_LARGE, (struct baton_where){.file = file->name},
                       arena_printf(arena, "%zu", file->size),
                       arena_printf(arena, "%llu", (unsigned long long)size_most), NULL, NULL);
    return BATON_FILE_TOO_LARGE;
}

/* A table; who writes to it gets a copy. */
static baton_code read_table(struct source *source, const struct flow_table *table, bool map,
                             struct file *out, struct baton_findings *found) {
    const struct fact_table *rows;
    TRY(make_table(source, table, &rows, found));
    out->there = is_there(table, rows);
    if (!out->there)
        return BATON_OK;
    out->size = rows->size;
    out->is_mapped = map;
    out->text = map ? (char *)rows->text : arena_text(source->arena, rows->text, rows->size);
    return BATON_OK;
}

static baton_code read_content(struct source *source, const struct content *content,
                               struct file *out, struct baton_findings *found) {
    const struct inside *in = source->inside;
    const char *text;
    TRY(tell(
        in,
        reader_content_text(in->view.reader, source->arena, &content->digest, &text, &out->size),
        found));
    out->there = true;
    out->text = (char *)text;
    return BATON_OK;
}

static baton_code ledger_read(struct source *source, const char *name, uint64_t size_most, bool map,
                              struct file *out, struct baton_findings *found) {
    const struct inside *in = source->inside;
    const struct flow_table *table = flow_table_of_file(name);
    const struct content *content = content_of(in, name);
    *out = (struct file){.name = name, .text = arena_text(source->arena, "", 0)};
    if (table != NULL)
        TRY(read_table(source, table, map, out, found));
    else if (content != NULL)
        TRY(read_content(source, content, out, found));
    return refuse_size(out, size_most, source->arena, found);
}

static void add_name(struct source *source, const char *folder, const char *ending,
                     const char *name, struct source_names *out) {
    const size_t size = strlen(folder);
    if (size > 0 && (strncmp(name, folder, size) != 0 || name[size] != '/'))
        return;
    const char *rest = size > 0 ? name + size + 1 : name;
    if (size > 0)
        out->there = true;
    if (strchr(rest, '/') == NULL && source_is_listed(folder, ending, rest, strlen(rest)))
        *ARRAY_PUSH(source->arena, out->name, out->count, out->capacity) = rest;
}

static baton_code ledger_list(struct source *source, const char *folder, const char *ending,
                              struct source_names *out, struct baton_findings *found) {
    const struct inside *in = source->inside;
    out->there = folder[0] == '\0';
    for (size_t i = 0; i < in->file_count; i++)
        add_name(source, folder, ending, in->file[i].name, out);
    for (size_t i = 0; i < FLOW_TABLES && folder[0] == '\0'; i++) {
        const struct fact_table *rows;
        TRY(make_table(source, &flow_tables[i], &rows, found));
        if (is_there(&flow_tables[i], rows))
            add_name(source, folder, ending, flow_tables[i].file, out);
    }
    return BATON_OK;
}

static baton_code ledger_other(struct source *source, const char *path, struct source **out,
                               struct baton_findings *found) {
    const struct inside *in = source->inside;
    *out = NULL;
    for (size_t i = 0; i < in->link_count; i++)
        if (strcmp(in->link[i].path, path) == 0)
            return ledger_source_open(source->arena,
                                      &(struct ledger_view){.reader = in->view.reader,
                                                            .assessment = in->link[i].assessment,
                                                            .known = in->view.known,
                                                            .also = in->view.also,
                                                            .also_count = in->view.also_count},
                                      out, found);
    return BATON_OK;
}

static const char *ledger_real(const struct source *source) {
    return source->path;
}

static bool ledger_fact(struct source *source, struct baton_arena *arena, const char *file,
                        uint32_t row, struct baton_fact *out) {
    const struct inside *in = source->inside;
    const struct flow_table *table = flow_table_of_file(file);
    uint64_t position;
    return table != NULL && in->made[table - flow_tables].there &&
           fact_table_position(&in->made[table - flow_tables].table, row, &position) &&
           fact_origin(arena, in->view.reader, position, out) == BATON_OK;
}

static const struct source_form ledger_form = {
    .size = ledger_size,
    .read = ledger_read,
    .list = ledger_list,
    .other = ledger_other,
    .real = ledger_real,
    .fact = ledger_fact,
};

/* Files and links of the version. */
static void take_version(struct source *source, const struct entry *version) {
    struct inside *in = source->inside;
    const struct fact_body *body = &version->body;
    in->scheme = version->position;
    in->file = arena_alloc(source->arena, body->field_count, sizeof *in->file);
    in->link = arena_alloc(source->arena, body->field_count, sizeof *in->link);
    for (size_t i = 0; i < body->field_count; i++) {
        const struct field *field = &body->field[i];
        const char *file = behind(field->name, FLOW_FILE), *path = behind(field->name, FLOW_LINK);
        if (file != NULL && field->type == 'c' && flow_is_scheme_file(file)) {
            struct content *content = &in->file[in->file_count++];
            content->name = file;
            memcpy(content->digest.byte, field->value, DIGEST_SIZE);
        } else if (path != NULL && field->type == 't') {
            in->link[in->link_count++] = (struct ledger_link){path, field->value};
        }
    }
}

/* There is no such scheme: names what there is. */
static baton_code refuse_none(struct baton_arena *arena, const struct ledger_view *view,
                              struct baton_findings *found) {
    enum { NAMED = 12 };
    const char **assessment, *list = NULL;
    size_t count;
    char period[BATON_PERIOD_NAME_SIZE];
    TRY(reader_assessments(view->reader, arena, &assessment, &count));
    for (size_t i = 0, named = 0; i < count && named <= NAMED; i++) {
        if (assessment[i][0] == '\0')
            continue;
        list = list == NULL
                   ? assessment[i]
                   : arena_printf(arena, "%s, %s", list, named == NAMED ? "..." : assessment[i]);
        named++;
    }
    baton_period_format(view->period, period);
    baton_findings_add(found, BATON_SCHEME_NONE, (struct baton_where){0}, view->assessment,
                       period[0] != '\0' ? period : NULL, list, NULL);
    return BATON_SCHEME_NONE;
}

/* The first day of a version of the scheme; INT32_MIN = in force from ever. */
static int32_t begins(const struct fact_body *version) {
    struct baton_period period;
    const char *from = body_text(version, "in_force");
    return baton_period_parse(from, strlen(from), &period) ? baton_period_first_day(period)
                                                           : INT32_MIN;
}

/* A version that nobody has said yet takes the place of the one in force where it would be in force instead. */
static void take_also(const struct ledger_view *view, struct entry *version, bool *is_one) {
    for (size_t i = 0; i < view->also_count; i++) {
        const struct fact_body *body = &view->also[i];
        if (strcmp(body->kind, fact_kind_info(FACT_SCHEME)->word) != 0 ||
            strcmp(body->assessment, view->assessment) != 0 ||
            (view->period.kind != BATON_PERIOD_NONE &&
             (begins(body) > baton_period_last_day(view->period) ||
              (*is_one && begins(body) < begins(&version->body)))))
            continue;
        *version = (struct entry){.position = UINT64_MAX, .body = *body};
        *is_one = true;
    }
}

/* The version that is named, or the one in force. SCHEME_NONE also where the number is of something else. */
static baton_code read_version(struct baton_arena *arena, const struct ledger_view *view,
                               struct entry *out) {
    if (view->version == 0)
        return reader_scheme(view->reader, arena, view->assessment, view->period, view->known, out);
    if (view->version >= view->known)
        return BATON_SCHEME_NONE;
    TRY(reader_entry(view->reader, arena, view->version, out));
    return strcmp(out->body.kind, fact_kind_info(FACT_SCHEME)->word) == 0 &&
                   strcmp(out->body.assessment, view->assessment) == 0
               ? BATON_OK
               : BATON_SCHEME_NONE;
}

baton_code ledger_source_open(struct baton_arena *arena, const struct ledger_view *view,
                              struct source **out, struct baton_findings *found) {
    struct source *source = arena_alloc(arena, 1, sizeof *source);
    struct inside *in = arena_alloc(arena, 1, sizeof *in);
    struct entry version;
    in->view = *view;
    in->view.assessment = arena_text(arena, view->assessment, strlen(view->assessment));
    const baton_code code = read_version(arena, &in->view, &version);
    bool is_one = code == BATON_OK;
    if (code != BATON_SCHEME_NONE)
        TRY(tell(in, code, found));
    take_also(view, &version, &is_one);
    if (!is_one)
        return refuse_none(arena, view, found);
    *source = (struct source){.arena = arena,
                              .path = in->view.assessment,
                              .base = in->view.assessment,
                              .form = &ledger_form,
                              .inside = in};
    take_version(source, &version);
    *out = source;
    return BATON_OK;
}

uint64_t ledger_source_scheme(const struct source *source) {
    return ((const struct inside *)source->inside)->scheme;
}

const struct ledger_link *ledger_source_links(const struct source *source, size_t *count) {
    const struct inside *in = source->inside;
    *count = in->link_count;
    return in->link;
}
