import { sql, type RawBuilder } from "kysely";

/**
 * States as literals. SQLite uses a partial index only where the query says the very words of the index: with a bound value, or `= 'waiting'` without
 * `IN ('waiting', 'sent')` beside it, every turn of the outbox would read each order and each signed transaction that there ever was.
 */
type Literal<T extends string> = RawBuilder<T>;

export const WAITING: Literal<"waiting"> = sql.lit("waiting");
export const REFUSED: Literal<"refused"> = sql.lit("refused");
/** orders whose effect is not in a block */
export const OPEN: readonly Literal<"waiting" | "sent">[] = [WAITING, sql.lit<"sent">("sent")];
/** attempts that may still be mined */
export const PENDING: Literal<"pending"> = sql.lit("pending");
