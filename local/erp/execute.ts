// Carries a command out on a customer's ledger, as an ERP does: whole or not at all. Ledger in,
// changes out.
import type { ErpCommand } from './command.ts';
import type { Ledger, LedgerRow } from './ledger.ts';
import { bouncePayment } from './nsf-payment.ts';
import type { Numbering } from './numbering.ts';
import type { Outcome } from './outcome.ts';
import { reprint } from './reprint.ts';
import { settle } from './settle.ts';
import { writeOff } from './write-off.ts';

export type Execution = { readonly outcome: Outcome; readonly changes: readonly LedgerRow[] };

/** What becomes of the ledger; numbers for what is posted are taken from `numbering`. */
export function execute(command: ErpCommand, ledger: Ledger, numbering: Numbering): Execution {
  const outcome = perform(command, ledger, numbering);
  return { outcome, changes: outcome.outcome === 'rejected' ? [] : ledger.changes() };
}

function perform({ type, data }: ErpCommand, ledger: Ledger, numbering: Numbering): Outcome {
  switch (type) {
    case 'workspace.nsfPayment.requested.v1':
      return bouncePayment(data.parameters, ledger, numbering);
    case 'workspace.writeOff.requested.v1':
      return writeOff(data.parameters, ledger, numbering);
    case 'workspace.settle.requested.v1':
      return settle(data.parameters, ledger, numbering);
    case 'workspace.reprint.requested.v1':
      return reprint(data.parameters, ledger);
  }
}
