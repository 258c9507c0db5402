-- What a person does about dead letters, and what became of every message ---------------------------------------------------------------

alter table dead_letter
    add column state text not null default 'open' check (state in ('open', 'replayed', 'discarded'));
create index dead_letter_open on dead_letter (queue, id) where state = 'open';
comment on column dead_letter.state is 'open waits for a person; replayed is work again, and open again if it dies once more';

create table dead_letter_story (
    id               bigint      generated always as identity primary key,
    letter_id        bigint      not null references dead_letter,
    event            text        not null check (event in ('died', 'edited', 'replayed', 'discarded')),
    who              text,
    reason           text,
    trace            text,
    attempts         int,
    may_have_arrived boolean,
    happened_at      timestamptz not null default clock_timestamp()
);
create index dead_letter_story_letter on dead_letter_story (letter_id);
comment on column dead_letter_story.who is 'the member of staff or the program; null when nobody did it';

insert into dead_letter_story (letter_id, event, reason, trace, attempts, may_have_arrived, happened_at)
select id, 'died', reason, trace, attempts, may_have_arrived, died_at from dead_letter;

alter table model_call add column message_id bigint references message;
create index model_call_message on model_call (message_id) where message_id is not null;
comment on column model_call.message_id is 'the last message of the turn it was to answer';

alter table frame add column attempts int;
comment on column frame.attempts is 'how often answering was tried, the time it succeeded included';
