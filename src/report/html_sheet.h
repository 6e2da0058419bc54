/* The style sheet of results and report cards: on a screen from a telephone's to 1440 px, in the light and the dark, and on
 * paper. */
#ifndef REPORT_HTML_SHEET_H
#define REPORT_HTML_SHEET_H

extern const char *const html_sheet[]; /* for struct html_page */

#endif
