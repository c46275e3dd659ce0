"""Numbers in an author's sentences: what is pointed out, and above all what is left alone."""

from dataclasses import replace

import pytest

from incidents.month import Month
from reports.prose import contradictions
from tests.builders import CORPORATION, POLICE
from tests.reports.proofread import (
    MARCH_2019,
    ORIGINAL,
    THE_CORPORATION,
    THE_POLICE,
    doubts,
    figures,
)

# What is right is left alone


def test_the_published_original_is_left_alone() -> None:
    assert doubts(ORIGINAL) == []


@pytest.mark.parametrize(
    "text",
    [
        # Of a part that the figures do not know
        "There were 3 incidents at Guildhall alone.",
        "At Guildhall there were 3 incidents.",
        "There were 7 incidents in which the supplier was late.",
        "Telephony had 4 incidents.",
        "Telephony failed again. There were 3 incidents.",
        "There were 2 incidents, both of Telephony.",
        "There were no incidents of data loss.",
        "There were no P1 incidents overnight.",
        "There was 1 P1 incident for Mosaic.",
        "There were 2 P1 incidents, 3 P2 incidents in the first week.",
        "Telephony:\n\n- 3 P1 incidents\n- 1 P2 incident",
        "2 P1 incidents were resolved within the hour.",
        "On 12 March there were 2 incidents.",
        "There were 3 incidents at\nGuildhall.",
        "City of London Police had 1 P1 incident at Wood Street.",
        "At Guildhall there were 3 incidents. 3 of these were caused by external factors.",
        "At Guildhall 3 of these were external.",
        "Of the 5 incidents at Guildhall, 2 were external and 3 internal.",
        "At Guildhall there were 3 incidents. Of these, 3 were external.",
        "Of the 5 incidents of last week 2 were external.",
        "Of 40 changes 3 were external.",
        "2 of these were caused by an external supplier, Vodafone.",
        "2 of these were caused by the same external supplier.",
        "95% of users of the new portal were satisfied.",
        "95% of users were satisfied with the new portal.",
        "The NPS of the new portal is 30.",
        "20% of responses within target time were automatic.",
        # Of something else
        "We handled 250 external calls.",
        "5 external suppliers were invited to a review.",
        "An external audit found 3 points; 2 internal ones are open.",
        "Version 10.2 of the external gateway was installed.",
        "Room 3 external door.",
        "A total of 1,300 calls; a total of 40 visits.",
        "INC-0309 and 2 P2 incidents for Tower Bridge have one root.",
        "32 of 1,684 contacts were escalated, and 3 of 5 escalations ended well.",
        "The Net Promoter Score survey was answered by 320 users.",
        "NPS is up by 4 points.",
        "Satisfaction rose by 2%.",
        "Satisfaction improved by 5 percentage points to 90%.",
        "Escalations fell by 10% to 1.9%.",
        "[9 of these were external](https://x.org/14-incidents-in-march) and 9 of the 13 too.",
        # Of another time, or of none
        "Compared with 7 incidents last month this is more.",
        "In February there were 7 incidents.",
        "There were 7 incidents in March 2018.",
        "In a usual month there are 7 incidents.",
        "We expect 3 P1 incidents in a busy month.",
        "If there were 20 P1 incidents, we would need help.",
        "NPS was 65 last year.",
        "The NPS was 60 in December.",
        "The target for satisfaction is 85%.",
        "We agreed on satisfaction of 85%.",
        # Not exact
        "About 10 of these were external.",
        "More than 5 of the 13 were external.",
        "Over 80% of users were satisfied.",
        "Satisfaction of 80% or more was reached.",
        # Right
        "Of the 13 incidents, 9 were external and 4 internal.",
        "Nine of the thirteen incidents had an external cause.",
        "Of the 13 incidents, 9 were external.",
        "There were 13 incidents (9 external, 4 internal).",
        "There were 313 incidents in March.",
        "2 P1 incidents.",
        "There were 4 P1 and 9 P2 incidents.",
        "In March 2019 there were 13 P1 and P2 incidents.",
        "City of London Corporation had 2 P1 and 6 P2 incidents.",
        "For the City of London Police there were 5 incidents.",
        "There were 2 P1 incidents and 6 P2 incidents for City of London Corporation.",
        "77% of incidents were resolved within target.",
        "76.9% of incidents were resolved within target.",
        "50% of P1 incidents of City of London Corporation were resolved within target.",
        "The NPS averaged 69.7.",
        "The NPS was 70 in January, 68 in February and 71 in March.",
        "NPS is 69.67, up from 65.",
        "",
    ],
)
def test_a_number_that_contradicts_nothing_is_left_alone(text: str) -> None:
    assert doubts(text) == []


# What is wrong is pointed out, with both values


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        (
            "There was a total of 12 incidents for the City of London Corporation and City of "
            "London Police in March.",
            "12 P1 and P2 incidents for City of London Corporation and City of London Police; "
            "the records say 13.",
        ),
        ("There were 14 P1 and P2 incidents.", "14 P1 and P2 incidents; the records say 13."),
        (
            "In March there were twelve incidents.",
            "twelve P1 and P2 incidents; the records say 13.",
        ),
        ("We had a total of 12 incidents.", "12 P1 and P2 incidents; the records say 13."),
        ("There was 1 P1 incident this month.", "1 P1 incident; the records say 4."),
        (
            "City of London Police had 6 incidents.",
            "6 P1 and P2 incidents for City of London Police; the records say 5.",
        ),
        (
            "- There were **2** P1 incidents for City of London Corporation and **3** for City of "
            "London Police.",
            "3 P1 incidents for City of London Police; the records say 2.",
        ),
        (
            "6 P2 incidents for the City of London Corporation and 4 for City of London Police.",
            "4 P2 incidents for City of London Police; the records say 3.",
        ),
        (
            "For the City of London Police, there were no P1 incidents.",
            "no P1 incidents for City of London Police; the records say 2.",
        ),
        (
            "8 of these were caused by external factors.",
            "8 with an external cause; the records say 9.",
        ),
        (
            "There were 13 incidents. This is higher than usual, although 8 of these were caused "
            "by external factors such as supplier failures.",
            "8 with an external cause; the records say 9.",
        ),
        ("Eight of the 13 were external.", "eight with an external cause; the records say 9."),
        ("Of 13 incidents 8 were external.", "8 with an external cause; the records say 9."),
        (
            "There were 13 incidents. Of these, eight had an external cause.",
            "eight with an external cause; the records say 9.",
        ),
        (
            "91% of users who completed the survey reported a good or very good experience.",
            "91% for satisfaction; the records say 90% or 100%.",
        ),
        (
            "95% of City of London Police users were satisfied.",
            "95% for satisfaction; the records say 100%.",
        ),
        (
            "Customer satisfaction of City of London Corporation was 92%.",
            "92% for satisfaction; the records say 90%.",
        ),
        (
            "2.1% of open contacts of City of London Corporation were escalated.",
            "2.1% for user escalations; the records say 1.9%.",
        ),
        (
            "90% of P1 incidents were resolved within target.",
            "90% of incidents resolved within target; the records say 75%.",
        ),
        (
            "The Net Promoter Score averaged 68.67.",
            "68.67 for the Net Promoter Score; the records say 69.67, 70, 68 or 71.",
        ),
        (
            "The NPS was 70 in January and 69 in February.",
            "69 for the Net Promoter Score; the records say 68.",
        ),
        (
            "[not for publication, paragraph 3] There were 14 P1 and P2 incidents.",
            "14 P1 and P2 incidents; the records say 13.",
        ),
    ],
)
def test_a_number_that_the_records_contradict_is_pointed_out(text: str, doubt: str) -> None:
    assert doubts(text) == [f"The text says {doubt}"]


def test_two_wrong_numbers_of_a_sentence_are_two_doubts_and_the_same_twice_is_one() -> None:
    text = "Of the 13 incidents, 8 were external and 5 internal."
    assert doubts(f"{text}\n\n{text}") == [
        "The text says 8 with an external cause; the records say 9.",
        "The text says 5 with an internal cause; the records say 4.",
    ]


def test_a_number_of_what_nobody_recorded_is_pointed_out() -> None:
    assert doubts("The NPS is 70.", figures(THE_POLICE)) == [
        "The text says 70 for the Net Promoter Score; the records say not recorded."
    ]


# Whose figures they are


def test_who_sees_one_organisation_is_told_of_that_one_alone() -> None:
    corporation = figures(THE_CORPORATION)
    for text in (
        "There was a total of 13 incidents for the City of London Corporation and City of London "
        "Police in March.",
        "There were 13 P1 and P2 incidents. 9 of these were caused by external factors.",
        "Customer satisfaction was 95%. The NPS is 80.",
        "2 P1 incidents for City of London Corporation and 9 for City of London Police.",
    ):
        assert doubts(text, corporation, elsewhere=POLICE) == []
    assert doubts("City of London Corporation had 9 incidents.", corporation, elsewhere=POLICE) == [
        "The text says 9 P1 and P2 incidents for City of London Corporation; the records say 8."
    ]


def test_under_the_heading_of_an_organisation_it_is_about_that_one_or_about_all() -> None:
    def under(text: str, elsewhere: str = "") -> list[str]:
        others = [elsewhere] if elsewhere else []
        return [str(each) for each in contradictions([text], MARCH_2019, others, CORPORATION)]

    for text in (
        "1.9% of contacts were escalated.",
        "There were 8 incidents.",
        "There were 13 incidents.",
        "City of London Police had 5 incidents.",
    ):
        assert under(text) == []
    assert under("0.7% of contacts were escalated.") == []
    assert under("5% of contacts were escalated.") == [
        "The text says 5% for user escalations; the records say 1.9%."
    ]
    assert under("There were 7 incidents.", elsewhere="A Third") == [
        "The text says 7 P1 and P2 incidents; the records say 8."
    ]
    assert under("City of London Police had 6 incidents.") != []


# What is meant


def test_the_key_of_a_doubt_follows_its_sentence_and_its_number_not_the_records() -> None:
    text = "8 of these were caused by external factors."
    (claim,) = contradictions([text], MARCH_2019)
    assert claim.key == f"8 with an external cause: {text}"
    fewer = replace(MARCH_2019, organisations=(THE_POLICE,))
    assert [each.key for each in contradictions([f"**8**{text[1:]}"], fewer)] == [claim.key]
    changed = contradictions([text.replace("8", "7")], MARCH_2019)
    assert [each.key for each in changed] != [claim.key]


def test_the_month_may_be_another() -> None:
    february = replace(MARCH_2019, month=Month(2019, 2))
    assert doubts("In March there were 12 incidents.", february) == []
    assert len(doubts("In February there were 12 incidents.", february)) == 1
