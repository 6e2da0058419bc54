/* What a reader has to know: of what the workbook is, how its numbers come about, what its words and marks mean, what was missing, and
 * by which method each indicator is scored. */
#include "engine/session.h"
#include "report/layout.h"
#include "report/method_words.h"
#include "report/result_workbook_parts.h"
#include "report/words.h"
#include <math.h>

enum { LABEL_WIDTH = 24, TEXT_WIDTH = 84, COLUMNS = 6 };

struct notes {
    struct result_book *result;
    const struct book *book;
    struct book_sheet *sheet;
    uint32_t row;
};

static void say(struct notes *notes, const char *label, const char *text, uint8_t fill) {
    struct book_look look = {.fill = fill, .border = true, .wrap = true};
    worksheet_set_row(notes->sheet->sheet, notes->row, book_lines(text, TEXT_WIDTH), NULL);
    look.bold = true;
    book_text(notes->sheet, notes->row, 0, label, look);
    look.bold = false;
    look.fill = BOOK_FILL_NONE;
    book_span(notes->sheet, notes->row, 1, COLUMNS - 1, text, look);
    notes->row++;
}

static void heading(struct notes *notes, const char *text) {
    notes->row++;
    book_text(notes->sheet, notes->row++, 0, text, (struct book_look){.bold = true});
}

/* ---- Of what it is. */

static void say_what(struct notes *notes) {
    const struct book *book = notes->book;
    const struct result_view *view = notes->result->view;
    const struct baton_scheme *scheme = notes->result->scheme;
    struct baton_arena *arena = notes->result->arena;
    struct baton_period compared;
    say(notes, book_words(book, "Assessment", "考核"),
        baton_text_in(&scheme->title, book->language, scheme->id), 0);
    say(notes, book_words(book, "Period", "考核周期"),
        words_period(arena, view->result->period, book->language), 0);
    say(notes, book_words(book, "As of", "数据截止"),
        view->as_of_day == INT32_MAX
            ? book_words(book, "every period counts as ended and due", "各周期均按已结束、已到期计")
            : arena_printf(arena,
                           book_words(book, "what had ended and was due on %s",
                                      "按%s已结束、已到期的数据计"),
                           words_day(arena, view->as_of_day, book->language)),
        0);
    if (baton_result_compared(view->session, &compared))
        say(notes, book_words(book, "Compared with", "升降比较"),
            words_period(arena, compared, book->language), 0);
    if (view->top > 0)
        say(notes, book_words(book, "Shown", "所列范围"),
            arena_printf(arena, book_words(book, "the first %u of each group", "每类前%u名"),
                         view->top),
            0);
    say(notes, book_words(book, "Scheme", "考核方案标识"), scheme->id, 0);
    say(notes, book_words(book, "Made by", "计分程序"),
        arena_printf(arena,
                     book_words(book, "baton %s, assessment packages of format 1",
                                "baton（指挥棒）%s，考核包格式 1"),
                     BATON_VERSION),
        0);
}

/* ---- How the numbers come about. */

static bool has_aggregate(const struct baton_scheme *scheme, enum baton_aggregate aggregate) {
    for (uint32_t n = 0; n < scheme->node_count; n++)
        if (scheme->node[n].child_count > 0 && scheme->node[n].aggregate == aggregate)
            return true;
    return false;
}

static const char *rounding_of(const struct notes *notes) {
    switch (notes->result->scheme->rounding) {
    case BATON_ROUND_HALF_EVEN:
        return book_words(notes->book, "half to even", "四舍六入五成双");
    case BATON_ROUND_DOWN:
        return book_words(notes->book, "down, what is left is cut off", "舍去尾数");
    case BATON_ROUND_HALF_AWAY:
        break;
    }
    return book_words(notes->book, "half up", "四舍五入");
}

static void say_aggregates(struct notes *notes) {
    static const struct {
        enum baton_aggregate of;
        const char *label[2], *text[2];
    } words[] = {
        {BATON_GEOMETRIC,
         {"Geometric mean", "加权几何平均"},
         {"Where the parts are joined by their weighted geometric mean, the score is EXP of the "
          "mean of LN, and the points are score × weight / 100.",
          "按加权几何平均合成的，得分为各下级得分自然对数加权平均后的指数，分值＝得分×权重÷100。"}},
        {BATON_HARMONIC,
         {"Harmonic mean", "加权调和平均"},
         {"Where the parts are joined by their weighted harmonic mean, the score is the weights' "
          "sum by the sum of weight / score, and the points are score × weight / 100.",
          "按加权调和平均合成的，得分为权重之和除以各项“权重÷得分”之和，分值＝得分×权重÷100。"}},
        {BATON_AGGREGATE_MIN,
         {"Smallest score", "取最低分"},
         {"Where the smallest score counts, the points are the smallest score × weight / 100, and "
          "not the sum of the parts' points.",
          "取最低分的，分值＝下级最低得分×权重÷100，不等于下级分值之和。"}},
        {BATON_COPELAND,
         {"Pairwise comparison", "两两比较"},
         {"Where units are compared in pairs (Copeland), the score is wins less losses against all "
          "others. It is given as a number, since no simple formula says it.",
          "按两两比较（科普兰法）合成的，得分为与其他对象比较的胜场减负场，没有简单公式，直接填数"
          "。"}},
    };
    for (size_t i = 0; i < LENGTH(words); i++)
        if (has_aggregate(notes->result->scheme, words[i].of))
            say(notes, words[i].label[notes->book->language], words[i].text[notes->book->language],
                0);
}

static void say_formulas(struct notes *notes) {
    const struct result_book *result = notes->result;
    const char *text = arena_printf(result->arena,
                                    book_words(notes->book,
                                               "%llu cells of points and totals hold a formula, "
                                               "which comes to the number of the program.",
                                               "分值和总分中有%llu格为公式，计算结果与程序一致。"),
                                    (unsigned long long)result->formulas);
    if (result->plain > 0)
        text = arena_printf(
            result->arena,
            book_words(
                notes->book,
                "%s %llu hold the number alone: of what a veto made 0, or of a method that no "
                "formula says.",
                "%s另有%llu格直接填数，为因一票否决等记0的项目，或者没有简单公式的评分方法。"),
            text, (unsigned long long)result->plain);
    say(notes, book_words(notes->book, "Formulas", "公式"), text, 0);
}

static void say_how(struct notes *notes) {
    const struct book *book = notes->book;
    const struct result_book *result = notes->result;
    const struct baton_scheme *scheme = result->scheme;
    heading(notes, book_words(book, "How the numbers come about", "分值和总分的由来"));
    say(notes, book_words(book, "Points", "分值"),
        book_words(
            book,
            "Points of an indicator = score × weight / 100. The weight is the effective one: the "
            "share of the total that counts for this unit, after what other units have instead and "
            "what was given away by indicators without a score. Points of a block = the sum of its "
            "parts' points.",
            "指标分值＝得分×权重÷100。权重为有效权重，即在该单位总分中所占的分数，已计入分类、分单"
            "位的权重，以及因缺失、不适用而分摊给同级指标的权重。板块分值＝所属各项分值之和。"),
        0);
    say_aggregates(notes);
    if (result_has_base(result->view))
        say(notes, book_words(book, "Total", "总分"),
            book_words(
                book,
                "Total = before adjustments + bonus - deduction, within the bounds of the scheme "
                "where it has any. Bonus and deduction are those that count, after caps.",
                "总分＝加减分前＋加分－减分，方案规定上下限的在上下限之内。加分、减分为封顶后实际计"
                "入的分数。"),
            0);
    else
        say(notes, book_words(book, "Total", "总分"),
            book_words(
                book,
                "Total = the sum of the blocks' points, unless the scheme joins blocks otherwise, "
                "within the bounds of the scheme where it has any.",
                "总分＝各板块分值之和（方案另有合成办法的除外），方案规定上下限的在上下限之内。"),
            0);
    say(notes, book_words(book, "Rounding", "取舍"),
        arena_printf(
            result->arena,
            scheme->round_at_node
                ? book_words(
                      book,
                      "Points are rounded (%s) at every node before they are added. Scores of "
                      "indicators are exact, and shown with the decimals that are published.",
                      "各项分值先取舍（%s）再相加。指标得分为精确值，按公布的小数位显示。")
                : book_words(book,
                             "The total is rounded (%s) as it is published and ranked. All other "
                             "numbers are exact, and shown with the decimals that are published.",
                             "总分按公布和排名所用的小数位取舍（%"
                             "s），其余各数为精确值，按公布的小数位显示。"),
            rounding_of(notes)),
        0);
    if (result->view->rounded)
        say(notes, book_words(book, "Formulas", "公式"),
            book_words(
                book,
                "All numbers are rounded as published, so there are no formulas: rounded parts "
                "need not add up to what was rounded once.",
                "各数均已按公布的小数位取舍，不含公式：取舍后的各项之和不一定等于取舍后的总数。"),
            0);
    else
        say_formulas(notes);
    say(notes, book_words(book, "Columns", "列的展开"),
        book_words(book,
                   "The buttons 1, 2, 3 above the columns fold and unfold blocks: 1 = blocks, 2 = "
                   "what is below them, and so on, last the score and the weight of each.",
                   "表上方的分级按钮1、2、3用于折叠和展开：1只显示板块，2显示下级指标，依次展开，直"
                   "到各项的得分和权重。"),
        0);
}

/* ---- What was missing. */

static void say_missing(struct notes *notes) {
    static const unsigned kinds[] = {1, 2, 3, 4, 5, 0}; /* pending, missing ... as bits */
    const struct result_book *result = notes->result;
    uint64_t count[BATON_NOTES] = {0}, leaves = 0, units = 0, without = 0;
    for (uint32_t u = 0; u < result->scheme->ranked_count; u++) {
        if (!result->is_shown[u])
            continue;
        units++;
        without += isnan(result->view->result->score[u]);
        for (uint32_t n = 1; n < result->scheme->node_count; n++) {
            if (result->scheme->node[n].child_count > 0 ||
                !baton_result_has_row(result->view->session, n, u))
                continue;
            leaves++;
            const uint16_t of = result_notes(result->view, n, u);
            for (unsigned i = 0; i < BATON_NOTES; i++)
                count[i] += of >> i & 1;
        }
    }
    heading(notes, book_words(notes->book, "Figures", "数据情况"));
    say(notes, book_words(notes->book, "Units", "考核对象"),
        without == 0
            ? arena_printf(result->arena,
                           book_words(notes->book, "%llu, with %llu indicators in all",
                                      "%llu个，共%llu项次指标"),
                           (unsigned long long)units, (unsigned long long)leaves)
            : arena_printf(result->arena,
                           book_words(notes->book,
                                      "%llu, with %llu indicators in all; %llu without a total",
                                      "%llu个，共%llu项次指标；其中%llu个没有总分"),
                           (unsigned long long)units, (unsigned long long)leaves,
                           (unsigned long long)without),
        0);
    uint64_t all = 0;
    for (size_t i = 0; i < LENGTH(kinds); i++) {
        const unsigned kind = kinds[i];
        all += count[kind];
        if (count[kind] > 0)
            say(notes, baton_note_meaning(kind, notes->book->language),
                arena_printf(result->arena, book_words(notes->book, "%llu", "%llu项次"),
                             (unsigned long long)count[kind]),
                0);
    }
    if (all == 0)
        say(notes, book_words(notes->book, "Missing figures", "缺失数据"),
            book_words(notes->book, "none", "无"), 0);
}

/* ---- What words and marks mean. */

static void say_ratings(struct notes *notes) {
    const struct result_book *result = notes->result;
    bool begun = false;
    for (size_t g = 0; g < result->groups; g++) {
        const struct baton_ratings *ratings =
            &result->scheme->group[result->group[g].group].ratings;
        bool told = false;
        for (size_t h = 0; h < g; h++)
            told =
                told || result->scheme->group[result->group[h].group].ratings.item == ratings->item;
        if (told || ratings->count == 0)
            continue;
        if (!begun)
            heading(notes, book_words(notes->book, "Ratings of indicators", "指标评价"));
        begun = true;
        for (uint32_t r = 0; r < ratings->count; r++) {
            const struct baton_rating *rating = &ratings->item[r];
            char edge[BATON_NUMBER_SHORTEST_SIZE];
            baton_number_shortest(rating->at_least, edge);
            say(notes,
                arena_printf(result->arena, "%s %s", words_mark(r),
                             baton_text_in(&rating->title, notes->book->language, rating->id)),
                isnan(rating->at_least)
                    ? book_words(notes->book, "below", "低于以上各档")
                    : arena_printf(
                          result->arena,
                          book_words(notes->book, "a score of %s or more", "得分%s以上（含）"),
                          edge),
                book_rating_fill(r, ratings->count));
        }
    }
}

static void say_notes(struct notes *notes) {
    heading(notes, book_words(notes->book, "Notes in the data", "数据表中的说明代码"));
    for (unsigned i = 0; i < BATON_NOTES; i++)
        say(notes, baton_note_name(i), baton_note_meaning(i, notes->book->language), 0);
}

/* ---- The indicators. */

static bool is_used(const struct result_book *result, uint32_t node) {
    for (size_t g = 0; g < result->groups; g++)
        if (result->group[g].points[node] != BATON_NONE)
            return true;
    return false;
}

static void say_indicators(struct notes *notes) {
    const struct book *book = notes->book;
    const struct baton_scheme *scheme = notes->result->scheme;
    const char *titles[COLUMNS] = {
        book_words(book, "Indicator", "指标"),   book_words(book, "Identifier", "标识"),
        book_words(book, "Method", "评分方法"),  book_words(book, "Direction", "方向"),
        book_words(book, "Measure", "计量单位"), book_words(book, "Source", "数据来源")};
    heading(notes, book_words(book, "Indicators", "指标一览"));
    for (uint32_t c = 0; c < COLUMNS; c++)
        book_text(notes->sheet, notes->row, c, titles[c], BOOK_HEAD_LOOK);
    notes->row++;
    for (uint32_t n = 1; n < scheme->node_count; n++) {
        const struct baton_node *node = &scheme->node[n];
        const bool is_leaf = node->child_count == 0;
        if (!is_used(notes->result, n) || notes->row + 2 >= BOOK_ROWS)
            continue;
        const struct arena_mark mark = arena_mark(notes->result->arena);
        const struct book_look look = {
            .fill = is_leaf ? BOOK_FILL_NONE : BOOK_FILL_TOTAL, .bold = !is_leaf, .border = true};
        const char *indent = "　　　　　　　　";
        const uint32_t depth = node->level < 8 ? node->level - 1 : 7;
        book_text(notes->sheet, notes->row, 0,
                  arena_printf(notes->result->arena, "%.*s%s", (int)(3 * depth), indent,
                               book_node(book, n)),
                  look);
        book_text(notes->sheet, notes->row, 1, node->id, look);
        book_text(notes->sheet, notes->row, 2,
                  is_leaf ? method_words_kind(&scheme->method[node->method], book->language) : "",
                  look);
        book_text(notes->sheet, notes->row, 3,
                  !is_leaf                        ? ""
                  : node->direction == BATON_DOWN ? book_words(book, "lower is better", "逆向")
                                                  : book_words(book, "higher is better", "正向"),
                  look);
        book_text(notes->sheet, notes->row, 4, node->measure == NULL ? "" : node->measure, look);
        book_text(notes->sheet, notes->row++, 5, node->source == NULL ? "" : node->source, look);
        arena_reset_to(notes->result->arena, mark);
    }
}

void workbook_notes(struct result_book *result) {
    struct notes notes = {.result = result, .book = result->book};
    notes.sheet = book_add(result->book, book_words(result->book, "Notes", "说明"), COLUMNS);
    worksheet_set_row(notes.sheet->sheet, 0, 24, NULL);
    book_text(notes.sheet, notes.row, 0, book_title(result->book),
              (struct book_look){.bold = true});
    notes.row = 2;
    say_what(&notes);
    say_how(&notes);
    say_missing(&notes);
    say_ratings(&notes);
    say_notes(&notes);
    for (uint32_t c = 0; c < COLUMNS; c++)
        notes.sheet->width[c] = 0; /* paragraphs are broken into lines */
    say_indicators(&notes);
    book_widths(notes.sheet, 0, 1, LABEL_WIDTH, 44);
    book_widths(notes.sheet, 1, 1, 18, 30);
    book_widths(notes.sheet, 2, 1, 18, 30);
    book_widths(notes.sheet, 3, 2, 14, 18);
    book_widths(notes.sheet, 5, 1, 20, 40);
}
