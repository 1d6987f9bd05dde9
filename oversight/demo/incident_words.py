"""What kinds of incident happen in the made-up homes, in words that name nobody?"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """What one kind of incident is called, its cause, what it affects, the lesson."""

    title: str
    description: str
    cause: str
    affects: str
    lesson: str


def words(text: str) -> tuple[Words, ...]:
    """Four lines a kind: title, description, `cause: affects`, lesson; then a blank."""
    found = []
    for block in text.strip().split("\n\n"):
        title, description, cause_and_affects, lesson = block.splitlines()
        cause, affects = cause_and_affects.split(": ")
        found.append(Words(title, description, cause, affects, lesson))
    return tuple(found)


SERIOUS = words("""
Care plan posted to the wrong family
A reviewed care plan went to another resident's next of kin
error: confidentiality
Two people check name and address before post is sealed

Shared drive open to every home
Residents' assessments could be read from all homes for some weeks
error: confidentiality
Folder rights are reviewed each quarter

Unlocked tablet taken from a lounge
A tablet signed in to the care system was taken
physical: confidentiality;availability
Tablets lock after two minutes and are kept in the office

Mailbox opened after a false log-in page
A log-in typed into a false page let an outsider read one mailbox
social: confidentiality
Second factor turned on for every mailbox
""")

MINOR = words("""
E-mail to the wrong colleague
A handover note went to a colleague at another home
error: confidentiality
Address book entries now show the home

Handover sheet left in the dining room
A printed handover sheet was found on a table
error: confidentiality
Sheets are counted back in at the end of a shift

Letter opened by the wrong resident
Post was put in the wrong pigeon-hole
error: confidentiality
Pigeon-holes relabelled

Conversation overheard in reception
A resident's health was spoken of in front of visitors
error: confidentiality
Health is spoken of in the office only

Care note written in the wrong record
A daily note was saved under another resident
error: integrity
The system now shows a photograph beside the note

Medication chart mislaid
A chart could not be found for half a shift
error: availability
Charts have one place, with a tracer card

Record looked at without need
A member of staff opened the record of a resident elsewhere
misuse: confidentiality
Reminder sent and access narrowed

Care system down for a morning
The system could not be reached and paper was used
environmental: availability
Paper packs restocked after each use
""")

NEAR_MISSES = words("""
Wrong address seen before posting
A letter was stopped at the second check
error: confidentiality
The second check works and stays

False log-in page reported
A message asking for a password was reported and not answered
social: confidentiality
Example shown at the next team meeting

Office found unlocked, nothing missing
The records office was found open at night
physical: confidentiality
Door closer fitted

Record saved wrongly and put right at once
A note was moved before anyone relied on it
error: integrity
Search by room number turned off

Papers left on the printer
Pages were collected within minutes
error: confidentiality
Printing waits for a code

Visitor asked for a resident's details by telephone
The caller was not told and rang off
social: confidentiality
Call-back rule worked
""")

FALSE_ALARMS = words("""
Folder thought lost
A folder thought lost had been archived
unknown: availability
Archive list kept with the folders

Message thought false
A message thought false came from the council
unknown: confidentiality
Council's new address noted
""")

MAIL_MERGE = words("""
Mail merge sent with names and addresses one row out
Fee letters for 214 residents, past and present, each went to the next one's family
error: confidentiality
A second person samples merged letters; the 72 hours run through weekends
""")[0]

RUNNING = words("""
Handover folder missing after a hospital transfer
A folder with the details of 31 residents did not come back with the ambulance
error: confidentiality;availability
Not yet known
""")[0]

CANDOUR = words("""
Fall after a risk assessment was filed in the wrong record
A resident fell and broke a hip; the assessment was in another record
error: integrity
Assessments are checked on the day of filing

Allergy missing from the transferred record
A resident was treated in hospital for a reaction; the allergy had not been copied
error: integrity;availability
Allergies are read back at every transfer

Pressure damage not carried over at handover
Care came late and treatment lasted over 28 days; the note had not been handed over
error: availability
Skin checks are a fixed line of the handover

Wrong diet sheet after a change of room
A resident choked and needed treatment; the sheet was that of the room's last resident
error: integrity
Diet sheets follow the person, not the room
""")
