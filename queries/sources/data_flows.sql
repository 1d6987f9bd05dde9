-- title:     Data flows
-- delivers:  changes
-- tells:     states
-- key:       flow_ref
-- happened:  started_on
-- freshness: 400 days
-- refused:   2 in 100
-- owner:     IG lead
-- columns:
--   column                | needed | wanted                    | example               | what it is
--   flow_ref              | yes    | a reference               | FLW-012               | The number it has on the map of flows
--   home                  | yes    | a home, or company        | Elm House             | The home it concerns, by name or reference; company where it concerns them all
--   name                  | yes    | a name                    | Discharge summaries   | What flows, in a line
--   direction             | yes    | one of: internal, inbound, outbound | inbound               | Which way it goes
--   asset_ref             | no     | a reference               | AST-004               | The asset it comes from or goes to, by its number on the register
--   party                 | yes    | a name                    | Riverside Hospital    | Who is at the other end
--   party_type            | yes    | one of: NHS, council, CQC, family, supplier, police, coroner or court, another provider, other | NHS                   | What they are
--   party_ref             | no     | a reference               | SUP-001               | Their number on the register of suppliers, where they are one
--   purpose               | yes    | text                      | Continuing care       | What it is for
--   data_subjects         | no     | one or more of: residents; relatives; staff; applicants; visitors; contractors; other | residents             | Whom it is about
--   data_types            | no     | one or more of: basic identifiers; contact details; health and care; financial; employment; safeguarding; images and recordings; criminal record; other special category; other | basic identifiers; health and care | What is sent
--   frequency             | no     | one of: continuous, daily, weekly, monthly, quarterly, yearly, as needed | as needed             | How often
--   volume                | no     | text                      | About ten a month     | How much
--   method                | no     | one or more of: secure email; NHSmail; email; post; portal; phone; by hand; interface; fax; other | NHSmail               | How it travels
--   is_protected          | no     | yes or no                 | yes                   | It is encrypted or otherwise protected on the way
--   lawful_basis          | no     | one of: consent, contract, legal obligation, vital interests, public task, legitimate interests, recognised legitimate interests | legal obligation      | Article 6 of the UK GDPR
--   article_9_condition   | no     | one of: explicit consent, employment and social protection, vital interests, made public by the person, legal claims, substantial public interest, health or social care, public health, archiving and research | health or social care | Article 9, for special category data
--   confidentiality_basis | no     | one of: implied consent, explicit consent, required by law, overriding public interest, approved under section 251, not confidential | implied consent       | What satisfies the common-law duty of confidence
--   legal_gateway         | no     | text                      | Health and Social Care Act 2015 | The power to share, where one is relied on
--   caldicott_1           | no     | one of: yes, no, not applicable | yes                   | Caldicott principle 1: The purpose is justified; only yes counts as met
--   caldicott_2           | no     | one of: yes, no, not applicable | yes                   | Caldicott principle 2: Confidential information is used only where it is necessary; only yes counts as met
--   caldicott_3           | no     | one of: yes, no, not applicable | yes                   | Caldicott principle 3: Only the minimum is used; only yes counts as met
--   caldicott_4           | no     | one of: yes, no, not applicable | yes                   | Caldicott principle 4: Access is on a strict need-to-know basis; only yes counts as met
--   caldicott_5           | no     | one of: yes, no, not applicable | yes                   | Caldicott principle 5: Everyone with access knows their responsibilities; only yes counts as met
--   caldicott_6           | no     | one of: yes, no, not applicable | yes                   | Caldicott principle 6: It complies with the law; only yes counts as met
--   caldicott_7           | no     | one of: yes, no, not applicable | yes                   | Caldicott principle 7: The duty to share for care was weighed as well; only yes counts as met
--   caldicott_8           | no     | one of: yes, no, not applicable | yes                   | Caldicott principle 8: People are told how it is used; only yes counts as met
--   checked_on            | no     | a date                    | 2026-02-19            | The day the eight answers were given
--   checked_by            | no     | a role                    | Caldicott Guardian    | Who gave them
--   agreement_ref         | no     | a reference               | DSA-003               | The sharing agreement, where there is one
--   needs_agreement       | no     | yes or no                 | yes                   | It is regular sharing, so that an agreement is wanted
--   opt_out_considered    | no     | yes or no                 | yes                   | The national data opt-out was considered
--   goes_outside_uk       | no     | yes or no                 | no                    | It leaves the United Kingdom
--   safeguard             | no     | text                      | -                     | What makes that lawful, where it does
--   risk                  | no     | one of: low, medium, high | low                   | How great the risk is with what is in place
--   started_on            | no     | a date                    | 2023-01-09            | The first day it flowed
--   reviewed_on           | no     | a date                    | 2026-02-19            | The day this entry was last reviewed
--   review_due_on         | no     | a date                    | 2027-02-18            | The day by which it is to be reviewed again
--   ended_on              | no     | a date                    | -                     | The last day it flows; blank while it does

with cells as (
    select
        row,
        flow_ref,
        home,
        name,
        as_one_of(direction, ['internal', 'inbound', 'outbound']) as direction,
        asset_ref,
        party,
        as_one_of(
            party_type,
            [
                'NHS', 'council', 'CQC', 'family', 'supplier', 'police',
                'coroner or court', 'another provider', 'other'
            ]
        ) as party_type,
        party_ref,
        purpose,
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
        as_one_of(
            frequency,
            [
                'continuous', 'daily', 'weekly', 'monthly', 'quarterly', 'yearly',
                'as needed'
            ]
        ) as frequency,
        volume,
        as_some_of(
            method,
            [
                'secure email', 'NHSmail', 'email', 'post', 'portal', 'phone',
                'by hand', 'interface', 'fax', 'other'
            ]
        ) as method,
        as_yes_no(is_protected) as is_protected,
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
        as_one_of(
            confidentiality_basis,
            [
                'implied consent', 'explicit consent', 'required by law',
                'overriding public interest', 'approved under section 251',
                'not confidential'
            ]
        ) as confidentiality_basis,
        legal_gateway,
        as_one_of(caldicott_1, ['yes', 'no', 'not applicable']) as caldicott_1,
        as_one_of(caldicott_2, ['yes', 'no', 'not applicable']) as caldicott_2,
        as_one_of(caldicott_3, ['yes', 'no', 'not applicable']) as caldicott_3,
        as_one_of(caldicott_4, ['yes', 'no', 'not applicable']) as caldicott_4,
        as_one_of(caldicott_5, ['yes', 'no', 'not applicable']) as caldicott_5,
        as_one_of(caldicott_6, ['yes', 'no', 'not applicable']) as caldicott_6,
        as_one_of(caldicott_7, ['yes', 'no', 'not applicable']) as caldicott_7,
        as_one_of(caldicott_8, ['yes', 'no', 'not applicable']) as caldicott_8,
        as_date(checked_on) as checked_on,
        checked_by,
        agreement_ref,
        as_yes_no(needs_agreement) as needs_agreement,
        as_yes_no(opt_out_considered) as opt_out_considered,
        as_yes_no(goes_outside_uk) as goes_outside_uk,
        safeguard,
        as_one_of(risk, ['low', 'medium', 'high']) as risk,
        as_date(started_on) as started_on,
        as_date(reviewed_on) as reviewed_on,
        as_date(review_due_on) as review_due_on,
        as_date(ended_on) as ended_on
    from sent
)

select
    *,
    [
        refuse_future(checked_on, 'checked_on'),
        refuse_future(reviewed_on, 'reviewed_on'),
        refuse(
            review_due_on <= reviewed_on, 'review_due_on', 'a day after it was reviewed'
        ),
        refuse(
            ended_on < started_on, 'ended_on', 'a day on or after the first it flowed'
        ),
        warn(
            lawful_basis is null,
            'lawful_basis',
            'the lawful basis; without it the flow counts as not checked'
        ),
        warn(
            caldicott_1 is null or caldicott_1 = 'not applicable',
            'caldicott_1',
            'yes or no; anything else counts as not met'
        ),
        warn(
            caldicott_2 is null or caldicott_2 = 'not applicable',
            'caldicott_2',
            'yes or no; anything else counts as not met'
        ),
        warn(
            caldicott_3 is null or caldicott_3 = 'not applicable',
            'caldicott_3',
            'yes or no; anything else counts as not met'
        ),
        warn(
            caldicott_4 is null or caldicott_4 = 'not applicable',
            'caldicott_4',
            'yes or no; anything else counts as not met'
        ),
        warn(
            caldicott_5 is null or caldicott_5 = 'not applicable',
            'caldicott_5',
            'yes or no; anything else counts as not met'
        ),
        warn(
            caldicott_6 is null or caldicott_6 = 'not applicable',
            'caldicott_6',
            'yes or no; anything else counts as not met'
        ),
        warn(
            caldicott_7 is null or caldicott_7 = 'not applicable',
            'caldicott_7',
            'yes or no; anything else counts as not met'
        ),
        warn(
            caldicott_8 is null or caldicott_8 = 'not applicable',
            'caldicott_8',
            'yes or no; anything else counts as not met'
        ),
        warn(
            checked_on is null,
            'checked_on',
            'the day the eight answers were given; without it the flow counts as '
            || 'not checked'
        ),
        warn(
            needs_agreement and agreement_ref is null,
            'agreement_ref',
            'the sharing agreement, since one is wanted'
        ),
        warn(
            goes_outside_uk and safeguard is null,
            'safeguard',
            'what makes it lawful, since it leaves the United Kingdom'
        ),
        warn('fax' in method, 'method', 'another way: fax is not secure'),
        warn(
            not is_protected,
            'is_protected',
            'yes: what is not protected on the way can be read on the way'
        )
    ] as findings
from cells
