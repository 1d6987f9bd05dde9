-- id:        L14
-- title:     ICO registration current
-- strand:    legal compliance
-- clauses:   3.1e, 6.3
-- question:  Is the yearly data protection fee paid?
-- kind:      state
-- window:    day
-- duty:      yes
-- direction: higher
-- target:    100% from 2018-05-25 (law: Data Protection (Charges and Information) Regulations 2018 reg 2)
-- owner:     Senior owner
-- reads:     toolkit_answers
-- so what:   An unpaid fee is an offence that shows on a public register.
-- warning:   30 days

-- The fee is evidence of Toolkit item 1.1.1, in whatever version: the latest day to which it
-- is said to be paid counts. Without such a day it is not known whether it is paid, which is
-- not the same as unpaid.
with fee as (
    select max(evidence_expires_on) as paid_until
    from toolkit_answers($as_of)
    where item = '1.1.1' and answer = 'complete'
)

select
    'data protection fee' as case_ref,
    the_company.home,
    coalesce(fee.paid_until, $as_of) as happened_on,
    coalesce(fee.paid_until >= $as_of, false) as is_met,
    fee.paid_until is not null as is_known
from the_company($as_of) as the_company
cross join fee
