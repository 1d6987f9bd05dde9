-- subject: data flows to outside parties that no register lists on a day, as known
-- why:     a party is listed where the flow names a supplier or an agreement that is on its
--          register and counts that day. Residents' families are on none.

select
    flow.case_ref,
    flow.home,
    flow.flow_ref,
    flow.party,
    flow.party_type
from data_flows($as_of) as flow
left join processors($as_of) as supplier on flow.party_ref = supplier.processor_ref
left join sharing_agreements($as_of) as agreement
    on flow.agreement_ref = agreement.agreement_ref
where
    flow.direction <> 'internal'
    and flow.party_type <> 'family'
    and supplier.processor_ref is null
    and agreement.agreement_ref is null
