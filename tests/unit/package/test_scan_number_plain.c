/* scan_number.h as it is where there are no vector operations. */
#define SCAN_NUMBER_PLAIN
#define SCAN_TEST(name) TEST(scan_number_plain_##name)
#include "test_scan_number.c" // NOLINT(bugprone-suspicious-include)
