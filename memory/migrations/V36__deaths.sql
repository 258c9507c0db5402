-- In a crash loop that goes on whatever is in work, a death says little about what was.

create table death (
    owner       text primary key,
    noticed_at  timestamptz not null default now()
);
comment on table death is 'starts of hubs that ended, or hung, without giving back what they were at';
