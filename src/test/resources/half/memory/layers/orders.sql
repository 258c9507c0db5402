-- heading: Orders
-- place: turn
select 'a' as source, null as role, now() as at, 'x' as text where :contact > 0
