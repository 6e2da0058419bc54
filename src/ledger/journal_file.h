/* An exported journal: everything that a ledger is, in one file, whatever store it came from. It is what `backup` writes, `restore` reads and a
 * verifier of one's own checks.
 *
 *   "baton-journal 1\n", then records: u8 type, u64 size, so many bytes (numbers and strings as in entry.h)
 *   L  the ledger: string id, string digest algorithm, string signature algorithm, u64 time of its creation; the first record
 *   E  an entry: its canonical bytes; in the order of positions, from 0
 *   H  a head: u64 size, u64 time, 32 bytes root, 32 bytes key, string signature; behind the entries that it covers, in the order of sizes
 *   C  content begins: 32 bytes digest, string salt (32 bytes, or "" = erased), string media type, u64 size; in the order of digests, behind all entries
 *      and heads; erased ones have no media type, size and bytes
 *   B  bytes of that content, the next piece
 *   Z  the end: u64 number of records before it, 32 bytes digest of all bytes of the file before this record; a file without it is cut short
 */
#ifndef LEDGER_JOURNAL_FILE_H
#define LEDGER_JOURNAL_FILE_H

#include "base/writer.h"
#include "ledger/head.h"

#define JOURNAL_LINE "baton-journal 1\n"

enum {
    JOURNAL_PIECE = 1 << 18, /* most bytes of a B record, and of a part in the store */
    JOURNAL_MEDIA_MAX = 1024 /* bytes of a media type */
};

struct journal_ledger {
    const char *id;
    enum digest_kind digest;
    enum signature_kind signature;
    int64_t created_utc_ms;
};

struct journal_content {
    struct digest digest;
    uint8_t salt[DIGEST_SIZE];
    bool erased;
    const char *media;
    uint64_t size;
};

/* Writing. The writer is borrowed; what is wrong with it shows when it is closed. The order is the caller's to keep: what a reader would refuse is written all the same, so
 * that a damaged ledger can be written down and looked at. Pieces of content of any size: they are cut where they have to be. */
struct journal_out;
struct journal_out *journal_out_open(struct baton_arena *arena, struct writer *writer,
                                     const struct journal_ledger *ledger);
void journal_out_entry(struct journal_out *out, const void *bytes, size_t size);
void journal_out_head(struct journal_out *out, const struct head *head);
void journal_out_content(struct journal_out *out, const struct journal_content *content);
void journal_out_bytes(struct journal_out *out, const void *bytes, size_t size);
void journal_out_end(struct journal_out *out);

/* Reading, one record after the other, the file as a stream. JOURNAL_BROKEN with a finding that says which record and where it begins; FILE_READ. What is seen to: the
 * order above, positions one after the other, sizes of heads rising and not beyond the entries before them, digests of contents rising, as many bytes as each
 * says, times and sizes within what a ledger can have, the count and digest at the end, and nothing behind it. Whether entries are canonical, roots right
 * and signatures true is not. After a failure each call gives the same code; after the end the end again. */
enum journal_record {
    JOURNAL_ENTRY = 'E',
    JOURNAL_HEAD = 'H',
    JOURNAL_CONTENT = 'C',
    JOURNAL_BYTES = 'B',
    JOURNAL_END = 'Z'
};
/* Opens it, and reads the first record. Closed with the arena. */
struct journal_in;
MUST_USE baton_code journal_in_open(struct baton_arena *arena, const char *path,
                                    struct journal_in **out, struct baton_findings *found);
const struct journal_ledger *journal_in_ledger(const struct journal_in *in);
/* What stands in `head` (its ledger and digest algorithm are the journal's), `content` or `bytes`, by the type; valid until the next call. Of erased
 * content the media type is "" and the size 0. */
struct journal_item {
    enum journal_record type;
    const uint8_t *bytes; /* of JOURNAL_ENTRY, JOURNAL_BYTES */
    size_t size;
    struct head head;
    struct journal_content content;
};
MUST_USE baton_code journal_in_next(struct journal_in *in, struct journal_item *out,
                                    struct baton_findings *found);

#endif
