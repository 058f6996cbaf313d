// How fresh a customer is: the greatest time and the newest version of each source (SPEC §4), from
// all changes that count: an oracle. It must never import what it judges.
import type { ToldChange } from './newest-rows.ts';

type Version = { readonly epoch: string; readonly version: string };

/** Of the newest changes of one customer, deletes included. */
export function freshness(newest: readonly ToldChange[]) {
  const sources = Map.groupBy(newest, ({ source }) => source);
  return {
    updatedAt: newest.reduce((latest, { time }) => (time > latest ? time : latest), ''),
    sources: Object.fromEntries([...sources].map(([source, told]) => [source, newestOf(told)])),
  };
}

function newestOf(told: readonly ToldChange[]): Version {
  const versions = told.map(({ epoch, version }) => [BigInt(epoch), BigInt(version)] as const);
  const [epoch, version] = versions.reduce((best, one) =>
    one[0] > best[0] || (one[0] === best[0] && one[1] > best[1]) ? one : best,
  );
  return { epoch: String(epoch), version: String(version) };
}
