// What would be deployed, judged without a compiler: `bicep.test.ts` holds the snapshots to the
// templates where there is one.
import { describe, expect, test } from 'vitest';
import { triggers } from '../../functions/triggers.ts';
import { DEPLOYMENTS } from '../../tools/infra/snapshots.ts';
import { deployed, type Resource } from './deployed.ts';
import {
  expectedContainers,
  expectedQueues,
  expectedSubscriptions,
  expectedTopics,
} from './expected-entities.ts';
import { exposure, publicServices } from './exposure.ts';
import { roleAssignments } from './role-assignments.ts';

const { dev, prod } = { dev: deployed('dev'), prod: deployed('prod') };
const CONTAINERS = 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers';
const BOTH = DEPLOYMENTS.map((name) => [name, { dev, prod }[name]] as const);

/** One resource with properties of another value, at the end of the deployment. */
function spoilt(type: string, properties: Readonly<Record<string, unknown>>): Resource[] {
  const found = prod.find((resource) => resource.type === type);
  if (found === undefined) throw new Error(`nothing of type ${type} is deployed`);
  return [{ ...found, properties: { ...found.properties, ...properties } }];
}

describe.each(BOTH)('%s', (_, resources) => {
  test('takes no keys, no old protocols, and says no secret', () => {
    expect(resources.length).toBeGreaterThan(30);
    expect(exposure(resources)).toEqual([]);
  });

  test('has every queue, topic and subscription of topology.json, and no other', () => {
    const bus = 'Microsoft.ServiceBus/namespaces';
    expect(told(resources, `${bus}/queues`, 1)).toEqual(byName(expectedQueues));
    expect(told(resources, `${bus}/topics`, 1)).toEqual(byName(expectedTopics));
    expect(told(resources, `${bus}/topics/subscriptions`, 1)).toEqual(
      byName(expectedSubscriptions),
    );
  });

  test('has every container of topology.json, and no other', () => {
    const containers = told(resources, CONTAINERS, 2);
    const policies = Object.entries(containers).map(([name, { resource }]) => [name, resource]);
    expect(Object.fromEntries(policies)).toEqual(byName(expectedContainers));
  });

  test('has alerts for all that goes wrong', () => {
    const names = resources
      .filter(({ type }) => /scheduledQueryRules|metricAlerts/.test(type))
      .map(({ name }) => name.replace(/^alert-arrears-(.*)-\w+$/, '$1'));
    expect(names.sort()).toEqual([
      'bus-throttled',
      'dead-letters',
      'grounding',
      'lag',
      'quarantine',
      'server-errors',
      'store-throttled',
      'waiting',
    ]);
    expect(Object.keys(told(resources, 'Microsoft.Consumption/budgets', 0))).toEqual(['arrears']);
  });

  test('runs the Node.js the tests run on', () => {
    const app = resources.find(({ type }) => type === 'Microsoft.Web/sites');
    expect(app?.properties['functionAppConfig']).toMatchObject({
      runtime: { name: 'node', version: process.versions.node.split('.')[0] },
    });
  });
});

describe('sizes', () => {
  test('production has a network of its own, through which all data go', () => {
    expect(publicServices(prod)).toEqual(['Microsoft.Web/sites']);
    const groups = Object.keys(told(prod, 'Microsoft.Network/privateEndpoints', 0)).map((name) =>
      name.replace(/-?[a-z0-9]{13}(?=-|$)/, ''),
    );
    expect(groups.sort()).toEqual([
      'pe-cosmos-arrears',
      'pe-oai-arrears',
      'pe-sbns-arrears',
      'pe-star-blob',
      'pe-star-table',
    ]);
  });

  test('functions that are always ready are in the table of triggers', () => {
    const app = prod.find(({ type }) => type === 'Microsoft.Web/sites');
    const groups = triggers.map(({ kind, name }) => (kind === 'http' ? kind : `function:${name}`));
    const ready = JSON.stringify(app?.properties['functionAppConfig']).matchAll(
      /"name":"([^"]+)","instanceCount"/g,
    );
    const names = [...ready].map(([, name]) => name);
    expect(names.length).toBe(2);
    expect(groups).toEqual(expect.arrayContaining(names));
  });

  test('containers that are given request units exist', () => {
    const most = Object.values(told(prod, CONTAINERS, 2)).map(({ options }) => options);
    expect(most).toHaveLength(expectedContainers.length);
    for (const options of most) {
      expect(options).toEqual({ autoscaleSettings: { maxThroughput: expect.any(Number) } });
    }
  });
});

describe('rights', () => {
  const triggering: readonly string[] = triggers.flatMap((one) =>
    one.kind === 'queue' ? [one.queue] : [],
  );
  const others = expectedQueues
    .map(({ name }) => name)
    .filter((name) => !triggering.includes(name));
  const ofApp = [
    'app: Monitoring Metrics Publisher on components',
    'app: Storage Blob Data Owner on storageAccounts',
    'app: Storage Table Data Contributor on storageAccounts',
    'app: Cosmos DB Built-in Data Contributor on databaseAccounts/dbs/arrears',
    ...expectedQueues.flatMap(({ name }) => [
      `app: Azure Service Bus Data Receiver on namespaces/queues/${name}`,
      `app: Azure Service Bus Data Sender on namespaces/queues/${name}`,
    ]),
    ...expectedTopics.map(
      ({ name }) => `app: Azure Service Bus Data Sender on namespaces/topics/${name}`,
    ),
  ];

  test('are the least there are for data, and none over the services', () => {
    expect(roleAssignments(dev)).toEqual(
      [
        ...ofApp,
        'developer: Azure Service Bus Data Receiver on namespaces',
        'developer: Azure Service Bus Data Sender on namespaces',
        'developer: Cosmos DB Built-in Data Contributor on databaseAccounts/dbs/arrears',
      ].sort(),
    );
    expect(roleAssignments(prod)).toEqual(
      [
        ...ofApp,
        'app: Cognitive Services OpenAI User on accounts',
        ...[
          ...others.map((name) => `queues/${name}`),
          ...expectedSubscriptions.map(
            ({ name }) => `topics/${name.replace('/', '/subscriptions/')}`,
          ),
        ].map((entity) => `erp: Azure Service Bus Data Receiver on namespaces/${entity}`),
      ].sort(),
    );
  });

  test('that are more are seen', () => {
    const owner = `/x/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635`;
    expect(
      roleAssignments(
        spoilt('Microsoft.Authorization/roleAssignments', { roleDefinitionId: owner }),
      ),
    ).toEqual(['app: 8e3af657-a8ff-443c-a75c-2fe8c4bcb635 on components']);
  });
});

describe('the gate sees', () => {
  test.each([
    ['keys of Cosmos DB', 'Microsoft.DocumentDB/databaseAccounts', { disableLocalAuth: false }],
    ['keys of storage', 'Microsoft.Storage/storageAccounts', { allowSharedKeyAccess: true }],
    ['keys of Service Bus', 'Microsoft.ServiceBus/namespaces', { disableLocalAuth: null }],
    ['keys of the model', 'Microsoft.CognitiveServices/accounts', { disableLocalAuth: false }],
    ['an old protocol', 'Microsoft.ServiceBus/namespaces', { minimumTlsVersion: '1.0' }],
    ['plain http', 'Microsoft.Web/sites', { httpsOnly: false }],
    ['a secret', 'Microsoft.Web/sites/config', { a: 'AccountEndpoint=x;AccountKey=c2VjcmV0' }],
    ['a key', 'Microsoft.Web/sites/config', { a: "[listKeys('/x', '2024-01-01').keys[0].value]" }],
  ])('%s', (_, type, properties) => {
    expect(exposure(spoilt(type, properties))).toHaveLength(1);
  });

  test('a type nobody has looked at', () => {
    const [resource] = spoilt('Microsoft.Web/sites', {});
    const vault = {
      ...resource,
      id: '',
      name: 'v',
      properties: {},
      type: 'Microsoft.KeyVault/vaults',
    };
    expect(exposure([vault])).toEqual(['Microsoft.KeyVault/vaults is not in the table of demands']);
  });
});

/** What Azure is told of each resource of a type, by name without the names of `depth` parents. */
function told(
  resources: readonly Resource[],
  type: string,
  depth: number,
): Record<string, Readonly<Record<string, unknown>>> {
  return Object.fromEntries(
    resources
      .filter((resource) => resource.type === type)
      .map(({ name, properties }) => [name.split('/').slice(depth).join('/'), properties]),
  );
}

function byName(
  expected: readonly { readonly name: string; readonly properties: object }[],
): Record<string, object> {
  return Object.fromEntries(expected.map(({ name, properties }) => [name, properties]));
}
