/* The Markdown files of documents: the policy texts. Only headings with an id matter: `## 第九条
 * {#art-9}`; what stands below one up to the next heading of its own level or above is its clause.
 * Fenced blocks are passed over. */
#include "base/limits.h"
#include "base/text.h"
#include "package/source.h"
#include "package/tables.h"
#include <string.h>

/* A line that is a heading: its level, 1..6 (0 = none), its title and its id (size 0 = none). */
struct heading {
    unsigned level;
    const char *title, *id;
    size_t title_size, id_size;
};

static struct heading heading_of(const char *line, size_t size) {
    struct heading heading = {0};
    while (heading.level < size && line[heading.level] == '#')
        heading.level++;
    if (heading.level == 0 || heading.level > 6 || heading.level >= size ||
        line[heading.level] != ' ')
        return (struct heading){0};
    heading.title = line + heading.level;
    heading.title_size = size - heading.level;
    text_trim(&heading.title, &heading.title_size);
    if (heading.title_size < 4 || heading.title[heading.title_size - 1] != '}')
        return heading;
    for (size_t i = heading.title_size - 1; i-- > 0;) {
        if (heading.title[i] != '{')
            continue;
        if (heading.title[i + 1] == '#') {
            heading.id = heading.title + i + 2;
            heading.id_size = heading.title_size - i - 3;
            heading.title_size = i;
            text_trim(&heading.title, &heading.title_size);
        }
        break;
    }
    return heading;
}

struct document {
    struct package_reader *reader;
    struct package_documents *all;
    const char *file, *stem;
    size_t open[7]; /* by level: the clause that runs there, its number + 1; 0 = none */
};

/* Ends the clauses of that level and below. */
static void end_clauses(struct document *d, unsigned level, const char *end) {
    for (; level <= 6; level++) {
        if (d->open[level] == 0)
            continue;
        struct package_clause *clause = &d->all->clause[d->open[level] - 1];
        clause->size = (size_t)(end - clause->text);
        d->open[level] = 0;
    }
}

static void begin_clause(struct document *d, const struct heading *heading, uint32_t row,
                         const char *below) {
    struct baton_arena *arena = d->reader->arena;
    const struct baton_where at = {.file = d->file, .row = row};
    const char *id = package_excerpt(arena, heading->id, heading->id_size);
    if (!text_is_identifier(heading->id, heading->id_size)) {
        baton_findings_add(d->reader->found, BATON_ID_BAD, at, id,
                           package_count(arena, LIMIT_ID_SIZE), NULL, NULL);
        return;
    }
    const char *basis = arena_printf(arena, "%s#%.*s", d->stem, (int)heading->id_size, heading->id);
    const uint32_t index = (uint32_t)d->all->clause_count;
    const uint32_t first = hash_add(arena, &d->all->index, basis, strlen(basis), index);
    if (first != index) {
        baton_findings_add(d->reader->found, BATON_CLAUSE_DOUBLED, at, id,
                           package_count(arena, d->all->clause[first].row), NULL, NULL);
        return;
    }
    *ARRAY_PUSH(arena, d->all->clause, d->all->clause_count, d->all->clause_capacity) =
        (struct package_clause){
            .basis = basis,
            .file = d->file,
            .row = row,
            .title = arena_text(arena, heading->title, heading->title_size),
            .text = below,
        };
    d->open[heading->level] = index + 1;
}

static bool is_fence(const char *line, size_t size) {
    return size >= 3 && (memcmp(line, "```", 3) == 0 || memcmp(line, "~~~", 3) == 0);
}

static baton_code read_document(struct package_reader *reader, struct package_documents *all,
                                const char *name) {
    struct baton_arena *arena = reader->arena;
    struct document d = {
        .reader = reader,
        .all = all,
        .file = arena_printf(arena, "documents/%s", name),
        .stem = arena_text(arena, name, strlen(name) - 3),
    };
    struct file file;
    TRY(source_read(reader->source, d.file, LIMIT_DOCUMENT_SIZE, &file, reader->found));
    TRY(file_decode(arena, &file, reader->found));
    d.file = file.name;
    hash_add(arena, &all->names, d.stem, strlen(d.stem), 0);
    const char *const stop = file.text + file.size;
    uint32_t row = 1;
    bool fenced = false;
    for (const char *line = file.text, *next; line < stop; line = next, row++) {
        const char *end = memchr(line, '\n', (size_t)(stop - line));
        next = end != NULL ? end + 1 : stop;
        size_t size = (size_t)((end != NULL ? end : stop) - line);
        size -= size > 0 && line[size - 1] == '\r';
        if (is_fence(line, size)) {
            fenced = !fenced;
            continue;
        }
        const struct heading heading = fenced ? (struct heading){0} : heading_of(line, size);
        if (heading.level == 0)
            continue;
        end_clauses(&d, heading.level, line);
        if (heading.id != NULL)
            begin_clause(&d, &heading, file_row(&file, row), next);
    }
    end_clauses(&d, 1, stop);
    return BATON_OK;
}

const struct package_clause *documents_clause(const struct package_documents *documents,
                                              const char *basis) {
    const uint32_t index =
        documents == NULL ? HASH_NONE : hash_find(&documents->index, basis, strlen(basis));
    return index == HASH_NONE ? NULL : &documents->clause[index];
}

/* A basis names a clause, or a document as a whole. Without documents it is odd, but no error, and
 * said once. */
static void check_bases(struct package_reader *reader) {
    const struct baton_scheme *scheme = reader->scheme;
    for (uint32_t i = 1; i < scheme->node_count; i++) {
        const char *basis = scheme->node[i].basis;
        if (basis == NULL)
            continue;
        struct baton_where at = scheme->node[i].at;
        at.field = "basis";
        if (reader->documents == NULL) {
            baton_findings_add(reader->found, BATON_DOCUMENTS_MISSING, at, basis, NULL, NULL, NULL);
            return;
        }
        const size_t size = strlen(basis);
        if (hash_find(&reader->documents->index, basis, size) != HASH_NONE ||
            hash_find(&reader->documents->names, basis, size) != HASH_NONE)
            continue;
        baton_findings_add(reader->found, BATON_CLAUSE_UNKNOWN, at, basis,
                           package_guess(reader, &reader->documents->index, basis, size), NULL,
                           NULL);
    }
}

baton_code documents_read(struct package_reader *reader) {
    struct source_names names;
    TRY(source_list(reader->source, "documents", ".md", &names, reader->found));
    baton_code worst = BATON_OK; // of what cannot be read; the others are looked at nevertheless
    if (names.there) {
        struct package_documents *all = arena_alloc(reader->arena, 1, sizeof *all);
        for (size_t i = 0; i < names.count; i++) {
            const baton_code code = read_document(reader, all, names.name[i]);
            worst = worst == BATON_OK ? code : worst;
        }
        reader->documents = all;
    }
    check_bases(reader);
    return worst;
}
