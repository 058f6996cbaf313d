import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SETTING_NAMES } from '../adapters/config.ts';
import { triggers } from '../functions/triggers.ts';
import { topology } from '../infra/topology.ts';
import { importsOf, ROOT, type SourceFile, sourceFiles } from './support/source-files.ts';

/** What the files of a folder may import; a name ending in `/` stands for all below it. */
const ALLOWED: readonly { readonly from: string; readonly to: readonly string[] }[] = [
  { from: 'domain/', to: ['domain/'] },
  { from: 'application/', to: ['application/', 'domain/'] },
  {
    from: 'adapters/',
    to: [
      'adapters/',
      'application/',
      'domain/',
      'node:',
      '@azure/',
      '@opentelemetry/',
      'jose',
      'long',
      'nodemailer/',
      'openai',
      'zod',
    ],
  },
  {
    from: 'functions/',
    to: [
      'functions/',
      'application/',
      'domain/',
      'adapters/',
      'infra/topology.ts',
      '@azure/functions',
      'csv-parse/sync',
      'csv-stringify/sync',
      'zod',
    ],
  },
  { from: 'infra/', to: ['infra/'] },
  {
    from: 'local/',
    to: [
      'local/',
      'infra/topology.ts',
      'host.json',
      'package.json',
      'node:',
      'rhea',
      'jose',
      'zod',
      '@azure/',
    ],
  },
  // Tells the contract as files.
  {
    from: 'tools/schemas/',
    to: ['tools/schemas/', 'functions/contract/', 'domain/json.ts', 'node:', 'zod'],
  },
  // Describes the contract with answers of a running app, so it knows both.
  {
    from: 'tools/openapi/',
    to: [
      'tools/openapi/',
      'functions/contract/',
      'functions/triggers.ts',
      'domain/json.ts',
      'local/',
      'node:',
      '@azure/service-bus',
    ],
  },
  { from: 'tools/', to: ['tools/', 'node:', 'csv-parse', 'esbuild', 'zod'] },
];

function isTest({ path }: SourceFile): boolean {
  return /\.test\.ts$|\/(?:fixtures|fake-[\w-]+)/.test(path);
}

/** Imports that point the wrong way, as sentences. */
function wrongImports(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => !isTest(file))
    .flatMap((file) => {
      const rule = ALLOWED.find(({ from }) => file.path.startsWith(from));
      if (rule === undefined) return [];
      return importsOf(file)
        .filter(
          (name) => !rule.to.some((to) => name === to || (/[/:]$/.test(to) && name.startsWith(to))),
        )
        .map((name) => `${file.path} imports ${name}`);
    });
}

function file(path: string, text: string): SourceFile {
  return { path, text };
}

function json(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
}

describe('imports', () => {
  const files = sourceFiles();

  test('point one way: functions → application → domain, adapters → ports', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(wrongImports(files)).toEqual([]);
  });

  test.each([
    file('domain/a.ts', "import { x } from '../application/x.ts';"),
    file('domain/a.ts', "import { createHash } from 'node:crypto';"),
    file('domain/a.ts', "import { z } from 'zod';"),
    file('application/a.ts', "import type { CosmosClient } from '@azure/cosmos';"),
    file('application/a.ts', "export { x } from '../adapters/x.ts';"),
    file('adapters/cosmos/a.ts', "import { x } from '../../functions/x.ts';"),
    file('functions/a.ts', "const x = await import('../local/x.ts');"),
    file('local/host/a.ts', "import '../../domain/money.ts';"),
    file('tools/load/a.ts', "import {\n  x,\n  y,\n} from '../../domain/money.ts';"),
  ])('the gate sees a planted violation in $path', (planted) => {
    expect(wrongImports([planted])).toHaveLength(1);
  });
});

describe('one place each', () => {
  const files = sourceFiles().filter((one) => !isTest(one));
  const places = (pattern: RegExp) =>
    files.filter(({ text }) => pattern.test(text)).map(({ path }) => path);
  const ofApp = (path: string) => /^(?:functions|application|domain|adapters)\//.test(path);

  test('only the composition root reads the environment', () => {
    expect(places(/process\.env/).filter(ofApp)).toEqual(['functions/app.ts']);
  });

  test('each client is made once', () => {
    expect(places(/new CosmosClient\(/).filter(ofApp)).toEqual(['adapters/cosmos/client.ts']);
    expect(places(/new ServiceBusClient\(/).filter(ofApp)).toEqual([
      'adapters/service-bus/client.ts',
    ]);
  });

  test('only register.ts talks to the Functions library', () => {
    const importers = files.filter(({ text }) =>
      /^import \{[^}]*\} from '@azure\/functions'/m.test(text),
    );
    expect(importers.map(({ path }) => path).filter(ofApp)).toEqual(['functions/register.ts']);
  });
});

describe('settings', () => {
  test('host.json has the session settings of topology.json', () => {
    const { extensions, telemetryMode } = json('host.json');
    // The app tells its logs itself, and counts on the host to tell requests (ADR 20).
    expect(telemetryMode).toBe('OpenTelemetry');
    expect(extensions).toMatchObject({
      http: { routePrefix: 'api' },
      serviceBus: {
        maxConcurrentSessions: topology.sessions.maxConcurrentSessions,
        maxConcurrentCallsPerSession: 1,
        sessionIdleTimeout: `00:00:00.${topology.sessions.idleTimeoutSeconds * 1_000}`,
        maxAutoLockRenewalDuration: `${topology.sessions.maxAutoLockRenewalHours}:00:00`,
      },
    });
  });

  test('local.settings.example.json lists every setting', () => {
    const values = Object.keys(Object(json('local.settings.example.json')['Values']));
    expect(values).toEqual(expect.arrayContaining([...SETTING_NAMES]));
  });

  test('every queue that triggers something is in topology.json', () => {
    const queues = topology.serviceBus.queues.map(({ name }) => name);
    const triggering = triggers.flatMap((one) => (one.kind === 'queue' ? [one.queue] : []));
    expect(queues).toEqual(expect.arrayContaining(triggering));
  });
});

describe('routes', () => {
  test('names are unique, and no route matches what another does', () => {
    const names = triggers.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const shapes = triggers.flatMap((trigger) =>
      trigger.kind === 'http'
        ? [`${trigger.method} ${trigger.route.replaceAll(/\{[^}]+\}/g, '{}')}`]
        : [],
    );
    expect(new Set(shapes).size).toBe(shapes.length);
  });
});
