/* The package of the ledger is read with the method in the place of the indicator's own (baton_method_trial), so that whatever would be wrong with it there is told, and is scored by the engine as any other. */
#include "server/api_curve.h"
#include "flow/ledger_score.h"
#include "flow/package_session.h"
#include "report/curve_json.h"
#include "report/findings_json.h"
#include "server/api.h"
#include "server/api_check.h"
#include "server/api_indicator.h"
#include "server/api_scheme.h"
#include "server/find.h"
#include "server/route.h"
#include <math.h>
#include <string.h>

enum { METHOD_MOST = 20000 };

struct curve_asked {
    const char *method, *direction, *lo, *hi, *period, *group, *unit;
};

/* clang-format off */
#define ASKED(MEMBER) .name = #MEMBER, .offset = offsetof(struct curve_asked, MEMBER)
static const struct body_field asked_fields[] = {
    {ASKED(method), .type = BODY_TEXT, .lines = true, .length = METHOD_MOST, .is = {"kind and parameters as under `methods` of scheme.yaml, in YAML or JSON; the indicator's own without it", "计分方法：kind 及参数，写法同 scheme.yaml 的 methods（YAML 或 JSON）；不填为指标现行方法"}},
    {ASKED(direction), .type = BODY_WORD, .words = "up down", .is = {"up: higher is better; the indicator's own", "up 为正向，down 为逆向；默认为指标自身方向"}},
    {ASKED(lo), .type = BODY_FIGURE, .is = {"lower bound, of methods with bounds; the indicator's own", "下限值，默认为指标自身的下限"}},
    {ASKED(hi), .type = BODY_FIGURE, .is = {"upper bound", "上限值"}},
    {ASKED(period), .type = BODY_TEXT, .form = &body_period, .length = 12, .is = {"whose figures; those of the scheme's own period", "数据所属周期，默认为方案自身的周期"}},
    {ASKED(group), .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"whose; the first in which somebody has a figure", "考核类别，默认为首个有数据的类别"}},
    {ASKED(unit), .type = BODY_TEXT, .form = &body_identifier, .length = 64, .is = {"whose figure is moved; the one in the middle of the group", "所移动数据的对象，默认为类别内居中者"}},
};
const struct body_shape curve_asked_shape = {
    .name = "CurveAsked", BODY_FIELDS(asked_fields), .size = sizeof(struct curve_asked), .is = {"a method to be looked at", "待查看的计分方法"},
    .example = "{\"method\": \"{kind: range, low: 60, high: 100}\", \"direction\": \"up\", \"period\": \"2021\"}"};

static const struct body_field named_fields[] = {
    {.name = "id",   .type = BODY_TEXT, .needed = true, .is = {"as the scheme has it", "标识"}},
    {.name = "name", .type = BODY_TEXT, .needed = true, .is = {"in the language of the answer", "名称，用答复的语言"}},
};
static const struct body_shape named_shape = {
    .name = "CurveNamed", BODY_FIELDS(named_fields), .is = {"a group or a unit", "类别或对象"},
    .example = "{\"id\": \"districts\", \"name\": \"市（县）区\"}"};

#define POINT \
    {.name = "x",     .type = BODY_NUMBER, .is = {"its figure, before outliers are treated", "数值（异常值处理前）"}}, \
    {.name = "code",  .type = BODY_TEXT, .is = {"in its place, of methods of levels", "等级代码（等级计分时代替数值）"}}, \
    {.name = "score", .type = BODY_NUMBER, .nullable = true, .is = {"null: the formula gives none", "得分；null 表示公式不给出得分"}}
static const struct body_field point_fields[] = {POINT};
static const struct body_shape point_shape = {
    .name = "CurvePoint", BODY_FIELDS(point_fields), .is = {"what a figure would score", "数值及其得分"},
    .example = "{\"x\": 6.5, \"score\": 84.2}"};
static const struct body_field among_fields[] = {
    {.name = "unit", .type = BODY_TEXT, .needed = true, .is = {"of the group", "对象标识"}},
    {.name = "name", .type = BODY_TEXT, .needed = true, .is = {"of the unit", "对象名称"}},
    POINT,
};
static const struct body_shape among_shape = {
    .name = "CurveUnit", BODY_FIELDS(among_fields), .is = {"where a unit stands, by the result of the period with this method", "对象的数值及按此方法的得分"},
    .example = "{\"unit\": \"binhu\", \"name\": \"滨湖区\", \"x\": 6.5, \"score\": 84.2}"};

static const struct body_field curve_fields[] = {
    {.name = "sound",    .type = BODY_FLAG, .needed = true, .is = {"there is no error; without it there are findings only", "没有错误；有错误时只给出 findings"}},
    {.name = "findings", .type = BODY_OBJECTS, .needed = true, .inner = &finding_shape, .is = {"what is wrong or odd; file `method` is the one that was sent", "问题；file 为 method 的在所发送的方法中"}},
    {.name = "period",   .type = BODY_TEXT, .is = {"whose figures", "数据所属周期"}},
    {.name = "better",   .type = BODY_WORD, .words = "up down", .is = {"up: higher is better", "up 为正向，down 为逆向"}},
    {.name = "measure",  .type = BODY_TEXT, .is = {"unit of measurement", "计量单位"}},
    {.name = "codes",    .type = BODY_FLAG, .is = {"figures are codes", "数值为等级代码"}},
    {.name = "treated",  .type = BODY_FLAG, .is = {"outliers are treated before figures are scored", "计分前处理异常值"}},
    {.name = "group",    .type = BODY_OBJECT, .inner = &named_shape, .is = {"whose figures", "考核类别"}},
    {.name = "unit",     .type = BODY_OBJECT, .inner = &named_shape, .is = {"whose figure is moved; left out where nobody has one", "所移动数据的对象；均无数据时省略"}},
    {.name = "target",   .type = BODY_NUMBER, .is = {"of this unit, where the method asks for it", "该对象的目标值（方法需要时）"}},
    {.name = "baseline", .type = BODY_NUMBER, .is = {"likewise", "该对象的基期值（方法需要时）"}},
    {.name = "method",   .type = BODY_OBJECT, .inner = &indicator_method_shape, .is = {"in words, its parameters put in", "方法的文字说明，含参数"}},
    {.name = "points",   .type = BODY_OBJECTS, .inner = &point_shape, .is = {"by figure; a jump has a figure on either side of it", "按数值排列；跳变处两侧各有一点"}},
    {.name = "figures",  .type = BODY_COUNT, .is = {"how many of the group have a figure", "类别内有数据的对象数"}},
    {.name = "among",    .type = BODY_OBJECTS, .inner = &among_shape, .is = {"these, 1000 at most", "各对象，最多 1000 个"}},
};
const struct body_shape curve_shape = {
    .name = "Curve", BODY_FIELDS(curve_fields), .is = {"a method in words and over the figures of a group", "计分方法的文字说明及其在类别数据上的曲线"},
    .example = "{\"sound\": true, \"findings\": [], \"period\": \"2021\", \"better\": \"up\", \"measure\": \"%\", \"codes\": false, \"treated\": false, \"points\": [{\"x\": 6.5, \"score\": 84.2}], \"figures\": 1, \"among\": []}"};
/* clang-format on */

struct looking {
    struct call *call;
    const struct curve_asked *asked;
    struct ledger_view view;
    struct baton_findings found; /* of the package with the method */
    struct baton_package *package;
    struct baton_session *session;
    struct baton_period period;
    struct curve curve;
};

static baton_code load(struct looking *l) {
    struct call *const call = l->call;
    const struct curve_asked *const asked = l->asked;
    enum baton_direction direction = BATON_UP;
    double lo = NAN, hi = NAN;
    bool percent;
    uint64_t version;
    struct baton_method_trial trial = {.node = http_segment(call->request, "indicator"),
                                       .text = asked->method};
    if (asked->method != NULL)
        trial.size = strlen(asked->method);
    if (asked->direction != NULL) {
        direction = strcmp(asked->direction, "up") == 0 ? BATON_UP : BATON_DOWN;
        trial.direction = &direction;
    }
    if (asked->lo != NULL &&
        baton_number_parse(asked->lo, strlen(asked->lo), &lo, &percent) == BATON_NUMBER_OK)
        trial.lo = &lo;
    if (asked->hi != NULL &&
        baton_number_parse(asked->hi, strlen(asked->hi), &hi, &percent) == BATON_NUMBER_OK)
        trial.hi = &hi;
    return ledger_package(call->arena, &l->view,
                          &(struct baton_package_options){.threads = 1, .trial = &trial},
                          &l->package, &version, &l->found);
}

/* The node of the path, and the group and unit that are asked for. */
static baton_code find(struct looking *l, uint32_t *node, uint32_t *group, uint32_t *unit) {
    struct call *const call = l->call;
    const struct baton_scheme *const scheme = baton_package_scheme(l->package);
    const char *const asked = http_segment(call->request, "indicator");
    *group = *unit = BATON_NONE;
    TRY(call_node(call, scheme, asked, node));
    if (scheme->node[*node].child_count > 0)
        return call_refuse_at(call, BATON_INDICATOR_INNER, "indicator", asked, NULL, NULL, NULL);
    if (l->asked->group != NULL)
        TRY(call_group(call, scheme, l->asked->group, group));
    return l->asked->unit == NULL ? BATON_OK : call_ranked_unit(call, scheme, l->asked->unit, unit);
}

/* What is wrong with the method, or with the assessment under it, is the answer. */
static baton_code score(struct looking *l, uint32_t node, uint32_t group, uint32_t unit) {
    static const struct baton_options options = {
        .as_of_day = INT32_MAX, .threads = 1, .full = true};
    struct call *const call = l->call;
    const struct baton_links *links;
    const struct baton_result *result;
    TRY(package_session(call->arena, l->package, &options, &links, &l->session, &l->found));
    TRY(baton_score(l->session, l->period, &result, &l->found));
    if (unit != BATON_NONE && !baton_result_has_row(l->session, node, unit))
        return call_refuse_at(call, BATON_INDICATOR_NOT_OF, "unit", l->asked->unit,
                              http_segment(call->request, "indicator"), NULL, NULL);
    curve_read(l->session, call->arena, node, group, unit, &l->curve);
    return BATON_OK;
}

static baton_code write_answer(void *context, struct baton_arena *scratch, struct writer *writer) {
    struct looking *const l = context;
    const enum baton_language language = l->call->request->language;
    struct json json = json_to(writer);
    json_object(&json, NULL);
    json_flag(&json, "sound", l->found.errors == 0);
    findings_list(&json, "findings", scratch, &l->found, language);
    if (l->found.errors == 0)
        curve_json(scratch, l->session, &l->curve, language, &json);
    json_end(&json);
    return BATON_OK;
}

/* Only what the method makes of the assessment may be told as findings; whatever else goes wrong is refused. */
static baton_code passed_on(struct looking *l, baton_code code) {
    if (code == BATON_OK || (l->found.errors > 0 && l->call->found.errors == 0 &&
                             l->package != NULL && baton_code_info(code)->exit_status == 2))
        return BATON_OK;
    if (l->call->found.errors == 0)
        l->call->found = l->found;
    return code;
}

static baton_code look(struct call *call) {
    struct looking l = {.call = call, .found = {.arena = call->arena}};
    const void *body;
    uint32_t node, group, unit;
    const char *bytes;
    size_t size;
    TRY(route_body(call->request, &body, &call->found));
    l.asked = body;
    TRY(scheme_begin_trial(call, &l.view));
    baton_code code = load(&l);
    TRY(passed_on(&l, code));
    TRY(find(&l, &node, &group, &unit));
    l.period = baton_package_scheme(l.package)->period;
    TRY(call_period_of(call, "/period", l.asked->period, &l.period));
    if (code == BATON_OK)
        code = score(&l, node, group, unit);
    TRY(passed_on(&l, code));
    TRY(call_write(call, write_answer, &l, &bytes, &size));
    http_answer(call->request, 200, form_media[FORM_JSON], bytes, size);
    return BATON_OK;
}

void api_curve(struct http_request *request, void *api) {
    call_run(request, api, look);
}
