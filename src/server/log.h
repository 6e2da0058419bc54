/* The log of a server: a line for each request, for what somebody was refused, and for what happens to the server itself; as JSON for programs, or as text for people.
 *
 * Nobody waits for it. A line is put into a queue of fixed size, from which a thread of the log's own writes; where the queue is full (a pipe that nobody reads, a disk that is full or
 * slow) lines are dropped, counted, and that is told as soon as there is room.
 *
 * What stands in it: time, id of the request, address, person, id of the session or token (no secret: the beginning of its digest), route, method, path, status, bytes, time taken, code.
 * What never does: the query, headers, bodies, the address of what does not exist; of a path nothing that is long enough to be a secret. docs/operation.md has the members. */
#ifndef SERVER_LOG_H
#define SERVER_LOG_H

#include "base/limits.h"
#include "baton/findings.h"
#include "http/http.h"
#include "ledger/place.h"
#include "ledger/session.h"

struct writer;

/* Each takes in those before it. */
enum log_level { LEVEL_OFF, LEVEL_ERRORS, LEVEL_SECURITY, LEVEL_REQUESTS };
enum log_form { LOG_AUTO, LOG_JSON, LOG_TEXT }; /* auto: text on a terminal, else JSON */

struct log_settings {
    const char *path; /* NULL = standard error */
    enum log_level level;
    enum log_form form;
    enum baton_language language; /* of texts */
};

/* What happens to the server; the words are in log_line.c. */
enum log_event {
    EVENT_NONE, /* the record is of a request */
    EVENT_STARTED,
    EVENT_STOPPING,
    EVENT_STOPPED,
    EVENT_REOPENED,
    EVENT_DROPPED,
    EVENT_NOT_READY,
    EVENT_READY,
    EVENT_LEASE_LOST,
    EVENT_LEASE_FREE,
    EVENT_OTHERS,
    EVENT_EVIDENCE_LEFT,
    EVENT_CERTIFICATE,
    EVENTS
};

enum { LOG_PATH_SIZE = 240, LOG_PEER_SIZE = 48 };

/* A line to be; plain, for it is copied into the queue. */
struct log_record {
    enum log_event event;
    enum log_level level;
    int64_t time_utc_ms;
    const char *route; /* name; NULL = none. As long as the program */
    enum http_method method;
    bool is_head, is_token;
    int status;
    uint32_t took_us;
    uint64_t sent; /* bytes of the body */
    baton_code code;
    char id[20], session[SESSION_ID_SIZE], peer[LOG_PEER_SIZE], person[LIMIT_ID_SIZE + 1];
    char path[LOG_PATH_SIZE]; /* of an event: what more there is to say */
};

struct server_log; /* not `log`, which is a function */

/* Opens it and starts its thread; *out is NULL where the level is LEVEL_OFF, which all functions take. FILE_WRITE with a finding. Closed with the arena, or before. */
MUST_USE baton_code log_open(struct baton_arena *arena, const struct ledger_world *world,
                             const struct log_settings *settings, struct server_log **out,
                             struct baton_findings *found);
/* Writes what is in the queue, for at most two seconds. */
void log_close(struct server_log *log);

/* From any thread, without waiting: a request that has ended (struct http_site, done); an event. */
void log_request(struct server_log *log, const struct http_request *request, int status,
                 uint64_t sent);
PRINTF_LIKE(4, 5)
void log_event(struct server_log *log, enum log_level level, enum log_event event,
               const char *format, ...);

/* Opens the file anew, for whoever has moved it away; soon after. */
void log_reopen(struct server_log *log);

/* Of its texts; English where there is no log. */
enum baton_language log_language(const struct server_log *log);

/* Lines that were dropped since the beginning. */
uint64_t log_dropped(const struct server_log *log);

/* The parts, for tests: what a line of the request would hold, and the line. */
enum log_level log_level_of(const struct http_request *request, int status, baton_code code);
void log_mask(const char *path, char out[LOG_PATH_SIZE]);
void log_line(struct baton_arena *arena, struct writer *writer, const struct log_record *record,
              enum log_form form, enum baton_language language);

#endif
