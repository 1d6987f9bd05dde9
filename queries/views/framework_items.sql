-- subject: items of a framework as an IG lead has imported them, up to a day, as known
-- why:     what stands here takes the place of our own reference row of the same item

select
    framework,
    version,
    item,
    wording,
    measures,
    mandatory,
    mandatory_approaching,
    in_use,
    confidence,
    source
from known_framework_items($as_of)
