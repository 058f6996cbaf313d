// Feeds a running Arrears over HTTP, as an ERP would.
import type { CloudEvent } from '../test/end-to-end/cloud-event.ts';

/** Posts changes as one batch; throws unless all are accepted. */
export async function feed(url: string, changes: readonly CloudEvent[]): Promise<void> {
  const response = await fetch(`${url}/api/changes`, {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents-batch+json' },
    body: JSON.stringify(changes),
  });
  const body = await response.text();
  if (response.status !== 202 || !body.includes('"rejected":0')) {
    throw new Error(`not accepted: ${response.status} ${body.slice(0, 300)}`);
  }
}

/** Items in groups of at most `size`, in order. */
export function inGroups<T>(items: readonly T[], size: number): T[][] {
  const groups: T[][] = [];
  for (let start = 0; start < items.length; start += size) {
    groups.push(items.slice(start, start + size));
  }
  return groups;
}
