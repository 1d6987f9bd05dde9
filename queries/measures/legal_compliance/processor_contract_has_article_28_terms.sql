-- id:        L08
-- title:     Processor contracts with Article 28 terms
-- strand:    legal compliance
-- clauses:   2.2, 6.4
-- question:  Does each supplier that handles personal data for us have a contract with the terms the law asks?
-- kind:      state
-- window:    day
-- duty:      yes
-- direction: higher
-- target:    100% from 2018-05-25 (law: UK GDPR art. 28(3))
-- owner:     Senior owner
-- reads:     processors
-- so what:   Without the terms, their mistake is ours alone.
-- warning:   60 days

-- Article 28 is about processors; a supplier that does not say what it is in law counts as
-- one, a controller of its own or a joint one does not. Without a contract that is signed and
-- has not ended there are no terms. Where a contract is there and its terms were never looked
-- at, whether the law is kept is not known: that is no breach yet, and no compliance.
select
    case_ref,
    home,
    coalesce(contract_ends_on, $as_of) as happened_on,
    has_article_28_terms as is_met,
    says_terms or not has_contract as is_known
from processors($as_of)
where handles_personal_data and coalesce(relation, 'processor') = 'processor'
