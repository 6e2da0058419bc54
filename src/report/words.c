/* Periods, days and marks in words. */
#include "report/words.h"
#include "baton/result.h"
#include <errno.h>
#include <string.h>

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

const char *words_day(struct baton_arena *arena, int32_t day, enum baton_language language) {
    const struct baton_period month = baton_period_of_day(BATON_MONTH, day);
    if (month.kind == BATON_PERIOD_NONE)
        return "";
    const int number = day - baton_period_first_day(month) + 1;
    return language == BATON_ZH
               ? arena_printf(arena, "%d年%d月%d日", month.year, month.index, number)
               : arena_printf(arena, "%d %s %d", number, months[month.index - 1], month.year);
}

static const char *words_zh(struct baton_arena *arena, struct baton_period p) {
    static const char *const quarters[] = {"一", "二", "三", "四"};
    switch ((enum baton_period_kind)p.kind) {
    case BATON_YEAR:
        return arena_printf(arena, "%d年", p.year);
    case BATON_HALF:
        return arena_printf(arena, "%d年%s半年", p.year, p.index == 1 ? "上" : "下");
    case BATON_QUARTER:
        return arena_printf(arena, "%d年第%s季度", p.year, quarters[p.index - 1]);
    case BATON_MONTH:
        return arena_printf(arena, "%d年%d月", p.year, p.index);
    case BATON_WEEK:
        return arena_printf(arena, "%d年第%d周", p.year, p.index);
    case BATON_DAY:
        return words_day(arena, baton_period_first_day(p), BATON_ZH);
    case BATON_PERIOD_NONE:
        break;
    }
    return "";
}

static const char *words_en(struct baton_arena *arena, struct baton_period p) {
    static const char *const ordinals[] = {"first", "second", "third", "fourth"};
    switch ((enum baton_period_kind)p.kind) {
    case BATON_YEAR:
        return arena_printf(arena, "%d", p.year);
    case BATON_HALF:
        return arena_printf(arena, "%s half of %d", ordinals[p.index - 1], p.year);
    case BATON_QUARTER:
        return arena_printf(arena, "%s quarter of %d", ordinals[p.index - 1], p.year);
    case BATON_MONTH:
        return arena_printf(arena, "%s %d", months[p.index - 1], p.year);
    case BATON_WEEK:
        return arena_printf(arena, "week %d of %d", p.index, p.year);
    case BATON_DAY:
        return words_day(arena, baton_period_first_day(p), BATON_EN);
    case BATON_PERIOD_NONE:
        break;
    }
    return "";
}

const char *words_period(struct baton_arena *arena, struct baton_period period,
                         enum baton_language language) {
    return language == BATON_ZH ? words_zh(arena, period) : words_en(arena, period);
}

const char *words_absent(uint16_t notes, enum baton_language language) {
    if ((notes & BATON_NOTE_NA) != 0)
        return language == BATON_ZH ? "不适用" : "n/a";
    if ((notes & BATON_NOTE_PENDING) != 0)
        return language == BATON_ZH ? "未到期" : "not due";
    return "—";
}

const char *words_system(const char *said, enum baton_language language) {
    static const struct {
        int number;
        const char *zh;
    } words[] = {
        {ENOENT, "没有这个文件或文件夹"},
        {EACCES, "没有权限"},
        {EPERM, "不允许这样操作"},
        {ENOSPC, "磁盘空间不足"},
        {EDQUOT, "超出磁盘配额"},
        {EISDIR, "这是文件夹，不是文件"},
        {EROFS, "磁盘为只读"},
        {ENOTDIR, "路径中有一部分不是文件夹"},
        {EIO, "读写设备时出错"},
        {ENAMETOOLONG, "文件名过长"},
        {EMFILE, "打开的文件过多"},
        {EFBIG, "文件过大"},
    };
    for (size_t i = 0; language == BATON_ZH && i < LENGTH(words); i++)
        if (strcmp(said, strerror(words[i].number)) == 0)
            return words[i].zh;
    return said;
}

const char *words_mark(uint32_t rating) {
    static const char *const marks[WORDS_MARKS] = {"●", "◐", "○", "▽", "◇", "□", "△", "☆"};
    return marks[rating < WORDS_MARKS ? rating : WORDS_MARKS - 1];
}
