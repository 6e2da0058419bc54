/* Assessment packages (考核包): tables in a folder, an archive or a workbook become a scheme and its figures.
 *
 *     baton_package_load(arena, "city-2021", &options, &package, &found)    tables -> scheme and facts, with all findings
 *     baton_package_link(package, &scoring, &links, &found)                 the packages that it imports and succeeds
 *     baton_session_open(arena, baton_package_scheme(package), ...)         then it can be scored */
#ifndef BATON_PACKAGE_H
#define BATON_PACKAGE_H

#include "score.h"

struct baton_package;

/* A method for one indicator in the place of the one that the package gives it: to see what it would do. */
struct baton_method_trial {
    const char *node; /* id of the indicator; nothing is tried where no leaf has it */
    /* a map as `methods` of scheme.yaml has it: kind and parameters, in YAML or JSON. Findings call it "method". NULL = its own */
    const char *text;
    size_t size;
    /* NULL = as the package has it */
    const enum baton_direction *direction;
    const double *lo, *hi;
};

struct baton_package_options {
    /* at most so many for reading; 0 = one a processor. A small package is read by the caller's alone */
    unsigned threads;
    /* keep the line of observations.csv of each figure (4 bytes each), for explain */
    bool want_origins;
    /* the packages that it names stand in the same file as itself: a path that leads elsewhere is refused (PACKAGE_OUTSIDE), whatever is there. For files that strangers send */
    bool in_file_only;
    /* NULL = none. Borrowed for the call. Not of the packages that it names */
    const struct baton_method_trial *trial;
};

/* Reads the package at `folder` (borrowed for the call): a folder, a .zip of it, a folder of a .zip ("city.zip/2020"), an .xlsx workbook. Everything lives in `arena`, which must be that of `found` too,
 * so that what was found in all files outlives the call.
 *
 *   BATON_OK         it is sound, as far as can be seen without compiling its expressions (baton_session_open does); `found`
 *                    may have warnings and notes
 *   any other code   the first error among the findings, which tell all of them; or BATON_NO_MEMORY
 *
 * *out is NULL where it cannot be read as a package at all: it is not there, a needed file is missing or cannot be
 * read, scheme.yaml is no YAML. With other errors it is the package as far as it could be read, to be looked at but not
 * to be scored. The files must not change while the arena is open. */
BATON_API baton_code baton_package_load(struct baton_arena *arena, const char *folder,
                                        const struct baton_package_options *options,
                                        struct baton_package **out, struct baton_findings *found);

/* The scheme, the figures and the path; as long as the arena. Opening a session adds elements and codes to the scheme. */
BATON_API struct baton_scheme *baton_package_scheme(const struct baton_package *package);
BATON_API const struct baton_facts *baton_package_facts(const struct baton_package *package);
BATON_API const char *baton_package_folder(const struct baton_package *package);

/* Loads the packages that a sound package imports and succeeds, and those that they import and succeed, each once, and
 * opens a session for each, which is closed with the arena. Paths are taken from the folder of the package that names them.
 * Findings of another package name its files with the path to it in front. A circle is an error that prints it.
 * BATON_OK: *out is what baton_session_open takes, also where the package names no other. `found` is kept: what goes wrong when
 * another package is scored for the sake of this one is added to it then, so look at its errors after each scoring. */
BATON_API baton_code baton_package_link(struct baton_package *package,
                                        const struct baton_options *options,
                                        const struct baton_links **out,
                                        struct baton_findings *found);

/* A clause (条款) of the policy texts, documents/NAME.md. Texts live as long as the package. */
struct baton_clause {
    const char *basis; /* "rules#art-9" */
    const char *file;  /* "documents/rules.md" */
    uint32_t row;      /* line of its heading */
    const char *title; /* the heading without its marks and id */
    const char *text;  /* what stands below the heading; not ended by a NUL */
    size_t size;
};

/* The clause that a basis (`basis` of an indicator) names; false where there is none. */
BATON_API bool baton_package_clause(const struct baton_package *package, const char *basis,
                                    struct baton_clause *out);

/* A row of observations.csv, read again. NULL = empty, or the file has no such column. */
struct baton_observation {
    const char *unit, *element, *period, *value, *state, *source, *document;
    /* columns of the package's own, x_..., as far as they are not empty, in the order of the file */
    uint32_t also_count;
    const char **also_name, **also_text;
    const char *file; /* "observations.csv", or the sheet "observations" of a workbook */
};

/* The row that begins on `line`, the origin of a figure; its texts live in `arena`. False where none begins there. */
BATON_API bool baton_package_observation(const struct baton_package *package,
                                         struct baton_arena *arena, uint32_t line,
                                         struct baton_observation *out);

/* What stands behind a row of a table of a package that is kept in a ledger. Texts live in the arena. */
struct baton_fact {
    uint64_t position; /* number of the entry in the journal */
    int64_t time_utc_ms;
    const char *reporter, *reporter_name; /* id; name NULL = not known, or erased */
    const char *verifier, *verifier_name; /* NULL = nobody is told */
    const char *digest; /* of the entry, in hexadecimal: the leaf of its receipt */
    bool is_correction;
    uint64_t corrects;  /* the fact that it took the place of, */
    const char *was;    /* the figure or target that stood there; NULL = none, or no such kind */
    const char *reason; /* and why */
};

/* What stands behind row `row` of the table `file` ("observations.csv"). False for packages in files, and for what is no row of a table. */
BATON_API bool baton_package_fact(const struct baton_package *package, struct baton_arena *arena,
                                  const char *file, uint32_t row, struct baton_fact *out);

#endif
