// Right at midnight (SPEC §3.3): ages the company-wide lists of every company whose business date
// has moved on, only for the customers whose figures change by it. Each company has one run that
// goes on for ever, day after day: its document remembers the day, and being written only as it was
// read, it lets one of several instances begin a day. Asked again a quarter of an hour later, this
// also puts right what went wrong meanwhile.
import { businessDate, type Day, formatInstant, parseInstant } from '../domain/calendar.ts';
import type { Company } from '../domain/reference.ts';
import type { CompanyDirectory } from './company-directory.ts';
import { dueCustomers } from './due-customers.ts';
import {
  type ChangeQueue,
  type Clock,
  type CustomerLists,
  type ReferenceStore,
  Unavailable,
} from './ports.ts';
import { RUN_ID, type RunDocument, type RunPorts } from './run.ts';
import { newRun, nextStep } from './sweep.ts';

/**
 * Milliseconds between two rounds of the same day. A second one is for rows that were written by
 * yesterday's date after the first had gone past, and for customers that failed.
 */
export const ROUND_MILLISECONDS = 3_600_000;

export type AgeListsPorts = RunPorts & {
  readonly queue: ChangeQueue;
  readonly companyList: Pick<ReferenceStore, 'companies'>;
  readonly companies: CompanyDirectory;
  readonly lists: Pick<CustomerLists, 'page'>;
  /** The business clock. */
  readonly clock: Clock;
};

/**
 * Starts whatever the lists of all companies need to be right today; safe to run at any time, and
 * twice at once. A company with which anything is wrong is told to `onFailure`, and the others go
 * on. Throws Unavailable.
 */
export async function ageLists(
  ports: AgeListsPorts,
  onFailure: (error: unknown) => void,
): Promise<void> {
  const stored = await ports.companyList.companies();
  for (const company of stored?.document.ids ?? []) {
    try {
      await ageCompany(company, ports);
    } catch (error) {
      if (error instanceof Unavailable) throw error;
      onFailure(error);
    }
  }
}

async function ageCompany(id: string, ports: AgeListsPorts): Promise<void> {
  const company = await ports.companies.find(id);
  // Nobody is listed before it arrives; then everybody is, as of that day.
  if (company === null) return;
  const run = `re-age|${id}`;
  const stored = await ports.runs.readRun(run);
  const today = businessDate(ports.clock(), company.timeZone);
  const known = stored?.document ?? null;
  switch (await stateOf(known, company, today, ports)) {
    case 'over':
      return;
    case 'under way':
      // Its step may be lost, and one too many does no harm.
      if (known !== null) await ports.queue.send([nextStep(run, known)]);
      return;
    case 'due': {
      const document = begun(known, company, today, formatInstant(ports.now()));
      const write = { id: RUN_ID, document, etag: stored?.etag ?? null };
      // A conflict: another instance begins the day.
      if ((await ports.runs.save(run, write)) === 'conflict') return;
      await ports.queue.send([nextStep(run, document)]);
    }
  }
}

async function stateOf(
  run: RunDocument | null,
  company: Company,
  today: Day,
  { lists, now }: AgeListsPorts,
): Promise<'due' | 'under way' | 'over'> {
  if (run === null || (run.day ?? today - 1) < today) return 'due';
  if (!run.complete || !run.handedOut) return 'under way';
  if (now() - (parseInstant(run.stepAt) ?? 0) < ROUND_MILLISECONDS) return 'over';
  const { customers } = await dueCustomers(company, today, null, 1, lists);
  return customers.length > 0 ? 'due' : 'over';
}

/**
 * The run from its first customer on, for a day. A page that was not handed out stays: its step, or
 * the one that is sent now, hands it out first.
 */
function begun(known: RunDocument | null, company: Company, day: Day, at: string): RunDocument {
  const { id, listing: reference } = company;
  const run = known ?? newRun({ task: 're-age', company: id, customer: null, reference }, at);
  return { ...run, reference, day, next: null, complete: false, startedAt: at, stepAt: at };
}
