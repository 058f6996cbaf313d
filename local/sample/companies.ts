// The two sample companies: their books, pools and agents. Everybody in them is invented.
import { DEVELOPER } from '../issuer/development-sign-in.ts';

export type AgentPlan = {
  readonly worker: string;
  readonly name: string;
  readonly user: string;
  readonly pools: readonly string[];
  readonly defaultPool: string | null;
  readonly allPools: boolean;
};

export type PoolPlan = {
  readonly id: string;
  readonly description: string;
  readonly agingDefinition: string | null;
  /** The worker its activities fall to. */
  readonly worker: string;
};

export type CompanyPlan = {
  readonly id: string;
  readonly name: string;
  readonly accountingCurrency: string;
  readonly timeZone: string;
  /** Hours in UTC that are office hours there, in summer and in winter. */
  readonly officeHours: readonly [from: number, to: number];
  readonly customerPrefix: string;
  readonly customerCount: number;
  readonly invoicePrefix: string;
  readonly firstInvoice: number;
  /** Charged when a payment bounces, in minor units. */
  readonly bouncedFee: number;
  readonly pools: readonly PoolPlan[];
  readonly agents: readonly AgentPlan[];
};

/** The definition that one pool uses instead of the default one (SPEC §3.3). */
export const KEY_ACCOUNT_AGING = {
  id: 'key-accounts',
  name: 'Key accounts, two weeks at a time',
  agedBy: 'dueDate',
  buckets: [
    { label: 'Not due', from: null, to: 0 },
    { label: '1-14', from: 1, to: 14 },
    { label: '15-28', from: 15, to: 28 },
    { label: '29-60', from: 29, to: 60 },
    { label: 'Over 60', from: 61, to: null },
  ],
};

const DEVELOPER_NAME = 'Robin Ashdown';

const USMF: CompanyPlan = {
  id: 'usmf',
  name: 'Example Trading USA',
  accountingCurrency: 'USD',
  timeZone: 'America/Los_Angeles',
  officeHours: [17, 23],
  customerPrefix: 'US-',
  customerCount: 120,
  invoicePrefix: 'FTI-',
  firstInvoice: 41_207,
  bouncedFee: 35_00,
  pools: [
    { id: 'west', description: 'Western states', agingDefinition: null, worker: '000101' },
    { id: 'east', description: 'Eastern states', agingDefinition: null, worker: '000114' },
    {
      id: 'key-accounts',
      description: 'Key accounts',
      agingDefinition: KEY_ACCOUNT_AGING.id,
      worker: '000101',
    },
    { id: 'abroad', description: 'Abroad', agingDefinition: null, worker: '000127' },
  ],
  agents: [
    {
      worker: '000101',
      name: DEVELOPER_NAME,
      user: DEVELOPER.user,
      pools: ['west', 'key-accounts'],
      defaultPool: 'west',
      allPools: false,
    },
    agent('000114', 'Dana Whitlock', ['east']),
    agent('000127', 'Miguel Arrieta', ['abroad'], true),
    agent('000139', 'Priya Natarajan', []),
  ],
};

const DEMF: CompanyPlan = {
  id: 'demf',
  name: 'Beispiel Handel Deutschland GmbH',
  accountingCurrency: 'EUR',
  timeZone: 'Europe/Berlin',
  officeHours: [7, 14],
  customerPrefix: 'DE-',
  customerCount: 80,
  invoicePrefix: 'RE-',
  firstInvoice: 23_610,
  bouncedFee: 12_50,
  pools: [
    { id: 'nord', description: 'Norddeutschland', agingDefinition: null, worker: '000101' },
    { id: 'sued', description: 'Süddeutschland', agingDefinition: null, worker: '000214' },
    { id: 'ausland', description: 'Ausland', agingDefinition: null, worker: '000227' },
  ],
  agents: [
    {
      worker: '000101',
      name: DEVELOPER_NAME,
      user: DEVELOPER.user,
      pools: ['nord', 'ausland'],
      defaultPool: 'nord',
      allPools: false,
    },
    agent('000214', 'Katrin Lohmeyer', ['sued']),
    agent('000227', 'Jonas Wiebrecht', ['ausland'], true),
    agent('000239', 'Ayşe Demirtaş', []),
  ],
};

/** Both, in the order in which they are fed. */
export const COMPANIES: readonly CompanyPlan[] = [USMF, DEMF];

function agent(worker: string, name: string, pools: readonly string[], allPools = false) {
  const [first = '', last = ''] = name.toLowerCase().normalize('NFKD').split(' ');
  const user = `${first}.${last}@arrears.example`.replaceAll(/[^a-z.@]/g, '');
  return { worker, name, user, pools, defaultPool: pools[0] ?? null, allPools };
}
