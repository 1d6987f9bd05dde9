-- name:       request_start
-- why:        the day the clock of a request starts: receipt, or the day identity
--             information or a fee that was asked for arrived, whichever is latest
-- law:        UK GDPR art. 12A, worded as DPA 2018 s.54(3) ("the relevant time")
-- confidence: A

create or replace macro request_start(received_on, identity_on, fee_on) as case
    when received_on is not null then greatest(received_on, identity_on, fee_on)
end
