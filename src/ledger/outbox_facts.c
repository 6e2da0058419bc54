/* The notices that facts make by themselves, in the transaction that stores them: figures that were returned (to the clerks of the unit that reports them, one notice for all of a submission), what was decided on a proposal (to
 * whoever proposed it), an exception (to its unit), a post that ends and is taken over by nobody in the same submission (to the office). Keys name the position of the fact, so none is made twice. */
#include "base/json.h"
#include "ledger/batch.h"
#include "ledger/outbox.h"
#include <inttypes.h>
#include <string.h>

enum { FIGURES_TOLD = 200 };

struct making {
    struct batch *batch;
    struct baton_arena *arena;
    const struct waiting *waiting;
    struct outbox_notice *notice;
    size_t count, capacity;
};

static void add(struct making *m, const char *kind, uint64_t position, const char *assessment,
                const char *person, const char *role, const char *unit, const char *payload) {
    *ARRAY_PUSH(m->arena, m->notice, m->count, m->capacity) =
        (struct outbox_notice){arena_printf(m->arena, "%s:%" PRIu64, kind, position),
                               kind,
                               assessment,
                               person,
                               role,
                               unit,
                               payload};
}

static void put_words(struct json *json, const char *en, const char *zh) {
    json_object_tight(json, "text");
    json_text(json, "en", en);
    json_text(json, "zh", zh);
    json_end(json);
}

static struct json begin(struct making *m, struct writer **writer) {
    *writer = writer_memory(m->arena);
    struct json json = json_to(*writer);
    json_object_tight(&json, NULL);
    return json;
}

static bool is_of(const struct ready *ready, enum fact_kind kind) {
    return ready->kind == kind;
}

/* Returned figures */

static bool is_returned(const struct ready *ready) {
    return is_of(ready, FACT_REPORT) && !ready->row.fact.withdrawn &&
           strcmp(body_text(&ready->entry.body, "stage"), "returned") == 0;
}

/* Whether two figures go into one notice. */
static bool are_together(const struct ready *a, const struct ready *b) {
    return strcmp(a->entry.body.assessment, b->entry.body.assessment) == 0 &&
           strcmp(body_text(&a->entry.body, "period"), body_text(&b->entry.body, "period")) == 0 &&
           strcmp(body_text(&a->entry.body, "reporter"), body_text(&b->entry.body, "reporter")) ==
               0;
}

static bool is_first_of_its_kind(const struct making *m, size_t index) {
    for (size_t i = 0; i < index; i++)
        if (is_returned(&m->waiting->ready[i]) &&
            are_together(&m->waiting->ready[i], &m->waiting->ready[index]))
            return false;
    return true;
}

static size_t put_figures(const struct making *m, const struct ready *like, struct json *json) {
    size_t count = 0;
    json_array_tight(json, "figures");
    for (size_t i = 0; i < m->waiting->count; i++) {
        const struct ready *const ready = &m->waiting->ready[i];
        if (!is_returned(ready) || !are_together(like, ready) || count++ >= FIGURES_TOLD)
            continue;
        json_object_tight(json, NULL);
        json_text(json, "unit", body_text(&ready->entry.body, "unit"));
        json_text(json, "element", body_text(&ready->entry.body, "element"));
        json_end(json);
    }
    json_end(json);
    return count;
}

static void tell_returned(struct making *m, const struct ready *ready) {
    const struct fact_body *const body = &ready->entry.body;
    const char *const period = body_text(body, "period"), *const reason =
                                                              body_text(body, "@reason");
    struct writer *writer;
    struct json json = begin(m, &writer);
    json_text(&json, "period", period);
    json_text(&json, "by", ready->entry.actor);
    json_text(&json, "reason", reason);
    const size_t count = put_figures(m, ready, &json);
    json_count(&json, "count", count);
    put_words(&json,
              arena_printf(m->arena, "%zu figures of %s were returned: %s", count, period, reason),
              arena_printf(m->arena, "%s 有 %zu 项数据被退回：%s", period, count, reason));
    json_end(&json);
    add(m, "returned", ready->entry.position, body->assessment, "", "unit",
        body_text(body, "reporter"), writer_text_of(writer));
}

/* Decisions */

static void tell_decided(struct making *m, const struct ready *ready) {
    const struct projection *const row = &ready->row;
    const struct proposal *const proposal = batch_proposal(m->batch, row->proposal);
    const char *const reason = body_text(&ready->entry.body, "@reason");
    const bool is_accepted = strcmp(row->state, "accepted") == 0;
    struct writer *writer;
    if (proposal == NULL)
        return;
    struct json json = begin(m, &writer);
    json_count(&json, "proposal", row->proposal);
    json_text(&json, "verdict", row->state);
    json_text(&json, "by", ready->entry.actor);
    json_text_if(&json, "reason", reason[0] == '\0' ? NULL : reason);
    put_words(&json,
              arena_printf(m->arena, "your proposal no. %" PRIu64 " was %s%s%s", row->proposal,
                           row->state, reason[0] == '\0' ? "" : ": ", reason),
              arena_printf(m->arena, "您的第 %" PRIu64 " 号提请%s%s%s", row->proposal,
                           is_accepted ? "已获同意" : "未获同意", reason[0] == '\0' ? "" : "：",
                           reason));
    json_end(&json);
    add(m, "decided", ready->entry.position, ready->entry.body.assessment, proposal->proposer, "",
        "", writer_text_of(writer));
}

/* Exceptions */

static void tell_exception(struct making *m, const struct ready *ready) {
    const struct fact_body *const body = &ready->entry.body;
    const char *const period = body_text(body, "period"), *const due = body_text(body, "due");
    const char *const element = body_text(body, "element");
    const bool is_all = strcmp(element, "*") == 0;
    struct writer *writer;
    struct json json = begin(m, &writer);
    json_text(&json, "period", period);
    json_text(&json, "element", element);
    json_text(&json, "due", due);
    put_words(&json,
              arena_printf(m->arena, "%s of %s is due on %s, by exception",
                           is_all ? "everything" : element, period, due),
              arena_printf(m->arena, "经批准，%s %s延期至 %s 报送", period,
                           is_all ? "全部数据" : element, due));
    json_end(&json);
    add(m, "exception", ready->entry.position, body->assessment, "", "unit",
        body_text(body, "unit"), writer_text_of(writer));
}

/* Posts that end */

static bool is_same_post(const struct fact_body *a, const struct fact_body *b) {
    static const char *const field[] = {"role", "unit", "assessment", "indicator"};
    for (size_t i = 0; i < LENGTH(field); i++)
        if (strcmp(body_text(a, field[i]), body_text(b, field[i])) != 0)
            return false;
    return true;
}

static bool somebody_follows(const struct making *m, const struct fact_body *post) {
    for (size_t i = 0; i < m->waiting->count; i++) {
        const struct ready *const ready = &m->waiting->ready[i];
        if (is_of(ready, FACT_POST) && !ready->has_corrects &&
            is_same_post(&ready->entry.body, post))
            return true;
    }
    return false;
}

static bool is_business(const char *role) {
    return strcmp(role, "unit") == 0 || strcmp(role, "approver") == 0 || strcmp(role, "owner") == 0;
}

/* Whether a post that was held ends by it: earlier than was said before. */
static bool ends_post(const struct ready *ready) {
    const struct fact_body *const was = &ready->corrected, *const is = &ready->entry.body;
    if (!is_of(ready, FACT_POST) || !ready->has_corrects || was->kind == NULL ||
        !is_business(body_text(was, "role")))
        return false;
    if (ready->row.fact.withdrawn || !is_same_post(was, is) ||
        strcmp(body_text(was, "person"), body_text(is, "person")) != 0)
        return true;
    const char *const to = body_text(is, "to");
    return to[0] != '\0' && strcmp(to, body_text(was, "to")) != 0;
}

static void tell_vacated(struct making *m, const struct ready *ready) {
    const struct fact_body *const was = &ready->corrected;
    const char *const person = body_text(was, "person"), *const unit = body_text(was, "unit");
    const char *const to = ready->row.fact.withdrawn ? "" : body_text(&ready->entry.body, "to");
    enum role role;
    struct writer *writer;
    if (!role_of_word(body_text(was, "role"), strlen(body_text(was, "role")), &role) ||
        somebody_follows(m, was))
        return;
    struct json json = begin(m, &writer);
    json_text(&json, "person", person);
    json_text(&json, "role", role_word(role));
    json_text(&json, "unit", unit);
    json_text_if(&json, "to", to[0] == '\0' ? NULL : to);
    put_words(&json,
              arena_printf(m->arena,
                           "the post of %s as %s of %s ends%s%s, and nobody takes it over", person,
                           role_name(role, BATON_EN), unit, to[0] == '\0' ? "" : " on ", to),
              arena_printf(m->arena, "%s 的%s（%s）任职%s%s，尚无人接任", person,
                           role_name(role, BATON_ZH), unit, to[0] == '\0' ? "已" : "将于 ",
                           to[0] == '\0' ? "终止" : arena_printf(m->arena, "%s 终止", to)));
    json_end(&json);
    add(m, "vacated", ready->entry.position, body_text(was, "assessment"), "", "office", "",
        writer_text_of(writer));
}

static void tell_of(struct making *m, size_t index) {
    const struct ready *const ready = &m->waiting->ready[index];
    if (is_returned(ready)) {
        if (is_first_of_its_kind(m, index))
            tell_returned(m, ready);
    } else if (is_of(ready, FACT_DECISION)) {
        tell_decided(m, ready);
    } else if (is_of(ready, FACT_EXCEPTION) && !ready->row.fact.withdrawn) {
        tell_exception(m, ready);
    } else if (ends_post(ready)) {
        tell_vacated(m, ready);
    }
}

baton_code batch_store_notices(struct batch *batch) {
    struct making m = {.batch = batch, .arena = batch->arena};
    for (m.waiting = batch->first; m.waiting != NULL; m.waiting = m.waiting->next)
        for (size_t i = 0; i < m.waiting->count; i++)
            if (m.waiting->code == BATON_OK && !m.waiting->submission->is_repeat)
                tell_of(&m, i);
    return m.count == 0 ? BATON_OK
                        : outbox_put(batch->ledger->store, batch->ledger->number,
                                     batch->time_utc_ms, m.notice, m.count, NULL);
}
