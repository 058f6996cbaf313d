// Tells what Cosmos DB is asked and what it charges: each request is a span and its request units.
// The address of a request names documents and customers, so the kind of it is told instead.
import type { HttpClient, PipelineRequest } from '@azure/core-rest-pipeline';
import type { Telemetry } from '../../application/telemetry.ts';

const CHARGE = 'x-ms-request-charge';
/** `/dbs/<database>/colls/<container>`, and what of the container is asked for. */
const CONTAINER = /\/dbs\/[^/]+\/colls\/([^/?]+)(?:\/(docs|pkranges))?(?:\/[^/?]+)?/;

/** The client, told of with every request. */
export function tracedHttpClient(client: HttpClient, telemetry: Telemetry): HttpClient {
  return {
    sendRequest(request) {
      const { container, operation } = askedOf(request);
      const attributes = {
        'db.system.name': 'azure.cosmosdb',
        'db.operation.name': operation,
        'db.collection.name': container,
      };
      const start = {
        name: `cosmos ${operation} ${container}`,
        kind: 'client',
        attributes,
      } as const;
      return telemetry.span(start, async (span) => {
        const response = await client.sendRequest(request);
        const charge = Number(response.headers.get(CHARGE) ?? 0);
        telemetry.measure('requestUnits', charge, { container, operation });
        span.add({
          'db.response.status_code': String(response.status),
          'azure.cosmosdb.operation.request_charge': charge,
        });
        if (isFailure(response.status)) span.fail(String(response.status));
        return response;
      });
    },
  };
}

/** A document that is not there, or not as it was read, is an answer like any other. */
function isFailure(status: number): boolean {
  return status >= 400 && ![404, 409, 412].includes(status);
}

/** What a request asks, of which container; both from lists that end. */
export function askedOf({
  method,
  url,
  headers,
}: Pick<PipelineRequest, 'headers' | 'method' | 'url'>): {
  readonly container: string;
  readonly operation: string;
} {
  const [, container = 'account', part] = CONTAINER.exec(url) ?? [];
  if (part !== 'docs') return { container, operation: 'describe' };
  if (isSet(headers.get('x-ms-cosmos-is-batch-request'))) return { container, operation: 'batch' };
  // The library asks how a query over partitions would run, and does without an answer.
  if (isSet(headers.get('x-ms-cosmos-is-query-plan-request')))
    return { container, operation: 'plan' };
  if (isSet(headers.get('x-ms-documentdb-isquery'))) return { container, operation: 'query' };
  return { container, operation: method === 'GET' ? 'read' : 'write' };
}

function isSet(header: string | undefined): boolean {
  return header?.toLowerCase() === 'true';
}
