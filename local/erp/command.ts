// The commands as they come on the queue `erp-commands` (docs/erp-commands.md): read at the door,
// and no more of them than is needed to carry them out.
import * as z from 'zod';

const DATE = /^\d{4}-\d\d-\d\d$/;
const MONEY = /^-?\d{1,16}(?:\.\d{1,4})?$/;
const date = z.string().regex(DATE);
const money = z.string().regex(MONEY);

const recordName = z.object({
  /** Without its epoch. */
  source: z.string(),
  record: z.string(),
});
/** A transaction, and the amount it was found to have open; signed as the transaction is. */
const transaction = recordName.extend({ currency: z.string(), amount: money });

const nsfPayment = z.object({ payment: transaction, date });
const writeOff = z.object({
  transactions: z.array(transaction).min(1),
  date,
  reason: z.string().nullish(),
});
const settle = z.object({
  settlements: z
    .array(
      z.object({
        transaction: recordName,
        offset: recordName,
        /** Greater than zero, in the transaction's currency. */
        amount: money,
        /** In the offset's currency. */
        offsetAmount: money,
      }),
    )
    .min(1),
  date,
});
const reprint = z.object({
  document: z.discriminatedUnion('kind', [
    recordName.extend({ kind: z.literal('invoice') }),
    recordName.extend({ kind: z.literal('collectionLetter') }),
    z.object({ kind: z.literal('statement'), from: date, to: date }),
  ]),
});

function event<Type extends string, Parameters extends z.ZodType>(
  type: Type,
  parameters: Parameters,
) {
  return z.object({
    id: z.string().min(1),
    type: z.literal(`workspace.${type}.requested.v1`),
    data: z.object({ company: z.string(), customer: z.string(), parameters }),
  });
}

const command = z.discriminatedUnion('type', [
  event('nsfPayment', nsfPayment),
  event('writeOff', writeOff),
  event('settle', settle),
  event('reprint', reprint),
]);

/** A command to the ERP. */
export type ErpCommand = z.infer<typeof command>;
export type RecordName = z.infer<typeof recordName>;
export type NsfPayment = z.infer<typeof nsfPayment>;
export type WriteOff = z.infer<typeof writeOff>;
export type Settle = z.infer<typeof settle>;
export type Reprint = z.infer<typeof reprint>;

/** What can be told of a message that is no command: its id, so that it can be answered. */
const identified = z.object({ id: z.string().min(1) });

/** The command of a message, or the id of one that cannot be read; null for anything else. */
export function readCommand(message: unknown): ErpCommand | { readonly unreadable: string } | null {
  const read = command.safeParse(message);
  if (read.success) return read.data;
  const named = identified.safeParse(message);
  return named.success ? { unreadable: named.data.id } : null;
}
