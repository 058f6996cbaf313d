import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FAILURES_TO_OPEN } from '../../application/breaker.ts';
import { generatorOf, GOOD, IN_TIME, PROMPTS, REQUEST } from '../../test/support/model-requests.ts';
import {
  fails,
  type ScriptedModel,
  scriptedModel,
  writes,
} from '../../test/support/scripted-model.ts';
import { PROMPT_FILES } from './prompt.ts';

let model: ScriptedModel;
beforeEach(async () => {
  model = await scriptedModel();
});
afterEach(() => model.close());

describe('a model that asks to be left alone', () => {
  test('is left alone for so long', async () => {
    model.play(fails(429, { message: 'busy' }, { 'retry-after': '3' }), writes(null, ...GOOD));
    const generator = generatorOf('azure', model);
    expect(await generator.generate(REQUEST, Date.now() + IN_TIME)).toMatchObject({ kind: 'text' });
    expect(generator.pauses).toEqual([3_000]);
  });

  test('is given up at once where that is beyond the deadline', async () => {
    model.play(fails(429, { message: 'busy' }, { 'retry-after': '20' }));
    const generator = generatorOf('azure', model);
    expect(await generator.generate(REQUEST, Date.now() + IN_TIME)).toEqual({
      kind: 'unavailable',
    });
    expect(generator.pauses).toEqual([]);
    expect(model.asked).toHaveLength(1);
  });
});

describe('a model that is away', () => {
  test('is not asked any more, until it is back', async () => {
    let now = 0;
    const generator = generatorOf('compatible', model, { now: () => now });
    model.play(fails(503, { message: 'away' }));
    expect(generator.isAway()).toBe(false);
    await generator.generate(REQUEST, IN_TIME);
    expect(generator.isAway()).toBe(true);
    expect(model.asked).toHaveLength(FAILURES_TO_OPEN);
    await generator.generate(REQUEST, IN_TIME);
    await generator.generate(REQUEST, IN_TIME);
    const probes = model.asked.length - FAILURES_TO_OPEN;
    expect(probes).toBeLessThanOrEqual(1);
    model.play(writes(null, ...GOOD));
    now += 60_000;
    expect(await generator.generate(REQUEST, now + IN_TIME)).toMatchObject({ kind: 'text' });
    expect(generator.isAway()).toBe(false);
  });

  test('is one whose identity has no token', async () => {
    const generator = generatorOf('azure', model, { token: null });
    expect(await generator.generate(REQUEST, Date.now() + IN_TIME)).toEqual({
      kind: 'unavailable',
    });
    expect(model.asked).toEqual([]);
  });
});

describe('what a model is asked', () => {
  test('by Azure goes to the deployment with the token of the identity', async () => {
    model.play(writes(null, ...GOOD));
    await generatorOf('azure', model).generate(REQUEST, Date.now() + IN_TIME);
    expect(model.asked).toMatchObject([
      {
        path: '/openai/deployments/writer/chat/completions?api-version=2024-10-21',
        authorization: 'Bearer token-1',
        apiKey: null,
      },
    ]);
  });

  test('by another endpoint goes there with the key', async () => {
    model.play(writes(null, ...GOOD));
    await generatorOf('compatible', model).generate(REQUEST, Date.now() + IN_TIME);
    expect(model.asked).toMatchObject([
      { path: '/v1/chat/completions', authorization: 'Bearer key-1', apiKey: null },
    ]);
  });

  test('is the prompt, and the sheet as one line of data', async () => {
    model.play(writes(null, ...GOOD));
    const violations = [{ sentence: 0, kind: 'amount', text: 'USD 9.99' }] as const;
    const generator = generatorOf('compatible', model);
    await generator.generate({ ...REQUEST, violations }, Date.now() + IN_TIME);
    const { messages, response_format: format, tools } = JSON.parse(model.asked[0]?.body ?? '');
    expect(messages[0]).toEqual({
      role: 'system',
      content: await readFile(`${PROMPTS}/${PROMPT_FILES.summary}`, 'utf8'),
    });
    const [begin, line, end, ...rest] = messages[1].content.split('\n');
    expect([begin, end, rest]).toEqual(['BEGIN DATA', 'END DATA', []]);
    expect(JSON.parse(line)).toMatchObject({
      language: 'en',
      violations: [{ kind: 'amount', text: 'USD 9.99' }],
    });
    expect(JSON.parse(line).facts).toContainEqual({
      id: 'balance',
      kind: 'amount',
      text: 'USD 1,234.50',
    });
    expect(format).toMatchObject({ type: 'json_schema', json_schema: { strict: true } });
    expect(tools).toBeUndefined();
  });
});
