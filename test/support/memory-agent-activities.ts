// The activities of workers in memory, for tests that want no server.
import type { AgentActivities } from '../../application/ports.ts';
import type { AgentActivityDocument } from '../../domain/agent-activity.ts';
import { Partitions } from './partitions.ts';

export type MemoryAgentActivities = AgentActivities & {
  /** Every document, markers of removed rows included. */
  documents(): readonly AgentActivityDocument[];
};

/** Nobody has anything to do. */
export function memoryAgentActivities(): MemoryAgentActivities {
  const partitions = new Partitions<AgentActivityDocument>();
  const place = ({ endAt, id }: { readonly endAt: string; readonly id: string }) =>
    `${endAt} ${id}`;
  return {
    documents: () => partitions.all(),
    read: async (agent, id) => structuredClone(partitions.of(agent).get(id) ?? null),
    write: async (write, agent) => partitions.commit(agent, [write]),
    page: async (agent, { closed, after, limit }) =>
      [...partitions.of(agent).values()]
        .flatMap(({ document }) => (document.kind === 'row' ? [document] : []))
        .filter((row) => closed === null || row.closed === closed)
        .filter((row) => after === null || place(row) > place(after))
        .toSorted((a, b) => (place(a) < place(b) ? -1 : 1))
        .slice(0, limit),
  };
}
