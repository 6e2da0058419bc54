/* A row of a table that a command names by the key of its kind. */
#include "cli/named_row.h"
#include "base/text.h"
#include "cli/open_ledger.h"
#include <string.h>

baton_code kind_as_asked(struct invocation *invocation, enum fact_kind usual, enum fact_kind *out) {
    const char *const asked = invocation->settings.kind;
    struct text_guess guess = {.text = asked, .size = asked == NULL ? 0 : strlen(asked)};
    *out = usual;
    if (asked == NULL || fact_kind_of(asked, out))
        return BATON_OK;
    for (int k = 0; k < FACT_KINDS; k++) {
        const char *word = fact_kind_info((enum fact_kind)k)->word;
        text_guess_offer(&guess, word, strlen(word));
    }
    return refuse(invocation, BATON_FACT_KIND, asked, guess.best, NULL, NULL);
}

static baton_code refuse_shape(struct invocation *invocation, const char *key) {
    const char *shape = *key == '\0' ? "N" : key;
    char *upper = arena_text(invocation->arena, shape, strlen(shape));
    for (char *at = upper; *at != '\0'; at++)
        if (*at >= 'a' && *at <= 'z')
            *at -= 'a' - 'A';
    return refuse(invocation, BATON_OPERAND_MISSING, invocation->command->name,
                  arena_printf(invocation->arena, "LEDGER %s", upper), NULL, NULL);
}

/* The first revision of a row that has no key but its number. */
static baton_code row_of_number(struct invocation *invocation, struct ledger_reader *reader,
                                const char *number, struct named_row *out) {
    struct entry entry;
    uint64_t position;
    TRY(read_number(invocation, number, &position));
    const baton_code code = reader_entry(reader, invocation->arena, position, &entry);
    if (code != BATON_OK)
        return refuse_reader(invocation, reader, code);
    if (strcmp(entry.body.kind, fact_kind_info(out->kind)->word) != 0)
        return refuse(invocation, BATON_NOTHING_SAID, fact_kind_info(out->kind)->word, number, NULL,
                      NULL);
    out->assessment = entry.body.assessment;
    out->key = fact_key(invocation->arena, &entry.body, position);
    out->shown = number;
    out->operands = 1;
    return BATON_OK;
}

baton_code named_row(struct invocation *invocation, struct ledger_reader *reader, size_t from,
                     struct named_row *out) {
    *out = (struct named_row){.assessment = "", .shown = ""};
    TRY(kind_as_asked(invocation, FACT_OBSERVATION, &out->kind));
    const struct fact_kind_info *info = fact_kind_info(out->kind);
    if (!info->is_row)
        return refuse(invocation, BATON_FACT_KIND, info->word, NULL, NULL, NULL);
    if (*info->key == '\0') {
        if (invocation->operand_count <= from)
            return refuse_shape(invocation, info->key);
        return row_of_number(invocation, reader, invocation->operand[from], out);
    }
    if (info->of_assessment)
        TRY(which_assessment(invocation, reader, &out->assessment));
    for (const char *at = info->key; *at != '\0'; out->operands++) {
        const size_t size = strcspn(at, " ");
        if (invocation->operand_count <= from + out->operands)
            return refuse_shape(invocation, info->key);
        const char *value = invocation->operand[from + out->operands];
        if (strcmp(value, "-") == 0)
            value = "";
        out->field[out->field_count++] = text_field(arena_text(invocation->arena, at, size), value);
        out->shown = arena_printf(invocation->arena, "%s%s%s", out->shown,
                                  *out->shown == '\0' ? "" : " ", value);
        at += size;
        at += *at == ' ';
    }
    struct field *sorted = arena_alloc(invocation->arena, NAMED_KEY_MAX, sizeof *sorted);
    struct fact_body body = {info->word, out->assessment, sorted, out->field_count};
    memcpy(sorted, out->field, sizeof out->field);
    (void)fields_sort(sorted, &body.field_count);
    out->key = fact_key(invocation->arena, &body, 0);
    return BATON_OK;
}
