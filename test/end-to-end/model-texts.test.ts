// Texts of a model over HTTP, through the bundle with its library and prompts beside it: an endpoint
// of this machine plays the model.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type EmbeddedRuntime, startRuntime } from '../../local/runtime.ts';
import {
  fails,
  type ScriptedModel,
  scriptedModel,
  textOf,
  completes,
  writes,
} from '../support/scripted-model.ts';
import { type ArrearsApi, arrearsApi, postGood } from './arrears-api.ts';
import { cloudEvent } from './cloud-event.ts';

const NOW = '2026-04-30T12:00:00Z';
const CUSTOMER = '/api/companies/usmf/customers/C-1';
const SETTINGS = ['ARREARS_AI_BASE_URL', 'ARREARS_AI_MODEL'] as const;

const text = z.looseObject({ generator: z.string(), text: z.string() });
const health = z.looseObject({ dependencies: z.looseObject({ ai: z.string() }) });

let runtime: EmbeddedRuntime;
let model: ScriptedModel;
let api: ArrearsApi;
const logged: string[] = [];
let version = 1;

/** Other facts, so that no text is kept for them. */
async function owe(amount: string): Promise<void> {
  version += 1;
  const at = { source: '/erp/a/1', version: String(version), time: '2026-04-01T08:00:00Z' };
  const company = { name: 'Contoso', accountingCurrency: 'USD', timeZone: 'UTC' };
  const row = {
    type: 'invoice',
    number: 'FTI-1',
    voucher: 'V-1',
    transactionDate: '2026-01-01',
    dueDate: '2026-04-01',
    currency: 'USD',
    amount,
  };
  await postGood(api, [
    cloudEvent({ ...at, entity: 'company', record: 'usmf', company: 'usmf', row: company }),
    cloudEvent({
      ...at,
      entity: 'transaction',
      record: '1',
      company: 'usmf',
      customer: 'C-1',
      row,
    }),
    cloudEvent({
      ...at,
      entity: 'customer',
      record: 'c',
      company: 'usmf',
      customer: 'C-1',
      row: { name: 'Fabrikam GmbH' },
    }),
  ]);
  await runtime.idle();
}

const summary = async () => text.parse((await api.get(`${CUSTOMER}/summary`)).body);
const stateOfModel = async () => health.parse((await api.get('/api/health')).body).dependencies.ai;

beforeAll(async () => {
  model = await scriptedModel();
  process.env['ARREARS_AI_BASE_URL'] = `${model.address}/v1`;
  process.env['ARREARS_AI_MODEL'] = 'small';
  runtime = await startRuntime({
    data: ':memory:',
    port: 0,
    businessNow: NOW,
    log: (_, message) => void logged.push(message),
  });
  api = arrearsApi(runtime.url);
});

afterAll(async () => {
  for (const name of SETTINGS) Reflect.deleteProperty(process.env, name);
  await runtime.stop();
  await model.close();
});

describe('a model that is configured', () => {
  test('writes the summary, once for the same facts', async () => {
    await owe('123.00');
    model.play(writes(null, 'Fabrikam GmbH owes USD 123.00.'));
    const asked = model.asked.length;
    expect(await summary()).toMatchObject({
      generator: 'model',
      text: 'Fabrikam GmbH owes USD 123.00.',
    });
    expect(await summary()).toMatchObject({ generator: 'model' });
    expect(model.asked).toHaveLength(asked + 1);
    expect(await stateOfModel()).toBe('ok');
  });

  test('is told what is not in the sheet, and may write once more', async () => {
    await owe('124.00');
    model.play(
      writes(null, 'Fabrikam GmbH owes USD 999.00.'),
      writes(null, 'Fabrikam GmbH owes USD 124.00.'),
    );
    expect(await summary()).toMatchObject({ generator: 'model' });
    expect(model.asked.at(-1)?.body).toContain('USD 999.00');
  });

  test('is replaced by the template when it insists, or does not write at all', async () => {
    const acts = [
      writes(null, 'Fabrikam GmbH owes USD 999.00.'),
      writes(null, 'Der Saldo ist noch offen und wird gemahnt.'),
      fails(400, { code: 'content_filter', message: 'secret of the prompt' }),
      completes(textOf(null, 'x'), { finish_reason: 'content_filter' }),
      completes('no JSON'),
      fails(401, { code: 'invalid_api_key', message: 'secret of the prompt' }),
    ];
    for (const [index, act] of acts.entries()) {
      await owe(`${200 + index}.00`);
      model.play(act);
      const { generator, text: said } = await summary();
      expect(generator).toBe('template');
      expect(said).toContain(`USD ${200 + index}.00`);
    }
    expect(await stateOfModel()).toBe('error');
  });

  test('drafts an email around which everything else is made here', async () => {
    await owe('300.00');
    model.play(writes('Your account FTI-1', 'Invoice FTI-1 over USD 300.00 is overdue.'));
    const answer = await api.postTo(`${CUSTOMER}/reminder-emails`, { confirmed: true });
    expect(answer.status).toBe(201);
    expect(text.parse(answer.body)).toMatchObject({
      generator: 'model',
      subject: 'Your account FTI-1',
    });
    expect(await stateOfModel()).toBe('ok');
  });

  test('and its texts are never in the log', () => {
    expect(logged.join('\n')).not.toMatch(/Fabrikam|USD|secret of the prompt|BEGIN DATA/);
  });
});
