/* Loading a package: its files one after the other, each by its reader, in the order in which they refer to each other.
 * A file that is wrong does not keep the next ones from being read, so that all findings come at once; only where
 * scheme.yaml cannot be read there is no telling what anything else means. */
#include "package/package.h"
#include "base/limits.h"
#include "base/text.h"
#include "package/package_files.h"
#include "package/scheme_yaml.h"
#include "package/sound.h"
#include "package/source_workbook.h"
#include "package/tables.h"
#include <string.h>

/* From so many bytes of observations.csv on threads are worth their start. */
enum { THREADS_FROM = 1 << 20 };

static const char *const needed[] = {"scheme.yaml", "units.csv", "indicators.csv",
                                     "observations.csv"};

/* One load, as the body of an arena_run. */
struct loading {
    struct baton_package *package;
    struct baton_findings *found;
    size_t errors_before; /* in `found` */
    bool unreadable;      /* the folder is no package */
};

static void add_missing(struct loading *l, const char *name) {
    baton_findings_add(l->found, BATON_FILE_MISSING, (struct baton_where){.file = name}, name, NULL,
                       NULL, NULL);
}

/* Tables at the top that the format does not have: most likely misspelt, and then not read. */

static bool is_table(const char *name) {
    size_t count;
    const char *const *tables = package_tables(&count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(tables[i], name) == 0)
            return true;
    return false;
}

static baton_code look_for_strangers(struct loading *l) {
    struct source_names names;
    size_t count;
    const char *const *tables = package_tables(&count);
    TRY(source_list(l->package->source, "", ".csv", &names, l->found));
    for (size_t i = 0; i < names.count; i++) {
        const char *name = names.name[i];
        if (!is_table(name))
            baton_findings_add(l->found, BATON_FILE_UNKNOWN, (struct baton_where){.file = name},
                               name, package_guess_word(tables, count, name, strlen(name)), NULL,
                               NULL);
    }
    return BATON_OK;
}

/* scheme.yaml, first phase. Where it cannot be read, the files that are missing besides are told too. */
static baton_code read_scheme(struct loading *l, struct scheme_reader **out) {
    struct baton_package *package = l->package;
    struct source_tree tree;
    baton_code code =
        source_tree(package->source, "scheme.yaml", LIMIT_YAML_SIZE, false, &tree, l->found);
    if (code == BATON_OK && !tree.there) {
        add_missing(l, "scheme.yaml");
        code = BATON_FILE_MISSING;
    }
    if (code == BATON_OK)
        *out = scheme_read_tree(&package->reader,
                                &(struct keys){package->arena, l->found, tree.file, tree.is_sheet},
                                tree.root);
    if (code == BATON_OK || code == BATON_NO_MEMORY)
        return code;
    l->unreadable = true;
    for (size_t i = 1; i < LENGTH(needed); i++)
        if (source_size(package->source, needed[i]) < 0)
            add_missing(l, needed[i]);
    return code;
}

/* A table that is needed and is not there (as its reader has told), or cannot be read at all, makes it no package. */
static baton_code read_needed(struct loading *l, const char *name, baton_code code) {
    const struct baton_package *package = l->package;
    if (code != BATON_OK || source_size(package->source, name) < 0)
        l->unreadable = true;
    return code == BATON_NO_MEMORY ? code : BATON_OK;
}

static baton_code read_optional(baton_code code) {
    return code == BATON_NO_MEMORY ? code : BATON_OK;
}

static baton_code read_tables(struct loading *l, struct scheme_reader *scheme) {
    struct package_reader *reader = &l->package->reader;
    TRY(read_needed(l, "units.csv", units_read(reader)));
    TRY(read_needed(l, "indicators.csv", indicators_read(reader)));
    /* Without units or indicators whatever names one would be wrong too, which helps nobody. */
    if (l->unreadable || reader->scheme->unit_count == 0 || reader->scheme->node_count < 2) {
        if (source_size(reader->source, "observations.csv") < 0)
            add_missing(l, "observations.csv");
        return BATON_OK;
    }
    scheme_resolve(scheme);
    TRY(read_optional(documents_read(reader)));
    TRY(read_optional(successions_read(reader)));
    TRY(read_needed(l, "observations.csv", observations_read(reader, &l->package->observations)));
    TRY(read_optional(targets_read(reader)));
    TRY(read_optional(weights_read(reader)));
    TRY(read_optional(adjustments_read(reader)));
    if (l->package->observations != NULL)
        l->package->facts = observations_facts(l->package->observations);
    sound_check(reader, l->package->observations != NULL ? &l->package->facts : NULL);
    if (!l->unreadable &&
        l->found->errors > l->errors_before) /* a sound one is compiled when it is opened */
        (void)baton_scheme_check(reader->arena, &l->package->scheme, l->found);
    return BATON_OK;
}

static baton_code load(void *context) {
    struct loading *l = context;
    struct baton_package *package = l->package;
    struct package_reader *reader = &package->reader;
    struct scheme_reader *scheme = NULL;
    const baton_code opened = package->source != NULL ? BATON_OK
                                                      : source_open(package->arena, package->folder,
                                                                    &package->source, l->found);
    if (opened != BATON_OK) {
        l->unreadable = true;
        return opened;
    }
    package_reader_open(reader, package->arena, &package->scheme, package->source, l->found);
    reader->want_origins = package->options.want_origins;
    reader->trial = package->options.trial;
    const baton_code looked = look_for_strangers(l);
    l->unreadable = looked != BATON_OK;
    TRY(looked);
    TRY(read_scheme(l, &scheme));
    if (source_size(package->source, "observations.csv") >= THREADS_FROM) {
        reader->parallel = parallel_open(package->options.threads);
        arena_on_close(package->arena, parallel_close, reader->parallel);
    }
    return read_tables(l, scheme);
}

/* What is made before anything else, so that memory that is out leaves nothing half made. */
struct beginning {
    struct baton_arena *arena;
    const char *folder;
    struct baton_package *package;
};

static baton_code begin(void *context) {
    struct beginning *b = context;
    b->package = arena_alloc(b->arena, 1, sizeof(*b->package));
    b->package->arena = b->arena;
    b->package->folder = arena_text(b->arena, b->folder, strlen(b->folder));
    return BATON_OK;
}

/* The first error among the findings from `before` on. */
static baton_code first_error(const struct baton_findings *found, size_t before) {
    for (size_t i = before; i < found->count; i++)
        if (baton_code_info(found->item[i].code)->severity == BATON_ERROR)
            return found->item[i].code;
    return BATON_OK;
}

/* source NULL = that of the folder. */
static baton_code load_from(struct baton_arena *arena, const char *folder, struct source *source,
                            const struct baton_package_options *options, struct baton_package **out,
                            struct baton_findings *found) {
    struct beginning beginning = {arena, folder, NULL};
    const size_t before = found->count;
    *out = NULL;
    TRY(arena_run(arena, begin, &beginning));
    struct loading loading = {beginning.package, found, found->errors, false}, *l = &loading;
    l->package->options = *options;
    l->package->source = source;
    const baton_code code = arena_run(arena, load, l);
    l->package->options.trial = l->package->reader.trial = NULL;
    if (code == BATON_NO_MEMORY)
        return code;
    if (!l->unreadable)
        *out = l->package;
    return first_error(found, before);
}

baton_code baton_package_load(struct baton_arena *arena, const char *folder,
                              const struct baton_package_options *options,
                              struct baton_package **out, struct baton_findings *found) {
    return load_from(arena, folder, NULL, options, out, found);
}

baton_code baton_package_load_source(struct baton_arena *arena, struct source *source,
                                     const struct baton_package_options *options,
                                     struct baton_package **out, struct baton_findings *found) {
    return load_from(arena, source->path, source, options, out, found);
}

struct baton_scheme *baton_package_scheme(const struct baton_package *package) {
    return (struct baton_scheme *)&package->scheme;
}

const struct baton_facts *baton_package_facts(const struct baton_package *package) {
    return &package->facts;
}

const char *baton_package_folder(const struct baton_package *package) {
    return package->folder;
}

bool baton_package_clause(const struct baton_package *package, const char *basis,
                          struct baton_clause *out) {
    const struct package_clause *clause = documents_clause(package->reader.documents, basis);
    if (clause == NULL)
        return false;
    *out = (struct baton_clause){clause->basis, clause->file, clause->row,
                                 clause->title, clause->text, clause->size};
    return true;
}

bool baton_package_observation(const struct baton_package *package, struct baton_arena *arena,
                               uint32_t line, struct baton_observation *out) {
    struct observation_text text;
    if (package->observations == NULL ||
        !observations_row_text(package->observations, arena, line, &text))
        return false;
    *out = (struct baton_observation){text.unit,      text.element,      text.period,
                                      text.value,     text.state,        text.source,
                                      text.document,  text.also_count,   text.also_name,
                                      text.also_text, "observations.csv"};
    if (source_is_workbook(package->source))
        out->file = "observations";
    return true;
}

bool baton_package_fact(const struct baton_package *package, struct baton_arena *arena,
                        const char *file, uint32_t row, struct baton_fact *out) {
    const struct source_form *form = package->source->form;
    return form->fact != NULL && form->fact(package->source, arena, file, row, out);
}
