/* Days as YYYY-MM-DD (RFC 3339, full-date), checked against the calendar. */
#include "base/date.h"

bool date_parse(struct span text, uint32_t *date)
{
    static const uint32_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    struct span rest = text;
    uint64_t year;
    uint64_t month;
    uint64_t day;
    if (text.size != 10 || text.data[4] != '-' || text.data[7] != '-' ||
        !span_to_u64(span_cut(&rest, '-'), &year) || !span_to_u64(span_cut(&rest, '-'), &month) ||
        !span_to_u64(rest, &day) || month < 1 || month > 12 || day < 1) {
        return false;
    }
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    uint32_t last = days[month - 1] + (month == 2 && leap ? 1 : 0);
    *date = (uint32_t)(year * 10000 + month * 100 + day);
    return day <= last && year >= 2000;
}

void date_add(struct buf *out, uint32_t date)
{
    buf_add_format(out, "%04u-%02u-%02u", (unsigned)(date / 10000), (unsigned)(date / 100 % 100),
                   (unsigned)(date % 100));
}
