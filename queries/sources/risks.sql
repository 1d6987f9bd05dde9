-- title:     Risks
-- delivers:  changes
-- tells:     states
-- key:       risk_ref
-- happened:  raised_on
-- freshness: 100 days
-- refused:   2 in 100
-- owner:     IG lead
-- columns:
--   column            | needed | wanted                     | example              | what it is
--   risk_ref          | yes    | a reference                | RSK-004              | The number it has in the risk register
--   home              | yes    | a home, or company         | Elm House            | The home it concerns, by name or reference; company where it concerns them all
--   title             | yes    | text                       | Paper notes left in cars | What might happen, in a line
--   strand            | yes    | one of: openness, legal compliance, information security, quality assurance | information security | The strand of the policy it falls under
--   clauses           | no     | clause numbers such as 8.2, divided by semicolons | 7.1                  | The clauses of the policy it is about
--   cause             | no     | text                       | Home visits on paper | What it would come of
--   effect            | no     | text                       | Health data lost     | What would follow
--   asset_ref         | no     | a reference                | AST-004              | The asset or device, by its number on its register
--   owner             | yes    | a role                     | IG lead              | Who answers for it
--   raised_on         | yes    | a date                     | 2026-01-12           | The day it was raised
--   likelihood        | yes    | a whole number from 1 to 5 | 3                    | How likely it is now, 1 rare to 5 almost certain
--   impact            | yes    | a whole number from 1 to 5 | 4                    | How bad it would be now, 1 slight to 5 grave
--   target_likelihood | no     | a whole number from 1 to 5 | 2                    | How likely it is to be in the end
--   target_impact     | no     | a whole number from 1 to 5 | 4                    | How bad it is to be in the end
--   treatment         | no     | one of: treat, tolerate, transfer, stop | treat                | What is done about it
--   controls          | no     | text                       | Locked bags, sign-out book | What is in place
--   is_top            | no     | yes or no                  | yes                  | One of the top data and cyber risks (Toolkit 1.3.6)
--   action_ref        | no     | a reference                | ACT-2026-002         | The action that is to bring it down
--   accepted_by       | no     | a role                     | -                    | Who accepted it as it is
--   accepted_on       | no     | a date                     | -                    | The day it was accepted
--   accepted_until    | no     | a date                     | -                    | The last day that counts
--   reviewed_on       | no     | a date                     | 2026-10-12           | The day it was last reviewed
--   review_due_on     | no     | a date                     | 2027-01-11           | The day by which it is to be reviewed again
--   closed_on         | no     | a date                     | -                    | The day it ceased to be one; blank while it is

with cells as (
    select
        row,
        risk_ref,
        home,
        title,
        as_one_of(
            strand,
            [
                'openness', 'legal compliance', 'information security',
                'quality assurance'
            ]
        ) as strand,
        as_clauses(clauses) as clauses,
        cause,
        effect,
        asset_ref,
        owner,
        as_date(raised_on) as raised_on,
        as_from_to(likelihood, 1, 5) as likelihood,
        as_from_to(impact, 1, 5) as impact,
        as_from_to(target_likelihood, 1, 5) as target_likelihood,
        as_from_to(target_impact, 1, 5) as target_impact,
        as_one_of(treatment, ['treat', 'tolerate', 'transfer', 'stop']) as treatment,
        controls,
        as_yes_no(is_top) as is_top,
        action_ref,
        accepted_by,
        as_date(accepted_on) as accepted_on,
        as_date(accepted_until) as accepted_until,
        as_date(reviewed_on) as reviewed_on,
        as_date(review_due_on) as review_due_on,
        as_date(closed_on) as closed_on
    from sent
)

select
    *,
    [
        refuse_future(raised_on, 'raised_on'),
        refuse_future(accepted_on, 'accepted_on'),
        refuse_future(reviewed_on, 'reviewed_on'),
        refuse(
            review_due_on <= reviewed_on, 'review_due_on', 'a day after it was reviewed'
        ),
        refuse(
            reviewed_on < raised_on, 'reviewed_on', 'a day on or after it was raised'
        ),
        refuse(closed_on < raised_on, 'closed_on', 'a day on or after it was raised'),
        refuse(
            accepted_until < accepted_on,
            'accepted_until',
            'a day on or after it was accepted'
        ),
        warn(
            target_likelihood * target_impact > likelihood * impact,
            'target_likelihood',
            'a target that is not worse than today'
        ),
        warn(
            treatment = 'tolerate' and accepted_on is null,
            'accepted_on',
            'the day it was accepted, since it is tolerated'
        ),
        warn(
            treatment = 'treat' and action_ref is null,
            'action_ref',
            'the action that is to bring it down'
        ),
        warn(
            accepted_on is not null and accepted_by is null,
            'accepted_by',
            'the role that accepted it'
        ),
        warn(
            review_due_on is null,
            'review_due_on',
            'the day by which it is to be reviewed again'
        )
    ] as findings
from cells
