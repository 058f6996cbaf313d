// The runbook names commands, routes, files and figures: they are those that there are.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { costTable, EXAMPLE_MIX, EXAMPLE_PRICES, millionChanges } from '../../bench/cost-model.ts';
import { triggers } from '../../functions/triggers.ts';
import { ROOT } from '../support/source-files.ts';
import { deployed } from './deployed.ts';

const text = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const runbook = text('docs/runbook.md');

function all(pattern: RegExp): readonly string[] {
  const found = [...runbook.matchAll(pattern)].map(([, name = '']) => name);
  expect(found.length).toBeGreaterThan(2);
  return found;
}

test('its costs are those of the model', () => {
  expect(unpadded(runbook)).toContain(unpadded(costTable(EXAMPLE_PRICES)));
});

test('the model: telling changes together is cheaper, pools cost, a price counts once', () => {
  const cost = (changesPerMessage: 1 | 10, pools: number, millionUnits = 1) =>
    millionChanges(
      { changesPerMessage, pools, ...EXAMPLE_MIX },
      { ...EXAMPLE_PRICES, millionUnits },
    );
  expect(cost(10, 0).total).toBeLessThan(cost(1, 0).total / 2);
  expect(cost(1, 3).requestUnits - cost(1, 0).requestUnits).toBe(48_000_000);
  expect(cost(10, 3).requestUnits - cost(10, 0).requestUnits).toBe(4_800_000);
  expect(cost(1, 0, 2).cosmos).toBe(2 * cost(1, 0).cosmos);
  expect(cost(1, 0, 2).total - cost(1, 0).total).toBeCloseTo(cost(1, 0).cosmos);
});

test('its commands and files are there', () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(text('package.json')));
  for (const name of all(/npm run ([\w-]+)/g)) expect(scripts).toHaveProperty(name);
  for (const path of all(/((?:infra|bench|test)\/[\w./-]+\.(?:sh|bicepparam|bicep|json|ts))\b/g)) {
    expect(existsSync(join(ROOT, path)) ? '' : path).toBe('');
  }
  for (const path of all(/\]\(([\w./-]+\.md)\)/g)) {
    expect(existsSync(join(ROOT, 'docs', path)) ? '' : path).toBe('');
  }
});

test('its routes are there', () => {
  const routes = triggers.flatMap((one) => (one.kind === 'http' ? [shape(one.route)] : []));
  for (const path of all(/\$api\/api\/([\w/<>-]+)/g)) expect(routes).toContain(shape(path));
});

test('its parameters are those of the template, and its alerts those that are deployed', () => {
  const template = text('infra/main.bicep');
  const table = runbook.slice(runbook.indexOf('### Parameters'), runbook.indexOf('## Scaling'));
  const parameters = [...table.matchAll(/^\| (`[^|]+`) +\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name),
  );
  expect(parameters.length).toBeGreaterThan(5);
  for (const name of parameters) expect(template).toMatch(new RegExp(`^param ${name} `, 'm'));

  const alerts = runbook.slice(runbook.indexOf('## Alerts'), runbook.indexOf('## Quarantine'));
  const deployedAlerts = deployed('prod')
    .filter(({ type }) => /scheduledQueryRules|metricAlerts/.test(type))
    .map(({ name }) => name.replace(/^alert-arrears-(.*)-\w+$/, '$1'));
  expect(deployedAlerts.length).toBeGreaterThan(5);
  for (const name of deployedAlerts) expect(alerts).toContain(`\`${name}\``);
});

/** Tables without the spaces and dashes that line their columns up. */
function unpadded(table: string): string {
  return table.replaceAll(/ *\| */g, '|').replaceAll(/-+:/g, '--:');
}

function shape(route: string): string {
  return route.replaceAll(/\{[^}]+\}|<[^>]+>/g, '{}');
}
