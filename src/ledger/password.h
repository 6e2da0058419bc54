/* Passwords: what is kept of them, which are refused, and the first one of an account.
 *
 * What is kept is Argon2id (RFC 9106) in its usual text form, `$argon2id$v=19$m=65536,t=3,p=1$salt$hash`, which tells with what it was made, so that the cost can be raised
 * and old ones still hold. */
#ifndef LEDGER_PASSWORD_H
#define LEDGER_PASSWORD_H

#include "base/macros.h"
#include "baton/findings.h"
#include "ledger/place.h"
#include <stdbool.h>

enum {
    PASSWORD_LENGTH_MIN = 10, /* characters */
    PASSWORD_SIZE_MAX = 128,  /* bytes */
    PASSWORD_PARTS_MIN = 6,   /* parts that have to be guessed, see password_check */
    PASSWORD_DIGITS_MIN = 16, /* of one that has digits only */
    PASSWORD_HASH_SIZE = 128, /* of the text form, with the NUL */
    PASSWORD_FIRST_SIZE = 17  /* with the NUL */
};

/* What it costs to try one: memory and passes over it. At 64 MiB and 3 passes about an eighth of a second. */
struct password_cost {
    uint32_t memory_kib; /* at least 8 */
    uint32_t passes;     /* at least 1 */
};

/* The text form of a password, with a NUL; the salt comes from the world. NO_MEMORY where the memory that it costs is not to be had. */
MUST_USE baton_code password_hash(const struct password_cost *cost,
                                  const struct ledger_world *world, const char *text, size_t size,
                                  char out[PASSWORD_HASH_SIZE]);
/* Whether it is the password of that form, whatever its cost; false where the form is none. Takes as long for a wrong one as for the right one. NO_MEMORY. */
MUST_USE baton_code password_holds(const char *hash, const char *text, size_t size, bool *holds);
/* Whether the form was made at that cost. */
bool password_costs(const char *hash, const struct password_cost *cost);

/* Whether somebody may take it as a password; each thing that is wrong with it is a finding, and the first is answered:
 *   PASSWORD_SHORT, PASSWORD_LONG   fewer than PASSWORD_LENGTH_MIN characters, more than PASSWORD_SIZE_MAX bytes
 *   PASSWORD_TEXT                   no UTF-8, or control characters in it
 *   PASSWORD_NAMED                  it holds the person's id or name, of at least 4 bytes, whatever case, and whatever signs are between
 *   PASSWORD_COMMON                 fewer than PASSWORD_PARTS_MIN parts that have to be guessed. A part is a character, but one part are: a run of 3 or more (the same
 *                                   character again, neighbours of the alphabet, of the digits or of a keyboard, either way), a word that everybody tries, also
 *                                   with signs for letters (p@ssw0rd), a year or a date. Also where it is a beginning repeated, or of fewer
 *                                   than 5 different characters, or of fewer than PASSWORD_DIGITS_MIN digits and nothing else.
 * `name` may be "". */
MUST_USE baton_code password_check(const char *text, size_t size, const char *id, const char *name,
                                   struct baton_findings *found);

/* A first password, with a NUL: 16 characters by chance, of small letters and digits without those that look like others (i l o 0 1). 79 bits. */
void password_first(const struct ledger_world *world, char out[PASSWORD_FIRST_SIZE]);

/* Characters by chance out of an alphabet, each as likely as the others; no NUL. At most 256 characters in the alphabet. */
void password_draw(const struct ledger_world *world, const char *alphabet, char *out, size_t size);

#endif
