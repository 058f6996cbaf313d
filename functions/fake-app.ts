// An app for tests of who may call what: it reads a customer, and everything else is refused or empty.
import { sha256 } from '../adapters/hash.ts';
import { configuredTelemetry } from '../adapters/telemetry/configured-telemetry.ts';
import { CallBudget } from '../application/call-budget.ts';
import { Unavailable } from '../application/ports.ts';
import { ROLES } from '../domain/access.ts';
import type { EmbeddedCustomer } from '../test/support/embedded-customer.ts';
import { templateTexts } from '../test/support/template-texts.ts';
import type { App } from './composition.ts';

/** An app over this customer, and how much it has read; a token is `user/role+role`. */
export function fakeApp({ ports, customers }: Pick<EmbeddedCustomer, 'ports' | 'customers'>): {
  readonly app: App;
  readonly reads: () => number;
} {
  let count = 0;
  const counted = <T>(argument: T): T => {
    count += 1;
    return argument;
  };
  const reads: App['reads'] = {
    ...ports,
    companies: {
      find: (id) => ports.companies.find(counted(id)),
      forget: (id) => ports.companies.forget(id),
    },
    companyList: { companies: () => counted(ports.companyList).companies() },
    customers: { ...ports.customers, read: (pk, ids) => ports.customers.read(counted(pk), ids) },
  };
  const app: App = {
    ingest: async () => ({ accepted: 0, duplicateInRequest: 0, rejected: 0, receipts: [] }),
    ingestRows: async () => ({ accepted: 0, duplicateInRequest: 0, rejected: 0, receipts: [] }),
    apply: () => Promise.reject(new Error('nothing is applied here')),
    applySnapshotEvents: () => Promise.reject(new Error('no snapshot is told here')),
    linkRows: () => Promise.reject(new Error('nothing is linked here')),
    watermarks: async () => counted({ items: [], more: false }),
    listSnapshots: async () => counted([]),
    quarantine: { find: async () => null, list: async () => counted([]) },
    replayQuarantined: async () => counted(null),
    deadLetters: {
      peek: async () => counted([]),
      replay: async () => counted({ replayed: 0, notFound: [], more: false }),
    },
    bury: () => Promise.reject(new Error('nothing is buried here')),
    runTask: () => Promise.reject(new Error('no task is done here')),
    ageLists: () => Promise.reject(new Error('nothing is aged here')),
    runs: {
      start: () => Promise.reject(new Error('no task is started here')),
      progress: async () => null,
    },
    calls: new CallBudget(1_000, () => 0),
    origins: [],
    authenticate: async (token) => {
      if (token === 'away') throw new Unavailable('issuer', 5, new Error('gone'));
      const [user = '', sent] = token.split('/');
      if (sent === undefined) return { kind: 'refused', reason: 'signature' };
      const roles = ROLES.filter((role) => sent.split('+').includes(role));
      return { kind: 'signed-in', caller: { user, principalName: null, name: null, roles } };
    },
    reads,
    consistentReads: { ...reads, pause: async () => {} },
    commands: {
      request: () => Promise.reject(new Error('nothing is asked for here')),
      find: async () => counted(null),
      note: () => Promise.reject(new Error('nothing is noted here')),
      sendWaiting: () => Promise.reject(new Error('nothing is sent here')),
    },
    texts: templateTexts({ ...ports, customers }),
    probes: { ai: () => 'off', cosmos: async () => {}, queueDepths: async () => ({}) },
    hash: sha256,
    documentation: async (name) => name,
    telemetry: configuredTelemetry(null, () => undefined),
    close: async () => {},
  };
  return { app, reads: () => count };
}
