-- One SQL with and without pgvector: the extension where the server has it, otherwise a shim of the same names.
-- Vectors are normalised, so that the cosine distance is one minus the dot product.
do $$
begin
    if exists (select from pg_available_extensions where name = 'vector') then
        create extension if not exists vector;
    else
        create domain vector as real[];

        create function vector_cosine_distance(a real[], b real[]) returns double precision
            language sql immutable strict parallel safe
            as 'select 1 - sum(x::float8 * y) from unnest(a, b) as pair(x, y)';

        create operator <=> (leftarg = real[], rightarg = real[], function = vector_cosine_distance, commutator = <=>);
    end if;
end
$$;
