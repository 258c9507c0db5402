-- Talks that have gone quiet are looked for among those in which something was said since the last look, not among all that there ever were.

-- First, and in the order of who says something: another hub that does so meanwhile would wait for one and have the other.
lock table message, conversation in access exclusive mode;

alter table conversation add awake boolean not null default true;
comment on column conversation.awake is 'whether something was said since it was last found quiet';

update conversation set awake = false
from conversation this
left join lateral (select said_at from talk where conversation_id = this.id order by id desc limit 1) as last on true
where conversation.id = this.id
  and (last.said_at <= this.idle_at or not exists (select from talk where conversation_id = this.id and role = 'assistant' and not command));

create index conversation_awake on conversation (id) where awake;

create function wake() returns trigger
    language plpgsql
    as $$
begin
    -- Who finds it quiet at this moment is waited for by the foreign key, and what they did is seen here: by its name this trigger comes after that.
    update conversation set awake = true where id = new.conversation_id and not awake;
    return null;
end
$$;
create trigger wake after insert or update of conversation_id, held_by on message for each row
    when (new.role in ('user', 'assistant') and new.held_by is null and (new.suppressed_by is null or new.suppressed_by = 'not-addressed')) -- as in talk
    execute function wake();
comment on function wake is 'a talk in which something is said, or that something said elsewhere comes to, will be quiet once more';
