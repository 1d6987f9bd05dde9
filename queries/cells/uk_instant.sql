-- name: uk_instant
-- why:  UK wall-clock time to an instant. Of the autumn hour that comes twice the first is
--       taken: a clock that may have started earlier is counted from earlier. The hour
--       that the spring leaves out does not exist and is unreadable, and so are the
--       summers of the 1940s, when the clocks went two hours forward.

create or replace macro uk_instant(wall) as list_transform(
    [wall],
    lambda shown: case
        when uk_time(timezone('UTC', shown) - interval 1 hour) = shown
            then timezone('UTC', shown) - interval 1 hour
        when uk_time(timezone('UTC', shown)) = shown
            then timezone('UTC', shown)
    end
)[1]
