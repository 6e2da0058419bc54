/* The problems of libyaml's scanner and parser (0.2), by their exact words. Those of its reader cannot come up: yaml.c
 * has looked at every character before. */
#include "package/yaml_problems.h"
#include "base/macros.h"
#include <string.h>

#define CLOSE_QUOTE \
    { "close the quote", "请补上右引号" }
#define HALF_COLON \
    { \
        "write `key: value` with a half-width colon and a space behind it", \
            "请写作 `键: 值`，用半角冒号，后接一个空格" \
    }
#define INDENT \
    { \
        "indent with spaces, all keys of one map to the same column", \
            "请用空格缩进，同一级的键对齐到同一列" \
    }
#define NO_DIRECTIVE \
    { "leave out lines that begin with %", "请删去以 % 开头的行" }
#define NO_TAG \
    { \
        "leave out the tag: every value is read as its key says", \
            "请删去标签：每个值按其键的规定读取" \
    }
#define QUOTE_TEXT \
    { "put the text in quotes: \"...\"", "请给这段文字加上引号：\"...\"" }

/* clang-format off */
static const struct yaml_problem problems[] = {
    {"mapping values are not allowed in this context", {"a `:` stands where no key can stand", "此处不能出现“键:”"}, QUOTE_TEXT},
    {"mapping keys are not allowed in this context", {"a key stands where none can stand", "此处不能出现键"}, INDENT},
    {"block sequence entries are not allowed in this context", {"a `- ` stands where no list can begin", "此处不能开始列表（- ）"}, {"begin the list on a line of its own, below its key", "请把列表写在键的下一行"}},
    {"could not find expected ':'", {"a key without `:` behind it", "键的后面缺少冒号"}, HALF_COLON},
    {"found character that cannot start any token", {"a character that no value can begin with", "值不能以这个字符开头"}, {"put the text in quotes, and indent with spaces, not tabs", "请给文字加上引号；缩进请用空格，不用制表符"}},
    {"found unexpected end of stream", {"the file ends inside quotes", "文件在引号内结束"}, CLOSE_QUOTE},
    {"found unexpected document indicator", {"a line --- or ... inside quotes", "引号内出现了单独的 --- 或 ... 行"}, CLOSE_QUOTE},
    {"found unknown escape character", {"an unknown \\ in double quotes", "双引号中有不认识的 \\ 转义"}, {"write \\\\ for a backslash, or use single quotes", "反斜杠请写作 \\\\，或改用单引号"}},
    {"did not find expected hexdecimal number", {"no hexadecimal number behind \\x or \\u", "\\x 或 \\u 的后面不是十六进制数"}, {"write \\\\ for a backslash, or use single quotes", "反斜杠请写作 \\\\，或改用单引号"}},
    {"found invalid Unicode character escape code", {"\\u names no character", "\\u 所指的不是字符"}, {"write the character itself", "请直接写出这个字符"}},
    {"found a tab character that violates indentation", {"a tab in the indentation", "缩进中有制表符"}, INDENT},
    {"found a tab character where an indentation space is expected", {"a tab in the indentation", "缩进中有制表符"}, INDENT},
    {"found an indentation indicator equal to 0", {"an indentation of 0 behind | or >", "| 或 > 之后的缩进数为 0"}, {"leave the number out", "请删去这个数字"}},
    {"did not find expected comment or line break", {"text behind | or >", "| 或 > 之后还有文字"}, {"begin the text on the next line", "请把文字写在下一行"}},
    {"found unexpected ':'", {"a `:` inside a text in [ ] or { }", "[ ] 或 { } 内的文字中有冒号"}, QUOTE_TEXT},
    {"did not find expected alphabetic or numeric character", {"a text begins with & or *", "文字以 & 或 * 开头"}, QUOTE_TEXT},
    {"did not find expected node content", {"a value is missing here", "此处缺少值"}, {"write a value, or take the comma or mark before it away", "请写上值，或删去前面的逗号或记号"}},
    {"did not find expected '-' indicator", {"a list goes on without `- `", "列表的下一项缺少“- ”"}, INDENT},
    {"did not find expected key", {"a key was expected here", "此处应为键"}, INDENT},
    {"did not find expected ',' or ']'", {"a list in [ ] is not closed", "[ ] 列表没有写完"}, {"separate with half-width commas and close with ]", "请用半角逗号分隔，并以 ] 结束"}},
    {"did not find expected ',' or '}'", {"a map in { } is not closed", "{ } 映射没有写完"}, {"separate with half-width commas and close with }", "请用半角逗号分隔，并以 } 结束"}},
    {"did not find expected <document start>", {"something stands behind the end of the document", "文档结束后还有内容"}, INDENT},
    {"found undefined tag handle", {"a tag", "出现了标签（!）"}, NO_TAG},
    {"did not find expected '!'", {"a tag", "出现了标签（!）"}, NO_TAG},
    {"did not find expected tag URI", {"a tag", "出现了标签（!）"}, NO_TAG},
    {"did not find the expected '>'", {"a tag", "出现了标签（!）"}, NO_TAG},
    {"did not find expected whitespace or line break", {"a tag or directive", "出现了标签或指令"}, NO_TAG},
    {"found an incorrect leading UTF-8 octet", {"a tag", "出现了标签（!）"}, NO_TAG},
    {"found an incorrect trailing UTF-8 octet", {"a tag", "出现了标签（!）"}, NO_TAG},
    {"found unknown directive name", {"an unknown directive", "不认识的指令"}, NO_DIRECTIVE},
    {"could not find expected directive name", {"a line begins with %", "有以 % 开头的行"}, NO_DIRECTIVE},
    {"found unexpected non-alphabetical character", {"a line begins with %", "有以 % 开头的行"}, NO_DIRECTIVE},
    {"found extremely long version number", {"an unknown version of YAML", "不认识的 YAML 版本"}, NO_DIRECTIVE},
    {"did not find expected version number", {"an unknown version of YAML", "不认识的 YAML 版本"}, NO_DIRECTIVE},
    {"did not find expected digit or '.' character", {"an unknown version of YAML", "不认识的 YAML 版本"}, NO_DIRECTIVE},
    {"found incompatible YAML document", {"an unknown version of YAML", "不认识的 YAML 版本"}, NO_DIRECTIVE},
    {"did not find expected whitespace", {"a line begins with %", "有以 % 开头的行"}, NO_DIRECTIVE},
    {"found duplicate %YAML directive", {"%YAML twice", "%YAML 重复"}, NO_DIRECTIVE},
    {"found duplicate %TAG directive", {"%TAG twice", "%TAG 重复"}, NO_DIRECTIVE},
};
static const struct yaml_problem other = {"", {"the text does not fit the form of YAML", "文字不符合 YAML 的写法"}, INDENT};

/* Marks that YAML knows only half-width. */
static const char *const full_width[] = {"：", "，", "“", "”", "‘", "’", "［", "］", "｛", "｝", "【", "】", "－", "＃", "　"};
static const struct yaml_problem full_width_problem = {
    "", {"a full-width mark in the place of one of YAML's own", "用了全角标点代替 YAML 的半角标点"},
    {"write : , \" [ ] { } - # and spaces half-width, with a space behind `:` and `,`", "冒号、逗号、引号、括号、短横、井号和空格请用半角，冒号和逗号后接一个空格"}};
/* clang-format on */

const struct yaml_problem *yaml_problem(const char *said) {
    for (size_t i = 0; i < LENGTH(problems); i++)
        if (said != NULL && strcmp(problems[i].said, said) == 0)
            return &problems[i];
    return &other;
}

const struct yaml_problem *yaml_problem_of_line(const char *line, size_t size) {
    for (size_t i = 0; i < LENGTH(full_width); i++)
        if (size > 0 && memmem(line, size, full_width[i], strlen(full_width[i])) != NULL)
            return &full_width_problem;
    return NULL;
}
