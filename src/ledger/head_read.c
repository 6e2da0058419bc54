/* Reads heads and receipts, line by line: each line is the next one of a fixed order, and every value has one form. The first line that is another ends it: who
 * copied a text badly looks at that one. */
#include "base/text.h"
#include "ledger/head.h"
#include "ledger/head_lines.h"
#include <string.h>

struct lines {
    struct baton_arena *arena;
    const char *name; // of the text
    const char *at, *end;
    unsigned number; // of the line that was taken last
    baton_code code; // HEAD_BROKEN or RECEIPT_BROKEN
    struct baton_findings *found;
};

/* A value where it stands. */
struct value {
    const char *text;
    size_t size;
};

/* The next line without its end; false where there is none. Lines are counted whether or not they are there. */
static bool take_line(struct lines *lines, struct value *out) {
    lines->number++;
    if (lines->at == lines->end)
        return false;
    const size_t left = (size_t)(lines->end - lines->at);
    const char *const newline = memchr(lines->at, '\n', left);
    size_t size = newline != NULL ? (size_t)(newline - lines->at) : left;
    *out = (struct value){lines->at, size};
    lines->at += size + (newline != NULL);
    if (newline != NULL && size > 0 && out->text[size - 1] == '\r')
        out->size--;
    return true;
}

/* A line as a message may show it: the beginning, without what does not print. */
static const char *shown(struct baton_arena *arena, struct value line) {
    const bool is_long = line.size > 40;
    char *const text = arena_text(arena, line.text, is_long ? 40 : line.size);
    for (char *at = text; *at != '\0'; at++)
        if ((unsigned char)*at < ' ' || (unsigned char)*at > '~')
            *at = '?';
    return is_long ? arena_printf(arena, "%s...", text) : text;
}

/* `want` NULL = there should be no more lines; line NULL = there is none. */
static baton_code refuse(struct lines *lines, const char *want, const struct value *line) {
    const struct baton_where where = {.file = lines->name};
    baton_findings_add(lines->found, lines->code, where,
                       arena_printf(lines->arena, "%u", lines->number), want,
                       line != NULL ? shown(lines->arena, *line) : NULL, NULL);
    return lines->code;
}

/* Whether the next line has that name; it stays. */
static bool is_next(const struct lines *lines, const char *name) {
    const size_t size = strlen(name);
    return (size_t)(lines->end - lines->at) > size && memcmp(lines->at, name, size) == 0 &&
           lines->at[size] == ':';
}

/* The line `name: value`, of which take(context, value) says whether the value is one. */
static baton_code take_value(struct lines *lines, const char *name,
                             bool (*take)(void *context, struct value value), void *context) {
    struct value line;
    const bool is_there = take_line(lines, &line);
    const size_t size = strlen(name);
    if (is_there && line.size > size + 2 && memcmp(line.text, name, size) == 0 &&
        memcmp(line.text + size, ": ", 2) == 0 &&
        take(context, (struct value){line.text + size + 2, line.size - size - 2}))
        return BATON_OK;
    return refuse(lines, arena_printf(lines->arena, "%s: ...", name), is_there ? &line : NULL);
}

static bool as_identifier(void *context, struct value value) {
    *(struct value *)context = value;
    return text_is_identifier(value.text, value.size);
}

static bool as_digest_kind(void *context, struct value value) {
    for (enum digest_kind kind = DIGEST_SHA256; kind <= DIGEST_SM3; kind++) {
        const char *const word = digest_word(kind);
        if (value.size == strlen(word) && memcmp(value.text, word, value.size) == 0) {
            *(enum digest_kind *)context = kind;
            return true;
        }
    }
    return false;
}

/* Decimal, without zeros in front, at most what a size may be. */
static bool as_number(void *context, struct value value) {
    uint64_t number = 0;
    if (value.size > 19 || (value.text[0] == '0' && value.size > 1))
        return false;
    for (size_t i = 0; i < value.size; i++) {
        if (value.text[i] < '0' || value.text[i] > '9')
            return false;
        number = 10 * number + (uint64_t)(value.text[i] - '0');
    }
    *(uint64_t *)context = number;
    return number <= (uint64_t)INT64_MAX;
}

static bool as_time(void *context, struct value value) {
    return time_read(value.text, value.size, context);
}

static bool as_digest(void *context, struct value value) {
    return digest_of_hex(value.text, value.size, context);
}

static bool as_key(void *context, struct value value) {
    struct public_key *const key = context;
    key->size = value.size / 2;
    return key->size <= PUBLIC_KEY_SIZE_MAX && bytes_of_hex(value.text, value.size, key->der);
}

static bool as_signature(void *context, struct value value) {
    struct signature *const signature = context;
    signature->size = value.size / 2;
    return signature->size <= SIGNATURE_SIZE_MAX &&
           bytes_of_hex(value.text, value.size, signature->byte);
}

struct entry_hex {
    struct baton_arena *arena;
    uint8_t *bytes;
    size_t size;
};

static bool as_entry(void *context, struct value value) {
    struct entry_hex *const entry = context;
    entry->size = value.size / 2;
    if (entry->size > ENTRY_SIZE_MAX)
        return false;
    entry->bytes = arena_alloc_raw(entry->arena, entry->size, 1);
    return bytes_of_hex(value.text, value.size, entry->bytes);
}

static bool is_first(struct value line, const char *want) {
    return line.size == strlen(want) && memcmp(line.text, want, line.size) == 0;
}

static baton_code take_head(struct lines *lines, struct head *head, struct public_key *key) {
    struct value id = {"", 0};
    TRY(take_value(lines, "ledger", as_identifier, &id));
    head->ledger = arena_text(lines->arena, id.text, id.size);
    TRY(take_value(lines, "digest", as_digest_kind, &head->digest));
    TRY(take_value(lines, "size", as_number, &head->size));
    TRY(take_value(lines, "time", as_time, &head->time_utc_ms));
    TRY(take_value(lines, "root", as_digest, &head->root));
    TRY(take_value(lines, "key", as_digest, &head->key));
    TRY(take_value(lines, "public_key", as_key, key));
    return take_value(lines, "signature", as_signature, &head->signature);
}

static baton_code take_rest(struct lines *lines, struct receipt *receipt) {
    TRY(take_value(lines, "position", as_number, &receipt->position));
    if (is_next(lines, "entry")) {
        struct entry_hex entry = {.arena = lines->arena};
        TRY(take_value(lines, "entry", as_entry, &entry));
        receipt->entry = entry.bytes;
        receipt->entry_size = entry.size;
    }
    TRY(take_value(lines, "leaf", as_digest, &receipt->leaf));
    while (lines->at != lines->end && receipt->proof_count < MERKLE_PROOF_MAX)
        TRY(take_value(lines, "proof", as_digest, &receipt->proof[receipt->proof_count++]));
    return BATON_OK;
}

/* No further line. */
static baton_code take_end(struct lines *lines) {
    struct value line;
    return take_line(lines, &line) ? refuse(lines, NULL, &line) : BATON_OK;
}

/* A receipt, or either of the two. */
static baton_code take_all(struct lines *lines, bool wants_receipt, struct receipt *out) {
    struct value first;
    const bool is_there = take_line(lines, &first);
    const bool is_receipt = is_there && is_first(first, RECEIPT_LINE);
    if (!is_receipt && (wants_receipt || !is_there || !is_first(first, HEAD_LINE)))
        return refuse(lines, wants_receipt ? RECEIPT_LINE : HEAD_LINE, is_there ? &first : NULL);
    TRY(take_head(lines, &out->head, &out->key));
    if (is_receipt)
        TRY(take_rest(lines, out));
    return take_end(lines);
}

/* What is too large is no receipt either, and not looked at. */
static baton_code read_text(struct baton_arena *arena, const char *name, const char *text,
                            size_t size, bool wants_receipt, struct receipt *out,
                            struct baton_findings *found) {
    struct lines lines = {.arena = arena,
                          .name = name,
                          .at = text,
                          .end = text + size,
                          .code = wants_receipt ? BATON_RECEIPT_BROKEN : BATON_HEAD_BROKEN,
                          .found = found};
    if (size > RECEIPT_TEXT_MAX) {
        lines.number = 1;
        return refuse(&lines, wants_receipt ? RECEIPT_LINE : HEAD_LINE, NULL);
    }
    return take_all(&lines, wants_receipt, out);
}

baton_code head_read(struct baton_arena *arena, const char *name, const char *text, size_t size,
                     struct head *out, struct public_key *key, struct baton_findings *found) {
    struct receipt *const read = arena_alloc(arena, 1, sizeof *read);
    TRY(read_text(arena, name, text, size, false, read, found));
    *out = read->head;
    *key = read->key;
    return BATON_OK;
}

baton_code receipt_read(struct baton_arena *arena, const char *name, const char *text, size_t size,
                        struct receipt *out, struct baton_findings *found) {
    struct receipt *const read = arena_alloc(arena, 1, sizeof *read);
    TRY(read_text(arena, name, text, size, true, read, found));
    *out = *read;
    return BATON_OK;
}
