"""What a ledger tells of collection is the same from its backup, and after its tables were made again: all of it stands in the journal."""
import os

from served import tell

MOMENT = "2022-10-15T12:00"


def questions(assessment):
    of, then, as_json = ("--assessment", assessment), ("--as-of", MOMENT), ("--format", "json")
    return (("register", *as_json), ("register", "--twice", *as_json), ("register", "--assessments", "--year", "2021", *as_json), ("burden", "--year", "2022", *as_json), ("share",), ("calendar", *of, *then),
            ("waiting", *of, *then, *as_json), ("completeness", *of, *then, *as_json), ("evidence", *of, *as_json), ("log", *as_json))


def told(served, ledger, assessment):
    answers = {" ".join(question): served.baton(question[0], ledger, *question[1:], status=None) or served.error for question in questions(assessment)}
    answers["score"] = served.baton("score", "--ledger", ledger, "--assessment", assessment, "--format", "json", status=None) or served.error
    return answers


def compare(name, before, after):
    wrong = [question for question in before if before[question] != after[question]]
    tell(name, None if not wrong else "%s: %r, not %r" % (wrong, after[wrong[0]][:300], before[wrong[0]][:300]))


def run(served, assessment):
    """The server has been stopped."""
    before = told(served, served.ledger, assessment)
    refused = [question for question in before if "error" in before[question][:20]]
    tell("everything of %s can be told" % assessment, refused or None)
    served.baton("rebuild", served.ledger)
    compare("the same with the tables made again", before, told(served, served.ledger, assessment))
    journal, restored = os.path.join(served.folder, "moved.journal"), os.path.join(served.folder, "moved.db")
    for path in (journal, restored):
        if os.path.exists(path):
            os.unlink(path)
    served.baton("backup", served.ledger, "-o", journal)
    served.baton("restore", journal, restored)
    compare("the same from the backup", before, told(served, restored, assessment))
    tell("both hold", None if "holds" in served.baton("verify", served.ledger) and "holds" in served.baton("verify", restored) else served.error)
