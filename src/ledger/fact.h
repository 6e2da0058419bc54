/* What a fact may say: the table of kinds, its key, the fields that every kind may have.
 *
 * Fields of the ledger's own, in any kind:
 *   @corrects   position of the row that this one takes the place of; it must be the one in force. Needs @reason
 *   @withdrawn  "1": there is no such row from here on; with @corrects, and no other fields than those of the key
 *   @reason     why: of corrections, proposals, decisions, amendments, erasures
 *   @verifier   id of the person, or of the unit or department, that verified it
 *   @evidence   digests of content of facts of kind evidence, in hexadecimal, separated by spaces
 *   @from       of a figure: position of the figure of another element or assessment that it is taken over from (kind sharing); put in by the ledger: see ledger_derive
 *   @proposal   position of the accepted proposal by which it came about; put in by the ledger
 *   @request    of the first fact of a submission whose submitter gave it a key (struct request): "KEY DIGEST COUNT"; put in by the ledger
 *   @row        of a row without key fields that corrects another: position of its first revision; put in by the ledger */
#ifndef LEDGER_FACT_H
#define LEDGER_FACT_H

#include "baton/findings.h"
#include "baton/period.h"
#include "ledger/entry.h"

enum fact_kind {
#define X(name, word, scope, key, needed, optional, row, en, zh) FACT_##name,
#include "ledger/fact_kinds.def"
#undef X
    FACT_KINDS
};

struct fact_kind_info {
    const char *word;
    bool of_assessment, is_row;
    const char *key, *needed, *optional; /* names separated by spaces, as the table has them */
    const char *name[2];                 /* by enum baton_language */
};

const struct fact_kind_info *fact_kind_info(enum fact_kind kind);
/* False where no kind has the word. */
bool fact_kind_of(const char *word, enum fact_kind *out);

/* The type (entry.h) that a field of that name has in the kind: 't', 'c' or 'f'; 't' also where the kind has none of that name. */
char fact_field_type(enum fact_kind kind, const char *name);

/* Whether the fact has the form of its kind: no unknown fields, none missing, none of another type, no text longer than LIMIT_FIELD_SIZE, periods and dates that are some.
 * Codes FACT_KIND, FACT_FIELD_UNKNOWN, FACT_FIELD_NEEDED, FACT_FIELD_TYPE, FACT_FIELD_BAD, with a finding. What a value means for the scheme (whether there is such a
 * unit or element) is not seen here. */
MUST_USE baton_code fact_check(const struct fact_body *body, struct baton_findings *found);

/* The key: the values of the key fields, separated by U+001F; of kinds without, the position in decimal, with zeros in front to 12 digits. In the arena. */
const char *fact_key(struct baton_arena *arena, const struct fact_body *body, uint64_t position);

/* That key of a position; of more than 12 digits as many as it has. */
enum { FACT_POSITION_SIZE = 24 };
void fact_position_key(uint64_t position, char out[FACT_POSITION_SIZE]);

/* A key that a submitter gives to a submission, so that sending it again stores nothing twice: 1 to REQUEST_KEY_MAX characters from ! to ~. The digest is of whatever was asked for: the same key
 * with another one is refused. */
enum { REQUEST_KEY_MAX = 100 };
struct request {
    const char *key;
    struct digest digest;
};

/* The value of @request, in the arena; and read again: false where it has another form. */
const char *fact_request_text(struct baton_arena *arena, const struct request *request,
                              uint64_t count);
bool fact_request_read(struct baton_arena *arena, const char *text, size_t size,
                       struct request *out, uint64_t *count);

/* A term of retention: "1y" to "100y", or "permanent", of which *years is 0. */
bool fact_term(const char *text, unsigned *years);

/* A position in @corrects, @proposal, proposal: decimal, nothing else. */
bool fact_position(const char *text, uint64_t *out);

#endif
