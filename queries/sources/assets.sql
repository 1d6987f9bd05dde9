-- title:     Information assets and processing
-- delivers:  changes
-- tells:     states
-- key:       asset_ref
-- happened:  acquired_on
-- freshness: 400 days
-- refused:   2 in 100
-- owner:     IG lead
-- kept:      6 years (RT22)
-- columns:
--   column              | needed | wanted                    | example               | what it is
--   asset_ref           | yes    | a reference               | AST-004               | The number it has on the register of assets
--   name                | yes    | a name                    | Care records system   | What it is called
--   home                | yes    | a home, or company        | Elm House             | The home it concerns, by name or reference; company where it concerns them all
--   asset_type          | yes    | one of: paper records, system, software, database, backup, device, CCTV, phone, network, other | system                | What sort of asset it is
--   owner               | yes    | a role                    | Operations director   | Who answers for it
--   owner_staff_ref     | no     | a reference               | S0003                 | That person in the staff register, so that a leaver is noticed
--   administrator       | no     | a role or a firm          | IT lead               | Who runs it
--   location            | no     | text                      | Supplier data centre, UK | Where it is kept
--   purpose             | no     | text                      | Planning and recording care | What the information is used for
--   holds_personal_data | no     | yes or no                 | yes                   | It holds information about people, and so is a processing activity
--   data_subjects       | no     | one or more of: residents; relatives; staff; applicants; visitors; contractors; other | residents; relatives  | Whom it is about
--   data_types          | no     | one or more of: basic identifiers; contact details; health and care; financial; employment; safeguarding; images and recordings; criminal record; other special category; other | basic identifiers; health and care | What it holds
--   is_special_category | no     | yes or no                 | yes                   | It holds health or other special category data
--   lawful_basis        | no     | one of: consent, contract, legal obligation, vital interests, public task, legitimate interests, recognised legitimate interests | legal obligation      | Article 6 of the UK GDPR
--   article_9_condition | no     | one of: explicit consent, employment and social protection, vital interests, made public by the person, legal claims, substantial public interest, health or social care, public health, archiving and research | health or social care | Article 9, for special category data
--   shared_with         | no     | text                      | NHS, council          | Who else receives it
--   retention_rule      | no     | a code of the retention table, such as RT01 | RT01                  | How long it is kept, by its rule
--   retention_months    | no     | a whole number of months, such as 96 | 96                    | How long it is kept
--   processor_ref       | no     | a reference               | SUP-001               | The supplier, by its number on the register of suppliers
--   contract_ends_on    | no     | a date                    | 2027-09-30            | The last day of its contract
--   needs_dpia          | no     | yes or no                 | yes                   | A data protection impact assessment is needed
--   dpia_signed_on      | no     | a date                    | 2024-02-12            | The day it was signed
--   risk                | no     | one of: low, medium, high | medium                | How great the risk is with what is in place
--   is_encrypted        | no     | yes or no                 | yes                   | It is encrypted where it is kept
--   has_mfa             | no     | yes or no                 | yes                   | A second factor is asked for, from outside at least (Toolkit 4.5.3)
--   mfa_exception_by    | no     | a role                    | -                     | Who allowed it without; leave blank where there is one
--   mfa_exception_on    | no     | a date                    | -                     | The day that was allowed
--   supported_until     | no     | a date                    | 2028-12-31            | The last day its maker supports it
--   risk_ref            | no     | a reference               | -                     | The risk accepted, where it is no longer supported
--   needs_backup        | no     | yes or no                 | yes                   | It must be possible to restore it
--   restore_order       | no     | a whole number            | 1                     | In which order it is restored after a disaster
--   acquired_on         | no     | a date                    | 2022-04-01            | The day it came into use
--   reviewed_on         | no     | a date                    | 2026-03-16            | The day this entry was last reviewed
--   reviewed_by         | no     | a role                    | IG lead               | Who reviewed it
--   review_due_on       | no     | a date                    | 2027-03-15            | The day by which it is to be reviewed again
--   disposed_on         | no     | a date                    | -                     | The day it went out of use; blank while in use
--   disposal_method     | no     | text                      | -                     | What became of it
--   certificate_ref     | no     | a reference               | -                     | The certificate or record of destruction

with cells as (
    select
        row,
        asset_ref,
        name,
        home,
        as_one_of(
            asset_type,
            [
                'paper records', 'system', 'software', 'database', 'backup', 'device',
                'CCTV', 'phone', 'network', 'other'
            ]
        ) as asset_type,
        owner,
        owner_staff_ref,
        administrator,
        location,
        purpose,
        as_yes_no(holds_personal_data) as holds_personal_data,
        as_some_of(
            data_subjects,
            [
                'residents', 'relatives', 'staff', 'applicants', 'visitors',
                'contractors', 'other'
            ]
        ) as data_subjects,
        as_some_of(
            data_types,
            [
                'basic identifiers', 'contact details', 'health and care', 'financial',
                'employment', 'safeguarding', 'images and recordings',
                'criminal record', 'other special category', 'other'
            ]
        ) as data_types,
        as_yes_no(is_special_category) as is_special_category,
        as_one_of(
            lawful_basis,
            [
                'consent', 'contract', 'legal obligation', 'vital interests',
                'public task', 'legitimate interests', 'recognised legitimate interests'
            ]
        ) as lawful_basis,
        as_one_of(
            article_9_condition,
            [
                'explicit consent', 'employment and social protection',
                'vital interests', 'made public by the person', 'legal claims',
                'substantial public interest', 'health or social care', 'public health',
                'archiving and research'
            ]
        ) as article_9_condition,
        shared_with,
        as_retention_code(retention_rule) as retention_rule,
        as_whole(retention_months) as retention_months,
        processor_ref,
        as_date(contract_ends_on) as contract_ends_on,
        as_yes_no(needs_dpia) as needs_dpia,
        as_date(dpia_signed_on) as dpia_signed_on,
        as_one_of(risk, ['low', 'medium', 'high']) as risk,
        as_yes_no(is_encrypted) as is_encrypted,
        as_yes_no(has_mfa) as has_mfa,
        mfa_exception_by,
        as_date(mfa_exception_on) as mfa_exception_on,
        as_date(supported_until) as supported_until,
        risk_ref,
        as_yes_no(needs_backup) as needs_backup,
        as_whole(restore_order) as restore_order,
        as_date(acquired_on) as acquired_on,
        as_date(reviewed_on) as reviewed_on,
        reviewed_by,
        as_date(review_due_on) as review_due_on,
        as_date(disposed_on) as disposed_on,
        disposal_method,
        certificate_ref
    from sent
)

select
    *,
    [
        refuse_future(reviewed_on, 'reviewed_on'),
        refuse_future(dpia_signed_on, 'dpia_signed_on'),
        refuse_future(mfa_exception_on, 'mfa_exception_on'),
        refuse(
            review_due_on <= reviewed_on, 'review_due_on', 'a day after it was reviewed'
        ),
        refuse(
            disposed_on < acquired_on,
            'disposed_on',
            'a day on or after it came into use'
        ),
        warn(
            holds_personal_data is null,
            'holds_personal_data',
            'yes or no; unanswered counts as yes'
        ),
        warn(
            holds_personal_data and lawful_basis is null,
            'lawful_basis',
            'the lawful basis, since it holds personal data'
        ),
        warn(
            is_special_category and article_9_condition is null,
            'article_9_condition',
            'the condition for special category data'
        ),
        warn(
            holds_personal_data and retention_rule is null and retention_months is null,
            'retention_rule',
            'how long it is kept'
        ),
        warn(
            needs_dpia and dpia_signed_on is null,
            'dpia_signed_on',
            'the day the assessment was signed, since one is needed'
        ),
        warn(
            not has_mfa and mfa_exception_on is null,
            'mfa_exception_on',
            'the day the board allowed it without a second factor'
        ),
        warn(
            supported_until < getvariable('taken_on') and risk_ref is null,
            'risk_ref',
            'the accepted risk, since it is no longer supported'
        ),
        warn(
            asset_type in ('system', 'database') and needs_backup is null,
            'needs_backup',
            'yes or no; unanswered counts as yes'
        )
    ] as findings
from cells
