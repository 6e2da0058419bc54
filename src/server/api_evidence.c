/* Bringing in: nothing is stored of a file that is refused, and nothing twice. Large files take a turn at what is costly, so that they leave workers for everybody else; each piece is stored by itself, so that other writers wait for one piece at most. */
#include "server/api_evidence.h"
#include "base/writer.h"
#include "files/media.h"
#include "flow/request_seen.h"
#include "ledger/digest.h"
#include "server/api.h"
#include "server/api_write.h"
#include "server/audit_call.h"
#include "server/costly.h"
#include "server/covers.h"
#include "server/log.h"
#include "server/sight.h"
#include <inttypes.h>
#include <string.h>

enum { PIECE = 1 << 18, LARGE = 16 << 20 };

/* In */

static size_t read_body(void *request, uint64_t offset, void *to, size_t size) {
    return http_body_read(request, offset, to, size);
}

static baton_code put_body(struct call *call, struct content_stream *stream) {
    char *const piece = arena_alloc_raw(call->arena, PIECE, 1);
    for (uint64_t at = 0; at < call->request->body_size;) {
        const size_t got = http_body_read(call->request, at, piece, PIECE);
        if (got == 0 || got == SIZE_MAX)
            return BATON_STORE_FAILED;
        TRY(ledger_content_put(stream, piece, got));
        at += got;
    }
    return BATON_OK;
}

/* Where it cannot be taken back now, on a disk that is full for that too, it goes with the next file, or when the ledger is next opened. Whatever a fact names by now stays. */
static void take_back(struct call *call, struct content_stream *stream) {
    const baton_code code = ledger_content_take_back(stream);
    if (code != BATON_OK)
        log_event(call->api->log, LEVEL_ERRORS, EVENT_EVIDENCE_LEFT, "%s",
                  baton_code_info(code)->name);
}

/* Sent again: answered with what stands there, before anything is stored. */
static baton_code answer_again(struct call *call, const struct request *request, bool *is_done) {
    struct submission submission = {.actor = call_actor(call), .count = 1};
    struct reader_request stored;
    struct digest digest;
    struct entry entry;
    TRY(request_seen(call->reader, submission.actor, request, &stored, &submission.is_repeat,
                     &call->found));
    *is_done = submission.is_repeat;
    if (!*is_done)
        return BATON_OK;
    submission.first = stored.position;
    TRY(reader_entry(call->reader, call->arena, stored.position, &entry));
    return answer_stored(call, &submission,
                         body_content(&entry.body, "content", &digest) ? &digest : NULL);
}

static baton_code check_file(struct call *call, const char *name, enum media_kind *kind) {
    struct http_request *const request = call->request;
    const struct media_file file = {read_body, request, request->body_size};
    return media_check(call->arena, &file, name, http_header(request, "Content-Type"),
                       call->api->evidence_taken.kinds, kind, &call->found);
}

static baton_code say_file(struct call *call, const char *assessment, const char *name,
                           const char *media, const struct request *request,
                           const struct digest *digest) {
    const struct field field[] = {
        {"content", (const char *)digest->byte, DIGEST_SIZE, 'c'},
        text_field("media", media),
        {"name", name, strlen(name), 'C'},
        text_field("size", arena_printf(call->arena, "%zu", call->request->body_size))};
    struct fact_body fact = {"evidence", assessment, field, LENGTH(field)};
    struct submission submission = {.actor = call_actor(call),
                                    .fact = &fact,
                                    .count = 1,
                                    .want_receipts = true,
                                    .roles = covers_roles(call),
                                    .request = request};
    TRY(ledger_append(call->api->ledger, call->arena, &submission, &call->found));
    return answer_stored(call, &submission, digest);
}

static baton_code store_file(struct call *call, const char *assessment, const char *name,
                             const char *media, const struct request *request) {
    struct content_stream *stream;
    struct digest digest;
    TRY(ledger_content_open(call->api->ledger, call->arena, media, &stream));
    baton_code code = put_body(call, stream);
    if (code == BATON_OK)
        code = ledger_content_close(stream, &digest);
    if (code == BATON_OK)
        code = say_file(call, assessment, name, media, request, &digest);
    if (code != BATON_OK)
        take_back(call, stream);
    return code;
}

static baton_code bring_evidence(struct call *call) {
    const char *const name = http_query(call->request, "name");
    struct request request;
    enum media_kind kind;
    const char *assessment;
    bool is_done;
    TRY(call_reader(call));
    TRY(call_assessment(call, &assessment));
    TRY(covers_saying(call, FACT_EVIDENCE));
    TRY(covers_facts(call, COVERS_SAYING, &(struct fact_body){"evidence", assessment, NULL, 0}, 1));
    if (call->request->body_size >= LARGE)
        TRY(costly_begin(call));
    TRY(call_request(call, &request));
    TRY(answer_again(call, &request, &is_done));
    if (is_done)
        return BATON_OK;
    TRY(check_file(call, name, &kind));
    return store_file(call, assessment, name, media_info(kind)->media, &request);
}

void api_evidence(struct http_request *request, void *api) {
    call_run(request, api, bring_evidence);
}

/* Out */

/* A name as RFC 6266 has it: for old programs in ASCII, for others in UTF-8 (RFC 8187). Nothing of it is left that could end the header. */
static const char *disposition(struct baton_arena *arena, const char *name) {
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._";
    struct writer *const old = writer_memory(arena), *const new = writer_memory(arena);
    for (const char *at = name; *at != '\0'; at++) {
        const unsigned char byte = (unsigned char)*at;
        const bool is_plain = strchr(plain, byte) != NULL;
        if (is_plain || byte == ' ')
            writer_put(old, at, 1);
        else if ((byte & 0xC0) != 0x80) /* one for a character */
            writer_text(old, "_");
        if (is_plain)
            writer_put(new, at, 1);
        else
            writer_printf(new, "%%%02X", byte);
    }
    return arena_printf(arena, "attachment; filename=\"%s\"; filename*=UTF-8''%s",
                        writer_text_of(old), writer_text_of(new));
}

/* What the file is called by whoever brought it in first; NULL = it is none, or its name was erased. */
static baton_code find_name(struct call *call, const struct reader_content *about,
                            const char **out) {
    struct digest digest;
    struct entry entry;
    size_t size;
    *out = NULL;
    if (about->entry < 0)
        return BATON_OK;
    TRY(reader_entry(call->reader, call->arena, (uint64_t)about->entry, &entry));
    if (strcmp(entry.body.kind, fact_kind_info(FACT_EVIDENCE)->word) != 0 ||
        !body_content(&entry.body, "name", &digest))
        return BATON_OK;
    const baton_code code = reader_content_text(call->reader, call->arena, &digest, out, &size);
    return code == BATON_CONTENT_ERASED ? BATON_OK : code;
}

static baton_code put_piece(void *call, const void *bytes, size_t size) {
    return http_answer_put(((struct call *)call)->request, bytes, size);
}

static baton_code answer_content(struct call *call, const struct digest *digest,
                                 const struct reader_content *about) {
    const char *const media = about->media[0] != '\0'
                                  ? arena_text(call->arena, about->media, strlen(about->media))
                                  : "application/octet-stream";
    const char *name;
    if (about->size >= LARGE)
        TRY(costly_begin(call));
    TRY(find_name(call, about, &name));
    /* What somebody put in is never shown as a page of ours. */
    http_add_header(call->request, "Content-Disposition",
                    name == NULL ? "attachment" : disposition(call->arena, name));
    http_add_header(call->request, "Content-Security-Policy", "sandbox; default-src 'none'");
    TRY(reader_content_pieces(call->reader, digest, put_piece, call));
    return http_answer_put_all(call->request, media);
}

static baton_code show_content(struct call *call) {
    const char *const name = http_segment(call->request, "digest");
    struct reader_content about;
    struct digest digest;
    bool may;
    if (!digest_of_hex(name, strlen(name), &digest))
        return call_refuse_at(call, BATON_CONTENT_UNKNOWN, "digest", name, NULL, NULL, NULL);
    TRY(call_reader(call));
    TRY(reader_begin(call->reader));
    TRY(sight_content(call, &digest, &may));
    if (!may)
        return call_refuse_at(call, BATON_CONTENT_UNKNOWN, "digest", name, NULL, NULL, NULL);
    TRY(reader_content(call->reader, &digest, &about));
    call_audit_read(call, NULL, arena_printf(call->arena, "contents/%.16s", name));
    return http_tag(call->request, name) ? BATON_OK : answer_content(call, &digest, &about);
}

void api_content(struct http_request *request, void *api) {
    call_run(request, api, show_content);
}
