/* How scores are rounded and equals ranked, in words. */
#include "report/rank_words.h"

const char *rank_words_rounding(enum baton_rounding rounding, enum baton_language language) {
    const bool zh = language == BATON_ZH;
    switch (rounding) {
    case BATON_ROUND_HALF_EVEN:
        return zh ? "四舍六入五成双" : "rounded to the nearer, from the middle to the even digit";
    case BATON_ROUND_DOWN:
        return zh ? "其余舍去" : "cut off towards 0";
    default:
        return zh ? "四舍五入" : "rounded half up";
    }
}

const char *rank_words_ties(enum baton_ties ties, enum baton_language language) {
    const bool zh = language == BATON_ZH;
    switch (ties) {
    case BATON_TIES_DENSE:
        return zh ? "并列的名次相同，其后名次不空（1、2、2、3）"
                  : "equals share a rank, and none is left out behind them (1223)";
    case BATON_TIES_MAX:
        return zh ? "并列的取最后名次（1、3、3、4）"
                  : "equals share the last of their ranks (1334)";
    case BATON_TIES_AVERAGE:
        return zh ? "并列的取名次平均数（1、2.5、2.5、4）"
                  : "equals share the mean of their ranks (1 2.5 2.5 4)";
    default:
        return zh ? "并列的取最好名次，其后名次空出（1、2、2、4）"
                  : "equals share the best rank (1224)";
    }
}
