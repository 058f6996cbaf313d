// What becomes of a command to the ERP once it was checked.
import type { ErpCommand } from './erp-command.ts';
import type { Refusal } from './refusal.ts';

export type Resolved =
  | {
      readonly kind: 'to-send';
      readonly command: ErpCommand;
      /** Ids of the documents of the records it is about, each once. */
      readonly touches: readonly string[];
    }
  /** A document whose address is known needs no ERP. */
  | { readonly kind: 'known'; readonly documentUrl: string };

export type Resolution = Resolved | ({ readonly kind: 'refused' } & { readonly refusal: Refusal });
