/* Where the files of a package come from: a folder, or a form that stands for one.
 *
 * Whoever reads a table asks the source for it by its name in the folder, "units.csv" or "documents/rules.md", whatever the form; findings call it
 * by the name that the file gives itself. A caller may have a form of its own (src/flow/ledger_source.h has): it fills in a struct source and gives it to
 * baton_package_load_source. */
#ifndef PACKAGE_SOURCE_H
#define PACKAGE_SOURCE_H

#include "baton/package.h"
#include "package/file.h"

struct source;

/* Names without their folder. */
struct source_names {
    bool there; /* false = there is no such folder */
    const char **name;
    size_t count, capacity;
};

/* What a form does. Names are relative to the package, with slashes. */
struct source_form {
    /* Bytes of a file; -1 where there is none. */
    int64_t (*size)(struct source *source, const char *name);
    /* As file_read and, with `map`, file_map. */
    baton_code (*read)(struct source *source, const char *name, uint64_t size_most, bool map,
                       struct file *out, struct baton_findings *found);
    /* As source_list, in any order. */
    baton_code (*list)(struct source *source, const char *folder, const char *ending,
                       struct source_names *out, struct baton_findings *found);
    /* Whether there is a folder of that name in the file that holds the package, from where its outermost package stands; NULL = a file of this form
     * holds no folders. */
    bool (*has_folder)(struct source *source, const char *inside);
    bool is_in_file; /* the package is a file, or part of one */

    /* Of forms whose packages stand in no folder and no file; NULL for the others.
     * The package that this one names by a path; *out = NULL where it names none so. */
    baton_code (*other)(struct source *source, const char *path, struct source **out,
                        struct baton_findings *found);
    /* As source_name. */
    const char *(*real)(const struct source *source);
    /* As baton_package_fact; NULL = rows are rows of files, and nothing stands behind them. */
    bool (*fact)(struct source *source, struct baton_arena *arena, const char *file, uint32_t row,
                 struct baton_fact *out);
};

struct source {
    struct baton_arena *arena;
    const char *path; /* as the caller gave it */
    const char *base; /* the folder or the file: paths to other packages start here */
    const struct source_form *form;
    void *inside; /* of the form */
};

/* Opens the package at `path` (copied): a folder, an archive, or a folder of an archive ("city.zip/2020"); told by what is there, not by the ending of its
 * name. What has to be closed is closed with the arena. NO_PACKAGE and a finding where there is nothing that could be one; findings about an
 * archive as such have its path as their file. */
MUST_USE baton_code source_open(struct baton_arena *arena, const char *path, struct source **out,
                                struct baton_findings *found);

/* Bytes of a file; -1 where there is none. */
int64_t source_size(struct source *source, const char *name);

/* Reads a file as a whole; source_map for large ones, which may not be written to. A file that is not there is no error. See file.h. */
MUST_USE baton_code source_read(struct source *source, const char *name, uint64_t size_most,
                                struct file *out, struct baton_findings *found);
MUST_USE baton_code source_map(struct source *source, const char *name, uint64_t size_most,
                               struct file *out, struct baton_findings *found);

/* The files of a folder of the package ("" = at the top, "documents", "mappings") whose names end with `ending` (without regard to the case of letters
 * where it is at the top: a misspelt table is still a table) and do not begin with a dot, sorted. With "" all of them, and folders too. */
MUST_USE baton_code source_list(struct source *source, const char *folder, const char *ending,
                                struct source_names *out, struct baton_findings *found);

/* The path of another package that this one names by a path from itself; in the arena. Where nothing is at that path, or a folder without scheme.yaml, but an archive or a workbook of
 * that name is, it is that one. A file stands for a folder without its ending, city.zip for city: `..` leads to where the file is, and a name is looked for in the
 * archive first, then in that folder. */
const char *source_other(struct source *source, const char *path);

/* A path whose beginning is a file: its path, and what follows inside of it ("" = nothing). False where no part of the path is a file. */
bool source_split(struct baton_arena *arena, const char *path, const char **file,
                  const char **inside);

/* The path of a package by which two names of it are known to be one; NULL where nothing is there. */
const char *source_real(struct baton_arena *arena, const char *path);

/* The same of a source, whatever its form. */
const char *source_name(const struct source *source);

/* Whether source_list takes a name (of `size` bytes): for the forms. */
bool source_is_listed(const char *folder, const char *ending, const char *name, size_t size);

#endif
