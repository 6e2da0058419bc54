/* Checks of figures. They change no result: they are told of, not replayed. */
#include "analyse/compare.h"
#include <assert.h>

static const char *const severities[] = {"hard", "justify"};

/* As one would write it: gdp, measure(亿元), * */
static const char *of_words(struct compare *c, const struct baton_check *check) {
    const char *list = "";
    for (uint32_t i = 0; i < check->of_count; i++) {
        const struct baton_checked *of = &check->of[i];
        const char *one = of->by == BATON_CHECKED_ALL ? "*"
                          : of->by == BATON_CHECKED_MEASURE
                              ? arena_printf(c->arena, "measure(%s)", of->text)
                              : of->text;
        list = arena_printf(c->arena, "%s%s%s", list, i > 0 ? ", " : "", one);
    }
    return list;
}

#define FIELD(name, type, member, words) \
    { \
        name, type, offsetof(struct baton_check, member), \
            sizeof(((struct baton_check *)0)->member), words, false \
    }

void compare_checks(struct compare *c) {
    static const struct compare_field fields[] = {
        FIELD("title", TYPE_ZH, title, NULL),
        FIELD("title_en", TYPE_EN, title, NULL),
        FIELD("rule", TYPE_EXPRESSION, rule, NULL),
        FIELD("when", TYPE_EXPRESSION, when, NULL),
        FIELD("severity", TYPE_WORD, severity, severities),
    };
    for (uint32_t i = 0; i < c->check.count; i++) {
        const struct pair *p = &c->check.pair[i];
        const struct baton_check *a = p->before == BATON_NONE ? NULL : &c->before->check[p->before];
        const struct baton_check *b = p->after == BATON_NONE ? NULL : &c->after->check[p->after];
        const uint32_t entity = compare_entity(c, ENTITY_CHECK, i);
        struct baton_change change = compare_change(
            BATON_SUBJECT_CHECK, p, a == NULL ? NULL : &a->at, b == NULL ? NULL : &b->at);
        const struct baton_check *is = b != NULL ? b : a;
        assert(is != NULL);
        change.id = is->id;
        change.name = is->title;
        change.effective = false;
        if (a == NULL || b == NULL) {
            compare_add(c, entity, change);
            continue;
        }
        compare_fields(c, entity, fields, LENGTH(fields), a, b, &change);
        compare_add_field(c, entity, change, "for", of_words(c, a), of_words(c, b));
    }
}
