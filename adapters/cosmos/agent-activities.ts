// Activities by worker in the container `agent-activities`, one partition per company and worker
// (DESIGN, Cosmos DB).
import type { JSONValue } from '@azure/cosmos';
import type { OpenContainer } from './client.ts';
import type { AgentActivities, AgentActivitiesQuestion } from '../../application/ports.ts';
import type { AgentActivity, AgentActivityDocument } from '../../domain/agent-activity.ts';
import { commit } from './commit.ts';
import { decodeStored } from './documents.ts';
import { asking } from './failure.ts';
import { type Query, runQuery } from './query.ts';

const KINDS: readonly AgentActivityDocument['kind'][] = ['row', 'removed'];

/** The activities over their container. */
export function agentActivities(container: OpenContainer): AgentActivities {
  return {
    async read(agent, id) {
      const { resource } = await asking(async () =>
        (await container()).item(id, agent).read<object>(),
      );
      return resource === undefined ? null : decodeStored<AgentActivityDocument>(resource, KINDS);
    },
    write: (write, agent) => commit(container, agent, [write]),
    async page(agent, question) {
      const found = await runQuery(container, agent, pageQuery(agent, question), question.limit);
      return found.map((one) => decodeStored<AgentActivity>(one, ['row']).document);
    },
  };
}

function pageQuery(agent: string, { closed, after }: AgentActivitiesQuestion): Query {
  const parameters: Record<string, JSONValue> = { agent };
  const where = ['c.agent = @agent', "c.kind = 'row'"];
  if (closed !== null) {
    where.push('c.closed = @closed');
    parameters['closed'] = closed;
  }
  if (after !== null) {
    where.push('(c.endAt > @endAt OR (c.endAt = @endAt AND c.id > @id))');
    parameters['endAt'] = after.endAt;
    parameters['id'] = after.id;
  }
  const order = closed === null ? ['agent', 'endAt', 'id'] : ['agent', 'closed', 'endAt', 'id'];
  const orderBy = order.map((column) => `c.${column}`).join(', ');
  return { text: `SELECT * FROM c WHERE ${where.join(' AND ')} ORDER BY ${orderBy}`, parameters };
}
