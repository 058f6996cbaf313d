import { describe, expect, test } from 'vitest';
import { readAi } from './ai-config.ts';

function read(environment: Readonly<Record<string, string>>) {
  const problems: string[] = [];
  const ai = readAi(environment, problems);
  return { ai, problems };
}

const AZURE = {
  ARREARS_AI_ENDPOINT: 'https://x.openai.azure.com/',
  ARREARS_AI_DEPLOYMENT: 'writer',
};
const OTHER = {
  ARREARS_AI_BASE_URL: 'https://models.example/v1',
  ARREARS_AI_MODEL: 'small',
  ARREARS_AI_API_KEY: 'key',
};

describe('settings of the model', () => {
  test('may all be left out', () => {
    expect(read({ ARREARS_AI_ENDPOINT: '' })).toEqual({ ai: null, problems: [] });
  });

  test('reach Azure OpenAI with an identity', () => {
    expect(read({ ...AZURE, ARREARS_AI_CLIENT_ID: 'id' })).toEqual({
      ai: {
        kind: 'azure',
        endpoint: AZURE.ARREARS_AI_ENDPOINT,
        model: 'writer',
        apiVersion: '2024-10-21',
        clientId: 'id',
      },
      problems: [],
    });
  });

  test('reach another endpoint with a key', () => {
    expect(read(OTHER)).toEqual({
      ai: { kind: 'compatible', baseUrl: OTHER.ARREARS_AI_BASE_URL, model: 'small', apiKey: 'key' },
      problems: [],
    });
  });

  test('need no key, and no https, on this machine', () => {
    const local = { ARREARS_AI_BASE_URL: 'http://127.0.0.1:11434/v1', ARREARS_AI_MODEL: 'small' };
    expect(read(local).problems).toEqual([]);
  });

  test.each([
    [{ ...AZURE, ARREARS_AI_ENDPOINT: 'http://x.openai.azure.com/' }, 'ARREARS_AI_ENDPOINT'],
    [{ ...AZURE, ARREARS_AI_DEPLOYMENT: '' }, 'ARREARS_AI_DEPLOYMENT'],
    [{ ...AZURE, ARREARS_AI_API_KEY: 'secret' }, 'ARREARS_AI_API_KEY'],
    [{ ...AZURE, ...OTHER }, 'not both'],
    [{ ...OTHER, ARREARS_AI_BASE_URL: 'http://models.example/v1' }, 'ARREARS_AI_BASE_URL'],
    [{ ...OTHER, ARREARS_AI_BASE_URL: 'models' }, 'ARREARS_AI_BASE_URL'],
    [{ ...OTHER, ARREARS_AI_MODEL: '' }, 'ARREARS_AI_MODEL'],
    [{ ...OTHER, ARREARS_AI_API_KEY: '' }, 'ARREARS_AI_API_KEY'],
    [{ ARREARS_AI_MODEL: 'small' }, 'ARREARS_AI_BASE_URL'],
  ])('%j is complained of', (environment, named) => {
    const said = read(environment).problems.join('; ');
    expect(said).toContain(named);
    expect(said).not.toContain('secret');
  });
});
