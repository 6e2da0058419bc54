/* How often somebody may ask: buckets of tokens, of each account for those who have signed in, of each address for those who have not. As a whole office shares one address, nobody who
 * has signed in is ever counted by it.
 *
 * A bucket holds at most `burst` and fills at `per_minute`; a request takes one. It is kept as the one time at which it will be full again, so that a bucket that is full is the same
 * as none, and the table forgets it. The table has a fixed size, whatever addresses come; of an IPv6 address the first 64 bits count, which is what one customer has. Where too many are
 * busy at once the one that would be full the soonest is forgotten: whoever comes is let in rather than kept out. */
#ifndef SERVER_LIMITS_H
#define SERVER_LIMITS_H

#include "http/http.h"
#include <stdbool.h>
#include <stdint.h>

/* What a request is counted as: reading (GET), everything else, and what takes a core for long: see limits_class. */
enum limits_class { LIMIT_READS, LIMIT_WRITES, LIMIT_COSTLY, LIMIT_CLASSES };

struct limits_rate {
    uint32_t per_minute; /* 0 = without a limit */
    uint32_t burst;      /* at once, after a pause; at least 1 */
};

struct limits_settings {
    struct limits_rate account[LIMIT_CLASSES], address[LIMIT_CLASSES];
};

struct limits;

struct limits *limits_open(struct baton_arena *arena, const struct limits_settings *settings);

/* Takes one from the bucket; 0 = it may go on, else after how many milliseconds one will be there. `whom` is the id of an account or of a token, so that a program that
 * runs wild does not keep its person out, or an address. From any thread; a short lock. */
uint32_t limits_take(struct limits *limits, bool is_account, const char *whom,
                     enum limits_class which, int64_t now_ns);

enum limits_class limits_class(const struct http_request *request);

/* For http_site, behind gate_admit: false where the request was answered with RATE_LIMITED (429) and Retry-After. */
bool limits_admit(struct limits *limits, struct http_request *request);

/* How many requests were refused so far. */
uint64_t limits_refused(const struct limits *limits, bool is_account, enum limits_class which);

/* Names of the routes that are costly whatever is asked of them; the last is NULL. */
extern const char *const limits_costly[];

#endif
