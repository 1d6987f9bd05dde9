-- title:     Processors and suppliers
-- delivers:  changes
-- tells:     states
-- key:       processor_ref
-- happened:  started_on
-- freshness: 400 days
-- refused:   2 in 100
-- owner:     IG lead
-- kept:      6 years (RT17)
-- columns:
--   column                 | needed | wanted                | example               | what it is
--   processor_ref          | yes    | a reference           | SUP-001               | The number on the register of suppliers
--   name                   | yes    | a name                | Larch Care Software   | The supplier
--   supplies               | yes    | text                  | Care records system   | What they supply
--   contact                | no     | a contact point       | Service desk          | How they are reached; a role or a desk, no personal name
--   owner                  | yes    | a role                | IT lead               | Who keeps the contract
--   handles_personal_data  | no     | yes or no             | yes                   | They handle personal data we are responsible for
--   relation               | no     | one of: processor, joint controller, separate controller, none | processor             | What they are in data-protection law
--   is_it_supplier         | no     | yes or no             | yes                   | They supply IT (Toolkit 10.2.1)
--   destroys_records       | no     | yes or no             | no                    | They destroy records or equipment for us (Toolkit 1.4.2)
--   contract_ref           | no     | a reference           | CON-0031              | The contract
--   contract_signed_on     | no     | a date                | 2024-09-16            | The day it was signed
--   contract_ends_on       | no     | a date                | 2027-09-30            | Its last day
--   has_article_28_terms   | no     | yes or no             | yes                   | The contract holds all that Article 28(3) asks for
--   terms_checked_on       | no     | a date                | 2026-03-10            | The day that was checked
--   uses_subprocessors     | no     | yes or no             | yes                   | They use others, whom we have allowed
--   stores_outside_uk      | no     | yes or no             | no                    | Data leaves the United Kingdom
--   safeguard              | no     | text                  | -                     | What makes that lawful, where it does
--   toolkit_status         | no     | one of: Standards Exceeded, Standards Met, Approaching Standards, Standards Not Met, Not Published, not needed | Standards Met         | Their own status in the Toolkit
--   toolkit_version        | no     | a cycle such as 25/26 | 25/26                 | Of which cycle
--   toolkit_checked_on     | no     | a date                | 2026-07-06            | The day it was looked up
--   certificate            | no     | one of: Cyber Essentials, Cyber Essentials Plus, ISO 27001, other, none | Cyber Essentials Plus | Their security certificate
--   certificate_expires_on | no     | a date                | 2027-02-28            | Its last day
--   due_diligence_on       | no     | a date                | 2026-03-10            | The day they were last looked into
--   due_diligence          | no     | one of: satisfactory, satisfactory with actions, unsatisfactory | satisfactory          | What that came to
--   reviewed_on            | no     | a date                | 2026-03-10            | The day this entry was last reviewed
--   review_due_on          | no     | a date                | 2027-03-09            | The day by which it is to be reviewed again
--   started_on             | no     | a date                | 2024-10-01            | The first day they supplied
--   ended_on               | no     | a date                | -                     | Their last day; blank while they supply
--   data_returned_on       | no     | a date                | -                     | The day they gave back or deleted the data, after the end

with cells as (
    select
        row,
        processor_ref,
        name,
        supplies,
        contact,
        owner,
        as_yes_no(handles_personal_data) as handles_personal_data,
        as_one_of(
            relation, ['processor', 'joint controller', 'separate controller', 'none']
        ) as relation,
        as_yes_no(is_it_supplier) as is_it_supplier,
        as_yes_no(destroys_records) as destroys_records,
        contract_ref,
        as_date(contract_signed_on) as contract_signed_on,
        as_date(contract_ends_on) as contract_ends_on,
        as_yes_no(has_article_28_terms) as has_article_28_terms,
        as_date(terms_checked_on) as terms_checked_on,
        as_yes_no(uses_subprocessors) as uses_subprocessors,
        as_yes_no(stores_outside_uk) as stores_outside_uk,
        safeguard,
        as_one_of(
            toolkit_status,
            [
                'Standards Exceeded', 'Standards Met', 'Approaching Standards',
                'Standards Not Met', 'Not Published', 'not needed'
            ]
        ) as toolkit_status,
        toolkit_version,
        as_date(toolkit_checked_on) as toolkit_checked_on,
        as_one_of(
            certificate,
            [
                'Cyber Essentials', 'Cyber Essentials Plus', 'ISO 27001', 'other',
                'none'
            ]
        ) as certificate,
        as_date(certificate_expires_on) as certificate_expires_on,
        as_date(due_diligence_on) as due_diligence_on,
        as_one_of(
            due_diligence,
            [
                'satisfactory', 'satisfactory with actions', 'unsatisfactory'
            ]
        ) as due_diligence,
        as_date(reviewed_on) as reviewed_on,
        as_date(review_due_on) as review_due_on,
        as_date(started_on) as started_on,
        as_date(ended_on) as ended_on,
        as_date(data_returned_on) as data_returned_on
    from sent
)

select
    *,
    [
        refuse_future(contract_signed_on, 'contract_signed_on'),
        refuse_future(terms_checked_on, 'terms_checked_on'),
        refuse_future(toolkit_checked_on, 'toolkit_checked_on'),
        refuse_future(due_diligence_on, 'due_diligence_on'),
        refuse_future(reviewed_on, 'reviewed_on'),
        refuse(
            contract_ends_on < contract_signed_on,
            'contract_ends_on',
            'a day on or after it was signed'
        ),
        refuse(
            review_due_on <= reviewed_on, 'review_due_on', 'a day after it was reviewed'
        ),
        refuse(
            ended_on < started_on,
            'ended_on',
            'a day on or after the first they supplied'
        ),
        refuse(
            data_returned_on < ended_on,
            'data_returned_on',
            'a day on or after their last'
        ),
        warn(
            handles_personal_data is null,
            'handles_personal_data',
            'yes or no; unanswered counts as yes'
        ),
        warn(
            is_it_supplier is null,
            'is_it_supplier',
            'yes or no; unanswered counts as yes'
        ),
        warn(
            handles_personal_data and contract_signed_on is null,
            'contract_signed_on',
            'the day a contract was signed, since they handle personal data'
        ),
        warn(
            relation = 'processor' and has_article_28_terms is null,
            'has_article_28_terms',
            'yes or no; unanswered counts as no'
        ),
        warn(
            has_article_28_terms and contract_signed_on is null,
            'has_article_28_terms',
            'no: there are no terms without a signed contract'
        ),
        warn(
            stores_outside_uk and safeguard is null,
            'safeguard',
            'what makes it lawful, since data leaves the United Kingdom'
        ),
        warn(
            is_it_supplier
            and coalesce(certificate, 'none') <> 'none'
            and certificate_expires_on is null,
            'certificate_expires_on',
            'the last day of the certificate; without it the supplier counts as '
            || 'not certified'
        ),
        warn(
            handles_personal_data and due_diligence_on is null,
            'due_diligence_on',
            'the day they were looked into'
        ),
        warn(
            toolkit_status is not null and toolkit_checked_on is null,
            'toolkit_checked_on',
            'the day it was looked up'
        )
    ] as findings
from cells
