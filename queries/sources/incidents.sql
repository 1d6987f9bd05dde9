-- title:     Incidents and near misses
-- delivers:  changes
-- key:       incident_ref
-- happened:  aware_at, occurred_at, reported_at
-- freshness: 40 days
-- refused:   2 in 100
-- owner:     IG lead
-- kept:      20 years (RT08)
-- columns:
--   column                | needed | wanted      | example             | what it is
--   incident_ref          | yes    | a reference | INC-2026-014        | The number it has in your register
--   home                  | yes    | a home      | Elm House           | Where it happened: the home's name or reference
--   title                 | no     | text        | Letter to wrong address | What happened, in a line; no names
--   description           | no     | text        | Found by reception  | What happened; no names of residents
--   kind                  | no     | one of: confirmed, suspected, near miss, not an incident | confirmed | Whether it is a breach
--   cause                 | no     | one of: error, misuse, hacking, malware, social, physical, environmental, unknown | error | Why it happened
--   incident_type         | no     | one of: email to the wrong person, post or fax to the wrong person, paper lost or stolen, device lost or stolen, unauthorised access, said to the wrong person, not redacted, bcc not used, information altered, wrong disposal, phishing, ransomware, malware, password attack, misconfiguration, other cyber, other | post or fax to the wrong person | What sort of breach it is, in the regulator's words
--   affects               | no     | one or more of: confidentiality; integrity; availability | confidentiality | What was harmed
--   medium                | no     | one or more of: paper; email; laptop; portable device; desktop; server; care record system; phone; other | paper | Where the information was
--   occurred_at           | no     | a UK time   | 2026-05-04 09:30    | When it happened
--   aware_at              | no     | a UK time   | 2026-05-05 08:10    | When the company became aware: starts the 72-hour clock
--   reported_at           | no     | a UK time   | 2026-05-05 09:00    | When it was reported to the IG lead
--   contained_at          | no     | a UK time   | 2026-05-05 12:00    | When no more harm could follow
--   closed_at             | no     | a UK time   | 2026-05-30 16:00    | When the investigation was closed
--   reported_by           | no     | a role      | Receptionist        | Who reported it, by post; no personal name is needed
--   investigator          | no     | a role      | Home manager        | Who investigates it
--   root_cause            | no     | text        | Address not checked | What lay behind it, as the investigation found
--   remedy                | no     | text        | Letter fetched back | What was done to put it right
--   lesson                | no     | text        | Window envelopes    | What was learned
--   lesson_shared_at      | no     | a UK time   | 2026-06-02 14:00    | When the lesson was passed on to those who need it
--   subjects_affected     | no     | a whole number | 2                | How many people it concerns
--   subjects              | no     | one or more of: residents; relatives; staff; applicants; contractors; other | residents;relatives | Whose information it is
--   data_types            | no     | one or more of: basic identifiers; health; care; financial; location; safeguarding; criminal record; other special category; other | health | What sort of information it is
--   likelihood            | no     | a whole number from 1 to 5 | 4    | How likely harm is, by the breach grid
--   severity              | no     | a whole number from 1 to 5 | 3    | How bad it would be, by the breach grid
--   is_third_party        | no     | yes or no   | no                  | Whether it happened at a supplier
--   is_reportable_ico     | no     | yes or no   | yes                 | The decision: a risk to people is not unlikely
--   decided_at            | no     | a UK time   | 2026-05-05 15:00    | When that was decided
--   decided_by            | no     | a role      | IG lead             | Who decided
--   decision_reason       | no     | text        | Sensitive letter    | Why
--   ico_reported_at       | no     | a UK time   | 2026-05-06 10:00    | When the ICO was told, through the Toolkit
--   ico_reference         | no     | a reference | IC-000014-X1        | The number the ICO gave it
--   toolkit_reference     | no     | a reference | DSPT-000014         | The number the Toolkit gave it
--   late_reason           | no     | text        | -                   | Why the ICO was told after 72 hours, where it was
--   is_notifiable_cqc     | no     | yes or no   | no                  | CQC must be told too (Regulation 18: abuse, the police, a service that stops)
--   cqc_notified_at       | no     | a UK time   | -                   | When CQC was told
--   is_high_risk          | no     | yes or no   | no                  | A high risk to the people concerned
--   people_informed_at    | no     | a UK time   | 2026-05-06 11:00    | When they were told
--   is_notifiable_safety_incident | no | yes or no | no                | A duty-of-candour incident (Regulation 20, paragraph 9)
--   told_in_person_at     | no     | a UK time   | 2026-05-06 11:00    | When the resident or who acts for them was told in person
--   apology_recorded      | no     | yes or no   | yes                 | An apology was given and written down
--   support_offered       | no     | yes or no   | yes                 | Reasonable support was offered with it
--   contact_attempts      | no     | text        | -                   | What was tried, where the person could not be reached or did not wish to speak
--   apology_in_notice     | no     | yes or no   | yes                 | The apology stands in the written notice as well
--   written_notice_at     | no     | a UK time   | 2026-05-10 09:00    | When the written notice was sent

with cells as (
    select
        row,
        incident_ref,
        home,
        title,
        description,
        as_one_of(
            kind, ['confirmed', 'suspected', 'near miss', 'not an incident']
        ) as kind,
        as_one_of(
            cause,
            [
                'error', 'misuse', 'hacking', 'malware', 'social', 'physical',
                'environmental', 'unknown'
            ]
        ) as cause,
        as_one_of(
            incident_type,
            [
                'email to the wrong person', 'post or fax to the wrong person',
                'paper lost or stolen', 'device lost or stolen', 'unauthorised access',
                'said to the wrong person', 'not redacted', 'bcc not used',
                'information altered', 'wrong disposal', 'phishing', 'ransomware',
                'malware', 'password attack', 'misconfiguration', 'other cyber', 'other'
            ]
        ) as incident_type,
        as_some_of(
            affects, ['confidentiality', 'integrity', 'availability']
        ) as affects,
        as_some_of(
            medium,
            [
                'paper', 'email', 'laptop', 'portable device', 'desktop', 'server',
                'care record system', 'phone', 'other'
            ]
        ) as medium,
        as_time(occurred_at) as occurred_at,
        as_time(aware_at) as aware_at,
        -- A day alone may be any hour of it: not too early for what happened that day.
        as_time_at_latest(aware_at) as aware_by,
        as_time_at_latest(reported_at) as reported_at,
        as_time_at_latest(contained_at) as contained_at,
        as_time_at_latest(closed_at) as closed_at,
        reported_by,
        investigator,
        root_cause,
        remedy,
        lesson,
        as_time_at_latest(lesson_shared_at) as lesson_shared_at,
        as_whole(subjects_affected) as subjects_affected,
        as_some_of(
            subjects,
            ['residents', 'relatives', 'staff', 'applicants', 'contractors', 'other']
        ) as subjects,
        as_some_of(
            data_types,
            [
                'basic identifiers', 'health', 'care', 'financial', 'location',
                'safeguarding', 'criminal record', 'other special category', 'other'
            ]
        ) as data_types,
        as_from_to(likelihood, 1, 5) as likelihood,
        as_from_to(severity, 1, 5) as severity,
        as_yes_no(is_third_party) as is_third_party,
        as_yes_no(is_reportable_ico) as is_reportable_ico,
        as_time_at_latest(decided_at) as decided_at,
        decided_by,
        decision_reason,
        as_time_at_latest(ico_reported_at) as ico_reported_at,
        ico_reference,
        toolkit_reference,
        late_reason,
        as_yes_no(is_notifiable_cqc) as is_notifiable_cqc,
        as_time_at_latest(cqc_notified_at) as cqc_notified_at,
        as_yes_no(is_high_risk) as is_high_risk,
        as_time_at_latest(people_informed_at) as people_informed_at,
        as_yes_no(is_notifiable_safety_incident) as is_notifiable_safety_incident,
        as_time_at_latest(told_in_person_at) as told_in_person_at,
        as_yes_no(apology_recorded) as apology_recorded,
        as_yes_no(support_offered) as support_offered,
        contact_attempts,
        as_yes_no(apology_in_notice) as apology_in_notice,
        as_time_at_latest(written_notice_at) as written_notice_at
    from sent
),

bounded as (
    select
        *,
        timezone(
            'Europe/London', (getvariable('taken_on') + interval 1 day)::timestamp
        ) as taken_before
    from cells
)

select
    * exclude (aware_by, taken_before),
    [
        refuse(occurred_at >= taken_before, 'occurred_at', not_in_the_future()),
        refuse(aware_at >= taken_before, 'aware_at', not_in_the_future()),
        refuse(reported_at >= taken_before, 'reported_at', not_in_the_future()),
        refuse(contained_at >= taken_before, 'contained_at', not_in_the_future()),
        refuse(closed_at >= taken_before, 'closed_at', not_in_the_future()),
        refuse(decided_at >= taken_before, 'decided_at', not_in_the_future()),
        refuse(ico_reported_at >= taken_before, 'ico_reported_at', not_in_the_future()),
        refuse(
            people_informed_at >= taken_before,
            'people_informed_at',
            not_in_the_future()
        ),
        refuse(
            told_in_person_at >= taken_before, 'told_in_person_at', not_in_the_future()
        ),
        refuse(
            written_notice_at >= taken_before, 'written_notice_at', not_in_the_future()
        ),
        refuse(
            lesson_shared_at >= taken_before, 'lesson_shared_at', not_in_the_future()
        ),
        refuse(cqc_notified_at >= taken_before, 'cqc_notified_at', not_in_the_future()),
        refuse(aware_by < occurred_at, 'aware_at', 'a time not before it happened'),
        warn(
            reported_at < aware_at, 'reported_at', 'a time not before becoming aware'
        ),
        warn(
            ico_reported_at < aware_at,
            'ico_reported_at',
            'a time not before becoming aware'
        ),
        warn(
            people_informed_at < aware_at,
            'people_informed_at',
            'a time not before becoming aware'
        ),
        warn(closed_at < aware_at, 'closed_at', 'a time not before becoming aware'),
        warn(
            kind is distinct from 'not an incident' and aware_at is null,
            'aware_at',
            'the time of becoming aware; without it hours to report are not known'
        )
    ] as findings
from bounded
