/** Column types of the schema. Instants are read as milliseconds and written as `Date`. */
import type { ColumnType, RawBuilder } from 'kysely';

export type Instant = ColumnType<number, Date | RawBuilder<Date>, Date | RawBuilder<Date>>;
export type MaybeInstant = ColumnType<
  number | null,
  Date | RawBuilder<Date> | null | undefined,
  Date | RawBuilder<Date> | null
>;
export type DefaultInstant = ColumnType<number, Date | undefined, Date | RawBuilder<Date>>;
export type Json<T> = ColumnType<T, string, string>;
export type MaybeJson<T> = ColumnType<T | null, string | null | undefined, string | null>;
export type DefaultJson<T> = ColumnType<T, string | undefined, string>;
