/* `baton doctor`: what flow/doctor.h finds, and of the configuration of its server where one is named. */
#include "cli/list_table.h"
#include "cli/open_ledger.h"
#include "cli/serve_config_look.h"
#include "cli/terminal.h"
#include "cli/world.h"
#include "flow/doctor.h"

enum { FORMAT_JSON = 1 };

static void print_lines(struct invocation *invocation, const struct doctor *doctor) {
    const char *const titles[] = {"", in_language(invocation, "what", "项目"),
                                  in_language(invocation, "found", "情况")};
    struct list_table table = {.arena = invocation->arena, .columns = 3, .title = titles};
    for (size_t i = 0; i < doctor->count; i++) {
        const struct doctor_line *const line = &doctor->line[i];
        const char **cell = list_add(&table);
        cell[0] = line->is_good ? in_language(invocation, "good", "正常")
                                : in_language(invocation, "NOT GOOD", "异常");
        cell[1] = line->what;
        cell[2] = line->value;
    }
    list_print(&table, invocation->out, invocation->colour_out, terminal_width(invocation));
}

static void print_json(struct invocation *invocation, const struct doctor *doctor) {
    struct json json = json_to(invocation->out);
    doctor_json(doctor, NULL, &json);
}

baton_code cmd_doctor(struct invocation *invocation) {
    struct doctor *doctor = arena_alloc(invocation->arena, 1, sizeof *doctor);
    const struct ledger_place place = ledger_place_of(invocation, invocation->operand[0]);
    doctor->arena = invocation->arena;
    doctor->language = invocation->language;
    doctor->world = world_of_system();
    TRY(doctor_look(doctor, &place));
    if (invocation->settings.config != NULL)
        serve_config_look(invocation, invocation->settings.config, doctor->is_held, doctor_add,
                          doctor);
    if (invocation->settings.format == FORMAT_JSON)
        print_json(invocation, doctor);
    else
        print_lines(invocation, doctor);
    return doctor_is_good(doctor) ? BATON_OK : BATON_DOCTOR_BAD;
}
