/* Registrations come first, each department's together; then what is found in the ledger that is in none of them. */
#include "flow/register_assessments.h"
#include <string.h>

struct listing {
    struct baton_arena *arena;
    const struct register_opened *opened;
    const struct registrations *registrations;
    const char *year;
    int year_number;
    struct registered *item;
    size_t count, capacity;
};

static bool is_there(const struct listing *l, const char *assessment) {
    for (size_t s = 0; s < l->opened->of.source_count; s++)
        if (strcmp(l->opened->of.source[s].assessment, assessment) == 0)
            return register_runs_in(&l->opened->of, (uint32_t)s, l->year_number);
    return false;
}

/* All of one department, from its first registration on. */
static void list_department(struct listing *l, const char *department) {
    uint64_t number = 0;
    for (size_t i = 0; i < l->registrations->count; i++) {
        const struct registration *const one = &l->registrations->item[i];
        if (strcmp(one->department, department) != 0 || strcmp(one->year, l->year) != 0)
            continue;
        *ARRAY_PUSH(l->arena, l->item, l->count, l->capacity) = (struct registered){
            department, one->assessment,
            one->name,  is_there(l, one->assessment),
            ++number,   registrations_limit(l->registrations, department, l->year)};
    }
}

static bool is_first_of(const struct registrations *all, size_t index, const char *year) {
    for (size_t i = 0; i < index; i++)
        if (strcmp(all->item[i].department, all->item[index].department) == 0 &&
            strcmp(all->item[i].year, year) == 0)
            return false;
    return strcmp(all->item[index].year, year) == 0;
}

void registered_of(struct baton_arena *arena, const struct register_opened *opened,
                   const struct registrations *registrations, int year, const char *department,
                   enum baton_language language, struct registered_list *out) {
    struct listing l = {.arena = arena,
                        .opened = opened,
                        .registrations = registrations,
                        .year = arena_printf(arena, "%04d", year),
                        .year_number = year};
    *out = (struct registered_list){.is_needed = registrations_needed(registrations, l.year)};
    for (size_t i = 0; i < registrations->count; i++)
        if (is_first_of(registrations, i, l.year) &&
            (department == NULL || strcmp(registrations->item[i].department, department) == 0))
            list_department(&l, registrations->item[i].department);
    for (size_t s = 0; s < opened->of.source_count && department == NULL; s++) {
        const char *const id = opened->of.source[s].assessment;
        if (!register_runs_in(&opened->of, (uint32_t)s, year) ||
            registrations_has(registrations, id, l.year))
            continue;
        *ARRAY_PUSH(arena, l.item, l.count, l.capacity) = (struct registered){
            .department = "",
            .assessment = id,
            .name = baton_text_in(&opened->of.expected[s].scheme->title, language, id),
            .is_there = true,
            .limit = UINT64_MAX};
        out->unregistered++;
    }
    for (size_t i = 0; i < l.count; i++)
        out->over += l.item[i].number > l.item[i].limit;
    out->item = l.item;
    out->count = l.count;
}
