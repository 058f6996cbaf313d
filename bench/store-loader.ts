// Fills the store of an embedded runtime without its queue and its HTTP: changes go through the
// production use case into memory, customer by customer, and the documents it makes of them are
// created in the store's file by the server's own operation. What is read later is what the whole
// way would have written.
import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { applyChanges, type ApplyPorts } from '../application/apply-changes.ts';
import type { ReferenceStore } from '../application/ports.ts';
import { customerKey } from '../domain/key.ts';
import { topology } from '../infra/topology.ts';
import { type DocumentStore, openDocumentStore } from '../local/cosmos/document-store.ts';
import { decodeItem } from '../local/cosmos/item.ts';
import { applyItemOperation } from '../local/cosmos/item-operation.ts';
import { parseJson } from '../local/cosmos/json.ts';
import { sortKey } from '../local/cosmos/sort-key.ts';
import type { CloudEvent } from '../test/end-to-end/cloud-event.ts';
import { applyPorts } from '../test/support/apply-ports.ts';
import { memoryLists } from '../test/support/memory-lists.ts';
import { memoryCustomers, memoryReference } from '../test/support/memory-stores.ts';
import { BUSINESS_NOW, COMPANY, companyChange } from './ledger.ts';
import { messagesOf } from './messages.ts';

/** Documents created in one transaction of the file. */
const CREATED_AT_ONCE = 5_000;

/** A customer and all its changes; one who is loaded alone may have very many. */
export type LoadedCustomer = { readonly name: string; readonly changes: readonly CloudEvent[] };

/** Makes the store of a runtime in a new folder; gives the number of documents. */
export async function loadStore(
  folder: string,
  customers: Iterable<LoadedCustomer>,
): Promise<number> {
  await mkdir(folder, { recursive: true });
  const store = openDocumentStore(join(folder, 'cosmos.sqlite'), topology.cosmos.containers);
  try {
    const creator = new Creator(store);
    const reference = remembering(memoryReference());
    await apply([companyChange()], portsOver(reference));
    for (const one of reference.written()) creator.add('reference', one);
    for (const { name, changes } of customers) {
      const [memory, lists] = [memoryCustomers(), memoryLists()];
      await apply(changes, { ...portsOver(reference), customers: memory, lists });
      for (const one of Object.values(memory.documents(customerKey(COMPANY, name)))) {
        creator.add('customers', one);
      }
      for (const one of lists.documents()) creator.add('customer-lists', one);
    }
    return creator.end();
  } finally {
    store.close();
  }
}

function portsOver(reference: ReferenceStore): ApplyPorts {
  return applyPorts({ reference, clock: () => Date.parse(BUSINESS_NOW) });
}

async function apply(events: readonly CloudEvent[], ports: ApplyPorts): Promise<void> {
  for (const message of messagesOf(events)) {
    const { failed } = await applyChanges(message, ports);
    for (const { error } of failed) throw error;
  }
}

/** The store, and what was written to it last, by id. */
function remembering(store: ReferenceStore): ReferenceStore & { written(): readonly object[] } {
  const written = new Map<string, object>();
  const keep = (writes: readonly { readonly id: string; readonly document: object | null }[]) => {
    for (const { id, document } of writes) if (document !== null) written.set(id, document);
  };
  return {
    ...store,
    commit(company, writes) {
      keep(writes);
      return store.commit(company, writes);
    },
    commitCompanies(write) {
      keep([write]);
      return store.commitCompanies(write);
    },
    written: () => [...written.values()],
  };
}

/** Creates documents, many in one transaction. */
class Creator {
  readonly #store: DocumentStore;
  #waiting: { readonly container: string; readonly document: object }[] = [];
  #created = 0;

  constructor(store: DocumentStore) {
    this.#store = store;
  }

  add(container: string, document: object): void {
    this.#waiting.push({ container, document });
    if (this.#waiting.length >= CREATED_AT_ONCE) this.#flush();
  }

  /** Creates what waits, and gives how many there are now. */
  end(): number {
    this.#flush();
    return this.#created;
  }

  #flush(): void {
    this.#store.transaction(
      () => {
        for (const { container, document } of this.#waiting) this.#create(container, document);
      },
      () => true,
    );
    this.#created += this.#waiting.length;
    this.#waiting = [];
  }

  #create(container: string, document: object): void {
    const collection = this.#store.collection(container);
    if (collection === undefined) throw new Error(`topology.json has no container ${container}`);
    const decoded = decodeItem(parseJson(JSON.stringify(document)));
    if (!decoded.ok) throw new Error(decoded.message);
    const { item } = decoded;
    const partition = sortKey(item.document[collection.topology.partitionKeyPath.slice(1)]);
    const newEtag = () => `"${randomUUID()}"`;
    const context = { collection, partition, now: Date.now, newEtag };
    const outcome = applyItemOperation(context, { type: 'create', item });
    if (!outcome.ok) throw new Error(outcome.message);
  }
}
