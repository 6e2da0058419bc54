/* What is looked at is asked with a connection and a key of its own, as by the command: those that the server has open say nothing of whether they could be opened again. */
#include "server/api_doctor.h"
#include "flow/doctor.h"
#include "server/api.h"
#include "server/costly.h"

/* clang-format off */
static const struct body_field line_fields[] = {
    {.name = "name",  .type = BODY_TEXT, .needed = true, .is = {"what was looked at, a word that stays", "检查项的固定名称"}},
    {.name = "what",  .type = BODY_TEXT, .needed = true, .is = {"the same for people", "检查项"}},
    {.name = "value", .type = BODY_TEXT, .needed = true, .blank = true, .lines = true, .length = 100000, .is = {"what was found", "检查情况"}},
    {.name = "good",  .type = BODY_FLAG, .needed = true, .is = {"whether that is good", "是否正常"}},
};
static const struct body_shape line_shape = {
    .name = "DoctorLine", BODY_FIELDS(line_fields), .is = {"one thing that was looked at", "一个检查项"},
    .example = "{\"name\": \"lease\", \"what\": \"appended to by\", \"value\": \"server1:1234\", \"good\": true}"};
static const struct body_field doctor_fields[] = {
    {.name = "good",  .type = BODY_FLAG,    .needed = true, .is = {"whether everything is", "是否全部正常"}},
    {.name = "found", .type = BODY_OBJECTS, .needed = true, .inner = &line_shape, .is = {"store and settings, key, who appends, disk, clock", "存储和参数、密钥、写入者、磁盘、时钟"}},
};
const struct body_shape doctor_shape = {
    .name = "Doctor", BODY_FIELDS(doctor_fields), .is = {"what the ledger stands on", "账本运行条件"},
    .example = "{\"good\": true, \"found\": [{\"name\": \"lease\", \"what\": \"appended to by\", \"value\": \"server1:1234\", \"good\": true}]}"};
/* clang-format on */

static baton_code look(struct call *call) {
    const struct api *const api = call->api;
    struct doctor *const doctor = arena_alloc(call->arena, 1, sizeof *doctor);
    struct writer *const writer = writer_memory(call->arena);
    struct json json = json_to(writer);
    doctor->arena = call->arena;
    doctor->language = call->request->language;
    doctor->world = api->world;
    TRY(costly_begin(call));
    TRY(doctor_look(doctor, &api->place));
    json_object(&json, NULL);
    json_flag(&json, "good", doctor_is_good(doctor));
    doctor_json(doctor, "found", &json);
    json_end(&json);
    call_answer(call, form_media[FORM_JSON], writer);
    return BATON_OK;
}

void api_doctor(struct http_request *request, void *api) {
    call_run(request, api, look);
}
