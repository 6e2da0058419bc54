/* One style sheet in parts: colours and type, what is common, league tables, cards, paper.
 *
 * A league table of many columns, and any on a narrow screen, has each row as a block of lines: the same rules for two
 * selectors, hence the macro. */
#include "report/html_sheet.h"
#include <stddef.h>

/* clang-format off */
static const char colours[] =
    ":root { --ink: #1a1d21; --dim: #59626d; --rule: #c9d0d8; --paper: #fff; --band: #f4f6f8; --fill: #6d8fb3; --rail: #e4e9ee;\n"
    "  --link: #1f5d99; --r0: #0b6e4f; --r1: #2467a8; --r2: #9a6200; --r3: #b3261e; --r4: #59626d; --red: #c1271d; --green: #1d7a46; }\n"
    ":root:lang(zh) { --rise: var(--red); --fall: var(--green); }\n"
    ":root:lang(en) { --rise: var(--green); --fall: var(--red); }\n"
    "@media screen and (prefers-color-scheme: dark) {\n"
    "  :root { --ink: #e4e7eb; --dim: #a3acb6; --rule: #444c55; --paper: #16191d; --band: #1e2328; --fill: #6f9bc8; --rail: #2f363e;\n"
    "    --link: #8ebcec; --r0: #4cc394; --r1: #76b1ee; --r2: #e0a83f; --r3: #f08a80; --r4: #a3acb6; --red: #f08a80; --green: #5cc98b; }\n"
    "}\n";

static const char common[] =
    "* { box-sizing: border-box; }\n"
    "html { color: var(--ink); background: var(--paper); font: 15px/1.5 system-ui, \"Segoe UI\", \"Noto Sans\", \"DejaVu Sans\", sans-serif;\n"
    "  -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }\n"
    "html:lang(zh) { font-family: \"PingFang SC\", \"Microsoft YaHei\", \"Noto Sans CJK SC\", \"WenQuanYi Micro Hei\", sans-serif; line-height: 1.6; }\n"
    "body { margin: 0; }\n"
    "main { max-width: 1440px; margin: 0 auto; padding: 1.2rem 1.5rem 2.5rem; overflow-wrap: break-word; }\n"
    "header { border-bottom: 2px solid var(--ink); padding-bottom: .5rem; }\n"
    "h1 { font-size: 1.5rem; line-height: 1.3; margin: 0; }\n"
    "h2 { font-size: 1.15rem; margin: 1.6rem 0 .4rem; }\n"
    "h3 { font-size: 1rem; margin: 0 0 .3rem; }\n"
    "p { margin: .3rem 0; }\n"
    ".about, .dim, caption small, h2 small { color: var(--dim); font-weight: normal; }\n"
    "a { color: var(--link); text-underline-offset: .15em; }\n"
    "nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: .5rem 0 0; padding: 0; }\n"
    "table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; line-height: 1.35; }\n"
    "caption { text-align: left; font-size: 1.15rem; font-weight: bold; padding: 1.6rem 0 .4rem; }\n"
    "caption small, h2 small { font-size: .85rem; margin-left: .6em; }\n"
    "th, td { padding: .3rem .45rem; text-align: left; vertical-align: middle; border-bottom: 1px solid var(--rule); font-weight: normal; }\n"
    "thead th, thead td { color: var(--dim); font-size: .85rem; vertical-align: bottom; border-bottom: 1px solid var(--ink); line-height: 1.25; }\n"
    "tbody tr:last-child > * { border-bottom: 1px solid var(--ink); }\n"
    "h1, h2, th[scope=row], .about { overflow-wrap: break-word; }\n"
    ".n { text-align: right; white-space: nowrap; }\n"
    ".strong, .total { font-weight: bold; }\n"
    ".notes { margin: .5rem 0 0; padding: 0; list-style: none; font-size: .9rem; }\n"
    ".notes .odd b { color: var(--r2); }\n"
    ".notes .grave b { color: var(--r3); }\n"
    ".legend { font-size: .85rem; color: var(--dim); margin-top: 1.6rem; }\n"
    ".legend span { white-space: nowrap; margin-right: 1em; }\n"
    ".rise { color: var(--rise); }\n"
    ".fall { color: var(--fall); }\n"
    ".r0 { color: var(--r0); } .r1 { color: var(--r1); } .r2 { color: var(--r2); } .r3 { color: var(--r3); }\n"
    ".r4, .r5, .r6, .r7 { color: var(--r4); }\n"
    ".ratings span { white-space: nowrap; margin-right: .5em; }\n";

static const char drawings[] =
    ".shapes { position: absolute; }\n"
    ".arrow { width: .62em; height: .62em; fill: currentColor; margin-right: .12em; }\n"
    ".shape { width: .78em; height: .78em; fill: currentColor; vertical-align: -.06em; margin-left: .15em; }\n"
    ".open { fill: none; stroke: currentColor; stroke-width: 1.4; }\n"
    ".bar { display: block; width: 100%; height: .5rem; margin-top: .1rem; overflow: visible; }\n"
    ".rail { fill: var(--rail); }\n"
    ".fill { fill: var(--fill); }\n"
    ".tick { stroke: var(--ink); stroke-width: 1.5; vector-effect: non-scaling-stroke; }\n"
    ".best { stroke: var(--r0); stroke-width: 2.5; vector-effect: non-scaling-stroke; }\n"
    ".line { width: 6.5rem; height: 1.6rem; vertical-align: middle; }\n"
    ".line.large { display: block; width: 100%; height: auto; overflow: visible; }\n"
    ".own, .other { fill: none; stroke: var(--fill); stroke-width: 1.6; stroke-linejoin: round; stroke-linecap: round; }\n"
    ".other { stroke: var(--dim); stroke-width: 1; stroke-dasharray: 3 3; }\n"
    ".point { fill: var(--fill); }\n"
    ".last { fill: var(--ink); }\n"
    ".key { display: inline-block; width: 1.6rem; height: .7rem; vertical-align: -.05rem; margin: 0 .3rem 0 0; }\n";

static const char league[] =
    ".league .rank { text-align: right; white-space: nowrap; width: 2.6rem; }\n"
    ".league tbody .rank { font-size: 1.1rem; font-weight: bold; }\n"
    ".league .change { white-space: nowrap; width: 3rem; }\n"
    ".league tbody th { font-weight: bold; min-width: 8.5em; }\n"
    ".league .total { width: 7rem; }\n"
    ".league tbody .total { font-size: 1.1rem; }\n"
    ".league thead .total { font-weight: normal; }\n"
    ".league .ratings { white-space: nowrap; }\n"
    ".league .ratings span { display: inline-block; min-width: 2.3em; }\n"
    ".league .grade { white-space: nowrap; }\n"
    ".league .block { text-align: right; min-width: 4.2rem; }\n"
    ".league thead .block { overflow-wrap: normal; hyphens: auto; }\n"
    ".league .course { white-space: nowrap; }\n"
    ".league .total .bar { margin-top: .2rem; }\n"
    ".awards { max-width: 52rem; }\n";

/* Each row as a block of lines: place, name and total; grade, ratings, course; then the blocks with their names. */
#define BLOCKS_OF_LINES(t) \
    t " thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }\n" \
    t ", " t " caption, " t " tbody { display: block; }\n" \
    t " tr { display: flex; flex-wrap: wrap; gap: .25rem .8rem; align-items: baseline; padding: .55rem 0; border-bottom: 1px solid var(--rule); }\n" \
    t " tbody tr > * { border: 0; padding: 0; }\n" \
    t " tr::before { content: \"\"; order: 1; flex: 0 0 100%; }\n" /* the blocks begin a line */ \
    t " .rank { flex: 0 0 1.6rem; }\n" \
    t " .change { flex: 0 0 2.4rem; }\n" \
    t " tbody th { flex: 1 1 10rem; font-size: 1.05rem; min-width: 0; }\n" \
    t " .total { flex: 0 0 6.5rem; }\n" \
    t " .grade { flex: 0 0 4.5rem; }\n" \
    t " .ratings { flex: 0 0 11.4rem; white-space: normal; }\n" \
    t " .course { flex: 0 0 9.4rem; }\n" \
    t " .block { order: 2; flex: 1 0 5.2rem; min-width: 0; max-width: 9rem; text-align: left; }\n" \
    t " .block::before { content: attr(data-label); display: block; color: var(--dim); font-size: .78rem; white-space: nowrap; overflow: hidden;\n" \
    "  text-overflow: ellipsis; }\n"

static const char cards[] =
    ".cards nav h2 { margin: 1rem 0 .2rem; font-size: 1rem; }\n"
    ".card { margin-top: 2.2rem; max-width: 1100px; margin-left: auto; margin-right: auto; }\n"
    ".card > h2 { font-size: 1.5rem; margin: 0; border-bottom: 2px solid var(--ink); padding-bottom: .2rem; }\n"
    ".figures { display: flex; flex-wrap: wrap; gap: .3rem 2.2rem; margin: .6rem 0 .9rem; }\n"
    ".figures div { min-width: 4.5rem; }\n"
    ".figures dt { color: var(--dim); font-size: .82rem; }\n"
    ".figures dd { margin: 0; font-size: 1.15rem; font-weight: bold; font-variant-numeric: tabular-nums; }\n"
    ".figures .first dd { font-size: 1.7rem; line-height: 1.2; }\n"
    ".figures dd small { font-weight: normal; color: var(--dim); font-size: .85rem; }\n"
    ".pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 1fr)); gap: 1rem 2rem; margin-bottom: 1rem; }\n"
    ".three { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); gap: .8rem 2rem; margin-bottom: 1rem; }\n"
    ".card table { font-size: .9rem; }\n"
    ".card h3 { border-bottom: 1px solid var(--ink); }\n"
    ".card h3 small { font-weight: normal; color: var(--dim); }\n"
    ".card tbody th { min-width: 5rem; }\n"
    ".blocks .drawn { width: 34%; min-width: 5rem; }\n"
    ".three ul, .three ol { list-style: none; margin: 0; padding: 0; font-size: .9rem; }\n"
    ".three li { display: flex; justify-content: space-between; gap: .8rem; padding: .12rem 0; border-bottom: 1px dotted var(--rule); }\n"
    ".three li span:last-child { white-space: nowrap; font-variant-numeric: tabular-nums; }\n"
    "details { font-size: .88rem; }\n"
    "summary { cursor: pointer; white-space: nowrap; }\n"
    "td details[open] summary { margin-bottom: .2rem; }\n"
    ".wide { overflow-x: auto; margin-bottom: 1rem; }\n"
    ".course-table { table-layout: fixed; }\n"
    ".course-table th:first-child { width: 4rem; }\n"
    ".course-table .n, .course-table thead th { text-align: center; padding-left: 0; padding-right: 0; }\n"
    ".course-table .drawing { padding: .4rem 0; }\n"
    ".indicators td, .indicators th { padding-top: .16rem; padding-bottom: .16rem; }\n"
    ".indicators .inner > * { font-weight: bold; background: var(--band); }\n"
    ".indicators .d2 th { padding-left: 1.5rem; } .indicators .d3 th { padding-left: 2.5rem; } .indicators .d4 th { padding-left: 3.5rem; }\n"
    ".indicators .measure { color: var(--dim); font-size: .85em; font-weight: normal; }\n";

static const char narrow[] =
    "@media screen and (max-width: 1100px) {\n" BLOCKS_OF_LINES(".league") "}\n" BLOCKS_OF_LINES(".league.many")
    "@media screen and (max-width: 640px) {\n"
    "  main { padding: .8rem .8rem 2rem; }\n"
    "  h1 { font-size: 1.25rem; }\n"
    "  th, td { padding-left: .25rem; padding-right: .25rem; }\n"
    "  .league tbody th { flex-basis: calc(100% - 13.2rem); }\n"
    "  .league .grade { flex: 0 0 auto; }\n"
    "  .league .ratings { flex: 1 1 8rem; }\n"
    "  .league .course { flex: 0 0 auto; }\n"
    "  .league .block { flex-basis: 4.4rem; }\n"
    "  .line { width: 5.2rem; }\n"
    "  .indicators .optional, .blocks .optional { display: none; }\n"
    "  .indicators .d2 th { padding-left: .8rem; } .indicators .d3 th { padding-left: 1.4rem; } .indicators .d4 th { padding-left: 2rem; }\n"
    "  .course-table { min-width: calc(var(--points) * 4.4rem + 4rem); }\n"
    "}\n";

static const char paper[] =
    "@media print {\n"
    "  html { font-size: 9.5pt; }\n"
    "  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }\n"
    "  main { max-width: none; padding: 0; }\n"
    "  nav { display: none; }\n"
    "  .cards nav { display: block; }\n"
    "  a { color: inherit; text-decoration: none; }\n"
    "  thead { display: table-header-group; }\n"
    "  tr, li, figure { break-inside: avoid; }\n"
    "  caption, h2, h3 { break-after: avoid; }\n"
    "  .group { break-inside: avoid; }\n"
    "  .league { font-size: 8.5pt; }\n"
    "  .league th, .league td { padding: .22rem .3rem; }\n"
    "  .league tbody .rank, .league tbody .total { font-size: 10pt; }\n"
    "  .league .total { width: 5rem; } .league .rank { width: 1.8rem; } .league .change { width: 2.4rem; }\n"
    "  .league .block { min-width: 3rem; }\n"
    "  .league tbody th { min-width: 7.5em; }\n"
    "  .line { width: 4.6rem; height: 1.3rem; }\n"
    "  .card { break-before: page; max-width: none; margin: 0; }\n"
    "  .card.alone { break-before: auto; }\n"
    "  .card table { font-size: 8pt; }\n"
    "  .card th, .card td { padding: .1rem .3rem; }\n"
    "  .card .pair, .card .three, .card .wide { margin-bottom: .6rem; gap: .5rem 1.4rem; }\n"
    "  .card .three { grid-template-columns: repeat(3, 1fr); }\n"
    "  .figures { gap: .3rem 1.4rem; margin: .4rem 0 .5rem; } .figures div { min-width: 0; }\n"
    "  .figures dd { font-size: 10.5pt; } .figures .first dd { font-size: 15pt; }\n"
    "  .card .pair { grid-template-columns: 3fr 2fr; }\n"
    "  .three ul { font-size: 8pt; }\n"
    "  .indicators td, .indicators th { padding-top: .06rem; padding-bottom: .06rem; line-height: 1.25; }\n"
    "  .wide { overflow: visible; }\n"
    "  details:not([open]) > :not(summary) { display: none; }\n"
    "  summary { list-style: none; } summary::-webkit-details-marker { display: none; }\n"
    "}\n";
/* clang-format on */

const char *const html_sheet[] = {colours, common, drawings, league, cards, narrow, paper, NULL};
