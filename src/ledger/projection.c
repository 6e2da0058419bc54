/* From an entry to rows: what each kind of entry does is told by its kind; the rest is reading its fields. */
#include "ledger/projection.h"
#include "ledger/bytes.h"
#include <string.h>

static void opens(const struct entry *entry, struct projection *out) {
    uint64_t expires = 0;
    if (!fact_position(body_text(&entry->body, "expires"), &expires))
        expires = 0;
    out->step = PROPOSAL_OPENS;
    out->proposal = entry->position;
    out->state = "open";
    out->proposer = entry->actor;
    out->expires_utc_ms = (int64_t)expires;
}

/* NULL where the verdict is none. */
static const char *state_of(enum fact_kind kind, const struct fact_body *body) {
    const char *const verdict = body_text(body, "verdict");
    if (kind == FACT_WITHDRAWAL)
        return "withdrawn";
    return strcmp(verdict, "accepted") == 0  ? "accepted"
           : strcmp(verdict, "refused") == 0 ? "refused"
                                             : NULL;
}

static void closes(enum fact_kind kind, const struct entry *entry, struct projection *out) {
    out->state = state_of(kind, &entry->body);
    const bool names =
        fact_position(body_text(&entry->body, "proposal"), &out->proposal) && out->state != NULL;
    out->step = names ? PROPOSAL_CLOSES : PROPOSAL_NAMES_NONE;
}

static void erases(const struct entry *entry, struct projection *out) {
    out->erases = true;
    memset(&out->erased, 0, sizeof out->erased);
    (void)body_content(&entry->body, "content", &out->erased);
}

static void changes_key(const struct entry *entry, struct projection *out) {
    const char *const text = body_text(&entry->body, "public_key");
    const size_t size = strlen(text);
    out->changes_key = true;
    out->key.size = size / 2;
    out->key_is_broken = size == 0 || size % 2 != 0 || size / 2 > sizeof out->key.der ||
                         !bytes_of_hex(text, size, out->key.der);
}

static void becomes_row(struct baton_arena *arena, const struct entry *entry,
                        struct projection *out) {
    out->is_fact = true;
    out->fact = (struct fact_place){
        .assessment = entry->body.assessment,
        .kind = entry->body.kind,
        .key = fact_key(arena, &entry->body, entry->position),
        .position = entry->position,
        .first = entry->position,
        .withdrawn = body_field(&entry->body, "@withdrawn") != NULL,
    };
}

static void asks(struct baton_arena *arena, const struct field *field, struct projection *out) {
    out->has_request =
        fact_request_read(arena, field->value, field->size, &out->request, &out->request_count);
    out->request_is_broken = !out->has_request;
}

void projection_of(struct baton_arena *arena, const struct entry *entry, struct projection *out) {
    const struct field *const request = body_field(&entry->body, "@request");
    out->is_known = fact_kind_of(entry->body.kind, &out->kind);
    out->is_fact = out->erases = out->changes_key = out->key_is_broken = false;
    out->has_request = out->request_is_broken = false;
    out->step = PROPOSAL_NOTHING;
    if (!out->is_known)
        return;
    if (request != NULL)
        asks(arena, request, out);
    switch (out->kind) {
    case FACT_DECISION:
    case FACT_WITHDRAWAL:
        closes(out->kind, entry, out);
        return;
    case FACT_ERASURE:
        erases(entry, out);
        return;
    case FACT_PROPOSAL:
        opens(entry, out);
        break;
    case FACT_LEDGER:
    case FACT_KEY:
        changes_key(entry, out);
        break;
    default:
        break;
    }
    becomes_row(arena, entry, out);
}

void projection_revise(struct fact_place *row, const struct fact_place *before) {
    row->revision = before != NULL ? before->revision + 1 : 0;
    row->first = before != NULL ? before->first : row->position;
}

bool projection_contents(struct baton_arena *arena, const struct fact_body *body,
                         void (*tell)(void *context, const struct digest *digest), void *context) {
    enum fact_kind kind;
    if (fact_kind_of(body->kind, &kind) && kind == FACT_ERASURE)
        return true;
    for (size_t i = 0; i < body->field_count; i++) {
        const struct field *const field = &body->field[i];
        struct fact_body inner;
        struct digest digest;
        if (field->type == 'c' && field->size == DIGEST_SIZE) {
            memcpy(digest.byte, field->value, DIGEST_SIZE);
            tell(context, &digest);
        } else if (field->type == 'f') {
            if (body_read(arena, field->value, field->size, &inner) != BATON_OK ||
                !projection_contents(arena, &inner, tell, context))
                return false;
        }
    }
    return true;
}

void projection_key_bytes(struct baton_arena *arena, const char *ledger, enum digest_kind digest,
                          const struct public_key *old_key, const struct public_key *new_key,
                          const uint8_t **bytes, size_t *size) {
    static const char what[] = "baton-key";
    const size_t id_size = strlen(ledger);
    const struct digest old_digest = public_key_digest(digest, old_key);
    *size = 1 + 4 + (sizeof what - 1) + 4 + id_size + DIGEST_SIZE + 4 + new_key->size;
    uint8_t *const start = arena_alloc_raw(arena, *size, 1);
    uint8_t *at = put_u8(start, 1);
    at = put_string(at, what, sizeof what - 1);
    at = put_string(at, ledger, id_size);
    at = put_bytes(at, old_digest.byte, DIGEST_SIZE);
    put_string(at, new_key->der, new_key->size);
    *bytes = start;
}
