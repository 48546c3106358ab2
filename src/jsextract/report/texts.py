"""The words of the findings page itself."""

from __future__ import annotations

from jsextract.language.phrase import phrase


def texts() -> dict[str, str]:
    """By the name that the template has for them, in the language in force."""
    told = {
        "title": phrase("Findings"),
        "skip": phrase("Skip to the findings"),
        "contents": phrase("Accounts"),
        "account": phrase("account"),
        "kind": phrase("kind"),
        "unread": phrase("not read"),
        "failed": phrase("failed"),
        "charts": phrase("The dataset in charts"),
        "figures": phrase("Figures of this chart"),
        "documents": phrase("documents"),
        "accounts": phrase("accounts"),
        "findings": phrase("findings"),
        "files": phrase("Files"),
        "what_unread": phrase("What was not read"),
        "compared": phrase("What was compared"),
        "where": phrase("where"),
        "value": phrase("as printed"),
        "page": phrase("page"),
        "filter": phrase("Show"),
        "account_filter": phrase("Account"),
        "all": phrase("all accounts"),
        "previous": phrase("previous"),
        "next": phrase("next"),
        "key_hint": phrase("Keys: j or → next finding, k or ← previous"),
        "shown": phrase("shown"),
        "nothing": phrase("Nothing was found, and everything was read."),
        "correct": phrase(
            "A value that was read wrongly is corrected in corrections.csv in the dataset's folder; the frame in a "
            "picture is around what the finding is about."
        ),
        "made": phrase("Made by jsextract"),
        "top": phrase("To the top"),
    }
    return {name: str(text) for name, text in told.items()}
