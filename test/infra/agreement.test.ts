// Triggers, adapters, templates, host.json and local.settings.example.json agree, in both directions.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readConfig, SETTING_NAMES } from '../../adapters/config.ts';
import { ROLES } from '../../domain/access.ts';
import { triggers } from '../../functions/triggers.ts';
import { topology } from '../../infra/topology.ts';
import { DEPLOYMENTS } from '../../tools/infra/snapshots.ts';
import { ROOT, sourceFiles } from '../support/source-files.ts';
import { deployed, settingsOf } from './deployed.ts';

/** Settings that somebody else reads, and who. */
const READ_BY_OTHERS: Readonly<Record<string, string>> = {
  AzureWebJobsStorage: 'the Functions host: connection string of local storage',
  AzureWebJobsStorage__accountName: 'the Functions host',
  AzureWebJobsStorage__credential: 'the Functions host',
  AzureWebJobsStorage__clientId: 'the Functions host',
  FUNCTIONS_WORKER_RUNTIME: 'the local tools; in Azure the runtime is named in the template',
  ServiceBusConnection__credential: 'the Functions host, for the trigger',
  ARREARS_AI_ENDPOINT: 'the writer of texts, where there is a model',
  ARREARS_AI_DEPLOYMENT: 'the writer of texts, where there is a model',
  ARREARS_AI_CLIENT_ID: 'the writer of texts, where there is a model',
  AZURE_CLIENT_ID: '@azure/identity, where it is told no identity',
};

/** Settings the app reads that a deployment may lack, and why. */
const NOT_DEPLOYED: Readonly<Record<string, string>> = {
  ARREARS_JWKS_URI: 'Entra ID says itself where its keys are',
  ARREARS_NOW: 'refused outside of the embedded runtime',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'for others than Application Insights',
  ARREARS_AI_ENDPOINT: 'texts come from templates where there is no model',
  ARREARS_AI_DEPLOYMENT: 'texts come from templates where there is no model',
  ARREARS_AI_CLIENT_ID: 'texts come from templates where there is no model',
  ARREARS_AI_API_VERSION: 'the app has one of its own',
  ARREARS_AI_BASE_URL: 'for models of others than Azure',
  ARREARS_AI_MODEL: 'for models of others than Azure',
  ARREARS_AI_API_KEY: 'no deployment has a key',
};

/** Reads settings as the app does, and tells which it asked for. */
function read(settings: Readonly<Record<string, string>>) {
  const asked = new Set<string>();
  const environment = new Proxy<Record<string, string>>(settings, {
    get: (all, name) => (typeof name === 'string' ? (asked.add(name), all[name]) : undefined),
  });
  return { config: readConfig(environment), asked };
}

/** The settings of a deployment as they will read: expressions are worked out by Azure. */
function deployedSettings(deployment: (typeof DEPLOYMENTS)[number]): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settingsOf(deployed(deployment))).map(([name, value]) => [name, answer(value)]),
  );
}

function answer(value: string): string {
  if (!value.startsWith('[')) return value;
  if (value.includes('documentEndpoint')) return 'https://x.documents.azure.com:443/';
  if (value.includes('serviceBusEndpoint')) return 'x.servicebus.windows.net';
  if (value.includes('CognitiveServices')) return 'https://x.openai.azure.com/';
  if (value.includes('Authorization=AAD')) return 'ClientId=a client id;Authorization=AAD';
  if (value.includes('loginEndpoint')) return 'https://login.example/tenant/v2.0';
  return 'a client id';
}

function json(path: string): unknown {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
}

describe.each(DEPLOYMENTS)('settings of %s', (deployment) => {
  const settings = deployedSettings(deployment);

  test('let the app start, and reach everything by the one identity', () => {
    const { config } = read(settings);
    expect(config).toMatchObject({
      serviceBus: {
        kind: 'identity',
        address: 'x.servicebus.windows.net',
        clientId: 'a client id',
      },
      cosmos: { kind: 'identity', clientId: 'a client id' },
      identity: { issuer: 'https://login.example/tenant/v2.0', jwksUri: null },
      businessNow: null,
      telemetry: { kind: 'application-insights', identity: { clientId: 'a client id' } },
    });
  });

  test('are those that somebody reads', () => {
    const { asked } = read(settings);
    expect(asked.size).toBeGreaterThan(5);
    const unread = Object.keys(settings).filter(
      (name) => !asked.has(name) && READ_BY_OTHERS[name] === undefined,
    );
    expect(unread).toEqual([]);
  });

  test('have all that the app reads', () => {
    const set = new Set(Object.keys(settings).map((name) => name.split('__')[0]));
    const missing = SETTING_NAMES.filter((name) => !set.has(name));
    expect(Object.keys(NOT_DEPLOYED)).toEqual(expect.arrayContaining(missing));
    expect(settings).not.toHaveProperty('ARREARS_NOW');
    expect(Object.keys(settings).filter((name) => /key|secret/i.test(name))).toEqual([]);
  });

  test('name the model where one is deployed', () => {
    const isDeployed = deployed(deployment).some(
      ({ type }) => type === 'Microsoft.CognitiveServices/accounts/deployments',
    );
    expect('ARREARS_AI_ENDPOINT' in settings).toBe(isDeployed);
    expect('ARREARS_AI_DEPLOYMENT' in settings).toBe(isDeployed);
  });

  test('tell the host the connections that triggers name', () => {
    for (const name of [topology.serviceBus.connection, topology.cosmos.connection]) {
      expect(SETTING_NAMES).toContain(name);
      expect(settings[`${name}__clientId`]).toBe('a client id');
    }
    expect(settings).toMatchObject({
      [`${topology.serviceBus.connection}__fullyQualifiedNamespace`]: expect.any(String),
      [`${topology.serviceBus.connection}__credential`]: 'managedidentity',
    });
  });
});

test('local.settings.example.json lists what is read, and nothing else', () => {
  const { Values: values } = z
    .object({ Values: z.record(z.string(), z.string()) })
    .parse(json('local.settings.example.json'));
  const known = [...SETTING_NAMES, ...Object.keys(READ_BY_OTHERS)];
  expect(known).toEqual(expect.arrayContaining(Object.keys(values)));
  expect(Object.keys(values)).toEqual(expect.arrayContaining([...SETTING_NAMES]));
  expect(() =>
    readConfig({ ...values, ARREARS_ISSUER: 'https://i', ARREARS_AUDIENCE: 'a' }),
  ).not.toThrow();
});

describe('topology.json', () => {
  const app = sourceFiles().filter(
    ({ path }) => /^(?:functions|application|adapters)\//.test(path) && !path.endsWith('.test.ts'),
  );
  const named = (pattern: RegExp) =>
    new Set(app.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, name = '']) => name)));

  test('has the containers the adapters are given, and no other', () => {
    const opened = named(/\.container\('([^']+)'\)/g);
    expect([...opened].sort()).toEqual(topology.cosmos.containers.map(({ name }) => name).sort());
  });

  test('has no queue that the app does not name', () => {
    const literals = named(/'([a-z][a-z-]+)'/g);
    for (const { name } of topology.serviceBus.queues) expect(literals).toContain(name);
  });

  test('has the queues of the triggers, and the templates call those triggering', () => {
    const queues = triggers.flatMap((one) => (one.kind === 'queue' ? [one.queue] : []));
    const template = readFileSync(join(ROOT, 'infra/main.bicep'), 'utf8');
    const triggering = /^var triggering = \[(.*)\]$/m.exec(template)?.[1] ?? '';
    expect([...triggering.matchAll(/'([^']+)'/g)].map(([, name]) => name)).toEqual(queues);
    expect(topology.serviceBus.queues.map(({ name }) => name)).toEqual(
      expect.arrayContaining(queues),
    );
  });
});

describe('Entra ID', () => {
  test('gives the roles that the app knows', () => {
    const roles = z.array(z.object({ id: z.uuid(), value: z.string() }));
    const registered = roles.parse(json('infra/entra/app-roles.json'));
    expect(registered.map(({ value }) => value).sort()).toEqual([...ROLES].sort());
    expect(new Set(registered.map(({ id }) => id)).size).toBe(ROLES.length);
  });

  test('lets the deployer give the roles of the templates, and no others', () => {
    const uuids = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
    const text = (path: string) => readFileSync(join(ROOT, path), 'utf8');
    const allowed = /^ids='(.*)'$/m.exec(text('infra/entra/register-deployer.sh'))?.[1] ?? '';
    const given = text('infra/modules/roles.bicep').split('cosmosDataContributor')[0] ?? '';
    expect([...(allowed.match(uuids) ?? [])].sort()).toEqual(
      [...(given.match(uuids) ?? [])].sort(),
    );
  });
});
