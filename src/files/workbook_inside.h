/* What the parts of the reader of workbooks share. */
#ifndef FILES_WORKBOOK_INSIDE_H
#define FILES_WORKBOOK_INSIDE_H

#include "files/workbook.h"
#include "files/workbook_format.h"
#include "files/workbook_xml.h"

/* A text that may have runs, while it is read. Begin with all members 0. */
struct rich_text {
    char *text;
    size_t size, capacity;
    size_t run; /* where the run begins that is being read */
};

struct shared_string {
    const char *text; /* with a NUL behind it */
    uint32_t size;
};

enum workbook_role { ROLE_WORKSHEET, ROLE_STYLES, ROLE_STRINGS, ROLE_WORKBOOK, ROLE_OTHER };

/* A relation of a member to another (or to something outside). */
struct relation {
    const char *id;
    enum workbook_role role;
    const char *target; /* as it is written */
    bool is_external;
};

struct relations {
    struct relation *item;
    size_t count, capacity;
};

struct workbook_inside {
    struct baton_arena *arena;
    struct archive *archive;
    bool is_1904;
    const uint32_t *member;            /* by sheet */
    const struct format *const *style; /* by the style of a cell */
    uint32_t style_count;
    uint32_t strings_member; /* UINT32_MAX = the workbook has none */
    bool has_strings;        /* they have been read */
    struct shared_string *string;
    size_t string_count, string_capacity;
};

/* workbook_form.c: the finding for an archive that is no workbook, or one of another form; BATON_OK where it is one by its members. */
MUST_USE baton_code workbook_refuse_other(struct archive *archive, struct baton_findings *found);

/* workbook_relations.c: the relations of a member ("" = of the archive); where a target leads, as the name of a member; the member itself.
 * part_resolve gives NULL where it leads out of the archive; part_find passes over the case of ASCII letters and
 * answers UINT32_MAX where there is none. */
MUST_USE baton_code relations_read(struct baton_arena *arena, struct archive *archive,
                                   const char *source, struct relations *out,
                                   struct baton_findings *found);
const char *part_resolve(struct baton_arena *arena, const char *source, const char *target);
uint32_t part_find(const struct archive *archive, const char *name);
/* The member that a relation of `source` leads to; findings where it leads out, or to nothing. */
MUST_USE baton_code relation_member(struct baton_arena *arena, struct archive *archive,
                                    const char *source, const struct relation *relation,
                                    uint32_t *out, struct baton_findings *found);

/* workbook_styles.c, workbook_strings.c: fill their members of `inside`. */
MUST_USE baton_code styles_read(struct workbook_inside *inside, uint32_t member,
                                struct baton_findings *found);
MUST_USE baton_code strings_read(struct workbook_inside *inside, struct baton_findings *found);

/* Texts with runs (workbook_rich.c). A run ends with the blanks around it dropped unless they are kept, and with _x000D_ and
 * its like as what they stand for. rich_add is false where the text is longer than any cell's; rich_fits tells whether it is no longer than
 * LIMIT_CELL_TEXT units of UTF-16 in the end. */
void rich_begin(struct rich_text *rich);
void rich_begin_run(struct rich_text *rich);
bool rich_add(struct baton_arena *arena, struct rich_text *rich, const char *text, size_t size);
void rich_end_run(struct rich_text *rich, bool keeps_blanks);
bool rich_fits(const struct rich_text *rich);

#endif
