/* An entry of the journal and its canonical bytes, which are what is hashed. docs/journal.md describes them for those who check a journal with a
 * program of their own; this is version 1.
 *
 *   u8       version, 1
 *   u64      position in the journal, from 0
 *   u64      time, milliseconds since 1970 UTC; never less than the entry's before
 *   string   kind: "observation" (the list is fact_kinds.def)
 *   string   assessment, "" = of the ledger as a whole
 *   string   actor: id of the person who answers for it; "" = the program itself
 *   u32      number of fields
 *   fields   each: string name, u8 type, string value; names strictly rising byte by byte
 *
 * Numbers are big-endian. A string is u32 size, then so many bytes; all but values of type c and f are UTF-8 without NUL. A field
 * without a value is not there; kind and names are not empty. Types: `t` text; `c` the digest (32 bytes) of content that stands outside; `f` another
 * fact in the form of struct fact_body (kind, assessment, number of fields, fields), which a proposal proposes and which has no field of type f itself. */
#ifndef LEDGER_ENTRY_H
#define LEDGER_ENTRY_H

#include "baton/code.h"
#include "ledger/digest.h"

enum { ENTRY_VERSION = 1, ENTRY_FIELDS_MAX = 512, ENTRY_SIZE_MAX = 1 << 20 };
#define ENTRY_POSITION_MAX \
    ((uint64_t)INT64_MAX - 1) /* so that a size is a whole number of the stores too */
#define ENTRY_TIME_MAX \
    INT64_C(32503679999999) /* the end of the year 2999, where the calendar ends (period.h) */

struct field {
    const char *name;
    const char *value;
    size_t size; /* of the value */
    char type;   /* 't', 'c', 'f' */
};

/* A field of text, which is borrowed; NULL = without a value. */
struct field text_field(const char *name, const char *text);

/* What somebody says, before it has a place in the journal. */
struct fact_body {
    const char *kind, *assessment;
    const struct field *field; /* names strictly rising */
    size_t field_count;
};

struct entry {
    uint64_t position; /* at most ENTRY_POSITION_MAX */
    int64_t time_utc_ms;
    const char *actor;
    struct fact_body body;
};

/* Puts fields into the order of their names, and drops those without a value (size 0). False where a name comes twice with a value. */
bool fields_sort(struct field *field, size_t *count);

/* The field of that name; NULL = there is none. body_text gives its value, "" without one; values read by entry_read have a NUL behind them. */
const struct field *body_field(const struct fact_body *body, const char *name);
const char *body_text(const struct fact_body *body, const char *name);
/* Whether the field of that name is there and names a content; *out is its digest. */
bool body_content(const struct fact_body *body, const char *name, struct digest *out);

/* Canonical bytes, in the arena. The fields must be in order and have values (asserted); whether the texts are UTF-8 and the digests are 32 bytes is the
 * caller's to know. More than ENTRY_SIZE_MAX bytes or ENTRY_FIELDS_MAX fields are written too, and refused when they are read: look before it is stored. */
void entry_write(struct baton_arena *arena, const struct entry *entry, const uint8_t **bytes,
                 size_t *size);
void body_write(struct baton_arena *arena, const struct fact_body *body, const uint8_t **bytes,
                size_t *size);

/* Reads them; texts live in the arena. ENTRY_BROKEN, and *out is untouched, where they are not the canonical bytes of anything: another version, a size
 * beyond the end, bytes left over, names out of order, bad UTF-8, an empty value, a limit of above reached. Whatever is read is written again to the
 * same bytes. body_read reads the value of a field of type f. */
MUST_USE baton_code entry_read(struct baton_arena *arena, const void *bytes, size_t size,
                               struct entry *out);
MUST_USE baton_code body_read(struct baton_arena *arena, const void *bytes, size_t size,
                              struct fact_body *out);

#endif
