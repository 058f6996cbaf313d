// Documents without what depends on how often something was written (SPEC §2.1).
import type { StoredCustomerDocument } from '../../application/ports.ts';
import type { ReferenceDocument, ReferenceRecord } from '../../domain/reference.ts';

type Stored = StoredCustomerDocument | ReferenceDocument | ReferenceRecord;

/** The document without its revision and without its memory of lists, which is bookkeeping too. */
export function withoutRevision(document: Stored): object {
  switch (document.kind) {
    case 'header':
      return { ...document, revision: 'any', lists: 'any' };
    case 'activity':
      return { ...document, lists: 'any' };
    case 'reference': {
      const relisted = document.relisted >= document.listing ? 'all' : 'not yet';
      return { ...document, revision: 'any', listing: 'any', relisted };
    }
    case 'customer':
    case 'transaction':
    case 'settlement':
    case 'installment':
    case 'collectionsStatus':
    case 'contact':
    case 'collectionLetter':
    case 'poolMember':
    case 'history':
    case 'summary':
    case 'textBudget':
    case 'reminderEmail':
    case 'tally':
    case 'histogram':
    case 'insight':
    case 'company':
    case 'agingDefinition':
    case 'pool':
    case 'agent':
      return document;
  }
}
