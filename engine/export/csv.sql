-- The overlaps for CSV. The step is part of a query, so it does not end in a semicolon.

-- step matching: overlaps in the order of their findings, which `shown` holds with their places, then by start
select overlap.rowid as row_id, place
from shown
join overlap using (user_key)
