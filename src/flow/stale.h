/* Ownership that is stale: posts and accounts that are not fit for what is expected, found before it is due. */
#ifndef FLOW_STALE_H
#define FLOW_STALE_H

#include "base/json.h"
#include "flow/waiting.h"

enum { STALE_DAYS_USUAL = 60, STALE_SOON_DAYS = 30 };

/* vacant      nobody holds a post that expected figures need: drafting, signing off, verifying
 * no_account  somebody holds one and cannot sign in, in a ledger in which others can
 * never       somebody holds one, has an account and has never signed in
 * absent      somebody holds one and has not signed in for so many days
 * ending      somebody's post ends within STALE_SOON_DAYS, and nobody else holds it
 * token       a program's token, of somebody who holds one, runs out within STALE_SOON_DAYS */
#define STALE_KINDS(X) \
    X(VACANT, "vacant", "vacant", "岗位空缺") \
    X(NO_ACCOUNT, "no_account", "no account", "没有账号") \
    X(NEVER, "never", "never signed in", "从未登录") \
    X(ABSENT, "absent", "not signed in lately", "长期未登录") \
    X(ENDING, "ending", "post ends soon", "任职将到期") \
    X(TOKEN, "token", "token runs out", "令牌将到期")
enum stale_kind {
#define X(name, word, en, zh) STALE_##name,
    STALE_KINDS(X)
#undef X
        STALE_KIND_COUNT
};
const char *stale_kind_word(enum stale_kind kind);
const char *stale_kind_name(enum stale_kind kind, enum baton_language language);

struct stale_item {
    enum stale_kind kind;
    enum role role;
    const char *unit;   /* that reports or verifies; "" = the post names none */
    const char *person; /* "" = nobody */
    const char *detail; /* the day on which it ends, the name of the token; "" */
    size_t
        figures; /* that are expected of the unit, or by the department, in each of their periods */
};
struct stale {
    const struct stale_item *item; /* by kind, then by unit as the scheme has them */
    size_t count;
};

/* By what the scheme expects of whom, the posts of today and who signed in within so many days. In the arena. What the reader answers, told. */
MUST_USE baton_code stale_read(struct baton_arena *arena, struct ledger_reader *reader,
                               const struct waiting_world *world, uint32_t absent_days,
                               struct stale *out, struct baton_findings *found);

/* An array of at most so many. */
void stale_json(struct json *json, const char *name, const struct stale *stale, size_t most);

#endif
