-- format:   FHIR AuditEvent, R4 and R5
-- marks:    resourceType=AuditEvent
-- versions: R4, R5
-- headings: fhir id, fhir system, fhir site, fhir recorded, fhir who, fhir who kind, fhir event, fhir action, fhir outcome, fhir outcome reason, fhir patient, fhir record, fhir purpose, fhir address, fhir device

with told as (
    select
        row,
        body,
        json_transform(
            body,
            '{
                "id": "VARCHAR", "recorded": "VARCHAR", "action": "VARCHAR",
                "type": {"code": "VARCHAR"}, "subtype": [{"code": "VARCHAR"}],
                "code": {"coding": [{"code": "VARCHAR"}]},
                "category": [{"coding": [{"code": "VARCHAR"}]}],
                "outcome": "JSON", "outcomeDesc": "VARCHAR",
                "period": {"start": "VARCHAR"}, "occurredDateTime": "VARCHAR",
                "occurredPeriod": {"start": "VARCHAR"},
                "event": "JSON", "participant": "JSON", "object": "JSON",
                "patient": {"reference": "VARCHAR"},
                "purposeOfEvent": [{"coding": [{"code": "VARCHAR"}]}],
                "authorization": [{"coding": [{"code": "VARCHAR"}]}],
                "source": {
                    "site": "JSON",
                    "observer": {
                        "display": "VARCHAR", "reference": "VARCHAR",
                        "identifier": {"value": "VARCHAR"}
                    }
                },
                "agent": [{
                    "requestor": "BOOLEAN", "altId": "VARCHAR", "userId": "JSON",
                    "reference": "JSON", "type": {"coding": [{"code": "VARCHAR"}]},
                    "who": {
                        "reference": "VARCHAR", "identifier": {"value": "VARCHAR"}
                    },
                    "network": {"address": "VARCHAR", "type": "VARCHAR"},
                    "networkString": "VARCHAR", "networkUri": "VARCHAR"
                }],
                "entity": [{
                    "reference": "JSON",
                    "role": "JSON",
                    "what": {
                        "reference": "VARCHAR", "identifier": {"value": "VARCHAR"}
                    }
                }]
            }'
        ) as said
    from document
),

-- One event names several agents: who asked for it is meant, else the first.
acted as (
    select
        *,
        coalesce(
            list_filter(said.agent, lambda agent: agent.requestor)[1], said.agent[1]
        ) as actor,
        coalesce(said.subtype[1].code, said.code.coding[1].code) as what,
        coalesce(said.type.code, said.category[1].coding[1].code) as about,
        coalesce(
            said.outcome ->> '$.code.code',
            said.outcome ->> '$.code.coding[0].code',
            said.outcome ->> '$'
        ) as ended
    from told
),

found as (
    select
        *,
        coalesce(actor.who.identifier.value, actor.altid, actor.who.reference) as who,
        list_filter(
            said.entity, lambda entity: entity.what.reference like '%Patient/%'
        )[1] as patient,
        list_filter(
            said.entity, lambda entity: entity.what.reference not like '%Patient/%'
        )[1] as record,
        case
            when coalesce(actor.network.type, '2') = '2' then actor.network.address
        end as address
    from acted
)

select
    row,
    case
        when said.event is not null or said.participant is not null then 'DSTU2'
        when
            len(list_filter(
                said.agent,
                lambda agent: agent.userid is not null or agent.reference is not null
            )) > 0
            or len(list_filter(
                said.entity, lambda entity: entity.reference is not null
            )) > 0
            then 'STU3'
        when said.code is not null or said.category is not null then 'R5'
        else 'R4'
    end as version,
    said.id as "fhir id",
    coalesce(
        said.source.observer.display,
        said.source.observer.identifier.value,
        said.source.observer.reference,
        said.source.site ->> '$'
    ) as "fhir system",
    coalesce(
        said.source.site ->> '$.display',
        case
            when json_type(said.source.site) = 'VARCHAR' then said.source.site ->> '$'
        end,
        'company'
    ) as "fhir site",
    coalesce(
        said.recorded,
        said.occurreddatetime,
        said.occurredperiod.start,
        said.period.start
    ) as "fhir recorded",
    who as "fhir who",
    case
        when actor.type.coding[1].code = 'humanuser' then 'human'
        when
            regexp_matches(
                actor.who.reference, '(Practitioner|PractitionerRole|Person|Patient)/'
            )
            then 'human'
        when regexp_matches(actor.who.reference, 'Device/') then 'system'
        when actor.type.coding[1].code in ('110150', '110153', 'dataprocessor')
            then 'system'
        else 'unknown'
    end as "fhir who kind",
    case
        when what = '110122' then 'login'
        when what = '110123' then 'logout'
        when what = '110127' then 'break-glass'
        when what in ('110136', '110137') then 'permission change'
        when what in ('read', 'vread') or what like 'history%' then 'view'
        when what like 'search%' then 'search'
        when what in ('create', 'update', 'delete') then what
        when what = 'patch' then 'update'
        when about = '110106' then 'export'
        when about = '110112' then 'search'
        when said.action = 'C' then 'create'
        when said.action = 'R' then 'view'
        when said.action = 'U' then 'update'
        when said.action = 'D' then 'delete'
        else 'other'
    end as "fhir event",
    said.action as "fhir action",
    case
        when ended in ('0', 'success', 'information') then 'success'
        when ended in ('4', '8', '12', 'warning', 'error', 'fatal') then 'failure'
        else 'unknown'
    end as "fhir outcome",
    coalesce(
        said.outcomedesc,
        said.outcome ->> '$.detail[0].text',
        said.outcome ->> '$.detail[0].coding[0].display'
    ) as "fhir outcome reason",
    coalesce(
        nullif(regexp_extract(said.patient.reference, 'Patient/([^/]+)', 1), ''),
        nullif(regexp_extract(patient.what.reference, 'Patient/([^/]+)', 1), ''),
        patient.what.identifier.value
    ) as "fhir patient",
    record.what.reference as "fhir record",
    coalesce(
        said.purposeofevent[1].coding[1].code, said.authorization[1].coding[1].code
    ) as "fhir purpose",
    coalesce(address, actor.networkstring) as "fhir address",
    case when address is null then actor.network.address end as "fhir device"
from found
order by row
