/* Names of cells: A1, AB12. */
#include "base/limits.h"
#include "files/workbook.h"
#include <assert.h>
#include <stdio.h>

const char *workbook_cell_name(uint32_t row, uint32_t column, char out[WORKBOOK_NAME_SIZE]) {
    char letters[8];
    int count = 0;
    assert(column > 0);
    for (uint32_t left = column; left > 0; left = (left - 1) / 26)
        letters[count++] = (char)('A' + (left - 1) % 26);
    int used = 0;
    while (count > 0)
        out[used++] = letters[--count];
    snprintf(out + used, (size_t)(WORKBOOK_NAME_SIZE - used), "%u", row % 100000000);
    return out;
}

bool workbook_cell_parse(const char *text, size_t size, uint32_t *row, uint32_t *column) {
    const char *at = text, *const end = text + size;
    uint32_t letters = 0, digits = 0;
    if (at < end && *at == '$')
        at++;
    const char *const first = at;
    for (; at < end && ((*at | ' ') >= 'a' && (*at | ' ') <= 'z'); at++) {
        letters = letters * 26 + (uint32_t)((*at | ' ') - 'a' + 1);
        if (letters > LIMIT_EXCEL_COLUMNS)
            return false;
    }
    if (at == first)
        return false;
    if (at < end && *at == '$')
        at++;
    if (at == end || *at == '0')
        return false;
    for (; at < end; at++) {
        if (*at < '0' || *at > '9')
            return false;
        digits = digits * 10 + (uint32_t)(*at - '0');
        if (digits > LIMIT_EXCEL_ROWS)
            return false;
    }
    *row = digits;
    *column = letters;
    return true;
}
