/* The shapes of what api_journal.c answers. */
#include "server/api_journal.h"

/* clang-format off */
static const struct body_field head_fields[] = {
    {.name = "size", .type = BODY_COUNT, .needed = true, .is = {"so many entries are signed", "已签名的记录数"}},
    {.name = "time", .type = BODY_TEXT, .needed = true, .is = {"when it was signed: ISO 8601, UTC", "签名时间（ISO 8601，协调世界时）"}},
    {.name = "root", .type = BODY_TEXT, .needed = true, .is = {"root of the Merkle tree over these entries, as hexadecimal digits", "上述记录的默克尔树根，十六进制"}},
    {.name = "key",  .type = BODY_TEXT, .needed = true, .is = {"digest of the public key, as hexadecimal digits", "公钥的摘要，十六进制"}},
};
static const struct body_shape head_shape = {
    .name = "Head", BODY_FIELDS(head_fields), .is = {"what a signed head says", "签名凭证的内容"},
    .example = "{\"size\": 26725, \"time\": \"2022-01-10T02:23:05.120Z\", \"root\": \"96f2479c512e395e48dbc0cc7a25e166e71a20291df140bd97d3f13149ae7f44\", \"key\": \"24a3a88e0fa849a14378d9947868339fd2889c8649c887c941bd24b112d2c57c\"}"};

static const struct body_field ledger_fields[] = {
    {.name = "id",         .type = BODY_TEXT, .needed = true, .is = {"of the ledger", "账本编号"}},
    {.name = "digest",     .type = BODY_TEXT, .needed = true, .is = {"algorithm of digests", "摘要算法"}},
    {.name = "signature",  .type = BODY_TEXT, .needed = true, .is = {"algorithm of signatures", "签名算法"}},
    {.name = "created",    .type = BODY_TEXT, .needed = true, .is = {"when it was made: ISO 8601, UTC", "建立时间（ISO 8601，协调世界时）"}},
    {.name = "public_key", .type = BODY_TEXT, .needed = true, .is = {"by which heads and receipts are verified: DER, as hexadecimal digits", "核验凭证和回执所用的公钥：DER 编码，十六进制"}},
    {.name = "head",       .type = BODY_OBJECT, .needed = true, .inner = &head_shape, .is = {"the newest one; as a text to be kept: /api/v1/head", "最新凭证；供留存的文本见 /api/v1/head"}},
};
const struct body_shape ledger_shape = {
    .name = "Ledger", BODY_FIELDS(ledger_fields), .is = {"a ledger, and how far it is signed", "账本及其签名情况"},
    .example = "{\"id\": \"city\", \"digest\": \"sha256\", \"signature\": \"ed25519\", \"created\": \"2021-01-04T01:00:00.000Z\", \"public_key\": \"302a300506032b6570032100\", \"head\": {\"size\": 26725, \"time\": \"2022-01-10T02:23:05.120Z\", \"root\": \"96f2\", \"key\": \"24a3\"}}"};

static const struct body_field consistency_fields[] = {
    {.name = "from",        .type = BODY_COUNT, .needed = true, .is = {"so many entries had the head that was kept", "所存凭证对应的记录数"}},
    {.name = "head",        .type = BODY_OBJECT, .needed = true, .inner = &head_shape, .is = {"the newest one, to which the proof leads", "证明所至的最新凭证"}},
    {.name = "proof",       .type = BODY_TEXTS, .needed = true, .is = {"digests of subtrees from the kept head to the newest (RFC 9162, 2.1.4), as hexadecimal digits", "自所存凭证至最新凭证的子树摘要（RFC 9162 第 2.1.4 节），十六进制"}},
    {.name = "signed_head", .type = BODY_TEXT, .needed = true, .lines = true, .length = 100000, .is = {"the newest head with its signature and key, as /api/v1/head gives it", "最新凭证及其签名和公钥，同 /api/v1/head"}},
};
const struct body_shape consistency_shape = {
    .name = "Consistency", BODY_FIELDS(consistency_fields), .is = {"proof that a journal was only added to", "账本只增不改的证明"},
    .example = "{\"from\": 812, \"head\": {\"size\": 26725, \"time\": \"2022-01-10T02:23:05.120Z\", \"root\": \"96f2\", \"key\": \"24a3\"}, \"proof\": [\"f15f\"], \"signed_head\": \"baton-head 1\\n\"}"};

/* What every entry has: see flow/entry_print.h. */
#define ENTRY \
    {.name = "position",   .type = BODY_COUNT, .needed = true, .is = {"its number in the journal", "在账本中的编号"}}, \
    {.name = "time",       .type = BODY_TEXT, .needed = true, .is = {"when it was stored: ISO 8601, UTC", "入账时间（ISO 8601，协调世界时）"}}, \
    {.name = "kind",       .type = BODY_TEXT, .needed = true, .is = {"observation, target, adjustment, unit ...", "事实种类：observation（数据）、target（目标）、adjustment（加减分）、unit（考核对象）等"}}, \
    {.name = "assessment", .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"which assessment; null = it is of the ledger as a whole", "所属考核；null 表示属于整个账本"}}, \
    {.name = "actor",      .type = BODY_TEXT, .needed = true, .blank = true, .is = {"who said it; empty = the program", "填报人；空表示系统"}}, \
    {.name = "actor_name", .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"name of that person; null = none is known", "填报人姓名；null 表示未登记"}}, \
    {.name = "fields",     .type = BODY_ANY, .needed = true, .is = {"what it says, by name: a text; {\"content\": digest} of what stands outside of the journal; {\"kind\", \"fields\"} of a fact that is proposed", "各字段：文本；存于记录之外的内容为 {\"content\": 摘要}；提请的事实为 {\"kind\", \"fields\"}"}}
#define WORDS {.name = "words", .type = BODY_TEXT, .needed = true, .lines = true, .length = 200000, .is = {"what it says, in a line", "内容概述"}}
#define NEXT  {.name = "next", .type = BODY_TEXT, .needed = true, .nullable = true, .is = {"address of the next page; null = there is none", "下一页的地址；null 表示没有"}}
/* And an example of it, without its braces. */
#define SAID "\"position\": 812, \"time\": \"2021-09-03T02:11:40.007Z\", \"kind\": \"observation\", \"assessment\": \"city-2021\", \"actor\": \"li.wei\", \"actor_name\": \"李伟\", \"fields\": {\"unit\": \"yunhu\", \"element\": \"gdp\", \"period\": \"2021-08\", \"value\": \"512.3\"}"
#define SAID_WORDS ", \"words\": \"figure yunhu gdp 2021-08: 512.3\""

static const struct body_field entry_fields[] = {ENTRY, WORDS};
const struct body_shape entry_shape = {
    .name = "Entry", BODY_FIELDS(entry_fields), .is = {"an entry of the journal", "一条账本记录"},
    .example = "{" SAID SAID_WORDS "}"};

static const struct body_field entry_list_fields[] = {
    {.name = "items", .type = BODY_OBJECTS, .needed = true, .inner = &entry_shape, .is = {"the newest first", "新的在前"}},
    {.name = "size",  .type = BODY_COUNT, .needed = true, .is = {"so many entries the journal has", "账本的记录总数"}},
    NEXT,
};
const struct body_shape entry_list_shape = {
    .name = "EntryList", BODY_FIELDS(entry_list_fields), .is = {"entries of the journal", "账本记录"},
    .example = "{\"items\": [{" SAID SAID_WORDS "}], \"size\": 26725, \"next\": \"/api/v1/entries?before=812&limit=50\"}"};

static const struct body_field proposal_fields[] = {
    {.name = "state",   .type = BODY_WORD, .needed = true, .words = "open accepted refused withdrawn", .is = {"what became of it", "状态：open（待决定）、accepted（同意）、refused（不同意）、withdrawn（已撤回）"}},
    {.name = "decided", .type = BODY_COUNT, .is = {"number of the entry that closed it", "办结该提请的记录编号"}},
    {.name = "expires", .type = BODY_TEXT, .is = {"until when it may be decided: ISO 8601, UTC", "决定期限（ISO 8601，协调世界时）"}},
    ENTRY, WORDS,
};
static const struct body_shape proposal_shape = {
    .name = "Proposal", BODY_FIELDS(proposal_fields), .is = {"what one person put before another", "一项提请"},
    .example = "{\"state\": \"accepted\", \"decided\": 815, " SAID SAID_WORDS "}"};

static const struct body_field proposal_list_fields[] = {
    {.name = "items", .type = BODY_OBJECTS, .needed = true, .inner = &proposal_shape, .is = {"the newest first", "新的在前"}},
    NEXT,
};
const struct body_shape proposal_list_shape = {
    .name = "ProposalList", BODY_FIELDS(proposal_list_fields), .is = {"proposals", "提请"},
    .example = "{\"items\": [{\"state\": \"open\", " SAID SAID_WORDS "}], \"next\": null}"};

static const struct body_field row_fields[] = {
    ENTRY,
    {.name = "revision",  .type = BODY_COUNT, .needed = true, .is = {"how often it was corrected before; 0 = as it was first said", "此前更正的次数，0 为首次填报"}},
    {.name = "first",     .type = BODY_COUNT, .needed = true, .is = {"number of the entry that said it first", "首次填报的记录编号"}},
    {.name = "withdrawn", .type = BODY_FLAG, .is = {"there is no such row from here on", "该行自此撤销"}},
};
static const struct body_shape row_shape = {
    .name = "Row", BODY_FIELDS(row_fields), .is = {"a revision of a row", "一行的一次修订"},
    .example = "{" SAID ", \"revision\": 0, \"first\": 812}"};

static const struct body_field row_list_fields[] = {
    {.name = "items", .type = BODY_OBJECTS, .needed = true, .inner = &row_shape, .is = {"rows in force, in the order of their keys", "现行各行，按键排列"}},
    {.name = "known", .type = BODY_COUNT, .needed = true, .is = {"so many entries count", "计入的记录数"}},
    NEXT,
};
const struct body_shape row_list_shape = {
    .name = "RowList", BODY_FIELDS(row_list_fields), .is = {"rows in force at one time", "某一时点的现行各行"},
    .example = "{\"items\": [{" SAID ", \"revision\": 0, \"first\": 812}], \"known\": 26725, \"next\": null}"};

static const struct body_field revision_list_fields[] = {
    {.name = "items", .type = BODY_OBJECTS, .needed = true, .inner = &row_shape, .is = {"every revision, the oldest first", "历次修订，旧的在前"}},
};
const struct body_shape revision_list_shape = {
    .name = "RevisionList", BODY_FIELDS(revision_list_fields), .is = {"the history of a row", "一行的修订历史"},
    .example = "{\"items\": [{" SAID ", \"revision\": 0, \"first\": 812}]}"};
/* clang-format on */
