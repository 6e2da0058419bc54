/* Made of what waits (api_waiting.h), for each request. */
#include "server/api_overdue.h"
#include "flow/fact_origin.h"
#include "flow/overdue.h"
#include "flow/waiting_print.h"
#include "server/api.h"
#include "server/api_results.h"
#include "server/api_waiting.h"
#include "server/call_register.h"
#include "server/sight.h"

/* clang-format off */
static const struct body_field query_fields[] = {
    {.name = "period", .type = BODY_TEXT, .form = &body_period, .is = {"only of this period; else of all that are opened", "仅此周期；不写为全部已开放周期"}},
};
const struct body_shape overdue_query_shape = {
    .name = "OverdueQuery", BODY_FIELDS(query_fields), .is = {"of which figures", "哪些数据"},
    .example = "{\"period\": \"2021-08\"}"};

static const struct body_field person_fields[] = {
    {.name = "person", .type = BODY_TEXT, .needed = true, .is = {"who", "人员"}},
    {.name = "name",   .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"their name; null where it was erased", "姓名；已删除的为 null"}},
    {.name = "deputy", .type = BODY_FLAG, .needed = true, .is = {"whether as a deputy only", "是否仅以副职身份"}},
};
static const struct body_shape person_shape = {
    .name = "OverduePerson", BODY_FIELDS(person_fields), .is = {"somebody who answers", "负责人"},
    .example = "{\"person\": \"zhao.qing\", \"name\": \"赵青\", \"deputy\": false}"};

static const struct body_field row_fields[] = {
    {.name = "reporter", .type = BODY_TEXT, .needed = true, .is = {"the unit that owes the figures", "应报单位"}},
    {.name = "name",     .type = BODY_OBJECT, .needed = true, .inner = &texts_shape, .is = {"its name", "单位名称"}},
    {.name = "count",    .type = BODY_COUNT, .needed = true, .is = {"figures that were due and are not submitted", "已过截止时间而未报送的数据项数"}},
    {.name = "shut",     .type = BODY_COUNT, .needed = true, .is = {"of these, those that may come in only by an exception or a correction", "其中须批准延期或更正方可补报的"}},
    {.name = "due",      .type = BODY_TEXT, .needed = true, .is = {"when the first of them was due", "其中最早的截止时间"}},
    {.name = "roles",    .type = BODY_TEXTS, .needed = true, .is = {"the post that answers for them: any of these roles", "负责岗位：其中任一角色"}},
    {.name = "at",       .type = BODY_TEXT, .is = {"of this unit", "所在单位"}},
    {.name = "vacant",   .type = BODY_FLAG, .needed = true, .is = {"nobody with an open account holds it today", "今日没有账户有效的任职人员"}},
    {.name = "falls_on", .type = BODY_TEXTS, .is = {"where it is vacant: the role on which it falls", "空缺时转由此角色负责"}},
    {.name = "falls_on_at", .type = BODY_TEXT, .is = {"and of which unit; none = the office", "及其所在单位；不写为考核办"}},
    {.name = "persons",  .type = BODY_OBJECTS, .needed = true, .inner = &person_shape, .is = {"who holds it, or on whom it falls, as far as they may be named", "任职人员或转由负责的人员（以可查看的为限）"}},
};
static const struct body_shape row_shape = {
    .name = "OverdueUnit", BODY_FIELDS(row_fields), .is = {"what a unit owes, and who answers for it", "一个单位逾期的数据及负责人"},
    .example = "{\"reporter\": \"statistics\", \"name\": {\"zh\": \"统计局\"}, \"count\": 12, \"shut\": 0, \"due\": \"2021-09-10T17:00\", \"roles\": [\"approver\"], \"at\": \"statistics\", \"vacant\": false, \"persons\": []}"};

static const struct body_field overdue_fields[] = {
    {.name = "figures", .type = BODY_COUNT, .needed = true, .is = {"how many are late in all", "逾期数据总数"}},
    {.name = "items",   .type = BODY_OBJECTS, .needed = true, .inner = &row_shape, .is = {"the most figures first; a unit stands twice where different posts answer", "按项数从多到少；同一单位由不同岗位负责的分列"}},
};
const struct body_shape overdue_shape = {
    .name = "Overdue", BODY_FIELDS(overdue_fields), .is = {"what is late, and who answers for it", "逾期数据及负责人"},
    .example = "{\"figures\": 0, \"items\": []}"};
/* clang-format on */

/* Who holds the posts of units is told, for what is late, to whoever is set over all of them. */
static bool names_all(struct call *call, const char *assessment) {
    return (sight_roles_over(sight_of(call), assessment) &
            rights_bits("leader committee supervisor")) != 0;
}

static baton_code put_persons(struct call *call, struct json *json, const struct seat *seat,
                              bool all) {
    json_array(json, "persons");
    for (size_t i = 0; i < seat->count; i++) {
        const struct seat_person *const person = &seat->person[i];
        const char *name;
        if (!all && !waiting_names(call, person->id))
            continue;
        TRY(fact_person_name(call->arena, call->reader, person->id, &name));
        json_object_tight(json, NULL);
        json_text(json, "person", person->id);
        json_text(json, "name", name);
        json_flag(json, "deputy", person->is_deputy);
        json_end(json);
    }
    json_end(json);
    return BATON_OK;
}

static baton_code put_row(struct call *call, struct json *json, const struct waiting_world *world,
                          const struct overdue_row *row, bool all) {
    const struct baton_text *const name = &world->expected->scheme->unit[row->reporter_index].name;
    char due[CIVIL_MOMENT_SIZE];
    json_object(json, NULL);
    json_text(json, "reporter", row->reporter);
    json_object_tight(json, "name");
    json_text_if(json, "en", name->en);
    json_text_if(json, "zh", name->zh);
    json_end(json);
    json_count(json, "count", row->count);
    json_count(json, "shut", row->shut);
    civil_moment_format(row->due, due);
    json_text(json, "due", due);
    waiting_put_seat(json, row->seat);
    TRY(put_persons(call, json, row->seat, all));
    json_end(json);
    return BATON_OK;
}

static baton_code show(struct call *call) {
    struct waiting_look look;
    struct waiting waiting;
    struct overdue overdue;
    struct baton_period period;
    TRY(call_period_of(call, "period", http_query(call->request, "period"), &period));
    TRY(waiting_look(call, &look));
    TRY(waiting_read(call->arena, call->reader, &look.world, &period,
                     period.kind == BATON_PERIOD_NONE ? 0 : 1, &waiting, &call->found));
    overdue_of(call->arena, &look.world, &waiting, &overdue);
    const bool all = names_all(call, look.world.assessment);
    struct writer *const writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    json_object(&json, NULL);
    json_count(&json, "figures", overdue.figures);
    json_array(&json, "items");
    for (size_t i = 0; i < overdue.count; i++)
        TRY(put_row(call, &json, &look.world, &overdue.row[i], all));
    json_end(&json);
    json_end(&json);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_overdue(struct http_request *request, void *api) {
    call_run(request, api, show);
}
