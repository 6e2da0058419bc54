/* The shapes of what is said and of what is answered to it. */
#include "server/api_write_bodies.h"
#include <stddef.h>

/* clang-format off */
static const struct body_field fact_fields[] = {
    {.name = "kind",   .type = BODY_TEXT, .needed = true, .length = 40, .offset = offsetof(struct fact_said, kind), .is = {"observation, target, adjustment, unit ...", "事实种类：observation（数据）、target（目标）、adjustment（加减分）、unit（考核对象）等"}},
    {.name = "fields", .type = BODY_MAP, .needed = true, .lines = true, .length = 100000, .offset = offsetof(struct fact_said, fields), .is = {"what it says: fields by name, figures as they are written", "各字段的名称和取值，数值按原样书写"}},
};
static const struct body_shape fact_shape = {
    .name = "Fact", BODY_FIELDS(fact_fields), .size = sizeof(struct fact_said), .is = {"a fact", "一条事实"},
    .example = "{\"kind\": \"observation\", \"fields\": {\"unit\": \"yunhu\", \"element\": \"gdp\", \"period\": \"2021-08\", \"value\": \"512.3\"}}"};

static const struct body_field say_fields[] = {
    {.name = "assessment", .type = BODY_TEXT, .form = &body_identifier, .length = 64, .offset = offsetof(struct said, assessment), .is = {"which assessment; left out for what is of the ledger as a whole (persons, posts)", "所属考核；属于整个账本的事实（人员、任职）不填"}},
    {.name = "facts",      .type = BODY_OBJECTS, .needed = true, .most = 1000, .inner = &fact_shape, .offset = offsetof(struct said, facts), .is = {"all of them are taken, or none", "全部受理，或全部不受理"}},
    {.name = "propose",    .type = BODY_FLAG, .offset = offsetof(struct said, propose), .is = {"put before a second person, who decides", "提请他人决定"}},
    {.name = "reason",     .type = BODY_TEXT, .lines = true, .offset = offsetof(struct said, reason), .is = {"of a proposal: why; needed there", "提请的理由；提请时必填"}},
};
const struct body_shape say_shape = {
    .name = "Say", BODY_FIELDS(say_fields), .size = sizeof(struct said), .is = {"facts to be stored", "填报的事实"},
    .example = "{\"assessment\": \"city-2021\", \"facts\": [{\"kind\": \"observation\", \"fields\": {\"unit\": \"yunhu\", \"element\": \"gdp\", \"period\": \"2021-08\", \"value\": \"512.3\"}}]}"};

static const struct body_field correct_fields[] = {
    {.name = "fields",   .type = BODY_MAP, .lines = true, .length = 100000, .offset = offsetof(struct corrected, fields), .is = {"what is otherwise; the other fields stay", "需更改的字段，其余不变"}},
    {.name = "withdraw", .type = BODY_FLAG, .offset = offsetof(struct corrected, withdraw), .is = {"there is no such row any more", "撤销该行"}},
    {.name = "propose",  .type = BODY_FLAG, .offset = offsetof(struct corrected, propose), .is = {"put before a second person, who decides", "提请他人决定"}},
    {.name = "reason",   .type = BODY_TEXT, .needed = true, .lines = true, .offset = offsetof(struct corrected, reason), .is = {"why", "理由"}},
};
const struct body_shape correct_shape = {
    .name = "Correction", BODY_FIELDS(correct_fields), .size = sizeof(struct corrected), .is = {"a row corrected or withdrawn", "更正或撤销一行"},
    .example = "{\"fields\": {\"value\": \"521.3\"}, \"reason\": \"counted again\"}"};

static const struct body_field decide_fields[] = {
    {.name = "verdict", .type = BODY_WORD, .needed = true, .words = "accepted refused", .offset = offsetof(struct decided, verdict), .is = {"accepted, and what was proposed becomes fact; or refused", "accepted 为同意，所提请的内容成为事实；refused 为不同意"}},
    {.name = "reason",  .type = BODY_TEXT, .lines = true, .offset = offsetof(struct decided, reason), .is = {"why; needed to refuse", "理由；不同意时必填"}},
};
const struct body_shape decide_shape = {
    .name = "Decision", BODY_FIELDS(decide_fields), .size = sizeof(struct decided), .is = {"a second person's decision", "另一人的决定"},
    .example = "{\"verdict\": \"accepted\", \"reason\": \"seen the papers\"}"};

static const struct body_field withdraw_fields[] = {
    {.name = "reason", .type = BODY_TEXT, .needed = true, .lines = true, .offset = offsetof(struct withdrawn, reason), .is = {"why", "理由"}},
};
const struct body_shape withdraw_shape = {
    .name = "Withdrawal", BODY_FIELDS(withdraw_fields), .size = sizeof(struct withdrawn), .is = {"one's own proposal taken back", "撤回自己的提请"},
    .example = "{\"reason\": \"the figure was right\"}"};

static const struct body_field stored_fact_fields[] = {
    {.name = "position", .type = BODY_COUNT, .needed = true, .is = {"number of the fact in the journal", "事实在账本中的编号"}},
    {.name = "words",    .type = BODY_TEXT, .needed = true, .lines = true, .length = 200000, .is = {"what it says", "内容"}},
    {.name = "receipt",  .type = BODY_TEXT, .needed = true, .lines = true, .length = 5000000, .is = {"signed proof that it stands there, for `baton verify --receipt`", "已入账的签名凭证，可用 `baton verify --receipt` 核验"}},
};
const struct body_shape stored_fact_shape = {
    .name = "StoredFact", BODY_FIELDS(stored_fact_fields), .is = {"a fact that is durable", "已入账的事实"},
    .example = "{\"position\": 812, \"words\": \"figure yunhu gdp 2021-08: 512.3\", \"receipt\": \"baton-receipt 1\\n\"}"};

static const struct body_field stored_fields[] = {
    {.name = "first",  .type = BODY_COUNT, .needed = true, .is = {"position of the first one", "第一条的编号"}},
    {.name = "repeat", .type = BODY_FLAG, .needed = true, .is = {"this request was stored before, and nothing was stored now", "此请求先前已受理，本次未再存入"}},
    {.name = "digest", .type = BODY_TEXT, .is = {"of evidence: by which facts name it", "佐证的摘要，事实以此引用"}},
    {.name = "items",  .type = BODY_OBJECTS, .needed = true, .inner = &stored_fact_shape, .is = {"each with its receipt", "各条及其回执"}},
};
const struct body_shape stored_shape = {
    .name = "Stored", BODY_FIELDS(stored_fields), .is = {"what became durable", "入账结果"},
    .example = "{\"first\": 812, \"repeat\": false, \"items\": [{\"position\": 812, \"words\": \"figure yunhu gdp 2021-08: 512.3\", \"receipt\": \"baton-receipt 1\\n\"}]}"};
/* clang-format on */
