import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { kinds } from '../../test/grounding/small-sheet.ts';
import { generatorOf, GOOD, IN_TIME, REQUEST } from '../../test/support/model-requests.ts';
import {
  type Act,
  breaksOffHalfway,
  completes,
  completion,
  fails,
  neverAnswers,
  says,
  type ScriptedModel,
  scriptedModel,
  stopsHalfway,
  textOf,
  writes,
} from '../../test/support/scripted-model.ts';
import { ASKS_MAX } from './text-generator.ts';

/** Milliseconds a text may take where the model does not answer. */
const SOON = 700;
/** Milliseconds beyond the deadline that a busy machine may take to notice. */
const LATE = 2_000;

let model: ScriptedModel;
beforeEach(async () => {
  model = await scriptedModel();
});
afterEach(() => model.close());

const generate = (kind: 'azure' | 'compatible', milliseconds = IN_TIME) =>
  generatorOf(kind, model).generate(REQUEST, Date.now() + milliseconds);

describe.each(['azure', 'compatible'] as const)('a model by %s', (kind) => {
  test('writes a text, with its name and what it cost', async () => {
    model.play(writes(null, ...GOOD));
    expect(await generate(kind)).toEqual({
      kind: 'text',
      subject: null,
      sentences: GOOD.map((text) => ({ text, facts: [] })),
      model: 'model-of-the-script',
      tokens: 340,
    });
  });

  test.each<readonly [string, Act, string]>([
    [
      'a prompt that is blocked',
      fails(400, {
        code: 'content_filter',
        status: 400,
        innererror: {
          code: 'ResponsibleAIPolicyViolation',
          content_filter_result: { jailbreak: { detected: true, filtered: true } },
        },
      }),
      'filtered',
    ],
    [
      'a completion that is filtered',
      completes(null, { finish_reason: 'content_filter' }),
      'filtered',
    ],
    [
      'a completion that is filtered in part',
      completes(textOf(null, ...GOOD), {
        content_filter_results: { hate: { filtered: true, severity: 'high' } },
      }),
      'filtered',
    ],
    [
      'a completion that the filters did not see',
      completes(textOf(null, ...GOOD), {
        content_filter_results: {
          error: { code: 'content_filter_error', message: 'The contents are not filtered' },
        },
      }),
      'filtered',
    ],
    [
      'a prompt that the filters did not see',
      completes(
        textOf(null, ...GOOD),
        {},
        {
          prompt_filter_results: [
            { prompt_index: 0, content_filter_results: { content_filter_error: { code: 'x' } } },
          ],
        },
      ),
      'filtered',
    ],
    [
      'an attack in the data that was only detected',
      completes(
        textOf(null, ...GOOD),
        {},
        {
          prompt_filter_results: [
            {
              prompt_index: 0,
              content_filter_results: { indirect_attack: { detected: true, filtered: false } },
            },
          ],
        },
      ),
      'filtered',
    ],
    ['a refusal', completes(null, { message: { refusal: 'I cannot help with that.' } }), 'refused'],
    [
      'a text that is cut off',
      completes(textOf(null, ...GOOD), { finish_reason: 'length' }),
      'malformed',
    ],
    ['content that is no JSON', completes('Sure! Here is your summary.'), 'malformed'],
    ['content that ends early', completes(textOf(null, ...GOOD).slice(0, 40)), 'malformed'],
    ['content of another shape', completes('{"sentences":"none"}'), 'malformed'],
    ['no content', completes(null), 'malformed'],
    ['no sentences', completes(textOf(null)), 'malformed'],
    ['no choices', says(200, { ...completion(null), choices: [] }), 'malformed'],
    [
      'a page instead of an answer',
      says(200, '<html>busy</html>', { 'content-type': 'text/html' }),
      'malformed',
    ],
    ['a body that is no JSON', says(200, '{"id":'), 'malformed'],
    ['access denied', fails(401, { code: 'invalid_api_key', message: 'no' }), 'unavailable'],
    ['access forbidden', fails(403, { code: 'forbidden', message: 'no' }), 'unavailable'],
    [
      'no such deployment',
      fails(404, { code: 'DeploymentNotFound', message: 'no' }),
      'unavailable',
    ],
    [
      'a request it does not take',
      fails(400, { code: 'invalid_request_error', message: 'no' }),
      'unavailable',
    ],
    ['too many requests', fails(429, { code: 'too_many', message: 'no' }), 'unavailable'],
    ['an error inside', fails(500, { code: 'server_error', message: 'no' }), 'unavailable'],
    [
      'a gateway that is away',
      says(502, '<html>bad gateway</html>', { 'content-type': 'text/html' }),
      'unavailable',
    ],
    ['half a response', breaksOffHalfway(completion(textOf(null, ...GOOD))), 'unavailable'],
  ])('%s', async (_, act, expected) => {
    model.play(act);
    const start = Date.now();
    expect(await generate(kind)).toEqual({ kind: expected });
    expect(Date.now() - start).toBeLessThan(IN_TIME);
  });

  test.each<readonly [string, Act]>([
    ['no answer', neverAnswers],
    ['half an answer', stopsHalfway(completion(textOf(null, ...GOOD)))],
  ])('%s is given up by the deadline', async (_, act) => {
    model.play(act);
    const start = Date.now();
    expect(await generate(kind, SOON)).toEqual({ kind: 'unavailable' });
    expect(Date.now() - start).toBeLessThan(SOON + LATE);
  });

  test('false figures, and another language, are texts that the check refuses', async () => {
    for (const wrong of [
      'The balance is USD 9,999.99.',
      'Der Saldo ist derzeit noch offen und wird gemahnt.',
    ]) {
      model.play(writes(null, wrong));
      const generated = await generate(kind);
      expect(generated).toMatchObject({ kind: 'text', sentences: [{ text: wrong }] });
      expect(kinds(wrong)).not.toEqual([]);
    }
  });

  test('is asked again after a failure that passes', async () => {
    model.play(
      fails(503, { message: 'busy' }),
      fails(429, { message: 'busy' }),
      writes(null, ...GOOD),
    );
    expect(await generate(kind)).toMatchObject({ kind: 'text' });
    expect(model.asked).toHaveLength(ASKS_MAX);
  });

  test('is not asked again where access is denied', async () => {
    model.play(fails(401, { message: 'no' }));
    await generate(kind);
    expect(model.asked).toHaveLength(1);
  });
});
