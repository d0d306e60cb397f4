"""Where and when: the contests, units, candidates and moments of these elections."""

DISTRICT_1 = "house-district/13-01"
DISTRICT_2 = "house-district/13-02"
BLOCK = "house-block/tokyo"
JUSTICES = "justices/26"
UPPER = "upper-list/27"
GOVERNOR = "governor/13"

CHIYODA = "13101"
CHUO = "13102"

AT_22 = "2024-10-27T22:00:00+09:00"
AT_23 = "2024-10-27T23:00:00+09:00"
AT_01 = "2024-10-28T01:00:00+09:00"

A = "13-01-a"
B = "13-01-b"
