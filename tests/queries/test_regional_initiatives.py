from datetime import date


def test_only_the_countrys_own_region_is_told_the_latest_cycle_first(database, rows):
    database(
        {
            "country_group": [
                {"country": "KEN", "group_code": "AFR"},
                {"country": "FIN", "group_code": "EUR"},
            ],
            "regional_initiative": [
                {
                    "plan": "KAP",
                    "region": "AFR",
                    "code": "AFR1",
                    "title": "Old",
                    "cycle": "2023-2025",
                },
                {
                    "plan": "BAP",
                    "region": "AFR",
                    "code": "AFR2",
                    "title": "New",
                    "cycle": "2026-2029",
                },
                {
                    "plan": "BAP",
                    "region": "EUR",
                    "code": "EUR1",
                    "title": "Else",
                    "cycle": "2026-2029",
                },
            ],
        }
    )
    asked = rows("regional_initiatives", of_country="KEN", today=date(2026, 11, 24))
    assert [(row["plan"], row["code"], row["title"]) for row in asked] == [
        ("BAP", "AFR2", "New"),
        ("KAP", "AFR1", "Old"),
    ]
