-- title:     Named roles: holders and deputies
-- delivers:  changes
-- key:       home, role, area, started_on
-- happened:  started_on
-- freshness: 100 days
-- refused:   2 in 100
-- owner:     Nominated individual
-- columns:
--   column       | needed | wanted                 | example                | what it is
--   home         | yes    | a home, or company     | company                | For which home the role is held; company where it is for all of them
--   role         | yes    | one of: IG lead, senior owner, SIRO, Caldicott Guardian, data protection officer, records lead, record owner, quality lead, freedom of information lead, IT lead, training lead, media lead, candour lead, information champion, other | Caldicott Guardian     | The role; a record owner answers for the quality of one sort of record (clause 8.3)
--   area         | no     | a sort of record or a duty | -                      | For a record owner: which records, such as care plans; for another role: what it is
--   started_on   | yes    | a date                 | 2025-04-01             | First day in the role, or first day that nobody held it; each holder is a row of its own
--   holder_home  | no     | a home, or company     | Elm House              | The home the holder is listed under in the staff register
--   holder_ref   | no     | a reference            | S0014                  | The holder's reference there; blank while the role is vacant or held outside the company
--   holder_post  | no     | a role                 | Clinical lead          | The holder's post, or the firm where it is held outside the company
--   is_external  | no     | yes or no              | no                     | Held by somebody outside the company, such as a shared Guardian
--   deputy_home  | no     | a home, or company     | Elm House              | The home the deputy is listed under
--   deputy_ref   | no     | a reference            | S0021                  | The deputy's reference in the staff register
--   deputy_post  | no     | a role                 | Deputy manager         | The deputy's post
--   duty         | no     | text                   | Decides on sharing of care records | What the role answers for
--   appointed_by | no     | a role                 | Nominated individual   | Who appointed the holder
--   evidence_ref | no     | a reference            | EVD-0012               | Where the letter of appointment is kept
--   ended_on     | no     | a date                 | -                      | Last day in the role; blank while it is held

with cells as (
    select
        row,
        home,
        as_one_of(
            role,
            [
                'IG lead', 'senior owner', 'SIRO', 'Caldicott Guardian',
                'data protection officer', 'records lead', 'record owner',
                'quality lead', 'freedom of information lead', 'IT lead',
                'training lead', 'media lead', 'candour lead', 'information champion',
                'other'
            ]
        ) as role,
        area,
        as_date(started_on) as started_on,
        holder_home,
        holder_ref,
        holder_post,
        as_yes_no(is_external) as is_external,
        deputy_home,
        deputy_ref,
        deputy_post,
        duty,
        appointed_by,
        evidence_ref,
        as_date(ended_on) as ended_on
    from sent
)

select
    *,
    [
        refuse_future(started_on, 'started_on'),
        refuse(
            length(holder_ref) > 50,
            'holder_ref',
            'a reference of at most 50 characters'
        ),
        refuse(
            length(deputy_ref) > 50,
            'deputy_ref',
            'a reference of at most 50 characters'
        ),
        refuse(
            ended_on < started_on,
            'ended_on',
            'a day on or after the first day in the role'
        ),
        refuse(
            fold(deputy_ref) = fold(holder_ref)
            and fold(deputy_home) is not distinct from fold(holder_home),
            'deputy_ref',
            'somebody other than the holder'
        ),
        refuse(
            role in ('record owner', 'other') and area is null,
            'area',
            'which records, or which duty'
        ),
        warn(
            holder_ref is null and not coalesce(is_external, false),
            'holder_ref',
            'who holds the role; without it the role counts as vacant'
        ),
        warn(
            holder_ref is not null and holder_home is null,
            'holder_home',
            'the home the holder is listed under: a reference alone may be anybody''s'
        ),
        warn(
            deputy_ref is not null and deputy_home is null,
            'deputy_home',
            'the home the deputy is listed under: a reference alone may be anybody''s'
        )
    ] as findings
from cells
