/* `baton help codes`: every message that Baton has, with its number and what to do about it. */
#include "cli/help.h"
#include "cli/print_findings.h"
#include "report/layout.h"
#include <assert.h>

enum { HELP_WIDTH = 80, INDENT = 6 };

/* What the first two digits of a number say. */
static const struct {
    int hundred;
    const char *title[2];
} sections[] = {
    {10, {"Done, and the answer is no", "已完成，结论为否"}},
    {20, {"Usage and whole packages", "用法和考核包整体"}},
    {21, {"Tables", "表"}},
    {22, {"scheme.yaml", "scheme.yaml"}},
    {23, {"References", "引用"}},
    {24, {"The scheme as a whole", "方案整体"}},
    {25, {"Expressions", "表达式"}},
    {26, {"Figures", "数据"}},
    {27, {"Scoring", "计分"}},
    {28,
     {"The scheme lint: sound, but likely to be regretted",
      "方案体检：可以计分，但日后可能带来麻烦"}},
    {29, {"Archives, workbooks, offices' sheets", "压缩包、工作簿、部门报表"}},
    {30, {"Could not", "未能完成"}},
    {51, {"The store of a ledger", "账本的存储"}},
    {52, {"The journal: entries, heads, receipts, keys", "流水：条目、签名摘要、回执、密钥"}},
    {53, {"Facts", "事实"}},
    {54, {"Decisions and rights", "决定和权限"}},
    {55, {"Who appends", "写入权"}},
    {56, {"Packages and ledgers, and commands of ledgers", "考核包与账本，账本的命令"}},
    {57, {"The server: requests, accounts", "服务：请求与账号"}},
    {58, {"Collection: the calendar", "报送：日程"}},
};

static void print_section(const struct invocation *invocation, int hundred) {
    size_t i = 0;
    while (i < LENGTH(sections) && sections[i].hundred != hundred)
        i++;
    assert(i < LENGTH(sections));
    writer_printf(invocation->out, "\n%dxx ", hundred);
    paint_text(invocation->out, invocation->colour_out, PAINT_STRONG,
               sections[i].title[invocation->language]);
    writer_text(invocation->out, "\n");
}

static void print_indented(const struct invocation *invocation, const char *text) {
    if (*text == '\0')
        return;
    writer_printf(invocation->out, "%*s", INDENT, "");
    layout_wrap(invocation->out, text, INDENT, INDENT, HELP_WIDTH);
}

/* A code with `…` for what its message names. */
static void print_code(const struct invocation *invocation, const struct baton_code_info *code) {
    const struct baton_finding finding = {.code = (baton_code)code->number,
                                          .arg = {"…", "…", "…", "…"}};
    const enum baton_language language = invocation->language;
    writer_printf(invocation->out, "%d  %s (%s", code->number, code->name,
                  severity_word(code->severity, language));
    if (code->severity == BATON_ERROR)
        writer_printf(invocation->out, language == BATON_ZH ? "，退出状态 %d" : ", exit %d",
                      code->exit_status);
    writer_text(invocation->out, ")\n");
    print_indented(invocation, baton_finding_message(invocation->arena, &finding, language));
    print_indented(invocation, baton_code_why(finding.code, language));
    print_indented(invocation, baton_finding_advice(invocation->arena, &finding, language));
}

void help_codes(const struct invocation *invocation) {
    unsigned count;
    const struct baton_code_info *list = baton_code_list(&count);
    const char *about =
        in_language(invocation,
                    "What Baton may say, by number: what is wrong, then what to do. … stands for "
                    "what is found in the "
                    "input. A package with warnings is sound, unless it is checked with --strict; "
                    "a note never matters.",
                    "Baton 的全部提示，按编号排列：先是问题，后是改正办法。… 代表输入中的具体内容。"
                    "有警告的考核包仍符合要求，但 --strict 检查时除外；提示不影响结论。");
    layout_wrap(invocation->out, about, 0, 0, HELP_WIDTH);
    for (unsigned i = 0; i < count; i++) {
        if (i == 0 || list[i].number / 100 != list[i - 1].number / 100)
            print_section(invocation, list[i].number / 100);
        print_code(invocation, &list[i]);
    }
}
