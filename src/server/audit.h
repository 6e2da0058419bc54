/* The audit: what people do with accounts and with data, as facts of kind audit in the journal, and as lines for whoever listens (syslog).
 *
 *     audit_open(arena, world, ledger, &(struct audit_settings){0}, &audit);
 *     audit_write(audit, arena, &record, found)     before something that must not happen unseen: returns when the fact is durable
 *     audit_say(audit, &record)                     everything else: returns at once
 *     audit_close(audit)                            before the ledger is closed
 *
 * Handlers use audit_call.h. Whatever is said waits in a line of AUDIT_LINE_MAX records for a thread of the audit's own, which appends all that wait as one submission, a tenth of a second
 * after the first of them; so a request costs no write. While the store fails they wait; what comes when the line is full is counted, and the count becomes a fact (`lost`) as soon as there
 * is room. A record that was stored while the store could not say so may be stored twice, none is left out. Strangers cannot fill the journal: see audit_refused and audit_once.
 * ADR 16 says why it is so. */
#ifndef SERVER_AUDIT_H
#define SERVER_AUDIT_H

#include "ledger/audit_words.h"
#include "ledger/ledger.h"

struct audit;

enum { AUDIT_LINE_MAX = 2048, AUDIT_SUBJECT_SIZE = 201, AUDIT_MINUTE_MS = 60000 };

struct audit_settings {
    /* Gets every record as a line, in the audit's thread: `event=sign_in outcome=done actor=li.wei address=10.0.0.7`. NULL = nobody does. */
    void (*tell)(void *context, const char *line);
    void *context;
};
/* For .tell: to the system's log; the context is a facility as a number. */
void audit_to_syslog(void *context, const char *line);
/* That of a word: "auth", "authpriv", "daemon", "local0" .. "local7"; LOG_AUTHPRIV of any other. */
int audit_facility(const char *word);

/* Texts are borrowed for the call, and cut where they are longer than is kept; ids that are none are left out. */
struct audit_record {
    enum audit_event event;
    enum audit_outcome outcome;
    const char *actor;   /* who did it; NULL or "" = nobody known, or the program */
    const char *person;  /* whose account, session, data it is about; NULL */
    const char *subject; /* what else it is about: a path, an assessment, the id of a token; NULL */
    const char *address; /* from where; NULL. Stands outside of the entry, and can be erased */
    uint64_t count;      /* how many times; 0 = once */
};

/* Closed with the arena, or before. `world` and `ledger` are borrowed. NO_MEMORY. */
MUST_USE baton_code audit_open(struct baton_arena *arena, const struct ledger_world *world,
                               struct ledger *ledger, const struct audit_settings *settings,
                               struct audit **out);
/* Stores what waits, once; what cannot be stored then is told as a line. NULL is fine. */
void audit_close(struct audit *audit);

/* As a fact, durable, before it returns. What ledger_audit answers. */
MUST_USE baton_code audit_write(struct audit *audit, struct baton_arena *arena,
                                const struct audit_record *record, struct baton_findings *found);
/* As a fact, soon. From any thread; takes no store. */
void audit_say(struct audit *audit, const struct audit_record *record);
/* As a line only: what is a fact already, or would let strangers write the journal. */
void audit_note(struct audit *audit, const struct audit_record *record);
/* audit_say, but for what the same person did to the same thing within this hour already. */
void audit_once(struct audit *audit, const struct audit_record *record);
/* A sign-in that was refused, of the account record->person: the first is said, those of the next minute are counted, and said then. Each is a line. */
void audit_refused(struct audit *audit, const struct audit_record *record);

/* Records that found no room, or that the ledger will never take, until now: for metrics. */
uint64_t audit_lost(struct audit *audit);

#endif
