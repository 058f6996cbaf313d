// The texts of customers over stores in memory, with a generator as a test wants it, or none.
import { sha256 } from '../../adapters/hash.ts';
import { composeMessage } from '../../adapters/mail/compose-message.ts';
import { newId } from '../../adapters/new-id.ts';
import type { ReadPorts } from '../../application/open-customer.ts';
import type { CustomerStore } from '../../application/ports.ts';
import type { DraftPorts } from '../../application/text/draft-reminder.ts';
import { type Texts, textsOver } from '../../application/text/texts.ts';
import type { WritingPorts } from '../../application/text/write-text.ts';

type Stores = ReadPorts & { readonly customers: Pick<CustomerStore, 'commit'> };

/** The ports of texts: without a model, unless a test has one. */
export function textPorts(stores: Stores, writing: Partial<WritingPorts> = {}): DraftPorts {
  return {
    ...stores,
    generator: null,
    check: () => [],
    now: () => 0,
    // Nobody is late but in tests that are about it.
    expire: () => new Promise(() => {}),
    hash: sha256,
    newId,
    ...writing,
    customers: stores.customers,
  };
}

/** Texts that are all the template's. */
export function templateTexts(stores: Stores): Texts {
  return textsOver(textPorts(stores), composeMessage);
}
