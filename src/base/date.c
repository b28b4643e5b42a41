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

/* Counts in eras of 400 years, in years that begin with March. */
uint32_t date_of_seconds(int64_t seconds)
{
    const int64_t last = INT64_C(253402300799); /* 9999-12-31T23:59:59Z */
    if (seconds < 0 || seconds > last) {
        return 0;
    }
    uint64_t days = (uint64_t)seconds / 86400 + 719468; /* since 0000-03-01 */
    uint64_t era = days / 146097;
    uint64_t of_era = days % 146097;
    uint64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    uint64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    uint64_t month = (5 * of_year + 2) / 153; /* 0 is March */
    uint64_t day = of_year - (153 * month + 2) / 5 + 1;
    uint64_t shown = month < 10 ? month + 3 : month - 9;
    return (uint32_t)((year + era * 400 + (shown <= 2 ? 1 : 0)) * 10000 + shown * 100 + day);
}

void date_add(struct buf *out, uint32_t date)
{
    buf_add_format(out, "%04u-%02u-%02u", (unsigned)(date / 10000), (unsigned)(date / 100 % 100),
                   (unsigned)(date % 100));
}

void date_add_moment(struct buf *out, int64_t seconds)
{
    uint32_t date = date_of_seconds(seconds);
    if (date == 0) {
        buf_add_text(out, "unknown time");
        return;
    }
    unsigned minutes = (unsigned)(seconds % 86400 / 60);
    date_add(out, date);
    buf_add_format(out, " %02u:%02u", minutes / 60, minutes % 60);
}
